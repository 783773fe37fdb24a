"""Tiles read back by another program: layers, attributes, caching, refusals."""

from __future__ import annotations

import gzip
import math

import mapbox_vector_tile
import pytest

from tests.api.rights_table import PROGRAMME
from tests.web import HOME, signed_in
from webgis.store.tiles import LAYERS


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    n = 1 << z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
    return int((lon + 180) / 360 * n), int(y)


@pytest.fixture(scope="module")
def centre(app, planner):
    """The middle of the kelurahan, where a city programme lies as well."""
    west, south, east, north = planner.client.get(f"/api/v1/regions/{HOME}").json["bbox"]
    place = (west + east) / 2, (south + north) / 2
    document = {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": PROGRAMME,
    }  # fmt: skip
    made = signed_in(app, "reviewer").send("POST", "/api/v1/city-programmes", json=document)
    assert made.status_code == 201, made.text
    return place


def address(layer: str, z: int, place: tuple[float, float]) -> str:
    x, y = tile_of(*place, z)
    return f"/tiles/{layer}/{z}/{x}/{y}.mvt"


@pytest.mark.parametrize("layer", sorted(LAYERS))
def test_a_tile_holds_its_layer_with_the_promised_attributes_only(planner, centre, layer):
    answer = planner.client.get(address(layer, 15, centre))
    assert answer.status_code == 200
    decoded = mapbox_vector_tile.decode(answer.data)
    assert list(decoded) == [layer]
    assert decoded[layer]["extent"] == 4096
    assert decoded[layer]["features"]
    for feature in decoded[layer]["features"]:
        assert set(feature["properties"]) <= set(LAYERS[layer].fields)


def test_grades_are_in_the_slum_tiles(planner, centre):
    decoded = mapbox_vector_tile.decode(planner.client.get(address("slum-areas", 13, centre)).data)
    areas = [feature["properties"] for feature in decoded["slum-areas"]["features"]]
    grades = {area["grade"] for area in areas if area["level"] == "rt"}
    assert grades <= {"none", "light", "medium", "heavy"}
    assert len(grades) > 1


def test_the_same_tile_has_the_same_bytes_and_an_unchanged_one_is_304(app, visitor, centre):
    url = address("buildings", 16, centre)
    first = visitor.client.get(url, headers={"Accept-Encoding": "gzip"})
    app.extensions["webgis.tiles"].__init__()
    second = visitor.client.get(url, headers={"Accept-Encoding": "gzip"})
    assert first.data == second.data
    assert first.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(first.data) == visitor.client.get(url).data
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = visitor.client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_change_gives_another_etag(planner, centre):
    from tests.web import work

    url = address("proposals", 14, centre)
    before = planner.client.get(url).headers["ETag"]
    assert planner.send("POST", "/api/v1/proposals", json=work(planner)).status_code == 201
    assert planner.client.get(url).headers["ETag"] != before


def test_households_are_for_those_with_the_right_there(app, planner, visitor, centre):
    url = address("households", 15, centre)
    assert visitor.client.get(url).status_code == 401
    assert visitor.client.get("/tiles/households.json").status_code == 401
    for role in ("partner", "city", "reviewer"):
        assert signed_in(app, role).client.get(url).status_code == 403, role
    mine = planner.client.get(url)
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert mapbox_vector_tile.decode(mine.data)["households"]["features"]
    west, south, east, north = visitor.client.get("/api/v1/regions/99.01.02.1001").json["bbox"]
    elsewhere = address("households", 17, ((west + east) / 2, (south + north) / 2))
    assert planner.client.get(elsewhere).data == b""
    assert signed_in(app, "facilitator").client.get(elsewhere).status_code == 200


@pytest.mark.parametrize(
    "rest", ["99/0/0", "1/2/0", "1/0/2", "-1/0/0", "1/-1/0", "1/0/99999999999999999999", "a/b/c", "23/0/0"]
)
def test_tiles_that_do_not_exist_are_404(visitor, rest):
    answer = visitor.client.get(f"/tiles/roads/{rest}.mvt")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_tilejson_says_where_the_tiles_are(visitor):
    found = visitor.client.get("/tiles/assets.json").json
    assert found["tilejson"] == "3.0.0"
    assert found["minzoom"] == 14
    assert found["tiles"][0].startswith("http://localhost/tiles/assets/{z}/{x}/{y}.mvt")
    assert found["vector_layers"][0]["id"] == "assets"
    assert visitor.client.get("/tiles/nothing.json").status_code == 404
