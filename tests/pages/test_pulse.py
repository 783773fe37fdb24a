"""Who else has a kelurahan open, and whether anything in it is new: told to those inside, forgotten at once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from tests import web
from tests.databases import TestDatabases
from tests.web import HOME, Person
from webgis.context import KEY

PULSE = f"/plan/{HOME}/pulse"


@pytest.fixture(scope="module")
def app(test_databases: TestDatabases) -> Any:
    """An application of our own: being here is written."""
    return web.make_app(test_databases.new("sample"))


@pytest.fixture(scope="module")
def planner(app: Any) -> Person:
    return web.signed_in(app, "planner")


@pytest.fixture(scope="module")
def facilitator(app: Any) -> Person:
    return web.signed_in(app, "facilitator")


def test_two_people_see_each_other_and_what_they_have_open(planner: Person, facilitator: Person) -> None:
    work = planner.client.get(f"/api/v1/proposals?kelurahan={HOME}&state=draft").json["features"][0]
    planner.client.get(f"{PULSE}?p={work['id']}")
    told = facilitator.client.get(f"{PULSE}?p={work['id']}").json
    name = planner.client.get("/api/v1/session").json["user"]["name"]
    assert [(one["name"], one["proposal"]) for one in told["others"]] == [(name, work["id"])]
    assert told["version"] == work["properties"]["version"]
    planner.client.get(f"{PULSE}?p=nonsense")
    again = facilitator.client.get(PULSE).json
    assert [one["proposal"] for one in again["others"]] == [None] and again["version"] is None


def test_nothing_new_is_a_304_and_a_change_names_its_layer(planner: Person, facilitator: Person) -> None:
    first = facilitator.client.get(PULSE)
    again = facilitator.client.get(PULSE, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    made = planner.send("POST", "/api/v1/proposals", json=web.work(planner))
    assert made.status_code == 201
    then = facilitator.client.get(PULSE, headers={"If-None-Match": first.headers["ETag"]}).json["stamps"]
    before = first.json["stamps"]
    assert {name for name in then if then[name] != before[name]} == {"proposals"}
    gone = planner.send("DELETE", f"/api/v1/proposals/{made.json['id']}", headers={"If-Match": '"1"'})
    assert gone.status_code == 204
    assert facilitator.client.get(PULSE).json["stamps"]["proposals"] != then["proposals"]


def test_whoever_leaves_is_forgotten(app: Any, planner: Person, facilitator: Person) -> None:
    planner.client.get(PULSE)
    assert facilitator.client.get(PULSE).json["others"]
    db = app.extensions[KEY].db
    with db.transaction() as session:
        session.execute(text("update presence set seen_at = now() - interval '80 seconds'"))
    assert facilitator.client.get(PULSE).json["others"] == []
    with db.transaction() as session:
        session.execute(text("update presence set seen_at = now() - interval '3 minutes'"))
    facilitator.client.get(PULSE)
    with db.transaction() as session:
        assert session.execute(text("select count(*) from presence")).scalar_one() == 1


def test_only_those_inside_are_told(app: Any) -> None:
    assert web.public(app).client.get(PULSE).status_code == 401
    assert web.signed_in(app, "partner").client.get(PULSE).status_code == 403
