"""Works and the zones of a spatial plan: laws over made-up zonings, and the slivers that are nobody's fault.

It knows nothing about codes of zones. Zonings here are patches of a grid, so that the truth is known by counting.
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, MultiPolygon, Point, box

from gis_core.errors import BadInput
from gis_core.zoning import judge

CELL = 25.0
SIDE = 4
GRID = [
    box(x * CELL, y * CELL, (x + 1) * CELL, (y + 1) * CELL) for x in range(SIDE) for y in range(SIDE)
]  # zones that meet exactly, 100 m by 100 m in all
WORST = {False: 0, None: 1, True: 2}

SAID = st.lists(st.sampled_from([True, False, None]), min_size=len(GRID), max_size=len(GRID))
COORDINATE = st.floats(2, 90)
PLACE = st.tuples(COORDINATE, COORDINATE)
LINES = (
    st.lists(PLACE, min_size=2, max_size=4, unique=True).map(LineString).filter(lambda line: line.length > 5)
)
AREAS = st.tuples(COORDINATE, COORDINATE, st.floats(1, 40), st.floats(1, 40)).map(
    lambda p: box(p[0], p[1], p[0] + p[2], p[1] + p[3])
)
WORKS = st.one_of(PLACE.map(Point), st.lists(PLACE, min_size=1, max_size=4).map(MultiPoint), LINES, AREAS)


@given(WORKS, SAID, st.integers(0, len(GRID) - 1))
def test_a_zone_that_says_more_never_makes_a_work_worse(work, said, one):
    verdicts = [judge(work, GRID, [*said[:one], level, *said[one + 1 :]]) for level in (False, None, True)]
    order = [WORST[verdict.passed] for verdict in verdicts]
    assert order == sorted(order)
    assert verdicts[0].forbidden >= verdicts[1].forbidden - 1e-9 >= verdicts[2].forbidden - 2e-9
    assert verdicts[0].allowed <= verdicts[1].allowed + 1e-9 <= verdicts[2].allowed + 2e-9


@given(WORKS, SAID, st.integers(0, len(GRID) - 1))
def test_a_forbidding_zone_more_never_helps_and_an_allowing_one_never_harms(work, said, one):
    fewer = [zone for k, zone in enumerate(GRID) if k != one]
    before = judge(work, fewer, [*said[:one], *said[one + 1 :]])
    assert judge(work, GRID, [*said[:one], False, *said[one + 1 :]]).forbidden >= before.forbidden - 1e-9
    assert judge(work, GRID, [*said[:one], True, *said[one + 1 :]]).allowed >= before.allowed - 1e-9


@given(WORKS, SAID, st.integers(0, len(GRID) - 1), st.floats(0.1, 0.9), st.booleans())
def test_cutting_a_zone_in_two_changes_nothing(work, said, one, at, upright):
    west, south, east, north = GRID[one].bounds
    if upright:
        middle = west + at * (east - west)
        halves = [box(west, south, middle, north), box(middle, south, east, north)]
    else:
        middle = south + at * (north - south)
        halves = [box(west, south, east, middle), box(west, middle, east, north)]
    whole = judge(work, GRID, said)
    parted = judge(
        work, [*GRID[:one], *GRID[one + 1 :], *halves], [*said[:one], *said[one + 1 :], *[said[one]] * 2]
    )
    assert parted.forbidden == pytest.approx(whole.forbidden, abs=1e-6)
    assert parted.allowed == pytest.approx(whole.allowed, abs=1e-6)
    assume(all(abs(share - edge) > 1e-5 for share, edge in near_the_edge(work, whole)))
    assert parted.passed is whole.passed


def near_the_edge(work, verdict):
    """The shares of a verdict beside those at which it turns."""
    most = 0.02
    if shapely.get_dimensions(work) == 2:
        most = min(max(work.length / work.area, most), 0.5)
    return [(verdict.forbidden, most), (verdict.allowed, 1 - most)]


@given(WORKS, st.sampled_from([True, False, None]))
def test_zones_of_one_mind_over_the_whole_ground_decide(work, said):
    ground = [box(-200, -200, 50, 300), box(50, -200, 300, 300)]
    assert judge(work, ground, [said, said]).passed is said


@given(WORKS, SAID)
def test_shares_are_those_of_the_ground(work, said):
    verdict = judge(work, GRID, said)
    assert 0 <= verdict.forbidden <= 1 + 1e-9
    assert 0 <= verdict.allowed <= 1 + 1e-9
    if shapely.get_dimensions(work) == 2:
        by_hand = sum(
            zone.intersection(work).area for zone, told in zip(GRID, said, strict=True) if told is False
        )
        assert verdict.forbidden == pytest.approx(by_hand / work.area, abs=1e-9)
        assert verdict.shares.sum() == pytest.approx(
            shapely.union_all(GRID).intersection(work).area / work.area
        )


@given(WORKS, SAID, st.floats(-500, 500), st.floats(-500, 500))
def test_moving_everything_changes_nothing(work, said, dx, dy):
    def moved(shape):
        return shapely.transform(shape, lambda xy: xy + np.array([dx, dy]))

    here, there = judge(work, GRID, said), judge(moved(work), [moved(zone) for zone in GRID], said)
    assert there.forbidden == pytest.approx(here.forbidden, abs=1e-6)
    assert there.allowed == pytest.approx(here.allowed, abs=1e-6)


@given(WORKS, SAID, SAID)
def test_the_plan_that_comes_first_rules_where_it_speaks(work, first, second):
    alone = judge(work, GRID, first)
    both = judge(work, GRID + GRID, [*first, *second], [2] * len(GRID) + [1] * len(GRID))
    assert both.forbidden == pytest.approx(alone.forbidden, abs=1e-9)
    assert both.allowed >= alone.allowed - 1e-9
    assert both.shares[len(GRID) :].max() <= 1e-9 or shapely.get_dimensions(work) == 0


EAST, WEST = box(0, -500, 500, 500), box(-500, -500, 0, 500)


@pytest.mark.parametrize(
    ("work", "passed"),
    [
        # an area of 20 m by 20 m: perimeter 80 m, so 80 of its 400 m2 may be slivers
        (box(-3.9, 0, 16.1, 20), True),
        (box(-4.1, 0, 15.9, 20), False),
        # a large one, 400 m by 400 m: a metre around it is 1 %, so 2 % count
        (shapely.segmentize(box(-7.9, 0, 392.1, 400), 10), True),
        (box(-8.1, 0, 391.9, 400), False),
        # a small one has to stand for the most part on allowed ground
        (box(-0.4, 0, 0.6, 1), True),
        (box(-0.6, 0, 0.4, 1), False),
        # lines and points: from a metre inside forbidden ground on
        (LineString([(-0.9, 0), (-0.9, 50)]), True),
        (LineString([(-1.1, 0), (-1.1, 50)]), False),
        (LineString([(-1.9, 0), (48, 0)]), True),
        (LineString([(-2.1, 0), (48, 0)]), False),
        (LineString([(-2.1, 0), (48, 0), (-2.1, 0)]), False),
        (Point(-1, 0), True),
        (Point(-1.01, 0), False),
        (MultiPoint([(50, 0), (51, 0), (52, 0), (-5, 0)]), False),
    ],
)
def test_slivers_are_no_fault_of_a_work_and_more_is(work, passed):
    assert judge(work, [EAST, WEST], [True, False]).passed is passed


def test_ground_nobody_speaks_of_or_two_zones_quarrel_over_decides_nothing():
    assert judge(Point(5, 5), [], []).passed is None
    assert judge(box(450, 0, 550, 50), [EAST], [True]).passed is None
    assert judge(box(10, 10, 20, 20), [EAST, EAST], [True, False]).passed is None
    assert judge(box(10, 10, 20, 20), [EAST, EAST], [True, None]).passed is None
    assert judge(box(10, 10, 20, 20), [EAST, EAST], [False, True], [1, 2]).passed is True


def test_a_hole_of_forbidden_ground_is_found_and_a_thin_belt_is_not():
    ring = MultiPolygon([EAST.difference(box(40, -10, 60, 10))])
    assert judge(Point(50, 0), [ring, box(40, -10, 60, 10)], [True, False]).passed is False
    street = LineString([(10, 50), (90, 50)])
    belt = box(49.2, -100, 50.8, 100)
    assert judge(street, [EAST.difference(belt), belt], [True, False]).passed is True


def test_what_cannot_be_scored_is_refused():
    with pytest.raises(BadInput):
        judge(LineString(), [EAST], [True])
    with pytest.raises(ValueError, match="for each zone"):
        judge(Point(0, 0), [EAST], [])
