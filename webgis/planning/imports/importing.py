"""The use case: import a file into a layer, and report on every row.

It knows nothing about HTTP, formats or SQL. All rows that pass are stored in one transaction or none is;
importing the same file again changes nothing, since every row is known by its code or external id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.imports import (
    planned,
    programmes,
    reading,
    regions,
    repairing,
    rights,
    slums,
    staging,
    things,
    zones,
)
from webgis.planning.imports.content import Unreadable
from webgis.planning.imports.layers import LAYERS, PERSONAL, Layer, match_columns, plain
from webgis.planning.imports.report import PartReport, Report
from webgis.planning.imports.tree import Region, Tree
from webgis.planning.reasons import IMPORT_OF
from webgis.store import imports as store
from webgis.store.bulk import upsert
from webgis.store.database import Database, household_scope

Tell = Callable[[int, str], None]
STAGES: Final[Mapping[str, Callable[[staging.Load, Tree, Session], list[staging.Staged]]]] = {
    "kelurahan": regions.kelurahan, "rw": regions.neighbourhoods, "rt": regions.neighbourhoods,
    "slum-areas": slums.slum_areas, "households": planned.households, "proposals": planned.proposals,
    "spatial-plan": zones.zones, "city-programmes": programmes.programmes,
}  # fmt: skip
"""What turns the rows of a layer into rows of tables; `things.things` does it for all others."""
AS_A_WHOLE: Final = frozenset({"kelurahan", "rw", "rt", "slum-areas", "spatial-plan"})
"""Layers whose rows depend on each other; they are small."""
PART: Final = 20_000
"""Rows of other layers that are checked and written at a time, so that memory does not grow with the file."""
_NIK: Final = re.compile(r"^\s*\d{16}(\.0)?\s*$")
_INDONESIA: Final = (94.0, -12.0, 142.0, 8.0)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: file, layer, CRS, field -> column, field -> value for all rows, only a trial."""

    file: Path
    layer: str
    crs: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    name: str = ""


class _OnlyTrial(Exception):
    """Everything was checked and written; a trial keeps none of it."""


def import_file(
    db: Database, actor: Actor | None, wish: Wish, progress: Tell = lambda percent, message: None
) -> Report:
    """Read, check and store a file. actor: whose rights bind it; None is the operator of the machine."""
    report = Report(file=wish.name or wish.file.name, layer=wish.layer, dry_run=wish.dry_run)
    report.crs["given"] = wish.crs
    layer = LAYERS.get(wish.layer)
    if layer is None:
        report.fail("layer_unknown", layer=wish.layer, known=", ".join(LAYERS))
        return report
    progress(5, "reading")
    try:
        parts = reading.read(wish.file, None if layer.name in AS_A_WHOLE else PART)
        first = next(parts)
        report.rows = first.total
        for code, params in first.notes:
            report.note(code, **params)
        if not first.values:
            raise Unreadable("no_rows")
        account = actor.account_id if actor else None
        with db.transaction(account, IMPORT_OF + report.file) as session, household_scope(session, "*"):
            tree, seen, done = _tree(session), dict[str, int](), 0
            for rows in chain((first,), parts):
                progress(40 + 55 * done // report.rows, f"{done} of {report.rows} rows")
                load = _prepare(layer, rows, wish, report.part(done), seen)
                _store(session, load, tree, actor)
                done += len(rows.values)
            if wish.dry_run:
                raise _OnlyTrial
    except _OnlyTrial:
        pass  # leaving the transaction by an error is what rolls it back
    except Unreadable as refused:
        report.fail(refused.code, refused.params.get("column"), **refused.params)
    progress(100, f"{report.accepted} of {report.rows} rows")
    return report


def _store(session: Session, load: staging.Load, tree: Tree, actor: Actor | None) -> None:
    """Check a file, or a part of it, and write what may be written."""
    _place(load, tree)
    staged = STAGES.get(load.layer.name, things.things)(load, tree, session)
    if actor is not None:
        rights.drop_forbidden(session, staged, actor, load.layer, load.report)
    _write(session, staged, load.report.whole)


def _refuse_identity_numbers(rows: reading.Rows) -> None:
    """Numbers of 16 digits are NIK or family cards: the whole file is refused, so that nobody stores it by habit."""
    for place, column in enumerate(rows.columns):
        if any(
            v is not None and not isinstance(v, float) and _NIK.match(str(v))
            for v in (r[place] for r in rows.values)
        ):
            raise Unreadable("nik_column", column=column)


def _prepare(
    layer: Layer, rows: reading.Rows, wish: Wish, report: PartReport, seen: dict[str, int]
) -> staging.Load:
    """Columns matched, geometry in WGS 84 and mended."""
    _refuse_identity_numbers(rows)
    given = {name: column.partition("@")[0] for name, column in wish.columns.items()}
    for name, column in given.items():
        if name not in layer.fields:
            raise Unreadable("map_unknown_field", layer=layer.name, field=name, known=", ".join(layer.fields))
        if column not in rows.columns:
            raise Unreadable("map_unknown_column", column=column, known=", ".join(rows.columns[:20]))
    if layer.name == "households" and not report.before:
        for column in [c for c in rows.columns if PERSONAL.match(plain(c))]:
            report.note("personal_column", None, column, column=column)
    columns = match_columns(layer, rows.columns, given)
    report.whole.fields = dict(columns)
    records = [dict(zip(rows.columns, values, strict=True)) for values in rows.values]
    for number, fault in enumerate(rows.faults):
        if fault:
            of_row = fault in ("ragged_row", "value_too_long", "quotes_broken")
            report.refuse(number + 1, fault, None if of_row else "geometry")
    shapes = _shapes(layer, rows, wish, report)
    companion = {n: c.partition("@")[2] for n, c in wish.columns.items() if "@" in c}
    return staging.Load(
        layer,
        wish.file,
        report.whole.file,
        columns,
        records,
        shapes,
        dict(wish.values),
        report,
        companion,
        seen,
    )


def _shapes(layer: Layer, rows: reading.Rows, wish: Wish, report: PartReport) -> Any:
    """The geometries in WGS 84, valid and flat; None where a row has none or is refused."""
    present = np.array([s is not None for s in rows.shapes], dtype=bool)
    result = np.empty(len(rows.shapes), dtype=object)
    if layer.needs_geometry:
        for i in np.flatnonzero(~present):
            if not rows.faults[i]:
                report.refuse(int(i) + 1, "geometry_missing", "geometry")
    if not present.any():
        return result
    name = wish.crs or rows.crs
    if name is None:
        raise Unreadable("crs_missing")
    crs = repairing.known_crs(name)
    found = report.whole.crs
    found |= {"given": wish.crs or rows.crs and repairing.crs_name(crs), "used": repairing.crs_name(crs)}
    found["how"] = "declared" if wish.crs else rows.how
    fine = repairing.finite(rows.shapes) & present
    for i in np.flatnonzero(present & ~fine):
        report.refuse(int(i) + 1, "coordinates_not_finite", "geometry")
    swap = wish.values.get("order") == "latlon"
    if crs.is_geographic:
        _check_degrees(rows.shapes[fine], swap)
    moved = np.empty(len(rows.shapes), dtype=object)
    moved[fine] = repairing.to_lonlat(rows.shapes[fine], crs, swap)
    for i in np.flatnonzero(fine):
        west, south, east, north = shapely.bounds(moved[i])
        if not (west >= -180 and east <= 180 and south >= -90 and north <= 90) and not moved[i].is_empty:
            report.refuse(int(i) + 1, "outside_world", "geometry")
            continue
        shape, done, code = repairing.mend(moved[i], layer.kinds, layer.multi)
        if code:
            report.refuse(int(i) + 1, code, "geometry", given=rows.shapes[i].geom_type)
        elif done:
            report.repair(int(i) + 1, done)
        result[i] = shape
    return result


def _check_degrees(shapes: Any, swap: bool) -> None:
    """Metres that claim to be degrees, and latitude before longitude, are named for the file as a whole."""
    middles = np.array([b for b in shapely.bounds(shapes) if np.isfinite(b).all()])
    if not len(middles):
        return
    x, y = np.median(middles[:, [0, 2]]), np.median(middles[:, [1, 3]])
    if abs(x) > 1000 or abs(y) > 1000:
        raise Unreadable("crs_metres", x=f"{x:.0f}", y=f"{y:.0f}")
    west, south, east, north = _INDONESIA
    if not swap and south <= x <= north and west <= y <= east:
        raise Unreadable("latlon_swapped", x=f"{x:.4f}", y=f"{y:.4f}")


def _tree(session: Session) -> Tree:
    found = []
    for row in store.regions(session):
        shape = shapely.from_wkb(bytes(row["wkb"])) if row["wkb"] is not None else None
        found.append(
            Region(row["code"], row["kind"], row["name"], row["parent"], row["external_id"], shape, dict(row))
        )
    return Tree(found)


def _place(load: staging.Load, tree: Tree) -> None:
    """Rows outside every known kelurahan are refused; kelurahan themselves may lie anywhere but across 180 degrees."""
    for i, shape in enumerate(load.shapes):
        if shape is None:
            continue
        west, _, east, _ = shape.bounds
        if east - west > 180:
            fault = "geometry_across_180"
        elif load.layer.name != "kelurahan" and tree.at(shape, load.layer.margin_m) is None:
            fault = "outside_known_area"
        else:
            continue
        load.report.refuse(i + 1, fault, "geometry")
        load.shapes[i] = None
        load.gone.add(i)


def _write(session: Session, staged: list[staging.Staged], report: Report) -> None:
    for part in staged:
        done = upsert(
            session, part.table, part.key, part.columns, [row for _, _, row in part.rows], part.fixed
        )
        if part.counted:
            report.inserted += done.inserted
            report.updated += done.updated
            report.unchanged += done.unchanged
    if report.layer == "kelurahan":
        store.derive_outlines(session, staging.DERIVED)
    if report.layer == "slum-areas":
        store.lend_outlines(session)
