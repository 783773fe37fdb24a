"""Who is in reach of a work: along the gangs for what one walks to, straight for the rest, and how that is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from tests.planning.small_city import city, gangs, work
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.effects import advice
from webgis.planning.judging import works
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.scoring import Judged
from webgis.store import facts as tables

X, Y = 500_000.0, 9_000_000.0


def place(facts: Facts, *streets: list[tuple[float, float]]) -> Facts:
    """The same homes with other streets, given in metres from the first corner."""
    lines = [shapely.LineString(np.array(line) + (X, Y)) for line in streets]
    return replace(facts, streets=gangs(lines), _need={})


def judged(facts: Facts, kind: str, at: float = 0.0) -> Judged:
    return work(facts, "a", at, 1_000_000, kind)


def test_a_tap_serves_along_the_gang_and_not_over_the_wall() -> None:
    """60 m straight are 140 m round by the gang, more than its 100 m; a drain would not ask."""
    facts = place(city(60.0, 20.0), [(0, 0), (0, 40), (60, 40), (60, 0)], [(0, 0), (30, 0)])
    made = judged(facts, "water_tap").effect
    assert (made.homes, made.way) == (frozenset({1}), "roads")
    assert judged(facts, "footbridge").effect.homes == frozenset({0, 1})
    assert judged(facts, "footbridge").effect.way == "straight"


@pytest.mark.parametrize(("home", "served"), [(76.0, 1.0), (77.0, 0.0)])
def test_where_no_gang_is_drawn_the_straight_line_with_its_detour_counts(home: float, served: float) -> None:
    """76 m x 1.3 are 98.8 m of the 100 m of a tap, 77 m are 100.1 m; the gang of the home does not join."""
    facts = place(city(home), [(-30, 0), (0, 0)], [(home, 0), (home + 20, 0)])
    made = judged(facts, "water_tap").effect
    assert made.served == served
    assert made.way == ("partly" if served else "roads")


def test_a_work_far_from_every_street_says_so() -> None:
    facts = place(city(10.0), [(0, 60), (100, 60)])
    mine = judged(facts, "water_tap")
    assert mine.effect.way == "detour"
    said = advice.warnings(advice.Case(facts, mine, (), (), ()), "en")
    told = [item["message"] for item in said if item["code"] == "warn_no_road"]
    assert told == [
        "No street or gang on the map within 50 m, so the way to homes is the straight line × 1.3. Check its place."
    ]
    assert "warn_no_road" not in codes(facts, judged(facts, "footbridge"))
    assert "warn_no_road" not in codes(place(facts, [(0, 40), (100, 40)]), mine, "water_tap")


def codes(facts: Facts, mine: Judged, again: str | None = None) -> set[Any]:
    item = judged(facts, again) if again else mine
    return {one["code"] for one in advice.warnings(advice.Case(facts, item, (), (), ()), "en")}


def test_what_serves_already_serves_along_the_gang_too() -> None:
    """A tap 60 m off behind a wall does not serve yet: its way is 140 m."""
    tap = tables.Assets(
        np.array(["1"]), np.array(["public_tap"]), np.array(["good"]), np.array([shapely.Point(X, Y)])
    )
    walled = [(0, 0), (0, 40), (60, 40), (60, 0)]
    far = replace(place(city(60.0), walled), assets=tap, _need={})
    assert far.need(catalogue().work_types["water_tap"]).tolist() == [1.0]
    assert works.newly_served(far, judged(far, "water_tap", 60.0).work).total == 1
    joined = replace(place(city(60.0), walled, [(0, 0), (60, 0)]), assets=tap, _need={})
    assert joined.need(catalogue().work_types["water_tap"]).tolist() == [0.0]


def test_houses_of_everybody_are_counted_by_the_same_way() -> None:
    one = city(10.0)
    facts = place(
        replace(one, everybody=city(60.0, 20.0).homes),
        [(0, 0), (0, 40), (60, 40), (60, 0)],
        [(0, 0), (30, 0)],
    )
    assert judged(facts, "water_tap").effect.beneficiaries == pytest.approx(1)
