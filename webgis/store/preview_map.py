"""The little that a small picture of a place needs: border, streets, water and houses in a box, in web metres.

It knows nothing about pictures. Nothing here is about people; what is drawn is on every public map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

Box = tuple[float, float, float, float]
_LAYERS: Mapping[str, str] = {
    "borders": "select ST_Boundary(geom_3857) as geom from region where kind in ('kelurahan', 'rw')",
    "water": "select geom_3857 as geom from waterway",
    "flood": "select geom_3857 as geom from hazard_area where kind = 'flood'",
    "streets": "select geom_3857 as geom from road where class <> 'rail'",
    "houses": "select geom_3857 as geom from building",
}


def shapes_in(
    session: Session, box: Box, names: Sequence[str] = ("borders", "water", "streets")
) -> dict[str, BaseGeometry]:
    """Each named layer inside a box as one shape, in EPSG:3857."""
    found = {}
    for name in names:
        layer = _LAYERS[name]
        query = text(f"""
            select ST_AsBinary(ST_Collect(ST_ClipByBox2D(geom, box))) from ({layer}) layer,
            (select ST_MakeEnvelope(:west, :south, :east, :north, 3857) as box) frame where geom && box
        """)
        wkb = session.execute(
            query, dict(zip(("west", "south", "east", "north"), box, strict=True))
        ).scalar_one()
        found[name] = shapely.from_wkb(bytes(wkb)) if wkb else shapely.GeometryCollection()
    return found
