"""Zones, projection and ellipsoidal measures.

It knows nothing about works. Lengths are checked against known arcs of the ellipsoid and against UTM.
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from gis_core.errors import BadInput
from gis_core.geodesy import Projector, area_m2, check_drawable, length_m, utm_epsg

PEKALONGAN = (109.67, -6.88)


@pytest.mark.parametrize(
    ("lon", "lat", "epsg"),
    [(109.67, -6.88, 32749), (107.6, -6.9, 32748), (95.3, 5.5, 32646), (140.7, -2.5, 32754), (-180, 0, 32601),
     (180, 10, 32660), (108, -1, 32749), (107.999, -1, 32748)],
)  # fmt: skip
def test_every_place_has_its_utm_zone(lon, lat, epsg):
    assert utm_epsg(lon, lat) == epsg


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, 90), (np.nan, 0), (0, -81)])
def test_no_zone_outside_the_grid(lon, lat):
    with pytest.raises(BadInput):
        utm_epsg(lon, lat)


@given(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_there_and_back_again(dx, dy):
    line = LineString([PEKALONGAN, (PEKALONGAN[0] + dx, PEKALONGAN[1] + dy)])
    projector = Projector(utm_epsg(*PEKALONGAN))
    back = projector.to_lonlat(projector.to_metres(line))
    assert shapely.get_coordinates(back) == pytest.approx(shapely.get_coordinates(line), abs=1e-9)


def test_longitude_comes_first():
    x, y = Projector(32749).to_metres(Point(111, -6.88)).coords[0]
    assert x == pytest.approx(500_000, abs=1e-6) and 9_200_000 < y < 9_300_000


def test_lengths_and_areas_agree_with_utm_within_its_scale():
    shape = box(109.66, -6.89, 109.67, -6.88)
    projected = Projector(32749).to_metres(shape)
    assert area_m2(shape) == pytest.approx(projected.area, rel=1e-3)
    assert length_m(shape) == pytest.approx(projected.length, rel=1e-3)


def test_a_degree_of_the_equator_is_its_known_arc():
    assert length_m(LineString([(100, 0), (101, 0)])) == pytest.approx(6378137 * np.pi / 180, abs=1e-6)
    two = MultiLineString([[(100, 0), (101, 0)], [(102, 0), (103, 0)]])
    assert length_m(two) == pytest.approx(2 * 6378137 * np.pi / 180, abs=1e-6)


def test_holes_are_taken_off_whichever_way_the_rings_run():
    shell, hole = box(109, -7, 109.01, -6.99), box(109.002, -6.998, 109.004, -6.996)
    for exterior in (shell.exterior.coords, shell.exterior.coords[::-1]):
        for ring in (hole.exterior.coords, hole.exterior.coords[::-1]):
            pierced = Polygon(exterior, [ring])
            assert area_m2(pierced) == pytest.approx(area_m2(shell) - area_m2(hole), rel=1e-9)
    both = MultiPolygon([hole, box(109.005, -6.998, 109.006, -6.997)])
    assert area_m2(both) > area_m2(hole)


def test_points_have_no_length_and_lines_no_area():
    assert length_m(Point(109, -7)) == 0 and area_m2(LineString([(109, -7), (109.1, -7)])) == 0


@pytest.mark.parametrize("place", [(109, -91), (353_000, 9_239_000), (np.inf, 0)])
def test_coordinates_out_of_bounds_are_refused(place):
    for function in (Projector(32749).to_metres, length_m, area_m2):
        with pytest.raises(BadInput, match="bounds"):
            function(Point(place))


def test_metres_that_lead_nowhere_are_refused():
    with pytest.raises(BadInput):
        Projector(32749).to_lonlat(Point(1e12, 1e12))


@pytest.mark.parametrize("epsg", [4326, 999_999, 2272])
def test_a_system_that_is_not_in_metres_is_refused(epsg):
    with pytest.raises(BadInput):
        Projector(epsg)


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (Polygon(), "empty"),
        (Point(np.nan, 1), "numbers|empty"),
        (LineString([(1, 1), (1, 1)]), "no length"),
        (Polygon([(0, 0), (1, 0), (2, 0)]), "no area"),
        (Polygon([(0, 0), (2, 2), (2, 0), (0, 3)]), "not valid"),
    ],
)
def test_undrawable_geometries_are_refused_with_their_reason(shape, reason):
    with pytest.raises(BadInput, match=reason):
        check_drawable(shape)
