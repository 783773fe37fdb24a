"""The committed sample city behaves like a city: it tiles, it drains, its numbers add up, and it names nobody.

It knows nothing about the database; it reads `sample_layers/data` and regenerates only the cheap parts.
The statistics it is held against were measured on real Indonesian tables and stand in `sample_layers/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.crs import CRS
from rasterio.transform import xy

from gis_core import slum, zoning
from sample_layers.generator import files, money, skeleton
from sample_layers.generator.feature import Feature
from sample_layers.generator.terrain import Terrain
from tests.sample.conftest import DATA, LAYERS, SampleCity, metric
from webgis.planning import transitions
from webgis.planning.zoning import LETTERS, matrix
from webgis.sample import read_layer

CATALOGUE = Path(__file__).resolve().parents[2] / "webgis" / "catalogue"
STATES = {
    "draft", "submitted", "verified", "under_review", "approved", "returned", "rejected", "funded",
    "under_construction", "completed", "withdrawn",
}  # fmt: skip
NEXT = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"verified", "withdrawn"},
    "verified": {"under_review", "approved", "returned", "rejected", "withdrawn"},
    "under_review": {"approved", "returned", "rejected", "withdrawn"},
    "returned": {"submitted", "withdrawn"},
    "approved": {"funded", "withdrawn"},
    "funded": {"under_construction"},
    "under_construction": {"completed"},
}
FUNDS = {"blm", "bdi", "paket", "apbd", "apbd_prov", "dak", "apbn", "hibah", "swasta", "swadaya", "lainnya"}
CRITERIA = (
    "1a", "1b", "1c", "2a", "2b", "3a", "3b", "4a", "4b", "4c", "5a", "5b", "6a", "6b", "7a", "7b",
)  # fmt: skip
BASES = {
    "1a": "buildings", "1b": "area_verified_ha", "1c": "buildings", "2a": "road_ideal_m", "2b": "road_ideal_m",
    "3a": "households", "3b": "households", "4a": "area_verified_ha", "4b": "drain_ideal_m", "4c": "drain_ideal_m",
    "5a": "households", "5b": "households", "6a": "households", "6b": "households", "7a": "buildings",
    "7b": "buildings",
}  # fmt: skip


def _catalogue(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((CATALOGUE / f"{name}.toml").read_text(encoding="utf-8"))


def _family(geometry: shapely.Geometry) -> str:
    return {"Point": "point", "LineString": "line", "Polygon": "polygon"}[geometry.geom_type]


# Files


def test_all_files_together_stay_under_six_megabytes() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) <= 6_000_000


def test_nothing_else_lies_in_the_data_folder() -> None:
    expected = {f"{name}.geojson.gz" for name in (*LAYERS, "forums")} | {"dem.tif", "flood.tif"}
    assert {path.name for path in DATA.iterdir()} == expected


def test_gzip_files_carry_no_time_stamp() -> None:
    for name in LAYERS:
        assert (DATA / f"{name}.geojson.gz").read_bytes()[4:8] == b"\0\0\0\0"


@pytest.mark.parametrize("layer", [name for name in LAYERS if name != "slum_assessments"])
def test_geometries_are_valid_flat_and_not_empty(city: SampleCity, layer: str) -> None:
    shapes = [row["geom"] for row in city[layer]]
    assert all(s is not None and s.is_valid and not s.is_empty and not s.has_z for s in shapes)


@pytest.mark.parametrize("layer", [n for n in LAYERS if n not in ("regions", "slum_assessments")])
def test_ids_are_unique(city: SampleCity, layer: str) -> None:
    ids = [row["id"] for row in city[layer]]
    assert len(set(ids)) == len(ids)


def test_the_city_lies_over_open_sea(city: SampleCity) -> None:
    x0, y0, x1, y1 = city.regions("kota")["99.01"]["geom"].bounds
    assert 107.6 < x0 < x1 < 107.8
    assert -5.7 < y0 < y1 < -5.5


# Regions


def test_the_city_has_the_promised_number_of_regions(city: SampleCity) -> None:
    assert len(city.regions("kelurahan")) == 6
    assert 50 <= len(city.regions("rw")) <= 75
    assert 180 <= len(city.regions("rt")) <= 240


def test_rt_tile_the_city_without_gap_or_overlap(city: SampleCity) -> None:
    shapes = [row["geom"] for row in city.regions("rt").values()]
    assert shapely.coverage_is_valid(shapes)
    whole = metric(city.regions("kota")["99.01"]["geom"]).area
    assert sum(metric(s).area for s in shapes) == pytest.approx(whole, rel=1e-6)


@pytest.mark.parametrize(("child", "parent"), [("rt", "rw"), ("rw", "kelurahan"), ("kelurahan", "kecamatan")])
def test_every_level_is_the_union_of_the_level_below(city: SampleCity, child: str, parent: str) -> None:
    parents = city.regions(parent)
    parts: dict[str, list[shapely.Geometry]] = {code: [] for code in parents}
    for row in city.regions(child).values():
        parts[row["parent"]].append(row["geom"])
    for code, shapes in parts.items():
        outer = parents[code]["geom"]
        assert shapes
        assert shapely.union_all(shapes).symmetric_difference(outer).area < 1e-9 * outer.area + 1e-13


def test_counts_of_a_region_are_the_sum_of_its_parts(city: SampleCity) -> None:
    for key in ("population", "households"):
        kota = city.regions("kota")["99.01"][key]
        for kind in ("kecamatan", "kelurahan", "rw", "rt"):
            assert sum(row[key] for row in city.regions(kind).values()) == kota


def test_no_rt_is_empty_of_people(city: SampleCity) -> None:
    assert min(row["households"] for row in city.regions("rt").values()) >= 15


# Base map


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


# Households


def test_there_are_about_six_thousand_poor_households(city: SampleCity) -> None:
    assert 5_500 <= len(city["households"]) <= 6_500


def test_a_household_lies_inside_its_rt(city: SampleCity) -> None:
    rts = city.regions("rt")
    for row in rts.values():
        shapely.prepare(row["geom"])
    assert all(rts[row["rt"]]["geom"].contains(row["geom"]) for row in city["households"])


def test_households_carry_no_name_and_no_identity_number(city: SampleCity) -> None:
    allowed = {
        "id", "rt", "members", "elderly", "under_five", "disabled", "female_headed", "decile", "register",
        "register_date", "geom",
    }  # fmt: skip
    assert {key for row in city["households"] for key in row} == allowed
    text = json.dumps(
        [{k: v for k, v in row.items() if k not in ("geom", "id")} for row in city["households"]]
    )
    assert "nama" not in text.lower()
    assert "nik" not in text.lower()


def test_members_of_a_household_add_up(city: SampleCity) -> None:
    for row in city["households"]:
        assert 1 <= row["members"] <= 9
        assert row["elderly"] <= row["members"]
        assert row["under_five"] <= max(row["members"] - 1, 0)
        assert 1 <= row["decile"] <= 4


def test_share_of_poor_families_is_like_bandungs(city: SampleCity) -> None:
    assert len(city["households"]) / city.regions("kota")["99.01"]["households"] == pytest.approx(
        0.40, abs=0.03
    )


# Slum assessment


def test_every_slum_rt_has_three_years(city: SampleCity) -> None:
    years: dict[str, set[int]] = {row["code"]: set() for row in city["slum_areas"]}
    for row in city["slum_assessments"]:
        years[row["code"]].add(row["year"])
    assert len(years) >= 50
    assert all(found == {2024, 2025, 2026} for found in years.values())


def test_no_volume_leaves_its_base(city: SampleCity) -> None:
    for row in city["slum_assessments"]:
        for criterion in CRITERIA:
            assert 0 <= row[f"v{criterion}"] <= row[BASES[criterion]]
        assert row["v2a"] + row["v2b"] <= row["road_ideal_m"]
        assert row["v4b"] + row["v4c"] <= row["drain_ideal_m"]
        assert row["v1b"] in (0, row["area_verified_ha"])


def test_slum_statistics_are_near_the_real_ones(city: SampleCity) -> None:
    rows = [row for row in city["slum_assessments"] if row["year"] == 2024]

    def middle(key: Callable[[dict[str, Any]], float]) -> float:
        return float(np.median([key(row) for row in rows]))

    assert middle(lambda r: r["area_verified_ha"]) == pytest.approx(0.70, rel=0.25)
    assert middle(lambda r: r["persons"] / r["households"]) == pytest.approx(3.4, abs=0.25)
    assert middle(lambda r: r["households"] / r["buildings"]) == pytest.approx(1.27, abs=0.12)
    assert middle(lambda r: r["buildings"] / r["area_verified_ha"]) == pytest.approx(52, rel=0.35)
    assert middle(lambda r: r["persons"] / r["area_verified_ha"]) == pytest.approx(230, rel=0.25)


def test_totals_are_near_the_real_mean_and_every_grade_occurs(city: SampleCity) -> None:
    totals = [_total(row) for row in city["slum_assessments"] if row["year"] == 2024]
    assert np.mean(totals) == pytest.approx(22.9, abs=4)
    bands = np.digitize(totals, [16, 38, 60])
    assert set(bands.tolist()) == {0, 1, 2, 3}


def test_considerations_follow_the_form_and_every_class_of_legality_occurs(city: SampleCity) -> None:
    rows = [row for row in city["slum_assessments"] if row["year"] == 2026]
    for row in rows:
        density = row["persons"] / row["area_verified_ha"]
        by_density = 5 if density > 200 else 3 if density > 150 else 1
        assert row["considerations"]["population_density"] == by_density
        assert row["considerations"]["strategic_location"] in (1, 5)
        assert row["considerations"]["socio_economic_culture"] in (1, 5)
    sums = {sum(row["considerations"].values()) for row in rows}
    assert min(sums) < 6 and max(sums) >= 11, "from low to high"
    legal = np.mean([row["tenure_clear"] and row["zoning_conform"] for row in rows])
    assert 0.25 <= legal <= 0.6, "slums lie by the river, yet not all of them on its banks"
    assert all(row["considerations"] == {} for row in city["slum_assessments"] if row["year"] == 2024)


def test_slum_becomes_less_over_the_years(city: SampleCity) -> None:
    mean = [
        np.mean([_total(r) for r in city["slum_assessments"] if r["year"] == y]) for y in (2024, 2025, 2026)
    ]
    assert mean[0] > mean[1] > mean[2]


def _total(row: dict[str, Any]) -> int:
    """Scores by Permen 14/2018, written out here so that the data is not checked by the code it feeds."""
    points = 0
    for criterion in CRITERIA:
        percent = round(100 * row[f"v{criterion}"] / row[BASES[criterion]], 2)
        points += 5 if percent >= 76 else 3 if percent >= 51 else 1 if percent >= 25 else 0
    return points


def test_bases_agree_with_the_assessment_rules_of_gis_core() -> None:
    assert len(slum.CRITERIA) == len(CRITERIA)


# Assets


def test_assets_are_of_known_kinds_with_fitting_geometry(city: SampleCity) -> None:
    kinds = _catalogue("asset_kinds")
    for row in city["assets"]:
        assert row["kind"] in kinds
        assert row["condition"] in {"good", "light_damage", "heavy_damage", "broken", None}
    kinds_found = Counter(row["kind"] for row in city["assets"])
    assert len(kinds_found) >= 25
    assert 350 <= sum(kinds_found.values()) <= 500


def test_drains_fall_with_the_ground_in_most_cases(
    city: SampleCity, height: Callable[[float, float], float]
) -> None:
    lines = [metric(row["geom"]) for row in city["assets"] if row["kind"] == "drain"]
    falls = np.array([height(*line.coords[0]) - height(*line.coords[-1]) for line in lines])
    assert len(lines) > 80
    assert np.mean(falls > 0) > 0.85
    assert falls.min() > -0.5


def test_some_drains_reach_the_water_and_some_are_broken(city: SampleCity) -> None:
    water = metric(shapely.union_all([row["geom"] for row in city["waterways"]]))
    drains = [row for row in city["assets"] if row["kind"] == "drain"]
    ends = [shapely.Point(metric(row["geom"]).coords[-1]) for row in drains]
    assert sum(end.distance(water) < 15 for end in ends) >= 5
    assert {row["condition"] for row in drains} == {"good", "light_damage", "heavy_damage", "broken"}


# Rasters


def test_rasters_are_ten_metre_grids_in_utm() -> None:
    for name in ("dem", "flood"):
        with rasterio.open(DATA / f"{name}.tif") as source:
            assert source.crs == CRS.from_epsg(32748)
            assert source.res == (10.0, 10.0)
            assert source.nodata == -9999.0
            assert source.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"


def test_the_flood_is_deepest_near_the_river(city: SampleCity) -> None:
    river = metric(next(row["geom"] for row in city["waterways"] if row["kind"] == "river"))
    shapely.prepare(river)
    with rasterio.open(DATA / "flood.tif") as source:
        depth = source.read(1)
        rows, columns = np.indices(depth.shape)
        x, y = (
            np.array(axis).reshape(depth.shape)
            for axis in xy(source.transform, rows.ravel(), columns.ravel())
        )
    distance = shapely.distance(shapely.points(x, y), river)
    near = depth[(distance > 5) & (distance < 60) & (depth >= 0)]
    far = depth[(distance > 450) & (depth >= 0)]
    assert near.mean() > 0.5
    assert far.max() == 0


# Proposals


def test_every_state_occurs(city: SampleCity) -> None:
    assert {row["state"] for row in city["proposals"]} == STATES


def test_every_kelurahan_has_ten_proposals_and_the_slum_one_most(city: SampleCity) -> None:
    counts = Counter(row["kelurahan"] for row in city["proposals"])
    assert set(counts) == set(city.regions("kelurahan"))
    assert min(counts.values()) >= 10
    slums = Counter(row["kelurahan"] for row in city["slum_areas"])
    assert counts.most_common(1)[0][0] == slums.most_common(1)[0][0]


def test_a_proposal_lies_in_one_kelurahan_and_fits_its_work_type(city: SampleCity) -> None:
    types, kelurahan = _catalogue("work_types"), city.regions("kelurahan")
    for row in city["proposals"]:
        kind = types[row["work_type"]]
        assert kelurahan[row["kelurahan"]]["geom"].contains(row["geom"])
        assert _family(row["geom"]) in kind["geometry"]
        assert row["unit"] == kind["unit"]
        assert row["rw"] in city.regions("rw")
        assert row["rw"].startswith(row["kelurahan"])
    assert len({row["work_type"] for row in city["proposals"]}) >= 30


def test_funding_sums_to_the_cost(city: SampleCity) -> None:
    used: set[str] = set()
    for row in city["proposals"]:
        assert sum(row["funding"].values()) == row["cost"] > 0
        assert all(isinstance(amount, int) and amount > 0 for amount in row["funding"].values())
        used |= set(row["funding"])
    assert used == FUNDS


def test_cost_is_near_volume_times_unit_cost(city: SampleCity) -> None:
    types = money.catalogue()
    for row in city["proposals"]:
        usual = row["volume"] * float(str(types[row["work_type"]]["unit_cost"]))
        assert 0.6 * usual < row["cost"] < 1.6 * usual
        if not row["cost_typed"]:
            assert row["cost"] == round(usual)


def test_the_length_of_a_line_is_its_volume(city: SampleCity) -> None:
    for row in city["proposals"]:
        if row["unit"] == "m":
            assert row["volume"] == pytest.approx(metric(row["geom"]).length, rel=0.002, abs=0.1)


def test_reviews_tell_an_allowed_path_to_the_state(city: SampleCity) -> None:
    for row in city["proposals"]:
        now, last = "draft", datetime.fromisoformat(row["created_at"])
        for review in row["reviews"]:
            assert review["from_state"] == now
            assert review["to_state"] in NEXT[now]
            assert review["author"] and review["note"]
            assert datetime.fromisoformat(review["at"]) > last
            now, last = review["to_state"], datetime.fromisoformat(review["at"])
        assert now == row["state"]


def test_reviews_speak_of_steps_the_application_knows(city: SampleCity) -> None:
    for row in city["proposals"]:
        for review in row["reviews"]:
            ways = transitions.WAYS[review["action"]]
            assert (review["from_state"], review["to_state"]) in {(way.source, way.target) for way in ways}


def test_only_paket_proposals_are_under_review(city: SampleCity) -> None:
    for row in city["proposals"]:
        passed = {review["to_state"] for review in row["reviews"]}
        assert ("under_review" in passed) <= row["is_paket"]
        assert ("paket" in row["funding"]) == row["is_paket"]


def test_proposals_spread_over_two_years_and_residents_comment(city: SampleCity) -> None:
    years = Counter(row["created_at"][:4] for row in city["proposals"])
    assert set(years) == {"2025", "2026"}
    assert min(years.values()) >= 20
    comments = [c for row in city["proposals"] for c in row["comments"]]
    assert len(comments) >= 40
    assert all(c["author"].startswith("Warga RT") for c in comments)


def test_no_forum_counts_more_votes_than_voters(city: SampleCity) -> None:
    home = {row["id"]: row["kelurahan"] for row in city["proposals"] if row["state"] != "draft"}
    forums = [item["properties"] for item in read_layer(DATA, "forums")]
    assert len({forum["kelurahan"] for forum in forums}) == 6
    for forum in forums:
        assert {home[key] for key in forum["votes"]} == {forum["kelurahan"]}
        for given in forum["votes"].values():
            assert 0 <= given["men"] <= forum["men"] and 0 <= given["women"] <= forum["women"]


def test_readiness_has_every_paper(city: SampleCity) -> None:
    papers = {"survey", "drawing", "cost_estimate", "site_check", "operator", "fee", "schedule", "rules"}
    for row in city["proposals"]:
        assert row["readiness"].keys() == papers | {"land", "cofunding"}
        assert row["readiness"]["cofunding"] in {"none", "verbal", "letter"}
        assert row["readiness"]["land"] in {"none", "verbal", "signed", "certificate"}


# The generator


def test_bones_and_terrain_come_out_the_same_twice() -> None:
    def digest() -> str:
        bones = skeleton.draw()
        dem, flood = Terrain(bones).grids(bones)
        lines = b"".join(shapely.to_wkb(street.line) for street in bones.streets)
        return hashlib.sha256(dem.tobytes() + flood.tobytes() + lines).hexdigest()

    assert digest() == digest()


def test_committed_heights_are_those_of_the_generator() -> None:
    bones = skeleton.draw()
    dem, flood = Terrain(bones).grids(bones)
    for name, grid in (("dem", dem), ("flood", flood)):
        with rasterio.open(DATA / f"{name}.tif") as source:
            np.testing.assert_allclose(source.read(1), grid, atol=0.011)


def test_the_writer_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    features = [Feature(shapely.Point(10, 20), {"b": 1, "a": "x"}), Feature(None, {"a": None})]
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        files.write_layer(tmp_path / folder, "thing", features)
    first, second = ((tmp_path / f / "thing.geojson.gz").read_bytes() for f in ("one", "two"))
    assert first == second


def test_ground_falls_along_the_river() -> None:
    bones = skeleton.draw()
    land = Terrain(bones)
    along = shapely.get_coordinates(shapely.line_interpolate_point(bones.river, np.linspace(400, 2900, 12)))
    levels = land.water_level(along[:, 0], along[:, 1])
    assert all(after < before for before, after in pairwise(levels.tolist()))
