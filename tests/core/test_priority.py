"""Considerations, legality, class, priority and order of treatment, against the tables of the handbook 1.7.

It knows nothing about the command line. The nine priorities are a public system's, the density words SNI 03-1733's.
"""

from __future__ import annotations

import pytest

from gis_core import priority
from gis_core.errors import BadInput
from gis_core.priority import Considerations, Legality, consider


@pytest.mark.parametrize(
    ("grade", "high", "medium", "low"), [("heavy", 1, 4, 7), ("medium", 2, 5, 8), ("light", 3, 6, 9)]
)
def test_priority_goes_by_considerations_then_by_grade(grade, high, medium, low):
    assert [priority.priority(grade, level) for level in ("high", "medium", "low")] == [high, medium, low]


def test_the_class_is_a_letter_by_grade_and_a_number_by_considerations_and_legality():
    every = [
        priority.classification(grade, level, legal)
        for grade in ("heavy", "medium", "light")
        for level in ("high", "medium", "low")
        for legal in (True, False)
    ]
    assert every == [f"{letter}{number}" for letter in "ABC" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("grade", "legal", "wanted"),
    [
        ("heavy", True, "renewal"), ("medium", True, "renewal"), ("light", True, "upgrading"),
        ("heavy", False, "resettlement"), ("medium", False, "resettlement"), ("light", False, "resettlement"),
    ],
)  # fmt: skip
def test_the_pattern_of_treatment_follows_grade_and_legality(grade, legal, wanted):
    assert priority.treatment(grade, legal) == wanted


def test_what_is_not_slum_has_no_class_priority_or_treatment():
    assert priority.priority("none", "high") is None
    assert priority.classification("none", "high", True) is None
    assert priority.treatment("none", False) is None


@pytest.mark.parametrize("signs", [(True, False), (False, True), (False, False)])
def test_land_is_legal_only_where_tenure_and_zoning_are(signs):
    assert Legality(True, True).legal and not Legality(*signs).legal


@pytest.mark.parametrize(
    ("points", "total", "level"),
    [((1, 1, 1), 3, "low"), ((1, 3, 1), 5, "low"), ((1, 5, 1), 7, "medium"), ((5, 1, 1), 7, "medium"),
     ((1, 3, 5), 9, "medium"), ((5, 1, 5), 11, "high"), ((5, 5, 5), 15, "high")],
)  # fmt: skip
def test_considerations_sum_to_3_to_15_and_are_banded(points, total, level):
    items = dict(zip(priority.CONSIDERATIONS.points, points, strict=True))
    assert consider(items) == (total, level)


@pytest.mark.parametrize(
    ("points", "pointer"),
    [
        (
            {"strategic_location": 3, "population_density": 3, "socio_economic_culture": 1},
            "/strategic_location",
        ),
        (
            {"strategic_location": 5, "population_density": 2, "socio_economic_culture": 1},
            "/population_density",
        ),
        ({"strategic_location": 5, "population_density": 3}, "/socio_economic_culture"),
        ({"poor_share": 5}, "/poor_share"),
    ],
)
def test_points_the_table_does_not_know_are_refused(points, pointer):
    with pytest.raises(BadInput) as refused:
        consider(points)
    assert refused.value.pointer == pointer


def test_a_city_may_add_a_consideration_of_its_own():
    table = Considerations({**priority.CONSIDERATIONS.points, "low_income_share": (1, 3, 5)}, (8, 14))
    points = dict.fromkeys(priority.CONSIDERATIONS.points, 1) | {"low_income_share": 5}
    assert consider(points, table) == (8, "medium")


@pytest.mark.parametrize(
    ("density", "city", "points"),
    [(150, "metropolitan", 1), (150.4, "metropolitan", 3), (400, "large", 3), (400.5, "large", 5),
     (200, "medium", 3), (201, "small", 5), (0, "small", 1)],
)  # fmt: skip
def test_density_gives_points_by_the_size_of_the_city(density, city, points):
    assert priority.density_points(density, city) == points


@pytest.mark.parametrize(("density", "city"), [(-1, "small"), (float("nan"), "small"), (10, "hamlet")])
def test_an_impossible_density_is_refused(density, city):
    with pytest.raises(BadInput):
        priority.density_points(density, city)


def test_order_breaks_ties_by_total_poor_share_and_area_and_puts_the_unknown_last():
    nan = float("nan")
    found = priority.order(
        [4, None, 1, 4, 4, 4], [30, 9, 61, 40, 30, 30], [0.2, 0, 0, 0.1, nan, 0.5], [1, 1, 1, 1, 1, 1]
    )
    assert found.tolist() == [2, 3, 5, 0, 4, 1]
    assert priority.order([4, 4], [30, 30], [0.2, 0.2], [1, 2]).tolist() == [1, 0]
    with pytest.raises(BadInput):
        priority.order([4, 4], [30], [0.2, 0.2], [1, 2])


def test_unknown_words_are_refused():
    with pytest.raises(BadInput):
        priority.priority("ringan", "high")
    with pytest.raises(BadInput):
        priority.classification("light", "tinggi", True)
