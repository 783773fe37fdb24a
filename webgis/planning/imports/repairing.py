"""Geometry as the store wants it: WGS 84, flat, valid, of the right kind; what was mended is said.

It knows nothing about layers or rows. make_valid is GEOS's own; slivers of another dimension that it leaves are
dropped, which is how GIS programs do it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from webgis.planning.imports.content import Unreadable

KINDS: Final = ("point", "line", "polygon")
SHORTEST: Final = 1e-9


def known_crs(text: str) -> pyproj.CRS:
    """The coordinate system of a code or WKT. Raises Unreadable("crs_unknown")."""
    if text.upper().startswith(("HTTP", "/", ".")):
        raise Unreadable("crs_unknown", found=text[:60])
    try:
        return pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise Unreadable("crs_unknown", found=text[:60]) from error


def crs_name(crs: pyproj.CRS) -> str:
    """EPSG:n where the system has a code, else its name."""
    code = crs.to_epsg(min_confidence=60)
    return f"EPSG:{code}" if code else str(crs.name)


def finite(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which geometries have only finite, sensible coordinates; a missing one counts as fine."""
    fine = np.ones(len(shapes), dtype=bool)
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    fine[owner[~(np.isfinite(xy).all(axis=1) & (np.abs(xy) < 1e9).all(axis=1))]] = False
    return fine


def to_lonlat(shapes: NDArray[np.object_], crs: pyproj.CRS, swap: bool) -> NDArray[np.object_]:
    """Flat geometries in WGS 84 longitude and latitude. swap: the file has latitude first."""
    flat = shapely.force_2d(shapes)
    if swap:
        flat = shapely.transform(flat, lambda xy: xy[:, ::-1])
    if crs.is_geographic and crs.to_epsg() in (4326, 9470, 4755):
        return np.asarray(flat, dtype=object)
    move = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)

    def moved(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(move.transform(xy[:, 0], xy[:, 1]))

    return np.asarray(shapely.transform(flat, moved), dtype=object)


def mend(shape: BaseGeometry, allowed: tuple[str, ...], multi: bool) -> tuple[BaseGeometry | None, str, str]:
    """(geometry or None, what was mended as a key of `words.MENDED`, code of the refusal or "")."""
    if shape.is_empty:
        return None, "", "geometry_empty"
    done, dimension = "", shapely.get_dimensions(shape)
    if not shape.is_valid:
        done = shapely.is_valid_reason(shape).split("[")[0].strip().lower()
        shape = shapely.make_valid(shape)
    if shapely.get_dimensions(shape) < dimension:
        return None, "", "geometry_collapsed"
    kind = KINDS[min(int(shapely.get_dimensions(shape)), 2)]
    if shape.geom_type == "GeometryCollection":
        kept = [
            p for p in shapely.get_parts(shape) if shapely.get_dimensions(p) == shapely.get_dimensions(shape)
        ]
        shape = (
            shapely.union_all(kept)
            if kind == "polygon"
            else kept[0]
            if len(kept) == 1
            else shapely.multilinestrings(kept)
        )
        done = done or "parts dropped"
    if (kind == "line" and shape.length < SHORTEST) or (kind == "polygon" and shape.area < SHORTEST**2):
        return None, "", "geometry_collapsed"
    if kind not in allowed:
        return None, "", "geometry_kind"
    if multi:
        shape = shape if shape.geom_type.startswith("Multi") else shapely.multipolygons([shape])
    elif shape.geom_type.startswith("Multi") and shapely.get_num_geometries(shape) == 1:
        shape = shapely.get_geometry(shape, 0)
    return (shape, done, "") if shape.is_valid else (None, "", "geometry_broken")
