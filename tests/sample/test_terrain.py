"""Height and flood of the sample city: the grids, and that water lies where it would."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import rasterio
import shapely
from rasterio.crs import CRS
from rasterio.transform import xy

from sample_layers.generator import skeleton
from sample_layers.generator.terrain import Terrain
from tests.sample.conftest import DATA, SampleCity, metric


def test_rasters_are_ten_metre_grids_in_utm() -> None:
    for name in ("dem", "flood"):
        with rasterio.open(DATA / f"{name}.tif") as source:
            assert source.crs == CRS.from_epsg(32748)
            assert source.res == (10.0, 10.0)
            assert source.nodata == -9999.0
            assert source.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"


def test_the_flood_is_deepest_near_the_river(city: SampleCity) -> None:
    river = metric(next(row["geom"] for row in city["waterways"] if row["kind"] == "river"))
    shapely.prepare(river)
    with rasterio.open(DATA / "flood.tif") as source:
        depth = source.read(1)
        rows, columns = np.indices(depth.shape)
        x, y = (
            np.array(axis).reshape(depth.shape)
            for axis in xy(source.transform, rows.ravel(), columns.ravel())
        )
    distance = shapely.distance(shapely.points(x, y), river)
    near = depth[(distance > 5) & (distance < 60) & (depth >= 0)]
    far = depth[(distance > 450) & (depth >= 0)]
    assert near.mean() > 0.5
    assert far.max() == 0


def test_ground_falls_along_the_river() -> None:
    bones = skeleton.draw()
    land = Terrain(bones)
    along = shapely.get_coordinates(shapely.line_interpolate_point(bones.river, np.linspace(400, 2900, 12)))
    levels = land.water_level(along[:, 0], along[:, 1])
    assert all(after < before for before, after in pairwise(levels.tolist()))


def test_committed_heights_are_those_of_the_generator() -> None:
    bones = skeleton.draw()
    dem, flood = Terrain(bones).grids(bones)
    for name, grid in (("dem", dem), ("flood", flood)):
        with rasterio.open(DATA / f"{name}.tif") as source:
            np.testing.assert_allclose(source.read(1), grid, atol=0.011)
