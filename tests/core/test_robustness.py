"""Draws of weights and values, and what they say about places.

It knows nothing about documents. Golden values: smaa.json and its samples; properties are numbers 17 to 22
of the method's section 6.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core import draws
from gis_core.errors import BadInput
from gis_core.robustness import in_top, smaa, verdict
from tests.shared import shared

GRID = st.integers(0, 4).map(lambda k: k / 4)
TABLES = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda size: st.lists(
        st.lists(GRID, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)
TIED = [[0.5, 0.5], [0.5, 0.5], [0.2, 0.9]]


def uniform(table, samples=200, seed=1):
    return draws.uniform_weights(samples, np.shape(table)[1], seed)


def test_property_22_exact_acceptabilities_within_four_standard_errors(vector):
    samples = 20_000
    for case in vector("smaa")["cases"]:
        found = smaa(case["values"], uniform(case["values"], samples, 7))
        wanted = np.array(case["rank_acceptability"])
        allowed = 4 * np.sqrt(wanted * (1 - wanted) / samples) + 1e-12
        assert (np.abs(found.acceptability - wanted) <= allowed).all()
        pairs = np.array(case["pairwise_winning"])
        assert (np.abs(found.pairwise - pairs) <= 4 * np.sqrt(pairs * (1 - pairs) / samples) + 1e-12).all()
        assert found.expected_rank == pytest.approx(case["expected_rank"], abs=0.05)
        for row, central in zip(found.central, case["central_weights"], strict=True):
            if central is None:
                assert np.isnan(row).all()
            else:
                assert row == pytest.approx(central, abs=0.03)


def test_published_thrombosis_example(vector):
    published = vector("smaa")["published"]
    with np.load(shared("reference", published["samples"].split(" ")[0].rstrip(":"))) as given_samples:
        measured, weights = given_samples["meas"], given_samples["weights"]
    found = smaa(measured, weights)
    assert found.acceptability == pytest.approx(np.array(published["rank_acceptability"]), abs=5e-5)
    assert found.central == pytest.approx(np.array(published["central_weights"]), abs=5e-7)
    assert found.confidence == pytest.approx(published["confidence_factor"], abs=5e-5)
    fixed = published["with_fixed_weights"]
    found = smaa(measured, fixed["weights"])
    assert found.acceptability == pytest.approx(np.array(fixed["rank_acceptability"]), abs=5e-5)
    assert np.isnan(found.central).all() and np.isnan(found.confidence).all()


@given(TABLES, st.integers(0, 9))
def test_property_17_rows_and_columns_sum_to_one(table, seed):
    found = smaa(table, uniform(table, seed=seed)).acceptability
    assert found.sum(axis=0) == pytest.approx(1) and found.sum(axis=1) == pytest.approx(1)
    assert (found >= 0).all()


@given(TABLES)
def test_property_18_winning_shares_of_a_pair_sum_to_one(table):
    found = smaa(table, uniform(table)).pairwise
    assert (found + found.T)[~np.eye(len(found), dtype=bool)] == pytest.approx(1)


@given(TABLES)
def test_property_19_the_dominated_are_never_first(table):
    below = [[v - 0.1 for v in table[0]]]
    assert smaa(table + below, uniform(table)).acceptability[-1, 0] == 0


@given(TABLES)
def test_property_20_central_weights_lie_on_the_simplex(table):
    found = smaa(table, uniform(table))
    held = found.acceptability[:, 0] > 0
    assert (np.isnan(found.central).any(axis=1) == ~held).all()
    assert found.central[held].sum(axis=1) == pytest.approx(1) and (found.central[held] >= 0).all()


@settings(max_examples=20)
@given(TABLES, st.integers(1, 300))
def test_property_21_chunks_change_no_bit(table, chunk):
    noise = draws.Noise(-0.2, 0.3, "triangular")
    base = np.array(table)

    def data(start, stop):
        u = draws.noise_draws(base.size, start, stop, 5)
        return base + noise.errors(u).reshape(-1, *base.shape)

    first, second = (smaa(data, uniform(table), c) for c in (chunk, 200))
    for name in ("acceptability", "central", "confidence", "pairwise", "expected_rank"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()


def test_ties_share_the_places_they_occupy():
    found = smaa(TIED, uniform(TIED, 4000))
    assert found.acceptability[0].tolist() == found.acceptability[1].tolist()
    assert found.pairwise[0, 1] == found.pairwise[1, 0] == 0.5
    assert smaa([[0.3, 0.3]] * 4, uniform(TIED)).acceptability == pytest.approx(np.full((4, 4), 0.25))


def test_one_proposal_is_always_first_and_none_gives_nothing():
    one = smaa([[0.2, 0.4]], uniform(TIED))
    assert (one.acceptability.item(), one.confidence.item(), one.top(3).item()) == (1, 1, 1)
    assert smaa(np.empty((0, 2)), uniform(TIED)).acceptability.shape == (0, 0)


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (1.0, "robust"),
        (0.9, "robust"),
        (0.89, "fairly_robust"),
        (0.6, "fairly_robust"),
        (0.1, "weight_sensitive"),
    ],
)
def test_words(share, word):
    assert verdict(share) == word


def test_ordered_weights_keep_the_order_and_average_to_roc():
    found = draws.ordinal_weights(20_000, [2, 1, 3], 1)
    assert ((found[:, 1] >= found[:, 0]) & (found[:, 0] >= found[:, 2])).all()
    assert found.mean(axis=0) == pytest.approx([5 / 18, 11 / 18, 1 / 9], abs=0.01)
    tied = draws.ordinal_weights(20_000, [1, 1, 3], 1)
    assert tied.mean(axis=0) == pytest.approx([4 / 9, 4 / 9, 1 / 9], abs=0.01)


def test_weights_between_bounds_are_even_there():
    low, high = np.array([0.2, 0.0, 0.1]), np.array([0.5, 0.6, 0.4])
    found, acceptance = draws.interval_weights(20_000, low, high, 3)
    assert (found >= low).all() and (found <= high).all() and found.sum(axis=1) == pytest.approx(1)
    free = draws.uniform_weights(100_000, 3, 8)
    kept = free[((free >= low) & (free <= high)).all(axis=1)]
    assert acceptance == pytest.approx(len(kept) / len(free), abs=0.02)
    assert found.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=0.01)
    assert found.std(axis=0) == pytest.approx(kept.std(axis=0), abs=0.01)
    assert draws.interval_weights(5, [0.5, 0.5], [0.5, 0.5], 0)[0].tolist() == [[0.5, 0.5]] * 5


def test_weights_around_people_average_to_them_and_keep_zeros():
    found = draws.participant_weights(20_000, [[0.6, 0.4, 0], [0.2, 0.8, 0]], 1)
    assert found.mean(axis=0) == pytest.approx([0.4, 0.6, 0], abs=0.01) and found.sum(
        axis=1
    ) == pytest.approx(1)


def test_triangular_noise_has_its_mean_and_ends():
    noise = draws.Noise(-0.1, 0.3, "triangular")
    found = noise.errors(draws.noise_draws(1, 0, 50_000, 1))
    assert found.min() >= -0.1 and found.max() <= 0.3 and found.mean() == pytest.approx(0.2 / 3, abs=0.003)


@pytest.mark.parametrize(
    ("call", "pointer"),
    [
        (lambda: draws.uniform_weights(0, 2, 1), "/samples"), (lambda: draws.uniform_weights(1, 2, -1), "/seed"),
        (lambda: draws.interval_weights(9, [0.6, 0.6], [1, 1], 1), "/lower"),
        (lambda: draws.interval_weights(9, [0.6, 0], [0.5, 1], 1), "/upper/0"),
        (lambda: draws.interval_weights(9, [0, np.nan], [1, 1], 1), "/lower/1"),
        (lambda: draws.ordinal_weights(9, [1, np.inf], 1), "/ranks"),
        (lambda: draws.participant_weights(9, [[0.5, 0.5], [1, 1]], 1), "/people/1"),
        (lambda: draws.participant_weights(9, [[0.5, 0.5]], 1, 0), "/concentration"),
        (lambda: draws.Noise(0.2, 0.1), "/low"), (lambda: draws.Noise(0.1, 0.2, "triangular"), "/low"),
        (lambda: smaa([[np.nan]], [[1.0]]), "/values"), (lambda: smaa([[1.0]], [[1.0, 0.0]]), "/values"),
        (lambda: smaa([[1.0]], [[np.nan]]), "/weights"), (lambda: smaa([[1.0]], [[1.0]], 0), "/chunk"),
    ],
)  # fmt: skip
def test_bad_input_is_named(call, pointer):
    with pytest.raises(BadInput) as error:
        call()
    assert error.value.pointer == pointer


@given(TABLES, st.integers(1, 6), st.booleans())
def test_the_share_in_the_top_is_that_of_the_full_analysis(table, top, uncertain):
    """Ties over the last place are shared too: values on a grid, rows that are the same."""
    weights = uniform(table)
    values = np.tile(table, (len(weights), 1, 1)) if uncertain else np.array(table)
    wanted = smaa(values, weights)
    assert in_top(values, weights, top) == pytest.approx(wanted.top(top), abs=1e-9)
    assert in_top(table, weights[0], top) == pytest.approx(smaa(table, weights[0]).top(top), abs=1e-9)


def test_the_share_in_the_top_of_a_long_list_is_that_of_counting_draw_by_draw():
    """Long enough for several blocks of draws and of proposals; values in tenths tie often."""
    table = np.random.default_rng(5).integers(0, 11, (3_000, 4)) / 10
    weights = np.round(draws.uniform_weights(250, 4, 6), 2)
    wanted = np.zeros(len(table))
    for one in weights:
        score = np.rint(table @ one * 1e11)
        last = np.sort(score)[-40]
        above, tied = score > last, score == last
        wanted += above + tied * (40 - above.sum()) / tied.sum()
    assert in_top(table, weights, 40) == pytest.approx(wanted / len(weights), abs=1e-9)


def test_a_top_of_none_is_refused():
    with pytest.raises(BadInput) as error:
        in_top(TIED, uniform(TIED), 0)
    assert error.value.pointer == "/top"
