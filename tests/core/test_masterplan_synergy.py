"""Works that help each other: the bonus is a share of what the lesser one is worth alone, whoever finds the plan."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core import masterplan
from gis_core.errors import BadInput
from gis_core.masterplan import Candidate
from gis_core.portfolio import Options, benefit, make_plan
from tests.core.test_masterplan import QUIET, WORTH, homes, rules, work

HOMES = homes(12)
WORKS = st.lists(
    st.tuples(st.sets(st.integers(0, 11)), st.integers(1, 20), st.floats(0, 0.05)), min_size=2, max_size=5
)


def candidates(drawn: list[tuple[set[int], int, float]]) -> list[Candidate]:
    return [
        work(f"w{k}", sorted(serves), cost, reduction=reduction)
        for k, (serves, cost, reduction) in enumerate(drawn)
    ]


def test_both_together_are_worth_a_tenth_of_the_lesser_more() -> None:
    """Alone 6 and 4 points, one household in common: 8 together, and 0.4 for helping each other."""
    both = [work("a", [0, 1, 2]), work("b", [2, 3])]
    helped = masterplan.problem(both, HOMES, WORTH, rules(20, synergy=((0, 1, 0.1),)))
    assert benefit.total(helped, [0, 1]) == pytest.approx(8 + 0.4)
    assert [benefit.total(helped, [k]) for k in (0, 1)] == [pytest.approx(6), pytest.approx(4)]


def test_a_bonus_decides_between_equals_and_a_pin_does_not_raise_it() -> None:
    """a goes with b or c alike; b helps a. What a pin adds to the sum is no worth."""
    three = [work("a", [0], required=True), work("b", [1]), work("c", [2])]
    for synergy, partner in ((((0, 1, 0.1),), 1), (((0, 2, 0.1),), 2)):
        problem = masterplan.problem(three, HOMES, WORTH, rules(20, synergy=synergy))
        assert problem.synergy[0][2] == pytest.approx(0.2)
        assert make_plan(problem, QUIET).schedule[partner] == 0


def test_two_works_help_each_other_only_if_both_are_delivered() -> None:
    """Alone 6 and 4 points if delivered: a tenth of 4, in half of the four fifths of all cases in which both are."""
    both = [work("a", [0, 1, 2], delivery=0.5), work("b", [3, 4], delivery=0.8)]
    helped = masterplan.problem(both, HOMES, WORTH, rules(20, synergy=((0, 1, 0.1),)))
    assert helped.synergy[0][2] == pytest.approx(0.5 * 0.8 * 0.4)
    assert benefit.total(helped, [0, 1]) == pytest.approx(0.5 * 6 + 0.8 * 4 + 0.16)


def test_a_share_is_a_share() -> None:
    with pytest.raises(BadInput) as caught:
        masterplan.problem([work("a", [0]), work("b", [1])], HOMES, WORTH, rules(1, synergy=((0, 1, 1.5),)))
    assert caught.value.pointer == "/synergy/0/2"


@settings(max_examples=60, deadline=None)
@given(WORKS, st.integers(0, 60), st.data())
def test_the_plan_is_the_best_of_all_sets_and_a_bonus_never_makes_it_worse(
    drawn: list[tuple[set[int], int, float]], money: int, data: st.DataObject
) -> None:
    works = candidates(drawn)
    pairs = list(combinations(range(len(works)), 2))
    helping = tuple(
        (a, b, 0.1) for a, b in data.draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True))
    )
    problem = masterplan.problem(works, HOMES, WORTH, rules(money, synergy=helping))
    plan = make_plan(problem, Options(gap=0.0, explain=False))
    best = max(
        benefit.total(problem, chosen)
        for size in range(len(works) + 1)
        for chosen in combinations(range(len(works)), size)
        if sum(works[k].cost for k in chosen) <= money
    )
    assert plan.objective == pytest.approx(best, abs=1e-6)
    plain = masterplan.problem(works, HOMES, WORTH, rules(money))
    assert plan.objective >= make_plan(plain, Options(gap=0.0, explain=False)).objective - 1e-6
