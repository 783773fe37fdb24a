"""Why something changed, in words: revisions keep a short reason for ever, readers see it in their language.

It knows nothing about where reasons are kept. A reason that is not listed is somebody's own words and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from webgis.planning.catalogues.named import NAMES

IMPORT_OF: Final = "import of "
RESTORED: Final = "kembali ke versi "
AREA_DELETED: Final = "kawasan kumuh dihapus"
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "sample city": ("kota contoh", "sample city"),
    "usulan baru": ("usulan baru", "new proposal"),
    "usulan diubah": ("usulan diubah", "proposal changed"),
    "usulan dihapus": ("usulan dihapus", "proposal deleted"),
    "usulan dipulihkan": ("usulan dipulihkan", "proposal restored"),
    "usulan diubah bersama": ("usulan diubah bersama", "proposals changed together"),
    "prasarana baru": ("prasarana baru", "new asset"),
    "prasarana diubah": ("prasarana diubah", "asset changed"),
    "prasarana dihapus": ("prasarana dihapus", "asset deleted"),
    "program kota baru": ("program kota baru", "new city programme"),
    "program kota diubah": ("program kota diubah", "city programme changed"),
    "program kota dihapus": ("program kota dihapus", "city programme deleted"),
    "program kota dipulihkan": ("program kota dipulihkan", "city programme restored"),
    "komentar ditarik": ("komentar ditarik penulisnya", "comment taken back by its author"),
    "suara rembuk": ("suara rembuk", "votes of a forum"),
    "suara rembuk dihapus": ("suara rembuk dihapus", "votes of a forum deleted"),
    "laporan masalah": ("laporan masalah", "problem reported"),
    "laporan ditangani": ("laporan ditangani", "report seen to"),
    "prasarana dipulihkan": ("prasarana dipulihkan", "asset restored"),
    "kawasan kumuh baru": ("kawasan kumuh baru", "new slum area"),
    "kawasan kumuh diubah": ("kawasan kumuh diubah", "slum area changed"),
    AREA_DELETED: (AREA_DELETED, "slum area deleted"),
    "kawasan kumuh dipulihkan": ("kawasan kumuh dipulihkan", "slum area restored"),
    "formulir kumuh baru": ("formulir kumuh baru", "new slum form"),
    "formulir kumuh diisi": ("formulir kumuh diisi", "slum form filled in"),
    "formulir kumuh dihapus": ("formulir kumuh dihapus", "slum form deleted"),
    "formulir kumuh dipulihkan": ("formulir kumuh dipulihkan", "slum form restored"),
    "keluarga baru": ("keluarga baru", "new household"),
    "keluarga diubah": ("keluarga diubah", "household changed"),
    "keluarga dihapus": ("keluarga dihapus", "household deleted"),
    "keluarga dipulihkan": ("keluarga dipulihkan", "household restored"),
    "wilayah diubah": ("wilayah diubah", "region changed"),
    "catatan lapangan": ("catatan lapangan", "note of a site visit"),
    "catatan lapangan dijawab": ("catatan lapangan dijawab", "note of a site visit answered"),
    "kaitan usulan": ("kaitan usulan", "relation of proposals"),
    "bentuk disarankan": ("bentuk disarankan", "shape suggested"),
    "bentuk saran diterima": (
        "bentuk yang disarankan peninjau diterima",
        "shape suggested by the reviewer accepted",
    ),
    "bentuk saran ditolak": (
        "bentuk yang disarankan peninjau ditolak",
        "shape suggested by the reviewer declined",
    ),
    **NAMES,
}


def in_words(reason: str | None, lang: str) -> str | None:
    """A kept reason in a language ("id", else English); None stays None."""
    if reason is None:
        return None
    at = 0 if lang == "id" else 1
    if reason.startswith(IMPORT_OF):
        return ("impor ", IMPORT_OF)[at] + reason.removeprefix(IMPORT_OF)
    if reason.startswith(RESTORED):
        return (RESTORED, "back to version ")[at] + reason.removeprefix(RESTORED)
    first, colon, said = reason.partition(": ")
    return WORDS[first][at] + colon + said if first in WORDS else reason
