"""The worst-served zone first, and floors that cannot be reached: how far they can, and who is in conflict.

It knows nothing about benefit; it lowers and raises floors. Two-stage max-min of method 5.3. A zone's share is that of
its demands without what only works that can never be built would bring.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from gis_core.coverage import SAME
from gis_core.portfolio import benefit
from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.funds import Ceiling
from gis_core.portfolio.matrix import Model, reachable_years, write
from gis_core.portfolio.model import Problem
from gis_core.portfolio.plan import Conflict
from gis_core.portfolio.search import Found, aiming, search
from gis_core.program import solve

_LARGE_GAP = 0.01
_LARGE_NODES = 500


def within_reach(problem: Problem) -> dict[str, float]:
    """Zone -> weight of its demands, without those that only works reach which can be built in no year.

    Pins and zones of which nothing can be reached are left out.
    """
    works: tuple[set[int], set[int]] = set(), set()
    for shares, years in zip(problem.shares, reachable_years(problem), strict=True):
        works[bool(years)].update(shares)
    never, some = works
    weights: dict[str, list[float]] = {}
    for place in {problem.zone[d] for d in some if problem.weight[d] > 0} - problem.pins - {None}:
        weights[str(place)] = []
    for d, (place, weight) in enumerate(zip(problem.zone, problem.weight.tolist(), strict=True)):
        if place in weights and (d in some or d not in never):
            weights[place].append(weight)
    return {place: math.fsum(weights[place]) for place in sorted(weights)}


def least_share(problem: Problem, by_zone: Mapping[str, float]) -> float | None:
    """The smallest covered share of the zones of `within_reach`; None if there is none."""
    return min((by_zone[place] / whole for place, whole in within_reach(problem).items()), default=None)


def max_min(
    problem: Problem, rows: tuple[Ceiling, ...], floors: dict[str, float], gap: float, nodes: int | None
) -> tuple[dict[str, float], Schedule] | None:
    """Floors that hold every zone at the largest least share, and a plan that does; None if none is found.

    The share is counted again from the demands of that plan. Large problems (`nodes` given) choose the
    set with money free to move between years first, and may end a little below the largest share.
    """
    zones = within_reach(problem)
    model = write(problem, rows, floors, margin=zones)
    fixed: dict[int, float] = {}
    if nodes is not None and problem.years > 1:
        free = write(problem, rows, floors, margin=zones, yearless=True)
        assert free.theta is not None
        answer = solve(aiming(free, {free.theta: 1.0}).program, _LARGE_GAP, _LARGE_NODES)
        if answer is not None and not np.isnan(answer.x).any():
            chosen = {i for (i, _), c in free.column.items() if answer.x[c] > 0.5}
            fixed = {c: 0.0 for (i, _), c in model.column.items() if i not in chosen}
    found = lift(model, gap if nodes is None else _LARGE_GAP, nodes and _LARGE_NODES, fixed)
    if (found is None or found.schedule is None) and fixed:
        found = lift(model, _LARGE_GAP, nodes, {})
    if found is None or found.schedule is None:
        return None
    reached = benefit.fairest(problem, benefit.built(found.schedule), zones, floors)
    share = min(reached[place] / whole for place, whole in zones.items())
    raised = {place: max(share * whole, floors.get(place, 0.0)) for place, whole in zones.items()}
    return floors | raised, found.schedule


def conflict(problem: Problem, rows: tuple[Ceiling, ...], gap: float, nodes: int | None) -> Conflict:
    """The largest reachable floors and a smallest set of zones whose floors cannot be had together.

    Of all plans that lower the floors by the same factor as little as possible, what the best one reaches is told.
    """
    wanted = {place: floor for place, floor in problem.zone_floor.items() if floor > 0}
    model = write(problem, rows, None, margin=wanted)
    found = lift(model, gap, nodes, {})
    works = benefit.built(found.schedule) if found and found.schedule else ()
    reached = benefit.fairest(problem, works, wanted)
    factor = min((reached.get(place, 0.0) / floor for place, floor in wanted.items()), default=1.0)
    lowered = {place: factor * (1 - SAME) * floor for place, floor in wanted.items()}
    best = search(write(problem, rows, lowered), gap, nodes)
    if best is not None and best.schedule is not None:
        reached = benefit.covered_by_zone(problem, benefit.built(best.schedule), lowered)
    zones = list(wanted)
    for place in list(zones):
        rest = {z: wanted[z] for z in zones if z != place}
        if rest and not is_possible(problem, rows, rest, nodes):
            zones.remove(place)
    return Conflict(tuple(zones), min(1.0, factor), {z: reached.get(z, 0.0) for z in wanted})


def lift(model: Model, gap: float, nodes: int | None, fixed: dict[int, float]) -> Found | None:
    """The schedule with the largest theta of a model that has one."""
    assert model.theta is not None
    return search(aiming(model, {model.theta: 1.0}), gap, nodes, fixed)


def is_possible(
    problem: Problem, rows: tuple[Ceiling, ...], floors: dict[str, float], nodes: int | None
) -> bool:
    """Whether some plan reaches these floors."""
    return search(aiming(write(problem, rows, floors), {}), 1.0, nodes) is not None
