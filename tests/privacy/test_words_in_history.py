"""Somebody was named in a proposal: changed there and erased from its past, the name stands nowhere any more."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.databases import DATA_DIR, TestDatabases
from tests.planning.conftest import actor
from tests.planning.test_plans import PLENTY, wish
from tests.privacy.test_erasure import found_in
from tests.web import HOME, Person, make_app, public, signed_in, work
from webgis.context import KEY
from webgis.planning.errors import NotFound
from webgis.planning.judging.desk import open_desk
from webgis.planning.keeping import personal
from webgis.planning.plans import plans
from webgis.settings import database_url
from webgis.store import chain, checks
from webgis.store.database import Database, household_scope

NAME = "Kanari Siti Aminah"


def test_earlier_words_leave_history_and_the_chain_stays_whole(test_databases: TestDatabases) -> None:
    url = test_databases.new("sample")
    app, owner = make_app(url), Database(database_url(url), owner=True, pool_size=1)
    planner = signed_in(app, "planner")
    drawn = work(planner)
    for words in (f"Rumah {NAME}", f"Dekat rumah {NAME}", "Dekat balai"):
        drawn["properties"]["description"] = words
        if "id" not in drawn:
            answer = planner.send("POST", "/api/v1/proposals", json=drawn)
            drawn["id"] = answer.json["id"]
        else:
            seen = planner.client.get(f"/api/v1/proposals/{drawn['id']}").headers["ETag"]
            answer = planner.send(
                "PUT", f"/api/v1/proposals/{drawn['id']}", json=drawn, headers={"If-Match": seen}
            )
        assert answer.status_code in (200, 201), answer.text
    past = f"/api/v1/proposals/{drawn['id']}/history"
    assert NAME in public(app).client.get(past).text

    assert personal.erase_words(owner, drawn["id"]) == 3

    told = public(app).client.get(past)
    assert NAME not in told.text and personal.WORDS_GONE in told.text
    assert "Dekat balai" in told.text, "what it says now stays"
    assert public(app).client.get(f"/usulan/{drawn['id']}/riwayat").status_code == 200
    assert found_in(owner, NAME) == set()
    with owner.transaction() as session, household_scope(session, "*"):
        assert [*checks.faults(session), *chain.faults(session)] == []
    with pytest.raises(NotFound):
        personal.erase_words(owner, drawn["id"])
    with pytest.raises(DBAPIError, match="never changed"), owner.transaction() as session:
        session.execute(text("update revision set new = old where id = 1"))


def test_a_name_goes_from_all_that_was_written_about_a_proposal(test_databases: TestDatabases) -> None:
    """Titles that rankings and plans copied, the answer kept for a retry, notes nobody can change any more."""
    url = test_databases.new("sample")
    app, owner = make_app(url), Database(database_url(url), owner=True, pool_size=1)
    planner, facilitator, reviewer = (signed_in(app, role) for role in ("planner", "facilitator", "reviewer"))
    drawn = work(planner)
    drawn["properties"] |= {
        "title": f"Saluran depan {NAME}",
        "cost": 1_234_567,
        "cost_reason": f"Kata {NAME}",
    }
    drawn["properties"]["is_paket"] = True
    made = planner.send("POST", "/api/v1/proposals", json=drawn, headers={"Idempotency-Key": "satu"})
    place = made.headers["Location"]

    def does(person: Person, method: str, address: str, **given: Any) -> Any:
        answer = person.send(method, place + address, **given)
        assert answer.status_code < 300, (address, answer.text)
        return answer

    assert planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).status_code == 201
    someone = actor(app.extensions[KEY].db, "planner")
    asked = wish(budget=PLENTY, name=f"Saluran depan {NAME}")
    plans.make_plan(app.extensions[KEY].db, open_desk(DATA_DIR), someone, asked)
    does(planner, "POST", "/comments", json={"body": f"Kenal {NAME}?"})
    for person, action in ((planner, "submit"), (facilitator, "verify"), (reviewer, "start_review")):
        does(person, "POST", "/transitions", json={"action": action, "note": f"Rumah {NAME}."})
    seen = {"id": str(uuid.uuid4()), "body": f"Di depan {NAME}.", "seen_at": "2026-03-05T09:00:00+07:00"}
    does(reviewer, "POST", "/site-notes", json=seen)
    moved = {**drawn["geometry"], "coordinates": [[x + 1e-5, y] for x, y in drawn["geometry"]["coordinates"]]}
    version = planner.client.get(place).json["properties"]["version"]
    suggested = {"geometry": moved, "note": f"Geser dari {NAME}.", "version": version}
    does(reviewer, "POST", "/shape-suggestions", json=suggested)
    everywhere = {"proposal", "revision", "review", "comment", "site_note", "shape_suggestion", "idempotency"}
    assert found_in(owner, NAME) >= {*everywhere, "ranking_run", "plan_run", "counted"}

    proposal = made.json["id"]
    assert personal.erase_words(owner, proposal, f"  {NAME.upper()} ") > 10
    assert found_in(owner, NAME) == set()
    told = public(app).client.get(place + "/history")
    assert (told.status_code, personal.WORDS_GONE in told.text) == (200, True)
    assert planner.client.get(place).json["properties"]["title"] == personal.WORDS_GONE
    with owner.transaction() as session, household_scope(session, "*"):
        assert [*checks.faults(session), *chain.faults(session)] == []
    [run] = planner.client.get(f"/api/v1/rankings?kelurahan={HOME}").json["rankings"]
    assert planner.client.get(f"/api/v1/rankings/{run['id']}").status_code == 200
    owner.dispose()
