"""What is wrong with a fact as it was sent: an asset, a household, a slum area or its form, a region, a programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FACTS: Final[Mapping[str, tuple[str, str]]] = {
    "unknown_consideration": (
        "“{given}” bukan pertimbangan lain pada formulir. Yang ada: {known}.",
        "“{given}” is no consideration of the form. Known are: {known}.",
    ),
    "consideration_points": (
        "Nilai {given} tidak ada pada formulir; pilihannya {allowed}.",
        "The form has no {given} points here; choose one of {allowed}.",
    ),
    "unknown_asset_kind": (
        "Jenis prasarana “{given}” tidak ada di katalog. Mungkin: {known}.",
        "The kind of asset “{given}” is not in the catalogue. Perhaps: {known}.",
    ),
    "unknown_condition": (
        "Kondisi “{given}” tidak dikenal. Yang ada: {known}.",
        "The condition “{given}” is unknown. There are: {known}.",
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
    "programme_lacks": (
        "Isi kolom ini: program kota memerlukan nama, sumber, dan tanggal sumbernya.",
        "Fill in this field: a city programme needs a name, a source and the day of that source.",
    ),
}
