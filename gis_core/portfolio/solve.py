"""The order of work: a greedy plan at once, its bound at once, then the search until the gap is closed.

It knows nothing about documents or jobs: it yields reports, so that a caller can show the gap from the
first second and stop between two of them (method 5.4).
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gis_core.coverage import proven, relative_gap
from gis_core.portfolio import benefit, equity, money_floors, reasons, service, soft_floors, ties
from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.funds import Ceiling, ceilings
from gis_core.portfolio.greedy import best_single, greedy
from gis_core.portfolio.matrix import Model, write
from gis_core.portfolio.model import Problem
from gis_core.portfolio.payments import split
from gis_core.portfolio.plan import Options, Plan, Progress
from gis_core.portfolio.prices import Prices, elsewhere, prices
from gis_core.portfolio.recheck import violations
from gis_core.portfolio.search import Found, bound_of, broken, search, settle
from gis_core.program import solve

_NODES_FOR_YEARS = 500
_NOT_ALL_EXPLAINED = "stopped before every work was explained"
_TIES = 100
_EXPLAINED_EXACTLY = 45
"""Up to so many columns ties are resolved by program, and every explanation is solved to its end."""

SMALL = 150
"""Up to so many columns the optimum is proven unless a gap is asked for."""

LARGE_GAP = 1e-3
_RUNGS: tuple[tuple[float, int | None], ...] = ((1.0, 300), (2.0, 1_000), (5.0, 1_000), (math.inf, None))
"""How far below the relaxation (in gaps) plans are looked for, and the nodes spent on it."""


@dataclass
class _State:
    """The best schedule so far with its value, the bounds proven, whether it ended itself and keeps the floors, prices
    of money and what that of each work brings elsewhere."""

    schedule: Schedule | None
    value: float
    bound: float
    lp_bound: float
    finished: bool = True
    keeps_floors: bool = True
    prices: Prices | None = None
    elsewhere: dict[tuple[int, int], float] | None = None


def make_plan(problem: Problem, options: Options | None = None) -> Plan:
    """The plan of a problem; `steps` without the reports."""
    plan = None
    for report in steps(problem, options):
        plan = report.plan
    assert plan is not None  # the last report carries it
    return plan


def steps(problem: Problem, options: Options | None = None) -> Generator[Progress, None, None]:
    """Plan and report; the last report has stage "done" and carries the plan.

    Order: greedy, bound, [equity], search in growing trees, ties, explanations one by one. The reports'
    gap never grows before the explanations. Every plan is re-checked in whole rupiah by `recheck`.
    """
    options = options or Options()
    rows = ceilings(problem)
    first = _without_solver(problem, rows, {})
    yield Progress("greedy", benefit.value(problem, first), None, None)
    floors = {place: floor for place, floor in problem.zone_floor.items() if floor > 0}
    trouble, notes = None, []
    model = write(problem, rows, floors)
    gap, nodes = effort(model, options)
    filled = _without_solver(problem, rows, floors) if floors else first
    # A plan at hand that reaches the floors saves asking the solver for one.
    if floors and broken(model, filled) is not None and not equity.is_possible(problem, rows, floors, nodes):
        trouble = equity.conflict(problem, rows, gap, nodes)
        floors, model, filled = {}, write(problem, rows), first
    problem, saved = soft_floors.settle(problem, rows, floors, gap, nodes)
    if problem.money_floors:
        model = write(problem, rows, floors)
        filled = _without_solver(problem, rows, floors)
        if saved is None:
            notes.append(
                "the node limit came before a plan that keeps the floors in money as far as it can be"
            )
    if options.equity == "max_min" and (zones := equity.within_reach(problem)):
        apart = [place for place in problem.zones if place not in zones and place not in problem.pins]
        if apart:
            notes.append(
                f"no work that can be built reaches {', '.join(apart)}: the worst-served are sought elsewhere"
            )
        lifted = equity.max_min(problem, rows, floors, gap, nodes)
        if lifted is None:
            notes.append("the search for the best share of the worst-served zone ended without a plan")
        else:
            floors, first = lifted
            model, filled = write(problem, rows, floors), _without_solver(problem, rows, floors)
            yield Progress("equity", benefit.value(problem, first, floors), None, None)
    state = _State(None, -math.inf, math.inf, math.inf)
    yield from _close(model, (first, filled, *([saved] if saved else [])), state, gap, nodes, options)
    if state.schedule is None:
        notes.append("the node limit came before a plan that reaches the floors; this one does not")
        state.schedule, model = first, write(replace(problem, most_missing=None), rows)
        state.keeps_floors = False
    plan = _finish(model, state, options, gap)
    unsolved = None if broken(model, filled) else benefit.value(problem, filled, model.floors)
    plan = replace(plan, greedy_objective=unsolved)
    feasible = trouble is None and plan.feasible and state.keeps_floors
    # More money would raise what the worst-served can have, so that nothing is known of the plan with it.
    if feasible and options.equity == "none":
        plan = replace(plan, prices=state.prices, elsewhere=state.elsewhere)
    plan = replace(plan, feasible=feasible, conflict=trouble, notes=(*notes, *plan.notes))
    exact = gap == 0 and len(model.column) <= _EXPLAINED_EXACTLY
    if options.explain:
        for left_out, kept, done, of in reasons.explain(model, plan, options.admission, exact):
            plan = replace(plan, left_out=left_out, kept=kept)
            yield Progress("explain", plan.objective, plan.bound, plan.gap, done, of)
            if options.stopped():
                plan = replace(plan, notes=(*plan.notes, _NOT_ALL_EXPLAINED))
                break
    yield Progress("done", plan.objective, plan.bound, plan.gap, plan=plan)


def effort(model: Model, options: Options) -> tuple[float, int | None]:
    """Gap and node limit: small problems are proven."""
    small = len(model.column) <= SMALL
    gap = (0.0 if small else LARGE_GAP) if options.gap is None else options.gap
    return gap, options.nodes if options.gap is not None or not small else None


def _without_solver(problem: Problem, rows: tuple[Ceiling, ...], floors: dict[str, float]) -> Schedule:
    """The better of the greedy plan and the best single work; with floors the greedy plan."""
    plan = greedy(problem, floors, rows=rows)
    assert plan is not None  # nothing is forced in
    if floors or problem.money_floors:
        return plan
    return best_single(problem, rows, above=benefit.value(problem, plan)) or plan


def _close(
    model: Model, starts: Sequence[Schedule], state: _State, gap: float, nodes: int | None, options: Options
) -> Iterator[Progress]:
    """Bound the best plan at hand, then search in growing trees until the gap is closed; fills the state."""
    problem = model.problem
    for start in starts:
        value = benefit.value(problem, start, model.floors)
        if value > state.value and broken(model, start) is None:
            state.schedule, state.value = start, value
    # Where years do not count, works that differ by their year only are one at first.
    alike = problem.years > 1 and problem.benefit_years is None
    free = write(problem, model.rows, model.floors, yearless=True) if alike else model
    for part in (free, model) if alike else (model,):
        found = bound_of(part)
        if found is None:
            return
        relaxed = found
        state.lp_bound, state.prices = relaxed.value, prices(part, relaxed)
        state.elsewhere = elsewhere(model, relaxed) if part is model else None
        state.bound = proven(state.value, min(state.bound, relaxed.value), problem.is_whole)
        yield _report("bound", state)
        if options.stopped():
            state.finished = False
            return
        # Without years the bound is there sooner; prices that are explained are those of the whole.
        if relative_gap(state.value, state.bound) <= gap and not options.explain:
            return
    if alike and relative_gap(state.value, state.bound) > gap:
        _learn(state, model, *_yearless(model, free, gap, nodes, options))
        yield _report("search", state)
    for depth, limit in _RUNGS if gap > 0 else ((math.inf, nodes),):
        if relative_gap(state.value, state.bound) <= gap:
            break
        if options.stopped():
            state.finished = False
            break
        # Plans worth less than the threshold are not looked for; the bound says so.
        threshold = max(state.value, relaxed.value - depth * gap * abs(relaxed.value))
        fixed = settle(model, relaxed, threshold) if math.isfinite(threshold) else {}
        limit = nodes if limit is None or nodes is None else min(limit, nodes)
        target = 0.9 * gap or (0.99 / max(1.0, abs(relaxed.value)) if problem.is_whole else 0.0)
        _learn(state, model, search(model, target, limit, fixed, options.seconds), threshold)
        yield _report("search", state)


def _yearless(
    model: Model, free: Model, gap: float, nodes: int | None, options: Options
) -> tuple[Found | None, float]:
    """Choose the set with money free to move between years, then find the years; a plan and a bound.

    Without twins that differ by year only the first program is solved in a fraction of the time; its bound
    holds for the whole problem, and its set nearly always finds its years.
    """
    answer = solve(free.program, 0.3 * gap, nodes, seconds=options.seconds)
    if answer is None or np.isnan(answer.x).any():
        return None, math.inf if answer is None else answer.bound
    chosen = {i for (i, _), c in free.column.items() if answer.x[c] > 0.5}
    fixed = {c: 0.0 for (i, _), c in model.column.items() if i not in chosen}
    found = search(model, 0.3 * gap, _NODES_FOR_YEARS, fixed, options.seconds)
    value = -math.inf if found is None else found.value
    return Found(None if found is None else found.schedule, value, answer.bound, answer.finished), -math.inf


def _learn(state: _State, model: Model, found: Found | None, threshold: float) -> None:
    """Keep a better plan and a better bound; a search below whose threshold nothing was looked for."""
    problem = model.problem
    ceiling = threshold if found is None else max(found.bound, threshold)
    if found is not None and found.schedule is not None:
        value = benefit.value(problem, found.schedule, model.floors)
        if value > state.value:
            state.schedule, state.value = found.schedule, value
    state.bound = proven(state.value, max(state.value, min(state.bound, ceiling)), problem.is_whole)
    state.finished = found is None or found.finished


def _everything(problem: Problem) -> float:
    """A bound without a solver: every value, demand and gain from two works together."""
    parts = [*(work.value for work in problem.works), *problem.weight.tolist()]
    return problem.since[0] * math.fsum([*parts, *(max(q, 0.0) for _, _, q in problem.synergy)])


def _report(stage: str, state: _State) -> Progress:
    value = None if state.schedule is None else state.value
    gap = None if value is None else relative_gap(value, state.bound)
    return Progress("bound" if stage == "bound" else "search", value, state.bound, gap)


def _finish(model: Model, state: _State, options: Options, gap: float) -> Plan:
    """Ties, payments in whole rupiah, the re-check, and all figures counted again."""
    problem, notes = model.problem, []
    schedule = state.schedule
    assert schedule is not None
    closed = state.bound == state.value and gap == 0 and len(model.column) <= _TIES
    schedule = ties.resolve(model, schedule) if closed else ties.pull_forward(model, schedule)
    if not state.finished:
        notes.append("the search was ended by its limit; the gap says how much may be missing")
        if options.seconds is not None:
            notes.append("a time limit was set, so another machine may find another plan")
    funding = split(problem, schedule) or {}
    if any(amount.denominator > 1 for paid in funding.values() for amount in paid.values()):
        notes.append("no split in whole rupiah exists; some amounts are fractions")
    works = benefit.built(schedule)
    years = benefit.years_of(schedule)
    *before, parts = (
        service.by_demand(problem.shared, benefit.serving_in(problem, years, year, model.floors))
        for year, _ in problem.counted
    )
    value = benefit.value(problem, schedule, model.floors)
    wrong = violations(problem, schedule, funding, model.floors, parts, value, before)
    if state.bound == math.inf:
        notes.append("the solver gave no bound; the one given is that of building everything")
        state.bound = _everything(problem)
    bound = max(value, state.bound)
    by_zone = benefit.covered_by_zone(problem, works, model.floors)
    return Plan(
        feasible=not wrong,
        schedule=schedule,
        funding=funding,
        objective=value,
        bound=bound,
        gap=relative_gap(value, bound),
        covered=benefit.covered(problem, works, model.floors),
        by_zone=by_zone,
        least_share=equity.least_share(problem, by_zone),
        greedy_objective=None,
        lp_bound=max(state.lp_bound, value) if state.lp_bound < math.inf else bound,
        finished=state.finished,
        floors=dict(model.floors),
        serving=parts,
        spent=money_floors.spent(problem, works),
        missed=money_floors.missing(problem, works),
        notes=(*notes, *wrong),
    )
