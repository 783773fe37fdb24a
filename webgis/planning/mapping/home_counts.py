"""How many people and homes a region has, as everybody may read it: no place with fewer than five, also not as what is
left of a sum.

It knows nothing about poverty: these are all homes. A count below five keeps back all counts of its region, none as
well, and with them those of every region above it, so that nothing is left to subtract from. A slum form of an RT
counts too: it is told beside the layers (decision 58).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning import regions
from webgis.planning.access import Actor, may
from webgis.planning.mapping.borders import neighbours, region_history
from webgis.planning.mapping.slum_sums import SMALLEST
from webgis.planning.regions import OutlinedRegion, Region
from webgis.store import regions as table
from webgis.store.database import Database

Row = RowMapping | Mapping[str, Any]
COUNTS: Final = ("population", "households", "buildings", "persons")
"""What a region says of its people and homes; a form of an RT has households, buildings and persons."""


def regions_shown_to(
    db: Database, actor: Actor, kind: str | None = None, parent: str | None = None
) -> tuple[Region, ...]:
    """`regions.list_regions` as one caller may read them."""
    found = regions.list_regions(db, kind, parent)
    back = _kept_from(db, actor, found)
    return tuple(_without(one) if one.code in back else one for one in found)


def region_shown_to(db: Database, actor: Actor, code: str) -> OutlinedRegion:
    """`regions.region` as one caller may read it. Raises NotFound."""
    return _shown(db, actor, (regions.region(db, code),))[0]


def neighbours_shown_to(db: Database, actor: Actor, code: str) -> tuple[OutlinedRegion, ...]:
    """`borders.neighbours` as one caller may read them. Raises NotFound."""
    return _shown(db, actor, neighbours(db, code))


def history_shown_to(db: Database, actor: Actor, code: str) -> tuple[dict[str, Any], ...]:
    """`borders.region_history`, for everybody without counts: two of them tell who came and went. Raises NotFound."""
    found = region_history(db, code)
    if may(actor, "see_workspace", code):
        return found
    return tuple(
        one | {"changed": {name: two for name, two in one["changed"].items() if name not in COUNTS}}
        for one in found
    )


def kept_back(session: Session, actor: Actor) -> list[str]:
    """Codes of the regions whose counts this caller does not read."""
    return sorted(code for code in untold(table.counts(session)) if not may(actor, "see_workspace", code))


def untold(rows: Sequence[Row]) -> set[str]:
    """Codes of the regions whose counts are not for everybody.

    rows: code, parent, the counts (None: not known), and forms: what the last form of an RT says beside them, by name;
    few: whether one of its forms says fewer than five.
    """
    below: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        below[row["parent"]].append(row)
    found: set[str] = set()

    def look(row: Row) -> dict[str, tuple[int, bool]]:
        """Of each count what is known of it, here or further down, and whether that is all."""
        inside = [look(child) for child in below[row["code"]]]
        known = {}
        few = bool(row["few"])
        for name in COUNTS:
            parts = [one[name] for one in inside]
            rest, whole = sum(n for n, _ in parts), bool(parts) and all(full for _, full in parts)
            own = row[name]
            if own is not None:
                few |= own < SMALLEST or (bool(parts) and not whole and own - rest < SMALLEST)
            elif (form := (row["forms"] or {}).get(name)) is not None:
                own = form
            known[name] = (rest, whole) if own is None else (own, True)
        if few or any(child["code"] in found for child in below[row["code"]]):
            found.add(row["code"])
        return known

    codes = {row["code"] for row in rows}
    for row in rows:
        if row["parent"] not in codes:
            look(row)
    return found


def _kept_from(db: Database, actor: Actor, found: Sequence[Region]) -> set[str]:
    """Of these regions the codes of those whose counts the caller does not read."""
    asked = {one.code for one in found if not may(actor, "see_workspace", one.code)}
    if not asked:
        return set()
    with db.transaction() as session:
        return asked & untold(table.counts(session))


def _shown(db: Database, actor: Actor, found: Sequence[OutlinedRegion]) -> tuple[OutlinedRegion, ...]:
    back = _kept_from(db, actor, [one.region for one in found])
    return tuple(
        replace(one, region=_without(one.region)) if one.region.code in back else one for one in found
    )


def _without(region: Region) -> Region:
    return replace(region, population=None, households=None)
