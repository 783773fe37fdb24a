"""The order of work: a greedy plan at once, its bound at once, then the search until the gap is closed.

It knows nothing about documents or jobs: it yields reports, so that a caller can show the gap from the
first second and stop between two of them (method 5.4).
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

import numpy as np

from gis_core.coverage import proven, relative_gap
from gis_core.portfolio import benefit, equity, money_floors, reasons, service, ties
from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.funds import ceilings
from gis_core.portfolio.matrix import Model, write
from gis_core.portfolio.model import Problem
from gis_core.portfolio.payments import split
from gis_core.portfolio.plan import Options, Plan, Progress
from gis_core.portfolio.prices import Prices, elsewhere, prices
from gis_core.portfolio.recheck import violations
from gis_core.portfolio.search import Found, bound_of, broken, search, settle
from gis_core.portfolio.starting import Start, begin, without_solver, worst_first
from gis_core.program import solve

_NODES_FOR_YEARS = 500
_NOT_ALL_EXPLAINED = "stopped before every work was explained"
_TIES = 100
_EXPLAINED_EXACTLY = 45
"""Up to so many columns ties are resolved by program, and every explanation is solved to its end."""

_RUNGS: tuple[tuple[float, int | None], ...] = ((1.0, 300), (2.0, 1_000), (5.0, 1_000), (math.inf, None))
"""How far below the relaxation (in gaps) plans are looked for, and the nodes spent on it."""


@dataclass
class _State:
    """The best schedule so far with its value, the bounds proven, whether it ended itself, prices of money and what
    that of each work brings elsewhere."""

    schedule: Schedule | None
    value: float
    bound: float
    lp_bound: float
    finished: bool = True
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
    free = without_solver(problem, rows, {})
    yield Progress("greedy", benefit.value(problem, free), None, None)
    start = begin(problem, rows, free, options)
    if options.equity == "max_min":
        fair = worst_first(start)
        if fair.model is not start.model:
            yield Progress(
                "equity", benefit.value(fair.model.problem, fair.free, fair.model.floors), None, None
            )
        start = fair
    state = _State(None, -math.inf, math.inf, math.inf)
    yield from _close(start, state, options)
    model, plan = _told(start, state, options)
    if options.explain:
        exact = start.gap == 0 and len(model.column) <= _EXPLAINED_EXACTLY
        plan = yield from _explained(model, plan, options, exact)
    yield Progress("done", plan.objective, plan.bound, plan.gap, plan=plan)


def _told(start: Start, state: _State, options: Options) -> tuple[Model, Plan]:
    """The plan without its explanations, and the model whose rules it keeps: without floors where the search ended
    before any plan reached them.
    """
    model, notes = start.model, list(start.notes)
    if lost := state.schedule is None:
        notes.append("the node limit came before a plan that reaches the floors; this one does not")
        state.schedule, model = start.free, write(replace(model.problem, most_missing=None), model.rows)
    plan = _finish(model, state, options, start.gap)
    feasible = start.trouble is None and not lost and plan.feasible
    # More money would raise what the worst-served can have, so that nothing is known of the plan with it.
    if feasible and options.equity == "none":
        plan = replace(plan, prices=state.prices, elsewhere=state.elsewhere)
    return model, replace(
        plan, feasible=feasible, conflict=start.trouble, greedy_objective=start.greedy_objective,
        notes=(*notes, *plan.notes),
    )  # fmt: skip


def _explained(model: Model, plan: Plan, options: Options, exact: bool) -> Generator[Progress, None, Plan]:
    """The plan with its explanations, reported one by one."""
    for left_out, kept, done, of in reasons.explain(model, plan, options.admission, exact):
        plan = replace(plan, left_out=left_out, kept=kept)
        yield Progress("explain", plan.objective, plan.bound, plan.gap, done, of)
        if options.stopped():
            return replace(plan, notes=(*plan.notes, _NOT_ALL_EXPLAINED))
    return plan


def _close(start: Start, state: _State, options: Options) -> Iterator[Progress]:
    """Bound the best plan at hand, then search in growing trees until the gap is closed; fills the state."""
    model, gap, nodes = start.model, start.gap, start.nodes
    problem = model.problem
    for schedule in start.at_hand:
        value = benefit.value(problem, schedule, model.floors)
        if value > state.value and broken(model, schedule) is None:
            state.schedule, state.value = schedule, value
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
