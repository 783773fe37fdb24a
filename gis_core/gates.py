"""Conditions that no score can make up for: passed, failed, or not checked (None).

It knows nothing about kinds of works or which distances a city asks for. A condition fails only for certain:
what the data cannot decide is "not checked" and left to a person (method, section 2, gates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput
from gis_core.geodesy import check_drawable

SLIVER_M: Final = 1.0
SLIVER_SHARE: Final = 0.02
"""Layers that disagree leave slivers: a metre of a line or 2 % of an area is no fault of the work (method 2.7)."""


def inside(work: BaseGeometry, outline: BaseGeometry) -> bool:
    """Whether a work lies within an outline, but for slivers. Both in the same metres.

    Raises BadInput for a work that cannot be scored.
    """
    check_drawable(work)
    dimension = int(shapely.get_dimensions(work))
    if dimension == 0:
        return bool(shapely.intersects(outline, work) and shapely.difference(work, outline).is_empty)
    beyond = shapely.difference(work, outline)
    if dimension == 1:
        return bool(beyond.length <= SLIVER_M)
    return bool(beyond.area <= SLIVER_SHARE * work.area)


@dataclass(frozen=True)
class Setback:
    """Metres to keep from water: behind an embankment, and without one by depth (method 2.7).

    embankment_m: behind one. steps: (depth up to which, metres), rising; deeper_m: beyond the last of them. Raises
    BadInput for metres that fall with the depth, or of less than an embankment asks.
    """

    embankment_m: float
    steps: tuple[tuple[float, float], ...]
    deeper_m: float

    def __post_init__(self) -> None:
        metres = [self.embankment_m, *(m for _, m in self.steps), self.deeper_m]
        depths = [depth for depth, _ in self.steps]
        if metres != sorted(metres) or depths != sorted(set(depths)) or not metres[0] >= 0:
            raise BadInput("a setback must rise with the depth", "/river_setback")

    def needed(self, depth_m: float | None, embankment: bool | None) -> tuple[float, float]:
        """Least and most metres that water of this depth may ask for, the same twice where both are known."""
        if embankment:
            return self.embankment_m, self.embankment_m
        open_banks = [m for _, m in self.steps] + [self.deeper_m]
        if depth_m is not None:
            at = next((m for d, m in self.steps if depth_m <= d), self.deeper_m)
            open_banks = [at, at]
        return open_banks[0] if embankment is False else self.embankment_m, open_banks[-1]


def setback(distance_m: float, least_m: float, most_m: float) -> bool | None:
    """Whether a work keeps its distance from a bank that asks for something between two numbers of metres.

    From most_m on it passes; nearer than least_m it fails, whatever the water is like; between, nobody can tell
    without looking.
    """
    if distance_m >= most_m * (1 - 1e-9):
        return True
    return None if distance_m >= least_m * (1 - 1e-9) else False


def apart(work: BaseGeometry, others: Sequence[BaseGeometry], least_m: float) -> bool | None:
    """Whether a work keeps a distance from others, all in the same metres; None if none of them is on record."""
    if not len(others):
        return None
    return bool(distance(work, others) >= least_m * (1 - 1e-9))


def distance(work: BaseGeometry, others: Sequence[BaseGeometry]) -> float:
    """Metres to the nearest of some geometries, infinite if there are none."""
    if not len(others):
        return float("inf")
    return float(np.min(shapely.distance(work, np.array(others, dtype=object))))
