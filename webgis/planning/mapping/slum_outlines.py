"""Slum areas as people map them: outline, name, and the RT or kawasan they are.

It knows nothing about forms or grades. The code of an RT ties an area to the tree of regions, so it never changes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from webgis.planning import versions
from webgis.planning.access import Actor, covers, may, require
from webgis.planning.errors import BadDocument, Conflict, NotFound, Problem
from webgis.planning.fields import check_origin, check_text, origin
from webgis.planning.mapping.slums import Profile, stored_area
from webgis.planning.places import place
from webgis.planning.reasons import AREA_DELETED
from webgis.planning.rows import Also
from webgis.planning.shapes import read_kind, same_shape
from webgis.store import regions, slums, versioned
from webgis.store.database import Database

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", re.ASCII)


@dataclass(frozen=True)
class AreaDraft:
    """What a client may say of a slum area; level rt or kawasan; kelurahan follows from outline or RT if None."""

    code: str
    name: str
    level: str
    geometry: Mapping[str, Any] | None
    kelurahan: str | None = None
    source: str | None = None
    surveyed_on: dt.date | None = None


def create_area(db: Database, actor: Actor, draft: AreaDraft, also: Also[Profile] | None = None) -> Profile:
    """A new slum area. also: what must be kept in the same transaction.

    Raises BadDocument, NotAllowed, SignInNeeded.
    """
    shape = check(draft)
    with db.transaction(actor.account_id, "kawasan kumuh baru") as session:
        values = _values(draft, shape, _home(session, actor, draft, shape))
        new = versioned.insert(session, "slum_area", values | {"code": draft.code, "level": draft.level})
        if new is None:
            raise BadDocument([Problem("/properties/code", "code_taken", {"given": draft.code})])
        made = stored_area(session, new)
        if also is not None:
            also(session, made)
    return made


def replace_area(db: Database, actor: Actor, area: str, draft: AreaDraft, version: int | None) -> Profile:
    """Write a slum area anew; area: id or code. Raises as `create_area`, NotFound, VersionNeeded, StaleVersion."""
    shape = check(draft)
    with db.transaction(actor.account_id, "kawasan kumuh diubah") as session:
        stored = writable_area(session, actor, area)
        versions.check_version(session, actor, "slum_area", stored.id, stored, version)
        if (draft.code, draft.level) != (stored.code, stored.level):
            at = "code" if draft.code != stored.code else "level"
            raise BadDocument([Problem(f"/properties/{at}", "code_fixed", {"stored": stored.code})])
        stays = same_shape(stored.geometry, shape) and draft.kelurahan in (None, stored.kelurahan)
        home = stored.kelurahan if stays else _home(session, actor, draft, shape)
        values = _values(draft, shape, home, stored)
        if not versioned.replace(session, "slum_area", stored.id, stored.version, values):
            raise versions.stale(session, actor, "slum_area", stored.id, stored_area(session, stored.id))
        return stored_area(session, stored.id)


def united(db: Database, actor: Actor, kelurahan: str, codes: list[str]) -> dict[str, Any]:
    """The outline of a kawasan made of slum RT, as GeoJSON. Raises NotAllowed, SignInNeeded, BadDocument."""
    require(actor, "map_facts", kelurahan)
    with db.transaction() as session:
        outline = slums.union(session, kelurahan, codes)
    if outline is None:
        raise BadDocument([Problem("/codes", "rt_outlineless")])
    shape: dict[str, Any] = json.loads(outline)
    return shape


@dataclass(frozen=True)
class Hanging:
    """What would change with a slum area gone: the years of its forms, and how many open proposals touch it."""

    years: tuple[int, ...]
    proposals: int


def hanging(db: Database, area: Profile) -> Hanging:
    """What hangs on a slum area."""
    with db.transaction() as session:
        return Hanging(tuple(form.year for form in area.forms), slums.open_proposals(session, area.id))


def delete_area(db: Database, actor: Actor, area: str, version: int | None, why: str = "") -> None:
    """Delete a slum area with its forms; revisions of all stay, and `restore_area` brings all back.

    why: the person's own words, kept with the revisions. Raises as `replace_area` does.
    """
    problems = check_text("/reason", why, 500)
    if problems:
        raise BadDocument(problems)
    with db.transaction(
        actor.account_id, f"{AREA_DELETED}: {why.strip()}" if why.strip() else AREA_DELETED
    ) as session:
        stored = writable_area(session, actor, area)
        versions.check_version(session, actor, "slum_area", stored.id, stored, version)
        if not versioned.delete(session, "slum_area", stored.id, stored.version):
            raise versions.stale(session, actor, "slum_area", stored.id, stored_area(session, stored.id))


def restore_area(db: Database, actor: Actor, area: str) -> Profile:
    """Bring a deleted slum area back with the forms that went with it; area: its id.

    Raises NotFound, SignInNeeded, NotAllowed, and Conflict where another area has its code by now.
    """
    with db.transaction(actor.account_id, "kawasan kumuh dipulihkan") as session:
        rows = versioned.history(session, "slum_area", area)
        gone = versions.deleted(rows)
        if gone is None:
            raise NotFound("no_slum_area", region=area)
        require(actor, "map_facts", gone["kelurahan"] or "")
        if not versioned.restore(session, "slum_area", area):
            raise Conflict("code_taken", given=gone["code"])
        for form in slums.forms_gone_with(session, area, rows[-1]["reason"]):
            versioned.restore(session, "slum_assessment", form)
        return stored_area(session, area)


def area_history(db: Database, actor: Actor, area: str) -> tuple[dict[str, Any], ...]:
    """Every version of a slum area by id, or by code while it is there. Raises NotFound.

    That of a deleted one is for those who may map its kelurahan.
    """
    with db.transaction() as session:
        rows = versioned.history(session, "slum_area", area) or versioned.history(
            session, "slum_area", stored_area(session, area).id
        )
    gone = versions.deleted(rows)
    if gone is not None and not may(actor, "map_facts", gone["kelurahan"] or ""):
        raise NotFound("no_slum_area", region=area)
    return versions.changes(rows)


def writable_area(session: Session, actor: Actor, area: str) -> Profile:
    """A stored slum area that the actor may map. Raises NotFound, SignInNeeded, NotAllowed."""
    stored = stored_area(session, area)
    require(actor, "map_facts", stored.kelurahan or "")
    return stored


def check(draft: AreaDraft) -> BaseGeometry | None:
    """The outline of a draft that breaks no rule, None if it has none. Raises BadDocument with every fault."""
    problems: list[Problem] = []
    if not _CODE.fullmatch(draft.code):
        problems.append(Problem("/properties/code", "code_unfit"))
    if not draft.name.strip():
        problems.append(Problem("/properties/name", "name_missing"))
    problems += check_text("/properties/name", draft.name, 200)
    problems += check_origin(draft.source, draft.surveyed_on)
    shape = None if draft.geometry is None else read_kind(draft.geometry, ("polygon",), problems)
    if problems:
        raise BadDocument(problems)
    return None if shape is None else shapely.multipolygons(list(shapely.get_parts(shape)))


def _home(session: Session, actor: Actor, draft: AreaDraft, shape: BaseGeometry | None) -> str:
    """The kelurahan of an area where the actor may map: by its outline, its RT, or as named."""
    if draft.level == "rt":
        found = regions.find(session, draft.code)
        if found is None or found["kind"] != "rt":
            raise BadDocument([Problem("/properties/code", "no_rt", {"given": draft.code})])
    named = draft.code.split("-")[0] if draft.level == "rt" else draft.kelurahan
    if shape is not None:
        placed = place(session, actor, "map_facts", shape)
        if draft.level == "rt" and not covers(placed.kelurahan, draft.code):
            params = {"given": draft.code, "name": placed.name}
            raise BadDocument([Problem("/properties/code", "rt_elsewhere", params)])
        named = placed.kelurahan
    if named is None:
        raise BadDocument([Problem("/properties/kelurahan", "area_homeless")])
    home = regions.find(session, named)
    if home is None or home["kind"] != "kelurahan" or draft.kelurahan not in (None, named):
        given = draft.kelurahan or named
        raise BadDocument([Problem("/properties/kelurahan", "no_kelurahan", {"kelurahan": given})])
    require(actor, "map_facts", named)
    return named


def _values(
    draft: AreaDraft, shape: BaseGeometry | None, kelurahan: str | None, stored: Profile | None = None
) -> dict[str, Any]:
    return {
        "name": draft.name.strip(), "kelurahan": kelurahan, "geom": None if shape is None else shapely.to_wkb(shape),
        **origin(draft.source, draft.surveyed_on, stored),
    }  # fmt: skip
