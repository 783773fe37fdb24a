"""The chain of revisions, against somebody who is superuser of the database and knows where things are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.databases import TestDatabases
from webgis.planning.keeping import audit
from webgis.settings import Settings, database_url, read
from webgis.store import chain, checks, migrate
from webgis.store.database import Database, household_scope

PLACES = """
    insert into region (code, kind, name, source, parent) values
    ('99.01', 'kota', 'Kota', 't', null), ('99.01.01', 'kecamatan', 'Kecamatan', 't', '99.01'),
    ('99.01.01.1001', 'kelurahan', 'Kelurahan', 't', '99.01.01'),
    ('99.01.01.1001-RW001', 'rw', 'RW 1', 't', '99.01.01.1001'),
    ('99.01.01.1001-RW001-RT001', 'rt', 'RT 1', 't', '99.01.01.1001-RW001')
"""
HOUSEHOLD = """
    insert into household (rt, members, geom, source) values
    ('99.01.01.1001-RW001-RT001', 7, ST_SetSRID(ST_MakePoint(107.1234567, -6.7654321), 4326), 't') returning id::text
"""


@pytest.fixture
def owner(test_databases: TestDatabases) -> Iterator[Database]:
    """A store in which five regions and a household were written and one region renamed twice."""
    yield from written(test_databases)


@pytest.fixture(scope="module")
def whole(test_databases: TestDatabases) -> Iterator[Database]:
    """The same, for tests that leave it as it is."""
    yield from written(test_databases)


def written(databases: TestDatabases) -> Iterator[Database]:
    found = Database(database_url(databases.new("migrated")), owner=True, pool_size=2)
    with found.transaction() as session, household_scope(session, "*"):
        session.execute(text(PLACES))
        session.execute(text(HOUSEHOLD))
    for name in ("Kota Satu", "Kota Dua"):
        run(found, f"update region set name = '{name}' where code = '99.01'")
    yield found
    found.dispose()


@pytest.fixture
def settings(owner: Database, tmp_path: Path) -> Settings:
    return replace(read({"DATABASE_URL": owner.url.render_as_string(hide_password=False)}), data_dir=tmp_path)


def run(db: Database, *statements: str) -> None:
    with db.transaction() as session, household_scope(session, "*"):
        for statement in statements:
            session.execute(text(statement))


def by_force(db: Database, *statements: str) -> None:
    """As a superuser who switches every trigger off."""
    run(db, "set local session_replication_role = replica", *statements)


def chains(db: Database) -> dict[str, int]:
    return {name: head["position"] for name, head in audit.current_heads(db)["chains"].items()}


def test_every_revision_has_its_link_and_the_chain_is_whole(owner: Database, settings: Settings) -> None:
    assert chains(owner) == {"facts": 7, "personal": 1}
    assert audit.faults(owner, settings) == []


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("update revision set reason = 'x' where id = 3", "revision 3: changed or moved (link 3 of chain facts)"),
        (
            "update revision set new = jsonb_set(new, '{name}', '\"Koto\"') where id = 1",
            "revision 1: changed or moved (link 1 of chain facts)",
        ),
        (
            "update revision set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where id = 6",
            "revision 6: changed or moved (link 1 of chain personal)",
        ),
        ("update revision set at = at + interval '1 microsecond' where id = 4", "revision 4: changed"),
        ("delete from revision where id = 2", "revision 2: deleted (link 2 of chain facts)"),
        (
            "delete from revision where id = 2; delete from revision_chain where revision_id = 2",
            "chain facts: links 2 to 2 were taken out before revision 3",
        ),
        (
            "insert into revision (table_name, row_id, version, action) values ('region', '99.01', 9, 'update')",
            "inserted past the chain",
        ),
        (
            "update revision_chain set revision_id = case revision_id when 7 then -8 else -7 end"
            " where revision_id in (7, 8); update revision_chain set revision_id = -revision_id where revision_id < 0",
            "revision 8: changed or moved (link 6 of chain facts)",
        ),
        ("update region set name = 'Kota Tiga' where code = '99.01'", "region: differs from its last revision: 99.01"),
        ("delete from region where code = '99.01.01.1001-RW001-RT001'", "region: differs from its last revision"),
        ("update household set members = 1", "household: differs from its last revision"),
        ("alter table revision disable trigger link", "trigger switched off: revision.link"),
        ("grant update on revision to webgis_web", "the web role may write: revision (UPDATE)"),
        ("alter table household no force row level security", "row-level security is off or not forced: household"),
    ],
)  # fmt: skip
def test_harm_is_named(whole: Database, harm: str, said: str) -> None:
    with Session(whole.engine) as session:  # closing it takes everything back
        session.execute(text("select set_config('app.household_scope', '*', true)"))
        for statement in ("set local session_replication_role = replica", *harm.split("; ")):
            session.execute(text(statement))
        found = chain.faults(session) + checks.faults(session)
    assert any(said in fault for fault in found), found


REWRITE = """
    do $$ declare r revision; last bytea := ''; place int := 0; begin
        delete from revision_chain where chain = 'facts';
        for r in select * from revision where sealed is null order by id loop
            place := place + 1;
            last := sha256(last || convert_to(revision_words(r), 'UTF8'));
            insert into revision_chain values ('facts', place, r.id, last);
        end loop;
    end $$
"""


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("delete from revision where id = 8", "chain facts: cut off"),
        ("update revision set reason = 'x' where id = 8", "chain facts: rewritten up to link 7"),
    ],
)
def test_a_chain_made_anew_from_the_start_is_found_out_by_a_head_kept_elsewhere(
    owner: Database, settings: Settings, tmp_path: Path, harm: str, said: str
) -> None:
    file = tmp_path / "elsewhere.jsonl"
    audit.keep_heads(owner, file)
    run(owner, "update region set name = 'Kota Tiga' where code = '99.01'")
    audit.keep_heads(owner, file)
    assert audit.faults(owner, settings, file) == []
    by_force(owner, "delete from revision where id > 8", harm, REWRITE)
    assert not [fault for fault in audit.faults(owner, settings) if "chain" in fault]
    assert any(said in fault for fault in audit.faults(owner, settings, file))


def test_a_missing_or_spoilt_file_of_heads_is_a_fault(
    owner: Database, settings: Settings, tmp_path: Path
) -> None:
    assert "there is no file" in audit.faults(owner, settings, tmp_path / "none")[0]
    spoilt = tmp_path / "spoilt"
    spoilt.write_text(json.dumps({"at": "today"}))
    assert "not a file of heads" in audit.faults(owner, settings, spoilt)[0]


def test_a_rolled_back_change_leaves_no_link(whole: Database) -> None:
    before = chains(whole)
    with pytest.raises(DBAPIError):
        run(whole, "update region set name = 'x'", "select 1 / 0")
    assert chains(whole) == before


def test_writers_side_by_side_make_one_chain(owner: Database, settings: Settings) -> None:
    """The first to write commits last: links follow the commits, and both stand in the chain."""
    with owner.transaction() as first:
        first.execute(text("update region set name = 'A' where code = '99.01'"))
        owner_alone = Database(owner.url, owner=True, pool_size=1)
        run(
            owner_alone,
            "insert into place (kind, geom, source) values ('x', ST_SetSRID(ST_MakePoint(107, -6), 4326), 't')",
        )
        owner_alone.dispose()
    assert chains(owner)["facts"] == 9
    assert audit.faults(owner, settings) == []


def test_what_a_revision_says_of_a_household_is_closed_and_opens_with_the_key_only(whole: Database) -> None:
    with whole.transaction() as session:
        row = session.execute(text("select * from revision where table_name = 'household'")).mappings().one()
        assert (row["old"], row["new"], row["kelurahan"]) == (None, None, "99.01.01.1001")
        assert not any(mark in bytes(row["sealed"]) for mark in (b"7654321", b"members", b"RT001"))
        opened = text("select (opened(r)).new from revision r where table_name = 'household'")
        assert session.execute(opened).scalar_one()["members"] == 7
        session.execute(text("select set_config('app.sealing_key', :other, true)"), {"other": "x" * 40})
        assert session.execute(opened).scalar_one() is None


def test_a_household_is_not_written_without_the_key(whole: Database) -> None:
    with pytest.raises(DBAPIError, match="no sealing key"):
        run(whole, "select set_config('app.sealing_key', '', true)", HOUSEHOLD)


def test_the_web_role_opens_what_it_may_read_and_touches_no_key(whole: Database) -> None:
    web = Database(whole.url, pool_size=1)
    opened = text("select (opened(r)).new ->> 'members' from revision r where table_name = 'household'")
    with web.transaction() as session:
        assert session.execute(opened).all() == []
        with household_scope(session, "99.01.01.1002"):
            assert session.execute(opened).all() == []
        with household_scope(session, "99.01.01.1001"):
            assert session.execute(opened).scalars().all() == ["7"]
    for statement in (
        "select * from subject_key", "select family_key('x', false)", "select closed('x', null, null)",
        "select * from revision_chain", "delete from revision_chain",
        "insert into revision (table_name, row_id, version, action) values ('region', '1', 1, 'insert')",
    ):  # fmt: skip
        with pytest.raises(DBAPIError, match="permission denied"), web.transaction() as session:
            session.execute(text(statement))
    web.dispose()


def test_rows_from_before_the_chain_are_sealed_and_linked_by_the_migration(
    owner: Database, settings: Settings
) -> None:
    url = owner.url
    migrate.downgrade(url, "0012")
    with owner.transaction() as session:
        kept = session.execute(text("select new from revision where table_name = 'household'")).scalar_one()
        assert kept["members"] == 7
    migrate.upgrade(url)
    assert chains(owner) == {"facts": 7, "personal": 1}
    assert audit.faults(owner, settings) == []
