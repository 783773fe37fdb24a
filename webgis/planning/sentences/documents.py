"""What is wrong with something that was sent: a proposal, a fact, weights, a plan, a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DOCUMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "plan_in_conflict": (
        "Rencana ini belum memenuhi semua keharusan. Ubah dulu, lalu tetapkan.",
        "This plan does not keep everything it must. Change it first, then adopt it.",
    ),
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
    "plan_years_crossed": (
        "Tahun terakhir kegiatan ini lebih awal daripada tahun pertamanya.",
        "The last year of this work lies before its first.",
    ),
    "group_of_one": (
        "Pilih dua kegiatan yang berbeda.",
        "Choose two different works.",
    ),
    "relation_elsewhere": (
        "Usulan itu ada di kelurahan lain. Pilih usulan di kelurahan ini.",
        "That proposal lies in another kelurahan. Choose one of this kelurahan.",
    ),
    "synergy_why": (
        "Tulis mengapa kedua kegiatan lebih berguna bersama.",
        "Say why the two works do more together.",
    ),
    "states_missing": ("Sebut paling sedikit satu status.", "Name at least one state."),
    "too_many_funds": ("Paling banyak {most} sumber dana.", "At most {most} funds."),
    "budget_above_ceiling": (
        "Dana {fund} paling banyak Rp {most} untuk satu BKM dalam semua tahun, dan Rp {given} sudah diberikan kepada "
        "kegiatan di luar rencana ini. Isi paling banyak Rp {room}.",
        "{fund} is at most Rp {most} for one BKM in all years, and Rp {given} is given to works outside this plan. "
        "Enter at most Rp {room}.",
    ),
    "budget_above_pool": (
        "Pagu kota untuk {fund} Rp {most}, dan Rp {given} sudah diberikan kepada kegiatan di luar rencana ini. Isi "
        "paling banyak Rp {room}.",
        "The pool of the city for {fund} is Rp {most}, and Rp {given} is given to works outside this plan. Enter at "
        "most Rp {room}.",
    ),
    "carry_without_budget": (
        "Sumber dana {fund} tidak punya anggaran dalam rencana ini, jadi tidak ada sisa yang bisa dipakai kemudian.",
        "The fund {fund} has no budget in this plan, so nothing of it can be left for later years.",
    ),
    "carry_too_much": (
        "Dengan {funds} sumber dana dan {years} tahun, sisa dana tidak bisa dihitung ke tahun berikutnya. Kurangi "
        "sumber dana atau tahunnya, atau biarkan sisanya hangus.",
        "With {funds} funds and {years} years unspent money cannot be carried into later years. Take fewer funds or "
        "years, or let it lapse.",
    ),
    "unknown_study": (
        "Telaah “{given}” tidak ada. Yang ada: {known}.",
        "There is no study “{given}”. There are: {known}.",
    ),
    "pinned_twice": (
        "Usulan {given} sekaligus “harus” dan “jangan dulu”. Pilih satu.",
        "Proposal {given} is both “must” and “not now”. Choose one.",
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
    "unknown_format": (
        "Format “{given}” tidak ada. Yang ada: {known}.",
        "There is no format “{given}”. There are: {known}.",
    ),
    "unknown_layer": (
        "Lapisan “{given}” tidak dikenal. Yang ada: {known}.",
        "The layer “{given}” is unknown. There are: {known}.",
    ),
    "unknown_consideration": (
        "“{given}” bukan pertimbangan lain pada formulir. Yang ada: {known}.",
        "“{given}” is no consideration of the form. Known are: {known}.",
    ),
    "consideration_points": (
        "Nilai {given} tidak ada pada formulir; pilihannya {allowed}.",
        "The form has no {given} points here; choose one of {allowed}.",
    ),
    "raster_no_file": ("Berkas {file} tidak ada.", "There is no file {file}."),
    "raster_unreadable": (
        "{file} bukan raster yang dapat dibaca. Kirim GeoTIFF.",
        "{file} is no raster that can be read. Give a GeoTIFF.",
    ),
    "raster_no_source": ("Sebutkan sumber datanya (--source).", "Say whose data it is (--source)."),
    "raster_year": (
        "Tahun data antara {least} dan {most} (--year).",
        "The year of the data lies between {least} and {most} (--year).",
    ),
    "raster_threshold": (
        "Sebutkan kedalaman air, di atas 0 sampai 5 m, yang dihitung sebagai banjir (--threshold 0.3).",
        "Say from which depth of water, above 0 to 5 m, a place counts as flooded (--threshold 0.3).",
    ),
    "raster_threshold_of_heights": (
        "Ambang hanya untuk banjir; hapus --threshold.",
        "Only floods have a threshold; leave --threshold out.",
    ),
    "raster_turned": (
        "Raster ini miring terhadap utara. Luruskan dulu: gdalwarp.",
        "This raster is turned against north. Straighten it first: gdalwarp.",
    ),
    "raster_no_crs": (
        "Berkas tidak menyebut sistem koordinatnya, atau sistem itu tidak berkode EPSG. Sebutkan: --crs EPSG:32748.",
        "The file names no coordinate system, or one without an EPSG code. Say it: --crs EPSG:32748.",
    ),
    "raster_unknown_crs": (
        "Sistem koordinat {given} tidak dikenal. Tulis seperti EPSG:32748.",
        "The coordinate system {given} is unknown. Write it like EPSG:32748.",
    ),
    "raster_other_crs": (
        "Berkas menyebut {found}, bukan {given}. Hapus --crs, atau pindahkan rasternya dulu: gdalwarp.",
        "The file says {found}, not {given}. Leave --crs out, or move the raster first: gdalwarp.",
    ),
    "raster_nodata": ("“{given}” bukan angka (--nodata).", "“{given}” is no number (--nodata)."),
    "raster_no_nodata": (
        "Berkas tidak menyebut nilai untuk “tanpa data”. Sebutkan: --nodata -9999, atau --nodata none bila setiap sel "
        "berisi nilai.",
        "The file does not say which value means “no data”. Say it: --nodata -9999, or --nodata none if every cell "
        "holds a value.",
    ),
    "raster_elsewhere": (
        "Raster ini tidak menyentuh satu kelurahan pun: menurut {crs} letaknya di {where} (barat, selatan, timur, "
        "utara). Periksa sistem koordinatnya.",
        "This raster touches no kelurahan: by {crs} it lies at {where} (west, south, east, north). Check its "
        "coordinate system.",
    ),
    "raster_too_fine": (
        "Satu kelurahan berisi lebih dari {most} sel. Kurangi kehalusannya dulu: gdalwarp -tr 2 2.",
        "One kelurahan holds more than {most} cells. Make it coarser first: gdalwarp -tr 2 2.",
    ),
    "raster_empty": ("Tidak ada sel yang berisi nilai.", "No cell holds a value."),
    "raster_values": (
        "Nilainya {low} sampai {high} m; yang mungkin {least} sampai {most} m. Periksa jenis, satuan (--unit), dan "
        "nilai “tanpa data” (--nodata).",
        "Its values run from {low} to {high} m, where {least} to {most} m are possible. Check the kind, the unit "
        "(--unit) and the value for “no data” (--nodata).",
    ),
    "no_raster": (
        "Tidak ada raster terdaftar di {path}.",
        "No raster is registered at {path}; `raster list` names them.",
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
    "rt_outlineless": (
        "Pilih RT yang sudah punya batas di peta.",
        "Choose RT that have an outline on the map.",
    ),
    "code_fixed": (
        "Kode {stored} tidak bisa diganti. Hapus kawasan ini dan buat yang baru.",
        "The code {stored} cannot be changed. Delete this area and make a new one.",
    ),
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
    "reason_share_above": (
        "Volume {criterion} adalah {percent} % dari besaran dasarnya. Perbaiki salah satunya, atau tulis mengapa "
        "memang demikian.",
        "The volume of {criterion} is {percent}% of its base. Correct one of them, or say why it is right all the "
        "same.",
    ),
    "reason_share_negative": (
        "Volume {criterion} di bawah nol. Perbaiki, atau tulis mengapa memang demikian.",
        "The volume of {criterion} is below zero. Correct it, or say why it is right all the same.",
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
    "line_crosses_itself": (
        "Garis memotong dirinya di titik ke-{point}. Geser atau hapus titik itu, lalu ajukan.",
        "The line crosses itself at point {point}. Move or delete that point, then submit.",
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
    "office_not_text": (
        "Dinas mitra ditulis sebagai teks: nama dinas dan kegiatan anggarannya.",
        "The partner office is a text: the name of the office and its programme line.",
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
    "funding_out_of_range": (
        "Dana harus rupiah bulat, 0 atau lebih dan paling banyak {largest}.",
        "Money of a fund must be whole rupiah, 0 or more and at most {largest}.",
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
        "Koordinat di luar bumi. Urutannya bujur, lintang dalam derajat (WGS 84), bukan meter (UTM).",
        "Coordinates outside the earth. The order is longitude, latitude in degrees (WGS 84), not metres (UTM).",
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
    "weight_impossible": ("Bobot harus angka 0 atau lebih.", "A weight must be a number of 0 or more."),
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
    "robustness_wanted": (
        "Harus berupa objek: {{}} untuk pilihan bawaan, atau dengan {known}. Tanpa anggota ini tidak dihitung.",
        "This must be an object: {{}} for the defaults, or with {known}. Leave it out to have no analysis.",
    ),
    "unknown_kind": (
        "Cara “{given}” tidak dikenal. Yang ada: {known}.",
        "The kind “{given}” is unknown. There are: {known}.",
    ),
    "samples_out_of_range": (
        "Jumlah percobaan harus 1 sampai {most} untuk usulan sebanyak ini.",
        "The number of samples must be 1 to {most} for this many proposals.",
    ),
    "top_out_of_range": (
        "Jumlah tempat teratas harus 1 sampai {most}.",
        "The number of first places must be 1 to {most}.",
    ),
    "seed_out_of_range": (
        "Bilangan awal (seed) harus bilangan bulat dari 0 sampai {most}.",
        "The seed must be a whole number from 0 to {most}.",
    ),
    "spread_out_of_range": (
        "Rentang bobot harus lebih dari 0 dan paling banyak 1.",
        "The spread must be above 0 and at most 1.",
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
        "Urutan harus angka dari 1 (paling penting) tanpa tempat yang terlewat, misalnya 1, 2, 2, 4.",
        "A place in the order must be a number from 1 (most important) with none left out, such as 1, 2, 2, 4.",
    ),
    "times_out_of_range": (
        "Perbandingan harus antara 1/9 dan 9.",
        "A comparison must lie between 1/9 and 9.",
    ),
    "work_type_not_offered": (
        "Kota tidak lagi menerima usulan baru untuk jenis kegiatan ini. Pilih jenis lain.",
        "The city takes no new proposals of this work type. Choose another.",
    ),
    "price_impossible": (
        "“{given}” bukan harga satuan. Tulis rupiah bulat di atas nol, misalnya 1.250.000.",
        "“{given}” is no unit cost. Write whole rupiah above zero, such as 1,250,000.",
    ),
    "percent_impossible": (
        "“{given}” bukan bobot. Tulis angka dari 0 sampai 100, misalnya 12,5.",
        "“{given}” is no weight. Write a number from 0 to 100, such as 12.5.",
    ),
    "percents_not_100": (
        "Jumlah bobot harus 100; sekarang {total}.",
        "The weights must sum to 100; they now sum to {total}.",
    ),
    "nothing_changes": (
        "Nilai ini sama dengan yang berlaku; tidak ada yang berubah.",
        "These are the values in force already; nothing changes.",
    ),
    "change_reason_missing": ("Tulis alasan perubahan.", "Say why it is changed."),
    "change_source_missing": (
        "Tulis sumbernya, misalnya “SHS kota 2026” atau “Berita acara rapat”.",
        "Name the source, such as “City price standard 2026” or “Minutes of the meeting”.",
    ),
    "change_source_on_missing": ("Isi tanggal sumbernya.", "Give the date of the source."),
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
}
