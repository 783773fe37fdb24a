"""What would mend floors that cannot be had together: more money in one place, fewer pins, or lower floors.

It knows nothing about words or where floors come from. Of each kind the least that makes everything else possible is
found: a correction set of one kind (Chinneck, Feasibility and Infeasibility in Optimization, 2008, chapter 7).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from gis_core.coverage import SAME
from gis_core.portfolio import benefit
from gis_core.portfolio.admission import least_extra
from gis_core.portfolio.equity import is_possible, lift
from gis_core.portfolio.funds import Ceiling, ceilings
from gis_core.portfolio.matrix import write
from gis_core.portfolio.model import Problem
from gis_core.portfolio.plan import Admission, Options
from gis_core.portfolio.search import aiming, search
from gis_core.portfolio.starting import effort
from gis_core.program import SolverFailed

_NODES = 500
"""Search of a large problem for the extra money of one fund and year."""


@dataclass(frozen=True)
class Relief:
    """Ways to make floors possible, each alone unless `together`.

    extra: the smallest extra rupiah in one fund and year; None if none does it. let_go: pins, as few as can be; None
    if the floors cannot be had even without pins. factor: to which part (0..1) all floors that are no pins must be
    lowered alike; None if the pins cannot be had even without floors. together: let_go and factor both at once.
    """

    extra: Admission | None
    let_go: tuple[str, ...] | None
    factor: float | None
    together: bool = False


def relief(
    problem: Problem, pins: Mapping[str, int], funds: Collection[int], options: Options | None = None
) -> Relief:
    """The least changes that make the floors of a problem possible, which they are not.

    pins: zone -> number of the work that must be built for its floor. funds: numbers of those that may give more.
    options: gap and nodes as of a plan; `stop` is asked between searches and may raise.
    """
    options = options or Options()
    rows = ceilings(problem)
    floors = {zone: floor for zone, floor in problem.zone_floor.items() if floor > 0}
    pinned = {zone: floor for zone, floor in floors.items() if zone in pins}
    others = {zone: floor for zone, floor in floors.items() if zone not in pins}
    _, nodes = effort(write(problem, rows, floors), options)
    extra = _extra(problem, rows, floors, funds, nodes)
    options.stopped()
    let_go = _fewest(problem, rows, others, pins, pinned, nodes) if pinned else None
    options.stopped()
    factor = _largest(problem, rows, pinned, others, nodes) if others else None
    if let_go is not None or factor is not None or not (pinned and others):
        return Relief(extra, let_go, factor)
    let_go = _fewest(problem, rows, {}, pins, pinned, nodes) or ()
    kept = {zone: floor for zone, floor in pinned.items() if zone not in let_go}
    return Relief(extra, let_go, _largest(problem, rows, kept, others, nodes), together=True)


def _extra(
    problem: Problem,
    rows: tuple[Ceiling, ...],
    floors: dict[str, float],
    funds: Collection[int],
    nodes: int | None,
) -> Admission | None:
    """The smallest extra of one fund and year; asked again of the problem that has it."""
    held = aiming(write(problem, rows, floors), {})
    places = [(f, t) for f in sorted(funds) for t in range(problem.years)]
    try:
        found = least_extra(held, places, nodes and _NODES)
    except SolverFailed:
        return None
    if found is None:
        return None
    row = list(problem.budget[found.fund])
    row[found.year] += found.extra
    budget = (*problem.budget[: found.fund], tuple(row), *problem.budget[found.fund + 1 :])
    richer = replace(problem, budget=budget)
    return found if is_possible(richer, ceilings(richer), floors, nodes) else None


def _fewest(
    problem: Problem, rows: tuple[Ceiling, ...], others: dict[str, float], pins: Mapping[str, int],
    pinned: Collection[str], nodes: int | None,
) -> tuple[str, ...] | None:  # fmt: skip
    """The fewest pins without which the others and these floors can be had; None if they cannot at all."""
    model = write(problem, rows, others)
    gain = {c: 1.0 for zone in pinned for c in model.columns_of.get(pins[zone], ())}
    found = search(aiming(model, gain), 0.0, nodes)
    if found is None or found.schedule is None:
        return None
    built = set(benefit.built(found.schedule))
    return tuple(zone for zone in pinned if pins[zone] not in built)


def _largest(
    problem: Problem, rows: tuple[Ceiling, ...], pinned: dict[str, float], others: dict[str, float],
    nodes: int | None,
) -> float | None:  # fmt: skip
    """The largest part of these floors, all alike, that can be had with the pins; None if the pins cannot."""
    found = lift(write(problem, rows, pinned, margin=others), 0.0 if nodes is None else 0.01, nodes, {})
    if found is None or found.schedule is None:
        return None
    reached = benefit.fairest(problem, benefit.built(found.schedule), others, pinned)
    factor = min(reached.get(zone, 0.0) / floor for zone, floor in others.items())
    return min(1.0, factor * (1 - SAME))
