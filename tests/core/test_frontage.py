"""Whose nearest way a work runs along: the text of the method (2.1) by hand, and laws that hold for any map."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from gis_core import walking
from gis_core.frontage import brought_near, fronting
from gis_core.households import Points
from gis_core.on_foot import Rule, Walkers

GANG, NEXT = LineString([(0, 0), (100, 0)]), LineString([(0, 60), (100, 60)])
COORDINATE = st.integers(0, 120)
SPOTS = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=12)
LINE = st.tuples(COORDINATE, COORDINATE, COORDINATE, COORDINATE).filter(lambda t: t[:2] != t[2:])
LINES = st.lists(LINE, max_size=5)


def line(ends):
    return LineString([ends[:2], ends[2:]])


def walkers(lines, homes, near=50.0):
    xy = np.reshape(np.array(homes, dtype=float), (-1, 2))
    points = Points(xy, np.ones(len(xy)), np.zeros(len(xy), dtype=np.int64))
    return Walkers(walking.build(lines), points, Rule(near, 1.3))


def test_a_home_behind_the_first_row_fronts_its_nearest_gang_only():
    """At 29 m the gang is nearer than the next one at 31 m; beyond the end of the drain it is another piece's."""
    people = walkers([GANG, NEXT], [(50, 29), (50, 31), (90, 20)])
    drain = LineString([(0, 2), (80, 2)])
    assert fronting(people, [drain], is_way=False).tolist() == [True, False, False]


def test_nobody_fronts_a_gang_farther_off_than_somebody_can_be_on_it():
    assert fronting(walkers([GANG], [(50, 50), (50, 51)]), [GANG], is_way=False).tolist() == [True, False]


def test_a_new_gang_takes_the_homes_it_is_nearer_to_and_a_drain_without_a_gang_takes_none():
    people, new = walkers([GANG], [(50, 29), (50, 31), (50, 111)]), LineString([(0, 60), (100, 60)])
    assert fronting(people, [new], is_way=True).tolist() == [False, True, False]
    assert not fronting(people, [new], is_way=False).any()


def test_where_no_street_is_drawn_a_road_is_the_nearest_way_and_a_drain_is_none():
    people = walkers([], [(50, 40), (50, 60)])
    assert fronting(people, [GANG], is_way=True).tolist() == [True, False]
    assert fronting(people, [GANG, NEXT], is_way=False).tolist() == [False, False]


def test_who_fronts_stands_at_the_border_of_the_reach_and_nobody_is_moved_away():
    people = walkers([GANG, NEXT], [(50, 5), (50, 25), (50, 55)])
    found = brought_near(np.array([5.0, np.inf, np.inf]), people, [GANG], False, 15.0)
    assert found.tolist() == [5, 15, np.inf]


@given(LINES, SPOTS, LINE, st.booleans())
def test_it_is_what_measuring_every_home_alone_says(streets, homes, ends, is_way):
    """Home by home with shapely: the foot on the nearest street, and whether the work is nearer than that."""
    ways, work = [line(one) for one in streets], line(ends)
    found = fronting(walkers(ways, homes), [work], is_way)
    for home, told in zip(homes, found, strict=True):
        spot = shapely.Point(home)
        off = min((spot.distance(way) for way in ways), default=np.inf)
        feet = [
            shapely.shortest_line(way, spot).coords[0] for way in ways if spot.distance(way) <= off + 1e-9
        ]
        gaps = [shapely.Point(foot).distance(work) for foot in feet]
        mine = spot.distance(work)
        # Nearest ways that tie, and borders that rounding may move, may be told either way.
        close = off <= 50 + 1e-6 and any(gap <= 5 + 1e-6 for gap in gaps)
        surely = off <= 50 - 1e-6 and bool(gaps) and all(gap <= 5 - 1e-6 for gap in gaps)
        assert told <= (close or (is_way and mine < off + 1e-9 and mine <= 50 + 1e-6))
        assert told >= (surely or (is_way and mine < off - 1e-9 and mine <= 50 - 1e-6))


@given(LINES, SPOTS, LINE, st.integers(1, 9), st.booleans())
def test_cutting_a_work_in_two_keeps_its_homes(streets, homes, ends, tenths, is_way):
    """Property 27 of the method; homes at the very border of 5 m or 50 m may be told either way, by rounding."""
    work = line(ends)
    cut = work.interpolate(tenths / 10, normalized=True)
    pieces = [LineString([work.coords[0], cut]), LineString([cut, work.coords[-1]])]
    people = walkers([line(one) for one in streets], homes)
    whole, both = fronting(people, [work], is_way), fronting(people, pieces, is_way)
    assert (both == (fronting(people, pieces[:1], is_way) | fronting(people, pieces[1:], is_way))).all()
    for k in np.flatnonzero(whole != both):
        spot = shapely.points(people.homes.xy[k])
        feet = people.feet.geometries[people.placed.rows == k]
        borders = [shapely.distance(spot, work) - 50, *(shapely.distance(foot, work) - 5 for foot in feet)]
        borders += [shapely.distance(spot, work) - shapely.distance(spot, foot) for foot in feet]
        assert min(map(abs, borders)) < 1e-6


@given(LINES, SPOTS, LINES, LINE, st.booleans())
def test_a_work_more_takes_nobody_away(streets, homes, works, more, is_way):
    people, given_ = walkers([line(one) for one in streets], homes), [line(one) for one in works]
    before, after = fronting(people, given_, is_way), fronting(people, [*given_, line(more)], is_way)
    assert (after >= before).all()
