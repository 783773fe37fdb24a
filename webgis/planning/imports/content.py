"""What a file really is, told by its first bytes, and what may come out of an archive.

It knows nothing about layers or rows, and runs in the reading process only. The name of a file proves nothing:
a `.csv` may hold a VRT that points at the machine's own files (reliability paper, section 0).
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any, Final

MAX_BYTES: Final = 300_000_000
MAX_ENTRIES: Final = 200
MAX_UNPACKED: Final = 500_000_000
MAX_RATIO: Final = 200
SMALL_ENTRY: Final = 5_000_000
SHAPE_PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
MAIN_FILES: Final = (".shp", ".gpkg", ".geojson", ".json", ".csv", ".tsv", ".txt")
BINARY: Final = (
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7-Zip"), (b"%PDF", "PDF"), (b"\x1f\x8b", "gzip"), (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"),
    (b"\xd0\xcf\x11\xe0", "Excel 97"), (b"fgb\x03", "FlatGeobuf"), (b"\x00\x00\x27\x0a", "Shapefile without archive"),
    (b"PAR1", "Parquet"), (b"BZh", "bzip2"),
)  # fmt: skip


class Unreadable(Exception):
    """The file as a whole cannot be taken: code of `words` and the values of its sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def judge(path: Path) -> str:
    """One of geojson, gpkg, zip, csv. Raises Unreadable for everything else."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("file_empty")
    if size > MAX_BYTES:
        raise Unreadable("file_too_big", megabytes=size // 1_000_000, limit=MAX_BYTES // 1_000_000)
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"SQLite format 3\x00"):
        if head[68:72] not in (b"GPKG", b"GP10", b"GP11", b"GP12"):
            raise Unreadable("not_geopackage")
        return "gpkg"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    for magic, name in BINARY:
        if head.startswith(magic):
            raise Unreadable("format_unsupported", found=name)
    return _judge_text(head)


def _judge_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
    text = text.lstrip("\ufeff \t\r\n")
    if not text:
        raise Unreadable("file_empty")
    if "\x00" in text:
        raise Unreadable("format_unsupported", found="binary")
    if text[0] in "{[":
        return "geojson"
    if text[0] == "<":
        lower = text.lower()
        if "vrt" in lower:
            raise Unreadable("vrt_refused")
        if "<html" in lower or "<!doctype html" in lower or "<body" in lower:
            raise Unreadable("html_page")
        raise Unreadable("format_unsupported", found="KML" if "<kml" in lower else "XML")
    return "csv"


def unpack(archive: Path, folder: Path) -> Path:
    """The one map or table of an archive, unpacked into the folder under a name of ours.

    Names with `..` or from the root, links, archives in archives and bombs are refused before anything is written.
    Raises Unreadable.
    """
    try:
        with zipfile.ZipFile(archive) as zipped:
            entries = _safe_entries(zipped)
            main = _main_entry(entries)
            wanted = _companions(entries, main)
            for suffix, entry in wanted.items():
                _extract(zipped, entry, folder / f"data{suffix}")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Unreadable("zip_broken") from error
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise Unreadable("zip_locked") from error
    return folder / f"data{PurePosixPath(main.filename).suffix.lower()}"


def _safe_entries(zipped: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = zipped.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Unreadable("zip_too_many", count=len(entries), limit=MAX_ENTRIES)
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise Unreadable("zip_bomb", megabytes=total // 1_000_000)
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise Unreadable("zip_path", name=entry.filename[:80])
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unreadable("zip_link", name=entry.filename[:80])
        if entry.file_size > SMALL_ENTRY and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Unreadable("zip_bomb", megabytes=entry.file_size // 1_000_000)
    real = [e for e in entries if not e.is_dir() and not _junk(e.filename)]
    if any(
        e.filename.lower().endswith((".xml", ".rels")) and "content_types" in e.filename.lower() for e in real
    ):
        raise Unreadable("format_unsupported", found="Excel/Office")
    return real


def _junk(name: str) -> bool:
    """What macOS and Windows leave in archives."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in (".DS_Store", "Thumbs.db")


def _main_entry(entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    found = [e for e in entries if e.filename.lower().endswith(MAIN_FILES)]
    shapes = [e for e in found if e.filename.lower().endswith(".shp")]
    found = shapes or found
    if not found:
        if any(e.filename.lower().endswith((".zip", ".rar", ".7z", ".gz")) for e in entries):
            raise Unreadable("zip_nested")
        raise Unreadable("zip_no_map")
    if len(found) > 1:
        raise Unreadable("two_layers", names=", ".join(sorted(e.filename for e in found)[:5]))
    return found[0]


def _companions(entries: list[zipfile.ZipInfo], main: zipfile.ZipInfo) -> dict[str, zipfile.ZipInfo]:
    """Suffix -> entry of the main file and, for a Shapefile, its parts in any case of letters."""
    suffix = PurePosixPath(main.filename).suffix.lower()
    if suffix != ".shp":
        return {suffix: main}
    stem = str(PurePosixPath(main.filename).with_suffix("")).lower()
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = PurePosixPath(entry.filename)
        if str(name.with_suffix("")).lower() == stem and name.suffix.lower() in SHAPE_PARTS:
            if name.suffix.lower() in parts:
                raise Unreadable("zip_same_name", name=entry.filename[:80])
            parts[name.suffix.lower()] = entry
    if missing := [s for s in (".shx", ".dbf") if s not in parts]:
        raise Unreadable("shape_incomplete", missing=", ".join(missing))
    return parts


def _extract(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Copy one entry, never more bytes than it declared."""
    left = entry.file_size
    with zipped.open(entry) as source, target.open("wb") as out:
        while chunk := source.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise Unreadable("zip_bomb", megabytes=entry.file_size // 1_000_000)
            out.write(chunk)
