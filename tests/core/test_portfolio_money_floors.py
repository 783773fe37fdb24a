"""Floors in money: kept as far as they can be, each missed one named, and the best plan of those that miss least.

It knows nothing about floors of households, which are tested with `portfolio`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.errors import BadInput
from gis_core.portfolio import MoneyFloor, Options, Problem, Work, recheck
from gis_core.portfolio.fronts import budget_sweep
from tests.core.schedules import ALL, FEW, QUIET, allowed, make_plan, problems, worth


def lacking(problem, works):
    """Rupiah that the floors miss in all, counted here again."""
    return sum(
        max(0, floor.rupiah - sum(problem.works[i].cost for i in set(works) & floor.works))
        for floor in problem.money_floors
    )


def by_enumeration(problem, floors=()):
    """(least missing, best U of plans that miss so little), over all schedules; None if none is allowed."""
    best = None
    for schedule in product([None, *range(problem.years)], repeat=len(problem.works)):
        works = [i for i, t in enumerate(schedule) if t is not None]
        value = worth(problem, works, floors)
        if value is None:
            continue
        key = (-lacking(problem, works), value)
        if (best is None or key > best) and allowed(problem, schedule):
            best = key
    return None if best is None else (-best[0], best[1])


@st.composite
def with_floors(draw, **more):
    """A small problem with floors in money over works of two RW."""
    problem = draw(problems(**more))
    numbers = st.sets(st.integers(0, len(problem.works) - 1))
    one = draw(numbers)
    other = draw(numbers) - one
    floors = [
        MoneyFloor(name, frozenset(of), draw(st.integers(0, 60)))
        for name, of in (("RW 1", one), ("RW 2", other))
    ]
    return replace(problem, money_floors=tuple(floors))


@FEW
@given(with_floors())
def test_as_little_is_missing_as_can_be_and_then_the_benefit_is_the_most(problem):
    plan = make_plan(problem, QUIET)
    missing, best = by_enumeration(problem)
    assert (sum(plan.missed.values()), plan.objective, plan.gap) == (missing, best, 0)
    assert plan.objective <= plan.lp_bound + 1e-6
    settled = replace(problem, most_missing=missing)
    assert recheck.violations(settled, plan.schedule, plan.funding, {}) == []
    built = [i for i, t in enumerate(plan.schedule) if t is not None]
    for floor in problem.money_floors:
        got = sum(problem.works[i].cost for i in built if i in floor.works)
        assert plan.spent[floor.name] == got
        assert plan.missed.get(floor.name, 0) == max(0, floor.rupiah - got)


@FEW
@given(with_floors(most=8, years=1))
def test_brute_force_equals_the_program_for_up_to_eight_works(problem):
    plan = make_plan(problem, QUIET)
    assert (sum(plan.missed.values()), plan.objective) == by_enumeration(problem)


@FEW
@given(with_floors(most=4, capacity=True))
def test_brute_force_equals_the_program_with_capacities(problem):
    plan = make_plan(problem, QUIET)
    missing, best = by_enumeration(problem)
    assert sum(plan.missed.values()) == missing
    assert plan.objective == pytest.approx(best, abs=1e-6)


@FEW
@given(with_floors(most=4), st.sampled_from("xyz"), st.integers(1, 4))
def test_floors_of_households_go_first_and_benefit_comes_last(problem, zone, least):
    if zone not in problem.zones:
        return
    problem = replace(problem, zone_floor={zone: float(least)})
    best = by_enumeration(problem, {zone: least})
    plan = make_plan(problem, QUIET)
    assert plan.feasible == (best is not None)
    if best is None:
        best = by_enumeration(replace(problem, zone_floor={}))
    assert (sum(plan.missed.values()), plan.objective) == (best[0], pytest.approx(best[1]))


@FEW
@given(with_floors(most=4), st.integers(2, 7))
def test_more_money_never_misses_more_and_the_unit_of_money_changes_nothing(problem, times):
    plan = make_plan(problem, QUIET)
    richer = tuple(tuple(2 * rupiah for rupiah in row) for row in problem.budget)
    more = make_plan(replace(problem, budget=richer), QUIET)
    assert sum(more.missed.values()) <= sum(plan.missed.values())
    floors = tuple(replace(floor, rupiah=times * floor.rupiah) for floor in problem.money_floors)
    works = tuple(replace(work, cost=times * work.cost) for work in problem.works)
    budget = tuple(tuple(times * rupiah for rupiah in row) for row in problem.budget)
    scaled = make_plan(replace(problem, works=works, budget=budget, money_floors=floors), QUIET)
    assert scaled.objective == plan.objective
    assert sum(scaled.missed.values()) == times * sum(plan.missed.values())


@FEW
@given(with_floors(most=4))
def test_floors_of_nothing_change_nothing(problem):
    none = tuple(replace(floor, rupiah=0) for floor in problem.money_floors)
    with_them = make_plan(replace(problem, money_floors=none), QUIET)
    without = make_plan(replace(problem, money_floors=()), QUIET)
    assert (with_them.objective, with_them.schedule) == (without.objective, without.schedule)
    assert with_them.missed == {}


TWO_RW = Problem(
    1, ("BLM",), ((100,),),
    (Work("drain", 60, 9, share_cap={0: ALL}), Work("tap", 40, 8, share_cap={0: ALL}),
     Work("bins", 30, 1, share_cap={0: ALL}), Work("hall", 90, 2, share_cap={0: ALL})),
    money_floors=(MoneyFloor("RW 1", frozenset({0, 1}), 0), MoneyFloor("RW 2", frozenset({2, 3}), 25)),
)  # fmt: skip
"""Without floors drain and tap are the plan (17); RW 2 has bins and a hall."""


def test_a_floor_moves_money_to_an_rw_that_would_get_none():
    plan = make_plan(TWO_RW)
    assert [w.id for w, t in zip(TWO_RW.works, plan.schedule, strict=True) if t is not None] == [
        "drain",
        "bins",
    ]
    assert (plan.objective, plan.missed, plan.spent["RW 2"]) == (10, {}, 30)
    tap = next(entry for entry in plan.left_out if entry.work == 1)
    assert tap.reason == "equity_or_floor"


def test_a_floor_out_of_reach_is_named_with_what_it_lacks_and_the_plan_is_still_one():
    wide = replace(
        TWO_RW, money_floors=(MoneyFloor("RW 2", frozenset({2, 3}), 110), MoneyFloor("RW 3", frozenset(), 5))
    )
    plan = make_plan(wide, QUIET)
    # The hall costs 90; with the bins it would be 120, more than there is.
    assert plan.feasible
    assert plan.missed == {"RW 2": 20, "RW 3": 5}
    assert plan.objective == 2
    half = replace(wide, budget=((50,),))
    assert make_plan(half, QUIET).missed == {"RW 2": 80, "RW 3": 5}


def test_the_worst_off_come_after_floors_in_money():
    problem = Problem(
        1, ("BLM",), ((10,),),
        (Work("a", 10, 0, [0], {0: ALL}), Work("b", 5, 0, [1], {0: ALL}), Work("c", 5, 0, [2], {0: ALL})),
        [4, 4, 4], ("x", "y", "x"), money_floors=(MoneyFloor("RW", frozenset({0}), 10),),
    )  # fmt: skip
    fair = make_plan(replace(problem, money_floors=()), Options(explain=False, equity="max_min"))
    assert [t is not None for t in fair.schedule] == [False, True, True]
    kept = make_plan(problem, Options(explain=False, equity="max_min"))
    assert [t is not None for t in kept.schedule] == [True, False, False]


def test_a_sweep_says_which_budgets_miss_a_floor():
    points = list(budget_sweep(TWO_RW, [Fraction(1, 5), Fraction(1, 2), Fraction(1)]))
    assert [point.feasible for point in points] == [False, True, True]


def test_a_floor_below_nothing_is_refused():
    with pytest.raises(BadInput, match="negative"):
        replace(TWO_RW, money_floors=(MoneyFloor("RW 1", frozenset({0}), -1),))
