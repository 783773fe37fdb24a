"""What a new way saves to a motor road: numbers to redo by hand, a search of its own, and laws of the gain."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point

from gis_core import walking
from gis_core.errors import BadInput
from gis_core.households import Points
from gis_core.motor_access import Today, access_gain, to_motor_road
from gis_core.on_foot import Rule, Walkers

STREET = LineString([(0, 0), (300, 0)])
"""A motor road in the south."""
GANG = LineString([(300, 0), (300, 100), (0, 100)])
"""A gang that leaves it in the east and comes back along the north."""


def people(lines, homes, weight=None):
    xy = np.reshape(np.asarray(homes, dtype=np.float64), (-1, 2))
    count = len(xy)
    points = Points(xy, np.ones(count) if weight is None else weight, np.zeros(count, dtype=np.int64))
    return Walkers(walking.build(lines), points, Rule(near_m=50.0, detour=1.3))


def gain(way, homes, lines=(STREET, GANG), motor=(True, False), weight=None, carries_motors=False):
    shapes = np.array(lines, dtype=object)
    today = Today.of(people(shapes, homes, weight), shapes, np.array(motor))
    return access_gain(today, way, carries_motors)


def test_a_stairway_saves_the_way_around() -> None:
    # From (20, 100): 280 m west to east along the gang and 100 m down; with a stair at x = 0: 20 m and 100 m.
    # From (200, 100): 100 + 100 m as before, since the stair would be 200 + 100 m.
    told = gain(LineString([(0, 100), (0, 0)]), [(20, 100), (200, 100)])
    assert told.mean == pytest.approx((380 - 120) / 2)
    assert (told.nearer, told.joined) == (1, 0)
    assert told.mean_nearer == pytest.approx(260)


def test_metres_from_the_home_to_its_street_count() -> None:
    walkers = people(np.array([STREET, GANG], dtype=object), [(20, 107), (150, -12)])
    found = to_motor_road(walkers.network, walkers.placed, np.array([True, False]))
    assert found.tolist() == pytest.approx([7 + 280 + 100, 12])


def test_households_weigh_what_they_weigh() -> None:
    told = gain(LineString([(0, 100), (0, 0)]), [(20, 100), (200, 100)], weight=np.array([3.0, 1.0]))
    assert told.mean == pytest.approx(260 * 3 / 4)
    assert told.nearer == 3


def test_homes_without_a_way_are_joined_and_no_mean_is_made_of_them() -> None:
    island = LineString([(0, 200), (100, 200)])
    told = gain(LineString([(50, 200), (50, 0)]), [(40, 200), (290, 0)], (STREET, island), (True, False))
    assert told.joined == 1
    assert (told.mean, told.nearer, told.mean_nearer) == (0, 0, None)


def test_an_end_that_misses_a_street_by_less_than_five_metres_joins_it() -> None:
    near, far = LineString([(0, 96), (0, 4)]), LineString([(0, 94), (0, 6)])
    assert gain(near, [(20, 100)]).nearer == 1
    assert gain(far, [(20, 100)]).nearer == 0


def test_a_street_for_cars_brings_the_motor_road_to_those_along_it() -> None:
    along = LineString([(300, 0), (301, 60)])
    on_foot, for_cars = (gain(along, [(300, 40)], carries_motors=flag) for flag in (False, True))
    assert on_foot.nearer == 0
    assert for_cars.mean == pytest.approx(40, abs=0.1)


def test_a_street_for_cars_that_no_car_reaches_is_a_path() -> None:
    told = gain(LineString([(100, 100), (200, 101)]), [(150, 100)], carries_motors=True)
    assert told.nearer == 0


def test_nobody_and_no_motor_road_at_all() -> None:
    assert gain(LineString([(0, 100), (0, 0)]), []).mean is None
    nowhere = gain(LineString([(0, 100), (0, 0)]), [(20, 100)], motor=(False, False))
    assert (nowhere.mean, nowhere.nearer, nowhere.joined) == (None, 0, 0)


def test_what_is_no_line_is_refused() -> None:
    with pytest.raises(BadInput):
        gain(Point(0, 0), [(20, 100)])
    with pytest.raises(BadInput):
        gain(LineString(), [(20, 100)])


COORDINATE = st.integers(0, 8).map(lambda k: 20 * k)
SPOT = st.tuples(COORDINATE, COORDINATE)
HOMES = st.lists(SPOT, min_size=1, max_size=4)


@st.composite
def grids(draw):
    """Streets along a grid of 20 m, each from crossing to crossing; some of them for cars; and a new way."""
    steps = [
        ((x, y), (x + dx, y + dy))
        for x in range(0, 160, 20)
        for y in range(0, 160, 20)
        for dx, dy in ((20, 0), (0, 20))
    ]
    chosen = draw(st.lists(st.sampled_from(steps), min_size=2, max_size=25, unique=True))
    motor = draw(st.lists(st.booleans(), min_size=len(chosen), max_size=len(chosen)))
    return chosen, motor, draw(st.lists(st.sampled_from(steps), min_size=1, max_size=3, unique=True))


def oracle(streets, motor, home):
    """Metres along the grid from a home at a crossing to the next crossing of a motor road."""
    goals = {end for street, cars in zip(streets, motor, strict=True) if cars for end in street}
    done, queue = set(), [(0, home)]
    while queue:
        metres, place = heapq.heappop(queue)
        if place in goals:
            return metres
        if place not in done:
            done.add(place)
            for a, b in (*streets, *(street[::-1] for street in streets)):
                if a == place:
                    heapq.heappush(queue, (metres + 20, b))
    return np.inf


@given(grids(), st.data())
def test_the_metres_are_those_of_a_search_from_crossing_to_crossing(grid, data) -> None:
    streets, motor, new = grid
    home = data.draw(st.sampled_from(sorted({end for street in streets for end in street})))
    before = oracle(streets, motor, home)
    after = min(before, oracle([*streets, *new], [*motor, *[False] * len(new)], home))
    told = gain(MultiLineString(new), [home], [LineString(s) for s in streets], motor)
    if np.isfinite(before):
        assert told.mean == pytest.approx(before - after, abs=1e-6)
    assert told.joined == (np.isfinite(after) and not np.isfinite(before))


@given(grids(), HOMES, st.booleans())
def test_a_way_takes_nobody_farther_and_cars_help_no_less(grid, homes, flag) -> None:
    streets, motor, new = grid
    lines = [LineString(s) for s in streets]
    foot, cars = (gain(MultiLineString(new), homes, lines, motor, carries_motors=c) for c in (False, True))
    assert foot.mean is None or 0 <= foot.mean <= cars.mean + 1e-9
    assert 0 <= foot.joined <= cars.joined


@given(grids(), HOMES)
def test_moving_everything_changes_nothing(grid, homes) -> None:
    streets, motor, new = grid
    here = gain(MultiLineString(new), homes, [LineString(s) for s in streets], motor)

    def moved(shape):
        return shapely.transform(shape, lambda xy: xy + [691_000.0, 9_237_000.0])

    there = gain(
        moved(MultiLineString(new)),
        np.add(homes, [691_000, 9_237_000]),
        [moved(LineString(s)) for s in streets],
        motor,
    )
    assert there.joined == here.joined
    assert there.mean == (None if here.mean is None else pytest.approx(here.mean, abs=1e-6))
