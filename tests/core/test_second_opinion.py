"""Other methods beside the official order: complete data, the same order where they must agree, ties and few."""

from __future__ import annotations

import numpy as np
import pytest

from gis_core.ranking import Criterion, rank
from gis_core.second_opinion import complete, second_opinions, weaknesses
from gis_core.value import ValueFunction

RISING = ValueFunction([(0, 0), (20, 0.4), (60, 0.8), (150, 1)])
FALLING = ValueFunction([(200_000, 1), (20_000_000, 0)], "log10")
CRITERIA = [Criterion("served", 0.6, RISING, 0.2), Criterion("cost", 0.4, FALLING)]


@pytest.mark.parametrize("function", [RISING, FALLING])
@pytest.mark.parametrize("v", [0, 0.1, 0.4, 0.77, 1])
def test_a_value_function_gives_back_the_value_of_its_inverse(function: ValueFunction, v: float) -> None:
    x = function.inverse(v)
    assert function(x) == pytest.approx(v, abs=1e-12)
    assert not function.beyond(x)


def test_gaps_and_hopeless_costs_become_numbers_inside_the_reference() -> None:
    found = complete(CRITERIA, [[np.nan, 1e15], [400, np.nan]])
    assert found == pytest.approx(np.array([[10, 20_000_000], [150, 20_000_000]]))


def test_where_one_proposal_dominates_the_next_all_methods_agree() -> None:
    raw = np.array([[10.0 * i, 10_000_000 - 1_000_000 * i] for i in range(1, 6)])
    score = rank(CRITERIA, [str(i) for i in range(5)], raw).score
    told = second_opinions(CRITERIA, raw, score)
    assert set(told) == {"topsis", "vikor", "promethee2"}
    for found in told.values():
        assert (found.kendall_tau_b, found.overlap) == (1.0, 1.0)


def test_one_proposal_has_no_order_to_compare() -> None:
    assert second_opinions(CRITERIA, [[1.0, 1.0]], [50.0]) == {}
    assert second_opinions(CRITERIA, np.empty((0, 2)), []) == {}


def test_a_great_weakness_of_the_first_is_told_against_one_behind_it() -> None:
    raw = [[150.0, 20_000_000], [60.0, 200_000], [0.0, 20_000_000]]
    score = rank(CRITERIA, ["a", "b", "c"], raw).score
    assert score.tolist() == pytest.approx([60, 88, 0])
    heavier = [Criterion("served", 0.9, RISING, 0.2), Criterion("cost", 0.1, FALLING)]
    score = rank(heavier, ["a", "b", "c"], raw).score
    found = weaknesses(heavier, raw, score, 0.4)
    assert [(one.a, one.b, one.criterion) for one in found] == [(0, 1, 1)]
    assert weaknesses(heavier, raw, score, 1.0) == []
    only = [Criterion("served", 1.0, RISING, 0.2), Criterion("cost", 0.0, FALLING)]
    assert weaknesses(only, raw, rank(only, ["a", "b", "c"], raw).score, 0.1) == [], (
        "what weighs nothing is no veto"
    )
    assert weaknesses(CRITERIA, [[1.0, 1.0]], [50.0], 0.1) == []
