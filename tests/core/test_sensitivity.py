"""Weights at which two proposals swap, the smallest moved weight, dominance.

Golden values: sensitivity.json; properties are numbers 23 and 24 of the method's section 6. The closed
form of the smallest moved weight is compared with the linear program it solves.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from gis_core import sensitivity, sensitivity_document
from gis_core.errors import BadInput

DIFFERENCE = st.integers(-20, 20).map(lambda k: k / 20)
PAIRS = st.integers(2, 6).flatmap(
    lambda m: st.tuples(
        st.lists(st.integers(0, 20), min_size=m, max_size=m).filter(any),
        st.lists(DIFFERENCE, min_size=m, max_size=m),
    ).map(lambda pair: (np.array(pair[0]) / sum(pair[0]), np.array(pair[1])))
)
TABLES = st.tuples(st.integers(1, 6), st.integers(2, 4)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 10).map(lambda k: k / 10), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


def moved(w, k, t):
    """Weights with number k at t and the others in their proportions."""
    result = w * (1 - t) / (1 - w[k])
    result[k] = t
    return result


def by_program(w, d):
    """The smallest moved weight by HiGHS: a joins, b leaves; None if infeasible."""
    m = len(w)
    rows = np.array([[1] * m + [-1] * m, [*d, *-d]])
    bounds = [(0, None)] * m + [(0, x) for x in w]
    answer = linprog([1] * m + [0] * m, A_eq=rows, b_eq=[0, -(w @ d)], bounds=bounds, method="highs")
    return answer.fun if answer.status == 0 else None


def test_reference_cases_through_the_command(vector):
    for case in vector("sensitivity")["cases"]:
        found = sensitivity_document.run(case)
        assert set(found) == {"lead", "single_weight_at_swap", "smallest_moved_weight"}
        assert found["lead"] == pytest.approx(case["lead"], abs=1e-9)
        assert found["smallest_moved_weight"] == (
            None
            if case["smallest_moved_weight"] is None
            else pytest.approx(case["smallest_moved_weight"], abs=1e-9)
        )
        for at, wanted in zip(found["single_weight_at_swap"], case["single_weight_at_swap"], strict=True):
            assert at == (None if wanted is None else pytest.approx(wanted, abs=1e-9))


@given(PAIRS)
def test_property_23_at_the_swap_the_scores_are_equal_and_around_it_the_order_differs(pair):
    w, d = pair
    for k, t in enumerate(sensitivity.single_weight_at_swap(w, d)):
        if t is None or w[k] == 1:
            continue
        assert moved(w, k, t) @ d == pytest.approx(0, abs=1e-9)
        before, after = (moved(w, k, t + step) @ d for step in (-1e-3, 1e-3))
        assert before * after < 0 or before == pytest.approx(after, abs=1e-12)


@given(PAIRS)
def test_without_a_swap_no_single_weight_turns_the_order(pair):
    w, d = pair
    ahead = sensitivity.lead(w, d)
    for k, t in enumerate(sensitivity.single_weight_at_swap(w, d)):
        if t is None and w[k] < 1:
            assert all(moved(w, k, s) @ d * ahead > 0 for s in np.linspace(0, 1, 11))


@given(PAIRS)
def test_property_24_the_smallest_moved_weight_is_below_every_single_move(pair):
    w, d = pair
    least = sensitivity.smallest_moved_weight(w, d)
    for k, t in enumerate(sensitivity.single_weight_at_swap(w, d)):
        if t is not None:
            assert least is not None and least <= abs(t - w[k]) + 1e-9


@given(PAIRS)
def test_the_smallest_moved_weight_solves_its_linear_program(pair):
    found, wanted = sensitivity.smallest_moved_weight(*pair), by_program(*pair)
    assert (found is None) == (wanted is None)
    assert found is None or found == pytest.approx(wanted, abs=1e-7)
    assert found == sensitivity.smallest_moved_weight(pair[0], -pair[1])


@given(TABLES, st.integers(0, 6), st.integers(0, 3), st.data())
def test_the_first_stay_first_within_the_stable_range_and_not_beyond(table, top, k, data):
    values, k = np.array(table), k % len(table[0])
    w = np.full(values.shape[1], 1 / values.shape[1])
    low, high = sensitivity.stable_range(values, w, k, top)
    assert 0 <= low <= w[k] + 1e-9 and w[k] - 1e-9 <= high <= 1
    order = np.argsort(-np.rint(values @ w * 1e11), kind="stable")
    first, others = order[:top], order[top:]
    if not (len(first) and len(others)):
        assert (low, high) == (0, 1)
        return
    inside = moved(w, k, data.draw(st.floats(low, high)))
    assert (values @ inside)[first].min() >= (values @ inside)[others].max() - 1e-9
    for beyond in (low - 1e-3, high + 1e-3):
        if 0 <= beyond <= 1:
            score = values @ moved(w, k, beyond)
            assert score[first].min() < score[others].max()


@given(TABLES, st.integers(0, 3), st.data())
def test_who_is_first_within_its_range_is_first_there_and_nobody_else_is_beyond(table, k, data):
    values, k = np.array(table), k % len(table[0])
    w = np.full(values.shape[1], 1 / values.shape[1])
    ranges = sensitivity.first_ranges(values, w, k)
    t = data.draw(st.floats(0, 1))
    score = values @ moved(w, k, t)
    for i, ends in enumerate(ranges):
        if ends is not None and ends[0] <= t <= ends[1]:
            assert score[i] >= score.max() - 1e-9
        elif ends is None or not ends[0] - 1e-6 <= t <= ends[1] + 1e-6:
            assert score[i] < score.max() or any(r and r[0] - 1e-6 <= t <= r[1] + 1e-6 for r in ranges)
    known = sorted(ends for ends in set(ranges) if ends)
    assert known[0][0] == 0 and known[-1][1] == 1
    assert all(b[0] == pytest.approx(a[1], abs=1e-9) or b[0] <= a[1] for a, b in itertools.pairwise(known))


def test_first_ranges_of_three_lines_and_of_one_that_is_never_first():
    values = [[1, 0], [0, 1], [0.6, 0.6], [0.4, 0.5]]
    found = sensitivity.first_ranges(values, [0.5, 0.5], 0)
    assert found[1] == pytest.approx((0, 0.4)) and found[2] == pytest.approx((0.4, 0.6))
    assert found[0] == pytest.approx((0.6, 1)) and found[3] is None
    assert sensitivity.first_ranges([[1, 0], [1, 0]], [0.5, 0.5], 1) == [(0, 1), (0, 1)]
    assert sensitivity.first_ranges(np.empty((0, 2)), [0.5, 0.5], 0) == []
    assert sensitivity.first_ranges(values, [1, 0], 0) == [None] * 4


def test_the_command_tells_what_keeps_the_first_and_what_puts_each_first():
    values = [[1, 0], [0, 1], [0.6, 0.6]]
    found = sensitivity_document.run({"weights": [0.5, 0.5], "values": values, "top": 1})
    assert found["stable"] == [pytest.approx([0.4, 0.6]), pytest.approx([0.4, 0.6])]
    assert found["first"][0] == [pytest.approx([0.6, 1]), pytest.approx([0, 0.4])]
    both = sensitivity_document.run({"weights": [0.5, 0.5], "values": values, "difference": [0.4, -0.6]})
    assert both["stable"] == [[0, 1], [0, 1]] and both["lead"] == pytest.approx(-0.1)
    empty = sensitivity_document.run({"weights": [1], "values": []})
    assert empty == {"stable": [[1, 1]], "first": []}


def test_a_weight_of_one_leaves_nothing_to_keep_in_proportion():
    assert sensitivity.single_weight_at_swap([1, 0], [0.5, -0.5]) == [None, 0.5]
    assert sensitivity.stable_range([[1, 0], [0, 1]], [1, 0], 0, 1) == (1, 1)
    assert sensitivity.single_weight_at_swap([1], [0.5]) == [None]


def test_level_everywhere_needs_no_move():
    assert sensitivity.single_weight_at_swap([0.3, 0.7], [0, 0]) == [0.3, 0.7]
    assert sensitivity.smallest_moved_weight([0.3, 0.7], [0, 0]) == 0
    assert sensitivity.smallest_moved_weight([0.3, 0.7], [0, 0.5]) == pytest.approx(0.7)


def test_who_is_better_nowhere_is_level_with_some_weights_and_ahead_with_none():
    w, d = [0.5, 0.3, 0.2], [0.4, 0.0, 0.1]
    assert sensitivity.smallest_moved_weight(w, d) == pytest.approx(0.7), "all on the second: level"
    assert sensitivity.smallest_turn(w, d) is None
    assert sensitivity.smallest_turn(w, np.negative(d)) is None
    assert sensitivity.smallest_turn(w, [0.4, 0.0, -0.1]) == sensitivity.smallest_moved_weight(
        w, [0.4, 0, -0.1]
    )
    assert sensitivity.smallest_turn(w, [0, 0, 0]) == 0, "level as they are"


@given(PAIRS)
def test_a_hair_beyond_the_smallest_turn_the_one_behind_is_ahead(pair):
    w, d = pair
    ahead, moved = sensitivity.lead(w, d), sensitivity.smallest_turn(w, d)
    if ahead == 0:
        assert moved == 0
    elif moved is None:
        assert (np.sign(ahead) * d >= -1e-11).all(), "better nowhere"
    else:
        best = np.zeros(len(w))
        best[np.argmin(np.sign(ahead) * d)] = 1
        assert np.sign(ahead) * float(best @ d) < 0, "some weights put the other ahead"


def test_dominance_needs_one_criterion_to_be_better():
    found = sensitivity.dominance([[0.5, 0.5], [0.5, 0.4], [0.5, 0.5], [0.9, 0]])
    assert [tuple(map(int, at)) for at in np.argwhere(found)] == [(0, 1), (2, 1)]
    assert sensitivity.dominance(np.empty((0, 3))).shape == (0, 0)


@given(PAIRS)
def test_the_least_lead_between_bounds_is_that_of_the_linear_program(pair):
    w, d = pair
    low, high = w / 2, np.minimum(1, w * 1.5 + 0.05)
    wanted = linprog(d, A_eq=[[1] * len(w)], b_eq=[1], bounds=list(zip(low, high, strict=True)))
    assert sensitivity.least_lead(d, low, high) == pytest.approx(wanted.fun, abs=1e-7)
    assert sensitivity.least_lead(d, w * 0, w * 0 + 1) == pytest.approx(d.min())


def test_the_parts_of_a_lead_sum_to_it_largest_first():
    parts = sensitivity.compare([0.5, 0.3, 0.2], [0.4, -0.2, -0.5])
    assert [part.criterion for part in parts] == [0, 2, 1]
    assert [part.points for part in parts] == pytest.approx([20, -10, -6])
    table = [[0.9, 0.1], [0.4, 0.4], [0.3, 0.3]]
    assert sensitivity.swaps(table, [0.5, 0.5], [(0, 1), (1, 2)]) == {
        (0, 1): pytest.approx(0.125),
        (1, 2): None,
    }


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], ""), ({"weights": [1]}, "/difference"), ({"weights": [1], "difference": [0.5, 0.1]}, "/difference"),
        ({"weights": [0.5, 0.4], "difference": [0.5, 0.1]}, "/weights"),
        ({"weights": [], "difference": []}, "/weights"),
        ({"weights": [1.5, -0.5], "difference": [0.5, 0.1]}, "/weights/1"),
        ({"weights": [0.5, 0.5], "difference": [0.5, None]}, "/difference/1"),
        ({"weights": [0.5, 0.5], "difference": [2, 0]}, "/difference/0"),
        ({"weights": [1], "values": [[0.5, 0.5]]}, "/values/0"),
        ({"weights": [1], "values": [[1.5]]}, "/values/0/0"),
        ({"weights": [1], "values": [[None]]}, "/values/0/0"),
        ({"weights": [1], "values": [[1]], "top": 1.5}, "/top"),
        ({"weights": [1], "difference": [0.5], "valeus": [[1]]}, "/valeus"),
    ],
)  # fmt: skip
def test_bad_input_is_named(body, pointer):
    with pytest.raises(BadInput) as error:
        sensitivity_document.run(body)
    assert error.value.pointer == pointer


@pytest.mark.parametrize(
    ("call", "pointer"),
    [
        (lambda: sensitivity.stable_range([[1.0]], [0.5, 0.5], 0, 1), "/values"),
        (lambda: sensitivity.stable_range([[1.0, 0.0]], [0.5, 0.5], 2, 1), "/k"),
        (lambda: sensitivity.dominance([[np.nan]]), "/values"),
        (lambda: sensitivity.least_lead([0.1], [0.5], [0.4]), "/lower"),
        (lambda: sensitivity.least_lead([0.1, 0.2], [0, 0], [0.4, 0.4]), "/lower"),
    ],
)
def test_library_bad_input_is_named(call, pointer):
    with pytest.raises(BadInput) as error:
        call()
    assert error.value.pointer == pointer
