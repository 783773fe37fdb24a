"""The index of points: nobody inside a box is forgotten.

It knows nothing about households.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.point_index import PointIndex

COORDINATE = st.one_of(st.floats(-400, 400), st.integers(-8, 8).map(lambda k: 50.0 * k))
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE), max_size=40)


@given(POINTS, st.tuples(COORDINATE, COORDINATE), st.tuples(st.floats(0, 300), st.floats(0, 300)))
def test_all_points_of_a_box_are_found_once(points, corner, size):
    xy = np.array(points, dtype=float).reshape(-1, 2)
    low, high = np.array(corner), np.add(corner, size)
    found = PointIndex(xy).near((*low, *high)).tolist()
    assert len(found) == len(set(found))
    assert set(np.flatnonzero(((xy >= low) & (xy <= high)).all(axis=1)).tolist()) <= set(found)


@pytest.mark.parametrize("box", [(-9e9, -9e9, -8e9, 9e9), (900, 0, 950, 50), (0, -60, 10, -10)])
def test_a_box_beyond_all_points_is_empty(box):
    assert PointIndex(np.array([(0.0, 0.0), (500.0, 500.0)])).near(box).tolist() == []


def test_a_box_without_end_holds_everybody():
    index = PointIndex(np.array([(0.0, 0.0), (5e5, 5e5)]))
    assert sorted(index.near((-np.inf, -np.inf, np.inf, np.inf)).tolist()) == [0, 1]
