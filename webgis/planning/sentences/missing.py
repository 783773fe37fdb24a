"""What is asked for and is not there, or not there for this caller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MISSING: Final[Mapping[str, tuple[str, str]]] = {
    "no_work_type": ("Jenis kegiatan ini tidak ada di katalog.", "The catalogue has no such work type."),
    "no_catalogue_change": ("Perubahan ini tidak ditemukan.", "This change is not found."),
    "no_person": ("Orang ini tidak ditemukan.", "This person is not found."),
    "no_site_note": ("Catatan lapangan ini tidak ada.", "There is no such note of a site visit."),
    "no_comment": ("Komentar ini tidak ada.", "There is no such comment."),
    "no_forum": ("Catatan rembuk ini tidak ada.", "There is no such record of a forum."),
    "no_report": ("Laporan ini tidak ada.", "There is no such report."),
    "no_attachment": ("Foto atau berkas ini tidak ada.", "There is no such photo or paper."),
    "no_kelurahan": (
        "Tidak ada kelurahan berkode {kelurahan}.",
        "There is no kelurahan with the code {kelurahan}.",
    ),
    "no_region": ("Tidak ada wilayah berkode {region}.", "There is no region with the code {region}."),
    "no_words": (
        "Tidak ada kata lama dari {id} yang tersimpan.",
        "No earlier words of {id} are kept.",
    ),
    "no_proposal": (
        "Usulan ini tidak ada atau sudah dihapus.",
        "This proposal does not exist or was deleted.",
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
    "no_asset": ("Prasarana ini tidak ada.", "This asset does not exist."),
    "no_programme": ("Program kota ini tidak ada.", "There is no such city programme."),
    "no_account": ("Tidak ada akun dengan alamat {email}.", "There is no account with the address {email}."),
    "no_version": ("Usulan ini tidak punya versi {version}.", "This proposal has no version {version}."),
    "no_household": ("Titik keluarga ini tidak ada.", "There is no such household point."),
    "no_assessment": (
        "Belum ada formulir tahun {year} untuk kawasan ini.",
        "There is no form of {year} for this area.",
    ),
    "no_rt": ("Tidak ada RT berkode {given}.", "There is no RT with the code {given}."),
    "no_suggestion": (
        "Tidak ada saran bentuk yang menunggu jawaban.",
        "No suggested shape waits for an answer.",
    ),
    "no_relation": (
        "Antara kedua usulan ini tidak ada kaitan seperti itu. Muat ulang daftarnya.",
        "The two proposals do not hang together like that. Load the list again.",
    ),
}
