"""Works on families' own plots: one rule for every way out, and numbers that tell no family by subtraction."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web import HOME, Person, public, signed_in
from webgis.auth.tokens import Wish, add_token
from webgis.context import KEY
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import PRIVATE_SITE
from webgis.planning.judging.household_counts import fives

TOLD = (
    "title",
    "description",
    "volume",
    "cost",
    "funding",
    "state",
    "work_type",
    "is_paket",
    "kelurahan",
    "rw",
)
ROLES = ("", "planner", "facilitator", "reviewer", "city", "partner", "admin")
SCOPES = ("read", "write", "full")
SUMMARY = "/panel/summary"


@pytest.fixture(scope="module")
def repair(planner: Person) -> str:
    """A repair of seven houses that everybody may be told of; its address."""
    home = planner.client.get(f"/api/v1/households?kelurahan={HOME}&limit=1").json["features"][0]
    made = planner.send("POST", "/api/v1/proposals", json=document(home["geometry"]["coordinates"], 7))
    assert made.status_code == 201, made.text
    return str(made.headers["Location"])


def document(place: list[float], volume: float, **more: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {"title": "Rumah Bu Siti", "work_type": "house_repair", "volume": volume, **more},
    }


def everybody(app: Any) -> dict[str, Person]:
    """All roles as people, and as programs with a key of each scope."""
    found = {role or "public": signed_in(app, role) if role else public(app) for role in ROLES}
    for role in ROLES[1:]:
        for scope in SCOPES:
            token = add_token(app.extensions[KEY].db, f"{role}@contoh.test", Wish("uji", scope))
            client = app.test_client()
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
            found[f"{role} {scope}"] = Person(client)
    return found


def test_api_and_export_tell_every_role_and_key_the_same(app: Any, planner: Person, repair: str) -> None:
    for name, person in everybody(app).items():
        for query in (f"kelurahan={HOME}", ""):
            listed = person.client.get(f"/api/v1/proposals?limit=1000&{query}").json["features"]
            sent = person.client.get(f"/api/v1/export/proposals.geojson?{query}").data
            answers = [
                {
                    work["id"]: ({part: work["properties"][part] for part in TOLD if part in work["properties"]},
                                 work["geometry"])
                    for work in works if work["properties"]["work_type"] in PRIVATE_SITE
                }
                for works in (listed, json.loads(sent)["features"])
            ]  # fmt: skip
            assert answers[0].keys() == answers[1].keys(), (name, query)
            assert answers[0], name
            for work, (said, shape) in answers[0].items():
                for part, value in said.items():
                    assert answers[1][work][0][part] == value, (name, query, part)
                assert answers[1][work][1] == shape, (name, query)


def test_a_key_that_writes_gets_no_exact_place(app: Any, planner: Person, repair: str) -> None:
    exact = planner.client.get(repair).json["geometry"]["coordinates"]
    token = add_token(app.extensions[KEY].db, "planner@contoh.test", Wish("uji", "write"))
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    sent = json.loads(client.get(f"/api/v1/export/proposals.geojson?kelurahan={HOME}").data)["features"]
    mine = next(work for work in sent if repair.endswith(work["id"]))
    assert mine["geometry"]["coordinates"] != exact


def seen(person: Person, repair: str) -> dict[str, Any]:
    """All numbers that are told of one work: by itself, in a file, and in the sums."""
    name = repair.rpartition("/")[2]
    single = person.client.get(repair).json["properties"]
    rows = json.loads(person.client.get(f"/api/v1/export/proposals.geojson?kelurahan={HOME}").data)[
        "features"
    ]
    row = next(work["properties"] for work in rows if work["id"] == name)
    return {
        "single": {part: single[part] for part in ("volume", "cost", "funding")},
        "row": {part: row[part] for part in ("volume", "cost", "funding")},
        "sums": person.client.get(SUMMARY).text,
        "csv": person.client.get(f"/api/v1/export/proposals.csv?kelurahan={HOME}").text.count(name),
    }


def test_one_family_more_or_less_is_told_to_nobody_outside(app: Any, planner: Person, repair: str) -> None:
    outside = {"public": public(app), "partner": signed_in(app, "partner")}
    stored = planner.client.get(repair)
    place, price = stored.json["geometry"]["coordinates"], catalogue().work_types["house_repair"].unit_cost
    told: dict[int, list[dict[str, Any]]] = {}
    for volume in (5, 7, 8, 9, 10, 11):
        money = {"apbd": volume * price - 1_000_000, "swadaya": 1_000_000}
        version = planner.client.get(repair).headers["ETag"]
        sent = {"If-Match": version}
        answer = planner.send("PUT", repair, json=document(place, volume, funding=money), headers=sent)
        assert answer.status_code == 200, answer.text
        assert answer.json["properties"]["volume"] == volume
        told[volume] = [seen(person, repair) for person in outside.values()]
    for volume in (7, 8, 9):
        assert told[volume] == told[5], volume
    assert told[11] == told[10] != told[5]
    for volume, answers in told.items():
        for answer in answers:
            assert answer["single"] == answer["row"]
            assert answer["single"]["volume"] == fives(volume)
            assert answer["single"]["cost"] == fives(volume) * price
            assert sum(answer["single"]["funding"].values()) <= answer["single"]["cost"]


def test_fewer_than_five_are_not_told_at_all(planner: Person, visitor: Person, repair: str) -> None:
    place = planner.client.get(repair).json["geometry"]["coordinates"]
    made = planner.send("POST", "/api/v1/proposals", json=document(place, 4))
    assert visitor.client.get(made.headers["Location"]).status_code == 404
