"""Concordance, discordance and the list of vetoes.

It knows nothing about the official score. Golden values: outranking_distance.json.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.errors import BadInput
from gis_core.outranking import electre, vetoes

TABLES = st.tuples(st.integers(1, 6), st.integers(1, 4)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 9), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def even(table):
    m = len(table[0])
    return table, [1 / m] * m, ["max"] * m


def test_reference_concordance_and_discordance(vector):
    (case,) = [c for c in vector("outranking_distance")["cases"] if c["method"].startswith("ELECTRE")]
    directions = ["max" if s > 0 else "min" for s in case["direction"]]
    found = electre(case["matrix"], case["weights"], directions)
    wanted = case["published"]
    for mine, name in ((found.concordance, "concordance"), (found.discordance, "discordance")):
        published = np.array(wanted[name], dtype=float)
        known = np.isfinite(published)
        assert known.sum() == 30
        assert mine[known] == pytest.approx(published[known], abs=wanted["tolerance"])


@given(TABLES)
def test_shares_stay_in_range_and_who_is_nowhere_worse_has_no_veto_against(table):
    found = electre(*even(table))
    raw = np.array(table)
    for name in ("concordance", "discordance"):
        assert ((getattr(found, name) >= 0) & (getattr(found, name) <= 1 + 1e-12)).all()
    for a in range(len(raw)):
        for b in range(len(raw)):
            assert (found.discordance[a, b] == 0) == (raw[a] >= raw[b]).all()
            assert (found.concordance[a, b] > 1 - 1e-12) == (raw[a] >= raw[b]).all()


@given(TABLES, st.integers(1, 1000))
def test_units_do_not_matter(table, unit):
    scaled = (np.array(table) * ([unit] + [1] * (len(table[0]) - 1))).tolist()
    assert electre(*even(scaled)).discordance == pytest.approx(electre(*even(table)).discordance, abs=1e-9)


def test_vetoes_name_the_criterion_and_begin_with_the_greatest():
    found = vetoes(electre([[9, 1], [5, 5], [1, 9]], [0.7, 0.3], ["max", "max"]), 0.4)
    assert [(v.a, v.b, v.criterion) for v in found] == [
        (0, 2, 1), (2, 0, 0), (0, 1, 1), (1, 0, 0), (1, 2, 1), (2, 1, 0),
    ]  # fmt: skip
    assert found[0].discordance == 1 and found[0].concordance == pytest.approx(0.7)
    assert vetoes(electre(np.empty((0, 2)), [0.5, 0.5], ["max", "max"]), 0.5) == []


@pytest.mark.parametrize("limit", [-0.1, 1.1, float("nan")])
def test_a_limit_outside_zero_to_one_is_refused(limit):
    with pytest.raises(BadInput) as error:
        vetoes(electre([[1.0]], [1.0], ["max"]), limit)
    assert error.value.pointer == "/options/veto"


def test_pairs_of_some_rows_are_those_of_all_rows():
    raw = np.random.default_rng(5).random((6, 3))
    whole, part = (electre(raw, [0.5, 0.3, 0.2], ["max", "min", "max"], rows) for rows in (None, [4, 1]))
    for name in ("concordance", "discordance", "worst"):
        assert (getattr(part, name) == getattr(whole, name)[[4, 1]]).all()
