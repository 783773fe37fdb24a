"""What is said beside a proposal without refusing it: warnings, conditions, gaps, pairs of judgements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REMARKS: Final[Mapping[str, tuple[str, str]]] = {
    "gap_description": ("Mengapa ini diperlukan", "Why it is needed"),
    "gap_cost_reason": (
        "Alasan biaya berbeda dari hitungan",
        "Why the cost differs from the computed one",
    ),
    "gap_funding": ("Sumber dana belum menutup biaya", "The funds do not cover the cost yet"),
    "gap_survey": ("survei lokasi", "site survey"),
    "gap_drawing": ("gambar", "drawing"),
    "gap_cost_estimate": ("RAB", "cost estimate (RAB)"),
    "gap_land": ("surat lahan", "land paper"),
    "pair_unknown": (
        "“{a}” dan “{b}” tidak dibandingkan langsung: kelompok dengan kelompok, kriteria dalam satu kelompok.",
        "“{a}” and “{b}” are not compared directly: groups with groups, criteria inside one group.",
    ),
    "pair_twice": ("“{a}” dan “{b}” dibandingkan dua kali.", "“{a}” and “{b}” are compared twice."),
    "pair_missing": (
        "Masih {count} pasangan belum dibandingkan, misalnya “{a}” dan “{b}”.",
        "{count} pairs are still to be compared, for example “{a}” and “{b}”.",
    ),
    "warn_duplicate": ("Sudah ada usulan serupa: {title}.", "There is a similar proposal: {title}."),
    "warn_conflict": (
        "Bertumpuk dengan usulan “{title}” yang memakai lahan yang sama: geser salah satunya.",
        "Takes the same ground as the proposal “{title}”: move one of them.",
    ),
    "warn_before": (
        "“{title}” harus dibangun lebih dulu atau bersamaan.",
        "“{title}” has to be built first, or together with this.",
    ),
    "warn_after": (
        "Bangun ini sebelum atau bersama “{title}”.",
        "Build this before “{title}”, or together with it.",
    ),
    "warn_synergy": (
        "Lebih berguna bersama “{title}”.",
        "Does more together with “{title}”.",
    ),
    "warn_slope": (
        "Medan di sini miring {percent} %, jenis kegiatan ini paling banyak {most} %.",
        "The ground here slopes {percent}%; this type of work bears {most}% at most.",
    ),
    "warn_flat": (
        "Airnya turun {fall} cm sepanjang {length}; paling sedikit perlu {needed} cm. Periksa elevasi kedua ujungnya.",
        "The water falls {fall} cm over {length}; at least {needed} cm are needed. Check the levels of both ends.",
    ),
    "warn_uphill": (
        "Ujung akhirnya tidak lebih rendah dari ujung awalnya ({fall} cm), jadi air tidak mengalir; paling sedikit "
        "perlu turun {needed} cm. Periksa elevasinya, atau balik arah garisnya.",
        "Its end is not below its beginning ({fall} cm), so no water runs off; a fall of at least {needed} cm is "
        "needed. Check the levels, or turn the line around.",
    ),
    "warn_asset": (
        "Sudah ada prasarana sejenis yang berfungsi di sini: {title}.",
        "A working asset of this kind is here already: {title}.",
    ),
    "warn_programme": (
        "Program kota “{title}” ({year}) ada {distance} dari sini: selaraskan dengan dinasnya.",
        "The city programme “{title}” ({year}) is {distance} from here: agree with its office.",
    ),
    "warn_programme_here": (
        "Program kota “{title}” ({year}) ada di tempat ini: selaraskan dengan dinasnya.",
        "The city programme “{title}” ({year}) is at this place: agree with its office.",
    ),
    "warn_programme_same": (
        "Kota sudah merencanakan hal yang sama di sini: “{title}” ({year}). Usulkan yang belum tercakup.",
        "The city plans the same here already: “{title}” ({year}). Propose what that does not cover.",
    ),
    "warn_nobody": (
        "Tidak ada KK miskin baru yang terlayani di sini.",
        "No poor household is newly served here.",
    ),
    "warn_no_road": (
        "Tidak ada jalan atau gang di peta dalam {metres} m, jadi jarak ke rumah dihitung lurus × {detour}. Periksa "
        "letaknya.",
        "No street or gang on the map within {metres} m, so the way to homes is the straight line × {detour}. Check "
        "its place.",
    ),
    "warn_downstream": (
        "Ujung hilir belum tersambung: {distance} dari saluran atau kali terdekat.",
        "The lower end is not connected: {distance} from the nearest drain or river.",
    ),
    "warn_loose_road": (
        "Belum tersambung ke jalan: {distance} dari jalan atau gang terdekat.",
        "Not joined to any street: {distance} from the nearest street or gang.",
    ),
    "warn_loose_drain": (
        "Belum tersambung: {distance} dari saluran atau kali terdekat.",
        "Not connected: {distance} from the nearest drain or river.",
    ),
    "warn_loose_pipe": (
        "Belum tersambung ke jaringan air: {distance} dari pipa atau sumur bor terdekat.",
        "Not joined to the water network: {distance} from the nearest pipe or borehole.",
    ),
    "warn_loose_sewer": (
        "Belum tersambung ke jaringan air limbah: {distance} dari pipa atau IPAL komunal terdekat.",
        "Not joined to the sewer network: {distance} from the nearest sewer or treatment plant.",
    ),
    "warn_flood": (
        "{percent} % dari bentuk ini tergenang lebih dari {depth} m.",
        "{percent}% of this shape floods deeper than {depth} m.",
    ),
    "warn_land": ("Surat lahan belum ada.", "There is no land paper yet."),
    "gate_outside": (
        "Sebagian di luar kelurahan. Geser atau potong di batasnya.",
        "Part of it lies outside the kelurahan. Move it or cut it at the border.",
    ),
    "gate_plan_forbidden": (
        "Rencana tata ruang tidak mengizinkan kegiatan ini di zona {zone}; {percent} % letaknya di sana. Geser ke luar "
        "zona itu.",
        "The spatial plan does not allow this work in zone {zone}; {percent}% of it lies there. Move it out of that "
        "zone.",
    ),
    "gate_plan_conditional": (
        "Rencana tata ruang mengizinkannya di zona {zone} hanya terbatas atau bersyarat; tanyakan syaratnya ke dinas "
        "tata ruang.",
        "The spatial plan allows this in zone {zone} with limits or on conditions only; ask the spatial planning "
        "office.",
    ),
    "gate_plan_unknown": (
        "Aturan zona {zone} belum ada di katalog; periksa rencana tata ruang di dinas tata ruang.",
        "The rules of zone {zone} are not in the catalogue; check the spatial plan with the spatial planning office.",
    ),
    "gate_plan_gap": (
        "Sebagian terletak di luar zona rencana tata ruang di peta, atau di zona yang bertumpang; periksa ke dinas "
        "tata ruang.",
        "Part of it lies in no zone of the spatial plan on the map, or in zones that overlap; check with the spatial "
        "planning office.",
    ),
    "gate_plan_unmapped": (
        "Rencana tata ruang (RDTR/RTRW) belum ada di peta; periksa ke dinas tata ruang.",
        "The spatial plan (RDTR/RTRW) is not on the map yet; check with the spatial planning office.",
    ),
    "gate_setback": (
        "Di sempadan sungai: {metres} m dari tepi air, paling sedikit {least} m. Geser menjauh dari air.",
        "Within the river setback: {metres} m from the bank, {least} m at least. Move it away from the water.",
    ),
    "gate_setback_unsure": (
        "{metres} m dari tepi air. Di balik tanggul cukup {least} m, tanpa tanggul perlu {usual} m, atau sampai "
        "{most} m bila airnya lebih dalam dari {shallow} m; periksa tanggul dan dalamnya air di lapangan.",
        "{metres} m from the bank. Behind an embankment {least} m are enough; without one {usual} m are needed, or up "
        "to {most} m where the water is deeper than {shallow} m. Check embankment and depth on site.",
    ),
    "gate_setback_embankment": (
        "{metres} m dari tepi air. Tanpa tanggul perlu {most} m di sini, di balik tanggul {least} m; periksa "
        "tanggulnya di lapangan.",
        "{metres} m from the bank. Without an embankment {most} m are needed here, behind one {least} m; check on site "
        "whether there is one.",
    ),
    "gate_setback_depth": (
        "{metres} m dari tepi air yang tidak bertanggul. {least} m cukup bila airnya paling dalam {shallow} m, lebih "
        "dalam perlu sampai {most} m; ukur dalamnya air di lapangan.",
        "{metres} m from the bank of water without an embankment. {least} m are enough where it is at most {shallow} m "
        "deep, deeper water needs up to {most} m; measure its depth on site.",
    ),
    "gate_setback_unmapped": (
        "Sungai dan kali belum ada di peta; periksa sempadan di lapangan.",
        "Rivers are not on the map yet; check the setback on site.",
    ),
    "gate_well": (
        "Hanya {metres} m dari sumur; jamban dan IPAL perlu {usual} m. Geser menjauh dari sumur.",
        "Only {metres} m from a well; toilets and wastewater need {usual} m. Move it away from the well.",
    ),
    "gate_well_unmapped": (
        "Belum ada sumur di peta; periksa jarak {usual} m ke sumur di lapangan.",
        "No well is on the map yet; check the distance of {usual} m to wells on site.",
    ),
    "gate_land_disputed": (
        "Lahannya disengketakan. Selesaikan sengketa atau pilih tempat lain.",
        "The land is disputed. Settle the dispute or choose another place.",
    ),
    "gate_duplicate": (
        "Pekerjaan yang sama di tempat ini sudah didanai. Tarik usulan ini atau ubah tempatnya.",
        "The same work at this place is funded already. Withdraw this proposal or change its place.",
    ),
    "gate_twin": (
        "Ada usulan serupa di tempat ini. Sepakati mana yang diteruskan dan tarik yang lain.",
        "There is a similar proposal at this place. Agree which one goes on and withdraw the other.",
    ),
    "gate_no_fund": ("Sumber dana belum diisi.", "No fund is named yet."),
    "gate_fund_city": (
        "{fund}: APBD kota harus paling sedikit {percent} % dari jumlah dana ini dan APBD kota. Tambah APBD kota.",
        "{fund}: the city budget (APBD) must reach {percent}% of what this fund and it pay together. Add city budget.",
    ),
    "gate_fund_cofunding": (
        "{fund}: dana lain harus paling sedikit {percent} % dari dana ini. Tambah dana pendamping.",
        "{fund}: the other funds must reach {percent}% of this one. Add co-funding.",
    ),
    "gate_fund_only_paket": (
        "{fund} hanya untuk usulan PAKET. Tandai sebagai PAKET atau pilih sumber dana lain.",
        "{fund} is for PAKET proposals only. Mark it as PAKET or choose another fund.",
    ),
    "gate_fund_swadaya": (
        "{fund}: swadaya harus paling sedikit {percent} % dari biaya. Tambah swadaya.",
        "{fund}: swadaya must reach {percent}% of the cost. Add community contribution.",
    ),
    "gate_fund_papers": (
        "{fund}: rencana pemeliharaan belum lengkap. Isi kelompok pemelihara, iuran, dan jadwal.",
        "{fund}: the maintenance plan is not complete. Name the group, the fee and the schedule.",
    ),
    "gate_fund_poor": (
        "{fund}: paling sedikit {percent} % penerima manfaat harus KK miskin. Pilih tempat atau sumber dana lain.",
        "{fund}: {percent}% of those who benefit must be poor. Choose another place or another fund.",
    ),
    "gate_fund_land": (
        "{fund}: surat lahan belum ada (hibah, izin pakai, izin dilalui, atau surat tanah negara). Isi kesiapan lahan.",
        "{fund}: no paper for the land is in hand (grant, permit to use or to pass, letter for public land). Enter it "
        "under readiness.",
    ),
    "gate_fund_poor_unknown": (
        "{fund}: berapa bagian pemanfaat yang miskin belum diketahui. Lengkapi data KK miskin dan KK tiap RT.",
        "{fund}: which share of those who benefit is poor is not known. Complete poor households and households by RT.",
    ),
    "gate_fund_office": (
        "{fund}: dinas mitra dan kegiatannya belum disebut. Isi di formulir usulan.",
        "{fund}: the partner office and its programme are not named. Name them in the form of the proposal.",
    ),
    "gate_ceiling_work": (
        "{fund}: paling banyak Rp {most} untuk satu usulan. Kurangi dana ini atau bagi pekerjaannya.",
        "{fund}: at most Rp {most} for one proposal. Ask for less of it or divide the work.",
    ),
    "gate_ceiling_bkm": (
        "{fund}: paling banyak Rp {most} untuk satu BKM, dan Rp {given} sudah disetujui. Kurangi dana ini.",
        "{fund}: at most Rp {most} for one BKM, and Rp {given} is approved already. Ask for less of it.",
    ),
    "gate_ceiling_city": (
        "{fund}: pagu kota Rp {most}, dan Rp {given} sudah disetujui. Kurangi dana ini.",
        "{fund}: the pool of the city is Rp {most}, and Rp {given} is approved already. Ask for less of it.",
    ),
    "gate_pjm_none": (
        "{fund}: belum ada rencana (PJM) yang ditetapkan di sini. Tetapkan rencana, atau periksa PJM di kertas.",
        "{fund}: no plan (PJM) has been adopted here. Adopt one, or look at the PJM on paper.",
    ),
    "gate_pjm_over": (
        "{fund}: rencana (PJM) yang ditetapkan berakhir {year}. Tetapkan rencana berikutnya.",
        "{fund}: the adopted plan (PJM) ended in {year}. Adopt the next one.",
    ),
    "gate_pjm_out": (
        "{fund}: tidak ada dalam rencana (PJM) yang ditetapkan {day}. Tetapkan rencana yang memuatnya sebelum "
        "ditinjau.",
        "{fund}: not in the plan (PJM) adopted on {day}. Adopt a plan with it before the review.",
    ),
    "gate_ceiling_unset": (
        "{fund}: plafon belum diisi di pengaturan kota.",
        "{fund}: no ceiling has been entered in the settings of the city.",
    ),
    "warn_provisional": (
        "Sementara: baru {percent} % dari bobot diketahui.",
        "Provisional: only {percent}% of the weight is known.",
    ),
    "backup_other_key_sealing": (
        "Riwayat keluarga di cadangan ini disegel dengan kunci lain. Pasang kunci itu (WEBGIS_SEALING_KEY atau berkas "
        "sealing-key); tanpa kunci itu riwayatnya tidak terbaca dan webgis check menyebutnya.",
        "The histories of families in this backup are sealed with another key. Set that key (WEBGIS_SEALING_KEY or the "
        "file sealing-key); without it they cannot be read, and webgis check says so.",
    ),
    "backup_other_key_secret": (
        "Cadangan ini dibuat dengan WEBGIS_SECRET_KEY lain: langkah kedua masuk hanya terbuka dengan kunci itu.",
        "The backup was made with another WEBGIS_SECRET_KEY: second steps of signing in open with that key only.",
    ),
}
