"""Which cells of a raster lie under a geometry, and how much of each; exact at cell borders.

It knows nothing about what the cells hold. Exact cutting and coverage fractions are the method's section 2.6, after
exactextract (Baston 2018).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from affine import Affine  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput

Floats = NDArray[np.float64]

CELL_LIMIT = 4_000_000
"""Largest window in cells; a work or an RT covers thousands, a wrong projection covers everything."""

_NOTHING = 1e-12
"""A covered fraction below this is rounding."""


@dataclass(frozen=True, eq=False)
class Cells:
    """A window of a raster around a geometry: its first row and column, weight (rows, columns) of its cells.

    Weight: length along a line, covered area of a polygon (both in cells), 1 for each point; 0 beside the geometry.
    total: the whole weight, that of cells beyond the raster included.
    """

    top: int
    left: int
    weight: Floats
    total: float


def cells_under(
    geometry: BaseGeometry, transform: Affine, shape: tuple[int, int], x_scale: float = 1.0
) -> Cells:
    """The cells of a raster of (rows, columns) under a geometry in the raster's own system.

    x_scale: length of a unit of x in units of y, for rasters in degrees. A line along a cell border
    belongs to the cell of larger row or column. Raises BadInput for a mixed collection and for more
    than CELL_LIMIT cells.
    """
    inverse = ~transform

    def to_cells(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Fractional column and row."""
        return inverse.a * x + inverse.b * y + inverse.c, inverse.d * x + inverse.e * y + inverse.f

    placed = shapely.transform(geometry, to_cells, interleaved=False)
    if placed.geom_type == "GeometryCollection":
        raise BadInput("a collection has no single dimension; give points, lines or polygons")
    dimension = int(shapely.get_dimensions(placed))
    if dimension == 2:
        return _polygon_cells(placed, shape)
    if dimension == 1:
        return _window(*_line_cells(placed, transform, x_scale), shape)
    columns, rows = np.floor(shapely.get_coordinates(placed)).astype(np.int64).T
    return _window(columns, rows, np.ones(len(rows)), shape)


def _window(
    columns: NDArray[np.int64], rows: NDArray[np.int64], weight: Floats, shape: tuple[int, int]
) -> Cells:
    """Weights (k,) at columns and rows as the window of the raster that they span."""
    inside = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
    columns, rows, total = columns[inside], rows[inside], float(weight.sum())
    if not len(rows):
        return Cells(0, 0, np.empty((0, 0)), total)
    left, top = int(columns.min()), int(rows.min())
    wide, high = int(columns.max()) - left + 1, int(rows.max()) - top + 1
    if wide * high > CELL_LIMIT:
        raise BadInput("the geometry spans too many cells of the raster")
    place = (rows - top) * wide + columns - left
    found = np.asarray(np.bincount(place, weight[inside], high * wide), dtype=np.float64)
    return Cells(top, left, found.reshape(high, wide), total)


def _line_cells(
    line: BaseGeometry, transform: Affine, x_scale: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Columns, rows and lengths of the pieces of lines given in cell coordinates."""
    start, end = _edges(shapely.get_parts(line))
    edge, t0, t1 = _pieces(start, end)
    way = end - start
    # Cells need not be square: lengths are taken back to the units of the raster.
    back = np.array([[transform.a * x_scale, transform.b * x_scale], [transform.d, transform.e]])
    middle = start[edge] + ((t0 + t1) / 2)[:, None] * way[edge]
    columns, rows = np.floor(middle).astype(np.int64).T
    return columns, rows, (t1 - t0) * np.hypot(*(back @ way.T))[edge]


def _edges(curves: NDArray[Any]) -> tuple[Floats, Floats]:
    """Starts and ends (e, 2) of the straight edges of lines or rings."""
    ends, of = shapely.get_coordinates(curves, return_index=True)
    same = of[1:] == of[:-1]
    return ends[:-1][same], ends[1:][same]


def _pieces(start: Floats, end: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Edges cut wherever a coordinate passes a whole number: number of the edge, from and to as fractions of it."""
    number = np.arange(len(start))
    edges, cuts = [number, number], [np.zeros(len(start)), np.ones(len(start))]
    for a, b in zip(start.T, end.T, strict=True):
        first = np.floor(np.minimum(a, b)) + 1
        count = np.maximum(np.ceil(np.maximum(a, b)) - first, 0)
        if count.sum() > CELL_LIMIT:
            raise BadInput("the geometry crosses too many cells of the raster")
        times = count.astype(np.int64)
        edge = np.repeat(number, times)
        nth = np.arange(len(edge)) - np.repeat(np.cumsum(times) - times, times)
        edges.append(edge)
        cuts.append((first[edge] + nth - a[edge]) / (b - a)[edge])
    edge, cut = np.concatenate(edges), np.concatenate(cuts)
    order = np.argsort(2.0 * edge + cut)
    edge, cut = edge[order], cut[order]
    kept = np.flatnonzero((edge[1:] == edge[:-1]) & (cut[1:] > cut[:-1]))
    return edge[kept], cut[kept], cut[kept + 1]


def _polygon_cells(polygon: BaseGeometry, shape: tuple[int, int]) -> Cells:
    """The cells of the raster under a polygon, given in cell coordinates, and how much of each it covers.

    Exact without cutting a cell: every piece of the border adds its height to all cells on its right, and to its
    own cell the part of it on its right (signed areas, as rasterisers of fonts sum them).
    """
    x0, y0, x1, y1 = polygon.bounds
    left, top = max(int(np.floor(x0)), 0), max(int(np.floor(y0)), 0)
    wide = max(int(np.ceil(min(x1, shape[1]))) - left, 0)
    high = max(int(np.ceil(min(y1, shape[0]))) - top, 0)
    if wide * high > CELL_LIMIT:
        raise BadInput("the polygon covers too many cells of the raster")
    if wide * high == 0:
        return Cells(0, 0, np.empty((0, 0)), float(polygon.area))
    parts = shapely.get_parts(_clipped(polygon, shape))
    areas = shapely.orient_polygons(parts[shapely.get_dimensions(parts) == 2])
    start, end = (ends - (left, top) for ends in _edges(shapely.get_rings(areas)))
    edge, t0, t1 = _pieces(start, end)
    way = (end - start)[edge]
    middle = start[edge] + ((t0 + t1) / 2)[:, None] * way
    column, row = np.clip(np.floor(middle), 0, (wide, high)).astype(np.int64).T
    height = (t1 - t0) * way[:, 1]
    own = height * (column + 1 - middle[:, 0])
    # Borders along the right side and the lower change nothing: there are no cells beyond.
    place, own_in, next_in = row * wide + column, column < wide, column + 1 < wide
    change = np.bincount(
        np.append(place[own_in], place[next_in] + 1),
        np.append(own[own_in], (height - own)[next_in]),
        (high + 1) * wide,
    )[: high * wide]
    fraction = _summed_along_rows(np.asarray(change, dtype=np.float64), wide)
    return Cells(top, left, fraction.reshape(high, wide), float(polygon.area))


def _summed_along_rows(change: Floats, wide: int) -> Floats:
    """Covered fractions (cells,) from changes along each row, which are 0 nearly everywhere.

    Sums are made of what is not 0 only and then stand in all cells up to the next: a third of the time of a sum of all.
    """
    marked = change != 0
    marked[::wide] = True
    at = np.flatnonzero(marked)
    steps, begin = change[at], np.flatnonzero(at % wide == 0)
    level = np.cumsum(steps)
    level -= np.repeat(level[begin] - steps[begin], np.diff(begin, append=len(at)))
    level = np.minimum(np.abs(level), 1.0)
    level[level <= _NOTHING] = 0.0
    return np.repeat(level, np.diff(at, append=len(change)))


def _clipped(polygon: BaseGeometry, shape: tuple[int, int]) -> BaseGeometry:
    """What of a polygon in cell coordinates lies on the raster."""
    x0, y0, x1, y1 = polygon.bounds
    if min(x0, y0) >= 0 and x1 <= shape[1] and y1 <= shape[0]:
        return polygon
    return polygon.intersection(shapely.box(0, 0, shape[1], shape[0]))
