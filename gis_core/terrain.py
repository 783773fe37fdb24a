"""The ground under a work: slope of a place and grade of a line, in percent, from a height raster.

It knows nothing about what a kind of work can bear. Slope is Horn 1981 (weighted 3 x 3 differences); the grade of
a line is taken over pieces of at least two cells, since nothing shorter can be read from a raster (method 2.6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput
from gis_core.geodesy import check_drawable, crs, reproject
from gis_core.raster import VALID_SHARE, Grid, filled, mean_along

Floats = NDArray[np.float64]

PIECE_CELLS: Final = 2.0
STEEP_PERCENTILE: Final = 95.0
DEGREE_M: Final = 111_195.0
"""Metres of a degree of a great circle (mean radius of the earth); to size cells, not to measure works."""


@dataclass(frozen=True, eq=False)
class Terrain:
    """Heights in metres, and the slope in percent made from them, on the same cells."""

    height: Grid
    slope: Grid


def terrain(height: Grid) -> Terrain:
    """Heights with their slope by Horn; border cells and neighbours of gaps have none (NaN)."""
    z = filled(height)
    if min(z.shape) < 3:
        return Terrain(height, Grid(np.full(z.shape, np.nan), height.transform, None, height.epsg))
    east = z[:-2, 2:] + 2 * z[1:-1, 2:] + z[2:, 2:] - z[:-2, :-2] - 2 * z[1:-1, :-2] - z[2:, :-2]
    south = z[2:, :-2] + 2 * z[2:, 1:-1] + z[2:, 2:] - z[:-2, :-2] - 2 * z[:-2, 1:-1] - z[:-2, 2:]
    wide, high = cell_metres(height)
    slope = np.full(z.shape, np.nan)
    slope[1:-1, 1:-1] = 100 * np.hypot(east / (8 * wide), south / (8 * high))
    return Terrain(height, Grid(slope, height.transform, None, height.epsg))


def steepness(work: BaseGeometry, epsg: int, ground: Terrain) -> float | None:
    """How steep a work lies, in percent: the grade of a line, the mean slope under a point or an area.

    work: geometry in metres of the system `epsg`. None where too little is known, and for a line shorter than
    two cells. Raises BadInput for a geometry that cannot be scored.
    """
    if int(shapely.get_dimensions(work)) == 1:
        return grade(work, epsg, ground.height)
    return mean_along(work, epsg, ground.slope)


def grade(line: BaseGeometry, epsg: int, height: Grid) -> float | None:
    """Grade of a line in percent: 95th percentile of |dz| / ds over its pieces; None if less than half is known.

    Each part of the line is cut into equal pieces, as many as have two cells each. On a plane this is the
    grade of the plane along the line, never more than its slope.
    """
    check_drawable(line)
    if int(shapely.get_dimensions(line)) != 1:
        raise BadInput("a grade is asked of lines only")
    piece = PIECE_CELLS * max(cell_metres(height))
    grades, lengths = [np.empty(0)], [np.empty(0)]
    for part in shapely.get_parts(line):
        count = int(np.floor(part.length / piece * (1 + 1e-9)))
        if count:
            stops = shapely.line_interpolate_point(part, np.linspace(0, part.length, count + 1))
            z = heights_at(shapely.get_coordinates(stops), epsg, height)
            grades.append(100 * np.abs(np.diff(z)) / (part.length / count))
            lengths.append(np.full(count, part.length / count))
    found, length = np.concatenate(grades), np.concatenate(lengths)
    known = np.isfinite(found)
    if not known.any() or length[known].sum() < VALID_SHARE * length.sum() * (1 - 1e-9):
        return None
    return float(np.percentile(found[known], STEEP_PERCENTILE))


def cell_metres(grid: Grid) -> tuple[float, float]:
    """Width and height of a cell in metres; of degrees at the latitude of the middle of the grid."""
    wide, high = (
        float(np.hypot(grid.transform.a, grid.transform.d)),
        float(np.hypot(grid.transform.b, grid.transform.e)),
    )
    if not crs(grid.epsg).is_geographic:
        return wide, high
    rows, columns = grid.array.shape
    latitude = grid.transform.d * columns / 2 + grid.transform.e * rows / 2 + grid.transform.f
    return wide * DEGREE_M * float(np.cos(np.radians(latitude))), high * DEGREE_M


def heights_at(xy: Floats, epsg: int, grid: Grid) -> Floats:
    """Values (n,) at points (n, 2) of the system `epsg`, bilinear between the middles of cells; NaN where unknown."""
    moved = shapely.get_coordinates(reproject(shapely.multipoints(xy), crs(epsg), crs(grid.epsg)))
    inverse, (x, y) = ~grid.transform, moved.T
    columns = inverse.a * x + inverse.b * y + inverse.c
    rows = inverse.d * x + inverse.e * y + inverse.f
    column, row = columns - 0.5, rows - 0.5
    left, top = np.floor(column).astype(np.int64), np.floor(row).astype(np.int64)
    inside = (left >= 0) & (top >= 0) & (left + 1 < grid.array.shape[1]) & (top + 1 < grid.array.shape[0])
    z = filled(grid)
    x, y, k, m = column[inside] - left[inside], row[inside] - top[inside], left[inside], top[inside]
    upper = z[m, k] * (1 - x) + z[m, k + 1] * x
    lower = z[m + 1, k] * (1 - x) + z[m + 1, k + 1] * x
    result = np.full(len(xy), np.nan)
    result[inside] = upper * (1 - y) + lower * y
    return result
