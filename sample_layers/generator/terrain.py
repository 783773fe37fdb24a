"""Ground, water level and flood depth of the sample city as functions of place, and as 10 m rasters.

It knows nothing about streets or people; everything follows from the river and the canal.
The idea is height above nearest drainage (Nobre et al. 2011): low ground next to the river floods first.
"""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import cKDTree

from .frame import SPAN, Floats, Noise
from .skeleton import RIVER_WIDTH, Skeleton

CELL = 10.0
FLOOD_STAGE = 2.05  # metres above normal water in the design flood
NODATA = -9999.0


class Terrain:
    """Elevation and flood depth, metres; vectorised over local x, y."""

    def __init__(self, bones: Skeleton) -> None:
        at = np.arange(0, bones.river.length, 4.0)
        points = shapely.get_coordinates(shapely.line_interpolate_point(bones.river, at))
        self._river = cKDTree(points)
        self._level = 9.0 - 7.6 * (at / bones.river.length) ** 0.8
        canal_at = np.arange(0, bones.canal.length, 4.0)
        self._canal = cKDTree(shapely.get_coordinates(shapely.line_interpolate_point(bones.canal, canal_at)))
        start = self.water_level(*map(np.array, bones.canal.coords[0]))
        self._canal_level = float(start) + 0.3 - 0.0022 * canal_at
        self._rough, self._fine = Noise("rough", 700), Noise("fine", 160)

    def river_distance(self, x: Floats, y: Floats) -> Floats:
        """Metres to the centre of the river."""
        return np.asarray(self._river.query(_pairs(x, y))[0]).reshape(np.shape(x))

    def canal_distance(self, x: Floats, y: Floats) -> Floats:
        """Metres to the centre of the canal."""
        return np.asarray(self._canal.query(_pairs(x, y))[0]).reshape(np.shape(x))

    def water_level(self, x: Floats, y: Floats) -> Floats:
        """Normal water level of the river nearby: the reaches weighted by closeness, so no step between meanders."""
        xy, reaches = _pairs(x, y), self._river.data[::5]
        total, weights = np.zeros(len(xy)), np.zeros(len(xy))
        for (rx, ry), level in zip(reaches, self._level[::5], strict=True):
            w = ((xy[:, 0] - rx) ** 2 + (xy[:, 1] - ry) ** 2 + 200.0) ** -2.0
            total, weights = total + w * level, weights + w
        return np.asarray(total / weights).reshape(np.shape(x))

    def elevation(self, x: Floats, y: Floats) -> Floats:
        """Ground height: a plane falling north, hills in the south-east, a floodplain along the river."""
        d, level = self.river_distance(x, y), self.water_level(x, y)
        plane = 4.6 + (SPAN[1] - y) * 0.0052 + 0.9 * self._rough(x, y) + 0.22 * self._fine(x, y)
        plane = (
            plane
            + 34 * _bell(x, y, 2520, 330, 330)
            + 13 * _bell(x, y, 2180, 300, 190)
            + 12 * _bell(x, y, 330, 400, 300)
        )
        floodplain = level + 0.75 + 0.0042 * d + 0.35 * self._fine(x, y)
        near = np.exp(-((d / 230.0) ** 2))
        ground = near * floodplain + (1 - near) * np.maximum(plane, floodplain)
        ground = np.maximum(ground, level + 0.35)
        canal_d, i = self._canal.query(_pairs(x, y))
        cut = np.exp(-((canal_d / 18.0) ** 2)).reshape(np.shape(x))
        ground = ground * (1 - cut) + np.minimum(ground, self._canal_level[i].reshape(np.shape(x))) * cut
        bed = np.clip((RIVER_WIDTH / 2 + 3 - d) / 4.0, 0, 1)
        return np.asarray(ground * (1 - bed) + level * bed)

    def flood_depth(self, x: Floats, y: Floats) -> Floats:
        """Depth of the design flood; it thins out away from the river and is 0 beyond 420 m."""
        d = self.river_distance(x, y)
        stage = FLOOD_STAGE * np.clip(1.15 - d / 420.0, 0, 1)
        depth = self.water_level(x, y) + stage - self.elevation(x, y)
        return np.asarray(np.where(depth > 0.05, depth, 0.0))

    def grids(self, bones: Skeleton) -> tuple[Floats, Floats]:
        """DEM and flood depth, north row first, NODATA for flood outside the city."""
        x = np.arange(CELL / 2, SPAN[0], CELL)
        y = np.arange(CELL / 2, SPAN[1], CELL)[::-1]
        gx, gy = np.meshgrid(x, y)
        inside = shapely.contains_xy(bones.outline.buffer(CELL), gx.ravel(), gy.ravel()).reshape(gx.shape)
        flood = np.where(inside, np.round(self.flood_depth(gx, gy), 2), NODATA)
        return np.round(self.elevation(gx, gy), 2), flood


def _pairs(x: Floats, y: Floats) -> Floats:
    return np.column_stack([np.ravel(x), np.ravel(y)])


def _bell(x: Floats, y: Floats, cx: float, cy: float, width: float) -> Floats:
    return np.asarray(np.exp(-(((x - cx) ** 2 + (y - cy) ** 2) / (2 * width**2))))
