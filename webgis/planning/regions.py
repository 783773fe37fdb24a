"""The tree of regions for people who look for a place.

It knows nothing about what happens in a region. Codes are official ones and say where a region hangs.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webgis.planning.errors import NotAllowed, NotFound, PlanningError
from webgis.store import regions as table
from webgis.store.database import Database

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Region:
    """One region; synthetic: part of a made-up city."""

    code: str
    kind: str
    name: str
    parent: str | None
    population: int | None
    households: int | None
    source: str
    surveyed_on: dt.date | None
    synthetic: bool
    version: int


@dataclass(frozen=True)
class OutlinedRegion:
    """A region with its outline (GeoJSON) and bounds, both None if it has none."""

    region: Region
    geometry: dict[str, Any] | None
    bounds: Bounds | None

    @property
    def version(self) -> int:
        """That of the region."""
        return self.region.version


def list_regions(db: Database, kind: str | None = None, parent: str | None = None) -> tuple[Region, ...]:
    """Regions in order of code; of one kind, or directly below a parent."""
    with db.transaction() as session:
        return tuple(Region(**row) for row in table.list_regions(session, kind, parent))


def region(db: Database, code: str) -> OutlinedRegion:
    """One region. Raises NotFound."""
    with db.transaction() as session:
        return stored_region(session, code)


def stored_region(session: Session, code: str) -> OutlinedRegion:
    """The same inside a transaction that goes on."""
    row = table.find(session, code)
    if row is None:
        raise NotFound("no_region", region=code)
    outline = None if row["geojson"] is None else json.loads(row["geojson"])
    bounds = None if outline is None else (row["west"], row["south"], row["east"], row["north"])
    fields = Region.__dataclass_fields__
    return OutlinedRegion(Region(**{name: row[name] for name in fields}), outline, bounds)


def name_region(db: Database, error: PlanningError) -> None:
    """Let a refusal of a right name its region as people do; one that is not on record keeps its code."""
    code = error.params.get("region") if isinstance(error, NotAllowed) else None
    if not code:
        return
    with db.transaction() as session:
        row = table.find(session, code)
    if row is not None:
        error.params["region"] = row["name"]


def bounds(db: Database, prefix: str = "") -> Bounds | None:
    """West, south, east, north of all kelurahan whose code starts with a prefix; None if there are none."""
    with db.transaction() as session:
        return table.bounds(session, prefix)


def cities(db: Database) -> tuple[Region, ...]:
    """The cities on record."""
    return list_regions(db, "kota")


def layer_versions(db: Database) -> dict[str, int]:
    """Version of every layer, for ETags and for runs that name what they used."""
    with db.transaction() as session:
        return table.versions(session)


def city_of(code: str) -> str:
    """Code of the kota or kabupaten that a region lies in: the first two parts, like 32.73."""
    return ".".join(code.split(".")[:2])
