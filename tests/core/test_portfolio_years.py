"""Benefit years (rule 12 of the method's section 5.2): a plan is worth what stands in each of its years, added up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.portfolio import Options, Problem, Work, benefit, recheck
from gis_core.portfolio.fronts import budget_sweep, front
from tests.core.schedules import (
    ALL,
    FEW,
    QUIET,
    enumerate_best,
    make_plan,
    plan_worth,
    problems,
    richer,
    standing,
    worth,
)

DELTAS = st.sampled_from([1.0, 0.5, 0.9])
THREE_YEARS = problems(most=4, years=3)


def counting(drawn, delta=1.0):
    return replace(drawn, benefit_years=delta)


def close(value):
    return pytest.approx(value, abs=1e-6)


def test_what_is_built_first_counts_longer():
    """By hand: one work a year, 10 homes and 4: 3 x 10 + 2 x 4 years of homes; the other way round 3 x 4 + 2 x 10."""
    works = (Work("few", 5, 0, [0], {0: ALL}), Work("many", 5, 0, [1], {0: ALL}))
    problem = Problem(3, ("F",), ((5, 5, 0),), works, [4, 10])
    assert make_plan(problem).objective == 14
    plan = make_plan(counting(problem))
    assert (plan.schedule, plan.objective, plan.bound, plan.gap) == ((1, 0), 38, 38, 0)
    assert [benefit.value(counting(problem), s) for s in ((0, 1), (1, None), (None, None))] == [32, 8, 0]
    # Half as much each year: 10 x (1 + 1/2 + 1/4) + 4 x (1/2 + 1/4).
    assert make_plan(counting(problem, 0.5)).objective == 20.5


def test_few_homes_now_may_be_worth_more_than_many_at_the_end():
    works = (Work("now", 5, 0, [0], {0: ALL}), Work("late", 9, 0, [1], {0: ALL}, earliest=3))
    problem = Problem(3, ("F",), ((5, 0, 4),), works, [4, 10], carry=frozenset({0}))
    assert make_plan(problem).schedule == (None, 2)
    plan = make_plan(counting(problem))
    assert (plan.schedule, plan.objective) == ((0, None), 12)
    assert plan.left_out[0].value_if_forced_in == 10 and plan.kept[0].value_if_left_out == 10


def test_homes_that_a_second_work_reaches_earlier_count_from_then_on():
    """The big one serves all from year 3; the small one some of them from year 1, and is no work for nothing then."""
    works = (Work("big", 9, 0, [0, 1], {0: ALL}, earliest=3), Work("small", 1, 0, [0], {0: ALL}))
    problem = Problem(3, ("F",), ((9, 9, 9),), works, [4, 6])
    off = make_plan(problem)
    assert off.schedule == (2, None) and off.left_out[0].reason == "already_served"
    plan = make_plan(counting(problem))
    assert (plan.schedule, plan.objective) == ((2, 0), 4 * 3 + 6)


@FEW
@given(THREE_YEARS, DELTAS)
def test_brute_force_equals_the_program_and_every_rule_holds_in_integers(drawn, delta):
    problem = counting(drawn, delta)
    plan = make_plan(problem, QUIET)
    assert plan.objective == close(enumerate_best(problem)) and plan.gap == close(0)
    assert plan.objective == close(plan_worth(problem, plan.schedule))
    assert plan.greedy_objective <= plan.objective + 1e-6 <= plan.lp_bound + 2e-6
    assert plan.feasible and recheck.violations(problem, plan.schedule, plan.funding, {}) == []


@FEW
@given(problems(most=4, partial=True, capacity=True, carry=True), DELTAS)
def test_brute_force_equals_the_program_with_capacities_and_money_that_stays(drawn, delta):
    problem = counting(drawn, delta)
    plan = make_plan(problem, QUIET)
    assert plan.objective == close(enumerate_best(problem)) and plan.gap == close(0)
    assert plan.greedy_objective <= plan.objective + 1e-6 <= plan.lp_bound + 2e-6
    assert plan.feasible, plan.notes


@FEW
@given(
    problems(most=4, capacity=True),
    DELTAS,
    st.dictionaries(st.sampled_from("xyz"), st.integers(1, 6), max_size=3),
)
def test_floors_hold_at_the_end_and_the_benefit_is_that_of_all_years(drawn, delta, floors):
    floors = {z: float(x) for z, x in floors.items() if z in drawn.zone}
    problem = replace(counting(drawn, delta), zone_floor=floors)
    plan, best = make_plan(problem, QUIET), enumerate_best(problem, floors=floors.items())
    assert plan.feasible == (best is not None), plan.notes
    assert plan.objective == close(enumerate_best(problem) if best is None else best)


@FEW
@given(problems(years=1), DELTAS)
def test_in_a_plan_of_one_year_they_change_nothing(drawn, delta):
    plain, counted = make_plan(drawn), make_plan(counting(drawn, delta))
    assert counted.objective == close(plain.objective) and counted.schedule == plain.schedule
    told = [(e.work, e.reason, e.because) for e in plain.left_out]
    assert [(e.work, e.reason, e.because) for e in counted.left_out] == told


@FEW
@given(problems(years=3, capacity=True), DELTAS, st.data())
def test_a_set_built_at_once_is_worth_itself_in_every_year_and_one_moved_earlier_no_less(drawn, delta, data):
    problem = replace(counting(drawn, delta), synergy=tuple((a, b, abs(q)) for a, b, q in drawn.synergy))
    years = st.one_of(st.none(), st.integers(0, 2))
    schedule = [data.draw(years) for _ in problem.works]
    assert benefit.value(problem, tuple(schedule)) == close(plan_worth(problem, schedule))
    at_once = tuple(None if t is None else 0 for t in schedule)
    everything = worth(problem, standing(schedule, 2))
    assert benefit.value(problem, at_once) == close((1 + delta + delta**2) * everything)
    for i, t in enumerate(schedule):
        if t:
            earlier = (*schedule[:i], t - 1, *schedule[i + 1 :])
            assert benefit.value(problem, earlier) >= benefit.value(problem, tuple(schedule)) - 1e-7


@FEW
@given(THREE_YEARS, DELTAS, st.data())
def test_more_money_never_hurts_and_no_more_than_its_price_says(drawn, delta, data):
    problem = counting(drawn, delta)
    plan = make_plan(problem, QUIET)
    fund, year, extra = (data.draw(st.integers(0, most)) for most in (1, 2, 30))
    rows = [list(row) for row in problem.budget]
    rows[fund][year] += extra
    rich = make_plan(replace(problem, budget=tuple(map(tuple, rows))), QUIET)
    assert plan.objective <= rich.objective + 1e-6
    assert rich.objective <= plan.lp_bound + plan.prices[fund, year] * extra + 1e-6
    sweep = [p.objective for p in budget_sweep(problem, [Fraction(0), Fraction(1, 2), ALL, Fraction(2)])]
    assert sweep == sorted(sweep) and sweep[2] == close(plan.objective)


@FEW
@given(problems(most=3, years=3), DELTAS, st.sampled_from([None, 0.001]))
def test_what_is_said_of_every_work_is_true(drawn, delta, gap):
    problem = counting(drawn, delta)
    plan = make_plan(problem, Options(gap=gap))
    for entry in plan.left_out:
        best = enumerate_best(problem, must=[entry.work])
        if gap is None:
            assert entry.value_if_forced_in == (None if best is None else close(best))
        elif entry.value_if_forced_in is not None:
            assert entry.value_if_forced_in <= best + 1e-6 <= entry.forced_bound + 2e-6
        if entry.admission is not None:
            found = enumerate_best(richer(problem, entry.admission), must=[entry.work])
            assert found is not None and found >= plan.objective - 1e-5
            if gap is None and entry.admission.extra:
                less = enumerate_best(richer(problem, entry.admission, 1), must=[entry.work])
                assert less is None or less < plan.objective - 1e-8
        if entry.added is not None:
            when = problem.windows[entry.work]
            each = [
                plan_worth(problem, (*plan.schedule[: entry.work], t, *plan.schedule[entry.work + 1 :]))
                for t in when
            ]
            assert min(abs(one - plan.objective - entry.added) for one in each) < 1e-6
    for entry in plan.kept:
        best = enumerate_best(problem, mustnt=[entry.work])
        if gap is None:
            assert entry.value_if_left_out == close(best)
        assert best <= entry.left_out_bound + 1e-6


@FEW
@given(problems(most=4, years=2), DELTAS)
def test_the_worst_served_zone_is_lifted_as_far_as_without_them(drawn, delta):
    fair = replace(QUIET, equity="max_min")
    plain, counted = make_plan(drawn, fair), make_plan(counting(drawn, delta), fair)
    assert counted.least_share == plain.least_share
    assert benefit.value(counting(drawn, delta), plain.schedule) <= counted.objective + 1e-6


def test_a_front_is_one_of_sets():
    works = tuple(Work(str(i), 1, 0, [i], {0: ALL}) for i in range(2))
    problem = Problem(2, ("F",), ((1, 0),), works, [3, 5])
    both = [[(b.covered, b.other) for b in front(p, [2, 1])] for p in (problem, counting(problem))]
    assert both[0] == both[1] == [(3, 2), (5, 1)]


def test_a_plan_that_says_it_is_worth_more_than_it_is_is_caught():
    works = (Work("a", 1, 2, [0], {0: ALL}, capacity=3),)
    problem = counting(Problem(2, ("F",), ((1, 1),), works, [4]))
    paid = {0: {0: Fraction(1)}}
    check = lambda year, worth, before: recheck.violations(  # noqa: E731
        problem, (year,), paid, {}, {0: {0: 0.75}}, worth, [before]
    )
    assert check(1, 5.0, {}) == check(0, 10.0, {0: {0: 0.75}}) == []
    assert check(1, 10.0, {}) == ["the plan is said to be worth 10.0 and is worth 5.0"]
    assert any("not built" in word for word in check(1, 10.0, {0: {0: 0.75}}))


def test_all_of_it_is_said_where_years_lie_between_works_that_are_worth_less_together():
    works = (Work("a", 1, 5, share_cap={0: ALL}), Work("b", 1, 2, share_cap={0: ALL}))
    problem = counting(Problem(2, ("F",), ((1, 1),), works, synergy=((0, 1, -3.0),)))
    (left,) = make_plan(problem).left_out
    assert (left.reason, left.because, left.lost) == ("worth_less_beside", ("a",), 6)
