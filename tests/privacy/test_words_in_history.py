"""Somebody was named in a proposal: changed there and erased from its past, the name stands nowhere any more."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.databases import TestDatabases
from tests.privacy.test_erasure import found_in
from tests.web import make_app, public, signed_in, work
from webgis.planning import personal
from webgis.planning.errors import NotFound
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
