"""Reach, need, service and capacity of households.

It knows nothing about services in use. Properties 26, 27 and 28 of the method's section 6; distances
are checked against plain formulas.
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, box
from shapely.affinity import translate
from shapely.ops import substring

from gis_core.errors import BadInput, CrsMismatch
from gis_core.households import Points, decayed, distances, need, reach, served


def homes(*xy, weight=None, zone=None):
    """Points from coordinate pairs, one household each in zone 0 unless said."""
    n = len(xy)
    return Points(
        np.array(xy, dtype=float).reshape(n, 2),
        np.ones(n) if weight is None else np.array(weight, dtype=float),
        np.zeros(n, dtype=int) if zone is None else np.array(zone),
    )


def crowd(seed=1, n=300, spread=400.0):
    rng = np.random.default_rng(seed)
    return Points(rng.uniform(0, spread, (n, 2)), rng.integers(1, 6, n).astype(float), rng.integers(0, 9, n))


COORDINATE = st.floats(0, 400)
LINES = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=6, unique=True).map(LineString)
WORKS = st.one_of(
    LINES.filter(lambda line: line.length > 1),
    st.tuples(COORDINATE, COORDINATE).map(Point),
    st.tuples(COORDINATE, COORDINATE).map(lambda p: box(p[0], p[1], p[0] + 40, p[1] + 25)),
)


def test_the_border_of_the_radius_counts():
    assert reach(Point(0, 0), homes((15, 0), (15 * (1 + 5e-10), 0), (15.0001, 0)), 15).tolist() == [1, 1, 0]


def test_distance_is_to_the_line_and_a_home_inside_a_polygon_is_at_zero():
    line = LineString([(0, 0), (100, 0)])
    assert distances(line, homes((50, 3), (103, 4)), 15).tolist() == pytest.approx([3, 5])
    assert distances(box(0, 0, 10, 10), homes((5, 5), (13, 14), (90, 90)), 15).tolist() == [0, 5, np.inf]


RINGED = st.tuples(COORDINATE, COORDINATE).map(
    lambda p: box(p[0], p[1], p[0] + 200, p[1] + 150).difference(
        box(p[0] + 50, p[1] + 50, p[0] + 150, p[1] + 90)
    )
)


@given(st.one_of(WORKS, RINGED), st.floats(1, 500), st.sampled_from([0.0, 9_235_871.123]))
def test_distances_are_those_of_geos(work, radius, shift):
    people = crowd()
    there = Points(people.xy + shift, people.weight, people.zone)
    moved = translate(work, shift, shift)
    wanted = shapely.distance(moved, shapely.points(there.xy))
    found = distances(moved, there, radius)
    assert np.isfinite(found)[wanted < radius - 1e-6].all() and np.isinf(found)[wanted > radius + 1e-6].all()
    near = np.isfinite(found)
    assert found[near] == pytest.approx(wanted[near], abs=1e-8)


@pytest.mark.parametrize(
    ("decay", "wanted"),
    [
        ("binary", [1, 1, 1, 0]),
        ("linear", [1, 0.5, 0, 0]),
        ("gauss", [1, (np.exp(-0.125) - np.exp(-0.5)) / (1 - np.exp(-0.5)), 0, 0]),
    ],
)
def test_decay_falls_from_one_to_nothing(decay, wanted):
    assert decayed([0, 50, 100, 101], 100, decay).tolist() == pytest.approx(wanted)


@pytest.mark.parametrize("radius", [0, -1, np.nan, np.inf])
def test_a_radius_must_be_positive(radius):
    with pytest.raises(BadInput) as error:
        decayed([1], radius)
    assert error.value.pointer == "/radius"
    with pytest.raises(BadInput):
        decayed([1], 5, "square")


def test_what_is_served_already_earns_nothing():
    lack = need(homes((0, 0), (30, 0), (90, 0)), [Point(0, 10), Point(31, 0)], 15)
    assert lack.tolist() == [0, 0, 1]
    assert need(homes((0, 0)), [], 15).tolist() == [1]
    assert need(homes(), [Point(0, 0)], 15).tolist() == []


@given(st.sampled_from(["binary", "linear", "gauss"]), st.lists(WORKS, min_size=1, max_size=4))
def test_need_is_one_less_the_best_factor(decay, existing):
    people = crowd(n=60)
    best = np.max([reach(work, people, 60, decay) for work in existing], axis=0)
    assert need(people, existing, 60, decay) == pytest.approx(1 - best, abs=1e-12)


def test_served_counts_weights_by_zone_once_and_subtracts_what_exists():
    people = homes((0, 0), (5, 0), (9, 0), (99, 0), weight=[4, 2, 3, 7], zone=[1, 1, 8, 8])
    result = served(MultiPoint([(0, 0), (4, 0)]), people, 10, need=[1, 0.5, 0, 1])
    assert result.indices.tolist() == [0, 1] and result.weights.tolist() == [4, 1]
    assert result.total == 5 and result.by_zone == {1: 5.0}


def test_capacity_takes_whole_households_nearest_first_until_the_next_would_exceed_it():
    people = homes((9, 0), (1, 0), (5, 0), (7, 0), weight=[1, 4, 5, 3])
    assert served(Point(0, 0), people, 10, capacity=9).indices.tolist() == [1, 2]
    # The farther household of one person is not squeezed in past the one of three.
    assert served(Point(0, 0), people, 10, capacity=10).indices.tolist() == [1, 2]
    assert served(Point(0, 0), people, 10, capacity=0).total == 0


def test_capacity_breaks_ties_of_distance_by_index_wherever_the_origin_lies():
    for shift in (0.0, 9_235_871.123):
        people = homes((3 + shift, shift), (-3 + shift, shift), (shift, 3 + shift))
        assert served(Point(shift, shift), people, 5, capacity=2).indices.tolist() == [0, 1]


def test_nobody_within_reach_is_a_total_of_zero():
    result = served(Point(0, 0), homes((50, 0)), 10)
    assert (result.total, result.by_zone, len(result.indices)) == (0.0, {}, 0)
    assert served(Point(0, 0), homes(), 10).total == 0.0


def test_bad_points_needs_and_capacities_are_refused():
    with pytest.raises(BadInput):
        homes((0, np.nan))
    with pytest.raises(BadInput):
        homes((0, 0), weight=[-1])
    with pytest.raises(BadInput):
        Points(np.zeros((2, 2)), np.ones(2), np.zeros(3, dtype=int))
    for wrong in ({"need": [2.0]}, {"need": [1.0, 1.0]}, {"capacity": -1}, {"capacity": np.nan}):
        with pytest.raises(BadInput):
            served(Point(0, 0), homes((0, 0)), 10, **wrong)


@pytest.mark.parametrize("work", [Point(), LineString([(1, 1), (1, 1)]), box(0, 0, 1, 0)])
def test_what_cannot_be_scored_is_refused(work):
    with pytest.raises(BadInput):
        reach(work, homes((0, 0)), 10)


def test_a_work_in_degrees_among_homes_in_metres_is_refused():
    with pytest.raises(CrsMismatch):
        reach(Point(109.67, -6.88), homes((353_000, 9_239_000)), 100)


@given(WORKS, st.floats(1, 200), st.floats(0, 200), st.sampled_from(["binary", "linear", "gauss"]))
def test_more_radius_never_serves_fewer_and_never_more_than_all(work, radius, more, decay):
    people = crowd()
    small, large = (served(work, people, r, decay=decay).total for r in (radius, radius + more))
    assert small <= large + 1e-9 and large <= people.weight.sum() + 1e-9


@given(WORKS, st.floats(1, 200), st.one_of(st.none(), st.floats(0, 300)))
def test_capacity_bounds_the_total(work, radius, capacity):
    result = served(work, crowd(), radius, capacity=capacity)
    assert result.total <= (np.inf if capacity is None else capacity * (1 + 1e-9))
    assert sum(result.by_zone.values()) == pytest.approx(result.total)


@given(LINES.filter(lambda line: line.length > 1), st.floats(1, 60), st.floats(0.05, 0.95))
def test_cutting_a_line_in_two_keeps_its_set_of_households(line, radius, where):
    people = crowd()
    cut = line.length * where
    pieces = [substring(line, 0, cut), substring(line, cut, line.length)]
    parts = np.maximum(*(reach(p, people, radius) for p in pieces))
    # A home within a hair of the radius may fall either way, since the cut point itself is rounded.
    clear = np.abs(distances(line, people, 2 * radius) - radius) > 1e-6
    assert (parts == reach(line, people, radius))[clear].all()


@given(WORKS, st.floats(1, 60), st.sampled_from([(353_000.25, 9_239_000.75), (-1000.5, 12.25), (1e5, 1e6)]))
def test_moving_everything_changes_nothing(work, radius, shift):
    here = crowd()
    there = Points(here.xy + shift, here.weight, here.zone)
    moved = translate(work, *shift)
    d = distances(work, here, 2 * radius)
    close = np.isfinite(d) & (d < 2 * radius - 1e-6)
    assert distances(moved, there, 2 * radius)[close] == pytest.approx(d[close], abs=1e-6)
    clear = np.abs(d - radius) > 1e-6
    assert (reach(moved, there, radius) == reach(work, here, radius))[clear].all()
