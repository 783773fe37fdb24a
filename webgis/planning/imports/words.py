"""The words of everything an import finds: a code, an Indonesian and an English sentence.

It knows nothing about when they are said; {names} are filled from the values of a problem.
Each sentence says what is wrong and how to mend it (reliability paper, section 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from webgis.planning.sentences.messages import message as planning_message

WORDS: Final[Mapping[str, dict[str, str]]] = {
    code: {"id": indonesian, "en": english}
    for code, indonesian, english in (
        ("file_missing", "Berkas {name} tidak ada.", "There is no file {name}."),
        ("file_empty", "Berkas kosong.", "The file is empty."),
        ("file_too_big", "Berkas {megabytes} MB; paling besar {limit} MB.", "The file has {megabytes} MB; at most {limit} MB are taken. Split it."),
        ("file_cut_off", "Berkas terpotong di baris {line}; unduh atau ekspor ulang.", "The file is cut off at line {line}; download or export it again."),
        ("file_damaged", "Berkas {kind} rusak dan tidak terbaca.", "The {kind} file is damaged and cannot be read; export it again."),
        ("json_broken", "JSON salah di baris {line}, kolom {column}.", "The JSON is broken at line {line}, column {column}."),
        ("json_too_deep", "JSON terlalu bersarang.", "The JSON is nested too deeply."),
        ("not_geojson", "JSON ini bukan GeoJSON.", "This JSON is not GeoJSON; export the layer as a FeatureCollection."),
        ("not_geopackage", "SQLite ini bukan GeoPackage.", "This SQLite file is not a GeoPackage."),
        ("html_page", "Ini halaman web, bukan data; mungkin halaman masuk. Unduh ulang setelah masuk.", "This is a web page, not data; perhaps a sign-in page. Sign in there and download again."),
        ("vrt_refused", "Berkas VRT menunjuk berkas lain dan tidak diterima.", "This is a VRT, which points at other files; it is not opened. Send the data itself."),
        ("format_unsupported", "Format {found} tidak diterima; kirim GeoJSON, GeoPackage, Shapefile dalam zip, atau CSV.", "{found} is not taken; send GeoJSON, GeoPackage, a zipped Shapefile or CSV."),
        ("nul_byte", "Ada byte NUL di baris {line}: berkas rusak atau bukan teks. Simpan ulang sebagai teks UTF-8.", "There is a NUL byte in line {line}: the file is damaged or no text. Save it again as UTF-8 text."),
        ("json_number", "Ada bilangan yang terlalu panjang di JSON.", "The JSON holds a number with thousands of digits."),
        ("json_member_twice", "Anggota “{name}” ditulis dua kali dalam satu objek JSON; hapus salah satunya.", "The member “{name}” is written twice in one object of the JSON; take one of them away."),
        ("encoding_unknown", "Pengodean huruf tidak dikenal; simpan sebagai UTF-8.", "The text encoding is unknown; save as UTF-8."),
        ("encoding_guessed", "Huruf dibaca sebagai {encoding}.", "The text was read as {encoding}; check names with special letters."),
        ("table_broken", "Tabel tidak terbaca.", "The table cannot be read."),
        ("no_header", "Baris pertama harus berisi nama kolom.", "The first line must hold the names of the columns."),
        ("no_rows", "Berkas tidak berisi baris.", "The file has no rows."),
        ("column_twice", "Nama kolom ganda: {names}.", "Columns of the same name: {names}."),
        ("too_many_columns", "Kolom lebih dari {limit}.", "More than {limit} columns."),
        ("too_many_rows", "Baris lebih dari {limit}.", "More than {limit} rows; split the file."),
        ("zip_bomb", "Arsip mengembang menjadi {megabytes} MB; ditolak.", "The archive unpacks to {megabytes} MB; refused."),
        ("zip_too_many", "Arsip berisi {count} berkas; paling banyak {limit}.", "The archive holds {count} files; at most {limit}."),
        ("zip_path", "Arsip memuat jalur berbahaya: {name}.", "The archive holds a dangerous path: {name}."),
        ("zip_link", "Arsip memuat tautan: {name}.", "The archive holds a link: {name}."),
        ("zip_broken", "Arsip rusak atau terpotong.", "The archive is damaged or cut off."),
        ("zip_locked", "Arsip berkata sandi.", "The archive has a password."),
        ("zip_nested", "Arsip di dalam arsip tidak dibuka.", "An archive inside an archive is not opened."),
        ("zip_no_map", "Tidak ada peta atau tabel di dalamnya.", "There is no map or table in it."),
        ("zip_same_name", "Arsip memuat dua kali {name}.", "The archive holds {name} twice."),
        ("two_layers", "Berisi beberapa lapis: {names}. Kirim satu.", "It holds several layers: {names}. Send one."),
        ("shape_incomplete", "Shapefile tanpa {missing}.", "The Shapefile lacks {missing}; zip all its parts."),
        ("reading_too_long", "Membaca berkas terlalu lama; dihentikan.", "Reading the file took too long and was stopped."),
        ("reading_too_much", "Berkas butuh terlalu banyak memori; pecah menjadi beberapa berkas.", "The file needs too much memory; split it."),
        ("reading_failed", "Berkas tidak dapat dibaca.", "The file cannot be read; the reader gave up."),
        ("layer_unknown", "Lapis {layer} tidak dikenal; ada: {known}.", "Unknown layer {layer}; there are: {known}."),
        ("map_unknown_field", "Lapis {layer} tidak punya kolom {field}; ada: {known}.", "Layer {layer} has no field {field}; there are: {known}."),
        ("map_unknown_column", "Berkas tidak punya kolom {column}; ada: {known}.", "The file has no column {column}; there are: {known}."),
        ("nik_column", "Kolom {column} berisi angka 16 digit (NIK atau nomor KK). Data ini tidak pernah disimpan; hapus kolomnya lalu kirim lagi.", "Column {column} holds 16-digit numbers (NIK or family card). They are never taken; delete the column and send the file again."),
        ("personal_column", "Kolom {column} (data pribadi) tidak disimpan.", "Column {column} (personal data) was not taken."),
        ("crs_missing", "Sistem koordinat tidak disebut. Sebutkan (kolom sistem koordinat, atau --crs), misalnya EPSG:32749 (UTM 49S) atau EPSG:4326.", "The file names no coordinate system. Name it (field coordinate system, or --crs), for example EPSG:32749 (UTM 49S) or EPSG:4326 (lon/lat)."),
        ("crs_unknown", "Sistem koordinat {found} tidak dikenal; sebutkan kode EPSG-nya.", "Unknown coordinate system {found}; give its EPSG code."),
        ("crs_linked", "Berkas hanya menaut sistem koordinatnya ({found}); tautan tidak diikuti. Tulis kodenya di anggota crs, misalnya EPSG:32748, atau simpan ulang sebagai WGS 84 tanpa crs.", "The file only links to its coordinate system ({found}); links are not followed. Write its code into the member crs, for example EPSG:32748, or save it again in WGS 84 without crs."),
        ("crs_unnamed", "Anggota crs berkas ini tidak menyebut nama sistem koordinat. Tulis kodenya, misalnya EPSG:32748, atau hapus anggota crs bila koordinatnya WGS 84.", "The member crs of the file names no coordinate system. Write its code, for example EPSG:32748, or remove crs if the coordinates are WGS 84."),
        ("crs_metres", "Koordinat tampak dalam meter ({x}, {y}) tetapi sistemnya tidak disebut; zona mana? Misalnya EPSG:32748 atau EPSG:32749.", "The coordinates look like metres ({x}, {y}) but no metric system is named; which zone? For example EPSG:32748 or EPSG:32749."),
        ("latlon_swapped", "Lintang dan bujur tertukar ({x}, {y}). Tukar urutannya, atau beri --set order=latlon.", "Latitude and longitude are swapped ({x}, {y}). Turn them, or give --set order=latlon."),
        ("not_feature", "Baris bukan Feature GeoJSON.", "The row is not a GeoJSON Feature."),
        ("geometry_missing", "Tanpa geometri.", "There is no geometry."),
        ("geometry_across_180", "Geometri membentang lebih dari setengah dunia; yang melewati bujur 180° harus dipotong di sana.", "The geometry spans more than half of the world; one across longitude 180° must be cut there."),
        ("geometry_empty", "Geometri kosong.", "The geometry is empty."),
        ("geometry_collapsed", "Garis tanpa panjang atau bidang tanpa luas; gambar ulang.", "A line without length or a shape without area; draw it again."),
        ("geometry_broken", "Geometri rusak.", "The geometry is broken."),
        ("geometry_kind", "Geometri {given} tidak cocok untuk lapis ini.", "A {given} does not fit this layer."),
        ("geometry_repaired", "Geometri diperbaiki: {done}.", "The geometry was repaired: {done}."),
        ("coordinates_not_finite", "Koordinat bukan angka hingga (NaN, tak hingga, atau terlalu besar).", "A coordinate is NaN, infinite or far too large."),
        ("coordinates_not_number", "Koordinat bukan angka.", "A coordinate is not a number."),
        ("outside_world", "Koordinat di luar bumi.", "The coordinates are outside the world."),
        ("outside_known_area", "Di luar wilayah yang dikenal; berkas ini tampaknya dari kota lain. Impor kelurahannya dulu.", "Outside every known kelurahan; the file seems to belong to another city. Import its kelurahan first."),
        ("outside_named_region", "Terletak di luar {name} yang disebut.", "It lies outside {name}, which the row names."),
        ("quotes_broken", "Tanda kutip tidak ditutup atau salah tempat; baris ini dan mungkin yang sesudahnya tidak terbaca.", "A quotation mark is misplaced or never closed; this row and perhaps those after it are not read."),
        ("ragged_row", "Jumlah nilai tidak sama dengan jumlah kolom.", "The number of values differs from the number of columns."),
        ("value_too_long", "Nilai terlalu panjang.", "A value is too long."),
        ("value_cut", "{field} dipotong pada {longest} huruf.", "{field} was cut after {longest} characters."),
        ("characters_unreadable", "{field} memuat huruf yang tidak terbaca, ditandai dengan �; perbaiki.", "{field} holds characters that cannot be read, marked by �; correct them."),
        ("characters_dropped", "Tanda tak terlihat yang membalik arah tulisan dibuang dari {field}.", "Unseen marks that turn the direction of writing were left out of {field}."),
        ("value_missing", "{field} kosong.", "{field} is missing."),
        ("value_not_number", "{given} bukan angka.", "{given} is not a number."),
        ("value_not_date", "{given} bukan tanggal seperti 2026-03-31; tidak disimpan.", "{given} is not a date like 2026-03-31 and was left out."),
        ("day_wrong", "{given} bukan tanggal lampau seperti 2026-03-31.", "{given} is not a past date like 2026-03-31."),
        ("points_not_on_form", "Nilai {given} tidak ada pada formulir; pilihannya {allowed}. Dikosongkan.", "The form has no {given} points here; it knows {allowed}. Left empty."),
        ("value_not_sign", "“{given}” bukan ya atau tidak. Dikosongkan.", "“{given}” is neither yes nor no. Left empty."),
        ("value_out_of_range", "{given} di luar rentang {least} sampai {most}.", "{given} is outside {least} to {most}."),
        ("value_unknown", "{given} tidak dikenal; mirip: {near}.", "{given} is unknown; near: {near}."),
        ("work_type_unknown", "Jenis kegiatan {given} tidak dikenal; mirip: {near}.", "Unknown work type {given}; near: {near}."),
        ("cost_from_catalogue", "Biaya tidak disebut; dihitung dari katalog: Rp{cost}.", "No cost given; taken from the catalogue: Rp{cost}."),
        ("duplicate_id", "Id {given} sudah dipakai baris {first}.", "Id {given} was used by row {first} already."),
        ("number_of_other_city", "RT nomor {given} sudah dipakai kota {city}. Agar dua kota tidak tertukar, impor lagi dengan --set dataset=NAMA (perintah webgis import).", "RT number {given} is that of the city {city} already. Import again with --set dataset=NAME (command webgis import), so that two cities stay apart."),
        ("dataset_needed", "Tabel ini menyebut RT hanya dengan nomor, dan beberapa kota ({cities}) memakai nomor. Impor dengan --set dataset=NAMA kotanya, atau --set dataset= untuk kota yang dulu diimpor tanpa nama.", "This table knows its RT by number only, and several cities ({cities}) have numbers. Import it with --set dataset=NAME of its city, or --set dataset= for the city that was imported without a name."),
        ("duplicate_row", "Sama dengan baris {first}.", "The same as row {first}."),
        ("code_missing", "Kode kelurahan kosong.", "The code of the kelurahan is missing."),
        ("code_bad", "Kode {given} bukan kode Kemendagri seperti 32.73.01.1001.", "{given} is not a Kemendagri code like 32.73.01.1001."),
        ("code_provisional", "Tanpa kode resmi; diberi kode sementara {code}.", "No official code; given the provisional code {code}."),
        ("kelurahan_unknown", "Kelurahan {given} tidak dikenal; impor kelurahannya dulu atau beri --set kelurahan=KODE.", "Unknown kelurahan {given}; import the kelurahan first, give --set kelurahan=CODE, or --map kelurahan=COLUMN@kawasan.csv."),
        ("parents_created", "{count} kelurahan dibuat tanpa batas: {names}.", "{count} kelurahan were created without an outline: {names}."),
        ("name_spelled_differently", "{given} dibaca sebagai {used}.", "{given} was read as {used}."),
        ("companion_used", "Nama kelurahan diambil dari {name}.", "The names of the kelurahan were taken from {name}."),
        ("rt_unknown", "RT {given} tidak dikenal.", "Unknown RT {given}; import the RT first."),
        ("columns_shifted", "Kolom bergeser: {evidence}. RT {rt}, kawasan {kawasan}, tahun {year}.", "The columns of this row are shifted: {evidence}. RT {rt}, kawasan {kawasan}, year {year}."),
        ("share_negative", "Bagian {criterion} negatif ({value}).", "The share of {criterion} is negative ({value})."),
        ("share_above_one", "Bagian {criterion} di atas 1 ({value}).", "The share of {criterion} is above 1 ({value})."),
        ("score_differs", "Nilai {criterion} tertulis {given}, terhitung {computed}.", "The score of {criterion} is given as {given}, computed {computed}."),
        ("total_differs", "Total tertulis {given}, terhitung {computed}.", "The total is given as {given}, computed {computed}."),
        ("grade_differs", "Tingkat kekumuhan tertulis {given}, terhitung {computed}.", "The grade is given as {given}, computed {computed}."),
        ("area_unknown", "Kawasan atau RT tidak disebut.", "The row names neither kawasan nor RT."),
        ("plan_assumed", "Jenis rencana tidak disebut; dibaca sebagai {plan}. Jika salah, beri --set plan=rdtr atau --set plan=rtrw.", "The kind of plan is not named; read as {plan}. If that is wrong, give --set plan=rdtr or --set plan=rtrw."),
        ("plan_unnamed", "Peraturan rencana ini tidak disebut; beri --set regulation=NOMOR dan --set year=TAHUN.", "The regulation of this plan is not named; give --set regulation=NUMBER and --set year=YEAR."),
        ("zone_unknown", "Zona {given} tidak dikenal: disimpan, tetapi kegiatan di sana tidak terperiksa sampai katalog memuat aturannya (spatial_plan.toml).", "Zone {given} is unknown: it is stored, but works there are not checked until the catalogue holds its rules (spatial_plan.toml)."),
        ("zone_by_name", "Kode zona {given} tidak dikenal; “{name}” dibaca sebagai {code}.", "Zone code {given} is unknown; “{name}” was read as {code}."),
        ("proposal_locked", "Usulan sudah diajukan (keadaan {state}); tidak diubah.", "The proposal has moved on (state {state}) and is left as it is."),
        ("not_allowed_here", "Terletak di {region}; akun ini tidak boleh mengimpor di sana.", "It lies in {region}, where this account may not import."),
        ("belongs_elsewhere", "Id ini sudah dipakai data milik {region}; akun ini tidak boleh mengubahnya. Beri id lain.", "This id is that of something of {region} already, which this account may not change. Give it another id."),
    )
}  # fmt: skip


MENDED: Final[Mapping[str, tuple[str, str]]] = {
    "self-intersection": ("garis tepi memotong dirinya", "the outline crosses itself"),
    "ring self-intersection": ("garis tepi menyentuh dirinya", "the outline touches itself"),
    "too few points in geometry component": (
        "bagian tanpa panjang dibuang",
        "a part without length was dropped",
    ),
    "duplicate rings": ("garis tepi ganda", "an outline was there twice"),
    "hole lies outside shell": ("lubang di luar bidang", "a hole lay outside the area"),
    "nested holes": ("lubang di dalam lubang", "a hole lay in a hole"),
    "nested shells": ("bidang di dalam bidang", "an area lay in an area"),
    "interior is disconnected": ("bagian dalam terputus", "the inside was parted"),
    "parts dropped": ("bagian jenis lain dibuang", "parts of another kind were dropped"),
}
"""What GEOS names as the fault of a geometry, lower case -> what is told."""


def message(code: str, params: Mapping[str, Any], lang: str = "en") -> str:
    """The sentence of a code, from here or from the words of planning."""
    pair = WORDS.get(code)
    if pair is None:
        return planning_message(code, params, lang)
    if params.get("done") in MENDED:
        params = {**params, "done": MENDED[params["done"]][0 if lang == "id" else 1]}
    return pair["id" if lang == "id" else "en"].format_map(_Open(params))


class _Open(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
