"""Between longitude/latitude and metres, and true lengths and areas on the ellipsoid.

It knows nothing about Indonesia beyond the rule that every place has a UTM zone, nor about files.
Zones follow the UTM definition (EPSG 326xx/327xx); geodesics are Karney 2013, by way of pyproj.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput

Floats = NDArray[np.float64]


def utm_epsg(lon: float, lat: float) -> int:
    """EPSG code of the WGS 84 / UTM zone of a place in degrees; the equator counts as north.

    Raises BadInput outside -180..180 and -80..84, where UTM is not defined.
    """
    if not -180 <= lon <= 180 or not -80 <= lat <= 84:
        raise BadInput(f"no UTM zone at longitude {lon}, latitude {lat}")
    zone = min(int((lon + 180) // 6) + 1, 60)
    return (32600 if lat >= 0 else 32700) + zone


def check_drawable(geometry: BaseGeometry) -> None:
    """Raise BadInput for what cannot be scored: empty, not finite, no length or area, self-crossing.

    Such geometries are refused with their reason rather than scored as 0 (method 6).
    """
    if geometry.is_empty:
        raise BadInput("the geometry is empty")
    dimension = int(shapely.get_dimensions(geometry))
    is_valid = bool(shapely.is_valid(geometry))
    # Coordinates that are not numbers make every geometry invalid.
    if not is_valid and not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise BadInput("the geometry has coordinates that are not numbers")
    if dimension == 1 and geometry.length == 0:
        raise BadInput("the line has no length")
    if dimension == 2 and geometry.area == 0:
        raise BadInput("the polygon has no area")
    if dimension == 2 and not is_valid:
        raise BadInput(f"the polygon is not valid: {shapely.is_valid_reason(geometry)}")


@lru_cache(maxsize=64)
def transformer(source: CRS, target: CRS) -> Transformer:
    """Transformation between two systems, always x/longitude first; cached, since making one is slow."""
    return Transformer.from_crs(source, target, always_xy=True)


@lru_cache(maxsize=64)
def crs(epsg: int) -> CRS:
    """The coordinate reference system of an EPSG code; BadInput if there is none."""
    try:
        return CRS.from_epsg(epsg)
    except CRSError as error:
        raise BadInput(f"EPSG:{epsg} is not a coordinate reference system") from error


def reproject(geometry: BaseGeometry, source: CRS, target: CRS) -> BaseGeometry:
    """The geometry with its vertices moved to another system.

    Raises BadInput if a vertex lies where the systems have no common ground.
    """
    if source == target:
        return geometry

    def move(x: Floats, y: Floats) -> NDArray[np.float64]:
        """x and y in the target system."""
        moved = np.asarray(transformer(source, target).transform(x, y), dtype=np.float64)
        if not np.isfinite(moved).all():
            raise BadInput(f"coordinates out of the bounds of {target.name}")
        return moved

    return shapely.transform(geometry, move, interleaved=False)


class Projector:
    """Moves geometries between WGS 84 degrees and one projected system in metres.

    epsg: code of the projected system, as a rule `utm_epsg` of the kelurahan. Raises BadInput for a
    code that is unknown or not in metres.
    """

    def __init__(self, epsg: int) -> None:
        self.epsg = epsg
        self._metres = crs(epsg)
        self._degrees = crs(4326)
        if not self._metres.is_projected or self._metres.axis_info[0].unit_name != "metre":
            raise BadInput(f"EPSG:{epsg} is not a projected system in metres")

    def to_metres(self, geometry: BaseGeometry) -> BaseGeometry:
        """From longitude, latitude to metres; BadInput for coordinates out of bounds."""
        _check_degrees(geometry)
        return reproject(geometry, self._degrees, self._metres)

    def to_lonlat(self, geometry: BaseGeometry) -> BaseGeometry:
        """From metres to longitude, latitude; BadInput for coordinates out of bounds."""
        moved = reproject(geometry, self._metres, self._degrees)
        _check_degrees(moved)
        return moved


def length_m(geometry: BaseGeometry) -> float:
    """Geodesic length in metres of lines (or of rings) given in WGS 84 degrees; points have none.

    Raises BadInput for coordinates out of bounds.
    """
    _check_degrees(geometry)
    lines = geometry.boundary if shapely.get_dimensions(geometry) == 2 else geometry
    return float(sum(_geod().geometry_length(part) for part in shapely.get_parts(lines)))


def area_m2(geometry: BaseGeometry) -> float:
    """Geodesic area in square metres of polygons given in WGS 84 degrees, holes taken off; else 0.

    Raises BadInput for coordinates out of bounds.
    """
    _check_degrees(geometry)
    polygons = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    # The signed area adds up only if shells and holes run opposite ways.
    return float(sum(_geod().geometry_area_perimeter(shapely.orient_polygons(p))[0] for p in polygons))


@lru_cache(maxsize=1)
def _geod() -> Geod:
    """The WGS 84 ellipsoid."""
    return Geod(ellps="WGS84")


def _check_degrees(geometry: BaseGeometry) -> None:
    """Raise BadInput unless every vertex is a finite longitude and latitude."""
    lonlat = shapely.get_coordinates(geometry)
    if not np.all(np.isfinite(lonlat) & (np.abs(lonlat) <= (180, 90))):
        raise BadInput("coordinates out of bounds: longitude -180..180, latitude -90..90")
