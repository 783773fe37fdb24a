"""How poor each RT is and which RT are slum, worst first.

It knows nothing about single households or criteria; it gives a level between 0 and 1 and a list of codes.
The idea: in a Javanese town poverty, low ground and crowding go together, though never fully.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .buildings import Fabric
from .frame import stream
from .regions import Regions
from .skeleton import Skeleton
from .slums import flooded_share
from .terrain import Terrain
from .zones import Zones

LEVEL = {"slum": 0.62, "kampung": 0.36, "planned": 0.12, "open": 0.34, "hill": 0.3}
SLUM_SHARE, SLUM_BUILDINGS, SLUM_AREA_M2 = 0.5, 18, 25_000.0


@dataclass
class Hardship:
    """Poverty level of every RT and the codes of the slum RT, worst first."""

    level: dict[str, float]
    slum: list[str]


def weigh(bones: Skeleton, terrain: Terrain, zones: Zones, regions: Regions, fabric: Fabric) -> Hardship:
    """Judge every RT by the zones it lies in, by flood and by crowding."""
    rng = stream("hardship")
    standing: dict[str, int] = {}
    for building in fabric.buildings:
        code = regions.rt_of_unit.get(building.rt, "")
        standing[code] = standing.get(code, 0) + 1
    level: dict[str, float] = {}
    ranked: list[tuple[float, str]] = []
    for region in regions.of_kind("rt"):
        shares = _zone_shares(region.metric, bones, zones)
        flood = flooded_share(region.metric, terrain)
        level[region.code] = sum(LEVEL[zone] * share for zone, share in shares.items()) + 0.12 * flood
        crowding = standing.get(region.code, 0) / max(region.metric.area / 1e4, 0.1)
        badness = 0.5 * flood + crowding / 120.0 + float(rng.normal(0, 0.15))
        enough = standing.get(region.code, 0) >= SLUM_BUILDINGS and region.metric.area <= SLUM_AREA_M2
        if shares.get("slum", 0.0) >= SLUM_SHARE and enough:
            ranked.append((-badness, region.code))
    return Hardship(level, [code for _, code in sorted(ranked)])


def _zone_shares(shape: shapely.Geometry, bones: Skeleton, zones: Zones) -> dict[str, float]:
    """Shares of the zones on the dry land of a region."""
    x0, y0, x1, y1 = shape.bounds
    step = max((shape.area / 150.0) ** 0.5, 5.0)
    grid_x, grid_y = np.meshgrid(np.arange(x0, x1, step), np.arange(y0, y1, step))
    x, y = grid_x.ravel(), grid_y.ravel()
    dry = shapely.contains_xy(shape, x, y) & ~shapely.contains_xy(bones.water, x, y)
    kinds = zones.of(x[dry], y[dry]) if dry.any() else ["open"]
    return {zone: kinds.count(zone) / len(kinds) for zone in sorted(set(kinds))}
