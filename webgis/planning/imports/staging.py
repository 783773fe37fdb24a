"""Rows of a file turned into rows of tables, each known by a code or external id.

It knows nothing about formats or SQL. One function for each family of layers; a row that cannot be stored is
refused in the report with its number, and only that row.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from webgis.planning.imports.indicators import number
from webgis.planning.imports.layers import Layer, kind_of, plain
from webgis.planning.imports.report import Report
from webgis.planning.imports.tree import Tree

NAMESPACE: Final = uuid.UUID("6f1c3a52-6f0e-5d0b-9a55-7f6b1f0c9901")
DERIVED: Final = "turunan dari kelurahan"


@dataclass
class Load:
    """A file on its way in: records by column name, geometries, and what is known of both."""

    layer: Layer
    file: Path
    name: str
    columns: dict[str, str]
    records: list[dict[str, Any]]
    shapes: Any
    values: dict[str, str]
    report: Report
    companion: dict[str, str]
    gone: set[int] = field(default_factory=set)

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
        return None if value is None else str(value).strip()[:400]

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


def stage(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """The rows of a file as rows of tables."""
    from webgis.planning.imports import planned, regions, slums, zones

    makers: dict[str, Callable[[Load, Tree, Session], list[Staged]]] = {
        "kelurahan": regions.kelurahan, "rw": regions.neighbourhoods, "rt": regions.neighbourhoods,
        "slum-areas": slums.slum_areas, "households": planned.households, "proposals": planned.proposals,
        "spatial-plan": zones.zones,
    }  # fmt: skip
    return makers.get(load.layer.name, things)(load, tree, session)


def hexed(shape: BaseGeometry | None) -> str | None:
    """EWKB for COPY."""
    return (
        None
        if shape is None
        else str(shapely.to_wkb(shapely.set_srid(shape, 4326), hex=True, include_srid=True))
    )


def external_id(load: Load, i: int, seen: dict[str, int]) -> str | None:
    """What a row is known by: its id with where that comes from, else its shape. None if used before (refused)."""
    given = load.text(i, "external_id")
    if given:
        column = plain(load.columns.get("external_id", "id"))
        where = {"osmid": "osm", "npsn": "npsn"}.get(column, Path(load.name).stem)
        key, code = f"{where}:{given}", "duplicate_id"
    else:
        digest = hashlib.sha256(shapely.to_wkb(load.shapes[i]) + str(load.text(i, "name")).encode())
        key, code = f"geom:{digest.hexdigest()[:20]}", "duplicate_row"
    if key in seen:
        load.report.refuse(i + 1, code, load.columns.get("external_id"), given=given, first=seen[key])
        return None
    seen[key] = i + 1
    return key


GROUPS: Final = {
    "asset": "asset",
    "waterway": "waterway",
    "place": "place",
    "road": "class",
    "building": "use",
}


def things(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """Assets, roads, buildings, waterways and places."""
    table = load.layer.table
    kind_field = {"road": "class", "building": "use"}.get(table, "kind")
    extra = {
        "asset": ["condition", "material", "width_m", "capacity", "built_year", "owner"],
        "road": ["width_m", "surface"], "waterway": ["width_m"],
    }.get(table, [])  # fmt: skip
    extra = [name for name in extra if name in load.columns or name in load.values]
    columns = [
        "external_id",
        "source",
        kind_field,
        "name",
        "geom",
        *(["kelurahan"] if table == "asset" else []),
        *extra,
    ]
    seen: dict[str, int] = {}
    rows: list[tuple[int | None, str, list[Any]]] = []
    for i, shape in enumerate(load.shapes):
        if load.refused(i) or shape is None:
            continue
        kind = _kind(load, i, table, kind_field)
        if kind is None or (key := external_id(load, i, seen)) is None:
            continue
        home = tree.at(shape, load.layer.margin_m)
        region = home.code if home else ""
        row = [
            key,
            load.source,
            kind,
            load.text(i, "name"),
            hexed(shape),
            *([region] if table == "asset" else []),
        ]
        rows.append((i + 1, region, row + [_detail(load, i, name) for name in extra]))
    return [Staged(table, "external_id", columns, rows, fixed=("source",))]


def _kind(load: Load, i: int, table: str, name: str) -> str | None:
    given = load.get(i, name)
    if (
        table == "asset"
        and plain(load.columns.get("external_id", "")) == "npsn"
        and "kind" not in load.values
    ):
        return "school"  # NPSN is the national number of a school
    if given is None or (table == "building" and str(given) == "yes"):
        if table == "building":
            return "other"
        load.report.refuse(i + 1, "value_missing", name, field=name)
        return None
    kind, near = kind_of(GROUPS[table], given)
    if kind is None and table == "building":
        return "other"
    if kind is None:
        load.report.refuse(i + 1, "value_unknown", name, given=str(given)[:60], near=near)
    return kind


def _detail(load: Load, i: int, name: str) -> Any:
    if name == "width_m":
        return load.number(i, name, 0, 500, above=True)
    if name == "capacity":
        return load.number(i, name)
    if name == "built_year":
        year = load.number(i, name, 1800, 2100)
        return None if year is None else int(year)
    if name == "condition" and (given := load.get(i, name)) is not None:
        kind, near = kind_of("condition", given)
        if kind is None:
            load.report.doubt(i + 1, "value_unknown", name, given=str(given)[:60], near=near)
        return kind
    return load.text(i, name)


def dumped(value: Any) -> str:
    """JSON for COPY."""
    return json.dumps(value, ensure_ascii=False)
