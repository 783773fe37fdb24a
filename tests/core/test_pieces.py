"""Straight pieces and their index, beside GEOS, which measures one pair after the other.

It knows nothing about roads or households.
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gis_core.pieces import CELLS_M, PieceIndex, Pieces

# Whole and half cells, so that pieces lie on borders of cells and points are as far from two of them.
HALVES = st.builds(lambda k, side: k * side / 2, st.integers(-8, 8), st.sampled_from(CELLS_M))
# To the micrometre: of pieces so short that their square is nothing, GEOS says that they are nowhere.
PLACE = st.one_of(st.floats(-300, 300).map(lambda metres: round(metres, 6)), HALVES)
ENDS = st.lists(st.tuples(PLACE, PLACE, PLACE, PLACE), max_size=12)
SPOTS = st.lists(st.tuples(PLACE, PLACE), min_size=1, max_size=12)


def made(ends):
    """The pieces, and the same as geometries."""
    corners = np.array(ends, dtype=float).reshape(-1, 2, 2)
    return Pieces.between(corners[:, 0], corners[:, 1]), shapely.linestrings(corners)


@given(ENDS.filter(bool), SPOTS)
def test_points_are_as_far_from_pieces_as_geos_says(ends, spots):
    pieces, lines = made(ends)
    far = shapely.distance(lines[:, None], shapely.points(spots)).min(axis=0)
    assert pieces.metres(*np.array(spots, dtype=float).T) == pytest.approx(far, abs=1e-9)


@given(ENDS, SPOTS, st.sampled_from([0.0, -123.4, 9_235_871.123]))
def test_the_nearest_of_all_pieces_is_found_and_none_beyond_a_cell(ends, spots, shift):
    pieces, lines = made(np.add(ends, shift) if ends else ends)
    xy = np.array(spots, dtype=float) + shift
    found = PieceIndex(pieces).nearest(xy)
    for piece, point in zip(found.tolist(), shapely.points(xy), strict=True):
        least = shapely.distance(lines, point).min(initial=np.inf)
        if piece < 0:
            assert least > CELLS_M[-1] - 1e-6
        else:
            assert (
                shapely.distance(lines[piece], point) == pytest.approx(least, abs=1e-6)
                and least < CELLS_M[-1] + 1e-6
            )


def test_a_point_on_the_foot_of_several_pieces_takes_the_first():
    pieces, _ = made([(0, 0, 50, 0), (0, 0, 0, 50), (0, 0, 50, 0)])
    assert PieceIndex(pieces).nearest(np.array([(-3.0, -4.0), (20.0, 1.0), (1.0, 20.0)])).tolist() == [
        0,
        0,
        1,
    ]


def test_far_apart_places_do_not_fill_the_memory():
    pieces, _ = made([(0, 0, 1, 0), (1e8, 1e8, 1e8 + 1, 1e8)])
    spots = np.array([(0.0, 1.0), (1e8, 1e8 + 1), (5e7, 5e7), (-1e12, 1e12), (1e8 + 60, 1e8)])
    assert PieceIndex(pieces).nearest(spots).tolist() == [0, 1, -1, -1, -1]
