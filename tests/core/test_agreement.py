"""Agreement of two rankings.

Oracle: scipy.stats, which the product itself does not use for it.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gis_core.agreement import agreement, kendall_tau_b, overlap, spearman
from gis_core.errors import BadInput

BOTH = st.integers(2, 12).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 6), min_size=n, max_size=n),
        st.lists(st.integers(0, 6), min_size=n, max_size=n),
    )
)


@given(BOTH)
def test_the_same_as_scipy_with_ties(pair):
    first, second = pair
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert kendall_tau_b(first, second) is spearman(first, second) is None
        return
    assert kendall_tau_b(first, second) == pytest.approx(stats.kendalltau(first, second).statistic, abs=1e-12)
    assert spearman(first, second) == pytest.approx(stats.spearmanr(first, second).statistic, abs=1e-12)


@given(BOTH, st.integers(1, 14), st.randoms(use_true_random=False))
def test_symmetric_bounded_and_blind_to_the_order_of_rows(pair, top, random):
    first, second = (np.array(side) for side in pair)
    found, order = agreement(first, second, top), random.sample(range(len(first)), len(first))
    assert agreement(second, first, top) == found
    turned = agreement(first[order], second[order], top)
    assert turned.overlap == pytest.approx(found.overlap)
    assert turned.kendall_tau_b == found.kendall_tau_b
    assert found.overlap is not None and 0 <= found.overlap <= 1
    assert overlap(first, first, top) == pytest.approx(1)


def test_the_same_order_agrees_and_the_contrary_does_not():
    assert agreement([3, 2, 1], [30, 20, 10], 2) == agreement([1, 2, 3], [1, 2, 3], 2)
    assert (kendall_tau_b([1, 2, 3], [3, 2, 1]), spearman([1, 2, 3], [9, 8, 7])) == (-1, pytest.approx(-1))
    assert overlap([4, 3, 2, 1], [4, 1, 2, 3], 2) == 0.5
    assert overlap([4, 3, 2, 1], [1, 2, 3, 4], 2) == 0


def test_ties_across_the_cut_share_its_places():
    assert overlap([2, 1, 1], [2, 1, 1], 2) == pytest.approx(1)
    assert overlap([2, 1, 1], [3, 2, 1], 2) == pytest.approx(0.75)
    assert kendall_tau_b([0.1 + 0.2, 0.3, 1], [1, 1, 2]) == 1


@pytest.mark.parametrize("scores", [[], [5]])
def test_fewer_than_two_have_no_agreement(scores):
    found = agreement(scores, scores, 3)
    assert (found.kendall_tau_b, found.spearman, found.overlap) == (None, None, None)


@pytest.mark.parametrize(
    ("call", "pointer"),
    [
        (lambda: spearman([1, 2], [1]), "/second"),
        (lambda: spearman([1, np.nan], [1, 2]), "/first/1"),
        (lambda: kendall_tau_b([[1]], [1]), "/first"),
        (lambda: overlap([1, 2], [1, 2], 0), "/top"),
    ],
)
def test_bad_input_is_named(call, pointer):
    with pytest.raises(BadInput) as error:
        call()
    assert error.value.pointer == pointer
