"""Distance along roads: numbers that can be checked by hand, a brute-force oracle, and properties 25, 26 and 28."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point

from gis_core import households, walking
from gis_core.errors import BadInput

INF = float("inf")
CROSS = [LineString([(0, 0), (100, 0)]), LineString([(50, -40), (50, 40)])]
COORDINATE = st.integers(0, 120)
LINES = st.lists(st.tuples(COORDINATE, COORDINATE, COORDINATE, COORDINATE), min_size=1, max_size=6)
SPOTS = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=5)


def walk(lines, homes, facilities, limit=INF, gap=walking.GAP_M):
    """Metres from homes to the nearest facility."""
    roads = walking.build(lines, gap)
    return roads.to_nearest(roads.place(spots(homes)), roads.place(spots(facilities)), limit)


def spots(xy):
    return shapely.points(np.reshape(xy, (-1, 2)))


def drawn(ends):
    return [LineString([(a, b), (c, d)]) for a, b, c, d in ends if (a, b) != (c, d)]


def oracle(lines, home, facility):
    """Floyd and Warshall over the crossings, ends and feet of straight lines, all taken apart by hand."""
    points = [Point(home), Point(facility)]
    nearest = [lines[int(np.argmin([line.distance(p) for line in lines]))] for p in points]
    feet = [line.interpolate(line.project(p)) for line, p in zip(nearest, points, strict=True)]
    spots: list[tuple[float, float]] = []
    on: list[list[tuple[float, int]]] = [[] for _ in lines]

    def add(point, line):
        match = [k for k, s in enumerate(spots) if np.hypot(s[0] - point.x, s[1] - point.y) < 1e-6]
        if not match:
            spots.append((point.x, point.y))
        on[line].append((lines[line].project(point), match[0] if match else len(spots) - 1))

    for i, line in enumerate(lines):
        for point in (line.boundary.geoms[0], line.boundary.geoms[1], *feet):
            if line.distance(point) < 1e-6:
                add(point, i)
        for other in lines:
            for part in shapely.get_parts(line.intersection(other)):
                for x, y in part.coords if part.geom_type in ("Point", "LineString") else ():
                    add(Point(x, y), i)
    far = np.full((len(spots), len(spots)), np.inf)
    np.fill_diagonal(far, 0)
    for places in on:
        for (s, a), (t, b) in product(places, places):
            far[a, b] = min(far[a, b], abs(s - t))
    for k in range(len(spots)):
        far = np.minimum(far, far[:, [k]] + far[[k], :])
    a, b = (int(np.argmin([np.hypot(x - f.x, y - f.y) for x, y in spots])) for f in feet)
    return nearest[0].distance(points[0]) + far[a, b] + nearest[1].distance(points[1])


def test_a_walk_is_to_the_road_along_it_and_off_again():
    # 5 m to the road, 40 m to the crossing, 20 m up the other, 3 m off it
    assert walk(CROSS, [(10, 5)], [(53, 20)]).tolist() == pytest.approx([5 + 40 + 20 + 3])


def test_two_on_one_road_need_no_crossing():
    assert walk(CROSS, [(10, 2)], [(30, 3)]).tolist() == pytest.approx([2 + 20 + 3])


def test_the_nearest_of_several_facilities_counts():
    assert walk(CROSS, [(10, 0), (90, 0)], [(0, 0), (100, 0)]).tolist() == pytest.approx([10, 10])


def test_a_facility_on_a_node_is_at_no_distance_from_it():
    assert walk(CROSS, [(50, 0), (50, 40)], [(50, 0)]).tolist() == pytest.approx([0, 40])


def test_there_is_no_way_between_roads_that_do_not_meet():
    lines = [LineString([(0, 0), (10, 0)]), LineString([(0, 20), (10, 20)])]
    assert walk(lines, [(0, 0), (0, 20)], [(10, 20)]).tolist() == [INF, 10]


@pytest.mark.parametrize(("missing", "wanted"), [(0.8, 10 + 0.8 + 10), (1.2, INF)])
def test_ends_that_miss_by_less_than_a_metre_meet(missing, wanted):
    lines = [LineString([(0, 0), (20, 0)]), LineString([(10, missing), (10, missing + 10)])]
    assert walk(lines, [(0, 0)], [(10, missing + 10)]).tolist() == pytest.approx([wanted])


def test_the_shorter_of_two_roads_between_the_same_corners_counts():
    lines = [LineString([(0, 0), (0, 30), (40, 30), (40, 0)]), LineString([(0, 0), (40, 0)])]
    assert walk(lines, [(0, -5)], [(40, -5)]).tolist() == pytest.approx([50])


def test_points_beyond_the_limit_are_on_no_road_and_have_no_way():
    roads = walking.build(CROSS)
    homes = roads.place(spots([(10, 20), (10, 21)]), limit=20)
    assert (homes.part.tolist(), homes.rows.tolist()) == ([0, -1], [0])
    assert roads.to_nearest(homes, roads.place(spots([(0, 0)]))).tolist() == pytest.approx([30, INF])


def test_distances_beyond_the_limit_are_infinite_and_the_limit_is_inclusive():
    assert walk(CROSS, [(10, 0), (9, 0)], [(100, 0)], limit=90).tolist() == [90, INF]


def test_no_roads_no_homes_and_no_facilities_are_answered():
    assert walk([], [(0, 0)], [(1, 1)]).tolist() == [INF]
    assert walk(CROSS, [], [(1, 1)]).tolist() == []
    assert walk(CROSS, [(0, 0)], []).tolist() == [INF]


def test_parts_of_a_multiline_are_roads_and_other_shapes_are_refused():
    assert walk([MultiLineString([[(0, 0), (5, 0)], [(5, 0), (9, 0)]])], [(0, 0)], [(9, 0)]).tolist() == [9]
    with pytest.raises(BadInput):
        walking.build([Point(0, 0)])


@given(LINES, SPOTS, SPOTS)
def test_a_walk_is_never_shorter_than_the_straight_line(ends, homes, facilities):
    straight = np.array([min(np.hypot(h[0] - f[0], h[1] - f[1]) for f in facilities) for h in homes])
    assert (walk(drawn(ends), homes, facilities) >= straight - 1e-9).all()


@given(LINES, st.tuples(COORDINATE, COORDINATE), st.tuples(COORDINATE, COORDINATE))
def test_shortest_ways_are_those_of_brute_force(ends, home, facility):
    lines = drawn(ends)
    assume(lines and not ambiguous(lines, home, facility))
    assert walk(lines, [home], [facility], gap=0)[0] == pytest.approx(oracle(lines, home, facility), abs=0.05)


def ambiguous(lines, *points):
    """Whether a point lies (almost) as near to a second road, or roads nearly touch: what is taken then is open."""
    for point in points:
        nearest = sorted(line.distance(Point(point)) for line in lines)[:2]
        if len(nearest) == 2 and nearest[1] - nearest[0] < 0.1:
            return True
    return any(0 < shapely.distance(a, b) < 0.1 for a in lines for b in lines)


@given(LINES, LINES, SPOTS, st.sampled_from([15.0, INF]))
def test_only_those_beside_a_new_road_need_to_be_placed_anew(ends, more, homes, limit):
    lines, new = drawn(ends), drawn(more)
    assume(not ambiguous([*lines, *new], *homes))
    first, points = walking.build(lines), spots(homes)
    both, known = walking.build([*lines, *new], begun=first), first.place(points, limit)
    off = np.full(len(points), limit)
    off[known.rows] = known.off
    nearer = np.flatnonzero(
        [bool(new) and shapely.distance(p, new).min() <= d for p, d in zip(points, off, strict=True)]
    )
    anew = both.place_anew(known, points, nearer, limit)
    wanted = walking.build([*lines, *new]).place(points, limit)
    for name in ("rows", "at", "off", "ends", "part"):
        assert getattr(anew, name) == pytest.approx(getattr(wanted, name))


@given(LINES, SPOTS, SPOTS, st.floats(-1e5, 1e6), st.floats(-1e5, 1e7))
def test_moving_everything_changes_nothing(ends, homes, facilities, east, north):
    def moved(points):
        return [(x + east, y + north) for x, y in points]

    lines = drawn(ends)
    there = [LineString(moved(line.coords)) for line in lines]
    assert walk(there, moved(homes), moved(facilities)) == pytest.approx(
        walk(lines, homes, facilities), abs=0.05
    )


def test_given_distances_serve_whole_households_nearest_first():
    homes = households.Points(np.zeros((4, 2)), np.ones(4), np.array([0, 0, 1, 1]))
    found = households.served_at([30, 10, INF, 100], homes, 100, need=[1, 1, 1, 1], capacity=2)
    assert (found.indices.tolist(), found.total, dict(found.by_zone)) == ([0, 1], 2, {0: 2})
    assert households.served_at([30, 10, INF, 100], homes, 100).indices.tolist() == [0, 1, 3]


@pytest.mark.parametrize("distance", [[1.0], [1.0, -1.0], [1.0, float("nan")]])
def test_distances_that_cannot_be_are_refused(distance):
    homes = households.Points(np.zeros((2, 2)), np.ones(2), np.zeros(2))
    with pytest.raises(BadInput):
        households.served_at(distance, homes, 100)
