"""What was written past the triggers: decisions, roles and texts that no revision tells of."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tests.databases import TestDatabases
from webgis.settings import database_url
from webgis.store import chain, checks
from webgis.store.database import Database


@pytest.fixture(scope="module")
def sample(test_databases: TestDatabases) -> Database:
    """The sample city, which these tests leave as it is."""
    return Database(database_url(test_databases.new("sample")), owner=True, pool_size=2)


def found_after(db: Database, *harm: str, by_force: bool = True) -> list[str]:
    """What the checks say after some statements, which are taken back."""
    with Session(db.engine) as session:
        session.execute(text("select set_config('app.household_scope', '*', true)"))
        if by_force:
            session.execute(text("set local session_replication_role = replica"))
        for statement in harm:
            session.execute(text(statement))
        session.execute(text("set constraints all immediate"))
        return [*checks.faults(session), *chain.faults(session)]


ONE = "ctid = (select min(ctid) from {})"


@pytest.mark.parametrize(
    ("harm", "table"),
    [
        (f"update review set note = 'beres' where {ONE.format('review')}", "review"),
        (f"update review set to_state = 'rejected' where {ONE.format('review')}", "review"),
        (f"delete from review where {ONE.format('review')}", "review"),
        (f"update comment set body = body || ' tidak' where {ONE.format('comment')}", "comment"),
        (f"update forum_vote set women = women + 1 where {ONE.format('forum_vote')}", "forum_vote"),
        (f"update proposal set cost = cost * 3 where {ONE.format('proposal')}", "proposal"),
        ("update membership set role = 'admin' where role = 'partner'", "membership"),
        ("update account set active = false where email = 'reviewer@contoh.test'", "account"),
        (
            "insert into api_token (token_hash, account_id, label, expires_at) select 'x', id, 'x', now()"
            " from account limit 1",
            "api_token",
        ),
    ],
)
def test_what_was_written_past_history_is_named(sample: Database, harm: str, table: str) -> None:
    faults = found_after(sample, harm)
    assert [fault for fault in faults if fault.startswith(f"{table}: differs from its last revision")], faults
    assert {fault.split(":")[0] for fault in faults} == {table}


def test_what_history_tells_of_is_no_fault_in_whatever_time_zone(sample: Database) -> None:
    ways = (
        "set local time zone 'Asia/Jakarta'",
        f"update comment set body = 'lain' where {ONE.format('comment')}",
        f"update proposal set cost = cost * 3 where {ONE.format('proposal')}",
        "delete from membership where role = 'partner'",
        f"delete from proposal where {ONE.format('proposal')}",
    )
    assert found_after(sample, *ways, by_force=False) == []


def test_how_somebody_wants_to_be_told_is_no_fact(sample: Database) -> None:
    way = "update account set notify = 'mail', notify_in = 'en' where email = 'planner@contoh.test'"
    assert found_after(sample, way, by_force=False) == []


def test_a_comment_stands_in_history_as_a_digest_only(sample: Database) -> None:
    with sample.transaction() as session:
        body = session.execute(text("select body from comment limit 1")).scalar_one()
        kept = session.execute(text("select new from revision where table_name = 'comment'")).scalars().all()
    assert kept
    assert all(re.fullmatch("[0-9a-f]{64}", row["body"]) and "author" not in row for row in kept)
    assert body not in str(kept)


@pytest.mark.parametrize("harm", ["update review set note = ''", "delete from review", "delete from comment"])
def test_the_web_role_takes_no_decision_back(sample: Database, harm: str) -> None:
    with Session(sample.engine) as session:
        session.execute(text("set local role webgis_web"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(text(harm))
