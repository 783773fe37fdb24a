"""The solver run on a portfolio until its rounded answer obeys every rule exactly.

It knows nothing about the order of work or explanations. Answers that pass only by the solver's
tolerance are forbidden by a row of their own and the search goes on (method 5.4 and 7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from gis_core.coverage import SAME
from gis_core.portfolio import benefit
from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.matrix import Model
from gis_core.portfolio.money_floors import is_kept
from gis_core.program import Relaxed, relax, solve

_MOST_CUTS = 200


@dataclass(frozen=True, eq=False)
class Found:
    """A schedule (None if the node limit came first), its value counted again, and the proven bound.

    value: the program's gain of the solver's x; U where the program maximises U. finished: the search
    ended by itself.
    """

    schedule: Schedule | None
    value: float
    bound: float
    finished: bool


def search(
    model: Model,
    gap: float = 0.0,
    nodes: int | None = None,
    fixed: dict[int, float] | None = None,
    seconds: float | None = None,
) -> Found | None:
    """The best schedule of a model within a relative gap; None if there is none.

    fixed: column -> value. The bound holds for the model with these columns fixed.
    """
    program, bound = model.program.copy(), np.inf
    for _ in range(_MOST_CUTS):
        answer = solve(program, gap, nodes, fixed, seconds)
        if answer is None:
            return None
        bound = answer.bound
        if np.isnan(answer.x).any():
            break
        schedule = _rounded(model, answer.x)
        cut = broken(model, schedule)
        if cut is None:
            return Found(schedule, answer.value, answer.bound, answer.finished)
        inside, outside = cut
        program.at_most([*((c, 1.0) for c in inside), *((c, -1.0) for c in outside)], len(inside) - 1.0)
    return Found(None, -np.inf, bound, False)


def broken(model: Model, schedule: Schedule) -> tuple[list[int], list[int]] | None:
    """Columns (inside, outside) of a row that forbids a schedule which breaks a rule by a hair, or None."""
    for ceiling in model.rows:
        if ceiling.of(schedule) > ceiling.money:
            asking = [(i, t) for i, t in enumerate(schedule) if t is not None and ceiling.asked[t][i]]
            return [model.column[place] for place in asking], []
    works = benefit.built(schedule)
    inside = [model.column[i, t] for i, t in enumerate(schedule) if t is not None]
    outside = [c for (i, _), c in model.column.items() if schedule[i] is None]
    return None if keeps_rules(model, works) else (inside, outside)


def keeps_rules(model: Model, works: Sequence[int]) -> bool:
    """Whether a set keeps limits and floors, exactly; no word of years, money and relations."""
    problem = model.problem
    for limit in problem.limits:
        if sum((limit.use[i] for i in works), Fraction(0)) > limit.capacity:
            return False
    if not is_kept(problem, works):
        return False
    reached = benefit.covered_by_zone(problem, works, model.floors) if model.floors else {}
    return all(
        reached.get(place, 0.0) >= floor - SAME * max(1.0, floor) for place, floor in model.floors.items()
    )


def settle(model: Model, relaxed: Relaxed, threshold: float) -> dict[int, float]:
    """Columns that no plan worth more than `threshold` can have otherwise (reduced-cost fixing)."""
    fixed = {}
    for c in model.column.values():
        reduced = relaxed.reduced[c]
        if relaxed.value - abs(reduced) < threshold - 1e-7 * max(1.0, abs(threshold)):
            fixed[c] = 1.0 if reduced > 0 else 0.0
    return fixed


def bound_of(model: Model, fixed: dict[int, float] | None = None) -> Relaxed | None:
    """The relaxation of a model; None if even that is impossible."""
    return relax(model.program, fixed)


def forcing(model: Model, work: int) -> Model:
    """The model in which a work must be built."""
    program = model.program.copy()
    program.at_least(model.built(work), 1.0)
    return model.with_program(program)


def leaving(model: Model, work: int) -> Model:
    """The model in which a work must not be built: its columns may not be used."""
    program = model.program.copy()
    program.at_most(model.built(work), 0.0)
    return model.with_program(program)


def aiming(model: Model, gain: dict[int, float]) -> Model:
    """The model with another objective: column -> gain."""
    program = model.program.copy()
    program = replace(program, gain=[gain.get(c, 0.0) for c in range(len(program.gain))])
    return model.with_program(program)


def _rounded(model: Model, x: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Schedule:
    """The schedule of a solver's x."""
    years: list[int | None] = [None] * len(model.problem.works)
    for (i, t), c in model.column.items():
        if x[c] > 0.5:
            years[i] = t
    return tuple(years)
