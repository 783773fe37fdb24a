"""What is wrong with single fields, with shapes, and with a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DOCUMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "unknown_format": (
        "Format “{given}” tidak ada. Yang ada: {known}.",
        "There is no format “{given}”. There are: {known}.",
    ),
    "unknown_layer": (
        "Lapisan “{given}” tidak dikenal. Yang ada: {known}.",
        "The layer “{given}” is unknown. There are: {known}.",
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
    "level_not_number": (
        "Elevasi harus berupa angka dalam meter, misalnya 712,35; “{given}” bukan angka.",
        "A level must be a number of metres, for example 712.35; “{given}” is none.",
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
    "work_type_not_offered": (
        "Kota tidak lagi menerima usulan baru untuk jenis kegiatan ini. Pilih jenis lain.",
        "The city takes no new proposals of this work type. Choose another.",
    ),
}
