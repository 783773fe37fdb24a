"""The committed sample files, read once for all tests of this room."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.transform import rowcol
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "sample_layers" / "data"
LAYERS = (
    "regions", "slum_areas", "slum_assessments", "assets", "households", "roads", "buildings", "waterways",
    "places", "spatial_plan", "city_programmes", "proposals",
)  # fmt: skip
Rows = list[dict[str, Any]]
_to_utm = Transformer.from_crs(4326, 32748, always_xy=True)


class SampleCity:
    """Layers as rows of properties with `geom` (lon/lat) beside them."""

    def __init__(self) -> None:
        self.layers: dict[str, Rows] = {}
        for name in LAYERS:
            document = json.loads(gzip.decompress((DATA / f"{name}.geojson.gz").read_bytes()))
            self.layers[name] = [_row(feature) for feature in document["features"]]

    def __getitem__(self, layer: str) -> Rows:
        return self.layers[layer]

    def regions(self, kind: str) -> dict[str, dict[str, Any]]:
        """The regions of one kind by code."""
        return {row["code"]: row for row in self.layers["regions"] if row["kind"] == kind}


def _row(feature: dict[str, Any]) -> dict[str, Any]:
    given = feature["geometry"]
    return {**feature["properties"], "geom": shape(given) if given else None}


def catalogue(name: str) -> dict[str, dict[str, Any]]:
    """A table of the application's catalogue, by key."""
    return tomllib.loads((ROOT / "webgis" / "catalogue" / f"{name}.toml").read_text(encoding="utf-8"))


def metric(geometry: BaseGeometry) -> BaseGeometry:
    """Lon/lat to metres of UTM 48S."""

    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(_to_utm.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(geometry, move)


@pytest.fixture(scope="session")
def city() -> SampleCity:
    return SampleCity()


@pytest.fixture(scope="session")
def height() -> Callable[[float, float], float]:
    """Ground height at a point in metres of UTM 48S."""
    with rasterio.open(DATA / "dem.tif") as source:
        grid, transform = source.read(1), source.transform

    def at(x: float, y: float) -> float:
        row, column = rowcol(transform, x, y)
        return float(grid[int(row), int(column)])

    return at
