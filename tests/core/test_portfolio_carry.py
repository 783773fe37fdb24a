"""Money that funds keep for later years: ceilings over runs of years against payments year by year.

It knows nothing about funds that lose what they do not spend; that is tested with `portfolio`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core.errors import BadInput
from gis_core.portfolio import Options, Problem, Work, benefit, funds, payments, recheck
from tests.core.schedules import ALL, FEW, QUIET, enumerate_best, make_plan, payable, problems, richer

SAVING = Problem(
    2, ("BLM",), ((6, 6),), (Work("hall", 10, 5, share_cap={0: ALL}),), carry=frozenset({0})
)  # fmt: skip


@st.composite
def scheduled(draw):
    """A problem of three years and three funds, some keeping money, with any schedule."""
    share = st.sampled_from([Fraction(0), Fraction(3, 10), Fraction(1, 2), ALL])
    n = draw(st.integers(1, 4))
    works = tuple(
        Work(f"w{i}", draw(st.integers(1, 30)), share_cap={f: draw(share) for f in range(3)})
        for i in range(n)
    )
    money = st.tuples(*[st.integers(0, 25)] * 3)
    carry = frozenset(draw(st.sets(st.integers(0, 2), min_size=1)))
    problem = Problem(3, ("A", "B", "C"), (draw(money), draw(money), draw(money)), works, carry=carry)
    return problem, tuple(draw(st.lists(st.sampled_from([None, 0, 1, 2]), min_size=n, max_size=n)))


@settings(max_examples=400)
@given(scheduled())
def test_the_ceilings_hold_if_and_only_if_payments_and_sums_carried_over_exist(case):
    problem, schedule = case
    built = benefit.built(schedule)
    within = all(problem.can_pay_alone(i) for i in built) and all(
        c.of(schedule) <= c.money for c in funds.ceilings(problem)
    )
    paid = payments.split(problem, schedule)
    assert within == payable(problem, schedule) == (paid is not None)
    if paid is not None:
        unpaid_rules = [
            w for w in recheck.violations(problem, schedule, paid, {}) if "gets" in w or "spends" in w
        ]
        assert unpaid_rules == []


@FEW
@given(problems(most=4, carry=True))
def test_brute_force_equals_the_program_and_every_rule_holds_in_integers(problem):
    plan = make_plan(problem, QUIET)
    assert (plan.objective, plan.gap) == (enumerate_best(problem), 0)
    assert plan.greedy_objective <= plan.objective <= plan.lp_bound + 1e-6
    assert plan.feasible and recheck.violations(problem, plan.schedule, plan.funding, {}) == []
    lost = make_plan(replace(problem, carry=frozenset()), QUIET)
    assert plan.objective >= lost.objective


@FEW
@given(problems(most=3, carry=True), st.data())
def test_forced_in_values_and_admission_money_are_those_of_enumeration(problem, data):
    plan = make_plan(problem)
    for entry in plan.left_out:
        assert entry.value_if_forced_in == enumerate_best(problem, must=[entry.work])
        if entry.admission is None:
            continue
        a = entry.admission
        for less, enough in ((0, True), (1, False))[: 1 + (a.extra > 0)]:
            best = enumerate_best(richer(problem, a, less), must=[entry.work])
            assert (best is not None and best >= plan.objective) == enough
    for entry in plan.kept:
        assert entry.value_if_left_out == enumerate_best(problem, mustnt=[entry.work])


def test_what_is_saved_pays_later_and_never_before():
    plan = make_plan(SAVING)
    assert (plan.schedule, plan.funding) == ((1,), {0: {0: 10}})
    lost = make_plan(replace(SAVING, carry=frozenset()))
    assert (lost.schedule, lost.left_out[0].reason) == ((None,), "no_money")
    late = replace(SAVING, budget=((0, 6),), works=(replace(SAVING.works[0], cost=6, latest=1),))
    assert make_plan(late).schedule == (None,)


def test_extra_money_may_come_in_an_earlier_year():
    poor = replace(SAVING, budget=((6, 3),))
    entry = make_plan(poor, Options(admission=(0, 0))).left_out[0]
    assert (entry.admission.extra, entry.admission.proven) == (1, True)


def test_the_recheck_finds_money_spent_before_it_is_there():
    wrong = recheck.violations(SAVING, (0,), {0: {0: Fraction(10)}}, {})
    assert wrong == ["BLM spends 10.0 in year 1 of 6.0"]
    lost = replace(SAVING, carry=frozenset())
    assert recheck.violations(lost, (1,), {0: {0: Fraction(10)}}, {}) == ["BLM spends 10.0 in year 2 of 6.0"]
    assert recheck.violations(SAVING, (1,), {0: {0: Fraction(10)}}, {}) == []


def test_a_plan_of_many_years_and_funds_that_keep_money_is_refused_where_it_would_never_end():
    with pytest.raises(BadInput) as error:
        Problem(20, ("A", "B"), ((1,) * 20,) * 2, (), carry=frozenset({0}))
    assert error.value.pointer == "/carry"
    assert Problem(20, ("A", "B"), ((1,) * 20,) * 2, (), carry=frozenset({0, 1})).years == 20
