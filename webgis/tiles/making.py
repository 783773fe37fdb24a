"""Which tile a caller may have, and making it.

It knows nothing about HTTP headers. Restricted layers, exact places of works on a family's plot and grades that would
tell of a few homes go to those with the right in the kelurahan that the tile touches; for everybody else the query
cannot see them.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from webgis.planning.access import PUBLIC, Actor, may, regions_where, require
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.zoning import matrix
from webgis.planning.errors import NotFound, SignInNeeded
from webgis.planning.mapping.household_views import note_many
from webgis.planning.mapping.slum_grades import grades, kept_back_in
from webgis.planning.proposals.family_plots import kept_back
from webgis.store import household_views, tiles
from webgis.store.database import Database, household_scope, programme_scope
from webgis.tiles.cache import TileCache

DEEPEST: Final = 22
KEPT: Final = {
    "households": "see_households", "proposals": "see_households", "slum-areas": "see_workspace",
    "city-programmes": "read_programmes",
}  # fmt: skip
"""Layer that is not the same for everybody -> the right to see more of it in a kelurahan."""
FORMAT: Final = "1"
"""Part of every version: raise it when the same rows give other bytes."""


@dataclass(frozen=True)
class Tile:
    """Which tile of which layer."""

    layer: str
    z: int
    x: int
    y: int


@dataclass(frozen=True)
class Offer:
    """A tile that a caller may have: its version, whether others may have the same, and the way to make it packed."""

    version: str
    public: bool
    make: Callable[[], bytes]


def checked(layer: str, z: int, x: int, y: int) -> Tile:
    """A tile that exists. Raises NotFound."""
    if layer not in tiles.LAYERS or z > DEEPEST or x >= 1 << z or y >= 1 << z:
        raise NotFound("no_such_tile")
    return Tile(layer, z, x, y)


def check_right(actor: Actor, layer: str) -> None:
    """Raise SignInNeeded or NotAllowed if the layer is restricted and the caller has the right nowhere."""
    if not tiles.LAYERS[layer].restricted or any(may(actor, "see_households", r.region) for r in actor.roles):
        return
    if not actor.signed_in:
        raise SignInNeeded
    require(actor, "see_households", actor.roles[0].region if actor.roles else "")


def offer(db: Database, actor: Actor, tile: Tile, cache: TileCache) -> Offer:
    """What this caller may have of a tile; no tile is made yet. Raises SignInNeeded, NotAllowed."""
    check_right(actor, tile.layer)
    with db.transaction() as session:
        seen = _seen(session, actor, tile)
        version = f"{FORMAT}.{tiles.version(session, tile.layer, whole=bool(seen))}"
    if tiles.LAYERS[tile.layer].restricted or seen:
        mark = hashlib.sha256(" ".join(seen).encode()).hexdigest()[:12]
        return Offer(f"{version}-{mark}", False, lambda: _pack(_make(db, actor, tile, seen)))
    return Offer(version, True, lambda: _cached(db, tile, version, cache))


def _seen(session: Session, actor: Actor, tile: Tile) -> Sequence[str]:
    """Where the caller may see what others may not: kelurahan under a tile, for programmes the regions of their own."""
    action = KEPT.get(tile.layer)
    if action is None or not actor.signed_in:
        return []
    if tile.layer == "city-programmes":
        return regions_where(actor, action)
    under = tiles.kelurahan_at(session, tile.z, tile.x, tile.y)
    if tile.layer == "slum-areas":
        back = kept_back_in(session)
        under = [code for code in under if code in back]
    return [code for code in under if may(actor, action, code)]


def _cached(db: Database, tile: Tile, version: str, cache: TileCache) -> bytes:
    key = (tile.layer, version, tile.z, tile.x, tile.y)
    packed = cache.get(key)
    if packed is None:
        packed = _pack(_make(db, PUBLIC, tile, []))
        cache.put(key, packed)
    return packed


def _make(db: Database, actor: Actor, tile: Tile, seen: Sequence[str]) -> bytes:
    params = _params(db, tile.layer, seen)
    with db.transaction() as session:
        if tile.layer == "city-programmes":
            with programme_scope(session, ",".join(seen)):
                return tiles.tile(session, tile.layer, tile.z, tile.x, tile.y, params)
        if tile.layer != "households":
            return tiles.tile(session, tile.layer, tile.z, tile.x, tile.y, params)
        if not seen:
            return b""
        with household_scope(session, ",".join(seen)):
            inside = household_views.in_tile(session, tile.z, tile.x, tile.y, list(seen))
            note_many(session, actor, "tile", inside)
            return tiles.tile(session, tile.layer, tile.z, tile.x, tile.y, params)


def _params(db: Database, layer: str, seen: Sequence[str]) -> dict[str, Any]:
    """What the layer's statement asks for beside the tile."""
    if layer == "households":
        return {"kelurahan": list(seen)}
    if layer == "proposals":
        works = catalogue().work_types
        return {
            "kelurahan": list(seen),
            **kept_back(PUBLIC, None).values(),
            "work_types": list(works),
            "pillars": [work.pillar for work in works.values()],
        }
    if layer == "slum-areas":
        return tiles.grade_params(grades(db, seen=seen))
    if layer == "spatial-plan":
        with db.transaction() as session:
            codes = tiles.zone_codes(session)
        kinds = [matrix().kind(code) for code in codes]
        return {"codes": codes, "looks": [kind.look if kind else None for kind in kinds]}
    return {}


def _pack(tile: bytes) -> bytes:
    return gzip.compress(tile, 5, mtime=0)
