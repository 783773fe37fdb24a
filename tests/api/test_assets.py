"""Assets by the contract: mapped, changed, deleted, by version; and rankings that follow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web import HOME, Person, signed_in

ALL = "/api/v1/assets"
NEXT_DOOR = "99.01.02.1001"


def asset(person: Person, kind: str = "public_tap", home: str = HOME, **said: Any) -> dict[str, Any]:
    """A new asset as a client sends it, at the place of a school of the kelurahan."""
    found = person.client.get(f"{ALL}?kelurahan={home}&limit=1000").json["features"]
    point = next(f["geometry"] for f in found if f["geometry"]["type"] == "Point")
    return {"type": "Feature", "geometry": point, "properties": {"kind": kind, **said}}


def mapped(person: Person, **said: Any) -> tuple[str, dict[str, Any]]:
    document = asset(person, **said)
    answer = person.send("POST", ALL, json=document)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"], document


def test_a_mapped_asset_is_read_back_with_source_and_day(planner, visitor):
    document = asset(
        planner, name="Kran RW 3", condition="good", material="PVC", width_m=0.5, built_year=2020
    )
    answer = planner.send("POST", ALL, json=document)
    assert (answer.status_code, answer.headers["ETag"], answer.mimetype) == (
        201, '"1"', "application/geo+json",
    )  # fmt: skip
    read = visitor.client.get(answer.headers["Location"])
    assert read.json == answer.json
    said = read.json["properties"]
    assert said["kelurahan"] == HOME
    assert said["source"] == "Pemetaan swadaya" and said["surveyed_on"]
    for name, value in document["properties"].items():
        assert said[name] == value


def test_writes_name_the_version_they_change(planner):
    place, document = mapped(planner, source="Survei 2025", surveyed_on="2025-03-01")
    assert planner.send("PUT", place, json=document).status_code == 428
    assert planner.send("DELETE", place).status_code == 428
    document["properties"] = {"kind": "public_tap", "condition": "broken"}
    done = planner.send("PUT", place, json=document, headers={"If-Match": '"1"'})
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    assert done.json["properties"]["source"] == "Survei 2025"
    assert done.json["properties"]["surveyed_on"] == "2025-03-01"
    stale = planner.send("PUT", place, json=document, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.headers["ETag"], stale.json["current_version"]) == (412, '"2"', 2)
    assert stale.json["current"]["properties"]["condition"] == "broken"
    assert planner.send("DELETE", place, headers={"If-Match": '"1"'}).status_code == 412
    assert planner.send("DELETE", place, headers={"If-Match": '"2"'}).status_code == 204
    assert planner.client.get(place).status_code == 404


def test_history_tells_who_changed_what_and_outlives_the_asset(planner, visitor):
    place, document = mapped(planner)
    document["properties"]["condition"] = "light_damage"
    planner.send("PUT", place, json=document, headers={"If-Match": "*"})
    told = visitor.client.get(place + "/history").json["history"]
    assert [change["action"] for change in told] == ["insert", "update"]
    assert told[1]["changed"] == {"condition": {"old": None, "new": "light_damage"}}
    assert told[1]["author"]
    planner.send("DELETE", place, headers={"If-Match": "*"})
    assert visitor.client.get(place + "/history").status_code == 404
    assert planner.client.get(place + "/history").json["history"][-1]["action"] == "delete"


def test_a_deleted_asset_comes_back_as_it_was_one_version_on(planner, visitor, app):
    place, _ = mapped(planner, name="Kran kembali", condition="broken")
    before = visitor.client.get(place).json
    assert planner.send("POST", place + "/restore").status_code == 404, "it is there"
    planner.send("DELETE", place, headers={"If-Match": "*"})
    for person, status in ((visitor, 401), (signed_in(app, "city"), 403)):
        assert person.send("POST", place + "/restore").status_code == status
    back = planner.send("POST", place + "/restore")
    assert (back.status_code, back.headers["ETag"]) == (200, '"2"'), back.text
    same = {name for name in before["properties"] if name not in ("version", "updated_at")}
    assert {n: back.json["properties"][n] for n in same} == {n: before["properties"][n] for n in same}
    assert back.json["geometry"] == before["geometry"]
    told = visitor.client.get(place + "/history").json["history"]
    assert [change["action"] for change in told] == ["insert", "delete", "insert"]


def test_a_retry_is_one_asset(planner):
    document, key = asset(planner, name="Kran ulang"), {"Idempotency-Key": "kran"}
    first, second = (planner.send("POST", ALL, json=document, headers=key) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json == second.json
    document["properties"]["name"] = "Lain"
    assert planner.send("POST", ALL, json=document, headers=key).json["type"] == "/problems/key-reused"


def test_who_may_map_and_where(planner, visitor, app):
    assert visitor.send("POST", ALL, json=asset(planner)).status_code == 401
    for role in ("reviewer", "city", "partner"):
        assert signed_in(app, role).send("POST", ALL, json=asset(planner)).status_code == 403
    assert planner.send("POST", ALL, json=asset(planner, home=NEXT_DOOR)).status_code == 403
    assert signed_in(app, "facilitator").send("POST", ALL, json=asset(planner)).status_code == 201
    other = planner.client.get(f"{ALL}?kelurahan={NEXT_DOOR}&limit=1").json["features"][0]
    sent = {
        "type": "Feature",
        "geometry": other["geometry"],
        "properties": {"kind": other["properties"]["kind"]},
    }
    address, version = f"{ALL}/{other['id']}", {"If-Match": "*"}
    assert planner.send("PUT", address, json=sent, headers=version).status_code == 403
    assert planner.send("DELETE", address, headers=version).status_code == 403


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"kind": "castle"}, "/properties/kind"), ({"condition": "so-so"}, "/properties/condition"),
        ({"width_m": 0}, "/properties/width_m"), ({"width_m": 501.0}, "/properties/width_m"),
        ({"capacity": -1}, "/properties/capacity"), ({"built_year": 1700}, "/properties/built_year"),
        ({"built_year": 2090}, "/properties/built_year"), ({"built_year": 2001.5}, "/properties/built_year"),
        ({"surveyed_on": "2999-01-01"}, "/properties/surveyed_on"),
        ({"surveyed_on": "2024-02-30"}, "/properties/surveyed_on"),
        ({"surveyed_on": 7}, "/properties/surveyed_on"), ({"name": "x" * 300}, "/properties/name"),
        ({"kelurahan": HOME}, "/properties/kelurahan"), ({"version": 7}, "/properties/version"),
        ({"kind": "road"}, "/geometry/type"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_place_in_both_languages(planner, said, pointer):
    before = planner.client.get(f"{ALL}?limit=1").json["numberMatched"]
    told = set()
    for lang in ("id", "en"):
        answer = planner.send("POST", f"{ALL}?lang={lang}", json=asset(planner, **said))
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer), answer.text
        told.add(answer.json["errors"][0]["message"])
    assert len(told) == 2
    assert planner.client.get(f"{ALL}?limit=1").json["numberMatched"] == before


def test_every_asset_of_the_city_can_be_written_as_it_is(planner, app):
    """Also those that cross a border a little: an unchanged shape is not asked for its place again."""
    admin = signed_in(app, "admin")
    for feature in admin.client.get(f"{ALL}?kelurahan={HOME}&limit=1000").json["features"]:
        kept = ("kind", "name", "condition", "material", "width_m", "capacity", "built_year", "owner")
        said = {name: feature["properties"][name] for name in kept}
        sent = {"type": "Feature", "geometry": feature["geometry"], "properties": said}
        answer = admin.send("PUT", f"{ALL}/{feature['id']}", json=sent, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text
        assert answer.json["geometry"] == feature["geometry"]


def test_a_ranking_follows_an_asset_that_is_added_and_taken_away(planner):
    def ranked() -> tuple[int, dict[str, float]]:
        run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
        return run["data_versions"]["assets"], {row["id"]: row["score"] for row in run["ranking"]}

    works = planner.client.get(f"/api/v1/proposals?kelurahan={HOME}&work_type=mck&limit=100").json["features"]
    assert works, "the sample city proposes public toilets"
    version, before = ranked()
    document = asset(planner, kind="mck", condition="good")
    point = works[0]["geometry"]["coordinates"]
    document["geometry"] = {"type": "Point", "coordinates": point}
    made = planner.send("POST", ALL, json=document)
    assert made.status_code == 201, made.text
    later, after = ranked()
    assert later > version
    assert after[works[0]["id"]] < before[works[0]["id"]]
    planner.send("DELETE", made.headers["Location"], headers={"If-Match": '"1"'})
    assert ranked()[1] == before
