"""The portfolio: money in whole rupiah, works without cost, ties, and what is said where no solver proves anything.

It knows nothing about documents.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from gis_core.portfolio import Problem, Work, funds, payments, recheck, solve
from gis_core.portfolio.greedy import greedy
from tests.core.schedules import ALL, QUIET, make_plan


def test_ties_go_to_the_cheapest_then_the_earliest_then_the_first_id():
    def plan_of(costs, years=1, money=10):
        works = [Work(n, c, 2, share_cap={0: ALL}) for n, c in zip("cab", costs, strict=True)]
        rows = ((money,) * years,)
        return make_plan(Problem(years, ("F",), rows, tuple(works), exclusive=((0, 1, 2),)), QUIET).schedule

    assert plan_of([6, 5, 5]) == (None, 0, None)
    assert plan_of([4, 5, 5]) == (0, None, None)
    assert plan_of([5, 5, 5], years=3) == (None, 0, None)


def test_a_work_without_cost_comes_first_and_beside_what_the_money_buys():
    works = (Work("paid", 5, 9, share_cap={0: ALL}), Work("free", 0, 1, free=True))
    both = Problem(1, ("F",), ((5,),), works)
    plan = make_plan(both, QUIET)
    assert (plan.objective, plan.funding) == (10, {0: {0: 5}, 1: {}})
    # What costs nothing is taken before all that costs something, even where it takes the better one's place.
    either = replace(both, exclusive=((0, 1),))
    assert greedy(either) == (None, 0) and make_plan(either, QUIET).schedule == (0, None)


def test_nothing_to_plan_and_nobody_to_pay():
    assert make_plan(Problem(1, (), (), ())).objective == 0
    assert make_plan(Problem(1, ("F",), ((5,),), ())).gap == 0
    one = make_plan(Problem(1, (), (), (Work("w", 1, 1),)))
    assert (one.objective, one.left_out[0].reason) == (0, "no_fund")
    free = make_plan(Problem(1, (), (), (Work("w", 0, 1, free=True),)))
    assert (free.objective, free.schedule) == (1, (0,))


def test_whole_rupiah_even_where_a_third_of_the_cost_is_no_rupiah():
    works = (Work("w", 1_000_000_001, 1, share_cap={0: Fraction(1, 3), 1: ALL}),)
    plan = make_plan(Problem(1, ("A", "B"), ((10**10,), (10**10,)), works), QUIET)
    assert plan.funding == {0: {0: 333_333_333, 1: 666_666_668}} and plan.notes == ()


def test_a_split_moves_money_already_given_when_a_later_work_needs_it():
    works = (Work("any", 5, 1, share_cap={0: ALL, 1: ALL}), Work("only", 5, 1, share_cap={0: ALL}))
    problem = Problem(1, ("A", "B"), ((5,), (5,)), works)
    assert payments.split(problem, (0, 0)) == {0: {1: 5}, 1: {0: 5}}
    poor = replace(problem, budget=((4,), (5,)))
    assert payments.split(poor, (0, 0)) is None
    missed = [c.funds for c in funds.ceilings(poor) if c.of((0, 0)) > c.money]
    assert ((0,),) in missed and ((1,),) not in missed


def test_rising_prices_are_paid():
    problem = Problem(
        2, ("F",), ((99, 105),), (Work("w", 100, 1, share_cap={0: ALL}),), price_rise=Fraction(1, 20)
    )  # fmt: skip
    plan = make_plan(problem, QUIET)
    assert plan.schedule == (1,) and plan.funding == {0: {0: 105}}


def test_what_is_pledged_pays_its_rupiah_and_no_more_when_prices_rise():
    """Two thirds from the one and a pledged third: all of it in the first year, 3 short in the second."""
    work = Work("w", 90, 1, share_cap={0: Fraction(2, 3), 1: ALL}, most={1: 30})
    both = Problem(2, ("paket", "pledge"), ((60, 90), (30, 30)), (work,), price_rise=Fraction(1, 10))
    plan = make_plan(both)
    assert (plan.schedule, plan.funding) == ((0,), {0: {0: 60, 1: 30}})
    assert both.windows == ((0,),)
    poor = make_plan(replace(both, budget=((59, 90), (30, 90))))
    assert (poor.schedule, poor.left_out[0].reason) == ((None,), "no_money")
    late = make_plan(replace(both, works=(replace(work, earliest=2),)))
    assert (late.schedule, late.left_out[0].reason) == ((None,), "no_fund")
    rich = replace(both, budget=((60, 90), (90, 90)))
    assert recheck.violations(rich, (0,), {0: {0: Fraction(59), 1: Fraction(31)}}, {}) == [
        "pledge pays 31.0 of w, more than it may"
    ]


def test_the_plan_without_a_solver_keeps_the_floors_or_is_not_told():
    works = (Work("best", 5, 0, [0], {0: ALL}), Work("floor", 5, 0, [1], {0: ALL}))
    problem = Problem(1, ("F",), ((5,),), works, [5, 2], ("x", "y"), zone_floor={"y": 2.0})
    plan = make_plan(problem, QUIET)
    assert (plan.greedy_objective, plan.objective, plan.bound) == (2, 2, 2)
    # By benefit per rupiah the small one is taken first for the floor, and the money for the large one is gone.
    small = (Work("small", 1, 0, [0], {0: ALL}), Work("large", 10, 0, [0, 1], {0: ALL}))
    other = Work("other", 10, 0, [2], {0: ALL})
    tricked = Problem(
        1, ("F",), ((10,),), (*small, other), [5, 5, 20], ("x", "x", "y"), zone_floor={"x": 10.0}
    )
    plan = make_plan(tricked, QUIET)
    assert (plan.greedy_objective, plan.objective) == (None, 10)
    # Without the other the best single work reaches the floor by itself, and is the plan without a solver.
    lucky = Problem(1, ("F",), ((10,),), small, [5, 5], ("x", "x"), zone_floor={"x": 10.0})
    assert make_plan(lucky, QUIET).greedy_objective == 10


def test_without_a_bound_of_the_solver_nothing_is_said_to_be_proven(monkeypatch):
    works = (Work("a", 5, 3, share_cap={0: ALL}), Work("b", 5, 2, [0], {0: ALL}))
    problem = Problem(1, ("F",), ((5,),), works, [2])
    monkeypatch.setattr(solve, "bound_of", lambda model: None)
    plan = make_plan(problem, QUIET)
    assert (plan.objective, plan.bound, plan.gap) == (4, 7, pytest.approx(3 / 7))
    assert any("no bound" in note for note in plan.notes)
