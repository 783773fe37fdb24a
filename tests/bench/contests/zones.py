"""Mean of a raster over 1,597 neighbourhoods (RW): 10,000 x 10,000 cells of 2 m, some 60,000 cells a polygon."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import shapely
from affine import Affine

from gis_core.raster import mean_along
from tests.bench.contests.race import Way, race, show

SIDE, CELL, ZONES, EPSG = 10_000, 2.0, 1_597, 32748
WEST, NORTH = 690_000.0, 9_320_000.0
EXACT = "exactextract"


def run() -> None:
    """All ways; their means are compared with those of exactextract."""
    zones = neighbourhoods()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "depth.tif"
        write_raster(path)
        results = race([
            Way(EXACT, lambda: by_exactextract(zones, path)),
            Way("gis_core mean_along", lambda: lambda: by_core(zones, path),
                target="<= 0.45x exactextract, <= 0.25x rasterstats, <= 60 MB"),
            Way("rasterstats", lambda: by_rasterstats(zones, path)),
            Way("rasterio window and rasterize (pixel centres)", lambda: lambda: by_window(zones, path)),
        ], 3)  # fmt: skip
    exact = results[EXACT].answer
    away = {
        name: f"{np.abs(found.answer - exact).max():.0e}"
        for name, found in results.items()
        if exact is not None and not found.missing
    }
    show(
        "Mean of a raster, 1,597 RW on 10,000 x 10,000 cells", results, EXACT, **{"largest difference": away}
    )


def neighbourhoods() -> list[Any]:
    """Cells of a Voronoi diagram with a corner every 40 m, inside the raster."""
    rng = np.random.default_rng(3)
    frame = shapely.box(WEST, NORTH - SIDE * CELL, WEST + SIDE * CELL, NORTH)
    points = rng.uniform((WEST, NORTH - SIDE * CELL), (WEST + SIDE * CELL, NORTH), (ZONES, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame))
    inside = shapely.intersection(cells, shapely.buffer(frame, -50))
    return list(shapely.segmentize(inside, 40))


def write_raster(path: Path) -> None:
    """Depths between 0 and 1, rough, in tiles."""
    rng = np.random.default_rng(4)
    wave = np.sin(np.arange(SIDE) / 700)
    profile = {
        "width": SIDE,
        "height": SIDE,
        "count": 1,
        "dtype": "float32",
        "tiled": True,
        "crs": f"EPSG:{EPSG}",
    }
    with rasterio.open(
        path, "w", driver="GTiff", transform=Affine(CELL, 0, WEST, 0, -CELL, NORTH), **profile
    ) as out:
        for top in range(0, SIDE, 256):
            high = min(256, SIDE - top)
            band = (
                0.4
                + 0.3 * wave[top : top + high, None] * wave
                + 0.3 * rng.random((high, SIDE), dtype=np.float32)
            )
            out.write(band.astype(np.float32), 1, window=rasterio.windows.Window(0, top, SIDE, high))


def by_core(zones: list[Any], path: Path) -> Any:
    with rasterio.open(path) as dataset:
        return np.array([mean_along(zone, EPSG, dataset) for zone in zones])


def by_exactextract(zones: list[Any], path: Path) -> Callable[[], Any]:
    import geopandas as gpd
    from exactextract import exact_extract

    frame = gpd.GeoDataFrame(geometry=zones, crs=f"EPSG:{EPSG}")
    return lambda: exact_extract(str(path), frame, ["mean"], output="pandas")["mean"].to_numpy()


def by_rasterstats(zones: list[Any], path: Path) -> Callable[[], Any]:
    from rasterstats import zonal_stats

    return lambda: np.array([row["mean"] for row in zonal_stats(zones, str(path), stats=["mean"])])


def by_window(zones: list[Any], path: Path) -> Any:
    from rasterio.features import geometry_mask, geometry_window

    means = []
    with rasterio.open(path) as dataset:
        for zone in zones:
            window = geometry_window(dataset, [zone])
            inside = geometry_mask(
                [zone], (window.height, window.width), dataset.window_transform(window), invert=True
            )
            means.append(float(dataset.read(1, window=window)[inside].mean(dtype=np.float64)))
    return np.array(means)
