"""Scores, intervals, parts, gates and ranks.

It knows nothing about files. Golden values: mavt_example.json and rank_reversal.json; properties are
numbers 1 to 10 of the method's section 6.
"""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.errors import BadInput
from gis_core.ranking import Criterion, display_parts, list_order, places, rank, shown_score
from gis_core.value import ValueFunction

UNIT = ValueFunction([(0, 0), (1, 1)])


def mavt(vector):
    """The example as arguments of `rank`, with its results."""
    document = vector("mavt_example")
    criteria = [
        Criterion(
            c["code"],
            c["w"],
            ValueFunction([tuple(p) for p in c["bp"]], c.get("scale", "linear")),
            c["baseline"] if c["missing"] == "baseline" else "zero",
        )
        for c in document["criteria"]
    ]
    proposals = document["proposals"]
    X = [[np.nan if (x := p["x"][c.id]) is None else x for c in criteria] for p in proposals]
    gates = [p.get("gates", {}) for p in proposals]
    return criteria, [p["id"] for p in proposals], X, gates, document["result"]


def equal(weights, value=UNIT):
    return [Criterion(f"c{j}", w, value) for j, w in enumerate(weights)]


def test_reference_example(vector):
    criteria, ids, X, gates, wanted = mavt(vector)
    ranking = rank(criteria, ids, X, gates)
    for i, row in enumerate(wanted):
        assert ranking.contributions[i] == pytest.approx(row["contributions"], abs=1e-9)
        for name in ("score", "low", "high", "completeness"):
            assert getattr(ranking, name)[i] == pytest.approx(row[name], abs=1e-9)
        assert (ranking.rank[i], ranking.passes[i]) == (row["rank"], row["passes"])
    assert [ids[i] for i in ranking.order] == ["U3", "U1", "U2", "U4", "U5"]
    assert not ranking.provisional.any()


def test_a_dominated_dummy_changes_no_score_and_no_order(vector):
    for case in vector("rank_reversal")["cases"]:
        lo, hi = case["fixed_reference"]["lo"], case["fixed_reference"]["hi"]
        criteria = [
            Criterion(f"c{j}", w, ValueFunction([(lo[j], 0), (hi[j], 1)]))
            for j, w in enumerate(case["weights"])
        ]
        before = rank(criteria, list("abc"), case["matrix"])
        after = rank(criteria, list("abcd"), [*case["matrix"], case["added_dominated"]])
        assert before.score == pytest.approx(np.multiply(100, case["fixed_before"]), abs=1e-9)
        assert after.score[:3].tobytes() == before.score.tobytes()
        assert after.rank[:3] == before.rank


def test_no_proposal_gives_an_empty_ranking_and_one_is_first():
    assert rank(equal([1.0]), [], []).rank == ()
    assert rank(equal([1.0]), ["a"], [[0.3]]).rank == (1,)


def test_equals_share_the_better_place_and_are_listed_by_id():
    ranking = rank(equal([1.0]), ["d", "b", "c", "a"], [[0.5], [0.5], [0.9], [0.1]])
    assert ranking.rank == (2, 2, 1, 4)
    assert [ranking.ids[i] for i in ranking.order] == ["c", "b", "d", "a"]


def test_the_list_breaks_ties_by_the_given_keys_before_the_id():
    keys = [[-3, 9], [-8, 7], [-8, 5]]
    ranking = rank(equal([1.0]), ["a", "b", "c"], [[0.5]] * 3, tie_break=keys)
    assert [ranking.ids[i] for i in ranking.order] == ["c", "b", "a"]
    assert ranking.rank == (1, 1, 1)


def test_scores_that_differ_by_rounding_only_are_ties():
    assert places([30.0, 30.0 + 1e-12, 29.9], [True] * 3) == (1, 1, 3)


def test_a_failed_gate_keeps_the_score_and_takes_no_place():
    ranking = rank(equal([1.0]), ["a", "b"], [[0.9], [0.1]], [{"river": False, "land": None}, {}])
    assert ranking.rank == (None, 1) and ranking.score[0] == pytest.approx(90)
    assert [ranking.ids[i] for i in ranking.order] == ["b", "a"]
    assert ranking.failed == (("river",), ()) and ranking.unchecked == (("land",), ())


def test_a_gate_not_checked_passes_and_is_reported():
    ranking = rank(equal([1.0]), ["a"], [[0.9]], [{"river": None}])
    assert ranking.rank == (1,) and ranking.unchecked == (("river",),)


@pytest.mark.parametrize("nothing", [np.nan, np.inf, -np.inf])
def test_what_is_not_a_number_is_missing_and_never_in_the_result(nothing):
    criteria = [Criterion("a", 0.5, UNIT, 0.4), Criterion("b", 0.5, UNIT)]
    ranking = rank(criteria, ["p"], [[nothing, nothing]])
    assert (ranking.score[0], ranking.low[0], ranking.high[0]) == pytest.approx((20, 0, 100))
    assert ranking.completeness[0] == 0 and ranking.provisional[0]
    assert ranking.missing.all() and not ranking.beyond.any()


def test_clipped_values_are_marked_beyond_the_reference():
    assert rank(equal([0.5, 0.5]), ["p"], [[1.5, 1.0]]).beyond.tolist() == [[True, False]]


def test_weights_off_by_a_millionth_are_normalised_and_noted():
    ranking = rank(equal([0.5, 0.5 + 5e-7]), ["p"], [[1, 1]])
    assert ranking.score[0] == pytest.approx(100, abs=1e-9) and "normalised" in ranking.notes[0]
    assert rank(equal([0.5, 0.5 + 5e-10]), ["p"], [[1, 1]]).notes == ()


@pytest.mark.parametrize("bad", [-0.1, np.nan, np.inf])
def test_an_impossible_weight_is_refused_by_name(bad):
    with pytest.raises(BadInput, match="c1") as error:
        rank(equal([0.5, bad]), ["p"], [[1, 1]])
    assert error.value.pointer == "/criteria/1/weight"


@pytest.mark.parametrize("weights", [[0.5, 0.4], [0.0, 0.0], [0.7, 0.7]])
def test_weights_that_do_not_sum_to_one_are_refused_naming_the_criteria(weights):
    with pytest.raises(BadInput, match="c0.*c1"):
        rank(equal(weights), ["p"], [[1, 1]])


def test_a_zero_weight_contributes_zero():
    assert rank(equal([1.0, 0.0]), ["p"], [[0.5, 1]]).contributions.tolist() == [[50, 0]]


def test_repeated_ids_and_wrong_shapes_are_refused():
    with pytest.raises(BadInput) as error:
        rank(equal([1.0]), ["p", "p"], [[1], [1]])
    assert error.value.pointer == "/alternatives/1/id"
    with pytest.raises(BadInput):
        rank(equal([1.0]), ["p"], [[1, 2]])
    with pytest.raises(BadInput):
        rank(equal([1.0]), ["p"], [[1]], [{}, {}])
    with pytest.raises(BadInput):
        Criterion("c", 1.0, UNIT, 1.2)


def test_a_direction_against_the_value_function_is_refused():
    falling = ValueFunction([(0, 1), (1, 0)])
    for value, direction, fits in ((UNIT, "min", "max"), (falling, "max", "min")):
        with pytest.raises(BadInput, match=f"contradicts .* say {fits}, or turn") as caught:
            Criterion("c", 1.0, value, direction=direction)
        assert caught.value.pointer == "/direction"
        assert Criterion("c", 1.0, value, direction=fits).direction == fits


@st.composite
def problems(draw, missing=True):
    m, n = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    raw = np.array(draw(st.lists(st.floats(0.01, 1), min_size=m, max_size=m)))
    criteria = []
    for j, w in enumerate(raw / raw.sum()):
        middle, value = draw(st.floats(1, 99)), draw(st.floats(0.1, 0.9))
        values = [0, value, 1] if draw(st.booleans()) else [1, value, 0]
        function = ValueFunction(list(zip([0, middle, 100], values, strict=True)))
        criteria.append(Criterion(f"c{j}", float(w), function, draw(st.sampled_from(["zero", 0.3, 0.9]))))
    number = st.floats(-20, 120)
    cell = st.one_of(number, st.just(np.nan)) if missing else number
    X = np.array(draw(st.lists(cell, min_size=n * m, max_size=n * m))).reshape(n, m)
    return criteria, [f"p{i}" for i in range(n)], X


@given(problems())
def test_contributions_sum_to_a_score_of_0_to_100_inside_its_interval(problem):
    ranking = rank(*problem)
    assert ranking.contributions.sum(axis=1) == pytest.approx(ranking.score, abs=1e-9)
    assert ((ranking.score >= 0) & (ranking.score <= 100)).all()
    assert ((ranking.low <= ranking.score) & (ranking.score <= ranking.high)).all()


@given(problems(), st.randoms(use_true_random=False))
def test_the_score_of_a_proposal_ignores_the_other_proposals(problem, random):
    criteria, ids, X = problem
    rows = random.sample(range(len(ids)), random.randint(1, len(ids)))
    some = rank(criteria, [ids[i] for i in rows], X[rows])
    assert some.score.tobytes() == rank(criteria, ids, X).score[rows].tobytes()


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_criteria_changes_nothing(problem, random):
    criteria, ids, X = problem
    columns = random.sample(range(len(criteria)), len(criteria))
    turned = rank([criteria[j] for j in columns], ids, X[:, columns])
    assert turned.score.tobytes() == rank(criteria, ids, X).score.tobytes()


@given(problems(), st.floats(0.01, 1000))
def test_scaling_all_weights_changes_nothing(problem, factor):
    criteria, ids, X = problem
    scaled = np.array([c.weight for c in criteria]) * factor
    again = [
        Criterion(c.id, float(w), c.value, c.missing)
        for c, w in zip(criteria, scaled / scaled.sum(), strict=True)
    ]
    assert rank(again, ids, X).score == pytest.approx(rank(criteria, ids, X).score, abs=1e-9)


@given(problems(), st.floats(0.001, 1000))
def test_a_change_of_unit_with_its_breakpoints_changes_nothing(problem, unit):
    criteria, ids, X = problem
    scaled = [
        Criterion(c.id, c.weight, ValueFunction([(x * unit, v) for x, v in c.value.points]), c.missing)
        for c in criteria
    ]
    assert rank(scaled, ids, X * unit).score == pytest.approx(rank(criteria, ids, X).score, abs=1e-9)


@given(problems(missing=False), st.floats(0.001, 50), st.data())
def test_improving_one_value_never_lowers_and_inside_the_breakpoints_raises(problem, step, data):
    criteria, ids, X = problem
    j = data.draw(st.integers(0, len(criteria) - 1))
    better = X.copy()
    better[0, j] += step if criteria[j].value.rising else -step
    before, after = rank(criteria, ids, X).score[0], rank(criteria, ids, better).score[0]
    assert after >= before
    if 0 <= X[0, j] <= 100 and 0 <= better[0, j] <= 100:
        assert after > before


@given(problems(missing=False), st.lists(st.floats(0, 30), min_size=6, max_size=6))
def test_dominance_implies_at_least_the_same_score(problem, steps):
    criteria, _, X = problem
    signs = np.array([1 if c.value.rising else -1 for c in criteria])
    dominating = X[0] + signs * steps[: len(criteria)]
    ranking = rank(criteria, ["worse", "better"], [X[0], dominating])
    assert ranking.score[1] >= ranking.score[0]


@given(problems(), st.data())
def test_filling_a_gap_stays_inside_the_interval(problem, data):
    criteria, ids, X = problem
    before = rank(criteria, ids, X)
    full = X.copy()
    for i, j in np.argwhere(np.isnan(X)):
        full[i, j] = data.draw(st.floats(-20, 120))
    after = rank(criteria, ids, full)
    assert (after.score >= before.low - 1e-9).all() and (after.score <= before.high + 1e-9).all()
    assert after.completeness == pytest.approx(np.ones(len(ids)))


@given(problems())
def test_displayed_parts_sum_to_the_displayed_score(problem):
    ranking = rank(*problem)
    for parts, score in zip(ranking.contributions, ranking.score, strict=True):
        shown = display_parts(parts, score)
        assert round(sum(shown) * 10) == round(shown_score(score) * 10)
        assert all(abs(a - b) <= 0.1 + 1e-9 for a, b in zip(shown, parts, strict=True))
        assert all(a == 0 for a, b in zip(shown, parts, strict=True) if b == 0)


def test_displayed_parts_use_the_largest_remainder():
    assert display_parts([8.06, 20.45, 10.0], 38.51) == [8.1, 20.4, 10.0]


@given(problems())
def test_a_second_run_gives_the_same_bytes(problem):
    first, second = rank(*problem), rank(*problem)
    for name in ("contributions", "score", "low", "high", "completeness", "order"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
    assert json.dumps(first.rank) == json.dumps(second.rank)


def test_an_empty_set_is_ranked_whatever_the_tie_break() -> None:
    for tie_break in (None, np.empty(0), np.empty((0, 2))):
        assert list_order([], [], [], tie_break).tolist() == []
