"""How much nearer to a motor road homes come by a new way: the access gain of method 2.7.

It knows nothing about kinds of works or classes of roads. The metres on foot from each home to the nearest motor road
are those of two runs of Dijkstra, without and with the new way; nobody who goes on as before comes farther.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.geodesy import check_drawable
from gis_core.network import JOINED_M, loose_ends
from gis_core.on_foot import Walkers
from gis_core.walking import Network, OnNetwork, build

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


@dataclass(frozen=True, eq=False)
class Today:
    """Homes and streets before any new way: what is the same for every way, found once.

    people: homes beside the network of `lines` (s,); motor (s,): which of these are motor roads.
    """

    people: Walkers
    lines: Shapes
    motor: Flags

    @classmethod
    def of(cls, people: Walkers, streets: Shapes, motor: Flags) -> Today:
        """From streets (n,) that may have several parts or none, and which of them are motor roads."""
        parts, row = shapely.get_parts(streets, return_index=True)
        drawn = ~shapely.is_empty(parts)
        return cls(people, parts[drawn], motor[row[drawn]])

    @cached_property
    def metres(self) -> Floats:
        """Metres (n,) on foot from the homes to the nearest motor road."""
        return to_motor_road(self.people.network, self.people.placed, self.motor)


def access_gain(today: Today, way: BaseGeometry, carries_motors: bool) -> AccessGain:
    """What homes gain by a new way (lines, in the metres of the homes).

    An end within 5 m of a street joins it (as in R3). A way that carries motors is a motor road if it joins one; so
    then is each street along which it runs. Raises BadInput for a geometry that cannot be scored.
    """
    check_drawable(way)
    people, lines, motor = today.people, today.lines, today.motor
    new = np.asarray([*shapely.get_parts(way), *_joints(way, lines)], dtype=object)
    opened = way if carries_motors and bool(shapely.dwithin(way, lines[motor], JOINED_M).any()) else None
    network = build(np.concatenate([lines, new]), begun=people.network)
    with_it = to_motor_road(
        network, _placed(network, people, new), np.append(motor, np.zeros(len(new), dtype=np.bool_)), opened
    )
    return _told(today.metres, np.minimum(today.metres, with_it), people.homes.weight)


def to_motor_road(
    network: Network, homes: OnNetwork, motor: Flags, opened: BaseGeometry | None = None
) -> Floats:
    """Metres (n,) on foot from homes to the nearest motor road, infinite where no way leads to one.

    motor (r,): which roads of the network are; opened: lines that make motor roads of the places they run along.
    """
    goals = [motor[network.road_at(at)] for at in (network.nodes, homes.at)]
    if opened is not None:
        for goal, at in zip(goals, (network.nodes, homes.at), strict=True):
            goal |= _beside(network.spots(at), opened)
    return network.to_goals(homes, *goals)


def _placed(network: Network, people: Walkers, new: Shapes) -> OnNetwork:
    """Homes on a network with new lines: only those beside these are looked for again, which takes most of the time."""
    near_m, known = people.rule.near_m, people.placed
    off = np.full(len(people.homes), near_m)
    off[known.rows] = known.off
    nearer = np.flatnonzero(shapely.distance(people.homes.places, shapely.union_all(new)) <= off + NEARER_M)
    return network.place_anew(known, people.homes.places, nearer, near_m)


def _beside(spots: Floats, line: BaseGeometry) -> Flags:
    """Which of the spots (n, 2) lie along a line. Most lie far off, and a point of shapely is dear to make."""
    west, south, east, north = line.bounds
    low, high = (west - JOINED_M, south - JOINED_M), (east + JOINED_M, north + JOINED_M)
    found: Flags = np.asarray(((spots >= low) & (spots <= high)).all(axis=1))
    found[found] = shapely.dwithin(shapely.points(spots[found]), line, JOINED_M)
    return found


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
