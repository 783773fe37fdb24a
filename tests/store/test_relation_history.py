"""Relations said by people are held against their revisions: one rewritten past the triggers is named."""

from __future__ import annotations

from sqlalchemy import text

from tests.databases import TestDatabases
from tests.store.test_contents import found_after
from webgis.settings import database_url
from webgis.store import relations
from webgis.store.database import Database


def test_a_verdict_changed_past_history_is_named_and_one_that_was_said_is_not(
    test_databases: TestDatabases,
) -> None:
    db = Database(database_url(test_databases.new("sample")), owner=True, pool_size=1)
    with db.transaction(reason="kaitan usulan") as session:
        rows = session.execute(text("select id::text from proposal order by id limit 2")).scalars().all()
        said = {
            "kind": "synergy",
            "first": rows[0],
            "then": rows[1],
            "outcome": "confirmed",
            "reason": "Sekali gali.",
        }
        assert relations.put(session, {**said, "account_id": None, "author": "Uji"}, 0)
    assert found_after(db) == []
    [fault] = found_after(db, "update proposal_relation set outcome = 'dismissed'")
    assert fault.startswith("proposal_relation: differs from its last revision")
    db.dispose()
