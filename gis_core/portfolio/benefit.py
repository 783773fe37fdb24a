"""What a set of works and a schedule are worth: values, synergies and demands covered once.

It knows nothing about money. U of method 5.2 with the demands' weights already scaled. Floors matter only
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
Years = Mapping[int, int]
"""Work that is built -> its year (0-based)."""

NO_FLOORS: Floors = {}


def built(schedule: Schedule) -> tuple[int, ...]:
    """The works that are built, numbers rising."""
    return tuple(i for i, year in enumerate(schedule) if year is not None)


def years_of(schedule: Schedule) -> dict[int, int]:
    """The works that are built with their years, numbers rising."""
    return {i: year for i, year in enumerate(schedule) if year is not None}


def only(schedule: Schedule, works: Iterable[int]) -> Schedule:
    """A schedule without all other works."""
    kept = set(works)
    return tuple(year if i in kept else None for i, year in enumerate(schedule))


def value(problem: Problem, schedule: Schedule, floors: Floors = NO_FLOORS) -> float:
    """U of a schedule: of the set it builds, or where years count of what stands in each (`Problem.counted`).

    Floors hold at the end; before it, works of limited capacity serve so that most is covered.
    """
    years, since = years_of(schedule), problem.since
    parts = [problem.works[i].value * since[t] for i, t in years.items()]
    parts += [q * since[max(years[a], years[b])] for a, b, q in problem.synergy if a in years and b in years]
    first = _first_served(problem, years)
    served = first < problem.years
    parts += (problem.layers.weight[served] * np.array(since)[first[served]]).tolist()
    for year, part in problem.counted if problem.shared.reach else ():
        serving = serving_in(problem, years, year, floors)
        parts += (part * service.gains(problem.shared, serving)).tolist()
    return math.fsum(parts)


def serving_in(problem: Problem, years: Years, year: int, floors: Floors = NO_FLOORS) -> service.Serving:
    """Who serves which node of the shared demands in a year (0-based)."""
    standing = [i for i, built_in in years.items() if built_in <= year]
    return serving(problem, standing, floors if year == problem.years - 1 else NO_FLOORS)


def total(problem: Problem, works: Sequence[int], floors: Floors = NO_FLOORS) -> float:
    """U of a set of works that stand for one year."""
    inside = set(works)
    parts = [problem.works[i].value for i in inside]
    parts += [q for a, b, q in problem.synergy if a in inside and b in inside]
    return math.fsum(parts + _covered(problem, inside, serving(problem, inside, floors)).tolist())


def covered(problem: Problem, works: Iterable[int], floors: Floors = NO_FLOORS) -> float:
    """Weight of the demands, as far as these works cover them."""
    works = set(works)
    return math.fsum(_covered(problem, works, serving(problem, works, floors)).tolist())


def shared_gain(problem: Problem, before: Years, after: Years) -> float:
    """What U gains by the shared demands if works and years change from one to the other."""
    if not problem.shared.reach:
        return 0.0
    added = 0.0
    for year, part in problem.counted:
        old, new = (serving_in(problem, some, year) for some in (before, after))
        nodes = problem.shared
        added += part * float(service.gains(nodes, new).sum() - service.gains(nodes, old).sum())
    return added


def served(problem: Problem, works: Iterable[int]) -> NDArray[np.bool_]:
    """Which layers (l,) of the demands at least one of the works covers."""
    mask = np.zeros(len(problem.layers.weight), dtype=bool)
    for i in works:
        mask[problem.layers.reach[i]] = True
    return mask


def _first_served(problem: Problem, years: Years) -> NDArray[np.int64]:
    """The year (0-based) in which each layer (l,) is served first, the number of years where it never is."""
    first = np.full(len(problem.layers.weight), problem.years, dtype=np.int64)
    if years:
        reach = [problem.layers.reach[i] for i in years]
        since = np.repeat(list(years.values()), [len(layers) for layers in reach])
        np.minimum.at(first, np.concatenate(reach), since)
    return first


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


def fairest(
    problem: Problem, works: Iterable[int], margin: Floors, floors: Floors = NO_FLOORS
) -> dict[str, float]:
    """Zone -> covered weight if these works bring each zone of the margin as far as they can by the same factor, beside
    the floors, if they can be had."""
    works = set(works)
    if not problem.shared.reach:
        return _by_zone(problem, works, {})
    kept, wanted = (_wanted(problem, works, some) for some in (floors, margin))
    found = service.serve_zones(problem.shared, works, kept, wanted)
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
