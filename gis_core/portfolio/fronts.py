"""What more or less money would buy, and which works are in whatever is uncertain.

It knows nothing about one plan's details. Budget sweep and core index of method 5.6 (Liesiö, Mild & Salo
2007, 2008).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput
from gis_core.portfolio import benefit
from gis_core.portfolio.greedy import greedy
from gis_core.portfolio.model import Problem
from gis_core.portfolio.plan import Options
from gis_core.portfolio.solve import make_plan


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


def core_index(
    problem: Problem, values: ArrayLike, factors: ArrayLike | None = None, exact: bool = False
) -> NDArray[np.float64]:
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
