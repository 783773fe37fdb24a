"""Names in revisions from before migration 0029: out of the rows, erasable, and no change of them goes unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.databases import TestDatabases
from tests.store.test_chain import PLACES, by_force
from webgis.auth import accounts
from webgis.planning.keeping import audit, personal
from webgis.settings import Settings, database_url, read
from webgis.store import chain, migrate
from webgis.store.database import Database

OFFICIAL, RESIDENT = "Kanari Nurhayati", "Warga Tetangga"
EMAIL = "kanari@contoh.id"
WRITTEN = """
    insert into revision (table_name, row_id, version, action, old, new) values
    ('weight_set', 'a', 1, 'insert', null, '{{"id": "a", "kelurahan": "99.01.01.1001", "author": "{official}",
        "participant": "{resident}", "judgements": {{"land": 2}}}}'),
    ('asset_report', 'b', 2, 'update',
        '{{"id": "b", "kelurahan": "99.01.01.1001", "author": "{resident}", "body": "x"}}',
        '{{"id": "b", "kelurahan": "99.01.01.1001", "author": "{resident}", "body": "y"}}'),
    ('asset_report', 'c', 1, 'insert', null, '{{"id": "c", "kelurahan": "99.01.01.1001", "author": "Orang Lain"}}'),
    ('region', 'd', 1, 'insert', null, '{{"code": "d", "name": "Kota"}}')
"""


@pytest.fixture
def url(test_databases: TestDatabases) -> str:
    """A store as an older version left it, and brought up to date."""
    url = test_databases.new("migrated")
    below = migrate.revisions()[migrate.revisions().index("0033") - 1]
    migrate.downgrade(url, below)
    db = Database(database_url(url), owner=True, pool_size=1)
    with db.transaction() as session:
        session.execute(text(PLACES))
        session.execute(text(WRITTEN.format(official=OFFICIAL, resident=RESIDENT)))
    db.dispose()
    migrate.upgrade(url)
    return url


@pytest.fixture
def db(url: str) -> Iterator[Database]:
    found = Database(database_url(url), owner=True, pool_size=2)
    yield found
    found.dispose()


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    return replace(read({"DATABASE_URL": url}), data_dir=tmp_path)


def kept(db: Database) -> dict[str, str | None]:
    """The words of each revision from before, by the row they are of, as far as they can be opened."""
    with db.transaction() as session:
        query = text("""
            select r.row_id, original_words(o) from revision_original o join revision r on r.id = o.revision_id
        """)
        return {row[0]: row[1] for row in session.execute(query)}


def of_links(db: Database) -> list[str]:
    with db.transaction() as session:
        return chain.faults(session)


def test_names_are_out_of_the_rows_and_the_chain_is_whole(db: Database, settings: Settings) -> None:
    with db.transaction() as session:
        rows = session.execute(text("select r::text from revision r")).scalars().all()
    assert not [row for row in rows if any(name in row for name in (OFFICIAL, RESIDENT, "Orang Lain"))]
    assert [row for row in rows if '"body": "y"' in row.replace('""', '"')], "all else stays"
    assert set(kept(db)) == {"a", "b", "c"}
    assert of_links(db) == []


def test_erasing_a_name_closes_its_revisions_for_good_and_no_other(db: Database) -> None:
    heads = audit.current_heads(db)["chains"]
    personal.erase_name(db, RESIDENT.upper(), "99.01.01.1001")
    words = kept(db)
    assert (words["a"], words["b"]) == (None, None)
    assert "Orang Lain" in str(words["c"])
    assert of_links(db) == []
    now = audit.current_heads(db)["chains"]
    assert now["facts"] == heads["facts"], "a head that was copied elsewhere still fits"


def test_a_name_elsewhere_is_somebody_else(db: Database) -> None:
    personal.erase_name(db, RESIDENT, "99.01.02.1001")
    assert None not in kept(db).values()


def test_erasing_an_account_takes_its_name_out_of_old_revisions(db: Database) -> None:
    accounts.add_account(db, EMAIL, OFFICIAL, "empat kuda lari", [("planner", "99.01.01.1001")])
    personal.erase_account(db, EMAIL)
    assert {row for row, words in kept(db).items() if words is None} == {"a"}
    assert of_links(db) == []


def test_a_change_of_such_a_revision_is_named_while_it_can_be_opened(db: Database) -> None:
    by_force(db, """update revision set new = new || '{"judgements": {"land": 9}}' where row_id = 'a'""")
    assert [fault for fault in of_links(db) if "changed after its names were taken out" in fault]


def test_nobody_hides_another_change_as_an_erased_name(db: Database) -> None:
    by_force(
        db,
        "insert into revision_original select id, 'x' from revision where row_id = 'd'",
        """update revision set new = '{"code": "d", "name": "Lain"}' where row_id = 'd'""",
    )
    assert [fault for fault in of_links(db) if "hidden as if" in fault]


def test_what_was_not_erased_goes_down_and_up_again(url: str, db: Database) -> None:
    before = kept(db)
    db.dispose()
    migrate.downgrade(url, migrate.revisions()[migrate.revisions().index("0033") - 1])
    with db.transaction() as session:
        names = (
            session.execute(text("select new ->> 'author' from revision where row_id = 'a'")).scalars().all()
        )
    assert names == [OFFICIAL]
    db.dispose()
    migrate.upgrade(url)
    assert kept(db) == before
