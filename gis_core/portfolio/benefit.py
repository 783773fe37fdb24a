"""What a set of works is worth: values, synergies and demands covered once.

It knows nothing about money and years. U of method 5.2 with the demands' weights already scaled. Floors matter only
where works of limited capacity could serve one zone or another: they then serve so that the floors are reached, if
they can.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gis_core.portfolio import service
from gis_core.portfolio.model import Problem

Floats = NDArray[np.float64]
Floors = Mapping[str, float]
Schedule = tuple[int | None, ...]
"""Year (0-based) in which each work is built, None if it is not."""

NO_FLOORS: Floors = {}


def built(schedule: Schedule) -> tuple[int, ...]:
    """The works that are built, numbers rising."""
    return tuple(i for i, year in enumerate(schedule) if year is not None)


def total(problem: Problem, works: Sequence[int], floors: Floors = NO_FLOORS) -> float:
    """U of a set of works."""
    inside = set(works)
    parts = [problem.works[i].value for i in inside]
    parts += [q for a, b, q in problem.synergy if a in inside and b in inside]
    return math.fsum(parts + _covered(problem, inside, serving(problem, inside, floors)).tolist())


def covered(problem: Problem, works: Iterable[int], floors: Floors = NO_FLOORS) -> float:
    """Weight of the demands, as far as these works cover them."""
    works = set(works)
    return math.fsum(_covered(problem, works, serving(problem, works, floors)).tolist())


def gain(problem: Problem, inside: Iterable[int], works: Iterable[int]) -> float:
    """Weight that works add to what those inside cover."""
    inside = set(inside)
    new = served(problem, works) & ~served(problem, inside)
    added = float(problem.layers.weight[new].sum())
    if problem.shared.reach:
        after, before = (serving(problem, some) for some in (inside | set(works), inside))
        nodes = problem.shared
        added += float(service.gains(nodes, after).sum() - service.gains(nodes, before).sum())
    return added


def served(problem: Problem, works: Iterable[int]) -> NDArray[np.bool_]:
    """Which layers (l,) of the demands at least one of the works covers."""
    mask = np.zeros(len(problem.layers.weight), dtype=bool)
    for i in works:
        mask[problem.layers.reach[i]] = True
    return mask


def serving(problem: Problem, works: Iterable[int], floors: Floors = NO_FLOORS) -> service.Serving:
    """Who serves which node of the shared demands, so that U is largest with the floors, if they can be had."""
    if not problem.shared.reach:
        return {}
    works = set(works)
    if floors:
        found = service.serve_zones(problem.shared, works, _wanted(problem, works, floors))
        if found is not None:
            return found
    return service.serve(problem.shared, works)


def parts(problem: Problem, works: Iterable[int]) -> dict[int, dict[int, float]]:
    """Work -> demand -> part of it that it serves among these works, for the shared demands."""
    return service.by_demand(problem.shared, serving(problem, works))


def covered_by_zone(problem: Problem, works: Iterable[int], floors: Floors = NO_FLOORS) -> dict[str, float]:
    """Zone -> covered weight, for every zone that has weight."""
    works = set(works)
    return _by_zone(problem, works, serving(problem, works, floors))


def fairest(problem: Problem, works: Iterable[int], floors: Floors) -> dict[str, float]:
    """Zone -> covered weight if these works bring all floors as far as they can by the same factor."""
    works = set(works)
    wanted = _wanted(problem, works, floors)
    found = service.serve_zones(problem.shared, works, wanted, raised=True) if problem.shared.reach else None
    return _by_zone(problem, works, found or {})


def servers(problem: Problem, work: int, works: Iterable[int]) -> tuple[int, ...]:
    """Those of `works` that cover what `work` covers, too, at least in part."""
    mask = served(problem, [work]) & (problem.layers.weight > 0)
    near = problem.shared.near.get(work, set())
    return tuple(i for i in works if i != work and (i in near or mask[problem.layers.reach[i]].any()))


def _covered(problem: Problem, works: Iterable[int], serving: service.Serving) -> Floats:
    """Covered weights, one after the other."""
    free = problem.layers.weight[served(problem, works)]
    return np.concatenate([free, service.gains(problem.shared, serving)]) if serving else free


def _by_zone(problem: Problem, works: Iterable[int], serving: service.Serving) -> dict[str, float]:
    """Zone -> covered weight."""
    place = problem.zone_number[served(problem, works)]
    if serving:
        place = np.concatenate([place, problem.shared.zone])
    weights = _covered(problem, works, serving)
    sums = np.bincount(place[place >= 0], weights[place >= 0], minlength=len(problem.zones))
    return dict(zip(problem.zones, sums.tolist(), strict=True))


def _wanted(problem: Problem, works: Iterable[int], floors: Floors) -> dict[int, tuple[float, float]]:
    """Zone number -> its floor and what the works without limit cover there already."""
    already = _by_zone(problem, works, {})
    return {k: (floors[place], already[place]) for k, place in enumerate(problem.zones) if place in floors}
