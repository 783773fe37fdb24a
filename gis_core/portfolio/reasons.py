"""Why a work is left out, what it would take to admit it, and what each chosen work is worth to the plan.

It knows nothing about how the plan was found. Order and definitions of method 5.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from gis_core.coverage import SAME, proven
from gis_core.portfolio import benefit
from gis_core.portfolio.admission import admit
from gis_core.portfolio.greedy import Ledger, greedy
from gis_core.portfolio.matrix import Model, reachable_years
from gis_core.portfolio.plan import Kept, LeftOut, Plan, Reason
from gis_core.portfolio.search import bound_of, forcing, leaving, search

Explained = tuple[tuple[LeftOut, ...], tuple[Kept, ...], int, int]
Value = tuple[float | None, float | None, benefit.Schedule | None]


def explain(model: Model, plan: Plan, admission: tuple[int, int] | None, exact: bool) -> Iterator[Explained]:
    """Explanations so far, with how many are done of how many, one work at a time.

    exact: solve each question to the end (small problems); else values come from the greedy repair of the
    plan and their bounds from the relaxation. admission: the only fund and year to ask for money.
    """
    left_out: list[LeftOut] = []
    kept: list[Kept] = []
    n = len(model.problem.works)
    for work in range(n):
        if plan.schedule[work] is None:
            left_out.append(_left_out(model, plan, work, admission, exact))
        else:
            value, bound, _ = _changed(model, plan, work, exact, forced=False)
            kept.append(Kept(work, value or 0.0, bound or 0.0))
        yield tuple(left_out), tuple(kept), work + 1, n


def reason(model: Model, plan: Plan, work: int) -> tuple[Reason, tuple[str, ...]]:
    """The first reason that holds for a work left out, and the names behind it."""
    problem, works = model.problem, benefit.built(plan.schedule)
    names = [w.id for w in problem.works]
    if problem.works[work].failed_gates:
        return "gate", problem.works[work].failed_gates
    if not problem.can_pay_alone(work):
        return "no_fund", ()
    if not problem.windows[work]:
        return "year_window", ()
    if all(bottleneck_of(model, work, t) for t in problem.windows[work]):
        return "no_money", ()
    before = tuple(names[a] for a in problem.predecessors[work] if plan.schedule[a] is None)
    if before:
        return "predecessor", before
    rivals = {i for group in problem.exclusive if work in group for i in group if i != work and i in works}
    if rivals:
        return "exclusive", tuple(names[i] for i in sorted(rivals))
    added = benefit.total(problem, [*works, work], model.floors) - plan.objective
    if added <= SAME * max(1.0, plan.objective):
        return "already_served", tuple(names[i] for i in benefit.servers(problem, work, works))
    return "price", ()


def bottleneck_of(model: Model, work: int, year: int) -> bool:
    """Whether the money of a year cannot pay a work even if nothing else is built."""
    return any(c.asked[year][work] > c.money for c in model.rows)


def _left_out(model: Model, plan: Plan, work: int, admission: tuple[int, int] | None, exact: bool) -> LeftOut:
    """The whole explanation of one work left out."""
    word, names = reason(model, plan, work)
    if not reachable_years(model.problem)[work]:
        return LeftOut(work, word, names, None, None, (), None)
    value, bound, schedule = _changed(model, plan, work, exact, forced=True)
    leaves: tuple[int, ...] = ()
    if schedule is not None:
        leaves = tuple(i for i in benefit.built(plan.schedule) if schedule[i] is None)
    extra = admit(model, plan, work, admission, exact)
    return LeftOut(work, word, names, value, bound, leaves, extra)


def _changed(model: Model, plan: Plan, work: int, exact: bool, forced: bool) -> Value:
    """Best value with a work forced in or left out, its bound, and a schedule; None if impossible."""
    changed = forcing(model, work) if forced else leaving(model, work)
    if exact:
        found = search(changed)
        if found is None or found.schedule is None:
            return None, None, None
        exactly = benefit.total(model.problem, benefit.built(found.schedule), model.floors)
        return exactly, proven(exactly, max(exactly, found.bound), model.problem.is_whole), found.schedule
    relaxed = bound_of(changed)
    if relaxed is None:
        return None, None, None
    schedule = _repair(model, plan, work, forced)
    value = benefit.total(model.problem, benefit.built(schedule), model.floors) if schedule else None
    bound = min(plan.bound, relaxed.value)
    # The plan is proven within its gap only: a repair may be better by a hair, and is not shown as such.
    value = None if value is None else min(value, plan.objective)
    return value, bound if value is None else max(bound, value), schedule


def _repair(model: Model, plan: Plan, work: int, forced: bool) -> benefit.Schedule | None:
    """The plan with a work put in (the least useful ones leave until it fits) or taken out, filled up again."""
    problem = model.problem
    if not forced:
        ledger = _placed(model, plan, _dependants(model, work))
        return greedy(problem, model.floors, banned=(work,), start=ledger)
    bundle = Ledger(problem, model.rows).missing(work) or [work]
    rivals = {i for group in problem.exclusive if set(group) & set(bundle) for i in group} - set(bundle)
    gone = {j for i in rivals for j in _dependants(model, i)}
    useful = sorted(
        (i for i in benefit.built(plan.schedule) if i not in gone and i not in bundle),
        key=lambda i: (_loss(model, plan, i) / max(1, problem.works[i].cost), problem.works[i].id),
    )
    for leaving_next in [None, *useful]:
        if leaving_next is not None:
            gone |= _dependants(model, leaving_next)
        ledger = _placed(model, plan, gone - set(bundle))
        missing = ledger.missing(work)
        if missing is not None and ledger.add(missing):
            return greedy(problem, model.floors, start=ledger)
    return None


def _placed(model: Model, plan: Plan, gone: set[int]) -> Ledger:
    """The plan without some works."""
    ledger = Ledger(model.problem, model.rows)
    for i, year in enumerate(plan.schedule):
        if year is not None and i not in gone:
            ledger.put(i, year)
    return ledger


def _dependants(model: Model, work: int) -> set[int]:
    """A work and all that may only be built with it."""
    found = {work}
    while more := {b for a, b in model.problem.precedence if a in found} - found:
        found |= more
    return found


def _loss(model: Model, plan: Plan, work: int) -> float:
    """What the plan loses if a work (with its dependants) leaves and nothing takes its place."""
    gone = _dependants(model, work)
    return plan.objective - benefit.total(
        model.problem, [i for i in benefit.built(plan.schedule) if i not in gone], model.floors
    )
