"""Writes the layers: gzipped GeoJSON in lon/lat and Cloud-Optimised GeoTIFF in UTM, the same bytes on every run.

It knows nothing about what the layers mean; keys are sorted, decimals fixed and no time stamp is written.
The idea of reproducible output is that of reproducible builds: a changed byte is a changed city.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import rasterio
import shapely
from rasterio.transform import from_origin

from .feature import Feature
from .frame import ORIGIN, SPAN, UTM, Floats, lonlat
from .terrain import CELL, NODATA


def write_layer(folder: Path, name: str, features: list[Feature], world: bool = False) -> None:
    """Write NAME.geojson.gz; `world` says that the geometries are lon/lat already."""
    lines = [_line(f, world) for f in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (folder / f"{name}.geojson.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _line(feature: Feature, world: bool) -> str:
    shape = feature.geometry
    document: dict[str, object] = {"type": "Feature", "geometry": None, "properties": feature.properties}
    if shape is not None:
        placed = shape if world else lonlat(shape)
        if not placed.is_valid:
            placed = shapely.make_valid(placed)
        document["geometry"] = shapely.geometry.mapping(shapely.orient_polygons(placed))
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_raster(folder: Path, name: str, grid: Floats) -> None:
    """Write NAME.tif: 10 m cells, north row first."""
    profile = {
        "driver": "COG", "height": grid.shape[0], "width": grid.shape[1], "count": 1, "dtype": "float32",
        "crs": f"EPSG:{UTM}", "nodata": NODATA, "compress": "DEFLATE", "predictor": 3, "blocksize": 256,
        "transform": from_origin(ORIGIN[0], ORIGIN[1] + SPAN[1], CELL, CELL),
    }  # fmt: skip
    with rasterio.open(folder / f"{name}.tif", "w", **profile) as target:
        target.write(grid.astype(np.float32), 1)
