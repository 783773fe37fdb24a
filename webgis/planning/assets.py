"""Infrastructure assets: roads, drains, taps, toilets and the rest, with their condition, as residents map them.

It knows nothing about who serves whom (`works`). Everybody may read them; who may map a kelurahan writes them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from webgis.planning import versions
from webgis.planning.access import Actor, may, require
from webgis.planning.catalogue import catalogue
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.fields import check_number, check_origin, check_text, origin, today, trimmed
from webgis.planning.places import place
from webgis.planning.shapes import KINDS, read_kind, same_shape
from webgis.store import assets as table
from webgis.store import versioned
from webgis.store.database import Database

BBox = tuple[float, float, float, float]
CONDITIONS: Final = ("good", "light_damage", "heavy_damage", "broken")


@dataclass(frozen=True)
class Asset:
    """An asset; geometry is GeoJSON, a drain's line runs with the water; condition None: not surveyed."""

    id: str
    kind: str
    name: str | None
    kelurahan: str | None
    condition: str | None
    material: str | None
    width_m: float | None
    capacity: float | None
    built_year: int | None
    owner: str | None
    source: str
    surveyed_on: dt.date | None
    synthetic: bool
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    geometry: dict[str, Any]


@dataclass(frozen=True)
class AssetDraft:
    """What a client may say of an asset; source and surveyed_on follow if None (`fields.origin`)."""

    kind: str
    geometry: Mapping[str, Any]
    name: str | None = None
    condition: str | None = None
    material: str | None = None
    width_m: float | None = None
    capacity: float | None = None
    built_year: int | None = None
    owner: str | None = None
    source: str | None = None
    surveyed_on: dt.date | None = None


@dataclass(frozen=True)
class AssetPage:
    """Some assets of a selection, and how many the selection has."""

    items: tuple[Asset, ...]
    total: int


@dataclass(frozen=True)
class NearAsset:
    """An asset in view: how far from the middle of the view it is, and (longitude, latitude) of where it is nearest."""

    id: str
    kind: str
    name: str | None
    condition: str | None
    metres: float
    place: tuple[float, float]


Also = Callable[[Session, Asset], None]


def list_assets(
    db: Database,
    *,
    kelurahan: str | None = None,
    kind: str | None = None,
    condition: str | None = None,
    bbox: BBox | None = None,
    limit: int = 100,
    offset: int = 0,
) -> AssetPage:
    """Assets that fit all filters, in order of kind."""
    west, south, east, north = bbox or (None, None, None, None)
    chosen = {
        "kelurahan": kelurahan, "kind": kind, "condition": condition, "west": west, "south": south, "east": east,
        "north": north,
    }  # fmt: skip
    with db.transaction() as session:
        rows, total = table.select(session, chosen, limit, offset)
    return AssetPage(tuple(_view(dict(row)) for row in rows), total)


def assets_near(db: Database, bbox: BBox, limit: int = 12) -> tuple[NearAsset, ...]:
    """What lies in a view of the map, nearest to its middle first."""
    with db.transaction() as session:
        rows = table.nearest(session, bbox, limit)
    return tuple(
        NearAsset(
            row["id"], row["kind"], row["name"], row["condition"], row["metres"], (row["lon"], row["lat"])
        )
        for row in rows
    )


def get_asset(db: Database, asset_id: str) -> Asset:
    """One asset. Raises NotFound."""
    with db.transaction() as session:
        return find(session, asset_id)


def create_asset(db: Database, actor: Actor, draft: AssetDraft, also: Also | None = None) -> Asset:
    """A new asset. also: what must be kept in the same transaction (the answer for a retry).

    Raises BadDocument, NotAllowed, SignInNeeded.
    """
    shape = check(draft)
    with db.transaction(actor.account_id, "prasarana baru") as session:
        values = _values(draft, shape, place(session, actor, "map_facts", shape).kelurahan)
        made = find(session, str(versioned.insert(session, "asset", values)))
        if also is not None:
            also(session, made)
    return made


def replace_asset(db: Database, actor: Actor, asset_id: str, draft: AssetDraft, version: int | None) -> Asset:
    """Write an asset anew. Raises what `create_asset` does, NotFound, VersionNeeded, StaleVersion."""
    with db.transaction(actor.account_id, "prasarana diubah") as session:
        return replace(session, actor, asset_id, draft, version)


def replace(
    session: Session, actor: Actor, asset_id: str, draft: AssetDraft, version: int | None, whole: bool = False
) -> Asset:
    """`replace_asset` inside a transaction that goes on.

    whole: the draft says all; a day that it does not know is not known, instead of staying as it is stored.
    """
    shape = check(draft)
    stored = _writable(session, actor, asset_id, version)
    stays = same_shape(stored.geometry, shape)
    home = stored.kelurahan if stays else place(session, actor, "map_facts", shape).kelurahan
    values = _values(draft, shape, home, stored) | ({"surveyed_on": draft.surveyed_on} if whole else {})
    if not versioned.replace(session, "asset", asset_id, stored.version, values):
        raise versions.stale(session, actor, "asset", asset_id, find(session, asset_id))
    return find(session, asset_id)


def delete_asset(db: Database, actor: Actor, asset_id: str, version: int | None) -> None:
    """Delete an asset; its revisions stay. Raises as `replace_asset` does."""
    with db.transaction(actor.account_id, "prasarana dihapus") as session:
        delete(session, actor, asset_id, version)


def delete(session: Session, actor: Actor, asset_id: str, version: int | None) -> None:
    """`delete_asset` inside a transaction that goes on."""
    stored = _writable(session, actor, asset_id, version)
    if not versioned.delete(session, "asset", asset_id, stored.version):
        raise versions.stale(session, actor, "asset", asset_id, find(session, asset_id))


def restore_asset(db: Database, actor: Actor, asset_id: str) -> Asset:
    """Bring a deleted asset back as it was. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction(actor.account_id, "prasarana dipulihkan") as session:
        return restore(session, actor, asset_id)


def restore(session: Session, actor: Actor, asset_id: str) -> Asset:
    """`restore_asset` inside a transaction that goes on."""
    versions.check_id(asset_id, "no_asset")
    gone = versions.deleted(versioned.history(session, "asset", asset_id))
    if gone is None:
        raise NotFound("no_asset")
    require(actor, "map_facts", gone["kelurahan"] or "")
    versioned.restore(session, "asset", asset_id)
    return find(session, asset_id)


def asset_history(db: Database, actor: Actor, asset_id: str) -> tuple[dict[str, Any], ...]:
    """Every version of an asset; of a deleted one for those who may map its kelurahan. Raises NotFound."""
    versions.check_id(asset_id, "no_asset")
    with db.transaction() as session:
        rows = versioned.history(session, "asset", asset_id)
    gone = versions.deleted(rows)
    if not rows or (gone is not None and not may(actor, "map_facts", gone["kelurahan"] or "")):
        raise NotFound("no_asset")
    return versions.changes(rows)


def draft_of(asset: Asset) -> AssetDraft:
    """A stored asset as the draft it was saved from."""
    return AssetDraft(**{field.name: getattr(asset, field.name) for field in fields(AssetDraft)})


def check(draft: AssetDraft) -> BaseGeometry:
    """The geometry of a draft that breaks no rule. Raises BadDocument with every fault."""
    kind = catalogue().asset_kinds.get(draft.kind)
    problems: list[Problem] = []
    if kind is None:
        known = (
            get_close_matches(draft.kind, catalogue().asset_kinds, n=3) or list(catalogue().asset_kinds)[:5]
        )
        params = {"given": draft.kind, "known": ", ".join(known)}
        problems.append(Problem("/properties/kind", "unknown_asset_kind", params))
    if draft.condition is not None and draft.condition not in CONDITIONS:
        params = {"given": draft.condition, "known": ", ".join(CONDITIONS)}
        problems.append(Problem("/properties/condition", "unknown_condition", params))
    for name in ("name", "material", "owner"):
        problems += check_text(f"/properties/{name}", getattr(draft, name), 200)
    problems += check_number("/properties/width_m", draft.width_m, 0, 500, above=True)
    problems += check_number("/properties/capacity", draft.capacity, 0, 1e9)
    problems += check_number("/properties/built_year", draft.built_year, 1800, today().year)
    problems += check_origin(draft.source, draft.surveyed_on)
    shape = read_kind(draft.geometry, kind.geometry if kind else KINDS, problems)
    if problems or shape is None:
        raise BadDocument(problems)
    return shape


def _values(
    draft: AssetDraft, shape: BaseGeometry, kelurahan: str | None, stored: Asset | None = None
) -> dict[str, Any]:
    return {
        "kind": draft.kind, "name": trimmed(draft.name), "kelurahan": kelurahan, "condition": draft.condition,
        "material": trimmed(draft.material), "width_m": draft.width_m, "capacity": draft.capacity,
        "built_year": draft.built_year, "owner": trimmed(draft.owner), "geom": shapely.to_wkb(shape),
        **origin(draft.source, draft.surveyed_on, stored),
    }  # fmt: skip


def _writable(session: Session, actor: Actor, asset_id: str, version: int | None) -> Asset:
    """The stored asset, if the actor may change this version of it."""
    stored = find(session, asset_id)
    require(actor, "map_facts", stored.kelurahan or "")
    versions.check_version(session, actor, "asset", asset_id, stored, version)
    return stored


def find(session: Session, asset_id: str) -> Asset:
    """One asset inside a transaction that goes on. Raises NotFound."""
    versions.check_id(asset_id, "no_asset")
    row = table.find(session, asset_id)
    if row is None:
        raise NotFound("no_asset")
    return _view(dict(row))


def _view(row: dict[str, Any]) -> Asset:
    return Asset(geometry=json.loads(row.pop("geojson")), **row)
