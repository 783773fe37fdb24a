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
from tests.core.schedules import ALL, enumerate_best, problems

make_plan: Any = portfolio.make_plan
QUIET = Options(explain=False)


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
