"""Gates fail only for certain; what the data cannot decide is not checked.

It knows nothing about a city's distances. Bounds are inclusive, as everywhere in the method.
"""

from __future__ import annotations

import math

import pytest
from shapely import LineString, MultiPoint, Point, box

from gis_core import gates
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


@pytest.mark.parametrize(
    ("metres", "state"), [(0, False), (2.99, False), (3, None), (29.99, None), (30, True), (math.inf, True)]
)
def test_near_water_of_unknown_depth_nobody_can_tell(metres, state):
    assert gates.setback(metres, 3, 30) is state


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
