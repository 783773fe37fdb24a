"""Value functions: shape, clipping, logarithm and refusals.

It knows nothing about scores. Golden values: value_function.json (R package smaa and own cases).
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.errors import BadInput
from gis_core.value import ValueFunction

SEVERITY = ValueFunction([(0, 0), (16, 0.2), (38, 0.6), (60, 1)])
COST = ValueFunction([(200_000, 1), (20_000_000, 0)], "log10")


def test_reference_cases(vector):
    cases = vector("value_function")["cases"]
    for case in cases:
        scale = case.get("scale", "linear").split(":")[0]
        function = ValueFunction([tuple(p) for p in case["breakpoints"]], scale)
        for point in case["points"]:
            assert function(point["x"]) == pytest.approx(point["v"], abs=1e-12), case["name"]


def test_one_call_values_an_array_of_any_shape():
    values = SEVERITY([[8, 27], [49, np.nan]])
    assert values == pytest.approx(np.array([[0.1, 0.4], [0.8, np.nan]]), nan_ok=True)


def test_values_outside_the_reference_are_clipped_and_marked():
    assert SEVERITY([-1, 60, 61]).tolist() == [0, 1, 1]
    assert SEVERITY.beyond([-1, 0, 60, 61, np.nan]).tolist() == [True, False, False, True, False]


@pytest.mark.parametrize("x", [0.0, -5.0])
def test_a_log_scale_gives_the_end_value_where_there_is_no_logarithm(x):
    assert COST(x) == 1.0 and COST.beyond(x)


def test_a_function_knows_which_way_it_runs():
    assert SEVERITY.rising and not COST.rising


@pytest.mark.parametrize(
    ("points", "scale", "pointer"),
    [
        ([(0, 0)], "linear", "/points"),
        ([(0, 0), (0, 1)], "linear", "/points/1"),
        ([(1, 0), (0, 1)], "linear", "/points/1"),
        ([(0, 0), (1, 1.2)], "linear", "/points/1"),
        ([(0, 0), (1, np.nan)], "linear", "/points/1"),
        ([(0, 0), (np.inf, 1)], "linear", "/points/1"),
        ([(0, 0), (1, 1), (2, 0.5)], "linear", "/points"),
        ([(0, 0), (1, 0.9)], "linear", "/points"),
        ([(0, 0.1), (1, 1)], "linear", "/points"),
        ([(0, 0), (1, 1)], "log10", "/points/0"),
        ([(1, 0), (2, 1)], "log2", "/scale"),
    ],
)
def test_a_broken_function_is_refused_where_it_is_broken(points, scale, pointer):
    with pytest.raises(BadInput) as error:
        ValueFunction(points, scale)
    assert error.value.pointer == pointer


@st.composite
def functions(draw):
    xs = sorted(draw(st.lists(st.integers(-1000, 1000), min_size=2, max_size=6, unique=True)))
    inner = sorted(draw(st.lists(st.floats(0, 1), min_size=len(xs) - 2, max_size=len(xs) - 2)))
    values = [0.0, *inner, 1.0]
    return ValueFunction(list(zip(xs, values if draw(st.booleans()) else values[::-1], strict=True)))


@given(functions(), st.floats(-2000, 2000), st.floats(0, 500))
def test_values_stay_in_range_and_follow_the_direction(function, x, step):
    low, high = function([x, x + step])
    assert 0 <= low <= 1 and 0 <= high <= 1
    assert (high >= low - 1e-12) if function.rising else (high <= low + 1e-12)


@given(functions(), st.floats(-2000, 2000), st.floats(0.001, 1000))
def test_a_change_of_unit_changes_nothing(function, x, unit):
    scaled = ValueFunction([(p * unit, v) for p, v in function.points])
    assert scaled(x * unit) == pytest.approx(function(x), abs=1e-9)
