"""What is wrong with weights, a ranking, a change of the catalogue, or the record of a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WEIGHTS: Final[Mapping[str, tuple[str, str]]] = {
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
    "no_median": (
        "Peserta tidak punya kriteria yang diberi bobot oleh separuh dari mereka, jadi tidak ada bobot tengah.",
        "There is no criterion to which half of the participants give weight, so there is no median.",
    ),
    "no_participants": (
        "Belum ada bobot peserta di kelurahan ini. Simpan dulu, atau pilih cara lain.",
        "No participant's weights are kept in this kelurahan yet. Keep some first, or choose another kind.",
    ),
}
