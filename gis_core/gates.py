"""Conditions that no score can make up for: passed, failed, or not checked (None).

It knows nothing about kinds of works or which distances a city asks for. A condition fails only for certain:
what the data cannot decide is "not checked" and left to a person (method, section 2, gates).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

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


def setback(distance_m: float, least_m: float, most_m: float) -> bool | None:
    """Whether a work keeps its distance from water whose depth and embankment are unknown (method 2.7).

    distance_m: from the bank. From most_m (30 m: water deeper than 20 m, the most that any rule asks) it passes;
    nearer than least_m (3 m: with an embankment, the least) it fails, whatever the water is like; between, nobody
    can tell without looking.
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
