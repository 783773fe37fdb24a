"""Borders of regions as an administrator changes them: outline, name and counts; code and kind stay.

It knows nothing about how a file of regions is read. A border that would leave proposals outside is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gis_core.gates import SLIVER_M, SLIVER_SHARE
from webgis.planning import versions
from webgis.planning.access import Actor, require
from webgis.planning.errors import BadDocument, Conflict, NotFound, Problem
from webgis.planning.fields import check_number, check_origin, check_text, origin
from webgis.planning.regions import OutlinedRegion, stored_region
from webgis.planning.shapes import read_kind, same_shape
from webgis.store import regions as table
from webgis.store import versioned
from webgis.store.database import Database

MOST_VERTICES: Final = 50_000
MOST_PEOPLE: Final = 100_000_000


@dataclass(frozen=True)
class RegionDraft:
    """What an administrator may say of a region: an outline, and what is None stays as stored."""

    geometry: Mapping[str, Any]
    name: str | None = None
    population: int | None = None
    households: int | None = None
    source: str | None = None
    surveyed_on: dt.date | None = None


@dataclass(frozen=True)
class Redrawn:
    """A region of a set that is written together: its code, what is said of it, and the version it changes."""

    code: str
    draft: RegionDraft
    version: int


def replace_region(
    db: Database, actor: Actor, code: str, draft: RegionDraft, version: int | None
) -> OutlinedRegion:
    """Write a region anew.

    Raises BadDocument, NotFound, SignInNeeded, NotAllowed, VersionNeeded, StaleVersion, and Conflict with the number
    of proposals that would lie outside.
    """
    shape = check(draft)
    with db.transaction(actor.account_id, "wilayah diubah") as session:
        return _write(session, actor, code, draft, shape, version)


def redraw(db: Database, actor: Actor, regions: Sequence[Redrawn]) -> tuple[OutlinedRegion, ...]:
    """Write several regions at once, as neighbours that share an edge: all or none. Raises as `replace_region` does."""
    shapes = [check(one.draft) for one in regions]
    with db.transaction(actor.account_id, "wilayah diubah") as session:
        return tuple(
            _write(session, actor, one.code, one.draft, shape, one.version)
            for one, shape in zip(regions, shapes, strict=True)
        )


def neighbours(db: Database, code: str) -> tuple[OutlinedRegion, ...]:
    """The RW and RT of the same kelurahan that touch a region, by code, the region itself left out. Raises NotFound."""
    with db.transaction() as session:
        stored_region(session, code)
        return tuple(stored_region(session, other) for other in table.touching(session, code))


def _write(
    session: Session, actor: Actor, code: str, draft: RegionDraft, shape: BaseGeometry, version: int | None
) -> OutlinedRegion:
    stored = stored_region(session, code)
    require(actor, "edit_regions", code)
    versions.check_version(session, actor, "region", code, stored, version)
    wkb = shapely.to_wkb(shape)
    if not same_shape(stored.geometry, shape) and (
        count := table.left_outside(session, code, wkb, SLIVER_M, SLIVER_SHARE)
    ):
        raise Conflict("proposals_left_outside", count=count)
    values = {
        **{name: given for name in ("population", "households") if (given := getattr(draft, name)) is not None},
        "name": (draft.name or stored.region.name).strip(), "geom": wkb,
        **origin(draft.source, draft.surveyed_on, stored.region),
    }  # fmt: skip
    if not versioned.replace(session, "region", code, stored.version, values):
        raise versions.stale(session, actor, "region", code, stored_region(session, code))
    return stored_region(session, code)


def region_history(db: Database, code: str) -> tuple[dict[str, Any], ...]:
    """Every version of a region. Raises NotFound."""
    with db.transaction() as session:
        rows = versioned.history(session, "region", code)
    if not rows:
        raise NotFound("no_region", region=code)
    return versions.changes(rows)


def check(draft: RegionDraft) -> BaseGeometry:
    """The outline of a draft that breaks no rule. Raises BadDocument with every fault."""
    inside = "/properties"
    problems = check_text(f"{inside}/name", draft.name, 200)
    if draft.name is not None and not draft.name.strip():
        problems.append(Problem(f"{inside}/name", "name_missing"))
    for name in ("population", "households"):
        problems += check_number(f"{inside}/{name}", getattr(draft, name), 0, MOST_PEOPLE)
    problems += check_origin(draft.source, draft.surveyed_on)
    shape = read_kind(draft.geometry, ("polygon",), problems, MOST_VERTICES)
    if problems or shape is None:
        raise BadDocument(problems)
    return shapely.multipolygons(list(shapely.get_parts(shape)))
