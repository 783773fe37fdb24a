"""Weights from points, orders and judgements in pairs.

It knows nothing about scores. Golden values: ahp.json and weights_rank.json; properties are numbers 15
and 16 of the method's section 6.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core import weights, weights_document
from gis_core.errors import BadInput

SETS = st.lists(st.floats(0.05, 20), min_size=2, max_size=9)
JUDGED = st.integers(3, 7).flatmap(
    lambda m: st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1, 2, 4, 7, 9]), min_size=m * m, max_size=m * m)
)


def reciprocal(flat):
    """A reciprocal matrix from the entries above the diagonal of m * m numbers."""
    m = round(len(flat) ** 0.5)
    upper = np.triu(np.reshape(flat, (m, m)), 1)
    return upper + np.tril(np.divide(1, upper.T, where=upper.T > 0, out=np.zeros((m, m)))) + np.eye(m)


def test_ahp_reference_matrices(vector):
    for case in vector("ahp")["cases"]:
        found, wanted, printed = weights.ahp(case["matrix"]), case["computed"], case["published"]
        assert found.weights == pytest.approx(wanted["weights"], abs=1e-6)
        assert found.lambda_max == pytest.approx(wanted["lambda_max"], abs=1e-6)
        assert found.consistency_index == pytest.approx(wanted["CI"], abs=1e-6)
        assert found.consistency_ratio == pytest.approx(wanted["CR"], abs=1e-6)
        assert found.weights == pytest.approx(printed["weights"], abs=printed["tol"])
        assert len(found.again) == 3 and found.again[0].factor >= found.again[2].factor > 1


def test_ahp_reference_edge_cases(vector):
    for case in vector("ahp")["edge_cases"]:
        found = weights.ahp(case["matrix"])
        assert found.weights == pytest.approx(case["weights"], abs=1e-9)
        assert found.consistency_ratio == pytest.approx(case["CR"], abs=1e-9)
        assert found.again == ()
        assert found.lambda_max == pytest.approx(len(case["weights"]), abs=1e-9)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("roc", weights.rank_order_centroid),
        ("rank_sum", weights.rank_sum),
        ("rank_reciprocal", weights.rank_reciprocal),
    ],
)
def test_reference_weights_by_rank(vector, name, function):
    for n, wanted in vector("weights_rank")[name].items():
        exact = wanted["exact"] if isinstance(wanted, dict) else wanted
        found = function(weights.in_order(int(n)))
        assert found == pytest.approx([float(Fraction(x)) for x in exact], abs=1e-12)


def test_tied_ranks_share_the_mean_of_their_places(vector):
    tied = vector("weights_rank")["tied_example"]
    wanted = [float(Fraction(x)) for x in tied["weights"]]
    assert weights.rank_order_centroid(tied["ranks"]) == pytest.approx(wanted)
    assert weights.rank_order_centroid([1, 1, 2]) == pytest.approx(wanted)
    assert weights.rank_sum([2, 1, 2, 4]) == pytest.approx([0.25, 0.4, 0.25, 0.1])
    assert weights.rank_sum([1, 2.5, 2.5, 4]) == pytest.approx([0.4, 0.25, 0.25, 0.1])
    assert weights.rank_sum([1.5, 1.5]).tolist() == weights.equal(2).tolist()


@pytest.mark.parametrize(
    ("ranks", "j", "expected"),
    [([1, 1, 5], 2, "expected 3"), ([2, 3, 4], 0, "expected 1"), ([7, 7], 0, "expected 1"),
     ([4, 1, 2], 0, "expected 3"), ([1, 2, 2, 3, 5], 4, "expected 5"), ([1, 1.4, 3], 1, "expected 2")],
)  # fmt: skip
def test_a_rank_that_does_not_follow_the_ties_before_it_is_refused(ranks, j, expected):
    for function in (weights.rank_order_centroid, weights.rank_sum, weights.rank_reciprocal):
        with pytest.raises(BadInput) as error:
            function(ranks)
        assert error.value.pointer == f"/ranks/{j}" and expected in error.value.message


def test_points_and_swings_are_relative_and_zero_stays_zero():
    assert weights.from_points([30, 0, 10]).tolist() == [0.75, 0, 0.25]
    assert weights.from_swings([100, 60, 40]) == pytest.approx([0.5, 0.3, 0.2])
    assert weights.from_points([1e308, 1e308]).tolist() == [0.5, 0.5]


@given(st.integers(1, 60))
def test_property_15_roc_sums_to_one_and_falls(n):
    found = weights.rank_order_centroid(weights.in_order(n))
    assert found.sum() == pytest.approx(1, abs=1e-12) and (np.diff(found) < 0).all()


@given(SETS)
def test_property_16_consistent_judgements_give_the_exact_weights(points):
    wanted = np.array(points) / np.sum(points)
    found = weights.ahp(wanted[:, None] / wanted[None, :])
    assert found.weights == pytest.approx(wanted, rel=1e-9)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


@given(JUDGED, st.randoms(use_true_random=False))
def test_property_16_order_does_not_matter_and_the_ratio_is_not_negative(flat, random):
    matrix = reciprocal(flat)
    order = random.sample(range(len(matrix)), len(matrix))
    first, second = weights.ahp(matrix), weights.ahp(matrix[np.ix_(order, order)])
    assert first.consistency_ratio is not None and first.consistency_ratio >= -1e-12
    assert second.weights == pytest.approx(first.weights[order], abs=1e-9)
    assert weights.ahp(matrix.T).consistency_ratio == pytest.approx(first.consistency_ratio, abs=1e-9)


def test_a_contrary_judgement_is_the_first_to_look_at_again():
    matrix = [[1, 2, 1 / 9], [1 / 2, 1, 3], [9, 1 / 3, 1]]
    worst = weights.ahp(matrix).again[0]
    assert worst.said > worst.fitting and worst.factor == pytest.approx(worst.said / worst.fitting)


def test_a_group_keeps_reciprocity_and_its_median_sums_to_one():
    both = weights.group_matrix(np.array([[[1, 4], [0.25, 1]], [[1, 1], [1, 1]]]))
    assert both == pytest.approx(np.array([[1, 2], [0.5, 1]]))
    assert weights.group_weights([[6, 4], [2, 8], [3, 7]]) == pytest.approx([0.3, 0.7])
    with pytest.raises(BadInput, match="no median"):
        weights.group_weights(np.eye(3))
    with pytest.raises(BadInput) as error:
        weights.group_weights([[1, 1], [1, -1]])
    assert error.value.pointer == "/1/1"
    with pytest.raises(BadInput) as error:
        weights.group_matrix([[[1]], [[1, 2], [2, 1]]])
    assert error.value.pointer.startswith("/1/")


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ([], ""), ({}, "/method"), ({"method": "guess"}, "/method"),
        ({"method": "ahp"}, "/matrix"), ({"method": "ahp", "matrix": []}, "/matrix"),
        ({"method": "ahp", "matrix": [[1, 2]]}, "/matrix/0"), ({"method": "ahp", "matrix": [[2]]}, "/matrix/0/0"),
        ({"method": "ahp", "matrix": [[1, 2], [2, 1]]}, "/matrix/1/0"),
        ({"method": "ahp", "matrix": [[1, -2], [-0.5, 1]]}, "/matrix/0/1"),
        ({"method": "ahp", "matrix": [[1, float("nan")], [1, 1]]}, "/matrix/0/1"),
        ({"method": "ahp", "matrix": np.ones((11, 11)).tolist()}, "/matrix"),
        ({"method": "roc"}, "/n"), ({"method": "roc", "n": 0}, "/n"), ({"method": "equal", "n": 2.5}, "/n"),
        ({"method": "equal", "n": 1e300}, "/n"), ({"method": "roc", "n": 3, "ranks": [1, 2]}, "/n"),
        ({"method": "rank_sum", "ranks": [1, 0]}, "/ranks/1"), ({"method": "rank_sum", "ranks": []}, "/ranks"),
        ({"method": "swing", "points": [0, 0]}, "/points"), ({"method": "direct", "points": [1, -1]}, "/points/1"),
        ({"method": "roc", "ranks": [1, 1, 5]}, "/ranks/2"),
        ({"method": "roc", "n": 2, "rnaks": [2, 1]}, "/rnaks"), ({"method": "swing", "points": [1], "n": 1}, "/n"),
        ({"method": "direct", "points": []}, "/points"), ({"method": "direct", "points": [None]}, "/points/0"),
    ],
)  # fmt: skip
def test_bad_input_is_named(document, pointer):
    with pytest.raises(BadInput) as error:
        weights_document.run(document)
    assert error.value.pointer == pointer


def test_the_command_answers_as_the_contract_says():
    answer = weights_document.run({"method": "ahp", "matrix": [[1, 4], [0.25, 1]]})
    assert answer["weights"] == pytest.approx([0.8, 0.2])
    assert (answer["lambda_max"], answer["consistency_ratio"], answer["consistent"]) == (2, 0, True)
    assert weights_document.run({"method": "ahp", "matrix": [[1]]})["consistency_ratio"] is None
    assert weights_document.run({"method": "equal", "n": 4})["weights"] == [0.25] * 4
    assert weights_document.run({"method": "roc", "ranks": [2, 1]})["weights"] == [0.25, 0.75]
