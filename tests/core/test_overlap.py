"""Criteria that say the same: Spearman against scipy, ties, constants, gaps, and how few proposals say nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from gis_core.errors import BadInput
from gis_core.overlap import BY_CHANCE, LEAST, RUN_TOGETHER_ABOVE, double_counting, without

EVEN = [0.25, 0.25, 0.25, 0.25]


def all_known(values: np.ndarray) -> np.ndarray:
    return np.ones(values.shape, dtype=bool)


@given(st.integers(5, 14), st.integers(0, 10_000))
def test_the_pairs_are_those_that_scipy_finds(n, seed):
    values = np.random.default_rng(seed).integers(0, 5, (n, 4)) / 4
    values[:, 1] = np.clip(values[:, 0] + np.random.default_rng(seed + 1).integers(-1, 2, n) / 8, 0, 1)
    found = {(p.first, p.second): p.rho for p in double_counting(values, all_known(values), EVEN)}
    for j in range(4):
        for k in range(j + 1, 4):
            if np.ptp(values[:, j]) == 0 or np.ptp(values[:, k]) == 0:
                assert (j, k) not in found, "a criterion that is the same for all has no rho"
                continue
            rho, chance = map(float, spearmanr(values[:, j], values[:, k]))
            if abs(abs(rho) - RUN_TOGETHER_ABOVE) < 1e-9 or abs(chance - BY_CHANCE) < 1e-9:
                continue
            assert ((j, k) in found) == (abs(rho) > RUN_TOGETHER_ABOVE and chance < BY_CHANCE)
            if (j, k) in found:
                assert found[j, k] == pytest.approx(rho, abs=1e-12)


def test_opposites_are_told_and_the_strongest_comes_first():
    x = np.arange(10) / 9
    values = np.stack([x, 1 - x, np.roll(x, 1), np.full(10, 0.5)], axis=1)
    values[:, 2] = x[[1, 0, 3, 2, 5, 4, 7, 6, 9, 8]]
    found = double_counting(values, all_known(values), EVEN)
    assert [(p.first, p.second) for p in found] == [(0, 1), (0, 2), (1, 2)]
    assert found[0].rho == -1 and found[1].rho == pytest.approx(-found[2].rho)


def test_gaps_leave_a_pair_and_too_few_say_nothing():
    x = np.arange(8) / 7
    values = np.stack([x, x, x, x], axis=1)
    known = all_known(values)
    known[:4, 1] = False
    known[:3, 2] = False
    found = {(p.first, p.second): p.proposals for p in double_counting(values, known, EVEN)}
    assert found == {(0, 3): 8, (0, 2): 5, (2, 3): 5}, f"fewer than {LEAST} proposals have both"


def test_what_weighs_nothing_counts_nothing_twice():
    x = np.arange(8) / 7
    values = np.stack([x, x], axis=1)
    assert double_counting(values, all_known(values), [1.0, 0.0]) == ()
    assert double_counting(np.empty((0, 2)), np.empty((0, 2), dtype=bool), [0.5, 0.5]) == ()
    with pytest.raises(BadInput):
        double_counting(values, all_known(values), [1.0])


def test_taking_a_criterion_away_leaves_the_others_in_proportion():
    weights = np.array([[0.5, 0.3, 0.2], [0.0, 0.5, 0.5], [1.0, 0.0, 0.0]])
    found = without(weights, 0)
    assert found is not None
    assert found == pytest.approx(np.array([[0, 0.6, 0.4], [0, 0.5, 0.5], [0, 0.55, 0.45]]))
    assert without(np.array([1.0, 0.0]), 0) is None
    assert without(np.array([0.2, 0.6, 0.2]), 0) == pytest.approx(np.array([0, 0.75, 0.25]))
