"""The outlines of hazard rasters: which are missing, how they are put in, and what the map says about itself."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def without_areas(session: Session, kind: str) -> list[RowMapping]:
    """Registered rasters of a kind, with a threshold, of which no outline is stored."""
    query = text("""
        select id::text, kind, path, threshold, year from hazard h
        where kind = :kind and threshold is not null
          and not exists (select from hazard_area a where a.hazard = h.id)
        order by path
    """)
    return list(session.execute(query, {"kind": kind}).mappings())


def add(session: Session, hazard: RowMapping, areas: Sequence[BaseGeometry]) -> None:
    """Store the outlines (polygons, WGS 84) of a raster."""
    if not areas:
        return
    session.execute(
        text("""
            insert into hazard_area (hazard, kind, threshold, year, geom)
            values (cast(:id as uuid), :kind, :threshold, :year, ST_GeomFromWKB(:wkb, 4326))
        """),
        [
            {**{key: hazard[key] for key in ("id", "kind", "threshold", "year")}, "wkb": shapely.to_wkb(area)}
            for area in areas
        ],
    )


def shown(session: Session, kind: str) -> RowMapping | None:
    """Threshold, unit and year of the raster of a kind that the map shows; None without one."""
    query = text("""
        select threshold, unit, year from hazard h
        where kind = :kind and exists (select from hazard_area a where a.hazard = h.id) order by path limit 1
    """)
    return session.execute(query, {"kind": kind}).mappings().first()
