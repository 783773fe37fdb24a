"""The money that admits a work: every set of few works against the program, and what neither may get wrong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core.portfolio import Limit, Problem, Work
from gis_core.portfolio.admission import least_extra
from gis_core.portfolio.every_set import EverySet, are_few
from gis_core.portfolio.funds import ceilings
from gis_core.portfolio.matrix import write
from gis_core.portfolio.search import aiming, forcing
from gis_core.portfolio.work import MoneyFloor
from tests.core.schedules import ALL, enumerate_best, make_plan, problems, richer


@st.composite
def ruled(draw):
    """Small problems of every kind, with a limit, floors and rising prices, and floors that their plans must reach."""
    problem = draw(problems(most=6, years=draw(st.integers(1, 3)), partial=True, **draw(KINDS)))
    n = len(problem.works)
    use = st.lists(st.integers(-2, 3).map(Fraction), min_size=n, max_size=n).map(tuple)
    some = st.frozensets(st.integers(0, n - 1), min_size=1)
    floors = [MoneyFloor("z", draw(some), draw(st.integers(1, 60)))] if draw(st.booleans()) else []
    problem = replace(
        problem,
        limits=(Limit("l", draw(use), Fraction(draw(st.integers(0, 5)))),) if draw(st.booleans()) else (),
        money_floors=tuple(floors),
        most_missing=draw(st.integers(0, 20)) if floors else None,
        price_rise=draw(st.sampled_from([Fraction(0), Fraction(1, 10)])),
    )
    zones = {z: float(draw(st.integers(0, 2))) for z in problem.zones}
    return problem, zones if draw(st.booleans()) else {}


KINDS = st.sampled_from([{}, {"carry": True}, {"capacity": True}])


@settings(max_examples=200)
@given(ruled(), st.integers(0, 12), st.data())
def test_every_set_gives_what_the_program_gives(ruled, worth, data):
    problem, floors = ruled
    model = write(problem, ceilings(problem), floors)
    if not model.columns_of:
        return
    work, least = data.draw(st.sampled_from(sorted(model.columns_of))), worth - 0.1
    places = [(f, t) for f in range(2) for t in range(problem.years)]
    program = forcing(model, work).program
    program.at_least(model.benefit(), least)
    found = EverySet(model, least, places).least_extra(work)
    wanted = least_extra(aiming(model.with_program(program), {}), places)
    assert (found is None) == (wanted is None)
    if found is not None and wanted is not None:
        assert (found.fund, found.year, found.extra) == (wanted.fund, wanted.year, wanted.extra)


@pytest.mark.parametrize("money", [(10, 10), (10, 9), (9, 10)])
def test_money_that_would_do_but_for_the_years_is_asked_where_least_is_lacking(money):
    """Three works of 6 in two years: two of them must share a year, and of equal years the first gives."""
    works = tuple(Work(str(value), 6, value, share_cap={0: ALL}) for value in (2, 3, 1))
    (entry,) = make_plan(Problem(2, ("F",), (money,), works)).left_out
    assert (entry.admission.extra, entry.admission.proven) == (2, True)
    assert entry.admission.year == money.index(10)


def test_money_in_the_wrong_place_admits_nothing():
    """The second fund may pay the work, yet not alone; only the first can give what lacks."""
    half = {0: ALL, 1: Fraction(1, 2)}
    problem = Problem(
        1, ("F", "G"), ((5,), (9,)), (Work("a", 12, 3, share_cap=half), Work("b", 5, 4, share_cap={0: ALL}))
    )
    (entry,) = make_plan(problem).left_out
    assert (entry.work, entry.admission.fund, entry.admission.extra) == (0, 0, 6)


def test_many_works_are_asked_of_the_program():
    others = [Work(f"w{i}", 1, 1, share_cap={0: ALL}) for i in range(22)]
    problem = Problem(1, ("F",), ((22,),), (Work("dear", 5, 1, share_cap={0: ALL}), *others))
    assert not are_few(write(problem, ceilings(problem)))
    (entry,) = make_plan(problem).left_out
    # One of the others makes room for it.
    assert (entry.admission.extra, entry.admission.proven) == (4, True)


@pytest.mark.parametrize(
    ("budget", "wanted"),
    [((0, 0), None), ((5, 0), None), ((10, 4), (1, 6)), ((0, 12), (0, 10)), ((7, 10), (0, 3))],
)
def test_a_fund_may_not_pay_what_another_lacks(budget, wanted):
    """Each fund pays half of the 20: what is asked of one alone is asked of the other, too, and both must have it."""
    half = Work("half", 20, 1.0, (), {0: Fraction(1, 2), 1: Fraction(1, 2)})
    problem = Problem(years=1, funds=("A", "B"), budget=tuple((rupiah,) for rupiah in budget), works=(half,))
    extra = make_plan(problem).left_out[0].admission
    assert (None if extra is None else (extra.fund, extra.extra)) == wanted
    held = aiming(forcing(write(problem, ceilings(problem)), 0), {})
    asked = least_extra(held, [(0, 0), (1, 0)])
    assert (None if asked is None else (asked.fund, asked.extra)) == wanted


@settings(max_examples=60)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=4), st.data())
def test_where_all_shares_are_alike_the_money_that_admits_is_enough(costs, data):
    cap = {0: Fraction(1, 2), 1: data.draw(st.sampled_from([Fraction(1, 2), Fraction(7, 10)]))}
    works = tuple(Work(f"w{i}", cost, 1.0, (), cap) for i, cost in enumerate(costs))
    years, carry = data.draw(st.integers(1, 2)), data.draw(st.frozensets(st.integers(0, 1)))
    money = st.lists(st.integers(0, 20), min_size=years, max_size=years).map(tuple)
    problem = Problem(
        years=years, funds=("A", "B"), budget=(data.draw(money), data.draw(money)), works=works, carry=carry
    )
    plan = make_plan(problem)
    for entry in plan.left_out[:1]:
        if (extra := entry.admission) is not None:
            for less in (0, 1):
                best = enumerate_best(richer(problem, extra, less), must=[entry.work])
                assert (best is not None and best >= plan.objective) == (less == 0)
