"""Reference points of a kind's own: who is read by which, and that a score still depends on its own row only."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gis_core import draws, ranking
from gis_core.errors import BadInput
from gis_core.ranking import Criterion
from gis_core.second_opinion import complete
from gis_core.value import ValueFunction

ALL = ValueFunction([(0, 0), (100, 1)])
SMALL = ValueFunction([(0, 0), (10, 1)])
COST = ValueFunction([(1e5, 1), (1e7, 0)], "log10")
OWN_COST = ValueFunction([(1e7, 1), (1e8, 0)], "log10")
CRITERIA = [
    Criterion("people", 0.6, ALL, own={"toilet": SMALL}),
    Criterion("cost", 0.4, COST, "zero", own={"toilet": OWN_COST}),
]
KINDS = ["drain", "toilet", "road", "toilet"]
X = [[50, 1e6], [5, 1e7], [200, 1e5], [20, math.nan]]


def test_each_row_is_read_by_the_points_of_its_kind() -> None:
    made = ranking.rank(CRITERIA, ["a", "b", "c", "d"], X, kinds=KINDS)
    assert made.values.tolist() == [[0.5, 0.5], [0.5, 1.0], [1.0, 1.0], [1.0, 0.0]]
    assert made.beyond.tolist() == [[False, False], [False, False], [True, False], [True, False]]
    assert made.missing.tolist()[3] == [False, True]
    plain = ranking.rank(CRITERIA, ["a", "b", "c", "d"], X)
    assert plain.values[1].tolist() == [0.05, 0.0], "without kinds everybody is read by the points of all"


def test_a_score_does_not_depend_on_the_kinds_of_the_others() -> None:
    alone = ranking.rank(CRITERIA, ["b"], [X[1]], kinds=["toilet"])
    among = ranking.rank(CRITERIA, ["a", "b", "c", "d"], X, kinds=KINDS)
    turned = ranking.rank(CRITERIA, ["d", "c", "b", "a"], X[::-1], kinds=KINDS[::-1])
    assert alone.score[0] == among.score[1] == turned.score[2]
    assert alone.contributions[0].tolist() == among.contributions[1].tolist()


def test_draws_of_uncertain_data_are_read_by_the_points_of_their_kind() -> None:
    raw = np.array(X[:3], dtype=np.float64)
    noise = [None, draws.Noise(-0.1, 0.3, "triangular", relative=True, shared=True)]
    data = draws.value_draws(raw, [c.over(KINDS[:3]) for c in CRITERIA], noise, 7)
    assert callable(data)
    drawn = data(0, 40)
    assert drawn[:, :, 0].tolist() == [[0.5, 0.5, 1.0]] * 40
    # One price level for all: a decade is half of the drain's scale and all of the toilet's.
    moved = 1.0 - drawn[:, 1, 1]
    dearer = moved > 0
    assert dearer.any() and not dearer.all()
    assert 2 * (0.5 - drawn[dearer, 0, 1]) == pytest.approx(moved[dearer])


def test_other_methods_compare_what_is_worth_as_much() -> None:
    raw = complete(CRITERIA, X, kinds=KINDS)
    assert raw[:, 0].tolist() == [50, 50, 100, 100], "five of ten toilets are what fifty of a hundred are"
    assert raw[:3, 1] == pytest.approx([1e6, 1e5, 1e5])
    assert raw[3, 1] == pytest.approx(1e7), "a gap is worth nothing whatever the kind"


def test_points_against_those_of_all_and_a_wrong_count_are_refused() -> None:
    with pytest.raises(BadInput, match="reference points of toilet run against those of all") as refused:
        Criterion("people", 1.0, ALL, own={"toilet": ValueFunction([(0, 1), (10, 0)])})
    assert refused.value.pointer == "/of_type/toilet/points"
    with pytest.raises(BadInput, match="1 kinds for 4 proposals"):
        ranking.rank(CRITERIA, ["a", "b", "c", "d"], X, kinds=["drain"])
