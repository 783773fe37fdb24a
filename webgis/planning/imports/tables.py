"""What a reader makes of a file: column names and rows of values with a geometry as WKB.

It knows nothing about formats (`geojson`, `csv_tables`, `gdal_layers`) or layers; the reading process makes it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from webgis.planning.imports.content import Unreadable

MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 400
MAX_VALUE: Final = 100_000
UNREADABLE: Final = "\ufffd"
"""Stands where a character was that is none; decoders write the same."""
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
Row = tuple[list[Any], str | None, str | None]
"""Values in the order of the columns, WKB in hex or None, code of a fault or None."""
Notes = list[tuple[str, dict[str, Any]]]
"""Codes of what was guessed on the way, with their params."""


@dataclass
class Table:
    """What was read: columns, the coordinate system as the file names it, how it was found, and the rows."""

    columns: list[str]
    crs: str | None
    how: str
    rows: Iterator[Row]
    notes: Notes = field(default_factory=list)


def plain(value: Any) -> Any:
    """A value that JSON can carry; long texts are cut, numbers that are none are dropped."""
    if hasattr(value, "item") and not isinstance(value, str | bytes):
        value = value.item()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return _UNSTORABLE.sub(UNREADABLE, value)[:MAX_VALUE]
    if isinstance(value, dict | list):
        return json.dumps(value)[:MAX_VALUE]
    return str(value)[:MAX_VALUE]


def text_of(path: Path, notes: Notes) -> str:
    """The text of a file in UTF-8, UTF-16 or, with a note, Windows-1252. Raises Unreadable for anything else."""
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16").lstrip("\ufeff")
        except UnicodeDecodeError as error:
            raise Unreadable("encoding_unknown") from error
    if (nul := raw.find(0)) >= 0:
        raise Unreadable("nul_byte", line=raw.count(b"\n", 0, nul) + 1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise Unreadable("file_cut_off", line=raw.count(b"\n") + 1, column=0) from error
        notes.append(("encoding_guessed", {"encoding": "Windows-1252"}))
        return raw.decode("cp1252", "replace")
