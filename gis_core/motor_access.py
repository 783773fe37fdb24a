"""How much nearer to a motor road homes come by a new way: the access gain of method 2.7.

It knows nothing about kinds of works or classes of roads. The metres on foot from each home to the nearest motor road
are those of two runs of Dijkstra, without and with the new way; nobody who goes on as before comes farther.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.geodesy import check_drawable
from gis_core.network import JOINED_M, loose_ends
from gis_core.on_foot import Walkers
from gis_core.walking import build

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Shapes = NDArray[np.object_]

NEARER_M: Final = 1.0
"""From this gain on (metres) a home counts as nearer; maps are drawn no finer."""


@dataclass(frozen=True)
class AccessGain:
    """mean: metres saved on the way to a motor road, over the weight of all homes that have a way now; None if none
    has.

    nearer: weight of the homes that save a metre and more, and mean_nearer what they save; joined: weight of the homes
    that no way led from to a motor road, and one does now (they count in no mean: nobody can say what they save).
    """

    mean: float | None
    nearer: float
    mean_nearer: float | None
    joined: float


def access_gain(
    people: Walkers, streets: Shapes, motor: Flags, way: BaseGeometry, carries_motors: bool
) -> AccessGain:
    """What homes gain by a new way (lines, in the metres of the homes).

    people: homes beside the network of `streets` (s,); motor (s,): which of these are motor roads. An end within 5 m of
    a street joins it (as in R3). A way that carries motors is a motor road if it joins one; so then is each street
    along which it runs. Raises BadInput for a geometry that cannot be scored.
    """
    check_drawable(way)
    parts, row = shapely.get_parts(streets, return_index=True)
    drawn = ~shapely.is_empty(parts)
    parts, motor = parts[drawn], motor[row[drawn]]
    before = to_motor_road(people, motor)
    new = np.asarray([*shapely.get_parts(way), *_joints(way, parts)], dtype=object)
    opened = way if carries_motors and bool(shapely.dwithin(way, parts[motor], JOINED_M).any()) else None
    walkers = Walkers(build(np.concatenate([parts, new])), people.homes, people.rule)
    with_it = to_motor_road(walkers, np.append(motor, np.zeros(len(new), dtype=np.bool_)), opened)
    return _told(before, np.minimum(before, with_it), people.homes.weight)


def to_motor_road(people: Walkers, motor: Flags, opened: BaseGeometry | None = None) -> Floats:
    """Metres (n,) on foot from homes to the nearest motor road, infinite where no way leads to one.

    motor (r,): which roads of the network are; opened: lines that make motor roads of the places they run along.
    """
    network, placed = people.network, people.placed
    goals = [motor[network.road_at(at)] for at in (network.nodes, placed.at)]
    if opened is not None:
        for goal, at in zip(goals, (network.nodes, placed.at), strict=True):
            goal |= shapely.dwithin(shapely.points(network.spots(at)), opened, JOINED_M)
    return network.to_goals(placed, *goals)


def _joints(way: BaseGeometry, streets: Shapes) -> list[BaseGeometry]:
    """Short lines from the loose ends of a way to the street next to each."""
    found = []
    for end in loose_ends(way):
        metres = shapely.distance(end, streets)
        if len(streets) and metres.min() <= JOINED_M:
            found.append(shapely.shortest_line(end, streets[int(np.argmin(metres))]))
    return [line for line in found if line.length > 0]


def _told(before: Floats, after: Floats, weight: Floats) -> AccessGain:
    had, has = np.isfinite(before), np.isfinite(after)
    saved = np.where(had, before - np.where(had, after, 0.0), 0.0)
    nearer = had & (saved >= NEARER_M * (1 - 1e-9))
    return AccessGain(
        mean=_mean(saved[had], weight[had]),
        nearer=float(weight[nearer].sum()),
        mean_nearer=_mean(saved[nearer], weight[nearer]),
        joined=float(weight[has & ~had].sum()),
    )


def _mean(values: Floats, weight: Floats) -> float | None:
    return float(np.average(values, weights=weight)) if weight.sum() > 0 else None
