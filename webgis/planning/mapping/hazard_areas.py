"""The flood map as a layer: ground where the flood raster is deeper than its threshold, drawn once per raster.

It knows nothing about works: those are judged by the raster itself (`works`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from gis_core import raster_areas
from webgis.store import hazard_areas as table
from webgis.store.database import Database

FLOOD = "flood"


@dataclass(frozen=True)
class FloodMap:
    """What the layer means: water deeper than `threshold` metres, in the year of the raster (None: not told)."""

    threshold: float
    year: int | None


def draw_areas(session: Session, data_dir: Path) -> None:
    """Draw the outlines of each flood raster that has none, where its file is there. The session is the owner's."""
    for row in table.without_areas(session, FLOOD):
        path = data_dir / row["path"]
        if path.is_file():
            table.add(session, row, raster_areas.areas_above(path, row["threshold"]))


def flood_map(db: Database) -> FloodMap | None:
    """What to say beside the layer; None where the city has no flood map."""
    with db.transaction() as session:
        row = table.shown(session, FLOOD)
    return None if row is None else FloodMap(row["threshold"], row["year"])
