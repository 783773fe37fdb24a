"""The fall of a drain: levels first, heights only where they can tell, and never a guess."""

from __future__ import annotations

import math

import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from gis_core.errors import BadInput
from gis_core.fall import Heights, fall, readable
from gis_core.raster import Grid

EPSG = 32748
DRAIN = LineString([(500_000, 9_230_000), (500_080, 9_230_060)])
"""100 m."""


def plane(per_metre: float, sigma: float) -> Heights:
    """Heights that fall towards the east, on cells of 30 m."""
    columns, rows = 400, 10
    east = 499_000 + 30 * (np.arange(columns) + 0.5)
    z = np.tile(700 - per_metre * (east - 499_000), (rows, 1))
    return Heights(Grid(z, Affine(30, 0, 499_000, 0, -30, 9_230_150), None, EPSG), sigma)


def test_a_gang_of_100_m_is_judged_by_its_levels() -> None:
    # 0.3 % of 100 m are 30 cm.
    found = fall(DRAIN, EPSG, 0.003, (712.40, 712.05))
    assert (found.metres, found.needed) == (pytest.approx(0.35), pytest.approx(0.30))
    assert (found.source, found.enough) == ("levels", True)
    assert fall(DRAIN, EPSG, 0.003, (712.40, 712.10)).enough is True
    assert fall(DRAIN, EPSG, 0.003, (712.40, 712.11)).enough is False
    assert fall(DRAIN, EPSG, 0.003, (712.05, 712.40)).metres == pytest.approx(-0.35)


def test_a_height_map_off_by_five_metres_says_nothing_of_a_gang() -> None:
    found = fall(DRAIN, EPSG, 0.003, heights=plane(0.05, 5.0))
    assert (found.metres, found.source, found.enough) == (None, None, None)
    assert fall(DRAIN, EPSG, 0.003, (712.4, None)).metres is None


@pytest.mark.parametrize(
    ("length", "sigma", "told"), [(3333, 5, False), (3334, 5, True), (100, 0.15, True), (100, 0.16, False)]
)
def test_heights_tell_from_twice_their_error_on(length: float, sigma: float, told: bool) -> None:
    assert readable(length, 0.003, sigma) is told


def test_a_long_canal_is_read_from_heights() -> None:
    canal = LineString([(500_000, 9_230_000), (504_000, 9_230_000)])
    found = fall(canal, EPSG, 0.003, heights=plane(0.004, 5.0))
    assert (found.metres, found.source) == (pytest.approx(16), "heights")
    assert found.enough is True
    assert fall(canal.reverse(), EPSG, 0.003, heights=plane(0.004, 5.0)).enough is False
    beyond = LineString([(500_000, 9_230_000), (520_000, 9_230_000)])
    assert fall(beyond, EPSG, 0.003, heights=plane(0.004, 5.0)).source is None


@pytest.mark.parametrize(
    ("line", "least", "levels"),
    [
        (Point(0, 0), 0.003, (None, None)), (LineString(), 0.003, (None, None)), (DRAIN, 0.0, (None, None)),
        (DRAIN, math.nan, (None, None)), (DRAIN, 0.003, (math.nan, 1.0)), (DRAIN, 0.003, (1.0, math.inf)),
    ],
)  # fmt: skip
def test_what_has_no_fall_is_refused(line, least, levels) -> None:
    with pytest.raises(BadInput):
        fall(line, EPSG, least, levels)


LEVEL = st.floats(-50, 4000)


@given(LEVEL, LEVEL, st.floats(-500, 500), st.floats(0.0001, 0.1))
def test_only_the_difference_of_levels_counts_and_measured_goes_before_mapped(
    upper, lower, datum, least
) -> None:
    here = fall(DRAIN, EPSG, least, (upper, lower))
    there = fall(DRAIN, EPSG, least, (upper + datum, lower + datum), plane(0.01, 1e-6))
    assert there.metres == pytest.approx(here.metres, abs=1e-9)
    assert there.source == here.source == "levels"


@given(st.floats(-1, 1), st.floats(0.0001, 0.01), st.floats(0, 0.01))
def test_asking_more_is_never_easier(drop, least, more) -> None:
    easy, hard = (fall(DRAIN, EPSG, share, (drop, 0.0)).enough for share in (least, least + more))
    assert easy or not hard
