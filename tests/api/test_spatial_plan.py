"""The spatial plan over HTTP: preview, ranking, panels, tiles and exports say it in the reader's language."""

from __future__ import annotations

import json

import pytest
from shapely.geometry import shape

from tests.web import HOME


@pytest.fixture(scope="module")
def bank(planner):
    """A house to be repaired on the river bank."""
    home = shape(planner.client.get(f"/api/v1/regions/{HOME}").json["geometry"])
    zones = planner.client.get(f"/api/v1/export/spatial-plan.geojson?kelurahan={HOME}").json["features"]
    parts = [shape(z["geometry"]).intersection(home) for z in zones if z["properties"]["code"] == "PS"]
    place = max(parts, key=lambda part: part.area).representative_point()
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.x, place.y]},
        "properties": {"title": "RTLH bantaran", "work_type": "house_repair"},
    }


@pytest.mark.parametrize(
    ("lang", "says"),
    [("id", "tidak mengizinkan kegiatan ini di zona PS"), ("en", "does not allow this work in zone PS")],
)
def test_a_preview_and_its_panel_say_that_the_plan_forbids_it(planner, bank, lang, says):
    answer = planner.send("POST", f"/api/v1/proposals/preview?lang={lang}", json=bank)
    told = {item["name"]: item for item in answer.json["gates"]}["spatial_plan"]
    assert (told["passed"], says in told["message"]) == (False, True)
    assert answer.json["rank"] is None
    panel = planner.send("POST", f"/plan/{HOME}/panel/preview?lang={lang}", json=bank).text
    assert says in panel


def test_a_saved_work_on_forbidden_ground_is_listed_without_a_rank(planner, bank):
    made = planner.send("POST", "/api/v1/proposals", json=bank)
    assert made.status_code == 201, made.text
    run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    row = next(row for row in run["ranking"] if row["id"] == made.json["id"])
    assert (row["rank"], row["passes"]) == (None, False)
    assert "spatial_plan" in row["gates_failed"]
    assert "spatial-plan" in run["data_versions"]
    for lang, words in (("id", "sesuai rencana tata ruang"), ("en", "allowed by the spatial plan")):
        assert words in planner.client.get(f"/plan/{HOME}/panel/ranking?lang={lang}").text
        page = planner.client.get(f"/help/method?proposal={made.json['id']}&lang={lang}").text
        assert words.capitalize() in page
        assert "RTH-8" in page, "the matrix stands on the page"


def test_zones_have_a_look_in_the_tiles_and_a_file_of_their_own(visitor):
    about = visitor.client.get("/tiles/spatial-plan.json").json
    assert about["vector_layers"][0]["fields"]["look"] == "String"
    rows = visitor.client.get("/api/v1/export/spatial-plan.geojson").json["features"]
    assert {row["properties"]["plan"] for row in rows} == {"rdtr"}
    assert all(row["properties"]["regulation"] and row["properties"]["year"] == 2023 for row in rows)
    assert json.dumps(rows[0]["properties"]).count("geom") == 0
