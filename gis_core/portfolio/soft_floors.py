"""Floors in money kept as far as they can be: first as little missing as possible in all, then the most benefit.

It knows nothing about the benefit. That is rule 10 of method 5.2 with a penalty above every benefit, solved in two
stages, as max-min is, so that the penalty is in no objective, bound or gap that is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gis_core.portfolio.benefit import Schedule, built
from gis_core.portfolio.funds import Ceiling
from gis_core.portfolio.greedy import greedy
from gis_core.portfolio.matrix import write
from gis_core.portfolio.model import Problem
from gis_core.portfolio.money_floors import missing
from gis_core.portfolio.search import aiming, broken, search


def settle(
    problem: Problem, rows: tuple[Ceiling, ...], floors: Mapping[str, float], gap: float, nodes: int | None
) -> tuple[Problem, Schedule | None]:
    """The problem in which no more rupiah may be missing than must be, and a schedule that misses so few.

    floors: zone -> least covered weight, which go first. A problem without floors in money, and one for which the node
    limit came before any schedule, come back as they are, with none.
    """
    if not problem.money_floors:
        return problem, None
    wide = replace(problem, most_missing=sum(floor.rupiah for floor in problem.money_floors))
    model = write(wide, rows, floors)
    best = greedy(wide, floors, rows=rows)
    if best is not None and broken(model, best) is not None:
        best = None
    if best is None or _lacks(wide, best):
        model.program  # noqa: B018 (writes the columns of what is missing)
        found = search(aiming(model, {c: -rupiah for c, rupiah in model.short.items()}), gap, nodes)
        if found is not None and found.schedule is not None:
            best = (
                found.schedule if best is None else min(best, found.schedule, key=lambda s: _lacks(wide, s))
            )
    return (problem, None) if best is None else (replace(problem, most_missing=_lacks(wide, best)), best)


def _lacks(problem: Problem, schedule: Schedule) -> int:
    return sum(missing(problem, built(schedule)).values())
