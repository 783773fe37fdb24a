"""Admission money: the smallest extra in one fund and year that lets a work in at no loss of benefit.

It knows nothing about reasons (method 5.5 d). Of few works every set is tried (`every_set`); of many, a program with a
column of extra money is solved for each fund and year; of more still, the plan is kept as it is and the work added.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from gis_core.portfolio import benefit
from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.every_set import EverySet, are_few
from gis_core.portfolio.funds import scale_of
from gis_core.portfolio.greedy import Ledger
from gis_core.portfolio.matrix import Model
from gis_core.portfolio.plan import Admission, Plan
from gis_core.portfolio.search import aiming, forcing
from gis_core.program import SolverFailed, solve

_MOST_CUTS = 50

Admit = Callable[[int], Admission | None]


def admitting(model: Model, plan: Plan, only: tuple[int, int] | None, exact: bool) -> Admit:
    """Who knows the smallest whole extra rupiah for a left-out work, None if no extra in one place does it.

    only: the one fund and year (0-based) that may give more. exact: over all plans that are worth as much as today's;
    else the plan is kept as it is and the work added, which may ask for more than is needed (`proven` False).
    """
    problem = model.problem
    places = [(f, t) for f in range(len(problem.funds)) for t in range(problem.years)]
    places = [p for p in places if only in (None, p)]
    if not exact:
        return lambda work: _added_to(model, plan, work, places)
    least = plan.objective - (0.5 if problem.is_whole else 1e-7 * max(1.0, abs(plan.objective)))
    if are_few(model):
        return EverySet(model, least, places).least_extra
    return lambda work: _by_program(model, plan, work, places, least)


def needed(model: Model, schedule: Schedule, fund: int, year: int) -> int | None:
    """Whole extra rupiah of a fund in a year that lets a schedule be paid; None if that cannot help."""
    scale, extra = scale_of(model.problem), 0
    for ceiling in model.rows:
        over = ceiling.of(schedule) - ceiling.money
        if over > 0 and fund not in ceiling.funds[year]:
            return None
        extra = max(extra, -(-over // scale))
    return extra


def _by_program(
    model: Model, plan: Plan, work: int, places: list[tuple[int, int]], least: float
) -> Admission | None:
    """The same over the sets of many works."""
    program = forcing(model, work).program
    program.at_least(model.benefit(), least)
    try:
        return least_extra(aiming(model.with_program(program), {}), places)
    except SolverFailed:
        return _added_to(model, plan, work, places)


def least_extra(held: Model, places: Sequence[tuple[int, int]], nodes: int | None = None) -> Admission | None:
    """The smallest whole extra of one of these funds and years (0-based) that makes a model possible, the first of
    equals; None if no extra in one place does it. nodes: limit of each search, with which it may not be the smallest.
    """
    best: Admission | None = None
    for fund, year in places:
        most = sum(max(row[year:]) for row in held.problem.cost) if best is None else best.extra - 1
        if most < 0:
            break
        best = _in_one_place(held, fund, year, most, nodes) or best
    return best


def _in_one_place(held: Model, fund: int, year: int, most: int, nodes: int | None) -> Admission | None:
    """The smallest extra in one fund and year, at most `most` rupiah; None if that is not enough."""
    scale = scale_of(held.problem)
    program = held.program.copy()
    extra = program.column(-1.0, False, _rupiah(most, scale, held))
    for ceiling, row in held.row_of.items():
        if fund in ceiling.funds[year]:
            program.also(row, extra, -1.0)
    for _ in range(_MOST_CUTS):
        answer = solve(program, nodes=nodes)
        if answer is None or not math.isfinite(answer.value):
            return None
        years: list[int | None] = [None] * len(held.problem.works)
        for (i, t), c in held.column.items():
            if answer.x[c] > 0.5:
                years[i] = t
        found = needed(held, tuple(years), fund, year)
        if found is not None and _rupiah(found, scale, held) <= _rounding(held, scale) - answer.value:
            return Admission(fund, year, found, answer.finished) if found <= most else None
        inside = [held.column[i, t] for i, t in enumerate(years) if t is not None]
        outside = [c for c in held.column.values() if c not in inside]
        program.at_most([*((c, 1.0) for c in inside), *((c, -1.0) for c in outside)], len(inside) - 1.0)
    return None


def _rupiah(extra: int, scale: int, model: Model) -> float:
    """Rupiah in the unit of the program's money rows."""
    return extra * scale / model.unit


def _rounding(model: Model, scale: int) -> float:
    """How far whole rupiah may lie above the solver's extra: one rupiah and its tolerance."""
    return 1.01 * scale / model.unit + 1e-5


def _cheapest(model: Model, schedule: Schedule, places: list[tuple[int, int]]) -> Admission | None:
    """The place that asks for least, the first of equals."""
    best: Admission | None = None
    for fund, year in places:
        extra = needed(model, schedule, fund, year)
        if extra is not None and (best is None or extra < best.extra):
            best = Admission(fund, year, extra, True)
    return best


def _added_to(model: Model, plan: Plan, work: int, places: list[tuple[int, int]]) -> Admission | None:
    """The least extra if the plan stays as it is and the work comes on top with its predecessors."""
    problem = model.problem
    ledger = Ledger(problem, model.rows)
    for i, year in enumerate(plan.schedule):
        if year is not None:
            ledger.put(i, year)
    bundle = ledger.missing(work) or [work]
    together = {*benefit.built(plan.schedule), *bundle}
    if any(len(together & set(group)) > 1 for group in problem.exclusive) or not ledger.add(bundle[:-1]):
        return None
    start = max((ledger.year[a] for a in problem.predecessors[work]), default=0)
    best: Admission | None = None
    for year in (t for t in problem.windows[work] if t >= start):
        schedule = list(ledger.schedule())
        schedule[work] = year
        if benefit.value(problem, tuple(schedule), model.floors) < plan.objective:
            continue
        useful = [(f, t) for f, t in places if t == year or (t < year and f in problem.carry)]
        found = _cheapest(model, tuple(schedule), useful)
        if found is not None and (best is None or found.extra < best.extra):
            best = found
    return None if best is None else Admission(best.fund, best.year, best.extra, False)
