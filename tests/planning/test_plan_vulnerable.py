"""Vulnerable people in a plan: each counts once for each service, whoever of several works serves them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from gis_core import masterplan
from gis_core.errors import BadInput
from gis_core.masterplan import Candidate, Homes, Rules, Worth
from gis_core.portfolio import benefit
from tests.planning.small_city import POINTS, city, task, work
from webgis.planning.judging import scoring
from webgis.planning.plans.plan_wish import PlanWish, checked
from webgis.planning.ranking.value_for_money import benefits

EACH = 100 * 0.05 / 150
"""Points of a vulnerable person: weight 0.05, last reference point 150."""


def worth_of_all(homes: Homes, *candidates: Candidate) -> float:
    worth = Worth(household=2.0, severity=0.0, deficit=0.0, reduction=0.0, vulnerable=0.5)
    made = masterplan.problem(candidates, homes, worth, Rules(1, ("blm",), ((0,),)))
    return benefit.total(made, range(len(candidates)))


def tap(name: str, *serves: int, capacity: float | None = None, service: str = "water") -> Candidate:
    return Candidate(
        name, 10, service, np.array(serves, dtype=np.intp), 0.0, {0: Fraction(1)}, capacity=capacity
    )


def home_with(*people: float) -> Homes:
    n, none = len(people), np.zeros(len(people))
    return Homes(np.ones(n), [None] * n, none, {"water": none, "road": none}, np.array(people))


def test_people_count_once_for_a_service_and_again_for_another() -> None:
    homes = home_with(3, 0, 1)
    assert worth_of_all(homes, tap("a", 0, 1)) == pytest.approx(2 * 2 + 0.5 * 3)
    assert worth_of_all(homes, tap("a", 0, 1), tap("b", 0, 2)) == pytest.approx(3 * 2 + 0.5 * 4)
    assert worth_of_all(homes, tap("a", 0), tap("b", 0, service="road")) == pytest.approx(2 * (2 + 0.5 * 3))


def test_a_tap_with_little_room_is_for_those_with_most_vulnerable_people() -> None:
    assert worth_of_all(home_with(0, 3, 1), tap("a", 0, 1, 2, capacity=2)) == pytest.approx(2 * 2 + 0.5 * 4)


@pytest.mark.parametrize("people", [np.ones(1), np.array([-1.0, 0.0]), np.array([np.nan, 0.0])])
def test_people_that_cannot_be_are_refused(people: np.ndarray) -> None:
    with pytest.raises(BadInput, match="must have shape") as caught:
        Homes(np.ones(2), [None] * 2, np.zeros(2), {}, people)
    assert caught.value.pointer == "/homes/vulnerable"


def test_a_plan_and_the_list_by_rupiah_count_them_alike() -> None:
    facts = replace(city(0, 1, 50), vulnerable=np.array([2.0, 1.0, 4.0]))
    mck = work(facts, "mck", 0, 10, reach=10.0)
    wish = checked(PlanWish("99", {"blm": [10]}, related=False), dt.date(2026, 11, 25))
    made = task(facts, [mck], wish)
    expected = 2 * POINTS + 3 * EACH
    assert benefit.total(made.problem, [0]) == pytest.approx(expected)
    assert benefits(facts, [mck], scoring.criteria(None)) == pytest.approx([expected])
