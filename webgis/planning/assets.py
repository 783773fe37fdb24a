"""Infrastructure assets to look at: roads, drains, taps, toilets and the rest, with their condition.

It knows nothing about who serves whom (`works`). Assets are public; the self-mapping that edits them is not here yet.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from webgis.planning.errors import NotFound
from webgis.store import assets as table
from webgis.store.database import Database

BBox = tuple[float, float, float, float]


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
class AssetPage:
    """Some assets of a selection, and how many the selection has."""

    items: tuple[Asset, ...]
    total: int


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


def get_asset(db: Database, asset_id: str) -> Asset:
    """One asset. Raises NotFound."""
    try:
        uuid.UUID(asset_id)
    except ValueError:
        raise NotFound("no_asset") from None
    with db.transaction() as session:
        row = table.find(session, asset_id)
    if row is None:
        raise NotFound("no_asset")
    return _view(dict(row))


def _view(row: dict[str, Any]) -> Asset:
    return Asset(geometry=json.loads(row.pop("geojson")), **row)
