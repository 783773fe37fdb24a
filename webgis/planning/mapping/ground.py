"""What lies under a small drawing of a place: houses, water, streets and borders inside bounds.

It knows nothing about drawings. All of it is on the public map; nothing here is about people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import shapely
from pyproj import Transformer

from webgis.store import preview_map
from webgis.store.database import Database

Bounds = tuple[float, float, float, float]
HOUSES_UP_TO_M: Final = 900.0
"""Width of a drawing, in web metres, from which single houses would be a grey haze."""
_to_metres: Final = Transformer.from_crs(4326, 3857, always_xy=True)


def ground(db: Database, bounds: Bounds, fine: int) -> dict[str, Mapping[str, Any]]:
    """GeoJSON (WGS84) by name, in the order of drawing: houses, lakes (areas); rivers, streets, borders (lines).

    bounds: west, south, east, north in degrees. fine: how many steps of the width a corner must stand out by at least
    one half to be kept. What has nothing inside the bounds is left out.
    """
    west, south, east, north = _to_metres.transform_bounds(*bounds)
    names = (*(("houses",) if east - west <= HOUSES_UP_TO_M else ()), "water", "streets", "borders")
    with db.transaction() as session:
        shapes = preview_map.shapes_in(session, (west, south, east, north), names)
    found: dict[str, Mapping[str, Any]] = {}
    for name, shape in shapes.items():
        kept = shapely.simplify(shapely.get_parts(shape), (east - west) / fine / 2)
        plain = shapely.transform(
            shapely.get_parts(kept[~shapely.is_empty(kept)]), _to_degrees, interleaved=False
        )
        for dimension, called, collect in (
            (2, "lakes" if name == "water" else name, shapely.multipolygons),
            (1, "rivers" if name == "water" else name, shapely.multilinestrings),
        ):
            if parts := [part for part in plain if shapely.get_dimensions(part) == dimension]:
                found[called] = shapely.geometry.mapping(collect(parts))
    return found


def _to_degrees(x: Any, y: Any) -> Any:
    return _to_metres.transform(x, y, direction="INVERSE")
