"""Poor households: points with a few numbers, for those alone who may see them in their kelurahan.

It knows nothing about HTTP. Nothing is stored that names a person. Every question names the kelurahan it may look
into, so that row-level security answers "none" for all others, and a refusal is the same whether a household exists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from webgis.planning import versions
from webgis.planning.access import Actor, covers, home, may, require
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.fields import origin
from webgis.planning.mapping.household_drafts import HouseholdDraft, check
from webgis.planning.mapping.household_views import note
from webgis.planning.places import Placed, place
from webgis.planning.rows import Also, Page, Rows
from webgis.planning.shapes import same_shape
from webgis.store import households as table
from webgis.store import regions, versioned
from webgis.store.database import Database, household_scope
from webgis.store.listing import BBox, corners


@dataclass(frozen=True)
class Household:
    """A poor household; geometry is a GeoJSON Point, decile None: not known."""

    id: str
    rt: str
    kelurahan: str
    members: int
    elderly: int
    under_five: int
    disabled: int
    female_headed: bool
    decile: int | None
    register: str | None
    register_date: dt.date | None
    source: str
    surveyed_on: dt.date | None
    synthetic: bool
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    geometry: dict[str, Any]


_ROWS: Final = Rows("household", "map_facts", "no_household", table.find, Household)


def list_households(
    db: Database,
    actor: Actor,
    *,
    kelurahan: str | None = None,
    rt: str | None = None,
    bbox: BBox | None = None,
    limit: int = 100,
    offset: int = 0,
) -> Page[Household]:
    """Households in the kelurahan the actor may see (below `kelurahan`), by RT. Raises SignInNeeded, NotAllowed."""
    with db.transaction() as session, _seen(session, actor, kelurahan) as codes:
        chosen = {"kelurahan": codes, "rt": rt, **corners(bbox)}
        rows, total = table.select(session, chosen, limit, offset)
        note(session, actor, "list", (row["kelurahan"] for row in rows))
        return _ROWS.page(rows, total)


def get_household(db: Database, actor: Actor, household_id: str) -> Household:
    """One household. Raises SignInNeeded, NotAllowed, and NotFound alike if it is nowhere or elsewhere."""
    with db.transaction() as session, _seen(session, actor):
        found = _ROWS.find(session, household_id)
        note(session, actor, "one", [found.kelurahan])
        return found


def household_as_made(db: Database, actor: Actor, household_id: str) -> Household:
    """A household as it was created, for the retry of a POST. Raises as `get_household` does."""
    with db.transaction() as session, _seen(session, actor):
        row = table.as_made(session, household_id)
        if row is None:
            raise NotFound("no_household")
        note(session, actor, "one", [row["kelurahan"]])
        return _ROWS.shown(row)


def create_household(
    db: Database, actor: Actor, draft: HouseholdDraft, also: Also[Household] | None = None
) -> Household:
    """A new household. also: what must be kept in the same transaction.

    Raises BadDocument, NotAllowed, SignInNeeded.
    """
    with db.transaction(actor.account_id, "keluarga baru") as session, _seen(session, actor):
        shape = check(draft)
        placed = place(session, actor, "map_facts", shape)
        return _ROWS.create(session, _values(draft, shape, _rt(session, draft.rt, placed)), also)


def replace_household(
    db: Database, actor: Actor, household_id: str, draft: HouseholdDraft, version: int | None
) -> Household:
    """Write a household anew. Raises what `create_household` does, NotFound, VersionNeeded, StaleVersion."""
    with db.transaction(actor.account_id, "keluarga diubah") as session, _seen(session, actor):
        stored = _ROWS.writable(session, actor, household_id, version)
        shape = check(draft)
        if same_shape(stored.geometry, shape) and draft.rt in (None, stored.rt):
            rt = stored.rt
        else:
            rt = _rt(session, draft.rt, place(session, actor, "map_facts", shape))
        if not covers(stored.kelurahan, rt):
            raise BadDocument([Problem("/geometry", "household_moved")])
        return _ROWS.replace(session, actor, stored, _values(draft, shape, rt, stored))


def delete_household(db: Database, actor: Actor, household_id: str, version: int | None) -> None:
    """Delete a household; its revisions stay behind the same wall. Raises as `replace_household` does."""
    with db.transaction(actor.account_id, "keluarga dihapus") as session, _seen(session, actor):
        _ROWS.delete(session, actor, household_id, version)


def restore_household(db: Database, actor: Actor, household_id: str) -> Household:
    """Bring a deleted household back as it was. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction(actor.account_id, "keluarga dipulihkan") as session, _seen(session, actor):
        back = _ROWS.restore(session, actor, household_id)
        note(session, actor, "one", [back.kelurahan])
        return back


def household_history(db: Database, actor: Actor, household_id: str) -> tuple[dict[str, Any], ...]:
    """Every version of a household, deleted or not. Raises as `get_household` does."""
    versions.check_id(household_id, "no_household")
    with db.transaction() as session, _seen(session, actor):
        rows = versioned.history(session, "household", household_id)
        if not rows:
            raise NotFound("no_household")
        note(session, actor, "history", {row["kelurahan"] for row in rows})
    return versions.changes(rows)


@contextmanager
def _seen(session: Session, actor: Actor, below: str | None = None) -> Iterator[list[str]]:
    """The kelurahan whose households the actor may see, opened to the queries inside.

    Raises SignInNeeded or NotAllowed if there are none, without a look at any household.
    """
    codes = [
        row["code"]
        for row in regions.list_regions(session, "kelurahan")
        if may(actor, "see_households", row["code"]) and (below is None or covers(below, row["code"]))
    ]
    if not codes:
        require(actor, "see_households", below or home(actor) or "")
    with household_scope(session, ",".join(codes)):
        yield codes


def _rt(session: Session, given: str | None, placed: Placed) -> str:
    """The RT of a household: the one named if it is in the kelurahan, else the one around the point."""
    if given is None:
        if not placed.rt:
            raise BadDocument([Problem("/properties/rt", "rt_unclear")])
        return placed.rt[0]
    found = regions.find(session, given)
    if found is None or found["kind"] != "rt":
        raise BadDocument([Problem("/properties/rt", "no_rt", {"given": given})])
    if not covers(placed.kelurahan, given):
        raise BadDocument([Problem("/properties/rt", "rt_elsewhere", {"given": given, "name": placed.name})])
    return given


def _values(
    draft: HouseholdDraft, shape: BaseGeometry, rt: str, stored: Household | None = None
) -> dict[str, Any]:
    same = (
        "members",
        "elderly",
        "under_five",
        "disabled",
        "female_headed",
        "decile",
        "register",
        "register_date",
    )
    return {
        "rt": rt, "geom": shapely.to_wkb(shape), **{name: getattr(draft, name) for name in same},
        **origin(None, draft.surveyed_on, stored),
    }  # fmt: skip
