"""Infrastructure assets, one or many.

It knows nothing about rights; assets are public. A drain's line runs with the water.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store.listing import in_box, part

_COLUMNS = """
    id::text, kind, name, kelurahan, condition, material, width_m, capacity, built_year, owner, source, surveyed_on,
    synthetic, version, created_at, updated_at, ST_AsGeoJSON(geom, 7) as geojson
"""
_FILTER = f"""
    from asset where (cast(:kelurahan as text) is null or kelurahan = :kelurahan)
      and (cast(:kind as text) is null or kind = :kind)
      and (cast(:condition as text) is null or condition = :condition)
      and {in_box("geom")}
"""


def select(session: Session, chosen: dict[str, Any], limit: int, offset: int) -> tuple[list[RowMapping], int]:
    """Assets that fit all filters, in order of kind and id, and how many there are in all."""
    return part(session, _COLUMNS, _FILTER, "kind, id", chosen, limit, offset)


def find(session: Session, asset_id: str) -> RowMapping | None:
    """One asset, None if there is none of this id."""
    query = text(f"select {_COLUMNS} from asset where id = cast(:id as uuid)")
    return session.execute(query, {"id": asset_id}).mappings().one_or_none()


def nearest(session: Session, bbox: tuple[float, float, float, float], limit: int) -> list[RowMapping]:
    """Assets in a box, nearest to its middle first: id, kind, name, condition, metres, and where they are nearest."""
    query = text("""
        with view as (
            select ST_MakeEnvelope(:west, :south, :east, :north, 4326) as box,
                   ST_SetSRID(ST_MakePoint((:west + :east) / 2, (:south + :north) / 2), 4326) as middle
        )
        select id::text, kind, name, condition, ST_Distance(geom::geography, middle::geography) as metres,
               ST_X(ST_ClosestPoint(geom, middle)) as lon, ST_Y(ST_ClosestPoint(geom, middle)) as lat
        from asset, view where ST_Intersects(geom, box) order by geom <-> middle, id limit :limit
    """)
    west, south, east, north = bbox
    values = {"west": west, "south": south, "east": east, "north": north, "limit": limit}
    return list(session.execute(query, values).mappings())


def within(session: Session, asset_id: str, lon: float, lat: float, metres: float) -> bool:
    """Whether a place is at an asset or no farther from it than so many metres."""
    query = text("""
        select ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326)::geography, :metres)
        from asset where id = cast(:id as uuid)
    """)
    values = {"id": asset_id, "lon": lon, "lat": lat, "metres": metres}
    return bool(session.execute(query, values).scalar_one())
