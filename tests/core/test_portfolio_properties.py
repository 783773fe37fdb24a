"""The portfolio against trying every schedule: properties 34 to 42 of the method."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.portfolio import Limit, Problem, Work, equity, recheck
from tests.core.schedules import (
    ALL,
    FEW,
    QUIET,
    covered,
    enumerate_best,
    make_plan,
    problems,
    richer,
    schedules,
    worth,
)


@FEW
@given(problems())
def test_brute_force_equals_the_program_and_every_rule_holds_in_integers(problem):
    plan = make_plan(problem, QUIET)
    assert (plan.objective, plan.gap) == (enumerate_best(problem), 0)
    assert plan.greedy_objective <= plan.objective <= plan.lp_bound + 1e-6
    assert recheck.violations(problem, plan.schedule, plan.funding, {}) == []
    assert plan.feasible and not any("more than" in note for note in plan.notes)


@FEW
@given(problems(most=8, years=1))
def test_brute_force_equals_the_program_for_up_to_eight_works(problem):
    plan = make_plan(problem, QUIET)
    assert (plan.objective, plan.gap) == (enumerate_best(problem), 0)


@FEW
@given(problems(most=4), st.data())
def test_forced_in_and_left_out_values_are_those_of_enumeration(problem, data):
    plan = make_plan(problem)
    work = data.draw(st.integers(0, len(problem.works) - 1))
    for entry in plan.left_out:
        if entry.work == work:
            assert entry.value_if_forced_in == enumerate_best(problem, must=[work])
            assert entry.value_if_forced_in is None or entry.value_if_forced_in <= plan.objective
    for entry in plan.kept:
        if entry.work == work:
            assert entry.value_if_left_out == enumerate_best(problem, mustnt=[work]) <= plan.objective
    assert {e.work for e in plan.left_out} | {e.work for e in plan.kept} == set(range(len(problem.works)))
    best = enumerate_best(problem)
    either = enumerate_best(problem, must=[work]), enumerate_best(problem, mustnt=[work])
    assert best == plan.objective and best in either and max(v for v in either if v is not None) == best


@FEW
@given(problems(most=4), st.data())
def test_admission_money_is_enough_and_one_rupiah_less_is_not(problem, data):
    plan = make_plan(problem)
    for entry in plan.left_out[:2]:
        if entry.admission is None:
            continue
        a = entry.admission
        for less, enough in ((0, True), (1, False))[: 1 + (a.extra > 0)]:
            best = enumerate_best(richer(problem, a, less), must=[entry.work])
            assert (best is not None and best >= plan.objective) == enough


@FEW
@given(problems(most=4), st.data())
def test_more_money_never_hurts_and_a_rule_more_never_helps(problem, data):
    plan = make_plan(problem, QUIET)
    fund, year = data.draw(st.integers(0, 1)), data.draw(st.integers(0, problem.years - 1))
    rows = [list(row) for row in problem.budget]
    rows[fund][year] += 15
    assert make_plan(replace(problem, budget=tuple(map(tuple, rows))), QUIET).objective >= plan.objective
    eligible = tuple(replace(w, share_cap={**w.share_cap, fund: ALL}) for w in problem.works)
    assert make_plan(replace(problem, works=eligible), QUIET).objective >= plan.objective
    everything = tuple(range(len(problem.works)))
    rules: list[dict[str, Any]] = [{"exclusive": (*problem.exclusive, everything)}]
    rules += [{"precedence": (*problem.precedence, (0, b))} for b in everything[1:]]
    rules += [{"limits": (Limit("two", (ALL,) * len(everything), Fraction(2)),)}]
    rules += [{"zone_floor": {z: 1.0}} for z in problem.zones]
    for rule in rules:
        asked = make_plan(replace(problem, **rule), QUIET)
        assert asked.objective <= plan.objective or not asked.feasible


@FEW
@given(problems(most=4), st.integers(2, 10**9))
def test_the_unit_of_money_changes_nothing(problem, c):
    works = tuple(replace(w, cost=w.cost * c) for w in problem.works)
    rows = tuple(tuple(b * c for b in row) for row in problem.budget)
    scaled = make_plan(replace(problem, works=works, budget=rows), QUIET)
    plain = make_plan(problem, QUIET)
    assert (scaled.objective, scaled.schedule) == (plain.objective, plain.schedule)


@FEW
@given(problems(most=4), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 6), max_size=3))
def test_floors_are_met_or_the_conflict_is_named(problem, floors):
    floors = {z: x for z, x in floors.items() if z in problem.zone}
    asked = replace(problem, zone_floor={z: float(x) for z, x in floors.items()})
    plan, best = make_plan(asked, QUIET), enumerate_best(problem, floors=floors.items())
    assert plan.feasible == (best is not None)
    if best is not None:
        assert plan.objective == best and all(plan.by_zone.get(z, 0) >= x for z, x in floors.items())
        return
    zones = plan.conflict.zones
    assert zones and 0 <= plan.conflict.factor < 1
    assert enumerate_best(problem, floors=[(z, floors[z]) for z in zones]) is None
    for gone in zones:
        assert enumerate_best(problem, floors=[(z, floors[z]) for z in zones if z != gone]) is not None
    assert plan.objective == enumerate_best(problem)


@FEW
@given(problems(most=4))
def test_the_worst_served_zone_never_gets_less_than_without_looking_at_it(problem):
    plain, fair = make_plan(problem, QUIET), make_plan(problem, replace(QUIET, equity="max_min"))
    zones = equity.within_reach(problem)
    assert all(covered(problem, s, z) == 0 for s in schedules(problem) for z in problem.zones.keys() - zones)
    if not zones:
        assert fair.least_share is plain.least_share is None
        return
    shares = {s: min(covered(problem, s, z) / w for z, w in zones.items()) for s in schedules(problem)}
    best = max(shares.values())
    assert fair.least_share == pytest.approx(best) and fair.least_share >= plain.least_share - 1e-9
    equal = [s for s, share in shares.items() if share >= best - 1e-9]
    assert fair.objective == max(worth(problem, s) for s in equal) <= plain.objective


@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20)), min_size=1, max_size=8), st.integers(0, 60)
)
def test_one_year_one_fund_and_no_overlap_is_a_knapsack(items, money):
    best = [0] * (money + 1)
    for cost, value in items:
        for b in range(money, cost - 1, -1):
            best[b] = max(best[b], best[b - cost] + value)
    works = [Work(str(i), c, v, share_cap={0: ALL}) for i, (c, v) in enumerate(items)]
    plan = make_plan(Problem(1, ("F",), ((money,),), tuple(works)), QUIET)
    assert (plan.objective, plan.gap) == (best[money], 0)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=7), st.integers(0, 7))
def test_disjoint_areas_and_a_number_instead_of_a_budget_take_the_best(weights, p):
    works = [Work(str(i), 1, 0, [i], {0: ALL}) for i in range(len(weights))]
    plan = make_plan(Problem(1, ("F",), ((p,),), tuple(works), weights), QUIET)
    assert plan.objective == sum(sorted(weights, reverse=True)[:p])
