"""Where a raster is above a threshold, as outlines for a map. It knows nothing about what the raster measures."""

from __future__ import annotations

from os import PathLike

import numpy as np
import rasterio  # type: ignore[import-untyped, unused-ignore]
import rasterio.features  # type: ignore[import-untyped, unused-ignore]
import shapely  # type: ignore[import-untyped, unused-ignore]
from shapely.geometry import shape as from_geojson  # type: ignore[import-untyped, unused-ignore]
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.geodesy import crs, reproject
from gis_core.raster import system_of

WGS84 = 4326


def areas_above(path: str | PathLike[str], threshold: float) -> list[BaseGeometry]:
    """Polygons (WGS 84, degrees) around the cells of a raster file's first band that exceed a threshold.

    Cells that share an edge are one polygon, those that touch at a corner are two; cells without data are not in.
    Outlines follow the cells and are not smoothed, so that they say no more than the raster. Raises CrsMismatch for
    a raster without a system.
    """
    with rasterio.open(path) as dataset:
        source = system_of(dataset)
        values = dataset.read(1, masked=True).astype(np.float64).filled(np.nan)
        above = values > threshold
        found = rasterio.features.shapes(above.astype(np.uint8), mask=above, transform=dataset.transform)
        return [
            reproject(shapely.make_valid(from_geojson(outline)), source, crs(WGS84)) for outline, _ in found
        ]
