"""Slum areas: their outlines, and the table of the 16 criteria by year.

It knows nothing about formats or SQL. Areas are known by the ids that a city's tables use (`rt:221`,
`kawasan:17`); scores are compared and never stored.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

import shapely
from sqlalchemy.orm import Session

from gis_core import slum
from webgis.planning.imports import indicators, treatment
from webgis.planning.imports.content import Unreadable
from webgis.planning.imports.regions import refuse_other_city
from webgis.planning.imports.staging import NAMESPACE, Load, Staged, dumped, hexed
from webgis.planning.imports.tree import Tree, rt_rw
from webgis.store import imports as store

_AREA = ["id", "code", "name", "level", "kelurahan", "external_id", "source"]


def slum_areas(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """Outlines, or indicators if the table has them."""
    columns = indicators.recognise(list(load.records[0]))
    return outlines(load, tree, session) if columns is None else forms(load, tree, session, columns)


def outlines(load: Load, tree: Tree, session: Session) -> list[Staged]:
    """Polygons of slum RT or kawasan."""
    known = {row["external_id"]: row for row in store.slum_areas(session) if row["external_id"]}
    taken = {row["code"]: row["external_id"] for row in store.slum_areas(session)}
    rows: list[tuple[int | None, str, list[Any]]] = []
    seen: dict[str, int] = {}
    for i, shape in enumerate(load.shapes):
        if load.refused(i):
            continue
        if shape is None:
            load.report.refuse(i + 1, "geometry_missing", "geometry")
            continue
        home = _home(load, i, tree)
        if home is None:
            continue
        given = load.text(i, "rt")
        rt = None if given is None or rt_rw(given) else given
        key = _key(load, "rt", rt) if rt else f"geom:{hashlib.sha256(shapely.to_wkb(shape)).hexdigest()[:20]}"
        region = tree.by_external.get(key)
        there = known[key]["kelurahan"] if key in known else region.code if region else None
        if rt and refuse_other_city(load, i, key, there, home):
            continue
        if key in seen:
            load.report.refuse(
                i + 1, "duplicate_id" if rt else "duplicate_row", None, given=rt, first=seen[key]
            )
            continue
        seen[key] = i + 1
        pair = rt_rw(load.text(i, "rtrw") or load.text(i, "code") or load.text(i, "rt") or "")
        code = (
            region.code
            if region
            else f"{home}-RW{pair[1]:03d}-RT{pair[0]:03d}"
            if pair
            else f"{home}-{key[5:13]}"
        )
        if taken.get(code, key) != key:
            load.report.refuse(i + 1, "duplicate_id", "code", given=code, first="-")
            continue
        taken[code] = key
        name = f"RT {pair[0]:02d} RW {pair[1]:02d}" if pair else load.text(i, "name") or "RT"
        identity = known[key]["id"] if key in known else str(uuid.uuid5(NAMESPACE, f"slum_area|{key}"))
        rows.append((i + 1, home, [identity, code, name, "rt", home, key, load.source, hexed(shape)]))
    return [Staged("slum_area", "id", [*_AREA, "geom"], rows, fixed=("source",))]


def _home(load: Load, i: int, tree: Tree) -> str | None:
    """The kelurahan of a polygon: the one it names, with a doubt if it lies in another."""
    inside = tree.at(load.shapes[i], load.layer.margin_m)
    name = load.text(i, "kelurahan")
    named, guessed = tree.named(name) if name else (None, False)
    if named is None:
        if inside is not None and name:
            load.report.doubt(i + 1, "kelurahan_unknown", "kelurahan", given=name)
        return inside.code if inside else None
    if guessed:
        load.report.doubt(i + 1, "name_spelled_differently", "kelurahan", given=name, used=named.name)
    if inside is not None and inside.code != named.code:
        load.report.doubt(i + 1, "outside_named_region", "kelurahan", name=named.name)
    return named.code


def _key(load: Load, level: str, number: str) -> str:
    dataset = load.values.get("dataset")
    return f"{dataset}/{level}:{number}" if dataset else f"{level}:{number}"


def forms(load: Load, tree: Tree, session: Session, columns: indicators.Columns) -> list[Staged]:
    """Indicator rows; areas that are not known yet are made without an outline.

    Raises Unreadable where the file does not say to which of several cities its numbers belong.
    """
    volumes = indicators.table(load.records, columns.volumes)
    shares = indicators.table(load.records, columns.shares)
    scores = indicators.table(load.records, columns.scores)
    known = {row["external_id"]: row for row in store.slum_areas(session) if row["external_id"]}
    level = "rt" if "rt" in load.columns else "kawasan"
    cities = {r.code[:5] for key, r in tree.by_external.items() if ":" in key}
    if "dataset" not in load.values and len(cities) > 1:
        raise Unreadable("dataset_needed", cities=", ".join(sorted(cities)))
    kept, years = _sound(load, level, shares, scores)
    implied = _implied(load, level, kept, volumes, shares)
    areas: dict[str, tuple[int | None, str, list[Any]]] = {}
    rows: list[tuple[int | None, str, list[Any]]] = []
    for i in kept:
        number = str(load.text(i, level))
        key = _key(load, level, number)
        region = tree.by_external.get(key) if level == "rt" else None
        home = region.code[:13] if region else None
        if key in known:
            area_id, home = known[key]["id"], known[key]["kelurahan"] or home
        else:
            area_id = str(uuid.uuid5(NAMESPACE, f"slum_area|{key}"))
            areas.setdefault(key, (None, home or "", _area(load, i, level, key, area_id, region, home)))
        own = region.row if region else {}
        bases = {
            n: own.get(n) if own.get(n) is not None else implied[number].get(n) for n in slum.BASE_QUANTITIES
        }
        found = indicators.doubts(
            volumes[i], {n: v for n, v in bases.items() if v is not None}, shares[i], scores[i],
            indicators.number(load.get(i, "total")), str(load.get(i, "grade") or ""),
        )  # fmt: skip
        for doubt in found:
            load.report.doubt(i + 1, doubt["code"], columns.volumes.get(doubt["criterion"]), **_said(doubt))
        stored = [None if v != v else float(v) for v in volumes[i]]
        beside = treatment.values(load, i) if treatment.told(load) else []
        values = [area_id, years[i], load.source, *stored, *bases.values(), dumped(found), *beside]
        rows.append((i + 1, home or "", values))
    names = [
        "slum_area_id",
        "year",
        "source",
        *(f"v{k}" for k in slum.CRITERIA),
        *slum.BASE_QUANTITIES,
        "doubts",
        *(treatment.COLUMNS if treatment.told(load) else ()),
    ]
    return [
        Staged("slum_area", "id", _AREA, list(areas.values()), fixed=tuple(_AREA[1:]), counted=False),
        Staged("slum_assessment", "slum_area_id, year", names, rows, fixed=("source",)),
    ]


def _said(doubt: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in doubt.items() if name != "code"}


def _area(load: Load, i: int, level: str, key: str, area_id: str, region: Any, home: str | None) -> list[Any]:
    """A slum area known only from a table."""
    kawasan = load.text(i, "kawasan")
    number = load.text(i, level)
    if region is not None:
        code, name = region.code, f"{region.name} {region.code.split('-')[1]}"
    elif level == "rt":
        code, name = (
            f"kawasan-{kawasan}-rt-{number}" if kawasan else f"rt-{number}",
            f"RT {number} (kawasan {kawasan})",
        )
    else:
        code, name = f"kawasan-{number}", f"Kawasan {number}"
    dataset = load.values.get("dataset")
    code = f"{dataset}-{code}" if dataset and region is None else code
    return [area_id, code, name, level, home, key, load.source]


def _sound(load: Load, level: str, shares: Any, scores: Any) -> tuple[list[int], dict[int, int]]:
    """Rows that can be taken, with their years; shifted rows are refused by name."""
    kept: list[int] = []
    years: dict[int, int] = {}
    seen: dict[tuple[str, int], int] = {}
    for i in range(len(load.records)):
        if load.refused(i):
            continue
        total = indicators.number(load.get(i, "total"))
        year = indicators.number(load.get(i, "year"))
        number = load.text(i, level)
        if evidence := indicators.shifted(scores[i], shares[i], total):
            load.report.refuse(
                i + 1, "columns_shifted", None, evidence=evidence, rt=load.text(i, "rt") or "-",
                kawasan=load.text(i, "kawasan") or "-", year=load.text(i, "year") or "-",
            )  # fmt: skip
        elif number is None:
            load.report.refuse(i + 1, "area_unknown", level)
        elif not 2000 <= year <= 2100:
            load.report.refuse(
                i + 1, "value_out_of_range", "year", given=load.text(i, "year") or "-", least=2000, most=2100
            )
        elif (number, int(year)) in seen:
            first = seen[number, int(year)]
            load.report.refuse(i + 1, "duplicate_id", level, given=f"{number} ({int(year)})", first=first)
        else:
            seen[number, int(year)] = i + 1
            years[i] = int(year)
            kept.append(i)
    return kept, years


def _implied(
    load: Load, level: str, kept: list[int], volumes: Any, shares: Any
) -> dict[str, dict[str, float]]:
    """Bases of each area as its shares imply them, from any of its years."""
    found: dict[str, dict[str, float]] = {}
    for i in kept:
        own = found.setdefault(str(load.text(i, level)), {})
        for name, value in indicators.bases_from_shares(volumes[i], shares[i]).items():
            own.setdefault(name, value)
        for name in slum.BASE_QUANTITIES:
            if (given := load.number(i, name)) is not None:
                own[name] = given
    return found
