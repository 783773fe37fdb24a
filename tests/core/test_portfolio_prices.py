"""Prices of money: what a further rupiah of a fund and year lifts, held against plans made with more money."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core import portfolio
from gis_core.portfolio import Options, Problem, Work
from tests.core.schedules import ALL, enumerate_best, problems, worth

make_plan: Any = portfolio.make_plan
QUIET = Options(explain=False)
TELLING = Options()


def richer(problem: Problem, fund: int, year: int, extra: int) -> Problem:
    rows = [list(row) for row in problem.budget]
    rows[fund][year] += extra
    return replace(problem, budget=tuple(map(tuple, rows)))


@settings(max_examples=60, deadline=None)
@given(problems(most=4, carry=True), st.integers(0, 30))
def test_no_plan_with_more_money_passes_what_the_price_allows(problem, extra):
    plan = make_plan(problem, QUIET)
    for (fund, year), price in plan.prices.items():
        best = enumerate_best(richer(problem, fund, year, extra))
        assert best <= plan.lp_bound + price * extra + 1e-6


def test_a_work_that_is_half_paid_is_worth_its_value_per_rupiah():
    problem = Problem(
        2, ("BLM", "APBD"), ((6, 0), (0, 0)), (Work("hall", 10, 5.0, share_cap={0: ALL}, latest=1),)
    )  # fmt: skip
    prices = make_plan(problem, QUIET).prices
    assert prices[0, 0] == pytest.approx(0.5)
    assert [prices[place] for place in ((0, 1), (1, 0), (1, 1))] == [0, 0, 0], "nobody may spend those"


def test_where_everything_is_built_more_money_lifts_nothing():
    plan = make_plan(Problem(1, ("BLM",), ((100,),), (Work("tap", 10, 5.0, share_cap={0: ALL}),)), QUIET)
    assert plan.prices == {(0, 0): 0}


def test_money_of_two_funds_that_pay_one_work_together_lifts_alike():
    half = {0: Fraction(1, 2), 1: Fraction(1, 2)}
    problem = Problem(1, ("A", "B"), ((3,), (5,)), (Work("hall", 10, 5.0, share_cap=half),))
    prices = make_plan(problem, QUIET).prices
    assert prices[0, 0] == pytest.approx(1.0), (
        "the other half is there: one rupiah of A builds two rupiah of hall"
    )
    assert prices[1, 0] == 0


def test_nothing_is_said_where_nothing_is_proven():
    works = (Work("a", 10, 0.0, (0,), {0: ALL}), Work("b", 10, 0.0, (1,), {0: ALL}))
    problem = Problem(1, ("BLM",), ((10,),), works, np.array([1.0, 1.0]), ("x", "y"))
    assert make_plan(problem, QUIET).prices is not None
    assert make_plan(problem, replace(QUIET, equity="max_min")).prices is None, "its aim moves with the money"
    assert make_plan(replace(problem, zone_floor={"x": 1, "y": 1}), QUIET).prices is None


@settings(max_examples=60, deadline=None)
@given(problems(most=4, carry=True, partial=True))
def test_a_work_left_out_is_told_what_it_adds_and_what_its_money_is_worth(problem):
    plan = make_plan(problem, TELLING)
    built = [i for i, year in enumerate(plan.schedule) if year is not None]
    for entry in plan.left_out:
        if entry.added is not None:
            assert entry.added == pytest.approx(
                worth(problem, [*built, entry.work]) - plan.objective, abs=1e-9
            )
            assert entry.elsewhere >= 0 and entry.reduced == entry.added - entry.elsewhere


@settings(max_examples=60, deadline=None)
@given(problems(most=4))
def test_where_works_do_not_touch_each_other_no_plan_with_one_passes_its_reduced_value(problem):
    """Then what it adds is what it is worth, and the reduced value is that of the linear program."""
    apart = replace(
        problem, works=tuple(replace(work, covers=()) for work in problem.works), precedence=(), exclusive=(),
        synergy=(),
    )  # fmt: skip
    plan = make_plan(apart, TELLING)
    for entry in plan.left_out:
        best = enumerate_best(apart, must=(entry.work,))
        if entry.reduced is not None and best is not None:
            assert best <= plan.lp_bound + min(0.0, entry.reduced) + 1e-6


def test_a_work_is_weighed_against_what_its_money_brings_elsewhere():
    """By hand: of 10 rupiah the best per rupiah, first (2 a rupiah), takes 6; the next, second (1.2), would take the
    other 4. So a rupiah brings 1.2, and the 5 of last 6, where it brings 2 itself."""
    cost_value = {"first": (6, 12.0), "second": (5, 6.0), "third": (4, 4.0), "last": (5, 2.0)}
    works = tuple(Work(name, cost, value, share_cap={0: ALL}) for name, (cost, value) in cost_value.items())
    plan = make_plan(Problem(1, ("BLM",), ((10,),), works), TELLING)
    assert [year is not None for year in plan.schedule] == [True, False, True, False]
    assert plan.prices[0, 0] == pytest.approx(1.2)
    told = {works[e.work].id: (e.added, e.elsewhere, e.reduced) for e in plan.left_out}
    assert told["last"] == pytest.approx((2, 6, -4))
    assert told["second"] == pytest.approx((6, 6, 0)), "worth its money, but it does not fit whole"


def test_a_work_adds_only_what_others_do_not_do_already():
    works = (
        Work("great", 2, 0.0, (0, 1), {0: ALL}), Work("copy", 3, 0.5, (1,), {0: ALL}), Work("x", 9, 3.0, (), {0: ALL}),
    )  # fmt: skip
    plan = make_plan(Problem(1, ("BLM",), ((4,),), works, np.array([4.0, 4.0])), TELLING)
    copy = next(entry for entry in plan.left_out if entry.work == 1)
    assert copy.added == pytest.approx(0.5), "its household has it from great"


def test_nothing_is_said_of_money_where_nothing_is_proven():
    works = (Work("a", 10, 0.0, (0,), {0: ALL}), Work("b", 10, 1.0, (), {0: ALL}, failed_gates=("river",)))
    problem = Problem(1, ("BLM",), ((5,),), works, np.array([1.0]), ("x",))
    plan = make_plan(problem, TELLING)
    assert [entry.elsewhere is None for entry in plan.left_out] == [False, True], "b can never be built"
    for unproven in (
        make_plan(problem, replace(TELLING, equity="max_min")),
        make_plan(replace(problem, zone_floor={"x": 1}), TELLING),
    ):
        assert [entry.reduced for entry in unproven.left_out] == [None, None]
