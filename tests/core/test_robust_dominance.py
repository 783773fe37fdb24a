"""Who is ahead whatever the weights of a set: against the linear program, and against draws of the set."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from gis_core import draws, robust_dominance, sensitivity
from gis_core.errors import BadInput

RANKS = [1, 2, 2, 4]
LOW, HIGH = [0.1, 0.0, 0.2, 0.0], [0.6, 0.3, 0.4, 0.5]


def table(seed):
    """Values in steps, so that there are equal ones and pairs ahead by little."""
    return np.random.default_rng(seed).integers(0, 4, (9, 4)) / 3


def by_program(values, rows, bounds):
    """The same by one linear program for each end of each pair."""
    m = values.shape[1]

    def least(lead):
        found = linprog(lead, rows or None, [0] * len(rows) or None, [[1] * m], [1], bounds)
        assert found.status == 0 and found.fun is not None
        return found.fun

    return np.array([[least(a - b) >= -1e-9 and -least(b - a) > 1e-9 for b in values] for a in values])


@pytest.mark.parametrize("seed", range(4))
def test_an_order_of_importance_agrees_with_the_linear_program(seed):
    values = table(seed)
    # The first weighs at least what the two of the second place do, and each of these at least what the last does.
    rows = [[-1, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 1]]
    found = robust_dominance.by_order(values, RANKS)
    assert found.any() and (found == by_program(values, rows, (0, 1))).all()
    weights = draws.ordinal_weights(300, RANKS, seed)
    assert ((values @ weights.T)[:, None, :] - (values @ weights.T)[None, :, :])[found].min() >= -1e-9


@pytest.mark.parametrize("seed", range(4))
def test_bounds_agree_with_the_linear_program(seed):
    values = table(seed)
    found = robust_dominance.by_bounds(values, LOW, HIGH)
    assert found.any() and (found == by_program(values, [], list(zip(LOW, HIGH, strict=True)))).all()


def test_any_weights_at_all_are_plain_dominance():
    values = table(7)
    anything = robust_dominance.by_bounds(values, np.zeros(4), np.ones(4))
    assert (anything == sensitivity.dominance(values)).all()
    assert (robust_dominance.by_order(values, [1, 1, 1, 1]) == anything).all()
    assert (robust_dominance.by_sets(values, np.eye(4)) == anything).all()
    assert (anything <= robust_dominance.by_order(values, RANKS)).all(), "fewer weights, more that are ahead"


def test_one_set_of_weights_leaves_the_order_of_the_scores():
    values, weights = table(3), [0.4, 0.3, 0.2, 0.1]
    score = values @ weights
    found = robust_dominance.by_sets(values, [weights])
    assert (found == (score[:, None] > score[None, :] + 1e-9)).all()
    assert (robust_dominance.by_bounds(values, weights, weights) == found).all()


@pytest.mark.parametrize(
    ("call", "pointer"),
    [
        (lambda: robust_dominance.by_order([[np.nan]], [1]), "/values"),
        (lambda: robust_dominance.by_order([[0.5]], [1, 2]), "/ranks"),
        (lambda: robust_dominance.by_bounds([[0.5, 1]], [0.6, 0.6], [1, 1]), "/lower"),
        (lambda: robust_dominance.by_sets([[0.5, 1]], []), "/sets"),
    ],
)
def test_what_fits_nothing_is_refused_where_it_stands(call, pointer):
    with pytest.raises(BadInput) as caught:
        call()
    assert caught.value.pointer == pointer


def test_nothing_is_ahead_of_nothing():
    assert robust_dominance.by_order(np.empty((0, 2)), [1, 2]).shape == (0, 0)
