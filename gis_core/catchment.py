"""How well each place is served where many share the same few facilities (two-step floating catchment).

It knows nothing about what a facility is, nor how distances were measured. Luo & Wang 2003 (2SFCA), with a
decay of distance Luo & Qi 2009 (enhanced).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Floats = NDArray[np.float64]
Decay = Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Catchment:
    """ratio (s,): supply per person within reach of each facility, 0 if there is nobody. access (p,):
    sum of the ratios a place reaches, weighed by distance. unused (s,): facilities nobody reaches.

    The people times their access sum to the supply of all facilities that are not unused.
    """

    ratio: Floats
    access: Floats
    unused: NDArray[np.bool_]


def within(radius: float) -> Decay:
    """1 up to and including the radius, 0 beyond. Raises BadInput at /radius unless it is above 0."""
    _above_0(radius, "/radius")
    return lambda d: (d <= radius).astype(np.float64)


def gaussian(s: float, radius: float = np.inf) -> Decay:
    """exp(-d^2 / (2 s^2)), 0 beyond the radius. Raises BadInput at /s or /radius unless above 0."""
    _above_0(s, "/s")
    if not radius > 0:
        raise BadInput("must be above 0", "/radius")
    return lambda d: np.where(d <= radius, np.exp(-0.5 * (d / s) ** 2), 0.0)


def floating_catchment(people: ArrayLike, supply: ArrayLike, distance: ArrayLike, decay: Decay) -> Catchment:
    """R_j = S_j / sum_i P_i f(d_ij); A_i = sum_j R_j f(d_ij).

    people: (p,) >= 0; supply: (s,) >= 0; distance: (p, s) >= 0 in the unit of the decay, infinite where
    there is no way. decay: f, from distances to weights in 0..1. Raises BadInput at /people/i, /supply/j,
    /distance or /distance/i/j.
    """
    persons, offered = _amounts(people, "/people"), _amounts(supply, "/supply")
    far = np.asarray(distance, dtype=np.float64)
    if far.size == 0:
        far = far.reshape(len(persons), len(offered)) if 0 in (len(persons), len(offered)) else far
    if far.shape != (len(persons), len(offered)):
        raise BadInput(
            f"has shape {far.shape} for {len(persons)} places and {len(offered)} facilities", "/distance"
        )
    for i, j in np.argwhere(~(far >= 0)):
        raise BadInput(f"a distance must be a number >= 0, not {far[i, j]}", f"/distance/{i}/{j}")
    reach = np.where(np.isfinite(far), decay(np.where(np.isfinite(far), far, 0.0)), 0.0)
    demand = persons @ reach
    unused = ~(demand > 0)
    ratio = np.where(unused, 0.0, offered / np.where(unused, 1.0, demand))
    return Catchment(ratio, np.asarray(reach @ ratio, dtype=np.float64), unused)


def _amounts(given: ArrayLike, pointer: str) -> Floats:
    """Numbers >= 0 in a row."""
    values = np.asarray(given, dtype=np.float64)
    if values.ndim != 1:
        raise BadInput(f"must be a list of numbers, not of shape {values.shape}", pointer)
    for i in np.flatnonzero(~(np.isfinite(values) & (values >= 0))):
        raise BadInput(f"must be a number >= 0, not {values[i]}", f"{pointer}/{i}")
    return values


def _above_0(value: float, pointer: str) -> None:
    """Raise BadInput unless a length is a finite number above 0."""
    if not (np.isfinite(value) and value > 0):
        raise BadInput("must be a number above 0", pointer)
