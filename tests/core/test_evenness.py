"""Evenness over places and groups: parts that add up, groups of their own, and places where nobody lives."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core import evenness as module
from gis_core.errors import BadInput
from gis_core.evenness import Evenness

evenness: Any = module.evenness
PLACES = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 3)), min_size=1, max_size=12
)  # fmt: skip


def test_two_rw_of_which_one_is_served_by_hand():
    """RW 0: 10 of 10 and 0 of 10; RW 1: nobody of 20. The mean share is 1/4; all of T is (1/4)(4 ln 4) = ln 4."""
    found = evenness([10, 0, 0], [10, 10, 20], [0, 0, 1])
    assert found.gini == pytest.approx(1 / 2)  # half of the people have all, evenly
    assert found.theil == pytest.approx(math.log(4))
    assert found.between == pytest.approx(math.log(2))  # RW 0 has twice the mean
    assert found.within == pytest.approx(math.log(2))  # and half of it has all of that


@given(PLACES)
def test_theil_is_what_lies_between_and_within(places):
    found = evenness(*zip(*places, strict=True))
    if found.theil is None:
        assert found == Evenness(None, None, None, None)
    else:
        assert found.between + found.within == pytest.approx(found.theil, abs=1e-12)
        assert min(found) >= 0


@given(PLACES)
def test_where_each_place_is_a_group_all_lies_between_them(places):
    amount, people, _ = zip(*places, strict=True)
    found = evenness(amount, people, range(len(places)))
    assert found.theil is None or (found.within, found.between) == pytest.approx((0, found.theil), abs=1e-12)


@given(PLACES, st.floats(0.01, 1e6))
def test_the_unit_and_empty_places_change_nothing(places, factor):
    amount, people, group = map(np.array, zip(*places, strict=True))
    found = evenness(amount, people, group)
    again = evenness(np.append(amount * factor, 0), np.append(people, 0), np.append(group, 9))
    assert again == (found if found.gini is None else pytest.approx(found, abs=1e-9))


def test_columns_of_different_length_are_refused():
    with pytest.raises(BadInput, match="same length"):
        evenness([1, 2], [1], [0])
