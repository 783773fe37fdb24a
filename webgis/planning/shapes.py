"""A shape as somebody sent it: readable, of one kind, flat, rounded, drawable; or what is wrong with it.

It knows nothing about what is drawn. GeoJSON in WGS 84 goes in, a shapely geometry in degrees comes out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_core import geodesy
from webgis.planning.errors import Problem

KINDS: Final = ("point", "line", "polygon")
MOST_VERTICES: Final = 5_000
DECIMALS: Final = 7
"""Decimals of a degree that are kept: about a centimetre."""


def kind_of(shape: BaseGeometry) -> str:
    """One of KINDS."""
    return KINDS[int(shapely.get_dimensions(shape))]


def read_shape(given: Mapping[str, Any], most: int = MOST_VERTICES) -> BaseGeometry | Problem:
    """A geometry that can be stored, or why it cannot; most: vertices."""
    try:
        geometry = shapely.from_geojson(json.dumps(given))
    except (shapely.errors.GEOSException, TypeError, ValueError):
        return Problem("/geometry", "geometry_unreadable")
    if geometry is None or geometry.is_empty or geometry.geom_type == "GeometryCollection":
        return Problem("/geometry", "geometry_empty")
    if shapely.get_num_coordinates(geometry) > most:
        return Problem("/geometry", "geometry_too_large", {"most": most})
    lonlat = shapely.get_coordinates(geometry)
    if not np.all(np.isfinite(lonlat) & (np.abs(lonlat) <= (180, 90))):
        return Problem("/geometry/coordinates", "coordinates_out_of_bounds")
    rounded = shapely.transform(shapely.force_2d(geometry), lambda xy: np.round(xy, DECIMALS))
    return _flaw(rounded) or rounded


def read_kind(
    given: Mapping[str, Any], kinds: tuple[str, ...], problems: list[Problem], most: int = MOST_VERTICES
) -> BaseGeometry | None:
    """A geometry of one of the kinds, or None with the reason added to the problems."""
    found = read_shape(given, most)
    if isinstance(found, Problem):
        problems.append(found)
        return None
    if kind_of(found) not in kinds:
        params = {"given": kind_of(found), "wanted": ", ".join(kinds)}
        problems.append(Problem("/geometry/type", "shape_kind", params))
        return None
    return found


def same_shape(stored: Mapping[str, Any] | None, shape: BaseGeometry | None) -> bool:
    """Whether a geometry is the one that is stored already, point by point."""
    if stored is None or shape is None:
        return stored is None and shape is None
    return bool(shapely.equals_exact(shapely.from_geojson(json.dumps(stored)), shape))


def _flaw(geometry: BaseGeometry) -> Problem | None:
    dimension = int(shapely.get_dimensions(geometry))
    if dimension == 1 and geodesy.length_m(geometry) < 0.1:
        return Problem("/geometry", "line_without_length")
    if dimension == 2 and not geometry.is_valid:
        where = _crossing(geometry)
        return Problem("/geometry", "polygon_crosses_itself" if where else "polygon_invalid", where)
    if dimension == 2 and geodesy.area_m2(geometry) < 0.1:
        return Problem("/geometry", "polygon_without_area")
    return None


def _crossing(polygon: BaseGeometry) -> dict[str, float]:
    """Where a polygon crosses itself, as GEOS tells it ("Self-intersection[107.1 -6.9]")."""
    reason = str(shapely.is_valid_reason(polygon))
    if "intersection" not in reason.lower() or "[" not in reason:
        return {}
    lon, lat = reason[reason.index("[") + 1 : reason.index("]")].split()[:2]
    return {"lon": round(float(lon), 6), "lat": round(float(lat), 6)}
