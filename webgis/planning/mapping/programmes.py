"""City programmes: works that the city or a ministry plans or builds itself, with year, money, source and place.

It knows nothing about proposals (`programme_overlaps`). Everybody reads what is public; what is marked otherwise only
those who read reviews of PAKET there, and who maps programmes writes them (decision 48).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from webgis.planning.access import Actor, regions_where, require
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.fields import check_day, check_number, check_text, trimmed
from webgis.planning.mapping.assets import check_kind
from webgis.planning.rows import Also, Page, Rows
from webgis.planning.shapes import KINDS, read_kind
from webgis.store import programmes as table
from webgis.store import regions
from webgis.store.database import Database, programme_scope
from webgis.store.listing import BBox, corners

EARLIEST: Final = 1980
LATEST: Final = 2100
MOST_BUDGET: Final = 10**14
LONGEST: Final = 200


@dataclass(frozen=True)
class Programme:
    """A programme; kind: of the asset it makes; budget: rupiah, None where nobody says; kelurahan: of its larger part.

    public: whether everybody may see it. source and source_on: the paper it is taken from, and that paper's day.
    """

    id: str
    title: str
    kind: str
    year: int
    budget: int | None
    office: str | None
    kelurahan: str
    public: bool
    source: str
    source_on: dt.date
    synthetic: bool
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    geometry: dict[str, Any]


@dataclass(frozen=True)
class ProgrammeDraft:
    """What a client may say of a programme; geometry is GeoJSON."""

    title: str
    kind: str
    year: int
    source: str
    source_on: dt.date | None
    geometry: Mapping[str, Any]
    budget: int | None = None
    office: str | None = None
    public: bool = True


_ROWS: Final = Rows("city_programme", "map_programmes", "no_programme", table.find, Programme)


@contextmanager
def seen_by(session: Session, actor: Actor) -> Iterator[None]:
    """Let the queries inside see the programmes that somebody may read, not only the public ones."""
    with programme_scope(session, ",".join(regions_where(actor, "read_programmes"))):
        yield


def list_programmes(
    db: Database, actor: Actor, *, kelurahan: str | None = None, kind: str | None = None, year: int | None = None,
    bbox: BBox | None = None, limit: int = 100, offset: int = 0,
) -> Page[Programme]:  # fmt: skip
    """Programmes that fit all filters, latest year first; kelurahan: its code, or that of a region above."""
    chosen = {"kelurahan": kelurahan, "kind": kind, "year": year, **corners(bbox)}
    with db.transaction() as session, seen_by(session, actor):
        return _ROWS.page(*table.select(session, chosen, limit, offset))


def years(db: Database, actor: Actor) -> list[int]:
    """The years that have programmes, latest first."""
    with db.transaction() as session, seen_by(session, actor):
        return table.years(session)


def get_programme(db: Database, actor: Actor, programme_id: str) -> Programme:
    """One programme. Raises NotFound, also for one that the caller may not see."""
    with db.transaction() as session, seen_by(session, actor):
        return _ROWS.find(session, programme_id)


def create_programme(
    db: Database, actor: Actor, draft: ProgrammeDraft, also: Also[Programme] | None = None
) -> Programme:
    """A new programme. also: what must be kept in the same transaction (the answer for a retry).

    Raises BadDocument, NotAllowed, SignInNeeded.
    """
    shape = check(draft)
    with db.transaction(actor.account_id, "program kota baru") as session, seen_by(session, actor):
        return _ROWS.create(session, _values(draft, shape, _home(session, actor, shape)), also)


def replace_programme(
    db: Database, actor: Actor, programme_id: str, draft: ProgrammeDraft, version: int | None
) -> Programme:
    """Write a programme anew. Raises what `create_programme` does, NotFound, VersionNeeded, StaleVersion."""
    shape = check(draft)
    with db.transaction(actor.account_id, "program kota diubah") as session, seen_by(session, actor):
        stored = _ROWS.writable(session, actor, programme_id, version)
        return _ROWS.replace(session, actor, stored, _values(draft, shape, _home(session, actor, shape)))


def delete_programme(db: Database, actor: Actor, programme_id: str, version: int | None) -> None:
    """Delete a programme; its revisions stay. Raises as `replace_programme` does."""
    with db.transaction(actor.account_id, "program kota dihapus") as session, seen_by(session, actor):
        _ROWS.delete(session, actor, programme_id, version)


def restore_programme(db: Database, actor: Actor, programme_id: str) -> Programme:
    """Bring a deleted programme back as it was. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction(actor.account_id, "program kota dipulihkan") as session, seen_by(session, actor):
        return _ROWS.restore(session, actor, programme_id)


def programme_history(db: Database, actor: Actor, programme_id: str) -> tuple[dict[str, Any], ...]:
    """Every version that the caller may see; of a deleted one for those who map programmes there. Raises NotFound."""
    with db.transaction() as session, seen_by(session, actor):
        return _ROWS.history(session, actor, programme_id)


def check(draft: ProgrammeDraft) -> BaseGeometry:
    """The geometry of a draft that breaks no rule. Raises BadDocument with every fault."""
    problems: list[Problem] = []
    for name, wanted in (("title", draft.title), ("source", draft.source)):
        if not wanted.strip():
            problems.append(Problem(f"/properties/{name}", "programme_lacks", {"what": name}))
    for name in ("title", "source", "office"):
        problems += check_text(f"/properties/{name}", getattr(draft, name), LONGEST)
    problems += check_kind(draft.kind)
    problems += check_number("/properties/year", draft.year, EARLIEST, LATEST)
    problems += check_number("/properties/budget", draft.budget, 0, MOST_BUDGET)
    if draft.source_on is None:
        problems.append(Problem("/properties/source_on", "programme_lacks", {"what": "source_on"}))
    problems += check_day("/properties/source_on", draft.source_on)
    # What a city builds need not have the form of what residents map: a road may be an area, a market a point.
    shape = read_kind(draft.geometry, KINDS, problems)
    if problems or shape is None:
        raise BadDocument(problems)
    return shape


def _home(session: Session, actor: Actor, shape: BaseGeometry) -> str:
    """The kelurahan with the largest part, if the actor maps programmes in every one it touches."""
    touched = [row["code"] for row in regions.shares_by_region(session, shapely.to_wkb(shape), "kelurahan")]
    if not touched:
        if not actor.signed_in:
            require(actor, "map_programmes", "")
        raise BadDocument([Problem("/geometry", "outside_all")])
    for code in touched:
        require(actor, "map_programmes", code)
    return str(touched[0])


def _values(draft: ProgrammeDraft, shape: BaseGeometry, kelurahan: str) -> dict[str, Any]:
    return {
        "title": draft.title.strip(), "kind": draft.kind, "year": draft.year, "budget": draft.budget,
        "office": trimmed(draft.office), "kelurahan": kelurahan, "public": draft.public,
        "source": draft.source.strip(), "source_on": draft.source_on, "geom": shapely.to_wkb(shape),
    }  # fmt: skip
