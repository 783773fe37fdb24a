"""The addresses of households as seen by those who may not see them: nothing, and the same whether one is there.

Neither an error nor a log says where a household is or which one was asked for.
"""

from __future__ import annotations

import logging
import re
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.test import EnvironBuilder

from tests.web import HOME, Person, public, signed_in
from webgis.context import KEY
from webgis.metrics import ROUTE
from webgis.planning.mapping import households
from webgis.serving import access_log_format
from webgis.settings import database_url
from webgis.store import versioned
from webgis.store.database import Database, household_scope
from webgis.tiles import making

ALL = "/api/v1/households"
NEXT_DOOR = "99.01.02.1001"
STRANGERS = ("public", "partner", "reviewer", "city", "neighbour")


@pytest.fixture(scope="module")
def people(app: Any) -> dict[str, Person]:
    """Everybody who may not see the households of HOME, and the planner of HOME."""
    found = {role: signed_in(app, role) for role in ("planner", "partner", "reviewer", "city")}
    return {**found, "public": public(app), "neighbour": neighbour(app)}


def neighbour(app: Any) -> Person:
    """The planner of the next kelurahan: the city officer's account with another role for this test."""
    owner = Database(app.extensions[KEY].settings.database_url, owner=True, pool_size=1)
    with owner.transaction() as session:
        session.execute(
            text("""
                insert into account (email, name, password_hash, synthetic)
                select 'sebelah@contoh.test', 'Sebelah', password_hash, true from account
                where email = 'planner@contoh.test'
            """)
        )
        session.execute(
            text("""
                insert into membership (account_id, role, region)
                select id, 'planner', :region from account where email = 'sebelah@contoh.test'
            """),
            {"region": NEXT_DOOR},
        )
    owner.dispose()
    return signed_in(app, "sebelah")


@pytest.fixture(scope="module")
def canary(people: dict[str, Person]) -> dict[str, Any]:
    """A household that only the planner may know."""
    point = people["planner"].client.get(f"{ALL}?limit=1").json["features"][0]["geometry"]
    x, y = point["coordinates"]
    sent = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [x + 1.3e-6, y + 1.1e-6]},
        "properties": {"members": 29, "decile": 1},
    }
    answer = people["planner"].send("POST", ALL, json=sent)
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def tries(person: Person, wanted: str, document: dict[str, Any]) -> list[tuple[int, bytes, list[Any]]]:
    """All that somebody may try with the id of a household, answered."""
    place, version = f"{ALL}/{wanted}", {"If-Match": '"1"'}
    answers = [
        person.client.get(place),
        person.client.get(place + "/history"),
        person.client.get(place, headers={"If-None-Match": '"1"'}),
        person.send("PUT", place, json=document),
        person.send("PUT", place, json=document, headers=version),
        person.send("PUT", place, json=document, headers={"If-Match": "*"}),
        person.send("DELETE", place),
        person.send("DELETE", place, headers=version),
    ]
    return [(a.status_code, a.data, [h for h in a.headers if h[0] != "Date"]) for a in answers]


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_is_told_whether_a_household_exists(people, canary, who):
    document = {name: canary[name] for name in ("type", "geometry")} | {"properties": {"members": 3}}
    there, nowhere = (tries(people[who], wanted, document) for wanted in (canary["id"], str(uuid.uuid4())))
    assert there == nowhere
    assert {status for status, _, _ in there} == {{"public": 401, "neighbour": 404}.get(who, 403)}


@pytest.mark.parametrize("who", STRANGERS)
def test_no_list_is_given_to_strangers(people, canary, who):
    x, y = canary["geometry"]["coordinates"]
    box = f"bbox={x - 1e-5},{y - 1e-5},{x + 1e-5},{y + 1e-5}"
    rt = f"rt={canary['properties']['rt']}"
    for query in (
        "",
        f"?{box}",
        f"?{rt}",
        f"?kelurahan={HOME}",
        f"?kelurahan={HOME}&{box}",
        "?kelurahan=99.01",
    ):
        answer = people[who].client.get(ALL + query)
        assert canary["id"].encode() not in answer.data
        if answer.status_code == 200:
            assert who == "neighbour" and f"kelurahan={HOME}" not in query
            assert {f["properties"]["kelurahan"] for f in answer.json["features"]} <= {NEXT_DOOR}
        else:
            assert answer.status_code == (401 if who == "public" else 403)
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_record_nothing(people, canary, who):
    document = {"type": "Feature", "geometry": canary["geometry"], "properties": {"members": 3}}
    before = people["planner"].client.get(f"{ALL}?limit=1").json["numberMatched"]
    answer = people[who].send("POST", ALL, json=document, headers={"Idempotency-Key": "k"})
    assert answer.status_code == (401 if who == "public" else 403)
    assert people["planner"].client.get(f"{ALL}?limit=1").json["numberMatched"] == before


def test_the_neighbour_opens_the_own_kelurahan_only(people, monkeypatch):
    """Row-level security is asked with the narrowest scope, never with all of them."""
    scopes: list[str] = []
    real = household_scope

    def spy(session: Any, scope: str) -> Any:
        scopes.append(scope)
        return real(session, scope)

    monkeypatch.setattr(households, "household_scope", spy)
    monkeypatch.setattr(making, "household_scope", spy)
    people["neighbour"].client.get(ALL)
    people["neighbour"].client.get(f"{ALL}/{uuid.uuid4()}")
    people["neighbour"].client.get("/tiles/households/10/818/528.mvt")
    assert scopes and set(scopes) == {NEXT_DOOR}


def marks(document: dict[str, Any]) -> list[str]:
    """What must not be said: the coordinates cut to a metre, and the id."""
    numbers = [f"{value:.7f}"[:-2] for value in document["geometry"]["coordinates"]]
    return [*numbers, *(number.lstrip("-") for number in numbers), document["id"]]


@pytest.mark.parametrize(
    "change",
    [
        {"geometry": {"type": "MultiPoint", "coordinates": [[0.0, 0.0]]}}, {"properties": {"members": 0}},
        {"properties": {"members": 3, "rt": "nowhere"}}, {"properties": {"members": 3, "name": "Siti"}},
    ],
)  # fmt: skip
def test_no_error_repeats_a_place(people, canary, change):
    place = f"{ALL}/{canary['id']}"
    document = {"type": "Feature", "geometry": canary["geometry"], "properties": {"members": 3}} | change
    for answer in (
        people["planner"].send("POST", ALL, json=document),
        people["planner"].send("PUT", place, json=document, headers={"If-Match": '"1"'}),
        people["planner"].send("PUT", place, json=document, headers={"If-Match": '"7"'}),
        people["neighbour"].send("POST", ALL, json=document),
    ):
        assert answer.status_code >= 400
        assert not any(mark in answer.text for mark in marks(canary))


def test_a_point_outside_is_refused_without_repeating_it(people, canary):
    far = {"type": "Point", "coordinates": [101.2345678, -1.2345678]}
    answer = people["planner"].send(
        "POST", ALL, json={"type": "Feature", "geometry": far, "properties": {"members": 3}}
    )
    assert answer.status_code == 422
    assert "2345678" not in answer.text


def test_the_log_of_a_failure_holds_no_place(people, canary, monkeypatch, caplog):
    """PostgreSQL repeats the whole row when a check fails; what we log must not."""
    real = versioned.insert

    def broken(session: Any, table: str, values: dict[str, Any]) -> Any:
        return real(session, table, values | {"members": 99})

    monkeypatch.setattr(versioned, "insert", broken)
    document = {"type": "Feature", "geometry": canary["geometry"], "properties": {"members": 3}}
    with caplog.at_level(logging.DEBUG):
        answer = people["planner"].send("POST", ALL, json=document)
    assert answer.status_code == 500
    logged = logging.Formatter().formatException
    told = caplog.text + "".join(logged(r.exc_info) for r in caplog.records if r.exc_info)
    assert "household_members_check" in told
    assert "Failing row" not in told + answer.text
    assert not re.search(r"0101000000|0x0101|\\x0101", told)
    assert not any(mark in told + answer.text for mark in marks(canary))


def test_the_access_log_names_routes_and_no_household(app, canary):
    environ = EnvironBuilder(f"{ALL}/{canary['id']}", query_string="lang=en").get_environ()
    app.wsgi_app(environ, lambda status, headers: None)
    assert environ[ROUTE] == "/api/v1/households/<uuid:household_id>"
    assert ROUTE in access_log_format
    assert not re.search(r"%\((r|U|q)\)s", access_log_format)


def test_the_databases_own_log_keeps_no_statement_and_no_row(test_databases):
    owner = Database(database_url(test_databases.new("bare")), owner=True, pool_size=1)
    with owner.transaction() as session:
        for setting, value in (
            ("log_min_error_statement", "panic"), ("log_error_verbosity", "terse"), ("log_statement", "none"),
            ("log_min_duration_statement", "-1"),
        ):  # fmt: skip
            assert session.execute(text(f"show {setting}")).scalar_one() == value
    owner.dispose()
