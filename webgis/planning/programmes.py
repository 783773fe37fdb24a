"""City programmes: works that the city or a ministry plans or builds itself, with year, money, source and place.

It knows nothing about proposals (`programme_overlaps`). Everybody reads what is public; what is marked otherwise only
those who read reviews of PAKET there, and who maps programmes writes them (decision 48).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from webgis.planning import versions
from webgis.planning.access import Actor, may, regions_where, require
from webgis.planning.catalogue import catalogue
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.fields import check_day, check_number, check_text, trimmed
from webgis.planning.shapes import KINDS, read_kind
from webgis.store import programmes as table
from webgis.store import regions, versioned
from webgis.store.database import Database, programme_scope

BBox = tuple[float, float, float, float]
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


@dataclass(frozen=True)
class ProgrammePage:
    """Some programmes of a selection, and how many the selection has."""

    items: tuple[Programme, ...]
    total: int


Also = Callable[[Session, Programme], None]


@contextmanager
def seen_by(session: Session, actor: Actor) -> Iterator[None]:
    """Let the queries inside see the programmes that somebody may read, not only the public ones."""
    with programme_scope(session, ",".join(regions_where(actor, "read_programmes"))):
        yield


def list_programmes(
    db: Database, actor: Actor, *, kelurahan: str | None = None, kind: str | None = None, year: int | None = None,
    bbox: BBox | None = None, limit: int = 100, offset: int = 0,
) -> ProgrammePage:  # fmt: skip
    """Programmes that fit all filters, latest year first; kelurahan: its code, or that of a region above."""
    west, south, east, north = bbox or (None, None, None, None)
    chosen = {
        "kelurahan": kelurahan, "kind": kind, "year": year, "west": west, "south": south, "east": east, "north": north,
    }  # fmt: skip
    with db.transaction() as session, seen_by(session, actor):
        rows, total = table.select(session, chosen, limit, offset)
    return ProgrammePage(tuple(_view(dict(row)) for row in rows), total)


def years(db: Database, actor: Actor) -> list[int]:
    """The years that have programmes, latest first."""
    with db.transaction() as session, seen_by(session, actor):
        return table.years(session)


def get_programme(db: Database, actor: Actor, programme_id: str) -> Programme:
    """One programme. Raises NotFound, also for one that the caller may not see."""
    with db.transaction() as session, seen_by(session, actor):
        return _find(session, programme_id)


def create_programme(
    db: Database, actor: Actor, draft: ProgrammeDraft, also: Also | None = None
) -> Programme:
    """A new programme. also: what must be kept in the same transaction (the answer for a retry).

    Raises BadDocument, NotAllowed, SignInNeeded.
    """
    shape = check(draft)
    with db.transaction(actor.account_id, "program kota baru") as session, seen_by(session, actor):
        values = _values(draft, shape, _home(session, actor, shape))
        made = _find(session, str(versioned.insert(session, "city_programme", values)))
        if also is not None:
            also(session, made)
    return made


def replace_programme(
    db: Database, actor: Actor, programme_id: str, draft: ProgrammeDraft, version: int | None
) -> Programme:
    """Write a programme anew. Raises what `create_programme` does, NotFound, VersionNeeded, StaleVersion."""
    shape = check(draft)
    with db.transaction(actor.account_id, "program kota diubah") as session, seen_by(session, actor):
        stored = _writable(session, actor, programme_id, version)
        values = _values(draft, shape, _home(session, actor, shape))
        if not versioned.replace(session, "city_programme", programme_id, stored.version, values):
            raise _stale(session, actor, programme_id)
        return _find(session, programme_id)


def delete_programme(db: Database, actor: Actor, programme_id: str, version: int | None) -> None:
    """Delete a programme; its revisions stay. Raises as `replace_programme` does."""
    with db.transaction(actor.account_id, "program kota dihapus") as session, seen_by(session, actor):
        stored = _writable(session, actor, programme_id, version)
        if not versioned.delete(session, "city_programme", programme_id, stored.version):
            raise _stale(session, actor, programme_id)


def restore_programme(db: Database, actor: Actor, programme_id: str) -> Programme:
    """Bring a deleted programme back as it was. Raises NotFound, SignInNeeded, NotAllowed."""
    versions.check_id(programme_id, "no_programme")
    with db.transaction(actor.account_id, "program kota dipulihkan") as session, seen_by(session, actor):
        gone = versions.deleted(versioned.history(session, "city_programme", programme_id))
        if gone is None:
            raise NotFound("no_programme")
        require(actor, "map_programmes", gone["kelurahan"])
        versioned.restore(session, "city_programme", programme_id)
        return _find(session, programme_id)


def programme_history(db: Database, actor: Actor, programme_id: str) -> tuple[dict[str, Any], ...]:
    """Every version that the caller may see; of a deleted one for those who map programmes there. Raises NotFound."""
    versions.check_id(programme_id, "no_programme")
    with db.transaction() as session, seen_by(session, actor):
        rows = versioned.history(session, "city_programme", programme_id)
        there = table.find(session, programme_id) is not None
    gone = versions.deleted(rows)
    if not (there or (gone is not None and may(actor, "map_programmes", gone["kelurahan"]))):
        raise NotFound("no_programme")
    return versions.changes(rows)


def check(draft: ProgrammeDraft) -> BaseGeometry:
    """The geometry of a draft that breaks no rule. Raises BadDocument with every fault."""
    problems: list[Problem] = []
    for name, wanted in (("title", draft.title), ("source", draft.source)):
        if not wanted.strip():
            problems.append(Problem(f"/properties/{name}", "programme_lacks", {"what": name}))
    for name in ("title", "source", "office"):
        problems += check_text(f"/properties/{name}", getattr(draft, name), LONGEST)
    if draft.kind not in catalogue().asset_kinds:
        near = (
            get_close_matches(draft.kind, catalogue().asset_kinds, n=3) or list(catalogue().asset_kinds)[:5]
        )
        params = {"given": draft.kind, "known": ", ".join(near)}
        problems.append(Problem("/properties/kind", "unknown_asset_kind", params))
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


def _writable(session: Session, actor: Actor, programme_id: str, version: int | None) -> Programme:
    """The stored programme, if the actor may change this version of it."""
    stored = _find(session, programme_id)
    require(actor, "map_programmes", stored.kelurahan)
    versions.check_version(session, actor, "city_programme", programme_id, stored, version)
    return stored


def _stale(session: Session, actor: Actor, programme_id: str) -> Exception:
    return versions.stale(session, actor, "city_programme", programme_id, _find(session, programme_id))


def _find(session: Session, programme_id: str) -> Programme:
    versions.check_id(programme_id, "no_programme")
    row = table.find(session, programme_id)
    if row is None:
        raise NotFound("no_programme")
    return _view(dict(row))


def _view(row: dict[str, Any]) -> Programme:
    return Programme(geometry=json.loads(row.pop("geojson")), **row)
