"""What kind of neighbourhood stands where: slum, kampung, planned housing, open land or wooded hill.

It knows nothing about single plots; it answers for a point, from terrain, water, railway and distance to the centre.
The idea is the usual growth of a Javanese town: dense kampung at the old centre, slums on the low banks, estates later.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .frame import Floats, Noise
from .skeleton import Skeleton
from .terrain import Terrain

KK_PER_HA = {"slum": 78.0, "kampung": 60.0, "planned": 34.0, "open": 3.0, "hill": 0.4}
CENTRE = (1330.0, 1330.0)


class Zones:
    """The zone of points; `grid` holds the density of households on a 15 m raster for quick sums."""

    def __init__(self, bones: Skeleton, terrain: Terrain) -> None:
        self._terrain, self._bones = terrain, bones
        self._estates, self._edge, self._patch = (
            Noise("estates", 900),
            Noise("edge", 500),
            Noise("patch", 260),
        )
        gx, gy = np.meshgrid(np.arange(7.5, 2800, 15.0), np.arange(7.5, 2300, 15.0))
        dry = ~shapely.contains_xy(bones.water, gx, gy)
        self._x, self._y = gx[dry], gy[dry]
        kinds = self.of(self._x, self._y)
        self._kk = np.array([KK_PER_HA[k] for k in kinds]) * 15.0 * 15.0 / 1e4

    def of(self, x: Floats, y: Floats) -> list[str]:
        """The zone of each point."""
        x, y = np.atleast_1d(np.asarray(x, float)), np.atleast_1d(np.asarray(y, float))
        river, canal = self._terrain.river_distance(x, y), self._terrain.canal_distance(x, y)
        rail = shapely.distance(shapely.points(x, y), self._bones.rail)
        centre = np.hypot((x - CENTRE[0]) / 1.12, y - CENTRE[1])
        urban = 1.0 - centre / 1180.0 + 0.16 * self._edge(x, y)
        mekar = (x > 940) & (x < 2030) & (y > 1040)
        out = np.where(urban > 0.34, "kampung", "planned").astype(object)
        out[(self._estates(x, y) > np.where(mekar, 0.2, 0.5)) & (river > 190)] = "planned"
        out[(urban < 0.18) & ~mekar] = "open"
        out[(self._patch(x, y) > 0.75) & (urban < 0.42) & ~mekar] = "open"
        low = np.where(mekar, 115.0, 85.0) + 50 * self._patch(x, y)
        slum = (river < low) | (canal < 48) | ((rail < 55) & mekar)
        out[slum & (urban > 0.12) & (y > 560)] = "slum"
        high = self._terrain.elevation(x, y)
        out[(high > 27)] = "hill"
        return [str(k) for k in out]

    def at(self, geometry: BaseGeometry) -> str:
        """The commonest zone of a polygon on a few of its points."""
        x0, y0, x1, y1 = geometry.bounds
        gx, gy = np.meshgrid(np.linspace(x0, x1, 7)[1:-1], np.linspace(y0, y1, 7)[1:-1])
        inside = shapely.contains_xy(geometry, gx.ravel(), gy.ravel())
        if not inside.any():
            point = geometry.representative_point()
            return self.of(np.array([point.x]), np.array([point.y]))[0]
        kinds = self.of(gx.ravel()[inside], gy.ravel()[inside])
        return max(sorted(set(kinds)), key=kinds.count)

    def households(self, geometry: BaseGeometry) -> float:
        """About how many households a polygon will hold."""
        x0, y0, x1, y1 = geometry.bounds
        near = (self._x >= x0) & (self._x <= x1) & (self._y >= y0) & (self._y <= y1)
        inside = shapely.contains_xy(geometry, self._x[near], self._y[near])
        return float(self._kk[near][inside].sum())
