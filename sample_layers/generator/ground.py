"""Free ground: where a tap, a post or a small park can stand without standing in a house, a street or the water.

It knows nothing about what will stand there; it answers with points and patches in an RT or beside a street.
The idea is dart throwing against a spatial index.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from .buildings import Fabric
from .regions import Region, Regions
from .roads import Road
from .skeleton import Skeleton


class Ground:
    """The city seen as free and taken ground."""

    def __init__(self, fabric: Fabric, roads: list[Road], regions: Regions, bones: Skeleton) -> None:
        self.buildings = [b.polygon for b in fabric.buildings]
        streets = [r.line.buffer(r.width / 2, quad_segs=2) for r in roads]
        grounds = [shape for kind, shape, site in fabric.greens if site or kind == "park"]
        self._taken = [*self.buildings, *streets, *grounds, bones.water]
        self._index = STRtree(self._taken)
        self._houses = STRtree(self.buildings)
        self._kelurahan = regions.of_kind("kelurahan")
        self._rts = regions.of_kind("rt")
        self._rt_index = STRtree([r.metric for r in self._rts])

    def gap(self, shape: BaseGeometry) -> float:
        """Metres to the nearest building, street, park, school ground or water (0 when it touches one)."""
        return float(shape.distance(self._taken[int(self._index.nearest(shape))]))

    def house_gap(self, shape: BaseGeometry) -> float:
        """Metres to the nearest building."""
        return float(shape.distance(self.buildings[int(self._houses.nearest(shape))]))

    def kelurahan_of(self, shape: BaseGeometry) -> str | None:
        """The kelurahan that holds a shape entirely, or None."""
        return next((k.code for k in self._kelurahan if k.metric.contains(shape)), None)

    def rt_of(self, shape: BaseGeometry) -> str:
        """The RT of the middle of a shape."""
        middle = (
            shape.interpolate(0.5, normalized=True)
            if isinstance(shape, LineString)
            else shape.representative_point()
        )
        hits = sorted(self._rt_index.query(middle, predicate="intersects").tolist())
        return self._rts[hits[0] if hits else int(self._rt_index.nearest(middle))].code

    def spot(self, region: Region, rng: np.random.Generator, room: float) -> Point | None:
        """A point in a region with `room` metres free around it, preferably near where people live."""
        x0, y0, x1, y1 = region.metric.bounds
        for _ in range(300):
            point = Point(round(rng.uniform(x0, x1), 2), round(rng.uniform(y0, y1), 2))
            if region.metric.contains(point) and self.gap(point) >= room and self.house_gap(point) < 25:
                return point
        return None

    def patch(self, region: Region, rng: np.random.Generator, wide: float, deep: float) -> Polygon | None:
        """A free rectangle in a region, turned along the nearest building."""
        x0, y0, x1, y1 = region.metric.bounds
        for _ in range(400):
            x, y = rng.uniform(x0, x1), rng.uniform(y0, y1)
            if self.gap(Point(x, y)) < 0.45 * min(wide, deep) or self.house_gap(Point(x, y)) > 35:
                continue
            near = self.buildings[int(self._houses.nearest(Point(x, y)))]
            turn = _direction(near)
            for degrees in (turn, turn + 90):
                flat = box(x - wide / 2, y - deep / 2, x + wide / 2, y + deep / 2)
                shape = shapely.affinity.rotate(flat, degrees)
                if region.metric.contains(shape) and self.gap(shape) > 0.3:
                    return shapely.set_precision(shape, 0.01)
        return None


def beside(line: LineString, at: float, offset: float) -> Point:
    """A point beside a line, `at` metres along it and `offset` metres to its left."""
    here, ahead = line.interpolate(at), line.interpolate(min(at + 1.0, line.length))
    if ahead.equals(here):
        here, ahead = line.interpolate(max(at - 1.0, 0.0)), here
    dx, dy = ahead.x - here.x, ahead.y - here.y
    size = max((dx * dx + dy * dy) ** 0.5, 1e-9)
    return Point(round(here.x - dy / size * offset, 2), round(here.y + dx / size * offset, 2))


def _direction(polygon: Polygon) -> float:
    xy = shapely.get_coordinates(shapely.minimum_rotated_rectangle(polygon))
    dx, dy = xy[1] - xy[0]
    return float(np.degrees(np.arctan2(dy, dx)))
