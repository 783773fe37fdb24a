"""What is wrong with what people hand in: accounts, photos and papers, comments, votes, reports, notes of a visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

VOICES: Final[Mapping[str, tuple[str, str]]] = {
    "name_long": ("Nama paling panjang {most} karakter.", "A name has at most {most} characters."),
    "email_wrong": ("Tulis alamat surel seperti nama@contoh.id.", "Write an address like name@example.org."),
    "email_taken": (
        "Alamat ini sudah punya akun yang berperan atau ditutup. Cari orangnya di daftar, atau tanya admin kota.",
        "This address has an account with a role, or a closed one."
        " Find the person in the list, or ask the city's administrator.",
    ),
    "no_role": ("Pilih salah satu peran.", "Choose one of the roles."),
    "unknown_attachment_kind": (
        "Jenis “{given}” tidak dikenal di sini. Yang ada: {known}.",
        "The kind “{given}” is unknown here. There are: {known}.",
    ),
    "file_empty": ("Berkas ini kosong.", "This file is empty."),
    "file_too_large": (
        "Berkas ini terlalu besar; paling besar {most} MB. Kecilkan atau foto ulang.",
        "This file is too large; at most {most} MB. Make it smaller or take the photo again.",
    ),
    "file_unknown": (
        "Isi berkas ini bukan foto (JPEG, PNG, WebP, HEIC) atau PDF, apa pun namanya.",
        "What is in this file is neither a photo (JPEG, PNG, WebP, HEIC) nor a PDF, whatever its name.",
    ),
    "too_many_files": (
        "Sudah ada {most} foto dan berkas. Hapus yang tidak perlu dulu.",
        "There are {most} photos and papers already. Delete what is not needed first.",
    ),
    "photo_expected": (
        "Ini PDF, bukan foto. Pilih jenis berkas yang lain.",
        "This is a PDF, no photo. Choose another kind.",
    ),
    "photo_broken": (
        "Foto ini rusak atau terpotong. Kirim ulang dari kamera atau galeri.",
        "This photo is broken or cut off. Send it again from the camera or gallery.",
    ),
    "photo_too_large": (
        "Foto ini terlalu besar: paling banyak {most} juta piksel. Kecilkan dulu.",
        "This photo is too large: at most {most} million pixels. Make it smaller first.",
    ),
    "paper_broken": (
        "PDF ini rusak atau terpotong. Simpan atau pindai ulang.",
        "This PDF is broken or cut off. Save or scan it again.",
    ),
    "paper_locked": (
        "PDF ini dikunci dengan sandi. Kirim yang tanpa sandi.",
        "This PDF is locked with a password. Send one without.",
    ),
    "paper_active": (
        "PDF ini berisi skrip, lampiran, atau isian aktif. Cetak ke PDF, lalu kirim hasilnya.",
        "This PDF holds scripts, attached files or active forms. Print it to a PDF and send that.",
    ),
    "paper_heavy": (
        "PDF ini terlalu berat untuk diperiksa. Cetak ke PDF, lalu kirim hasilnya.",
        "This PDF takes too much to look through. Print it to a PDF and send that.",
    ),
    "person_name_missing": (
        "Tulis nama Anda, 2 sampai {longest} huruf.",
        "Write your name, 2 to {longest} letters.",
    ),
    "person_name_signs": (
        "Nama tidak boleh berisi kurung, @, atau tanda tersembunyi.",
        "A name holds no brackets, no @ and no hidden signs.",
    ),
    "email_invalid": (
        "Tulis alamat e-mail, misalnya nama@contoh.id.",
        "Write an e-mail address, such as name@example.org.",
    ),
    "email_in_use": (
        "Alamat ini sudah punya akun. Masuk dengan alamat itu, atau pakai yang lain.",
        "This address has an account already. Sign in with it, or use another.",
    ),
    "report_empty": ("Tulis dulu masalahnya.", "Write what is wrong first."),
    "report_far": (
        "Tempat yang ditandai lebih dari {metres} m dari prasarana ini. Tandai di dekatnya.",
        "The marked place is more than {metres} m from this asset. Mark one near it.",
    ),
    "unknown_repair": (
        "Jenis kegiatan “{given}” tidak memperbaiki prasarana ini.",
        "The work type “{given}” does not mend this asset.",
    ),
    "votes_missing": (
        "Isi suara untuk paling sedikit satu usulan.",
        "Give the votes for at least one proposal.",
    ),
    "too_many_votes": (
        "Paling banyak {most} usulan dalam satu rembuk.",
        "At most {most} proposals in one forum.",
    ),
    "more_votes_than_voters": (
        "{votes} suara, padahal yang hadir {voters}.",
        "{votes} votes, but {voters} were there.",
    ),
    "vote_on_stranger": (
        "Ini bukan usulan kelurahan ini.",
        "This is no proposal of this kelurahan.",
    ),
    "too_many_links": (
        "Paling banyak {most} tautan dalam satu komentar.",
        "At most {most} links in one comment.",
    ),
    "place_outside": (
        "Tempat yang ditandai ada di luar kelurahan ini.",
        "The marked place lies outside this kelurahan.",
    ),
    "seen_at_invalid": (
        "Waktu kunjungan ditulis dengan zona waktu dan tidak boleh di masa depan. Periksa jam perangkat.",
        "The time of the visit needs a time zone and may not lie in the future. Check the clock of the device.",
    ),
    "accuracy_invalid": (
        "Ketelitian posisi ditulis dalam meter, 0 sampai 100.000.",
        "The accuracy of a position is given in metres, 0 to 100,000.",
    ),
    "too_many_photos": (
        "Paling banyak {most} foto untuk satu catatan. Tulis catatan kedua untuk sisanya.",
        "At most {most} photos in one note. Write a second note for the rest.",
    ),
    "photo_elsewhere": (
        "Salah satu foto bukan milik usulan ini atau sudah dihapus.",
        "One of the photos does not belong to this proposal, or was deleted.",
    ),
    "place_invalid": (
        "Tempat ditulis sebagai bujur dan lintang dalam derajat.",
        "A place is written as longitude and latitude in degrees.",
    ),
}
