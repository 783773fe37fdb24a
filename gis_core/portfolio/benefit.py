"""What a set of works is worth: values, synergies and demands covered once; in exact sums.

It knows nothing about money and years. U of method 5.2 with the demands' weights already scaled.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from gis_core.portfolio.model import Problem

Schedule = tuple[int | None, ...]
"""Year (0-based) in which each work is built, None if it is not."""


def built(schedule: Schedule) -> tuple[int, ...]:
    """The works that are built, numbers rising."""
    return tuple(i for i, year in enumerate(schedule) if year is not None)


def total(problem: Problem, works: Sequence[int]) -> float:
    """U of a set of works."""
    inside = set(works)
    parts = [problem.works[i].value for i in inside]
    parts += [q for a, b, q in problem.synergy if a in inside and b in inside]
    parts += problem.layers.weight[served(problem, inside)].tolist()
    return math.fsum(parts)


def covered(problem: Problem, works: Iterable[int]) -> float:
    """Weight of the demands, as far as the best of the works covers them."""
    return math.fsum(problem.layers.weight[served(problem, works)].tolist())


def served(problem: Problem, works: Iterable[int]) -> NDArray[np.bool_]:
    """Which layers (l,) of the demands at least one of the works covers."""
    mask = np.zeros(len(problem.layers.weight), dtype=bool)
    for i in works:
        mask[problem.layers.reach[i]] = True
    return mask


def covered_by_zone(problem: Problem, works: Iterable[int]) -> dict[str, float]:
    """Zone -> covered weight, for every zone that has weight."""
    mask = served(problem, works) & (problem.zone_number >= 0)
    sums = np.bincount(problem.zone_number[mask], problem.layers.weight[mask], minlength=len(problem.zones))
    return dict(zip(problem.zones, sums.tolist(), strict=True))


def least_share(problem: Problem, works: Iterable[int]) -> float | None:
    """Smallest covered share of any zone, None without zones."""
    shares = [weight / problem.zones[place] for place, weight in covered_by_zone(problem, works).items()]
    return min(shares, default=None)


def servers(problem: Problem, work: int, works: Iterable[int]) -> tuple[int, ...]:
    """Those of `works` that cover what `work` covers, too, at least in part."""
    mask = served(problem, [work]) & (problem.layers.weight > 0)
    return tuple(i for i in works if i != work and mask[problem.layers.reach[i]].any())
