"""What more or less money would buy, and which works are in whatever is uncertain.

It knows nothing about one plan's details. Budget sweep, front and core index of method 5.6 (Haimes, Lasdon &
Wismer 1971 and Mavrotas 2009 for the front; Liesiö, Mild & Salo 2007, 2008 for the core).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
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
from gis_core.portfolio.solve import effort, make_plan

Floats = NDArray[np.float64]

_ROUGH, _ROUGH_GAP = Options(nodes=1000), 0.01
"""A front solves many programs; large ones need not be solved as far as a single plan."""

_SAME_COVERED = 1e-4
"""Plans of a front whose coverage differs by less (of the largest) are one."""


@dataclass(frozen=True)
class Point:
    """One budget of a sweep: factor of today's, rupiah in all, U with its bound and relaxation, works built."""

    factor: Fraction
    rupiah: int
    objective: float
    bound: float
    lp_bound: float
    built: tuple[int, ...]


def budget_sweep(
    problem: Problem, factors: Sequence[Fraction], options: Options | None = None
) -> Iterator[Point]:
    """The plan for every budget multiplied by each factor (rounded down to rupiah), one after the other.

    factors: rising, >= 0. U never falls along the sweep: a plan found for less money is kept if the one
    found within the gap is worth less. Raises BadInput for factors out of order.
    """
    if any(f < 0 for f in factors) or list(factors) != sorted(factors):
        raise BadInput("factors must rise and not be negative", "/factors")
    options = replace(options or Options(), explain=False)
    best = 0.0
    works: tuple[int, ...] = ()
    for factor in factors:
        rows = tuple(tuple(int(rupiah * factor) for rupiah in row) for row in problem.budget)
        plan = make_plan(replace(problem, budget=rows), options)
        if plan.objective >= best:
            best, works = plan.objective, benefit.built(plan.schedule)
        yield Point(factor, sum(map(sum, rows)), best, max(best, plan.bound), max(best, plan.lp_bound), works)


@dataclass(frozen=True)
class Balance:
    """A plan of a front: weight covered, the other measure, works built."""

    covered: float
    other: float
    built: tuple[int, ...]


def front(
    problem: Problem, other: ArrayLike, steps: int | None = None, options: Options | None = None
) -> list[Balance]:
    """Plans that give the most of a second measure for every amount covered; coverage rises, the other falls.

    other (n,) >= 0 adds up over the works built, such as the slum reduction of each; values and synergies of
    the problem are left aside. Epsilon-constraint method: the most of the other measure with more covered
    than by the plan before, then the most covered with that much of it, so that no plan of the front is
    dominated, and those that no weighted sum would find are there. steps: coverage rises by at least one of
    so many parts of its range from plan to plan; None: every plan that covers a ten thousandth more. Small
    problems are proven, others solved to 1 % or 1,000 nodes each unless options are given. [] if the floors cannot be
    reached. Raises BadInput for wrong measures.
    """
    measure = np.asarray(other, dtype=np.float64)
    if measure.shape != (len(problem.works),) or not (np.isfinite(measure) & (measure >= 0)).all():
        raise BadInput(f"must have shape ({len(problem.works)},), finite and not negative", "/other")
    if steps is not None and steps < 1:
        raise BadInput("must be at least 1", "/steps")
    works = tuple(replace(w, value=0.0) for w in problem.works)
    floors = {place: floor for place, floor in problem.zone_floor.items() if floor > 0}
    model = write(replace(problem, works=works, synergy=()), ceilings(problem), floors)
    gap, nodes = effort(model, options or _ROUGH)
    gap = max(gap, _ROUGH_GAP) if options is None and gap > 0 else gap
    most = _best(model, measure, dict(model.benefit()), gap, nodes)
    found: list[Balance] = []
    while most is not None and (not found or found[-1].covered < most.covered * (1 - SAME)):
        least = 0.0
        if found:
            rise = (most.covered - found[0].covered) / steps if steps else 0.0
            least = min(found[-1].covered + max(rise, _SAME_COVERED * most.covered), most.covered)
        balance = _balanced(model, measure, least, gap, nodes)
        if balance is None or (found and balance.covered <= found[-1].covered):
            break
        found.append(balance)
    return found


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


def core_index(
    problem: Problem, values: ArrayLike, factors: ArrayLike | None = None, exact: bool = False
) -> Floats:
    """Share of the draws in which each work is in the plan, (n,): 1 core, 0 exterior, between: discuss.

    values: (draws, n) values of the works; factors: (draws,) factors of the demands' weights, 1 if None.
    exact: solve each draw; else the greedy plan stands for the best one (its gap is usually 1 to 2 %).
    Draw the numbers with a stored seed. Raises BadInput for wrong shapes.
    """
    table = np.asarray(values, dtype=np.float64)
    scale = np.ones(len(table)) if factors is None else np.asarray(factors, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(problem.works) or not len(table):
        raise BadInput(f"must have shape (draws, {len(problem.works)})", "/values")
    if scale.shape != (len(table),):
        raise BadInput(f"must have shape ({len(table)},)", "/factors")
    times = np.zeros(len(problem.works))
    for row, factor in zip(table.tolist(), scale.tolist(), strict=True):
        works = tuple(replace(w, value=v) for w, v in zip(problem.works, row, strict=True))
        drawn = replace(problem, works=works, weight=problem.weight * factor)
        plan = make_plan(drawn, Options(explain=False)).schedule if exact else greedy(drawn, drawn.zone_floor)
        assert plan is not None  # nothing is forced in
        times[list(benefit.built(plan))] += 1
    return times / len(table)
