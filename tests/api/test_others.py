"""The other nouns of the API, its document, health and what surrounds every answer."""

from __future__ import annotations

import pytest
from openapi_spec_validator import validate

from tests.web import HOME, work


def test_the_openapi_document_is_valid_and_names_its_schemas(visitor):
    document = visitor.client.get("/openapi/openapi.json").json
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert document["components"]["securitySchemes"]
    text = visitor.client.get("/openapi/").text
    assert "/api/v1/proposals" in text
    assert "http://" not in text
    assert "https://" not in text


def test_preview_measures_and_ranks_without_saving(planner):
    before = planner.client.get("/api/v1/proposals?limit=1").json["numberMatched"]
    answer = planner.send("POST", "/api/v1/proposals/preview", json=work(planner))
    assert answer.status_code == 200, answer.text
    assert answer.json["length_m"] > 0
    assert abs(sum(answer.json["contributions"].values()) - answer.json["score"]) < 1e-6
    assert planner.client.get("/api/v1/proposals?limit=1").json["numberMatched"] == before


def test_preview_tells_the_public_nothing(planner, visitor):
    assert visitor.send("POST", "/api/v1/proposals/preview", json=work(planner)).status_code == 401


def test_a_ranking_is_kept_and_read_back(planner, visitor):
    answer = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME})
    assert answer.status_code == 201, answer.text
    assert planner.client.get(answer.headers["Location"]).json == answer.json
    listed = planner.client.get(f"/api/v1/rankings?kelurahan={HOME}").json["rankings"]
    assert answer.json["id"] in [run["id"] for run in listed]
    assert visitor.client.get(answer.headers["Location"]).status_code == 401
    bad = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME, "weights": {"nonsense": 1.0}})
    assert bad.status_code == 422


def test_regions_catalogue_and_slum_areas(visitor):
    get = visitor.client.get
    assert get("/api/v1/regions?kind=kelurahan").json["numberMatched"] == 6
    assert get(f"/api/v1/regions/{HOME}").json["geometry"]["type"] == "MultiPolygon"
    assert get("/api/v1/regions/nowhere").status_code == 404
    names = {get("/api/v1/catalogue" + q).json["states"][0]["name"] for q in ("", "?lang=en")}
    assert names == {"Konsep", "Draft"}
    area = get(f"/api/v1/slum-areas?kelurahan={HOME}&limit=1").json["features"][0]
    forms = get(f"/api/v1/slum-areas/{area['id']}/assessments").json["assessments"]
    assert len(forms[-1]["volumes"]) == 16
    assert forms[-1]["total"] == sum(forms[-1]["scores"].values())
    assert get(f"/api/v1/slum-areas/{area['id']}").json["properties"]["grade"] == forms[-1]["grade"]


def test_exports_keep_households_to_those_with_the_right(planner, visitor):
    assert visitor.client.get("/api/v1/export/proposals.geojson").json["features"]
    assert visitor.client.get("/api/v1/export/households.geojson").status_code == 401
    assert visitor.client.get("/api/v1/export/nothing.geojson").status_code == 404
    found = planner.client.get(f"/api/v1/export/households.geojson?kelurahan={HOME}").json
    assert found["features"]
    assert planner.client.get("/api/v1/export/households.geojson?kelurahan=99.01.02.1001").status_code == 403


@pytest.mark.parametrize(
    ("query", "pointer", "word"),
    [
        ("updated_since=kemarin", "/query/updated_since", "2026-03-31"),
        ("updated_since=2026-01-01T00:00:00+07:00", "/query/updated_since", "%2B"),
        ("bbox=1,2,3", "/query/bbox", "barat,selatan"),
        ("bbox=nan,0,1,1", "/query/bbox", "barat,selatan"),
        ("state=mimpi", "/query/state", "mimpi"),
        ("kelurahan=99.01.01.9999", "/query/kelurahan", "99.01.01.9999"),
    ],
)
def test_filters_of_an_export_are_refused_with_words(visitor, query, pointer, word):
    refused = visitor.client.get(f"/api/v1/export/proposals.csv?{query}&lang=id")
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)
    assert word in refused.json["errors"][0]["message"]
    assert (
        visitor.client.get("/api/v1/export/proposals.csv?state=&kelurahan=&bbox=&updated_since=").status_code
        == 200
    )


def test_health_and_metrics(visitor, planner):
    assert visitor.client.get("/healthz").status_code == 200
    ready = visitor.client.get("/readyz")
    assert ready.json["checks"]["database"]["ok"]
    assert ready.json["checks"]["migrations"]["ok"]
    assert ready.status_code == (200 if ready.json["checks"]["worker"]["ok"] else 503)
    metrics = visitor.client.get("/metrics").text
    assert 'webgis_requests_total{route="/healthz",method="GET",status="200"}' in metrics
    assert "contoh.test" not in metrics


def test_errors_are_documents_for_programs_and_carry_no_internals(visitor):
    wrong = visitor.client.put("/api/v1/catalogue")
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["Allow"]
    assert wrong.mimetype == "application/problem+json"
    assert visitor.client.get("/api/v1/nothing").mimetype == "application/problem+json"
    assert visitor.client.get("/nothing").mimetype == "text/html"


def test_security_headers_and_gzip(visitor):
    answer = visitor.client.get("/api/v1/catalogue", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_assets_are_listed_filtered_and_read(visitor):
    everything = visitor.client.get("/api/v1/assets?limit=1000").json
    assert everything["numberMatched"] == len(everything["features"]) > 100
    drains = visitor.client.get(f"/api/v1/assets?kind=drain&kelurahan={HOME}&condition=broken").json
    assert {item["properties"]["condition"] for item in drains["features"]} <= {"broken"}
    one = visitor.client.get(f"/api/v1/assets/{everything['features'][0]['id']}")
    assert (one.json, one.headers["ETag"]) == (everything["features"][0], '"1"')
    assert visitor.client.get("/api/v1/assets/nonsense").status_code == 404
    x, y = 107.70, -5.60
    near = visitor.client.get(f"/api/v1/assets?bbox={x - 0.01},{y - 0.01},{x + 0.01},{y + 0.01}").json
    assert 0 < near["numberMatched"] < everything["numberMatched"]


def test_a_box_that_is_none_is_refused_wherever_one_may_be_given(visitor):
    for noun in ("assets", "proposals"):
        for bad in ("1,2,3", "a,b,c,d", "1,2,nan,4", "0,5,1,4", "0" * 150):
            answer = visitor.client.get(f"/api/v1/{noun}?bbox={bad}")
            assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/query/bbox"), (
                noun,
                bad,
            )


def test_lists_are_documented_as_the_geojson_they_are(visitor):
    document = visitor.client.get("/openapi/openapi.json").json
    for noun in ("assets", "proposals", "regions", "slum-areas"):
        told = document["paths"][f"/api/v1/{noun}"]["get"]["responses"]["200"]["content"]
        assert list(told) == ["application/geo+json"]
