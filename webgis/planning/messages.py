"""The words of every refusal and warning, in Indonesian and English, in one place.

It knows nothing about when they are said. A sentence says what is wrong, where and how to mend it.
Keys are the codes of `errors` and of the preview's warnings; {names} are filled from their params, numbers as people
of the language write them. "code:variant" is another sentence of a code for whoever gave the param `variant`, so
that a program sees one kind of refusal where a person needs two ways to read of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from webgis.planning.catalogue import STATES, fund_name, weighed_name
from webgis.planning.gates import Gate
from webgis.planning.written import written

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "sign_in_needed": ("Masuk dulu untuk melakukan ini.", "Sign in first to do this."),
    "not_allowed_propose": (
        "Hanya perencana BKM kelurahan ini yang boleh mengubah usulannya ({region}).",
        "Only the BKM planners of this kelurahan may change its proposals ({region}).",
    ),
    "not_allowed_verify": (
        "Hanya fasilitator wilayah ini yang boleh memverifikasi ({region}).",
        "Only the facilitators of this area may verify ({region}).",
    ),
    "not_allowed_review": (
        "Hanya peninjau Dinas PU yang boleh memutuskan ini ({region}).",
        "Only reviewers of Dinas PU may decide this ({region}).",
    ),
    "not_allowed_read_reviews": (
        "Antrean PAKET hanya untuk Dinas PU, Bappeda, dan fasilitator.",
        "The PAKET queue is only for Dinas PU, Bappeda and facilitators.",
    ),
    "not_allowed_approve": (
        "Hanya pemerintah kota (Bappeda) yang boleh memutuskan ini ({region}).",
        "Only the city (Bappeda) may decide this ({region}).",
    ),
    "not_allowed_rank": (
        "Akun ini tidak boleh menyusun peringkat di {region}.",
        "This account may not rank proposals in {region}.",
    ),
    "not_allowed_plan": (
        "Hanya BKM, fasilitator, dan Bappeda yang boleh menyusun rencana di {region}.",
        "Only the BKM, facilitators and Bappeda may make plans for {region}.",
    ),
    "not_allowed_weigh": (
        "Hanya BKM, fasilitator, dan Bappeda wilayah ini yang boleh menyimpan bobot ({region}).",
        "Only the BKM, facilitators and Bappeda of this area may keep weights ({region}).",
    ),
    "not_allowed_see_workspace": (
        "Ruang kerja {region} hanya untuk BKM kelurahan ini, fasilitator, Dinas PU, dan Bappeda.",
        "The workspace of {region} is only for its BKM, facilitators, Dinas PU and Bappeda.",
    ),
    "not_allowed_see_households": (
        "Titik keluarga miskin adalah data pribadi: hanya untuk BKM dan fasilitator kelurahannya.",
        "Poor-household points are personal data: only for the BKM and facilitators of their kelurahan.",
    ),
    "not_allowed_map_facts": (
        "Hanya BKM dan fasilitator kelurahan ini yang boleh mengubah datanya ({region}).",
        "Only the BKM and facilitators of this kelurahan may change its data ({region}).",
    ),
    "not_allowed_edit_regions": (
        "Hanya administrator yang boleh mengubah batas wilayah ({region}).",
        "Only administrators may change the borders of regions ({region}).",
    ),
    "not_allowed_import": (
        "Akun ini tidak boleh memasukkan berkas ke lapisan {layer}. Perencana dan fasilitator memasukkan usulan (hanya "
        "perencana), prasarana, kawasan kumuh, dan keluarga miskin wilayahnya; lapisan lain oleh administrator.",
        "This account may not import into the layer {layer}. Planners and facilitators import proposals (planners "
        "only), assets, slum areas and poor households of their area; other layers are for administrators.",
    ),
    "not_allowed_comment": (
        "Akun ini tidak boleh berkomentar di sini.",
        "This account may not comment here.",
    ),
    "no_kelurahan": (
        "Tidak ada kelurahan berkode {kelurahan}.",
        "There is no kelurahan with the code {kelurahan}.",
    ),
    "only_proposals_have_states": (
        "Hanya usulan yang punya status; hilangkan saringan status untuk lapisan {layer}.",
        "Only proposals have a state; leave the filter out for the layer {layer}.",
    ),
    "released_whole": (
        "Lapisan {layer} diterbitkan sekaligus dan tidak mencatat waktu perubahan.",
        "The layer {layer} is published as a whole and keeps no times of change.",
    ),
    "no_region": ("Tidak ada wilayah berkode {region}.", "There is no region with the code {region}."),
    "no_proposal": (
        "Usulan ini tidak ada atau sudah dihapus.",
        "This proposal does not exist or was deleted.",
    ),
    "not_allowed_adopt": (
        "Hanya BKM dan Bappeda yang boleh menetapkan rencana {region}.",
        "Only the BKM and Bappeda may adopt the plan of {region}.",
    ),
    "plan_in_conflict": (
        "Rencana ini belum memenuhi semua keharusan. Ubah dulu, lalu tetapkan.",
        "This plan does not keep everything it must. Change it first, then adopt it.",
    ),
    "no_masterplan": (
        "Kelurahan {kelurahan} belum menetapkan rencana.",
        "The kelurahan {kelurahan} has adopted no plan yet.",
    ),
    "no_paket": (
        "Usulan ini bukan kegiatan PAKET, jadi tidak ditinjau di sini.",
        "This proposal is no PAKET work, so it is not reviewed here.",
    ),
    "no_plan": ("Rencana ini tidak ada.", "There is no such plan."),
    "budget_missing": (
        "Isi anggaran paling sedikit satu sumber dana.",
        "Give the budget of at least one fund.",
    ),
    "percent": ("Isi persen antara 0 dan 100.", "Give a percentage between 0 and 100."),
    "budget_years": (
        "Anggaran ini berisi {given} tahun, padahal rencananya {wanted} tahun.",
        "This budget has {given} years, but the plan has {wanted}.",
    ),
    "budget_out_of_range": (
        "Anggaran harus rupiah bulat, 0 atau lebih dan paling banyak {largest}.",
        "A budget must be whole rupiah, 0 or more and at most {largest}.",
    ),
    "plan_years": ("Rencana mencakup 1 sampai {most} tahun.", "A plan covers 1 to {most} years."),
    "plan_year": ("Tahun rencana dihitung dari 1 sampai {last}.", "Years of the plan run from 1 to {last}."),
    "too_many_funds": ("Paling banyak {most} sumber dana.", "At most {most} funds."),
    "pinned_twice": (
        "Usulan {given} sekaligus “harus” dan “jangan dulu”. Pilih satu.",
        "Proposal {given} is both “must” and “not now”. Choose one.",
    ),
    "not_in_plan": (
        "Usulan {given} tidak ada di antara usulan terbuka kelurahan ini.",
        "Proposal {given} is not among the open proposals of this kelurahan.",
    ),
    "share_out_of_range": ("Bagian harus antara 0 dan 1.", "A share must lie between 0 and 1."),
    "unknown_pillar": (
        "Pilar “{given}” tidak dikenal. Yang ada: {known}.",
        "The pillar “{given}” is unknown. There are: {known}.",
    ),
    "pillar_shares_above_one": (
        "Bagian pilar bersama-sama melebihi 100 %.",
        "The shares of the pillars add up to more than 100%.",
    ),
    "precedence_circle": (
        "Urutan kegiatan berputar ({circle}): tidak ada yang bisa mulai lebih dulu. Hapus salah satu urutan.",
        "The order of works goes round in a circle ({circle}): none can come first. Remove one of the rules.",
    ),
    "no_ranking": ("Peringkat ini tidak ada.", "This ranking does not exist."),
    "no_weight_set": (
        "Bobot ini tidak ada di kelurahan ini.",
        "There is no such weight set in this kelurahan.",
    ),
    "no_slum_area": (
        "Tidak ada kawasan kumuh berkode {region}.",
        "There is no slum area with the code {region}.",
    ),
    "no_job": ("Pekerjaan ini tidak ada.", "There is no such job."),
    "unknown_format": (
        "Format “{given}” tidak ada. Yang ada: {known}.",
        "There is no format “{given}”. There are: {known}.",
    ),
    "unknown_layer": (
        "Lapisan “{given}” tidak dikenal. Yang ada: {known}.",
        "The layer “{given}” is unknown. There are: {known}.",
    ),
    "no_asset": ("Prasarana ini tidak ada.", "This asset does not exist."),
    "no_household": ("Titik keluarga ini tidak ada.", "There is no such household point."),
    "no_assessment": (
        "Belum ada formulir tahun {year} untuk kawasan ini.",
        "There is no form of {year} for this area.",
    ),
    "unknown_asset_kind": (
        "Jenis prasarana “{given}” tidak ada di katalog. Mungkin: {known}.",
        "The kind of asset “{given}” is not in the catalogue. Perhaps: {known}.",
    ),
    "unknown_condition": (
        "Kondisi “{given}” tidak dikenal. Yang ada: {known}.",
        "The condition “{given}” is unknown. There are: {known}.",
    ),
    "number_out_of_range": (
        "Angka harus dari {least} sampai {most}.",
        "The number must be from {least} to {most}.",
    ),
    "number_not_above": (
        "Angka harus lebih dari {least} dan paling banyak {most}.",
        "The number must be above {least} and at most {most}.",
    ),
    "day_out_of_range": (
        "Tanggal harus dari {least} sampai {most}.",
        "The day must be from {least} to {most}.",
    ),
    "name_missing": ("Isi namanya.", "Give it a name."),
    "code_unfit": (
        "Kode hanya boleh huruf, angka, titik, garis bawah dan tanda hubung, paling panjang 60.",
        "A code may have letters, digits, dots, underscores and hyphens only, at most 60.",
    ),
    "code_taken": (
        "Kode {given} sudah dipakai kawasan lain.",
        "The code {given} is used by another area already.",
    ),
    "code_fixed": (
        "Kode {stored} tidak bisa diganti. Hapus kawasan ini dan buat yang baru.",
        "The code {stored} cannot be changed. Delete this area and make a new one.",
    ),
    "no_rt": ("Tidak ada RT berkode {given}.", "There is no RT with the code {given}."),
    "rt_elsewhere": (
        "RT {given} bukan di kelurahan {name}.",
        "The RT {given} is not in the kelurahan {name}.",
    ),
    "rt_unclear": (
        "Titik ini tidak di dalam RT yang terdaftar. Sebutkan kode RT-nya.",
        "This point lies in no RT on record. Name the code of its RT.",
    ),
    "household_moved": (
        "Keluarga yang pindah kelurahan dihapus di sini dan dicatat di kelurahan barunya.",
        "A household that moved to another kelurahan is deleted here and recorded there.",
    ),
    "more_than_members": (
        "Lebih banyak daripada anggota keluarga ({members}).",
        "More than the household has members ({members}).",
    ),
    "unknown_register": (
        "Sumber data “{given}” tidak dikenal. Yang ada: {known}.",
        "The register “{given}” is unknown. There are: {known}.",
    ),
    "unknown_criterion": (
        "Kriteria “{given}” tidak ada. Yang ada: {known}.",
        "There is no criterion “{given}”. There are: {known}.",
    ),
    "unknown_base": (
        "Besaran dasar “{given}” tidak ada. Yang ada: {known}, atau kode kriteria.",
        "There is no base quantity “{given}”. There are: {known}, or the code of a criterion.",
    ),
    "bases_disagree": (
        "{given} berbeda dari {other}, padahal keduanya {base}.",
        "{given} differs from {other}, although both are {base}.",
    ),
    "base_negative": (
        "Besaran dasar tidak bisa negatif.",
        "A base quantity cannot be negative.",
    ),
    "form_empty": (
        "Formulir ini kosong. Isi paling sedikit satu volume.",
        "This form is empty. Fill in one volume at least.",
    ),
    "form_exists": (
        "Formulir tahun {year} sudah ada. Ubah yang itu (PUT dengan If-Match).",
        "There is a form of {year} already. Change that one (PUT with If-Match).",
    ),
    "area_homeless": (
        "Tanpa bentuk di peta, sebutkan kelurahannya.",
        "Without a shape, name the kelurahan.",
    ),
    "proposals_left_outside": (
        "{count} usulan akan berada di luar batas ini. Pindahkan usulannya dulu atau perlebar batasnya.",
        "{count} proposals would lie outside this border. Move them first or widen the border.",
    ),
    "version_needed": (
        "Sebutkan versi yang Anda ubah (If-Match), agar perubahan orang lain tidak tertimpa.",
        "Name the version you change (If-Match), so that nobody else's change is overwritten.",
    ),
    "stale_version": (
        "{who} sudah mengubahnya pukul {when}. Muat versi itu atau gabungkan dengan punya Anda.",
        "{who} changed it at {when}. Load that version or merge it with yours.",
    ),
    "stale_version:own": (
        "Anda sendiri sudah mengubahnya di jendela lain pukul {when}. "
        "Muat versi itu atau gabungkan dengan yang di sini.",
        "You changed it yourself in another window at {when}. "
        "Load that version or merge it with what is here.",
    ),
    "not_editable": (
        "Usulan berstatus “{state}” tidak bisa diubah lagi; hanya konsep dan yang dikembalikan.",
        "A proposal in state “{state}” can no longer be changed; only drafts and returned ones can.",
    ),
    "discussed": (
        "Usulan ini sudah ditinjau atau dikomentari, jadi tidak dihapus. Tarik usulannya.",
        "This proposal has been reviewed or commented on, so it is not deleted. Withdraw it.",
    ),
    "no_transition": (
        "Dari status “{state}” tidak ada langkah “{action}”. Yang bisa: {possible}.",
        "There is no step “{action}” from the state “{state}”. Possible: {possible}.",
    ),
    "papers_missing": (
        "Belum ada: {gaps}. Lengkapi dulu, atau tulis catatan mengapa diverifikasi begini.",
        "Missing: {gaps}. Complete them first, or note why it is verified all the same.",
    ),
    "line_crosses_itself": (
        "Garis memotong dirinya di titik ke-{point}. Geser atau hapus titik itu, lalu ajukan.",
        "The line crosses itself at point {point}. Move or delete that point, then submit.",
    ),
    "gap_description": ("Mengapa ini diperlukan", "Why it is needed"),
    "gap_funding": ("Sumber dana belum menutup biaya", "The funds do not cover the cost yet"),
    "gap_survey": ("survei lokasi", "site survey"),
    "gap_drawing": ("gambar", "drawing"),
    "gap_cost_estimate": ("RAB", "cost estimate (RAB)"),
    "gap_land": ("surat lahan", "land paper"),
    "note_needed": ("Tuliskan alasannya.", "Give the reason."),
    "checklist_open": (
        "Sebelum menyetujui, jawab butir ini di daftar periksa.",
        "Before you approve, answer this item of the checklist.",
    ),
    "checklist_unexplained": (
        "Dijawab “tidak”: tulis catatan mengapa tetap disetujui.",
        "Answered “no”: write in the note why it is approved all the same.",
    ),
    "title_missing": ("Isi judul usulan.", "Give the proposal a title."),
    "text_too_long": (
        "Terlalu panjang: {length} huruf, paling banyak {longest}.",
        "Too long: {length} characters, at most {longest}.",
    ),
    "text_unprintable": (
        "Teks berisi huruf yang tidak bisa disimpan.",
        "The text holds characters that cannot be stored.",
    ),
    "comment_empty": ("Tulis komentarnya dulu.", "Write the comment first."),
    "unknown_work_type": (
        "Jenis kegiatan “{given}” tidak ada. Katalognya di /api/v1/catalogue.",
        "There is no work type “{given}”. The catalogue is at /api/v1/catalogue.",
    ),
    "unknown_work_type:near": (
        "Jenis kegiatan “{given}” tidak ada di katalog. Mungkin: {known}.",
        "The work type “{given}” is not in the catalogue. Perhaps: {known}.",
    ),
    "unknown_fund": (
        "Sumber dana “{given}” tidak dikenal. Yang ada: {known}.",
        "The fund “{given}” is unknown. There are: {known}.",
    ),
    "unknown_land": (
        "Surat lahan “{given}” tidak dikenal. Yang ada: {known}.",
        "The land paper “{given}” is unknown. There are: {known}.",
    ),
    "unknown_cofunding": (
        "Kepastian dana pendamping “{given}” tidak dikenal. Yang ada: {known}.",
        "The evidence of co-funding “{given}” is unknown. There are: {known}.",
    ),
    "unknown_paper": (
        "Berkas “{given}” tidak dikenal. Yang ada: {known}.",
        "The paper “{given}” is unknown. There are: {known}.",
    ),
    "paper_not_boolean": (
        "Berkas “{given}”: ada atau tidak (true/false).",
        "Paper “{given}”: in hand or not (true/false).",
    ),
    "unknown_state": (
        "Status “{given}” tidak dikenal. Yang ada: {known}.",
        "The state “{given}” is unknown. There are: {known}.",
    ),
    "volume_out_of_range": (
        "Volume harus lebih dari 0 dan paling banyak {largest}.",
        "The volume must be above 0 and at most {largest}.",
    ),
    "cost_out_of_range": (
        "Biaya harus rupiah bulat, lebih dari 0 dan paling banyak {largest}.",
        "The cost must be whole rupiah, above 0 and at most {largest}.",
    ),
    "funding_above_cost": (
        "Jumlah dana Rp {total} melebihi biaya Rp {cost}. Kurangi dana atau naikkan biaya.",
        "The funds add up to Rp {total}, above the cost of Rp {cost}. Lower the funds or raise the cost.",
    ),
    "geometry_unreadable": (
        "Bentuk di peta tidak terbaca. Kirim geometri GeoJSON (Point, LineString, Polygon).",
        "The shape cannot be read. Send a GeoJSON geometry (Point, LineString, Polygon).",
    ),
    "geometry_empty": ("Belum ada bentuk di peta. Gambar dulu.", "There is no shape yet. Draw it first."),
    "geometry_too_large": (
        "Bentuk terlalu rinci: paling banyak {most} titik.",
        "The shape is too detailed: at most {most} points.",
    ),
    "geometry_kind": (
        "Jenis kegiatan ini digambar sebagai {wanted}, bukan {given}.",
        "This work type is drawn as {wanted}, not as {given}.",
    ),
    "shape_kind": (
        "Ini digambar sebagai {wanted}, bukan {given}.",
        "This is drawn as {wanted}, not as {given}.",
    ),
    "coordinates_out_of_bounds": (
        "Koordinat di luar bumi. Urutannya bujur, lintang (WGS 84).",
        "Coordinates outside the earth. The order is longitude, latitude (WGS 84).",
    ),
    "line_without_length": (
        "Garis ini tidak punya panjang. Tambah titik kedua.",
        "This line has no length. Add a second point.",
    ),
    "polygon_without_area": (
        "Bidang ini tidak punya luas. Tambah titik.",
        "This area has no size. Add points.",
    ),
    "polygon_crosses_itself": (
        "Garis bidang memotong dirinya di bujur {lon}, lintang {lat}. Geser atau hapus titik di dekat situ.",
        "The outline crosses itself at longitude {lon}, latitude {lat}. Move or delete a point near there.",
    ),
    "polygon_invalid": (
        "Bidang ini tidak sah: lubangnya di luar atau bertumpuk.",
        "This area is not valid: its holes lie outside or overlap.",
    ),
    "outside_all": (
        "Bentuk ini di luar semua kelurahan yang terdaftar.",
        "This shape lies outside every kelurahan on record.",
    ),
    "outside_kelurahan": (
        "{amount} dari bentuk ini di luar kelurahan {name}. Geser atau potong di batasnya.",
        "{amount} of this shape lies outside the kelurahan {name}. Move it or cut it at the border.",
    ),
    "weights_unknown": (
        "Bobot “{given}” bukan kriteria. Yang ada: {known}.",
        "The weight “{given}” is not a criterion. There are: {known}.",
    ),
    "weights_invalid": (
        "Bobot harus angka 0 atau lebih dan berjumlah 1; jumlahnya sekarang {total}.",
        "Weights must be numbers of 0 or more that sum to 1; they now sum to {total}.",
    ),
    "unknown_method": (
        "Metode “{given}” tidak dikenal. Yang ada: {known}.",
        "The method “{given}” is unknown. There are: {known}.",
    ),
    "method_is_crosscheck": (
        "{given} hanya pembanding: urutan resmi memakai “value”, dan “agreement” menyebut seberapa cocok {given}.",
        "{given} is a cross-check only: the official order is “value”, and “agreement” tells how far {given} agrees.",
    ),
    "weights_twice": (
        "Sebut bobotnya langsung atau satu bobot tersimpan, jangan dua-duanya.",
        "Give weights or name a stored set, not both.",
    ),
    "weight_set_outdated": (
        "Bobot ini untuk kriteria versi {old}; sekarang berlaku versi {now}. Susun bobot baru.",
        "This set weighs version {old} of the criteria; version {now} is in use now. Make a new set.",
    ),
    "unknown_kind": (
        "Cara “{given}” tidak dikenal. Yang ada: {known}.",
        "The kind “{given}” is unknown. There are: {known}.",
    ),
    "samples_out_of_range": (
        "Jumlah percobaan harus 1 sampai {most} untuk usulan sebanyak ini.",
        "The number of samples must be 1 to {most} for this many proposals.",
    ),
    "seed_out_of_range": (
        "Bilangan awal (seed) harus bilangan bulat dari 0 sampai {most}.",
        "The seed must be a whole number from 0 to {most}.",
    ),
    "spread_out_of_range": (
        "Rentang bobot harus lebih dari 0 dan paling banyak 1.",
        "The spread must be above 0 and at most 1.",
    ),
    "no_participants": (
        "Belum ada bobot peserta di kelurahan ini. Simpan dulu, atau pilih cara lain.",
        "No participant's weights are kept in this kelurahan yet. Keep some first, or choose another kind.",
    ),
    "unknown_way": (
        "Cara menimbang “{given}” tidak dikenal. Yang ada: {known}.",
        "The way of weighing “{given}” is unknown. There are: {known}.",
    ),
    "judgements_missing": ("Belum ada penilaian di sini.", "There are no judgements here yet."),
    "points_invalid": (
        "Poin harus angka 0 atau lebih, dan paling sedikit satu kriteria lebih dari 0.",
        "Points must be numbers of 0 or more, and at least one criterion above 0.",
    ),
    "ranks_invalid": (
        "Urutan harus angka dari 1 (paling penting).",
        "A place in the order must be a number from 1 (most important).",
    ),
    "pair_unknown": (
        "“{a}” dan “{b}” tidak dibandingkan langsung: kelompok dengan kelompok, kriteria dalam satu kelompok.",
        "“{a}” and “{b}” are not compared directly: groups with groups, criteria inside one group.",
    ),
    "pair_twice": ("“{a}” dan “{b}” dibandingkan dua kali.", "“{a}” and “{b}” are compared twice."),
    "pair_missing": (
        "Masih {count} pasangan belum dibandingkan, misalnya “{a}” dan “{b}”.",
        "{count} pairs are still to be compared, for example “{a}” and “{b}”.",
    ),
    "times_out_of_range": (
        "Perbandingan harus antara 1/9 dan 9.",
        "A comparison must lie between 1/9 and 9.",
    ),
    "set_name_missing": ("Beri nama bobot ini.", "Give these weights a name."),
    "participant_missing": ("Isi nama peserta.", "Give the participant's name."),
    "attendance_invalid": (
        "Jumlah hadir harus bilangan bulat, 0 atau lebih.",
        "Attendance must be a whole number of 0 or more.",
    ),
    "attendance_missing": ("Isi jumlah yang hadir (L/P).", "Give how many attended (men and women)."),
    "meeting_date_missing": ("Isi tanggal rembuk.", "Give the date of the meeting."),
    "meeting_date_invalid": (
        "Tanggal rembuk harus sejak 2000 dan tidak di masa depan.",
        "The date of the meeting must be after 2000 and not in the future.",
    ),
    "meeting_place_missing": ("Isi tempat rembuk.", "Give the place of the meeting."),
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
    "warn_slope": (
        "Medan di sini miring {percent} %, jenis kegiatan ini paling banyak {most} %.",
        "The ground here slopes {percent}%; this type of work bears {most}% at most.",
    ),
    "warn_asset": (
        "Sudah ada prasarana sejenis yang berfungsi di sini: {title}.",
        "A working asset of this kind is here already: {title}.",
    ),
    "warn_nobody": (
        "Tidak ada KK miskin baru yang terlayani di sini.",
        "No poor household is newly served here.",
    ),
    "warn_downstream": (
        "Ujung hilir belum tersambung: {distance} dari saluran atau kali terdekat.",
        "The lower end is not connected: {distance} from the nearest drain or river.",
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
    "gate_setback": (
        "Di sempadan sungai: {metres} m dari tepi air, paling sedikit {least} m. Geser menjauh dari air.",
        "Within the river setback: {metres} m from the bank, {least} m at least. Move it away from the water.",
    ),
    "gate_setback_unsure": (
        "{metres} m dari tepi air. Tanpa tanggul perlu {usual} m; periksa tanggul dan dalamnya air di lapangan.",
        "{metres} m from the bank. Without an embankment {usual} m are needed; check embankment and depth on site.",
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
    "gate_fund_unseen": (
        "{fund}: periksa sendiri syarat yang tidak tercatat di sini (dinas mitra, daftar PJM).",
        "{fund}: check the conditions that are not on record here (partner office, PJM list).",
    ),
    "warn_provisional": (
        "Sementara: baru {percent} % dari bobot diketahui.",
        "Provisional: only {percent}% of the weight is known.",
    ),
}


def message(code: str, params: Mapping[str, Any] | None = None, lang: str = "id") -> str:
    """The sentence of a code in a language ("id", else English)."""
    params = params or {}
    pair = WORDS.get(f"{code}:{params.get('variant')}") or WORDS.get(code)
    if pair is None:
        return code
    return pair[0 if lang == "id" else 1].format_map(_Params(_in_words(code, params, lang)))


def gate_message(gate: Gate, lang: str = "id") -> str:
    """Why a gate is failed or not checked, and how to mend it; empty for one that is passed."""
    params = dict(gate.params)
    if "fund" in params:
        params["fund"] = fund_name(str(params["fund"]), lang)
    return message(gate.code, params, lang) if gate.code else ""


NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "point": ("titik", "a point"),
    "line": ("garis", "a line"),
    "polygon": ("bidang", "an area"),
    "submit": ("ajukan", "submit"),
    "verify": ("verifikasi", "verify"),
    "start_review": ("mulai tinjau", "start review"),
    "approve": ("setujui", "approve"),
    "return": ("kembalikan", "return"),
    "reject": ("tolak", "reject"),
    "fund": ("danai", "fund"),
    "start_works": ("mulai dikerjakan", "start works"),
    "complete": ("selesaikan", "complete"),
    "withdraw": ("tarik", "withdraw"),
    **STATES,
}
"""Keys that stand in sentences, in words."""
_NAMED: Final = ("state", "action", "possible", "wanted")


def _in_words(code: str, params: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Params with keys in words and numbers as one writes them; nobody's name becomes "somebody"."""

    def word(keys: str) -> str:
        pairs = [NAMES.get(key, (key, key)) for key in keys.split(", ")]
        return ", ".join(pair[0 if lang == "id" else 1] for pair in pairs)

    params = {
        name: ", ".join(message(gap, {}, lang) for gap in value.split(", ")) if name == "gaps" else value
        for name, value in params.items()
    }
    named = (*_NAMED, "given") if code in ("geometry_kind", "shape_kind") else _NAMED
    shown = {
        name: word(value) if name in named and isinstance(value, str) else written(value, lang)
        for name, value in params.items()
    }
    if code.startswith("pair_"):
        shown |= {side: weighed_name(str(params[side]), lang) for side in ("a", "b") if side in params}
    if shown.get("who") == "":
        shown["who"] = "Seseorang" if lang == "id" else "Somebody"
    return shown


class _Params(dict[str, Any]):
    """Params of a sentence; one that nobody gave shows as an ellipsis instead of breaking the answer."""

    def __missing__(self, key: str) -> str:
        return "…"
