"""What is not asked of a proposal: its weight goes to the others of the group, and nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core import draws, not_asked, sensitivity
from gis_core.errors import BadInput
from gis_core.ranking import Criterion, display_parts, rank, shown_score
from gis_core.robustness import smaa
from gis_core.second_opinion import complete
from gis_core.value import ValueFunction

UNIT = ValueFunction([(0, 0), (1, 1)])
GROUPS = ("benefit", "benefit", "risk", "risk", "risk")


def five(*weights: float) -> list[Criterion]:
    """Two benefits and three risks."""
    return [
        Criterion(f"c{j}", w, UNIT, 0.5, group=group)
        for j, (w, group) in enumerate(zip(weights, GROUPS, strict=True))
    ]


CRITERIA = five(0.5, 0.3, 0.1, 0.06, 0.04)


@st.composite
def tables(draw):
    """Weights, values with gaps, and what is asked, for up to six proposals."""
    n = draw(st.integers(1, 6))
    whole = st.lists(st.integers(0, 20), min_size=5, max_size=5).filter(any)
    weights = np.array(draw(whole), dtype=float)
    cell = st.one_of(st.just(np.nan), st.integers(0, 8).map(lambda x: x / 8))
    rows = [[draw(cell) for _ in range(5)] for _ in range(n)]
    asked = [[draw(st.booleans()) for _ in range(5)] for _ in range(n)]
    return weights / weights.sum(), np.array(rows), np.array(asked)


def test_the_weight_goes_evenly_to_the_others_of_the_group():
    made = rank(CRITERIA, ["all", "no c2", "c4 alone"], [[0.4, 0.8, 0.5, 0.2, 1.0]] * 3, asked=[
        [True] * 5, [True, True, False, True, True], [True, True, False, False, True],
    ])  # fmt: skip
    assert made.effective[0] == pytest.approx([0.5, 0.3, 0.1, 0.06, 0.04])
    assert made.effective[1] == pytest.approx([0.5, 0.3, 0, 0.11, 0.09])
    assert made.effective[2] == pytest.approx([0.5, 0.3, 0, 0, 0.2])
    assert made.contributions[1] == pytest.approx([20, 24, 0, 2.2, 9])
    assert made.score == pytest.approx([20 + 24 + 5 + 1.2 + 4, 55.2, 64])
    assert (made.low == made.score).all() and (made.completeness == 1).all(), "what is not asked is no gap"


def test_a_group_with_nothing_left_gives_its_weight_to_all_others():
    asked = [[True, True, False, False, False]]
    made = rank(CRITERIA, ["well"], [[0.4, 0.8, np.nan, np.nan, np.nan]], asked=asked)
    assert made.effective[0] == pytest.approx([0.6, 0.4, 0, 0, 0])
    assert made.score[0] == pytest.approx(24 + 32)


def test_what_weighs_nothing_takes_nothing_over():
    asked = [[True, True, False, True, True]]
    made = rank(five(0.5, 0.3, 0.2, 0.0, 0.0), ["drain"], [[0.4, 0.8, np.nan, 1, 1]], asked=asked)
    assert made.effective[0] == pytest.approx([0.6, 0.4, 0, 0, 0])
    assert made.contributions[0, 3:].tolist() == [0, 0], "a weight of 0 gives no points (method 4.1)"


def test_where_nothing_that_weighs_is_asked_the_score_is_open():
    asked = [[True, True, False, True, True]]
    made = rank(five(0.0, 0.0, 1.0, 0.0, 0.0), ["drain"], [[1, 1, np.nan, 1, 1]], asked=asked)
    assert (made.low[0], made.score[0], made.high[0], made.completeness[0]) == (0, 50, 100, 0)


@given(tables())
def test_the_score_is_the_sum_of_parts_and_of_values_by_weights(case):
    weights, X, asked = case
    ids = [str(i) for i in range(len(X))]
    made = rank(five(*weights), ids, X, asked=asked)
    assert made.effective.sum(axis=1) == pytest.approx(np.ones(len(X)), abs=1e-12)
    assert made.contributions.sum(axis=1) == pytest.approx(made.score, abs=1e-9)
    assert made.values @ made.weights * 100 == pytest.approx(made.score, abs=1e-9)
    assert ((made.low <= made.score + 1e-9) & (made.score <= made.high + 1e-9)).all()
    for i, row in enumerate(made.contributions):
        assert sum(display_parts(row, made.score[i])) == pytest.approx(shown_score(made.score[i]))
        alone = rank(five(*weights), [ids[i]], X[i : i + 1], asked=asked[i : i + 1])
        assert alone.score[0] == made.score[i], "the score is the proposal's own, whoever else is there"


@given(tables(), st.integers(0, 4), st.floats(0, 1))
def test_better_is_never_worse_and_filling_a_gap_stays_inside(case, j, better):
    weights, X, asked = case
    before = rank(five(*weights), [str(i) for i in range(len(X))], X, asked=asked)
    filled = X.copy()
    filled[:, j] = np.fmax(X[:, j], better)
    after = rank(five(*weights), [str(i) for i in range(len(X))], filled, asked=asked)
    known = np.isfinite(X[:, j])
    assert (after.score >= before.score - 1e-9)[known].all()
    assert (after.score <= before.high + 1e-9)[~known].all() and (after.score >= before.low - 1e-9).all()


def test_draws_of_weights_and_data_spread_as_the_score_does():
    rng = np.random.default_rng(7)
    X = rng.random((6, 5))
    asked = rng.random((6, 5)) < 0.6
    X[~asked] = np.nan
    shares = not_asked.spread(asked, [c.weight for c in CRITERIA], GROUPS)
    made = rank(CRITERIA, [str(i) for i in range(6)], X, asked=asked)
    sure = draws.value_draws(X, [UNIT] * 5, [None] * 5, 1, shares)
    assert sure == pytest.approx(made.values, abs=1e-12)
    unsure = draws.value_draws(X, [UNIT] * 5, [draws.Noise(-0.1, 0.1), *[None] * 4], 1, shares)
    assert callable(unsure) and not callable(sure)
    assert np.isfinite(unsure(0, 50)).all()
    assert (unsure(3, 5) == unsure(0, 50)[3:5]).all(), "chunks change nothing"
    weights = draws.uniform_weights(400, 5, 3)
    found = smaa(sure, weights)
    best = [np.argmax([100 * not_asked.effective(w, shares, 6)[i] @ np.nan_to_num(X[i]) for i in range(6)])
            for w in weights]  # fmt: skip
    assert found.acceptability[:, 0] == pytest.approx(np.bincount(best, minlength=6) / 400, abs=1e-12)


@given(tables(), st.integers(0, 4))
def test_a_proposal_is_first_where_the_range_of_a_weight_says_so(case, k):
    weights, X, asked = case
    weights = weights * 0.9 + 0.02  # All weigh something, as the sentence on where a weight goes needs.
    weights = weights / weights.sum()
    ids = [str(i) for i in range(len(X))]
    made = rank(five(*weights), ids, X, asked=asked)
    for i, span in enumerate(sensitivity.first_ranges(made.values, made.weights, k)):
        if span is None or span[1] - span[0] < 1e-6:
            continue
        t = (span[0] + span[1]) / 2
        moved = np.where(np.arange(5) == k, t, weights * (1 - t) / (1 - weights[k]))
        assert rank(five(*moved), ids, X, asked=asked).rank[i] == 1


def test_other_methods_read_what_stands_in():
    X = [[0.4, 0.8, np.nan, 0.2, 1.0]]
    asked = [[True, True, False, True, True]]
    shares = not_asked.spread(asked, [c.weight for c in CRITERIA], GROUPS)
    assert complete(CRITERIA, X, shares)[0] == pytest.approx([0.4, 0.8, 0.6, 0.2, 1.0])


def test_a_table_of_another_shape_is_refused():
    with pytest.raises(BadInput) as caught:
        rank(CRITERIA, ["a"], [[0.0] * 5], asked=[[True] * 4])
    assert caught.value.pointer == "/asked"
