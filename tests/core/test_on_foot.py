"""The way on foot to facilities: along roads where they join, straight with a detour where none is drawn."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from gis_core import walking
from gis_core.households import Points
from gis_core.on_foot import Rule, Walkers

INF = float("inf")
STREET, LANE = LineString([(0, 0), (100, 0), (100, 100)]), LineString([(0, 200), (100, 200)])
COORDINATE = st.integers(0, 120)
SPOTS = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=5)
LINES = st.lists(st.tuples(COORDINATE, COORDINATE, COORDINATE, COORDINATE), max_size=6)


def walkers(lines, homes, near=50.0, detour=1.3):
    xy = np.reshape(np.array(homes, dtype=float), (-1, 2))
    points = Points(xy, np.ones(len(xy)), np.zeros(len(xy), dtype=np.int64))
    return Walkers(walking.build(lines), points, Rule(near, detour))


def test_the_way_goes_along_the_street_where_it_leads_there():
    found = walkers([STREET], [(0, 5)]).walk([Point(103, 100)], 500)
    assert (found.metres.tolist(), found.along_roads.tolist()) == ([5 + 200 + 3], [True])


def test_where_roads_do_not_join_the_straight_line_with_its_detour_counts():
    """The lane is not drawn on to the street: 200 m straight, 260 m with the detour."""
    found = walkers([STREET, LANE], [(0, 200), (0, 0)]).walk([Point(0, 0)], 300)
    assert (found.metres.tolist(), found.along_roads.tolist()) == ([260, 0], [False, True])


@pytest.mark.parametrize(("home", "facility"), [((0, 60), (0, 0)), ((0, 0), (0, 60))])
def test_so_it_does_where_one_of_both_has_no_road_near(home, facility):
    found = walkers([STREET], [home]).walk([Point(facility)], 300)
    assert (found.metres.tolist(), found.along_roads.tolist()) == ([pytest.approx(78)], [False])


def test_without_any_road_everything_is_straight_with_its_detour():
    assert walkers([], [(0, 30), (0, 31)]).walk([Point(0, 0)], 39).metres.tolist() == [39, INF]


def test_of_two_facilities_the_nearer_way_counts_whichever_it_is():
    """100 m along the street to one, 2 x 1.3 m straight over to one on a lane that does not join."""
    near = LineString([(0, 2), (-50, 2)])
    found = walkers([STREET, near], [(0, 0)]).walk([Point(100, 0), Point(0, 2)], 300)
    assert (found.metres.tolist(), found.along_roads.tolist()) == ([pytest.approx(2.6)], [False])


def test_a_way_beyond_the_limit_is_none_however_near_it_looks():
    around = LineString([(0, 0), (0, 200), (20, 200), (20, 0)])
    assert walkers([around], [(0, 0)]).walk([Point(20, 0)], 400).metres.tolist() == [INF]


def test_an_area_is_entered_anywhere_along_its_outline():
    people = walkers([STREET], [(0, 0), (100, 100)])
    found = people.walk([shapely.box(40, 3, 60, 30)], 300)
    assert found.metres.tolist() == [43, 100 + 40 + 3]


def test_an_area_on_two_roads_that_do_not_join_is_walked_to_on_either():
    """The first home goes along its road, though straight over it would be 43 m."""
    winding = LineString([(0, 150), (200, 150), (200, 190), (0, 190)])
    found = walkers([winding, LineString([(0, 130), (10, 130)])], [(0, 190), (0, 130)], near=5)
    assert found.walk([shapely.box(0, 135, 10, 147)], 600).metres.tolist() == [200 + 40 + 190 + 3, 5]


def test_no_homes_and_no_facilities_are_answered():
    assert walkers([STREET], []).walk([Point(0, 0)], 100).metres.tolist() == []
    assert walkers([STREET], [(0, 0)]).walk([], 100).metres.tolist() == [INF]
    assert walkers([STREET], [(0, 0)]).walk([Point()], 100).metres.tolist() == [INF]


@given(LINES, SPOTS, SPOTS, st.integers(1, 200), st.integers(0, 40))
def test_a_way_is_never_shorter_than_the_straight_line_and_one_more_facility_never_lengthens_it(
    ends, homes, facilities, limit, near
):
    lines = [LineString([(a, b), (c, d)]) for a, b, c, d in ends if (a, b) != (c, d)]
    people = walkers(lines, homes, near)
    found = people.walk([Point(f) for f in facilities], limit).metres
    straight = [min(np.hypot(h[0] - f[0], h[1] - f[1]) for f in facilities) for h in homes]
    assert (found >= np.array(straight) - 1e-9).all()
    assert (found <= people.walk([Point(facilities[0])], limit).metres + 1e-9).all()
