"""Copies and erasure of personal data, and the end of keeping it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.databases import TestDatabases
from webgis.auth import accounts
from webgis.auth.tokens import Wish, add_token
from webgis.planning.access import Actor, Role
from webgis.planning.errors import NotFound
from webgis.planning.keeping import audit, personal
from webgis.planning.mapping import households
from webgis.settings import BadSetting, Retention, database_url, read
from webgis.store.database import Database, household_scope

EMAIL = "planner@contoh.test"
PLANNER = Role("planner", "99.01.01.1001")


@pytest.fixture(scope="module")
def owner(test_databases: TestDatabases) -> Iterator[Database]:
    found = Database(database_url(test_databases.new("sample")), owner=True, pool_size=2)
    yield found
    found.dispose()


@pytest.fixture
def household(owner: Database) -> str:
    """The id of a household of the sample city that is there."""
    with owner.transaction() as session, household_scope(session, "*"):
        return str(session.execute(text("select id from household order by id limit 1")).scalar_one())


def test_an_erased_household_is_nowhere_and_the_chain_stays_whole(
    owner: Database, household: str, tmp_path: Path
) -> None:
    settings = replace(
        read({"DATABASE_URL": owner.url.render_as_string(hide_password=False)}), data_dir=tmp_path
    )
    kept = personal.export_household(owner, household)
    assert kept["now"] and kept["history"][0]["new"]["members"] == kept["now"][0]["household"]["members"]
    personal.erase_household(owner, household)
    left = personal.export_household(owner, household)
    assert left["now"] == []
    assert {(row["old"], row["new"]) for row in left["history"]} == {(None, None)}
    assert [row["action"] for row in left["history"]] == ["insert", "delete"]
    assert audit.faults(owner, settings) == []
    with pytest.raises(NotFound):
        personal.erase_household(owner, household)


def test_a_deleted_household_is_forgotten_after_its_time_and_not_before(
    owner: Database, household: str
) -> None:
    actor = Actor(None, "operator", "", (Role("admin", "99.01"),))
    found = households.get_household(owner, actor, household)
    households.delete_household(owner, actor, household, found.version)
    assert personal.retain(owner, Retention(erased=1))["histories"] == 0
    assert personal.export_household(owner, household)["history"][0]["new"] is not None
    with owner.transaction() as session:  # a day and more ago
        session.execute(text("set local session_replication_role = replica"))
        session.execute(
            text("update revision set at = at - interval '2 days' where row_id = :id"), {"id": household}
        )
    assert personal.retain(owner, Retention(erased=1))["histories"] == 1
    assert personal.export_household(owner, household)["history"][0]["new"] is None
    assert personal.retain(owner, Retention(erased=1))["histories"] == 0


def test_a_copy_of_an_account_holds_what_is_kept_and_no_password(owner: Database) -> None:
    copy = personal.export_account(owner, EMAIL)
    assert copy["account"][0]["email"] == EMAIL and copy["roles"]
    assert "hash" not in str(copy).lower()


def test_an_erased_account_opens_nothing_and_names_nobody(owner: Database) -> None:
    accounts.add_account(
        owner, "warga@contoh.test", "Bu Contoh", "rahasia-sekali", [("planner", PLANNER.region)]
    )
    add_token(owner, "warga@contoh.test", Wish("kunci", "full", None))
    personal.erase_account(owner, "warga@contoh.test")
    with pytest.raises(NotFound):
        personal.export_account(owner, "warga@contoh.test")
    with owner.transaction() as session:
        rows = session.execute(
            text("""
                select a.name, a.email, a.active, count(t.*) as tokens, count(m.*) as roles from account a
                left join api_token t on t.account_id = a.id left join membership m on m.account_id = a.id
                where a.name = :nobody group by a.id
            """),
            {"nobody": personal.NOBODY},
        ).mappings()
        row = rows.one()
    assert (row["active"], row["tokens"], row["roles"]) == (False, 0, 0)
    assert "warga" not in row["email"]


def test_answers_kept_for_retries_go_after_a_week(owner: Database) -> None:
    query = text("""
        insert into idempotency (account_id, key, request_hash, status, headers, body, created_at)
        select id, 'lama ' || days, '', 201, '{}', '{}', now() - make_interval(days => days)
        from account, unnest(array[1, 8]) days where email = :email
    """)
    with owner.transaction() as session:
        session.execute(query, {"email": EMAIL})
    assert personal.retain(owner, Retention())["answers"] == 1
    with owner.transaction() as session:
        assert session.execute(text("select key from idempotency")).scalars().all() == ["lama 1"]


def test_reports_of_imports_go_after_their_time_and_work_under_way_stays(owner: Database) -> None:
    query = text("""
        insert into job (kind, state, result, updated_at)
        select 'import_file', state, '{"problems": [{"message": "RT 03"}]}', now() - make_interval(days => days)
        from unnest(array['done', 'failed', 'stopped', 'running', 'done'], array[31, 31, 31, 31, 29]) old (state, days)
    """)
    with owner.transaction() as session:
        session.execute(query)
    assert personal.retain(owner, Retention(jobs=0))["jobs"] == 0
    assert personal.retain(owner, Retention())["jobs"] == 3
    with owner.transaction() as session:
        assert session.execute(text("select state from job order by state")).scalars().all() == [
            "done",
            "running",
        ]


def test_periods_come_from_the_settings() -> None:
    url = {"DATABASE_URL": "postgresql://x@y/z"}
    assert read(url | {"WEBGIS_RETENTION_ERASED_DAYS": "9"}).retention == Retention(erased=9)
    for name, given in (("ERASED", "soon"), ("VIEWS", "30")):
        with pytest.raises(BadSetting, match=f"WEBGIS_RETENTION_{name}_DAYS"):
            read(url | {f"WEBGIS_RETENTION_{name}_DAYS": given})
