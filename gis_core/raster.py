"""What a raster says along a work: exposure to flood, mean value; exact at cell borders.

It knows nothing about hazards or thresholds in use, and never resamples: geometries move, cells do not.
Exact cutting and coverage fractions are the method's section 2.6, after exactextract (Baston 2018).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from os import PathLike
from typing import Any

import numpy as np
import rasterio  # type: ignore[import-untyped, unused-ignore]
import rasterio.windows  # type: ignore[import-untyped, unused-ignore]
import shapely  # type: ignore[import-untyped, unused-ignore]
from affine import Affine  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.enums import MaskFlags  # type: ignore[import-untyped, unused-ignore]
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.cells import CELL_LIMIT, Cells, cells_under
from gis_core.errors import BadInput, CrsMismatch
from gis_core.geodesy import check_drawable, crs, reproject

Floats = NDArray[np.float64]

VALID_SHARE = 0.5
"""Below this share of cells with data a raster says nothing about a geometry."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A raster held in memory: array (rows, columns), transform to x, y, nodata value, EPSG code.

    nodata None means that only NaN is missing. Raises BadInput unless the array has two dimensions.
    """

    array: NDArray[Any]
    transform: Affine
    nodata: float | None
    epsg: int

    def __post_init__(self) -> None:
        if np.ndim(self.array) != 2:
            raise BadInput("a grid has rows and columns", "/array")


Raster = Grid | str | PathLike[str] | Any
"""A Grid, the path of a raster file (its first band is read), or an open rasterio dataset."""


def exposure(geometry: BaseGeometry, epsg: int, raster: Raster, threshold: float) -> float | None:
    """Share 0..1 of a geometry that lies where the raster exceeds a threshold.

    geometry: in the system `epsg`; it is moved to the raster's own system. Lines are cut exactly at cell
    borders, polygons weigh cells by coverage, points take their cell. Nodata and what lies beyond the
    raster is neither dry nor wet: the share is of the rest, None if that rest is less than half. Raises
    CrsMismatch for a raster without a system, BadInput for a geometry that cannot be scored.
    """
    return _weighted(geometry, epsg, raster, lambda values: (values > threshold).astype(np.float64))


def mean_along(geometry: BaseGeometry, epsg: int, raster: Raster) -> float | None:
    """Mean of a raster over a geometry, weighted as in `exposure`; None where too little is known.

    A constant raster gives back exactly its constant. Raises as `exposure` does.
    """
    return _weighted(geometry, epsg, raster, lambda values: values)


def clipped(path: str | PathLike[str], around: BaseGeometry, epsg: int, margin_m: float) -> Grid | None:
    """The part of a raster file around a geometry, held in memory with gaps as NaN.

    around: geometry in metres of the system `epsg`. None where the raster does not reach it, or its system has no
    EPSG code. Raises CrsMismatch for a raster without a system, BadInput for more than CELL_LIMIT cells.
    """
    with rasterio.open(path) as dataset:
        source = _of_dataset(dataset)
        code = source.crs.to_epsg()
        if code is None:
            return None
        box = reproject(shapely.box(*around.bounds).buffer(margin_m, quad_segs=1), crs(epsg), source.crs)
        wanted = rasterio.windows.from_bounds(*box.bounds, transform=source.transform)
        top, left = max(int(np.floor(wanted.row_off)), 0), max(int(np.floor(wanted.col_off)), 0)
        bottom = min(int(np.ceil(wanted.row_off + wanted.height)), source.shape[0])
        right = min(int(np.ceil(wanted.col_off + wanted.width)), source.shape[1])
        if bottom <= top or right <= left:
            return None
        window = rasterio.windows.Window(left, top, right - left, bottom - top)
        if window.width * window.height > CELL_LIMIT:
            raise BadInput("the geometry spans too many cells of the raster")
        read = _read(dataset, window)
        t = source.transform
        corner = t.a * left + t.b * top + t.c, t.d * left + t.e * top + t.f
        return Grid(read, Affine(t.a, t.b, corner[0], t.d, t.e, corner[1]), None, code)


def filled(grid: Grid) -> Floats:
    """The values of a grid with NaN where there is none."""
    return _known(grid.array, grid.nodata)


def _known(array: NDArray[Any], nodata: float | None) -> Floats:
    """Values as floats, NaN where they mean that there is none."""
    values = np.asarray(array, dtype=np.float64)
    return values if nodata is None else np.where(values == nodata, np.nan, values)


def _weighted(geometry: BaseGeometry, epsg: int, raster: Raster, of: Any) -> float | None:
    """Weighted mean of a function of the cell values, or None below VALID_SHARE."""
    check_drawable(geometry)
    with _opened(raster) as source:
        moved = reproject(geometry, crs(epsg), source.crs)
        # A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
        x_scale = float(np.cos(np.radians(moved.centroid.y))) if source.crs.is_geographic else 1.0
        cells = cells_under(moved, source.transform, source.shape, x_scale)
        if not cells.weight.size:
            return None
        values, weight = source.values(cells), cells.weight
    valid = np.isfinite(values)
    if not valid.all():
        values, weight = np.where(valid, values, 0.0), np.where(valid, weight, 0.0)
    known = float(weight.sum())
    if not known or known < VALID_SHARE * cells.total * (1 - 1e-9):
        return None
    result = of(values)
    # Around one of the values, so that a constant comes back untouched by rounding.
    middle = result.flat[weight.argmax()]
    away = result - middle
    away *= weight
    return float(middle + away.sum() / known)


@dataclass(frozen=True, eq=False)
class _Source:
    """What both kinds of raster offer: system, transform, shape and the values of cells, NaN = none."""

    crs: CRS
    transform: Affine
    shape: tuple[int, int]
    grid: Grid | None
    dataset: Any

    def values(self, cells: Cells) -> Floats:
        """Values (rows, columns) in a window, NaN = none; of a file only the window is read."""
        rows, columns = cells.weight.shape
        if self.grid is not None:
            there = slice(cells.top, cells.top + rows), slice(cells.left, cells.left + columns)
            return _known(self.grid.array[there], self.grid.nodata)
        return _read(self.dataset, rasterio.windows.Window(cells.left, cells.top, columns, rows))


@contextmanager
def _opened(raster: Raster) -> Iterator[_Source]:
    """The raster as a source; a path is opened and closed again, a dataset of the caller stays open."""
    if isinstance(raster, Grid):
        shape = (raster.array.shape[0], raster.array.shape[1])
        yield _Source(crs(raster.epsg), raster.transform, shape, raster, None)
    elif isinstance(raster, str | PathLike):
        with rasterio.open(raster) as dataset:
            yield _of_dataset(dataset)
    else:
        yield _of_dataset(raster)


def _of_dataset(dataset: Any) -> _Source:
    """An open rasterio dataset as a source; CrsMismatch if it does not say its system."""
    return _Source(system_of(dataset), dataset.transform, (dataset.height, dataset.width), None, dataset)


def system_of(dataset: Any) -> CRS:
    """The coordinate reference system of an open rasterio dataset; CrsMismatch if it does not say it."""
    if dataset.crs is None:
        raise CrsMismatch(f"the raster {dataset.name} has no coordinate reference system")
    return _system(dataset.crs.wkt)


@lru_cache(maxsize=64)
def _system(wkt: str) -> CRS:
    """Kept, since looking up the code takes as long as reading a small window."""
    code = rasterio.CRS.from_wkt(wkt).to_epsg()
    return crs(code) if code else CRS.from_wkt(wkt)


def _read(dataset: Any, window: Any) -> Floats:
    """The values (rows, columns) of a window of a file as floats, NaN where they mean that there is none."""
    if MaskFlags.all_valid in dataset.mask_flag_enums[0]:  # asking for a mask reads everything twice
        return np.asarray(dataset.read(1, window=window, out_dtype=np.float64))
    return np.asarray(dataset.read(1, window=window, masked=True).astype(np.float64).filled(np.nan))
