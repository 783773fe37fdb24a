"""Assets, roads, buildings, waterways and places: things with a kind and a shape, as rows of their tables.

It knows nothing about formats or SQL.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.orm import Session

from webgis.planning.imports.layers import kind_of, plain
from webgis.planning.imports.staging import Load, Staged, external_id, hexed
from webgis.planning.imports.tree import Tree

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
        "road": ["width_m", "surface"], "waterway": ["width_m", "depth_m", "embankment"],
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
    rows: list[tuple[int | None, str, list[Any]]] = []
    for i, shape in enumerate(load.shapes):
        if load.refused(i) or shape is None:
            continue
        kind = _kind(load, i, table, kind_field)
        if kind is None or (key := external_id(load, i)) is None:
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
    if name == "depth_m":
        return load.number(i, name, 0, 100, above=True)
    if name == "capacity":
        return load.number(i, name)
    if name == "built_year":
        year = load.number(i, name, 1800, 2100)
        return None if year is None else int(year)
    if name in ("condition", "embankment") and (given := load.get(i, name)) is not None:
        kind, near = kind_of(name, given)
        if kind is None:
            load.report.doubt(i + 1, "value_unknown", name, given=str(given)[:60], near=near)
        return {"yes": True, "no": False}.get(str(kind), kind)
    return load.text(i, name)
