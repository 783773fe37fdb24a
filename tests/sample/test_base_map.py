"""Roads, buildings, water, places and the spatial plan of the sample city."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from gis_core import zoning
from tests.sample.conftest import SampleCity, metric
from webgis.planning.catalogues.zoning import LETTERS, matrix


def test_no_building_stands_in_the_water(city: SampleCity) -> None:
    water = shapely.union_all([row["geom"] for row in city["waterways"]])
    shapely.prepare(water)
    assert not any(water.intersects(row["geom"]) for row in city["buildings"])


def test_buildings_do_not_overlap_or_stand_on_roads(city: SampleCity) -> None:
    houses = np.array([metric(row["geom"]).buffer(-0.05) for row in city["buildings"]])
    tree = shapely.STRtree(houses)
    left, right = tree.query(houses, predicate="intersects")
    assert not (left < right).any()
    roads = [metric(row["geom"]).buffer(row["width_m"] / 2 - 0.1) for row in city["roads"]]
    assert tree.query(roads, predicate="intersects").size == 0


def test_only_roads_with_a_bridge_cross_the_river(city: SampleCity) -> None:
    river = next(row["geom"] for row in city["waterways"] if row["kind"] == "river")
    crossing = {row["class"] for row in city["roads"] if row["geom"].intersects(river)}
    assert crossing <= {"main", "collector", "rail"}


def test_base_map_uses_only_the_kinds_of_the_store(city: SampleCity) -> None:
    kinds = {
        "park", "field", "cemetery", "forest", "ricefield", "market", "school", "office", "health", "station",
        "worship", "landmark",
    }  # fmt: skip
    assert {row["kind"] for row in city["places"]} == kinds
    assert {row["class"] for row in city["roads"]} <= {"main", "collector", "local", "gang", "path", "rail"}
    assert {row["use"] for row in city["buildings"]} <= {
        "house",
        "shop",
        "school",
        "worship",
        "public",
        "other",
    }
    assert {row["kind"] for row in city["waterways"]} <= {"river", "canal", "drain", "lake"}


def test_of_the_river_only_the_embankment_is_not_known(city: SampleCity) -> None:
    known = {row["kind"]: (row["depth_m"], row["embankment"]) for row in city["waterways"]}
    assert known == {"river": (4.0, None), "canal": (1.5, True)}


def test_the_spatial_plan_covers_every_kelurahan_once_and_its_codes_are_known(city: SampleCity) -> None:
    shapes = [metric(row["geom"]) for row in city["spatial_plan"]]
    whole = sum(metric(row["geom"]).area for row in city.regions("kelurahan").values())
    assert sum(shape.area for shape in shapes) == pytest.approx(whole, rel=1e-4)
    assert shapely.union_all(shapes).area == pytest.approx(whole, rel=1e-4)
    assert {row["plan"] for row in city["spatial_plan"]} == {"rdtr"}
    assert all(matrix().kind(row["code"]) for row in city["spatial_plan"])
    assert not any(matrix().named(row["name"]) is None for row in city["spatial_plan"])


def test_the_plan_allows_most_proposals_and_forbids_a_few_open_ones(city: SampleCity) -> None:
    zones = [metric(row["geom"]) for row in city["spatial_plan"]]
    asked = [row for row in city["proposals"] if matrix().asked_of(row["work_type"])]
    found: dict[bool | None, list[dict[str, Any]]] = {True: [], None: [], False: []}
    tree = shapely.STRtree(zones)
    for row in asked:
        place = metric(row["geom"])
        near = tree.query(place, "dwithin", zoning.REACH_M)
        says = [LETTERS[matrix().letter(city["spatial_plan"][k]["code"], row["work_type"])] for k in near]
        found[zoning.judge(place, [zones[k] for k in near], says).passed].append(row)
    assert len(found[True]) >= 0.7 * len(asked)
    assert 4 <= len(found[False]) <= 10
    assert {"under_review", "approved"} <= {row["state"] for row in found[False]}
