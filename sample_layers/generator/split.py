"""Cutting a polygon in two along its oriented bounding box, straight or bent, with a little noise.

It knows nothing about what the pieces are for: blocks, plots and fields are cut by the same knife.
The idea is OBB subdivision of procedural cities (Vanegas et al. 2012), with the cut left slightly crooked by hand.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Parts = list[Polygon]


def box_axes(polygon: BaseGeometry) -> tuple[np.ndarray, np.ndarray, np.ndarray, float, float]:
    """Centre, unit long axis, unit short axis, length and width of the oriented bounding box."""
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(polygon))
    if len(box) < 4:
        return box.mean(axis=0), np.array([1.0, 0.0]), np.array([0.0, 1.0]), 0.0, 0.0
    a, b = box[1] - box[0], box[2] - box[1]
    if np.hypot(*a) < np.hypot(*b):
        a, b = b, a
    length, width = float(np.hypot(*a)), float(np.hypot(*b))
    u = a / max(length, 1e-9)
    return box[:4].mean(axis=0), u, np.array([-u[1], u[0]]), length, width


def polygons(geometry: BaseGeometry, least: float = 1e-6) -> Parts:
    """The polygon parts of a geometry that are larger than `least` square metres."""
    parts = shapely.get_parts(geometry)
    return [p for p in parts if p.geom_type == "Polygon" and p.area > least]


def cut_line(polygon: Polygon, rng: np.random.Generator, noise: float, bend: float) -> LineString:
    """A cut across the long axis near the middle; `noise` moves and turns it, `bend` (metres) curves it."""
    centre, u, v, length, width = box_axes(polygon)
    centre = centre + u * length * rng.normal(0, 0.5 * noise) * 0.35
    turn = rng.normal(0, noise * 0.45)
    v = np.cos(turn) * v + np.sin(turn) * u
    t = np.linspace(-1, 1, 7)
    wave = bend * (rng.normal(0, 0.6) * np.cos(t * np.pi / 2) + rng.normal(0, 0.3) * np.sin(t * np.pi))
    reach = width * 0.75 + 5
    return (
        LineString(centre + t[:, None] * reach * v + wave[:, None] * u)
        if bend
        else LineString([centre - reach * v, centre + reach * v])
    )


def halves(polygon: Polygon, line: LineString) -> tuple[Parts, Parts]:
    """The parts left and right of a line that crosses the polygon."""
    xy = shapely.get_coordinates(line)
    d = xy[-1] - xy[0]
    d = d / np.hypot(*d)
    far = np.array([-d[1], d[0]]) * 1e4
    start, end = xy[0] - d * 1e4, xy[-1] + d * 1e4
    left = Polygon(np.vstack([start, xy, end, end + far, start + far]))
    return polygons(polygon.intersection(left)), polygons(polygon.difference(left))


def split(
    polygon: Polygon, rng: np.random.Generator, noise: float = 0.2, bend: float = 0.0, tries: int = 4
) -> tuple[Parts, LineString]:
    """Two or more parts and the line between them; of a few tries the one with the fewest and most even parts."""
    best: tuple[float, Parts, LineString] | None = None
    for _ in range(tries):
        line = cut_line(polygon, rng, noise, bend)
        left, right = halves(polygon, line)
        parts = left + right
        if len(parts) < 2:
            continue
        worth = min(p.area for p in parts) / polygon.area - 0.2 * (len(parts) - 2)
        if best is None or worth > best[0]:
            best = (worth, parts, line)
        if worth > 0.28:
            break
    if best is None:
        return [polygon], LineString()
    return best[1], best[2]
