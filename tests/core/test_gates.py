"""Gates fail only for certain; what the data cannot decide is not checked.

It knows nothing about a city's distances. Bounds are inclusive, as everywhere in the method.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, box

from gis_core import gates
from gis_core.errors import BadInput
from gis_core.upkeep import present_value

HOME = box(0, 0, 100, 100)


@pytest.mark.parametrize(
    ("work", "passes"),
    [
        (LineString([(10, 10), (101, 10)]), True),
        (LineString([(10, 10), (101.1, 10)]), False),
        (box(50, 50, 101, 60), True),
        (box(50, 50, 104, 60), False),
        (box(200, 200, 210, 210), False),
        (Point(100, 50), True),
        (MultiPoint([(50, 50), (101, 50)]), False),
    ],
)
def test_a_work_lies_inside_but_for_slivers(work, passes):
    assert gates.inside(work, HOME) is passes


RIVER = gates.Setback(3, ((3, 10), (20, 15)), 30)
"""PP 38/2011: 3 m behind an embankment; 10, 15 and 30 m without one, by depth."""


@pytest.mark.parametrize(
    ("metres", "state"), [(0, False), (2.99, False), (3, None), (29.99, None), (30, True), (math.inf, True)]
)
def test_near_water_of_unknown_depth_nobody_can_tell(metres, state):
    assert gates.setback(metres, *RIVER.needed(None, None)) is state


@pytest.mark.parametrize(
    ("depth", "embankment", "needed"),
    [
        (None, None, (3, 30)), (None, True, (3, 3)), (None, False, (10, 30)), (25, True, (3, 3)),
        (1, False, (10, 10)), (3, False, (10, 10)), (3.1, False, (15, 15)), (20, False, (15, 15)),
        (20.5, False, (30, 30)), (2, None, (3, 10)), (12, None, (3, 15)), (40, None, (3, 30)),
    ],
)  # fmt: skip
def test_a_setback_goes_by_embankment_and_depth(depth, embankment, needed):
    assert RIVER.needed(depth, embankment) == needed


DEPTH = st.none() | st.floats(0.1, 40)


@given(st.floats(0, 60), DEPTH, st.none() | st.booleans(), st.floats(0.1, 40), st.booleans())
def test_what_is_found_out_never_overturns_a_verdict(metres, depth, bank, true_depth, true_bank):
    known = gates.setback(metres, *RIVER.needed(depth, bank))
    surely = gates.setback(
        metres, *RIVER.needed(true_depth if depth is None else depth, true_bank if bank is None else bank)
    )
    assert surely is not None
    assert known in (None, surely)


@given(st.floats(0, 60), DEPTH, st.none() | st.booleans(), st.floats(0, 20))
def test_farther_from_water_is_never_worse(metres, depth, bank, more):
    order = (False, None, True)
    near, far = (gates.setback(m, *RIVER.needed(depth, bank)) for m in (metres, metres + more))
    assert order.index(far) >= order.index(near)


@pytest.mark.parametrize("wrong", [(3, ((3, 2),), 30), (3, ((20, 10), (3, 15)), 30), (3, ((3, 10),), 5)])
def test_a_setback_that_falls_with_the_depth_is_refused(wrong):
    with pytest.raises(BadInput):
        gates.Setback(*wrong)


def test_apart_needs_something_to_be_apart_from():
    assert gates.apart(Point(0, 0), [], 10) is None
    assert gates.apart(Point(0, 0), [Point(10, 0)], 10) is True
    assert gates.apart(Point(0, 0), [Point(30, 0), Point(9.9, 0)], 10) is False


def test_upkeep_over_the_years_is_an_annuity():
    assert present_value(1_000_000, 10, 0) == 10_000_000
    assert present_value(1_000_000, 2, 0.1) == pytest.approx(1_000_000 / 1.1 + 1_000_000 / 1.21)
    assert present_value(1_000_000, 10, 1e-12) == pytest.approx(10_000_000, rel=1e-9)
    assert present_value(0, 10, 0.06) == 0
    with pytest.raises(ValueError, match="rate"):
        present_value(1, 10, -0.1)
