"""What turning rows of a file into rows of tables begins with and ends with, and what each row is known by.

It knows nothing about formats, SQL or single layers. A row that cannot be stored is refused in the report with its
number, and only that row.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from webgis.planning.imports.indicators import number
from webgis.planning.imports.layers import Layer, plain
from webgis.planning.imports.report import PartReport
from webgis.planning.imports.tables import UNREADABLE

NAMESPACE: Final = uuid.UUID("6f1c3a52-6f0e-5d0b-9a55-7f6b1f0c9901")
LONGEST: Final = 400
_UNSEEN: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks without a width or that turn the direction of writing: two names that look alike would not be the same."""
DERIVED: Final = "turunan dari kelurahan"


@dataclass
class Load:
    """A file on its way in, or a part of one: records by column name, geometries, and what is known of both.

    seen: what rows are known by -> the first row of the file that is known by it; the parts of a file share it.
    """

    layer: Layer
    file: Path
    name: str
    columns: dict[str, str]
    records: list[dict[str, Any]]
    shapes: Any
    values: dict[str, str]
    report: PartReport
    companion: dict[str, str]
    seen: dict[str, int]
    gone: set[int] = field(default_factory=set)
    mended: set[tuple[int, str]] = field(default_factory=set)

    @property
    def source(self) -> str:
        """Where the facts come from, for the column `source`."""
        return self.values.get("source") or self.name

    def get(self, i: int, name: str) -> Any:
        """The value of a field in a row: what was set for all rows, else the column."""
        if name in self.values:
            return self.values[name]
        column = self.columns.get(name)
        value = self.records[i][column] if column is not None else None
        return None if isinstance(value, str) and not value.strip() else value

    def refused(self, i: int) -> bool:
        """Whether a row is out already."""
        return self.report.is_refused(i + 1)

    def text(self, i: int, name: str) -> str | None:
        """A value as text, whole numbers without `.0`."""
        value = self.get(i, name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return None if value is None else self._mended(i, name, str(value).strip())

    def _mended(self, i: int, name: str, text: str) -> str:
        """A text as it is stored; what was done to it is a doubt, told once."""
        clean = _UNSEEN.sub("", text).strip()
        doubts: list[tuple[str, dict[str, Any]]] = []
        if UNREADABLE in clean:
            doubts.append(("characters_unreadable", {}))
        if clean != text:
            doubts.append(("characters_dropped", {}))
        if len(clean) > LONGEST:
            doubts.append(("value_cut", {"longest": LONGEST}))
        if doubts and (i, name) not in self.mended:
            self.mended.add((i, name))
            for code, params in doubts:
                self.report.doubt(i + 1, code, name, **params)
        return clean[:LONGEST]

    def number(
        self, i: int, name: str, least: float = 0.0, most: float = 1e9, above: bool = False
    ) -> float | None:
        """A number in a range; a value that is none is a doubt and left out."""
        value = self.get(i, name)
        if value is None:
            return None
        found = number(value)
        if found != found:
            self.report.doubt(i + 1, "value_not_number", name, given=str(value)[:40])
            return None
        if not (least < found if above else least <= found) or found > most:
            self.report.doubt(
                i + 1, "value_out_of_range", name, given=f"{found:g}", least=f"{least:g}", most=f"{most:g}"
            )
            return None
        return found


@dataclass
class Staged:
    """Rows for one table: (row of the file or None, region for the rights, values)."""

    table: str
    key: str
    columns: list[str]
    rows: list[tuple[int | None, str, list[Any]]]
    fixed: tuple[str, ...] = ()
    counted: bool = True


def hexed(shape: BaseGeometry | None) -> str | None:
    """EWKB for COPY."""
    return (
        None
        if shape is None
        else str(shapely.to_wkb(shapely.set_srid(shape, 4326), hex=True, include_srid=True))
    )


def external_id(load: Load, i: int) -> str | None:
    """What a row is known by: its id with where that comes from, else its shape. None if used before (refused)."""
    given = load.text(i, "external_id")
    if given:
        column = plain(load.columns.get("external_id", "id"))
        where = {"osmid": "osm", "npsn": "npsn"}.get(column, Path(load.name).stem)
        key, code = f"{where}:{given}", "duplicate_id"
    else:
        digest = hashlib.sha256(shapely.to_wkb(load.shapes[i]) + str(load.text(i, "name")).encode())
        key, code = f"geom:{digest.hexdigest()[:20]}", "duplicate_row"
    if key in load.seen:
        load.report.refuse(i + 1, code, load.columns.get("external_id"), given=given, first=load.seen[key])
        return None
    load.seen[key] = load.report.before + i + 1
    return key


def dumped(value: Any) -> str:
    """JSON for COPY."""
    return json.dumps(value, ensure_ascii=False)
