"""Roads and drains serve whom their gang leads to, and those that are there serve the same homes already."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from tests.planning.small_city import city, gangs
from tests.planning.test_ways import X, Y
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.work import Work
from webgis.planning.judging.works import Effect, effect, newly_served
from webgis.store import facts as tables

GANG = shapely.LineString([(X, Y), (X + 60, Y)])


def behind() -> Facts:
    """A gang of 60 m with poor homes 10, 30 and 60 m behind it, and a gang 100 m behind."""
    facts = city(30.0, 30.0, 30.0)
    homes = replace(facts.homes, xy=np.array([[X + 30, Y + 10], [X + 30, Y + 30], [X + 30, Y + 60]]))
    far = shapely.LineString([(X, Y + 100), (X + 60, Y + 100)])
    return replace(facts, homes=homes, streets=gangs([GANG, far]), _need={})


def line(kind: str) -> Work:
    return Work("a", catalogue().work_types[kind], GANG, 60.0, 1_000_000, {}, {})


def made(facts: Facts, kind: str) -> Effect:
    return effect(facts, line(kind))


def test_paving_and_drain_serve_the_homes_behind_the_first_row_and_say_so() -> None:
    for kind in ("road_paving", "drain_new"):
        found = made(behind(), kind)
        assert (found.homes, found.way) == (frozenset({0, 1}), "nearest")


def test_a_pipe_serves_those_within_its_reach_only() -> None:
    found = made(behind(), "water_pipe")
    assert (found.homes, found.way) == (frozenset({0}), "straight")


def test_who_benefits_is_counted_by_the_same_rule() -> None:
    facts = behind()
    facts = replace(facts, everybody=facts.homes)
    assert made(facts, "drain_new").beneficiaries == 2


def test_a_good_road_along_the_gang_serves_the_same_homes_already() -> None:
    """One in bad condition does not: it is what the paving is for."""
    facts = behind()
    for condition, left in (("good", 0), ("broken", 2)):
        road = tables.Assets(
            np.array(["1"]), np.array(["road"]), np.array([condition]), np.array([GANG], dtype=object)
        )
        assert newly_served(replace(facts, assets=road, _need={}), line("road_paving")).total == left
