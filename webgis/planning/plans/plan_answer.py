"""A plan of gis_core as a document: the schedule, money, who is reached, slum grades before and after, reasons.

It knows nothing about how a plan is found or shown. Households reached and grades are counted for the chosen set
as a whole, so nobody counts twice and works that mend the same deficit do not add up to more than there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gis_core import masterplan, site, slum
from gis_core.portfolio import Conflict, LeftOut, Plan, benefit
from gis_core.portfolio.relief import Relief
from webgis.planning.judging import mending
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.household_counts import per_reached
from webgis.planning.judging.scoring import Judged
from webgis.planning.judging.verdicts import EXCLUSIVE, Link
from webgis.planning.plans import plan_households, plan_problem
from webgis.planning.plans.plan_problem import Task
from webgis.planning.plans.plan_wish import PlanWish

Bools = NDArray[np.bool_]
MILLION: Final = 1_000_000
ORDER: Final = ("dependency",)
GRADES: Final = ("none", "light", "medium", "heavy")


def answer(
    facts: Facts, task: Task, plan: Plan, wish: PlanWish, relief: Relief | None = None
) -> dict[str, Any]:
    """The document of a plan (contracts, POST /plans), without id and inputs; relief: what would mend a conflict."""
    built, worth_of = benefit.built(plan.schedule), (task.problem, task.candidates, plan.schedule)
    served = masterplan.homes_served(task.candidates, task.homes, built, plan.serving)
    cost = sum(task.problem.cost[i][_year(plan, i)] for i in built)
    reached, spent = task.served_before.copy(), task.spent_before.copy()
    for i, homes in served.items():
        reached[homes] = True
        spent[homes] += task.problem.cost[i][_year(plan, i)] / max(len(homes), 1)
    return {
        "feasible": plan.feasible,
        "objective": masterplan.points(plan.objective, *worth_of),
        "bound": masterplan.most_points(plan.bound, *worth_of),
        "relaxed_bound": masterplan.most_points(plan.lp_bound, *worth_of),
        "gap": plan.gap,
        "greedy": None
        if plan.greedy_objective is None
        else masterplan.points(plan.greedy_objective, *worth_of),
        "finished": plan.finished,
        "schedule": [
            _built(task, plan, i, len(served[i])) for i in sorted(built, key=lambda i: (_year(plan, i), i))
        ],
        "left_out": [_left_out(task, plan, entry, wish) for entry in plan.left_out],
        "kept": [
            {
                "id": task.works[k.work].work.id,
                "loss": None
                if k.value_if_left_out is None
                else max(0.0, plan.objective - k.value_if_left_out),
                "indispensable": k.left_out_bound is None,
            }
            for k in plan.kept
            if not task.candidates[k.work].required
        ],
        "money": _money(task, plan, wish),
        "households": plan_households.households(
            facts, (task.served_before, task.spent_before), (reached, spent)
        )
        | {"in_part": _in_part(task, served, task.served_before)}
        | {"rupiah_per_reached": per_reached(cost, int(reached.sum() - task.served_before.sum()))}
        if task.exactly
        else plan_households.standing_in(facts, task.homes.zone, task.served_before, reached),
        "slum": _slum(facts, [task.works[i] for i in built]),
        "relations": [_link(link) for link in task.links],
        "missed": [
            {
                "rw": floor.name,
                "floor": floor.rupiah,
                "spent": plan.spent[floor.name],
                "missing": plan.missed[floor.name],
            }
            for floor in task.problem.money_floors
            if floor.name in plan.missed
        ],
        "notes": list(plan.notes),
        "conflict": None if plan.conflict is None else _conflict(task, plan.conflict, relief),
    }


def _conflict(task: Task, conflict: Conflict, relief: Relief | None) -> dict[str, Any]:
    """Pins and RW that cannot be had together, how far they could be, and what would mend it."""
    zones = conflict.zones
    return {
        "must": [zone.removeprefix(masterplan.PIN) for zone in zones if zone.startswith(masterplan.PIN)],
        "rw": [zone for zone in zones if not zone.startswith(masterplan.PIN)],
        "reachable_share": conflict.factor,
        "reachable": {
            zone: min(1.0, reached / task.problem.zone_floor[zone])
            for zone, reached in conflict.reachable.items()
            if not zone.startswith(masterplan.PIN)
        },
        "either": [list(group) for group in _either(task, zones)],
        "relief": None if relief is None else _relief(task, relief),
    }


def _either(task: Task, zones: Sequence[str]) -> list[tuple[str, ...]]:
    """Works that must be built of which one at most may be, by the meeting or by rule."""
    must = {k for k, c in enumerate(task.candidates) if masterplan.PIN + c.id in zones}
    groups = {tuple(sorted(must & set(group))) for group in task.problem.exclusive}
    return [tuple(task.candidates[k].id for k in group) for group in sorted(groups) if len(group) > 1]


def _relief(task: Task, relief: Relief) -> dict[str, Any]:
    """What would mend it: extra money of a fund and year, works to let go, the part all least shares come down to."""
    extra = relief.extra
    return {
        "extra": None if extra is None else {
            "fund": task.problem.funds[extra.fund], "year": extra.year + 1, "extra": extra.extra,
            "proven": extra.proven,
        },
        "let_go": None if relief.let_go is None
        else [zone.removeprefix(masterplan.PIN) for zone in relief.let_go],
        "share": relief.factor,
        "together": relief.together,
    }  # fmt: skip


def _year(plan: Plan, i: int) -> int:
    year = plan.schedule[i]
    assert year is not None  # the caller asks of built works only
    return year


def _named(item: Judged) -> dict[str, Any]:
    return {
        "id": item.work.id, "title": item.title, "work_type": item.work.type.key, "rw": item.rw,
        "pillar": item.work.type.pillar, "cost": item.work.cost,
    }  # fmt: skip


def _built(task: Task, plan: Plan, i: int, served: int) -> dict[str, Any]:
    """A work of the plan: year from 1, rupiah of that year by fund, households it serves of those it has room for."""
    funds, most = task.problem.funds, task.candidates[i].capacity
    return _named(task.works[i]) | {
        "year": _year(plan, i) + 1,
        "cost": task.problem.cost[i][_year(plan, i)],
        "funding": {funds[f]: int(amount) for f, amount in sorted(plan.funding.get(i, {}).items()) if amount},
        "served": served,
        "capacity": None if most is None else int(most),
    }


def _left_out(task: Task, plan: Plan, entry: LeftOut, wish: PlanWish) -> dict[str, Any]:
    """A work that is not in the plan: the reason, what stands behind it, what it would take."""
    ids = {item.work.id for item in task.works}
    item, extra = task.works[entry.work], entry.admission
    reason = "not_now" if item.work.id in wish.not_now else entry.reason
    forced = entry.value_if_forced_in
    return _named(item) | {
        "reason": reason,
        "because": [name for name in entry.because if name in ids],
        "gates": list(entry.because) if entry.reason == "gate" else [],
        "funds": list(entry.because) if entry.reason == "fund_share" else [],
        "relations": _behind(task, item.work.id, entry),
        "regret": None if forced is None or reason == "not_now" else max(0.0, plan.objective - forced),
        "reduced": None
        if entry.reduced is None or reason == "not_now"
        else {"added": entry.added, "elsewhere": entry.elsewhere, "value": entry.reduced},
        "leaves": [task.works[i].work.id for i in entry.leaves],
        "lost": entry.lost,
        "admission": None
        if extra is None or reason == "not_now"
        else {
            "fund": task.problem.funds[extra.fund], "year": extra.year + 1, "extra": extra.extra,
            "proven": extra.proven,
        },
    }  # fmt: skip


def _link(link: Link) -> dict[str, Any]:
    """A relation that a plan keeps to; said: the verdict it rests on, None where a rule alone found it."""
    said = link.verdict if link.outcome == "confirmed" else None
    return {
        "kind": link.kind, "first": link.first, "then": link.then,
        "said": None if said is None else {"id": said.id, "version": said.version},
        "bonus": plan_problem.bonus() if link.kind == "synergy" else None,
    }  # fmt: skip


def _behind(task: Task, work: str, entry: LeftOut) -> list[dict[str, Any]]:
    """The relations that keep a work out: those with the works that its reason names."""
    kinds = {"exclusive": EXCLUSIVE, "predecessor": ORDER, "order_does_not_fit_years": ORDER}
    return [
        _link(link)
        for link in task.links
        if link.kind in kinds.get(entry.reason, ())
        and ((link.then == work and link.first in entry.because)
             or (link.kind in EXCLUSIVE and link.first == work and link.then in entry.because))
    ]  # fmt: skip


def _money(task: Task, plan: Plan, wish: PlanWish) -> dict[str, Any]:
    """Fund -> rupiah by year that there are, that the plan uses, and that are left; carry: they serve later years.

    per_million: points that a million more lifts `relaxed_bound` by at most, by year; None where it is not proven or
    the money is pledged for one work.
    """
    problem = task.problem
    used = [[0] * problem.years for _ in problem.funds]
    for i, paid in plan.funding.items():
        for f, amount in paid.items():
            used[f][_year(plan, i)] += int(amount)
    found = {}
    for f, fund in enumerate(problem.funds):
        left, before = [], 0
        for budget, spent in zip(problem.budget[f], used[f], strict=True):
            left.append(budget - spent + before)
            before = left[-1] if f in problem.carry else 0
        carry = f in problem.carry
        price = plan.prices if fund in wish.budget else None
        found[fund] = {
            "budget": list(problem.budget[f]), "used": used[f], "left": left, "carry": carry,
            "per_million": None if price is None else [MILLION * price[f, t] for t in range(problem.years)],
        }  # fmt: skip
    return found


def _in_part(task: Task, served: Mapping[int, NDArray[np.intp]], before: Bools) -> int:
    """How many of the homes newly reached get every service that reaches them in part only."""
    best = np.zeros(len(before))
    for i, homes in served.items():
        whole, parts = task.candidates[i].serves, task.candidates[i].parts
        got = 1.0 if parts is None else parts[np.searchsorted(whole, homes)]
        best[homes] = np.maximum(best[homes], got)
    return int(((best > 0) & (best < 1 - 1e-9) & ~before).sum())


def _slum(facts: Facts, chosen: Sequence[Judged]) -> dict[str, Any]:
    """The slum form of every assessed RT today and with the works, hectares by grade, and the kontribusi."""
    delivered = np.zeros(facts.zones.volumes.shape)
    for item in chosen:
        delivered += mending.mended(facts, item.work)
    change = slum.predict_change(facts.zones.volumes, facts.zones.bases, delivered)
    weight = np.where(facts.assessed, facts.zones.households, 0.0)
    # The area of the form, as the slum profile tells it: an outline has room for river and fields, too.
    hectares = facts.zones.bases["area_verified_ha"]
    return {
        "contribution": site.predicted_delta(change.before.mean, change.after.mean, weight),
        "hectares_before": _by_grade(hectares, change.before.grade, facts.assessed),
        "hectares": _by_grade(hectares, change.after.grade, facts.assessed),
        "areas": [
            {
                "code": facts.zones.codes[z], "total_before": int(change.before.total[z]),
                "total": int(change.after.total[z]), "grade_before": str(change.before.grade[z]),
                "grade": str(change.after.grade[z]),
            }
            for z in np.flatnonzero(facts.assessed)
        ],
    }  # fmt: skip


def _by_grade(hectares: NDArray[np.float64], grade: NDArray[np.str_], assessed: Bools) -> Mapping[str, float]:
    return {name: round(float(np.nansum(hectares[(grade == name) & assessed])), 4) for name in GRADES}
