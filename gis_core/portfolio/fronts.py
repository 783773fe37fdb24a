"""What more or less money would buy, and which works are in whatever is uncertain.

It knows nothing about one plan's details. Budget sweep, front and core index of method 5.6 (Haimes, Lasdon &
Wismer 1971 and Mavrotas 2009 for the front; Liesiö, Mild & Salo 2007, 2008 for the core).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.coverage import SAME
from gis_core.errors import BadInput
from gis_core.portfolio import benefit
from gis_core.portfolio.funds import ceilings
from gis_core.portfolio.greedy import greedy
from gis_core.portfolio.matrix import Model, write
from gis_core.portfolio.model import Problem
from gis_core.portfolio.plan import Options
from gis_core.portfolio.search import aiming, search
from gis_core.portfolio.soft_floors import settle
from gis_core.portfolio.solve import make_plan
from gis_core.portfolio.starting import effort

Floats = NDArray[np.float64]

_ROUGH, _ROUGH_GAP = Options(nodes=1000), 0.01
"""A front solves many programs; large ones need not be solved as far as a single plan."""

_IN_DRAWS = Options(gap=1e-4, nodes=1000, explain=False)
"""How each draw of a core index is solved: to a hair, since telling equal plans apart takes far longer."""

_SAME_COVERED = 1e-4
"""Plans of a front whose coverage differs by less (of the largest) are one."""


@dataclass(frozen=True)
class Point:
    """One budget of a sweep: factor of today's, rupiah in all, U with its bound and relaxation, the years of works.

    feasible is False where so little money cannot reach the floors: the plan is then the one without them, and misses
    no more of those in money than it must.
    """

    factor: Fraction
    rupiah: int
    objective: float
    bound: float
    lp_bound: float
    schedule: benefit.Schedule
    feasible: bool

    @property
    def built(self) -> tuple[int, ...]:
        """The works that are built."""
        return benefit.built(self.schedule)


def budget_sweep(
    problem: Problem,
    factors: Sequence[Fraction],
    options: Options | None = None,
    fixed: Collection[int] = (),
) -> Iterator[Point]:
    """The plan for every budget multiplied by each factor (rounded down to rupiah), one after the other.

    factors: rising, >= 0. fixed: numbers of funds that keep their budget and are not counted in rupiah. U never
    falls along budgets that reach the floors: a plan found for less money is kept if the one found within the gap
    is worth less. Raises BadInput for factors out of order.
    """
    if any(f < 0 for f in factors) or list(factors) != sorted(factors):
        raise BadInput("factors must rise and not be negative", "/factors")
    options = replace(options or Options(), explain=False)
    best = 0.0
    richest: benefit.Schedule = (None,) * len(problem.works)
    for factor in factors:
        rows = tuple(
            row if f in fixed else tuple(int(rupiah * factor) for rupiah in row)
            for f, row in enumerate(problem.budget)
        )
        plan = make_plan(replace(problem, budget=rows), options)
        value, schedule = plan.objective, plan.schedule
        feasible = plan.feasible and not plan.missed
        if feasible:
            if value < best:
                value, schedule = best, richest
            best, richest = value, schedule
        rupiah = sum(sum(row) for f, row in enumerate(rows) if f not in fixed)
        yield Point(
            factor, rupiah, value, max(value, plan.bound), max(value, plan.lp_bound), schedule, feasible
        )


@dataclass(frozen=True)
class Balance:
    """A plan of a front: weight covered, the other measure, works built."""

    covered: float
    other: float
    built: tuple[int, ...]


def front(
    problem: Problem, other: ArrayLike, steps: int | None = None, options: Options | None = None
) -> Iterator[Balance]:
    """Plans that give the most of a second measure for every amount covered; coverage rises, the other falls.

    They come one after the other. other (n,) >= 0 adds up over the works built, such as the slum reduction of each;
    values, synergies and benefit years of the problem are left aside. Epsilon-constraint method: the most of the other
    measure with more covered than by the plan before, then the most covered with that much of it, so that no plan of
    the front is dominated, and those that no weighted sum would find are there. steps: coverage rises by at least one
    of so many parts of its range from plan to plan; None: every plan that covers a ten thousandth more. Small
    problems are proven, others solved to 1 % or 1,000 nodes each unless options are given, whose `stop` ends the
    front. None if the floors cannot be reached. Raises BadInput for wrong measures.
    """
    measure = np.asarray(other, dtype=np.float64)
    if measure.shape != (len(problem.works),) or not (np.isfinite(measure) & (measure >= 0)).all():
        raise BadInput(f"must have shape ({len(problem.works)},), finite and not negative", "/other")
    if steps is not None and steps < 1:
        raise BadInput("must be at least 1", "/steps")
    works = tuple(replace(w, value=0.0) for w in problem.works)
    floors = {place: floor for place, floor in problem.zone_floor.items() if floor > 0}
    problem, rows = replace(problem, works=works, synergy=(), benefit_years=None), ceilings(problem)
    gap, nodes = effort(write(problem, rows, floors), options or _ROUGH)
    gap = max(gap, _ROUGH_GAP) if options is None and gap > 0 else gap
    model = write(settle(problem, rows, floors, gap, nodes)[0], rows, floors)
    most = _best(model, measure, dict(model.benefit()), gap, nodes)
    first: Balance | None = None
    last: Balance | None = None
    stopped = options.stopped if options else lambda: False
    while most is not None and (last is None or last.covered < most.covered * (1 - SAME)):
        if stopped():
            return
        least = 0.0
        if first and last:
            rise = (most.covered - first.covered) / steps if steps else 0.0
            least = min(last.covered + max(rise, _SAME_COVERED * most.covered), most.covered)
        balance = _balanced(model, measure, least, gap, nodes)
        if balance is None or (last and balance.covered <= last.covered):
            return
        first, last = first or balance, balance
        yield balance


def _balanced(model: Model, measure: Floats, least: float, gap: float, nodes: int | None) -> Balance | None:
    """The most of the measure with at least so much covered, and the most covered with that much of it."""
    gain = {c: float(measure[i]) for (i, _), c in model.column.items()}
    program = model.program.copy()
    unit = max(1.0, least)
    program.at_least([(c, weight / unit) for c, weight in model.benefit()], least / unit)
    held = model.with_program(program)
    first = _best(held, measure, gain, gap, nodes)
    if first is None:
        return None
    unit = max(1.0, first.other)
    program = program.copy()
    program.at_least([(c, value / unit) for c, value in gain.items()], first.other / unit - SAME)
    return _best(held.with_program(program), measure, dict(model.benefit()), gap, nodes) or first


def _best(
    model: Model, measure: Floats, gain: dict[int, float], gap: float, nodes: int | None
) -> Balance | None:
    """The plan of a model with the largest gain."""
    found = search(aiming(model, gain), gap, nodes)
    if found is None or found.schedule is None:
        return None
    works = benefit.built(found.schedule)
    return Balance(
        benefit.covered(model.problem, works, model.floors), math.fsum(measure[list(works)].tolist()), works
    )


def core_index(draws: Iterable[Problem], exact: bool = True) -> Floats:
    """Share of the draws in which each work is in the plan, (n,): 1 core, 0 exterior, between: discuss.

    draws: the problem with sampled values and weights, the same works in the same order in each; draw them with a
    stored seed. exact: solve each draw; else the greedy plan stands for the best one (its gap is usually 1 to 2 %).
    Raises BadInput where there is no draw or the works differ.
    """
    times: Floats | None = None
    count = 0
    for drawn in draws:
        times = np.zeros(len(drawn.works)) if times is None else times
        if len(drawn.works) != len(times):
            raise BadInput("every draw needs the same works", f"/draws/{count}")
        plan = make_plan(drawn, _IN_DRAWS).schedule if exact else greedy(drawn, drawn.zone_floor)
        assert plan is not None  # nothing is forced in
        times[list(benefit.built(plan))] += 1
        count += 1
    if times is None:
        raise BadInput("needs at least one draw", "/draws")
    return times / count
