"""Exit rules and the hectares they take off; rule sets of 2018 and 2016."""

from __future__ import annotations

import numpy as np
import pytest

from gis_core import leaving, slum
from gis_core.errors import BadInput
from gis_core.rule_sets import PERMEN_02_2016, PERMEN_14_2018, from_2016


def form(rules=PERMEN_14_2018, **shares: float) -> slum.Assessment:
    """A form of one area: 0 but for the named criteria, written k1a=..., k4c=..."""
    row = np.zeros((1, len(rules.criteria)))
    for name, value in shares.items():
        row[0, rules.criteria.index(name[1:])] = value
    return slum.assess(row, rules)


FIFTEEN = {"k1a": 1, "k1c": 1, "k7a": 1}
SEVENTEEN = {**FIFTEEN, "k7b": 0.3, "k1b": 0.3}


@pytest.mark.parametrize(
    ("shares", "rule", "is_out"),
    [
        (FIFTEEN, "exit_2018", True),
        (SEVENTEEN, "exit_2018", False),
        (SEVENTEEN, "exit_kotaku_2016", True),
        ({"k2a": 0.2, "k2b": 0.2}, "exit_kotaku_2016", True),
        ({"k2a": 0.2, "k2b": 0.21}, "exit_kotaku_2016", False),
        ({"k1a": 1, "k1b": 1, "k1c": 1, "k7a": 0.8}, "exit_kotaku_2016", False),
        ({"k2a": float("nan")}, "exit_2018", True),
        ({**FIFTEEN, "k2a": float("nan")}, "exit_2018", False),
        ({"k2a": float("nan")}, "exit_kotaku_2016", False),
    ],
)
def test_an_area_is_out_by_the_rule_of_the_city_whatever_is_unknown(shares, rule, is_out):
    assert leaving.out(form(**shares), rule).tolist() == [is_out]


def test_reduction_counts_whole_areas_that_left_and_those_that_remain():
    before = slum.assess(np.array([[1.0] * 16, [1.0] * 16, [0.0] * 16]))
    after = slum.assess(np.array([[0.0] * 16, [0.5] * 16, [0.0] * 16]))
    found = leaving.reduction(before, after, [2.0, 3.5, 7.0], "exit_2018")
    assert (found.left.tolist(), found.reduced_ha, found.remaining_ha) == ([True, False, False], 2.0, 3.5)


@pytest.mark.parametrize("hectares", [[1.0], [1.0, -1.0], [1.0, float("nan")]])
def test_areas_that_cannot_be_are_refused(hectares):
    two = slum.assess(np.zeros((2, 16)))
    with pytest.raises(BadInput):
        leaving.reduction(two, two, hectares, "exit_2018")


def test_a_rule_that_is_unknown_or_of_another_form_is_refused():
    with pytest.raises(BadInput):
        leaving.out(form(), "exit_1999")
    with pytest.raises(BadInput):
        leaving.out(form(PERMEN_02_2016), "exit_2018", PERMEN_02_2016)


@pytest.mark.parametrize(
    ("total", "grade"),
    [(18, "none"), (19, "light"), (44, "light"), (45, "medium"), (70, "medium"), (71, "heavy")],
)
def test_the_form_of_2016_has_19_criteria_and_bands_of_its_own(total, grade):
    fives, rest = divmod(total, 5)
    ones = {0: [], 1: [0.25], 2: [0.25] * 2, 3: [0.51], 4: [0.51, 0.25]}[rest]
    row = np.array([1.0] * fives + ones + [0.0] * (19 - fives - len(ones)))[None, :]
    filled = slum.assess(row, PERMEN_02_2016)
    assert (filled.total[0], filled.grade[0]) == (total, grade)


def test_a_record_of_2016_is_scored_anew_without_what_2018_no_longer_asks():
    old = PERMEN_02_2016.criteria
    row = np.array([[0.0] * 19])
    for code, share in {"4c": 1.0, "4d": 1.0, "6c": 1.0, "4e": 0.6, "1a": 0.3}.items():
        row[0, old.index(code)] = share
    anew = from_2016(row)
    assert dict(zip(slum.CRITERIA, anew[0], strict=True)) == dict.fromkeys(slum.CRITERIA, 0.0) | {
        "4c": 0.6,
        "1a": 0.3,
    }
    assert (slum.assess(row, PERMEN_02_2016).total[0], slum.assess(anew).total[0]) == (19, 4)
    with pytest.raises(BadInput):
        from_2016(anew)


def test_doubts_of_2016_add_missing_and_bad_drains_not_unconnected_ones():
    bases = {name: [10.0] for name in slum.BASE_QUANTITIES}
    row = dict.fromkeys(PERMEN_02_2016.criteria, 0.0) | {"4b": 6.0, "4c": 9.0, "4e": 5.0}
    found = slum.doubts([list(row.values())], bases, rules=PERMEN_02_2016)
    assert found == [(0, "4e", "drain_overfull")]
