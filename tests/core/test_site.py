"""Criteria of the place of a work.

It knows nothing about rasters and households' attributes. Expected figures are worked by hand; property
29 of the method's section 6 (the parts of a split add up to the whole).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPoint, Point, Polygon, box
from shapely.affinity import rotate, translate

from gis_core import site, slum
from gis_core.errors import BadInput

WEST, EAST = box(0, 0, 100, 100), box(100, 0, 200, 100)
UTM = (353_411.37, 9_238_017.91)


def test_severity_weighs_zones_by_households():
    assert site.severity([20, 60], [3, 1, 9], [0, 1, -1]) == pytest.approx(30)


def test_severity_weighs_by_area_where_no_household_is_reached():
    assert site.severity([20, 60], [], [], [300, 100]) == pytest.approx(30)
    assert site.severity([20, 60], [0.0], [1], [300, 100]) == pytest.approx(30)
    assert site.severity([20, 60], [], []) is None


def test_zones_of_unknown_severity_are_left_out():
    assert site.severity([np.nan, 60], [3, 1], [0, 1]) == 60
    assert site.severity([np.nan, 60], [3], [0], [50, 50]) == 60
    assert site.severity([np.nan], [3], [0], [50]) is None


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(BadInput):
        site.severity([1.0], [1.0], [1])


def test_deficit_is_the_mean_of_the_indicators_of_the_service():
    shares = np.zeros((2, 16))
    shares[:, slum.CRITERIA.index("3a")] = [0.8, 0.4]
    shares[:, slum.CRITERIA.index("3b")] = [-0.5, np.nan]
    assert site.deficit(shares, ["3a"], [3, 1], [0, 1]) == pytest.approx(0.7)
    assert site.deficit(shares, ["3a", "3b"], [3, 1], [0, 1]) == pytest.approx(0.35)
    assert site.deficit(np.full((2, 16), np.nan), ["3a"], [3, 1], [0, 1]) is None


@pytest.mark.parametrize("codes", [[], ["9z"]])
def test_deficit_asks_for_criteria_of_the_form(codes):
    with pytest.raises(BadInput):
        site.deficit(np.zeros((1, 16)), codes, [1], [0])


def test_services_without_an_indicator_use_the_homes_that_lack_them():
    assert site.unserved_share([2, 1, 1], [1, 0, 1]) == 0.75
    assert site.unserved_share([], []) is None


def test_predicted_delta_sums_over_zones_before_dividing():
    assert site.predicted_delta([0.4, 0.2], [0.2, 0.2], [30, 10]) == pytest.approx(6 / 14)
    assert site.predicted_delta([0, 0], [0, 0], [30, 10]) == 0


def test_parts_of_the_delta_by_aspect_sum_to_it():
    before, after = np.array([[0.6, 0.2], [0.2, 0.2]]), np.array([[0.3, 0.1], [0.2, 0.2]])
    parts = site.delta_by_aspect(before, after, [30, 10])
    assert parts.tolist() == pytest.approx([9 / 28, 3 / 28])
    assert parts.sum() == pytest.approx(
        site.predicted_delta(before.mean(axis=1), after.mean(axis=1), [30, 10])
    )
    assert site.delta_by_aspect(0 * before, 0 * after, [30, 10]).tolist() == [0, 0]


def test_poor_share_is_shrunk_towards_the_kelurahan_by_five_households():
    assert site.poor_share(1, 1, 0.2) == pytest.approx(2 / 6)
    assert site.poor_share(50, 40, 0.2) == 1


def test_cost_per_household_has_no_number_where_nobody_is_served():
    assert site.cost_per_household(12_000_000, 8) == 1_500_000
    assert site.cost_per_household(12_000_000, 0) is None


def test_slum_overlap_of_an_area_counts_land_once():
    found = site.slum_overlap(box(50, 0, 150, 100), [WEST, box(80, 0, 120, 100), box(500, 0, 600, 9)])
    assert found.area_m2 == pytest.approx(7000) and found.share == pytest.approx(0.7)
    assert found.per_polygon.tolist() == pytest.approx([0.5, 0.4, 0])


def test_slum_overlap_of_lines_and_points_has_a_share_but_no_area():
    line = site.slum_overlap(LineString([(50, 50), (250, 50)]), [WEST])
    assert (line.area_m2, line.share) == (0, pytest.approx(0.25))
    points = site.slum_overlap(MultiPoint([(1, 1), (150, 1)]), [WEST])
    assert (points.area_m2, points.share) == (0, 0.5)
    assert site.slum_overlap(Point(1, 1), []).share == 0


def test_a_line_drawn_twice_is_not_half_in_the_slum():
    assert site.slum_overlap(LineString([(0, 50), (90, 50), (0, 50)]), [WEST]).share == 1


def test_a_shared_edge_is_no_overlap():
    assert site.slum_overlap(EAST, [WEST]).share == 0
    assert site.slum_overlap(EAST, [WEST]).per_polygon.tolist() == [0]


def test_beneficiaries_share_each_zone_evenly_over_its_area():
    assert site.beneficiaries(box(50, 0, 125, 100), [WEST, EAST], [40, 80]) == pytest.approx(20 + 20)
    assert site.beneficiaries(WEST, [], []) == 0
    assert site.beneficiaries(WEST, [Polygon()], [7]) == 0
    with pytest.raises(BadInput):
        site.beneficiaries(WEST, [WEST], [1, 2])


def test_a_line_is_split_where_it_crosses_and_the_rest_lies_outside():
    split = site.split_by_zone(LineString([(50, 50), (260, 50)]), [WEST, EAST])
    assert split.parts.tolist() == pytest.approx([50, 100])
    assert (split.outside, split.whole) == (pytest.approx(60), 210)


@pytest.mark.parametrize("angle", [0, 17, 33.3, 90, 123.456])
@pytest.mark.parametrize("shift", [(0, 0), UTM])
def test_a_line_on_a_border_is_split_half_and_half(angle, shift):
    def place(shape):
        return translate(rotate(shape, angle, origin=(0, 0)), *shift)

    # Its vertices are not vertices of the border, so rounding puts it a hair to either side.
    line = place(LineString([(100, 13.7), (100, 51.3), (100, 87.1), (140, 87.1)]))
    split = site.split_by_zone(line, [place(WEST), place(EAST)])
    assert split.parts == pytest.approx([36.7, 76.7], abs=2e-3)
    assert split.parts.sum() + split.outside == pytest.approx(split.whole)


def test_a_line_that_goes_straight_on_where_the_border_bends_away_is_split_there():
    south = Polygon([(0, 0), (200, 0), (200, 150), (100, 100), (0, 100)])
    north = Polygon([(0, 100), (100, 100), (200, 150), (0, 150)])
    split = site.split_by_zone(LineString([(20, 100), (180, 100)]), [south, north])
    assert split.parts.tolist() == pytest.approx([40 + 80, 40], abs=0.01)


def test_areas_split_by_zone_and_overlapping_zones_do_not_count_land_twice():
    split = site.split_by_zone(box(50, 0, 150, 10), [WEST, EAST])
    assert split.parts.tolist() == pytest.approx([500, 500]) and split.outside == 0
    both = site.split_by_zone(box(50, 0, 150, 10), [WEST, box(90, 0, 200, 100)])
    assert both.parts.sum() == pytest.approx(1000)


def test_points_are_counted_and_shared_on_a_border():
    split = site.split_by_zone(MultiPoint([(50, 5), (100, 5), (999, 5)]), [WEST, EAST])
    assert split.parts.tolist() == [1.5, 0.5] and (split.outside, split.whole) == (1, 3)


def test_without_zones_everything_lies_outside():
    split = site.split_by_zone(LineString([(0, 0), (3, 4)]), [])
    assert (len(split.parts), split.outside, split.whole) == (0, 5, 5)


COORDINATE = st.floats(0, 300)
LINE = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=5, unique=True).map(LineString)
WORK = st.one_of(
    LINE.filter(lambda line: line.length > 1),
    st.tuples(LINE, LINE).map(lambda two: MultiLineString(list(two))).filter(lambda lines: lines.length > 1),
    st.tuples(COORDINATE, COORDINATE).map(lambda p: box(p[0], p[1], p[0] + 70, p[1] + 30)),
    st.tuples(COORDINATE, COORDINATE).map(Point),
)


@given(WORK, st.sampled_from([(0, 0), UTM]), st.floats(0, 90))
def test_the_parts_and_the_rest_add_up_to_the_whole(work, shift, angle):
    zones = [box(x, y, x + 60, y + 45) for x in range(0, 300, 60) for y in range(0, 270, 45)]
    moved = [translate(rotate(z, angle, origin=(0, 0)), *shift) for z in zones]
    placed = translate(rotate(work, angle, origin=(0, 0)), *shift)
    split = site.split_by_zone(placed, moved)
    assert (split.parts >= 0).all() and split.outside >= 0
    assert split.parts.sum() + split.outside == pytest.approx(split.whole, rel=1e-9, abs=1e-6)
    # Piece by piece, since an intersection would merge stretches that a line runs through twice.
    pieces = [work]
    if work.length and not work.area:
        pieces = [LineString(p) for line in shapely.get_parts(work) for p in pairwise(line.coords)]
    covered = shapely.intersection(pieces, box(0, 0, 300, 270))
    measured = shapely.area(covered) if work.area else shapely.length(covered)
    inside = measured.sum() if work.length else float(not covered[0].is_empty)
    assert split.parts.sum() == pytest.approx(inside, abs=0.02)
