"""What a search begins with: the floors that can be kept, as far as they can, and plans at hand without a solver.

It knows nothing about how the best plan is found (`solve`); it says what the best is sought among.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from gis_core.portfolio import benefit, equity, soft_floors
from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.funds import Ceiling
from gis_core.portfolio.greedy import best_single, greedy
from gis_core.portfolio.matrix import Model, write
from gis_core.portfolio.model import Problem
from gis_core.portfolio.plan import Conflict, Options
from gis_core.portfolio.search import broken

SMALL: Final = 150
"""Up to so many columns the optimum is proven unless a gap is asked for."""

LARGE_GAP: Final = 1e-3


@dataclass(frozen=True, eq=False)
class Start:
    """Where a search begins.

    model: the problem, its floors in money settled, with the floors that are kept. free: a plan that heeds none;
    filled: one that reaches them, as far as it goes; saved: one that misses least of the floors in money. gap, nodes:
    what to stop at. trouble: why the floors asked for cannot be kept, None if they can. notes: remarks for the reader.
    """

    model: Model
    free: Schedule
    filled: Schedule
    saved: Schedule | None
    gap: float
    nodes: int | None
    trouble: Conflict | None
    notes: tuple[str, ...]

    @property
    def at_hand(self) -> tuple[Schedule, ...]:
        """The plans at hand, each once; of equals the first is taken."""
        found = (self.free, self.filled, self.saved)
        return tuple(dict.fromkeys(plan for plan in found if plan is not None))

    @property
    def greedy_objective(self) -> float | None:
        """U of the plan without a solver; None if it misses a floor."""
        if broken(self.model, self.filled):
            return None
        return benefit.value(self.model.problem, self.filled, self.model.floors)


def begin(problem: Problem, rows: tuple[Ceiling, ...], free: Schedule, options: Options) -> Start:
    """Drop floors that cannot be had together, and settle those in money. free: a plan that heeds no floors."""
    floors = {place: floor for place, floor in problem.zone_floor.items() if floor > 0}
    model, trouble = write(problem, rows, floors), None
    notes: tuple[str, ...] = ()
    gap, nodes = effort(model, options)
    # A plan that reaches the floors by itself needs no other that is made towards them.
    missed = floors and broken(model, free) is not None
    filled = without_solver(problem, rows, floors) if missed else free
    # A plan at hand that reaches the floors saves asking the solver for one.
    if floors and broken(model, filled) is not None and not equity.is_possible(problem, rows, floors, nodes):
        trouble = equity.conflict(problem, rows, gap, nodes)
        floors, model, filled = {}, write(problem, rows), free
    problem, saved = soft_floors.settle(problem, rows, floors, gap, nodes)
    if problem.money_floors:
        model, filled = write(problem, rows, floors), without_solver(problem, rows, floors)
        if saved is None:
            notes = ("the node limit came before a plan that keeps the floors in money as far as it can be",)
    return Start(model, free, filled, saved, gap, nodes, trouble, notes)


def worst_first(start: Start) -> Start:
    """The start with floors that hold every zone at the largest least share there is; the same model where no zone can
    be reached, or no plan that does is found, which a note tells.
    """
    problem, rows, floors = start.model.problem, start.model.rows, start.model.floors
    zones, notes = equity.within_reach(problem), list(start.notes)
    if not zones:
        return start
    apart = [place for place in problem.zones if place not in zones and place not in problem.pins]
    if apart:
        notes.append(
            f"no work that can be built reaches {', '.join(apart)}: the worst-served are sought elsewhere"
        )
    lifted = equity.max_min(problem, rows, floors, start.gap, start.nodes)
    if lifted is None:
        notes.append("the search for the best share of the worst-served zone ended without a plan")
        return replace(start, notes=tuple(notes))
    floors, free = lifted
    return replace(
        start, model=write(problem, rows, floors), free=free, filled=without_solver(problem, rows, floors),
        notes=tuple(notes),
    )  # fmt: skip


def effort(model: Model, options: Options) -> tuple[float, int | None]:
    """Gap and node limit: small problems are proven."""
    small = len(model.column) <= SMALL
    gap = (0.0 if small else LARGE_GAP) if options.gap is None else options.gap
    return gap, options.nodes if options.gap is not None or not small else None


def without_solver(problem: Problem, rows: tuple[Ceiling, ...], floors: dict[str, float]) -> Schedule:
    """The better of the greedy plan and the best single work; with floors the greedy plan."""
    plan = greedy(problem, floors, rows=rows)
    assert plan is not None  # nothing is forced in
    if floors or problem.money_floors:
        return plan
    return best_single(problem, rows, above=benefit.value(problem, plan)) or plan
