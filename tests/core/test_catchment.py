"""Access to shared facilities.

Golden values: floating_catchment.json.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.catchment import floating_catchment, gaussian, within
from gis_core.errors import BadInput

PLACES = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(0, 90), min_size=size[0], max_size=size[0]),
        st.lists(st.integers(0, 90), min_size=size[1], max_size=size[1]),
        st.lists(st.integers(0, 500), min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
            lambda flat: np.reshape(flat, size)
        ),
    )
)


def test_reference_cases(vector):
    first, second = vector("floating_catchment")["cases"]
    found = floating_catchment(first["P"], first["S"], first["d"], gaussian(1))
    assert found.access == pytest.approx(first["A"], abs=1e-6)
    assert found.access == pytest.approx(first["computed"], abs=1e-9)
    found = floating_catchment(second["P"], second["S"], second["d"], within(300))
    assert found.ratio == pytest.approx(second["R"], abs=1e-9)
    assert found.access == pytest.approx(second["A"], abs=1e-9)


@given(PLACES, st.sampled_from([within(200), gaussian(100), gaussian(100, 250)]))
def test_what_people_get_is_what_is_supplied_to_somebody(places, decay):
    people, supply, distance = places
    found = floating_catchment(people, supply, distance, decay)
    assert people @ found.access == pytest.approx(np.array(supply)[~found.unused].sum())
    assert np.isfinite(found.access).all() and (found.access >= 0).all()


@given(PLACES, st.integers(1, 50))
def test_more_supply_never_lowers_access(places, more):
    people, supply, distance = places
    before = floating_catchment(people, supply, distance, gaussian(100)).access
    after = floating_catchment(people, [supply[0] + more, *supply[1:]], distance, gaussian(100)).access
    assert (after >= before - 1e-12).all()


def test_no_way_and_nobody_and_nothing():
    found = floating_catchment([10, 0], [5, 7], [[1, np.inf], [np.inf, 1]], within(2))
    assert found.access.tolist() == [0.5, 0] and found.unused.tolist() == [False, True]
    assert floating_catchment([10], [], [], within(2)).access.tolist() == [0]
    assert floating_catchment([], [5], [], within(2)).unused.tolist() == [True]


@pytest.mark.parametrize(
    ("call", "pointer"),
    [
        (lambda: within(0), "/radius"), (lambda: gaussian(np.nan), "/s"), (lambda: gaussian(1, 0), "/radius"),
        (lambda: floating_catchment([-1], [1], [[1]], within(1)), "/people/0"),
        (lambda: floating_catchment([1], [np.nan], [[1]], within(1)), "/supply/0"),
        (lambda: floating_catchment([[1]], [1], [[1]], within(1)), "/people"),
        (lambda: floating_catchment([1], [1], [[1, 2]], within(1)), "/distance"),
        (lambda: floating_catchment([1], [1], [[np.nan]], within(1)), "/distance/0/0"),
        (lambda: floating_catchment([1], [1], [[-1]], within(1)), "/distance/0/0"),
    ],
)  # fmt: skip
def test_bad_input_is_named(call, pointer):
    with pytest.raises(BadInput) as error:
        call()
    assert error.value.pointer == pointer
