"""The `plan` command: works, funds, demands and rules in, the plan with its proof and reasons out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program"); the method is in `portfolio`.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, cast

from gis_core.coverage import proven
from gis_core.documents import a_finite, a_flag, an_object, member, one_of, only
from gis_core.errors import BadInput
from gis_core.evenness import evenness
from gis_core.plan_reading import Json, a_whole, read_problem
from gis_core.portfolio import LeftOut, Options, Plan, Problem, make_plan


def run(document: Any) -> Json:
    """Answer a `plan` document.

    Beyond the contract it may hold `carry`: fund -> whether money not spent in a year may be spent later; in
    `covers`, [demand, share in (0, 1]] for a demand covered in part; of a work `capacity`, the size of the demands it
    serves at most (the answer's `load` is what it serves), and of a demand its `size` (the weight if not given);
    `gap`, `price_rise` and `admission` (fund and year that may give more); of a work `latest`, `gates`, `no_cost` and
    `delivery`, the chance in (0, 1] that it is delivered, which multiplies its benefit and, with that of the other, a
    synergy; `benefit_years`, delta in (0, 1]: the objective is what stands in each year, added up, a year counting
    delta times the one before; null: what the set is worth, whenever it is built; of a work its `zone` with
    `money_floor`: zone -> rupiah of year 1 that the works of the zone should cost together, as far as can be:
    `missed` names each zone that lacks some (`floor`, `spent`, `missing`), and no plan lacks less in all. `evenness`
    tells Gini and Theil's T of the covered share over the zones, `prices` (fund -> years) what a further rupiah lifts
    `lp_bound` by at most, null where nothing is proven. Of a work left out `reduced` tells what it adds to the plan
    as it is (`added`), as a guide what its money brings `elsewhere` at these prices, and the `value` that leaves, and
    `lost` what goes with it beside works that it is worth less with, where that keeps it out. Of a work that is kept
    the answer says whether it is `indispensable`: no plan that keeps the floors can do without it, so
    `value_if_left_out` is null. `greedy` is null where the plan without a solver misses a floor.

    Raises BadInput, pointing at the place, for whatever breaks the rules of the document. Floors that
    cannot be reached are an answer: feasible is false, the plan is the one without them, and `conflict`
    names the zones and how far all floors can be reached together.
    """
    body = an_object(document, "")
    problem = read_problem(body)
    explain = a_flag(body.get("explain", True), "/explain")
    equity = one_of(body.get("equity", "none"), ("none", "max_min"), "/equity")
    gap = None if body.get("gap") is None else a_finite(body["gap"], "/gap")
    if gap is not None and not 0 <= gap < 1:
        raise BadInput("must lie in 0..1", "/gap")
    options = Options(
        gap=gap, equity=cast("Any", equity), explain=explain, admission=_read_place(body, problem)
    )
    return answer(problem, make_plan(problem, options))


def answer(problem: Problem, plan: Plan) -> Json:
    """The document of a plan."""
    names, funds = [w.id for w in problem.works], problem.funds
    schedule = [
        {
            "id": names[i],
            "year": year + 1,
            "funding": {funds[f]: _amount(a) for f, a in sorted(plan.funding.get(i, {}).items())},
            **_load(problem, plan, i),
        }
        for i, year in enumerate(plan.schedule)
        if year is not None
    ]
    found: Json = {
        "feasible": plan.feasible,
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "covered": plan.covered,
        "min_zone_share": plan.least_share,
        "schedule": schedule,
        "left_out": [_left_out(problem, entry) for entry in plan.left_out],
        "kept": [
            {
                "id": names[k.work],
                "value_if_left_out": k.value_if_left_out,
                "indispensable": k.left_out_bound is None,
            }
            for k in plan.kept
        ],
        "covered_by_zone": plan.by_zone,
        "missed": [
            {
                "zone": floor.name, "floor": floor.rupiah, "spent": plan.spent[floor.name],
                "missing": plan.missed[floor.name],
            }
            for floor in problem.money_floors
            if floor.name in plan.missed
        ],
        "evenness": _evenness(problem, plan),
        "greedy": plan.greedy_objective,
        "lp_bound": proven(plan.objective, plan.lp_bound, whole=False),
        "notes": list(plan.notes),
        "prices": None if plan.prices is None else {
            fund: [plan.prices[f, t] for t in range(problem.years)] for f, fund in enumerate(funds)
        },
    }  # fmt: skip
    if plan.conflict is not None:
        found["conflict"] = {
            "zones": list(plan.conflict.zones),
            "largest_floor_factor": plan.conflict.factor,
            "reachable": plan.conflict.reachable,
        }
    return found


def _evenness(problem: Problem, plan: Plan) -> Json:
    """Gini and Theil's T of the covered share over the zones."""
    zones = [place for place in problem.zones if place not in problem.pins]
    found = evenness(
        [plan.by_zone[place] for place in zones], [problem.zones[place] for place in zones], range(len(zones))
    )
    return {"gini": found.gini, "theil_T": found.theil}


def _left_out(problem: Problem, entry: LeftOut) -> Json:
    """One explanation."""
    extra = entry.admission
    place = None
    if extra is not None:
        place = {
            "fund": problem.funds[extra.fund],
            "year": extra.year + 1,
            "extra": extra.extra,
            "proven": extra.proven,
        }
    return {
        "id": problem.works[entry.work].id,
        "reason": entry.reason,
        "because": list(entry.because),
        "value_if_forced_in": entry.value_if_forced_in,
        "forced_in_bound": entry.forced_bound,
        "leaves": [problem.works[i].id for i in entry.leaves],
        "admission": place,
        "reduced": None
        if entry.reduced is None
        else {"added": entry.added, "elsewhere": entry.elsewhere, "value": entry.reduced},
        "lost": entry.lost,
    }


def _load(problem: Problem, plan: Plan, i: int) -> Json:
    """The size of the demands that a work of limited capacity serves."""
    if problem.works[i].capacity is None:
        return {}
    parts = plan.serving.get(i, {})
    return {"load": math.fsum(part * float(problem.size[d]) for d, part in parts.items())}


def _amount(amount: Fraction) -> int | float:
    """Whole rupiah as a whole number."""
    return int(amount) if amount.denominator == 1 else float(amount)


def _read_place(body: Json, problem: Problem) -> tuple[int, int] | None:
    """The only fund and year to ask for admission money, if one is given."""
    if body.get("admission") is None:
        return None
    place = an_object(body["admission"], "/admission")
    only(place, ("fund", "year"), "/admission")
    fund = one_of(member(place, "fund", "/admission"), problem.funds, "/admission/fund")
    year = a_whole(member(place, "year", "/admission"), "/admission/year")
    if not 1 <= year <= problem.years:
        raise BadInput(f"must lie in 1..{problem.years}", "/admission/year")
    return problem.funds.index(fund), year - 1
