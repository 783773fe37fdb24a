"""Why a work is left out, what it would take to admit it, and what each chosen work is worth to the plan.

It knows nothing about how the plan was found. Order and definitions of method 5.5.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from gis_core.coverage import SAME, proven
from gis_core.portfolio import benefit
from gis_core.portfolio.admission import Admit, admitting
from gis_core.portfolio.greedy import Ledger, greedy
from gis_core.portfolio.matrix import Model, reachable_years, write
from gis_core.portfolio.model import Problem
from gis_core.portfolio.plan import Kept, LeftOut, Plan, Reason
from gis_core.portfolio.search import bound_of, broken, forcing, leaving, search

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
    admit = admitting(model, plan, admission, exact)
    for work in range(n):
        if plan.schedule[work] is None:
            left_out.append(_left_out(model, plan, work, admit, exact))
        else:
            value, bound, _ = _changed(model, plan, work, exact, forced=False)
            kept.append(Kept(work, value, bound))
        yield tuple(left_out), tuple(kept), work + 1, n


def reason(model: Model, plan: Plan, work: int, exact: bool = True) -> tuple[Reason, tuple[str, ...]]:
    """The first reason that holds for a work left out, and the names behind it."""
    problem, works = model.problem, benefit.built(plan.schedule)
    names = [w.id for w in problem.works]
    if problem.works[work].failed_gates:
        return "gate", problem.works[work].failed_gates
    if not problem.can_pay_alone(work):
        return "no_fund", ()
    if not problem.windows[work]:
        return "year_window", ()
    open_years = reachable_years(problem)
    first = [min(open_years[a], default=-1) for a in problem.predecessors[work]]
    if not open_years[work] and -1 not in first:
        last = max(problem.windows[work])
        late = [a for a, t in zip(problem.predecessors[work], first, strict=True) if t > last]
        return "order_does_not_fit_years", tuple(names[a] for a in late)
    years = open_years[work] or problem.windows[work]
    if all(bottleneck_of(model, work, t) for t in years):
        funds = {f for t in years for f in _held_back(problem, work, t)}
        return ("fund_share", tuple(problem.funds[f] for f in sorted(funds))) if funds else ("no_money", ())
    before = tuple(names[a] for a in problem.predecessors[work] if plan.schedule[a] is None)
    if before:
        return "predecessor", before
    rivals = {i for group in problem.exclusive if work in group for i in group if i != work and i in works}
    if rivals:
        return "exclusive", tuple(names[i] for i in sorted(rivals))
    if benefit.total(problem, [work], model.floors) <= SAME:
        return "serves_nobody", ()
    nothing = SAME * max(1.0, plan.objective)
    added, lost = list(_added(model, plan, work).values()), _lost_beside(problem, plan, work)
    if max(added) <= nothing < added[0] + math.fsum(lost.values()):
        return "worth_less_beside", tuple(names[i] for i in lost)
    if max(added) <= nothing:
        return "already_served", tuple(names[i] for i in benefit.servers(problem, work, works))
    return ("equity_or_floor" if _held_out(model, plan, work, exact) else "price"), ()


def _lost_beside(problem: Problem, plan: Plan, work: int) -> dict[int, float]:
    """Work of the plan -> U that is lost if another is built beside it as soon as both can be (negative synergies)."""
    first = _years_for(problem, plan, work)[0]
    lost: dict[int, float] = {}
    for a, b, q in problem.synergy:
        other = b if a == work else a
        year = plan.schedule[other]
        if q < 0 and work in (a, b) and year is not None:
            lost[other] = lost.get(other, 0.0) - q * problem.since[max(first, year)]
    return dict(sorted(lost.items()))


def _years_for(problem: Problem, plan: Plan, work: int) -> list[int]:
    """The years open to a work left out once what comes before it is built as the plan has it; all, where none is."""
    first = max((plan.schedule[a] or 0 for a in problem.predecessors[work]), default=0)
    years = reachable_years(problem)[work] or problem.windows[work]
    return [t for t in years if t >= first] or list(years)


def _added(model: Model, plan: Plan, work: int) -> dict[int, float]:
    """Year open to a work left out -> U that it adds to the plan as it is if built then, whatever the money."""
    years, since = _years_for(model.problem, plan, work), model.problem.since
    # Where years do not count all are alike.
    worth = {}
    for year in years:
        if since[year] not in worth:
            schedule = (*plan.schedule[:work], year, *plan.schedule[work + 1 :])
            worth[since[year]] = benefit.value(model.problem, schedule, model.floors)
    return {year: worth[since[year]] - plan.objective for year in years}


def _held_back(problem: Problem, work: int, year: int) -> list[int]:
    """The funds that have more for a work than their share of it, if the money of all its funds would be enough."""
    wanted, cost = problem.works[work], problem.cost[work][year]
    has = {
        f: sum(problem.budget[f][0 if f in problem.carry else year : year + 1])
        for f, share in wanted.share_cap.items()
        if share > 0
    }
    if sum(has.values()) < cost:
        return []
    return [f for f, money in has.items() if wanted.room(f, cost, 1) < min(money, cost)]


def _held_out(model: Model, plan: Plan, work: int, exact: bool) -> bool:
    """Whether a plan with the work is worth more than this one once floors and the limits on shares are gone.

    Where it is not asked to the end (`exact`), a better plan may be missed, never made up.
    """
    if not (model.floors or model.problem.limits or model.problem.money_floors):
        return False
    free = write(replace(model.problem, zone_floor={}, limits=(), money_floors=()), model.rows)
    value, _, _ = _changed(free, plan, work, exact, forced=True, capped=False)
    return value is not None and value > plan.objective + SAME * max(1.0, plan.objective)


def bottleneck_of(model: Model, work: int, year: int) -> bool:
    """Whether the money of a year cannot pay a work even if nothing else is built."""
    return any(c.asked[year][work] > c.money for c in model.rows)


def _left_out(model: Model, plan: Plan, work: int, admit: Admit, exact: bool) -> LeftOut:
    """The whole explanation of one work left out."""
    word, names = reason(model, plan, work, exact)
    if not reachable_years(model.problem)[work]:
        return LeftOut(work, word, names, None, None, (), None)
    value, bound, schedule = _changed(model, plan, work, exact, forced=True)
    leaves: tuple[int, ...] = ()
    if schedule is not None:
        leaves = tuple(i for i in benefit.built(plan.schedule) if schedule[i] is None)
    extra = admit(work)
    if extra is not None and extra.extra == 0:  # as good with it as without: no money is lacking
        extra = None
    added, brings = _guide(plan, work, _added(model, plan, work))
    lost = (
        math.fsum(_lost_beside(model.problem, plan, work).values()) if word == "worth_less_beside" else None
    )
    return LeftOut(work, word, names, value, bound, leaves, extra, added, brings, lost)


def _guide(plan: Plan, work: int, added: Mapping[int, float]) -> tuple[float, float | None]:
    """What a work adds, and what its money brings elsewhere, in the year in which the two compare best."""
    if plan.elsewhere is None:
        return max(added.values()), None
    prices = {year: plan.elsewhere[work, year] for year in added}
    best = max(added, key=lambda year: added[year] - prices[year])
    return added[best], prices[best]


def _changed(model: Model, plan: Plan, work: int, exact: bool, forced: bool, capped: bool = True) -> Value:
    """Best value with a work forced in or left out, its bound, and a schedule; all None if impossible.

    Without `exact` the value is None, too, where no plan that keeps the floors was found. capped: the same rules bind
    the plan, so that it is worth no less.
    """
    changed = forcing(model, work) if forced else leaving(model, work)
    if exact:
        found = search(changed)
        if found is None or found.schedule is None:
            return None, None, None
        exactly = benefit.value(model.problem, found.schedule, model.floors)
        return exactly, proven(exactly, max(exactly, found.bound), model.problem.is_whole), found.schedule
    relaxed = bound_of(changed)
    if relaxed is None:
        return None, None, None
    schedule = _repair(model, plan, work, forced)
    if schedule is not None and broken(model, schedule) is not None:
        schedule = None
    value = benefit.value(model.problem, schedule, model.floors) if schedule else None
    if not capped:
        return value, relaxed.value, schedule
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
    rest = [i for i in benefit.built(plan.schedule) if i not in gone]
    return plan.objective - benefit.value(model.problem, benefit.only(plan.schedule, rest), model.floors)
