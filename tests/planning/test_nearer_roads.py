"""What a way saves poor households to a motor road: by the classes of the layer, and only for those who may count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.small_city import city
from tests.planning.test_proposals import a_draft
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.effects.preview import preview
from webgis.planning.judging import nearer_roads
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.work import Work
from webgis.store import facts as tables
from webgis.store.database import Database

EAST, NORTH = 500_000.0, 9_000_000.0


def line(*places: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(EAST + x, NORTH + y) for x, y in places])


def place(kind: str = "collector") -> Facts:
    """A street in the south, a gang that leaves it at 300 m and comes back 100 m further north; homes at its end."""
    streets = tables.Streets(
        np.array([kind, "gang"]),
        np.array([line((0, -100), (300, -100)), line((300, -100), (300, 0), (0, 0))]),
    )
    return replace(city(20, 200), streets=streets)


def gain(facts: Facts, kind: str, way: Any) -> Any:
    return nearer_roads.gain(facts, Work("w", catalogue().work_types[kind], way, 1.0, 1, {}, {}))


def test_a_stairway_at_the_end_of_a_gang_saves_the_way_around() -> None:
    told = gain(place(), "stairway", line((0, 0), (0, -100)))
    assert (told.nearer, told.joined) == (1, 0)
    assert told.mean_nearer == pytest.approx(260)
    assert told.mean == pytest.approx(130)


def test_a_gang_is_no_motor_road() -> None:
    told = gain(place("path"), "stairway", line((0, 0), (0, -100)))
    assert (told.mean, told.nearer, told.joined) == (None, 0, 0)


def test_asphalt_makes_a_motor_road_of_the_gang_and_paving_does_not() -> None:
    along = line((300, -100), (300, 0), (0, 0))
    assert gain(place(), "road_asphalt", along).mean == pytest.approx((380 + 200) / 2)
    assert gain(place(), "road_paving", along).mean == 0


def test_what_is_no_way_saves_nothing() -> None:
    assert gain(place(), "drain_new", line((0, 0), (0, -100))) is None
    assert gain(place(), "footbridge", shapely.Point(EAST, NORTH)) is None
    assert gain(replace(place(), homes=city(0).everybody), "stairway", line((0, 0), (0, -100))) is None


def test_a_preview_tells_it_to_those_who_may_count_only(shared_db: Database, desk: Desk) -> None:
    draft = a_draft(shared_db, work_type="road_asphalt")
    mine = preview(shared_db, desk, actor(shared_db, "planner"), draft)["access_gain"]
    assert mine["mean"] >= 0 and mine["nearer"] >= 0
    city_wide = preview(shared_db, desk, actor(shared_db, "reviewer", "99.01"), draft)
    assert (city_wide["access_gain"], city_wide["kelurahan"]) == (None, KELURAHAN)
    assert preview(shared_db, desk, actor(shared_db, "planner"), a_draft(shared_db))["access_gain"] is None
