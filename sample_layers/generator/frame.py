"""Coordinates, random streams and line drawing shared by every part of the generator.

It knows nothing about cities: only local metres (origin at the south-west), UTM 48S and lon/lat rounded to 7 decimals.
One random stream per topic is good simulation practice: changing one topic leaves the others as they were.
"""

from __future__ import annotations

import zlib
from uuid import UUID, uuid5

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.interpolate import CubicSpline
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

SEED = 9901
UTM = 32748
CENTRE_LON, CENTRE_LAT = 107.70, -5.60  # open Java Sea: laid over no real neighbourhood
SPAN = (2800.0, 2300.0)
NAMESPACE = UUID("7a3c1d52-9901-5e0a-8c11-4b1e9a990100")

Floats = NDArray[np.float64]

_to_lonlat = Transformer.from_crs(UTM, 4326, always_xy=True)
_to_utm = Transformer.from_crs(4326, UTM, always_xy=True)
_ce, _cn = _to_utm.transform(CENTRE_LON, CENTRE_LAT)
ORIGIN = (round((_ce - SPAN[0] / 2) / 10) * 10.0, round((_cn - SPAN[1] / 2) / 10) * 10.0)


def stream(topic: str) -> np.random.Generator:
    """The random stream of a topic; the same on every run."""
    return np.random.default_rng([SEED, zlib.crc32(topic.encode())])


def name_id(kind: str, number: int) -> str:
    """A fixed UUID for the n-th thing of a kind."""
    return str(uuid5(NAMESPACE, f"{kind}/{number}"))


def lonlat(geometry: BaseGeometry) -> BaseGeometry:
    """Local metres to lon/lat, rounded to 7 decimals vertex by vertex so that shared borders stay shared."""

    def move(xy: Floats) -> Floats:
        lon, lat = _to_lonlat.transform(xy[:, 0] + ORIGIN[0], xy[:, 1] + ORIGIN[1])
        return np.round(np.column_stack([lon, lat]), 7)

    return shapely.transform(geometry, move)


def smooth(points: list[tuple[float, float]], step: float = 12.0) -> LineString:
    """A smooth curve through the points, one vertex about every `step` metres."""
    xy = np.asarray(points, dtype=float)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    n = max(int(along[-1] / step), 2)
    curve = CubicSpline(along, xy, bc_type="natural")(np.linspace(0, along[-1], n + 1))
    return LineString(np.round(curve, 2))


def random_inside(polygon: BaseGeometry, rng: np.random.Generator, tries: int = 60) -> Point:
    """A random point inside a polygon (its representative point when the draw keeps missing)."""
    x0, y0, x1, y1 = polygon.bounds
    for _ in range(tries):
        point = Point(rng.uniform(x0, x1), rng.uniform(y0, y1))
        if polygon.contains(point):
            return point
    return polygon.representative_point()


class Noise:
    """Smooth noise in about -1..1: a few waves of random direction and phase."""

    def __init__(self, topic: str, wavelength: float, waves: int = 7) -> None:
        rng = stream(f"noise/{topic}")
        length = wavelength * rng.uniform(0.6, 1.7, waves)
        turn = rng.uniform(0, 2 * np.pi, waves)
        self._k = (2 * np.pi / length)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
        self._phase = rng.uniform(0, 2 * np.pi, waves)

    def __call__(self, x: Floats, y: Floats) -> Floats:
        xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        total = np.zeros(np.broadcast(xs, ys).shape)
        for (kx, ky), phase in zip(self._k, self._phase, strict=True):
            total = total + np.sin(kx * xs + ky * ys + phase)
        return np.asarray(total / np.sqrt(len(self._phase)))
