"""Gini, Theil, Atkinson.

Golden values: inequality.json; properties are numbers 43 and 44 of the method's section 6.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core import inequality, inequality_document
from gis_core.errors import BadInput

AMOUNTS = st.lists(st.integers(0, 50).map(float), min_size=2, max_size=12).filter(any)
MEASURES = (inequality.gini, inequality.theil, lambda x: inequality.atkinson(x, 0.5))


def test_reference_cases_through_the_command(vector):
    for case in vector("inequality")["cases"]:
        found = inequality_document.run(case)
        assert set(found) == {"gini", "theil_T", "atkinson", "theil_between", "theil_within"}
        assert found["gini"] == pytest.approx(case["gini"], abs=1e-9)
        assert found["theil_T"] == pytest.approx(case["theil_T"], abs=1e-9)


def test_published_atkinson(vector):
    case = vector("inequality")["atkinson"]
    found = inequality_document.run({"x": case["x"]})["atkinson"]
    assert found == {"0.5": pytest.approx(case["A05"], abs=1e-9), "1": pytest.approx(case["A1"], abs=1e-9)}


def test_reference_decomposition(vector):
    for case in vector("inequality")["decomposition"]:
        flat = [x for group in case["groups"] for x in group]
        for document in (
            {"groups": case["groups"]},
            {"x": flat, "weights": None, "groups": case["groups"]},
            {"x": flat, "weights": [2] * len(flat), "groups": case["groups"]},
        ):
            found = inequality_document.run(document)
            assert found["theil_T"] == pytest.approx(case["theil_T"], abs=1e-9)
            assert found["theil_between"] == pytest.approx(case["between"], abs=1e-9)
            assert found["theil_within"] == pytest.approx(case["within"], abs=1e-9)


def test_groups_are_amounts_and_never_numbers_of_units():
    with pytest.raises(BadInput, match="not numbers of units"):
        inequality_document.run({"x": [2, 0, 1], "groups": [[0, 2], [1]]})
    weights = {"x": [1, 3, 3], "weights": [3, 1, 2], "groups": [[1, 3], [3]]}
    split = inequality.theil_split([[1, 3], [3]], [[3, 1], [2]])
    assert inequality_document.run(weights)["theil_between"] == split.between


@pytest.mark.parametrize("n", [1, 2, 7])
def test_closed_forms(n):
    one = [0.0] * (n - 1) + [3.0]
    assert inequality.gini(range(1, n + 1)) == pytest.approx((n - 1) / (3 * n))
    assert inequality.gini(one) == pytest.approx((n - 1) / n)
    assert inequality.theil(one) == pytest.approx(math.log(n))
    assert inequality.atkinson(one, 1) == (1 if n > 1 else 0)


@given(AMOUNTS, st.floats(1e-3, 1e6), st.integers(2, 4))
def test_property_43_scale_and_replication_change_nothing(x, factor, times):
    for measure in MEASURES:
        assert measure([factor * a for a in x]) == pytest.approx(measure(x), abs=1e-9)
        assert measure(x * times) == pytest.approx(measure(x), abs=1e-9)
    assert inequality.gini(x, [times] * len(x)) == pytest.approx(inequality.gini(x), abs=1e-9)


@given(AMOUNTS.filter(lambda x: max(x) > min(x)), st.floats(0.01, 0.99))
def test_property_43_a_transfer_from_rich_to_poor_lowers_gini_and_theil(x, part):
    rich, poor = x.index(max(x)), x.index(min(x))
    given_away = part * (x[rich] - x[poor]) / 2
    after = list(x)
    after[rich] -= given_away
    after[poor] += given_away
    for measure in (inequality.gini, inequality.theil):
        before, lower = measure(x), measure(after)
        assert before is not None and lower is not None
        assert lower < before


@given(st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_property_44_theil_is_between_plus_within(groups, data):
    sizes = [data.draw(st.lists(st.integers(1, 9), min_size=len(g), max_size=len(g))) for g in groups]
    split = inequality.theil_split(groups, sizes)
    whole = inequality.theil(*([x for part in parts for x in part] for parts in (groups, sizes)))
    if whole is None:
        assert split == (None, None)
    else:
        assert split.between is not None and split.within is not None
        assert split.between + split.within == pytest.approx(whole, abs=1e-9)


@given(AMOUNTS, st.data())
def test_a_weight_counts_people(x, data):
    times = data.draw(st.lists(st.integers(0, 3), min_size=len(x), max_size=len(x)).filter(any))
    spread = [a for a, count in zip(x, times, strict=True) for _ in range(count)]
    for measure in (inequality.gini, inequality.theil, lambda x, w=None: inequality.atkinson(x, 1, w)):
        assert measure(x, times) == pytest.approx(measure(spread), abs=1e-9)


def test_a_group_without_people_counts_for_nothing():
    assert (
        inequality_document.run({"x": [1, 2], "weights": [0, 1], "groups": [[1], [2]]})["theil_between"] == 0
    )
    assert inequality.theil_split([[9], [1, 3]], [[0], [1, 1]]) == (
        0,
        pytest.approx(inequality.theil([1, 3])),
    )


def test_nothing_spread_is_undefined_and_all_equal_is_zero():
    undefined = dict.fromkeys(("gini", "theil_T", "theil_between", "theil_within"))
    assert inequality_document.run({"x": [0, 0], "groups": [[0], [0]]}) == undefined | {
        "atkinson": {"0.5": None, "1": None}
    }
    assert inequality_document.run({"x": []})["gini"] is None
    assert inequality.gini([0.1] * 3) == inequality.theil([0.1] * 3) == inequality.atkinson([0.1] * 3, 2) == 0
    assert inequality.gini([1e308, 1e308], [1e308, 1e308]) == 0


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], ""), ({}, "/x"), ({"x": 3}, "/x"), ({"x": [1, None]}, "/x/1"), ({"x": [1, -1]}, "/x/1"),
        ({"x": [1, 2], "weights": [1]}, "/weights"), ({"x": [1, 2], "weights": [0, 0]}, "/weights"),
        ({"x": [1, 2], "weights": [1, -1]}, "/weights/1"), ({"x": [1, 2], "groups": [[1], [3]]}, "/groups"),
        ({"x": [1, 2], "groups": [[0], [1]]}, "/groups"), ({"x": [2, 1], "groups": [[1], [2]]}, "/groups"),
        ({"x": [1, 2], "wieghts": [1, 1]}, "/wieghts"),
        ({"x": [1, 2], "groups": [[1, 2], []]}, "/groups/1"), ({"groups": [[1, "a"]]}, "/groups/0/1"),
    ],
)  # fmt: skip
def test_bad_input_is_named(body, pointer):
    with pytest.raises(BadInput) as error:
        inequality_document.run(body)
    assert error.value.pointer == pointer
