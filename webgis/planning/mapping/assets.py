"""Infrastructure assets: roads, drains, taps, toilets and the rest, with their condition, as residents map them.

It knows nothing about who serves whom (`works`). Everybody may read them; who may map a kelurahan writes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.fields import check_number, check_origin, check_text, origin, today, trimmed
from webgis.planning.places import place
from webgis.planning.rows import Also, Page, Rows
from webgis.planning.shapes import KINDS, read_kind, same_shape
from webgis.store import assets as table
from webgis.store.database import Database
from webgis.store.listing import BBox, corners

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
class NearAsset:
    """An asset in view: how far from the middle of the view it is, and (longitude, latitude) of where it is nearest."""

    id: str
    kind: str
    name: str | None
    condition: str | None
    metres: float
    place: tuple[float, float]


_ROWS: Final = Rows("asset", "map_facts", "no_asset", table.find, Asset)


def list_assets(
    db: Database,
    *,
    kelurahan: str | None = None,
    kind: str | None = None,
    condition: str | None = None,
    bbox: BBox | None = None,
    limit: int = 100,
    offset: int = 0,
) -> Page[Asset]:
    """Assets that fit all filters, in order of kind."""
    chosen = {"kelurahan": kelurahan, "kind": kind, "condition": condition, **corners(bbox)}
    with db.transaction() as session:
        return _ROWS.page(*table.select(session, chosen, limit, offset))


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


def create_asset(db: Database, actor: Actor, draft: AssetDraft, also: Also[Asset] | None = None) -> Asset:
    """A new asset. also: what must be kept in the same transaction (the answer for a retry).

    Raises BadDocument, NotAllowed, SignInNeeded.
    """
    shape = check(draft)
    with db.transaction(actor.account_id, "prasarana baru") as session:
        values = _values(draft, shape, place(session, actor, "map_facts", shape).kelurahan)
        return _ROWS.create(session, values, also)


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
    stored = _ROWS.writable(session, actor, asset_id, version)
    stays = same_shape(stored.geometry, shape)
    home = stored.kelurahan if stays else place(session, actor, "map_facts", shape).kelurahan
    values = _values(draft, shape, home, stored) | ({"surveyed_on": draft.surveyed_on} if whole else {})
    return _ROWS.replace(session, actor, stored, values)


def delete_asset(db: Database, actor: Actor, asset_id: str, version: int | None) -> None:
    """Delete an asset; its revisions stay. Raises as `replace_asset` does."""
    with db.transaction(actor.account_id, "prasarana dihapus") as session:
        delete(session, actor, asset_id, version)


def delete(session: Session, actor: Actor, asset_id: str, version: int | None) -> None:
    """`delete_asset` inside a transaction that goes on."""
    _ROWS.delete(session, actor, asset_id, version)


def restore_asset(db: Database, actor: Actor, asset_id: str) -> Asset:
    """Bring a deleted asset back as it was. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction(actor.account_id, "prasarana dipulihkan") as session:
        return restore(session, actor, asset_id)


def restore(session: Session, actor: Actor, asset_id: str) -> Asset:
    """`restore_asset` inside a transaction that goes on."""
    return _ROWS.restore(session, actor, asset_id)


def asset_history(db: Database, actor: Actor, asset_id: str) -> tuple[dict[str, Any], ...]:
    """Every version of an asset; of a deleted one for those who may map its kelurahan. Raises NotFound."""
    with db.transaction() as session:
        return _ROWS.history(session, actor, asset_id)


def draft_of(asset: Asset) -> AssetDraft:
    """A stored asset as the draft it was saved from."""
    return AssetDraft(**{field.name: getattr(asset, field.name) for field in fields(AssetDraft)})


def check_kind(given: str) -> list[Problem]:
    """A kind of asset must be one of the catalogue; of others, those that are spelt nearly so are named."""
    kinds = catalogue().asset_kinds
    if given in kinds:
        return []
    near = get_close_matches(given, kinds, n=3) or list(kinds)[:5]
    return [Problem("/properties/kind", "unknown_asset_kind", {"given": given, "known": ", ".join(near)})]


def check(draft: AssetDraft) -> BaseGeometry:
    """The geometry of a draft that breaks no rule. Raises BadDocument with every fault."""
    kind = catalogue().asset_kinds.get(draft.kind)
    problems = check_kind(draft.kind)
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


def find(session: Session, asset_id: str) -> Asset:
    """One asset inside a transaction that goes on. Raises NotFound."""
    return _ROWS.find(session, asset_id)
