"""Outlines of the cells above a threshold: which cells, where, and what a raster without a system gets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine

from gis_core.errors import CrsMismatch
from gis_core.raster_areas import areas_above

CELL = 0.001
DEPTHS = np.array([[0.5, 0.3, 0.0, -9.0], [0.9, 0.0, 0.4, -9.0]])


def written(path: Path, crs: str | None) -> Path:
    with rasterio.open(
        path, "w", driver="GTiff", width=4, height=2, count=1, dtype="float64", crs=crs, nodata=-9.0,
        transform=Affine(CELL, 0, 107.0, 0, -CELL, -7.0),
    ) as file:  # fmt: skip
        file.write(DEPTHS, 1)
    return path


def test_cells_above_the_threshold_are_outlined_and_no_others(tmp_path: Path) -> None:
    found = shapely.union_all(areas_above(written(tmp_path / "flood.tif", "EPSG:4326"), 0.3))
    # The cell of exactly 0.3 is not above; the first column is one area, the last cell with data another.
    due = shapely.union_all(
        [shapely.box(107.0, -7.002, 107.001, -7.0), shapely.box(107.002, -7.002, 107.003, -7.001)]
    )
    assert found.symmetric_difference(due).area == pytest.approx(0, abs=1e-12)


def test_nothing_above_gives_no_areas_and_no_data_is_never_above(tmp_path: Path) -> None:
    file = written(tmp_path / "flood.tif", "EPSG:4326")
    assert areas_above(file, 1.0) == []
    assert sum(area.area for area in areas_above(file, -1e9)) == pytest.approx(6 * CELL**2)


def test_a_raster_without_a_system_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CrsMismatch):
        areas_above(written(tmp_path / "flood.tif", None), 0.3)
