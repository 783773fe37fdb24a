"""Slope and grade: exact on planes, silent where the heights are, whatever the units of the raster.

It knows nothing about kinds of works. On a plane Horn 1981 is exact, which makes the laws checkable by hand.
"""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point, box

from gis_core.errors import BadInput
from gis_core.raster import Grid
from gis_core.terrain import grade, steepness, terrain

EPSG = 32748
X, Y = 700_000.0, 9_380_000.0
CELL = 10.0
tilts = st.floats(-0.5, 0.5)


def plane(east: float, north: float, rows: int = 20, columns: int = 30) -> Grid:
    """Heights of z = east x + north y (metres per metre), cells of 10 m."""
    x = (np.arange(columns) + 0.5) * CELL
    y = -(np.arange(rows) + 0.5) * CELL
    return Grid(100 + east * x[None, :] + north * y[:, None], Affine(CELL, 0, X, 0, -CELL, Y), None, EPSG)


def line(*points: tuple[float, float]) -> LineString:
    return LineString([(X + x, Y - y) for x, y in points])


@given(tilts, tilts)
def test_a_plane_has_the_slope_of_the_plane_everywhere(east, north):
    ground = terrain(plane(east, north))
    wanted = 100 * np.hypot(east, north)
    for place in (Point(X + 55, Y - 63), box(X + 40, Y - 90, X + 77, Y - 41)):
        assert steepness(place, EPSG, ground) == pytest.approx(wanted, abs=1e-9)


@given(tilts, tilts, st.floats(0, 2 * np.pi))
def test_the_grade_of_a_line_is_that_of_the_plane_along_it_and_never_more_than_the_slope(east, north, angle):
    height = plane(east, north)
    dx, dy = np.cos(angle), np.sin(angle)
    way = line((150 - 70 * dx, 100 + 70 * dy), (150 + 70 * dx, 100 - 70 * dy))
    found = grade(way, EPSG, height)
    assert found == pytest.approx(100 * abs(east * dx + north * dy), abs=1e-7)
    assert found <= 100 * np.hypot(east, north) + 1e-7
    assert grade(way.reverse(), EPSG, height) == pytest.approx(found, abs=1e-9)


def test_level_ground_is_flat():
    ground = terrain(plane(0, 0))
    assert steepness(line((30, 30), (200, 100)), EPSG, ground) == 0
    assert steepness(Point(X + 100, Y - 100), EPSG, ground) == 0


def test_the_steep_piece_of_a_line_counts():
    height = plane(0, 0)
    height.array[:, 20:] += np.arange(1, 11) * 2.0  # 20 % from x = 200 m on
    way = line((20, 100), (280, 100))
    assert grade(way, EPSG, height) == pytest.approx(20, abs=0.5)
    assert grade(line((20, 100), (180, 100)), EPSG, height) == 0


def test_a_line_shorter_than_two_cells_says_nothing():
    assert grade(line((100, 100), (119, 100)), EPSG, plane(0.1, 0)) is None
    assert grade(line((100, 100), (120, 100)), EPSG, plane(0.1, 0)) == pytest.approx(10)


def test_parts_of_a_line_count_each_on_its_own():
    both = MultiLineString([line((30, 50), (130, 50)), line((30, 50), (30, 150))])
    assert grade(both, EPSG, plane(0.08, 0)) == pytest.approx(8)


def test_where_less_than_half_is_known_nothing_is_said():
    height = plane(0.1, 0)
    height.array[:, 10:] = np.nan
    assert grade(line((20, 100), (260, 100)), EPSG, height) is None
    assert grade(line((15, 100), (115, 100)), EPSG, height) == pytest.approx(10)
    assert steepness(Point(X + 200, Y - 100), EPSG, terrain(height)) is None


def test_a_raster_too_small_for_a_slope_has_none():
    ground = terrain(plane(0.1, 0, rows=2, columns=2))
    assert steepness(Point(X + 5, Y - 5), EPSG, ground) is None


def test_a_raster_in_degrees_gives_percent_all_the_same():
    # About 10 m cells at 5.6 degrees south; heights rise 1 m for each cell to the north.
    cell = 10 / 111_195
    z = np.repeat(np.arange(20.0, 0, -1)[:, None], 20, axis=1)
    ground = terrain(Grid(z, Affine(cell, 0, 107.7, 0, -cell, -5.6), None, 4326))
    assert steepness(Point(107.7 + 10 * cell, -5.6 - 10.5 * cell), 4326, ground) == pytest.approx(
        10, rel=1e-6
    )


def test_a_grade_is_for_lines():
    with pytest.raises(BadInput):
        grade(Point(X, Y), EPSG, plane(0, 0))
