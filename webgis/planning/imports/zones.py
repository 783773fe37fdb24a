"""Zones of a spatial plan from a file: pola ruang of an RDTR or RTRW, with the attribute names of published plans.

It knows nothing about formats or SQL, nor about works. A code that the catalogue does not know is kept as it stands
and doubted, since only the city can say what it allows.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from webgis.planning.catalogues.zoning import PLANS, matrix, tidy
from webgis.planning.imports.staging import Load, Staged, external_id, hexed
from webgis.planning.imports.tree import Tree

COLUMNS: Final = ["external_id", "source", "code", "name", "plan", "regulation", "year", "geom"]
LONGEST: Final = 40


def zones(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """Rows of zones; a row that names no zone at all is refused."""
    given = {*load.columns, *load.values}
    usual = "rdtr" if {"code", "zone"} & given else "rtrw"  # general plans name zones without codes
    if "plan" not in given:
        load.report.note("plan_assumed", None, "plan", plan=usual.upper())
    if "regulation" not in given:
        load.report.note("plan_unnamed", None, "regulation")
    rows: list[tuple[int | None, str, list[object]]] = []
    for i, shape in enumerate(load.shapes):
        if load.refused(i) or shape is None:
            continue
        code, plan = _code(load, i), _plan(load, i, usual)
        if code is None or plan is None or (key := external_id(load, i)) is None:
            continue
        year = load.number(i, "year", 1980, 2100)
        name = load.text(i, "name") or load.text(i, "zone_name")
        home = tree.at(shape, load.layer.margin_m)
        rows.append((i + 1, home.code if home else "", [
            key, load.source, code, name, plan, load.text(i, "regulation"), None if year is None else int(year),
            hexed(shape),
        ]))  # fmt: skip
    return [Staged("spatial_zone", "external_id", COLUMNS, rows, fixed=("source",))]


def _code(load: Load, i: int) -> str | None:
    """The code of a zone: what the file gives if it is known, else by the name, else as given and doubted."""
    given = [text for field in ("code", "zone") if (text := load.text(i, field)) and tidy(text)]
    names = [text for field in ("name", "zone_name") if (text := load.text(i, field))]
    for code in given:
        if matrix().kind(code) is not None:
            return tidy(code)
    for name in names:
        if (kind := matrix().named(name)) is not None:
            if given:
                load.report.doubt(i + 1, "zone_by_name", "code", given=given[0], name=name, code=kind.code)
            return kind.code
    if not given and not names:
        load.report.refuse(i + 1, "value_missing", "code", field="code")
        return None
    found = tidy(given[0]) if given else names[0][:LONGEST]
    load.report.doubt(i + 1, "zone_unknown", "code", given=found)
    return found


def _plan(load: Load, i: int, usual: str) -> str | None:
    given = load.text(i, "plan")
    plan = usual if given is None else next((kind for kind in PLANS if kind in given.lower()), None)
    if plan is None:
        load.report.refuse(
            i + 1, "value_unknown", "plan", given=str(given)[:60], near=", ".join(PLANS).upper()
        )
    return plan
