"""City programmes by the contract: recorded, changed, deleted, by version; who sees what is not public yet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.rights_table import PROGRAMME
from tests.tiles.test_tiles import tile_of
from tests.web import HOME, Person, signed_in, work
from webgis.planning.fields import today

ALL = "/api/v1/city-programmes"
YEAR = today().year


def programme(person: Person, **said: Any) -> dict[str, Any]:
    """A new programme as a client sends it, where a proposal lies."""
    place = work(person)["geometry"]
    return {"type": "Feature", "geometry": place, "properties": {**PROGRAMME, "year": YEAR, **said}}


def recorded(person: Person, planner: Person, **said: Any) -> str:
    answer = person.send("POST", ALL, json=programme(planner, **said))
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def test_a_programme_is_read_back_by_everybody(reviewer, planner, visitor):
    place = recorded(reviewer, planner, budget=2_500_000_000, office="Dinas PU", title="Kolektor Timur")
    said = visitor.client.get(place).json["properties"]
    assert (said["kelurahan"], said["budget"], said["office"], said["public"]) == (
        HOME, 2_500_000_000, "Dinas PU", True,
    )  # fmt: skip
    assert (said["source"], said["source_on"]) == ("RKPD 2026", "2026-01-15")
    listed = visitor.client.get(f"{ALL}?kelurahan=99.01&year={YEAR}&kind=drain").json
    assert said["id"] in {feature["id"] for feature in listed["features"]}
    assert not visitor.client.get(f"{ALL}?kelurahan=99.01&year={YEAR - 20}").json["features"]


def test_writes_name_the_version_they_change_and_history_tells_them(reviewer, planner, visitor):
    place = recorded(reviewer, planner)
    document = programme(planner, title="Drainase primer tahap 2")
    assert reviewer.send("PUT", place, json=document).status_code == 428
    done = reviewer.send("PUT", place, json=document, headers={"If-Match": '"1"'})
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    stale = reviewer.send("PUT", place, json=document, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json["current"]["properties"]["title"]) == (
        412, "Drainase primer tahap 2",
    )  # fmt: skip
    told = visitor.client.get(place + "/history").json["history"]
    assert [change["action"] for change in told] == ["insert", "update"]
    assert told[1]["changed"]["title"]["old"] == "Drainase primer"
    assert reviewer.send("DELETE", place, headers={"If-Match": '"2"'}).status_code == 204
    assert visitor.client.get(place + "/history").status_code == 404
    back = reviewer.send("POST", place + "/restore")
    assert (back.status_code, back.headers["ETag"]) == (200, '"3"')


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"title": " "}, "/properties/title"), ({"kind": "istana"}, "/properties/kind"),
        ({"year": 1700}, "/properties/year"), ({"budget": -1}, "/properties/budget"),
        ({"source": ""}, "/properties/source"), ({"source_on": "2999-01-01"}, "/properties/source_on"),
        ({"office": "x" * 201}, "/properties/office"),
    ],
)  # fmt: skip
def test_what_a_programme_cannot_say_is_refused_with_its_place(reviewer, planner, said, pointer):
    answer = reviewer.send("POST", ALL, json=programme(planner, **said))
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


def test_a_programme_lies_in_a_kelurahan_of_who_records_it(reviewer, planner):
    document = programme(planner)
    document["geometry"] = {"type": "Point", "coordinates": [140.0, -3.0]}
    answer = reviewer.send("POST", ALL, json=document)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/geometry")


def test_what_is_not_public_is_nothing_to_the_public(reviewer, facilitator, planner, visitor, app):
    title = "Normalisasi yang belum diumumkan"
    place = recorded(reviewer, planner, title=title, public=False)
    page = "/program-kota/" + place.rpartition("/")[2]
    for person in (reviewer, facilitator):
        assert person.client.get(place).json["properties"]["public"] is False
        assert title in person.client.get(page).text
        assert title in person.client.get("/program-kota").text
    for person in (visitor, planner):
        assert person.client.get(place).status_code == 404
        assert person.client.get(place + "/history").status_code == 404
        assert person.client.get(page).status_code == 404
        assert title not in person.client.get(f"{ALL}?limit=1000").text
        assert title not in person.client.get("/program-kota").text
    for person in (visitor, reviewer):
        assert title not in person.client.get("/api/v1/export/city-programmes.geojson").text


def test_what_was_not_public_stays_out_of_the_history_of_the_public(reviewer, planner, visitor):
    place = recorded(reviewer, planner, title="Rahasia dulu", public=False)
    open_now = programme(planner, title="Diumumkan")
    assert reviewer.send("PUT", place, json=open_now, headers={"If-Match": "*"}).status_code == 200
    again = programme(planner, title="Diumumkan lagi")
    assert reviewer.send("PUT", place, json=again, headers={"If-Match": "*"}).status_code == 200
    told = visitor.client.get(place + "/history")
    assert [change["version"] for change in told.json["history"]] == [3]
    assert "Rahasia dulu" not in told.text
    assert len(reviewer.client.get(place + "/history").json["history"]) == 3


def test_a_preview_names_the_programmes_in_its_way(reviewer, facilitator, planner):
    recorded(reviewer, planner, title="Saluran kota", kind="drain")
    recorded(reviewer, planner, title="Belum diumumkan kota", kind="drain", public=False)
    recorded(reviewer, planner, title="Sudah lama selesai", kind="drain", year=YEAR - 5)
    drawn = work(planner)
    drawn["properties"]["work_type"] = "drain_new"
    told = planner.send("POST", "/api/v1/proposals/preview?lang=en", json=drawn).json
    near = {one["title"]: one for one in told["programmes"]}
    assert (near["Saluran kota"]["same"], near["Saluran kota"]["metres"]) == (True, 0.0)
    assert not {"Belum diumumkan kota", "Sudah lama selesai"} & set(near)
    warning = next(one for one in told["warnings"] if "Saluran kota" in one["message"])
    assert (warning["code"], warning["about"]["kind"]) == ("warn_programme_same", "programme")
    panel = planner.send("POST", f"/plan/{HOME}/panel/preview", json=drawn).text
    assert f"/program-kota/{near['Saluran kota']['id']}" in panel
    seen = facilitator.send("POST", "/api/v1/proposals/preview", json=drawn).json["programmes"]
    assert "Belum diumumkan kota" in {one["title"] for one in seen}


def test_the_tiles_hold_what_is_public(reviewer, planner, visitor):
    about = visitor.client.get("/tiles/city-programmes.json").json
    assert about["vector_layers"][0]["fields"]["name"] == "String"


def test_the_map_shows_what_is_not_public_to_those_who_may_read_it(
    reviewer, facilitator, planner, visitor, app
):
    place = recorded(reviewer, planner, title="Belum untuk peta umum", public=False)
    x, y = tile_of(*reviewer.client.get(place).json["geometry"]["coordinates"][0], 15)
    for person in (reviewer, facilitator, planner, visitor, signed_in(app, "partner"), reviewer):
        tile = person.client.get(f"/tiles/city-programmes/15/{x}/{y}.mvt")
        reads = person in (reviewer, facilitator)
        assert (b"Belum untuk peta umum" in tile.data) == reads
        assert tile.headers["Cache-Control"].startswith("private" if reads else "public")


def test_what_is_not_public_moves_no_version_of_the_public_tiles(reviewer, facilitator, planner, visitor):
    place = recorded(reviewer, planner, title="Diam-diam", public=False)
    x, y = tile_of(*reviewer.client.get(place).json["geometry"]["coordinates"][0], 15)
    tile = f"/tiles/city-programmes/15/{x}/{y}.mvt"

    def seen() -> list[list[str]]:
        about = visitor.client.get("/tiles/city-programmes.json").text
        return [
            [about, *(person.client.get(tile).headers["ETag"] for person in (visitor, planner))],
            [person.client.get(tile).headers["ETag"] for person in (reviewer, facilitator)],
        ]

    def write(**said: Any) -> None:
        document = programme(planner, title="Diam-diam", **said)
        assert reviewer.send("PUT", place, json=document, headers={"If-Match": "*"}).status_code == 200

    outside, inside = seen()
    write(public=False, budget=5)
    assert (seen()[0] == outside, seen()[1] == inside) == (True, False)
    outside, inside = seen()
    write(public=True)
    assert (seen()[0] == outside, seen()[1] == inside) == (False, False)
    outside, inside = seen()
    write(public=False)
    assert (seen()[0] == outside, seen()[1] == inside) == (False, False)
    outside, _ = seen()
    assert reviewer.send("DELETE", place, headers={"If-Match": "*"}).status_code == 204
    assert reviewer.send("POST", place + "/restore").status_code == 200
    assert seen()[0] == outside
