"""Whether a work joins the network that is there (R3): ends, rings, and what runs along under it.

It knows nothing about kinds of assets. Figures are worked by hand.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPoint, Point, box
from shapely.affinity import translate

from gis_core.network import connection, loose_ends, loose_way

WORK = LineString([(0, 0), (100, 0)])
AT_START = LineString([(0, -50), (0, 50)])
FAR = LineString([(0, 500), (100, 500)])
places = st.floats(-200, 200)
pieces = st.builds(
    lambda a, b, c, d: LineString([(a, b), (a + c, b + d + 1)]), places, places, places, places
)


@pytest.mark.parametrize(
    ("existing", "share"),
    [
        ([AT_START], 0.5),
        ([AT_START, LineString([(105, 0), (200, 0)])], 1.0),
        ([LineString([(105.1, 0), (200, 0)])], 0.0),
        ([Point(100, 4), Point(0, -5)], 1.0),
        ([box(103, -20, 120, 20)], 0.5),
        ([FAR], 0.0),
    ],
)
def test_the_share_of_ends_within_five_metres_of_the_network(existing, share):
    assert connection(WORK, existing) == share


def test_without_a_network_nothing_is_known():
    assert connection(WORK, []) is None


def test_what_lies_under_the_work_is_not_what_it_joins():
    assert connection(WORK, [WORK]) == 0
    assert connection(WORK, [LineString([(-30, 0), (130, 0)])]) == 1
    assert connection(WORK, [LineString([(-30, 0), (100, 0)])]) == 0.5


def test_parts_that_touch_are_one_line():
    parts = MultiLineString([[(0, 0), (50, 0)], [(50, 0), (100, 0)]])
    assert len(loose_ends(parts)) == 2
    assert connection(parts, [AT_START]) == 0.5


def test_a_ring_a_place_and_points_join_as_a_whole():
    ring = LineString([(0, 0), (40, 0), (40, 40), (0, 40), (0, 0)])
    assert connection(ring, [LineString([(44, 20), (90, 20)])]) == 1
    assert connection(box(0, 0, 40, 40), [LineString([(44, 20), (90, 20)])]) == 1
    assert connection(MultiPoint([(0, 0), (100, 0), (200, 0), (0, 4)]), [AT_START]) == 0.5


@pytest.mark.parametrize(
    ("existing", "way"),
    [
        ([LineString([(110, -50), (110, 50)])], [(100, 0), (110, 0)]),
        ([LineString([(-8, -50), (-8, 50)]), LineString([(110, -50), (110, 50)])], [(0, 0), (-8, 0)]),
        ([Point(100, 12)], [(100, 0), (100, 12)]),
    ],
)
def test_the_way_from_a_loose_end_leads_straight_to_what_is_nearest(existing, way):
    found = loose_way(WORK, existing)
    assert found is not None and connection(WORK, existing) == 0
    start, end = found.coords
    assert start == way[0] and Point(end).distance(Point(way[1])) <= 5.0


@pytest.mark.parametrize(
    ("work", "existing"),
    [
        (WORK, [AT_START]),
        (WORK, []),
        (WORK, [WORK]),
        (WORK, [LineString([(50, -50), (50, 50)])]),
        (Point(0, 0), [FAR]),
        (LineString([(0, 0), (40, 0), (40, 40), (0, 40), (0, 0)]), [FAR]),
    ],
)
def test_there_is_no_way_where_it_joins_or_crosses_nothing_is_there_or_there_are_no_ends(work, existing):
    assert loose_way(work, existing) is None


@given(st.lists(pieces, min_size=1, max_size=4), pieces, places, places)
def test_more_network_never_joins_less_and_place_does_not_matter(existing, more, east, north):
    share, richer = connection(WORK, existing), connection(WORK, [*existing, more])
    assert share is not None and richer is not None
    assert 0 <= share <= richer <= 1
    moved = [translate(item, east, north) for item in existing]
    assert connection(translate(WORK, east, north), moved) == share
