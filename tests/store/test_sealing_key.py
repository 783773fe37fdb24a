"""Another sealing key over a store with histories: what opens them afterwards, and what a cut leaves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.databases import TestDatabases
from tests.store.test_chain import HOUSEHOLD, PLACES
from webgis.planning.keeping import audit, personal, sealing
from webgis.settings import BadSetting, database_url, read
from webgis.store import sealing as keys_of
from webgis.store.database import Database, household_scope

OLD, NEW = "lama-" * 8, "baru-" * 8


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBGIS_SEALING_KEY", OLD)
    monkeypatch.setenv("WEBGIS_NEW_SEALING_KEY", NEW)


@pytest.fixture
def url(test_databases: TestDatabases) -> str:
    return test_databases.new("migrated")


@pytest.fixture
def family(url: str) -> str:
    """The id of a household that was written with the old key and changed once."""
    with opened(url) as db, db.transaction() as session, household_scope(session, "*"):
        session.execute(text(PLACES))
        key = str(session.execute(text(HOUSEHOLD)).scalar_one())
        session.execute(text("update household set members = 8"))
    return key


class opened:  # noqa: N801 - reads as a word in with statements
    """The owner's database with the key of the environment, as a process that starts now has it."""

    def __init__(self, url: str) -> None:
        self.db = Database(database_url(url), owner=True, pool_size=1)

    def __enter__(self) -> Database:
        return self.db

    def __exit__(self, *_: object) -> None:
        self.db.dispose()


def history(db: Database, family: str) -> list[int | None]:
    """Members in each version that can be read."""
    with db.transaction() as session, household_scope(session, "*"):
        query = text("""
            select (said.new ->> 'members')::integer from revision v, lateral opened(v) said
            where v.table_name = 'household' and v.row_id = :id order by v.id
        """)
        return list(session.execute(query, {"id": family}).scalars())


def test_the_new_key_opens_everything_and_the_old_one_nothing(
    url: str, family: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with opened(url) as db:
        heads = audit.current_heads(db)["chains"]
        assert sealing.change_sealing_key(db) == sealing.Changed(1, None)
    with opened(url) as db:
        assert history(db, family) == [None, None], "the old key is worth nothing any more"
        with (
            pytest.raises(Exception, match="sealing key is another one"),
            db.transaction() as session,
            household_scope(session, "*"),
        ):
            session.execute(text("update household set members = 9"))
    monkeypatch.setenv("WEBGIS_SEALING_KEY", NEW)
    with opened(url) as db:
        assert history(db, family) == [7, 8]
        with db.transaction() as session, household_scope(session, "*"):
            session.execute(text("update household set members = 9"))
        assert history(db, family) == [7, 8, 9], "the history goes on under one key"
        settings = replace(read({"DATABASE_URL": url}), data_dir=tmp_path)
        assert audit.faults(db, settings) == []
        assert audit.current_heads(db)["chains"]["facts"] == heads["facts"], "no link was made anew"


def test_changing_twice_and_erasing_leaves_nothing_to_open(
    url: str, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for old, new in ((OLD, NEW), (NEW, OLD + "2")):
        monkeypatch.setenv("WEBGIS_SEALING_KEY", old)
        monkeypatch.setenv("WEBGIS_NEW_SEALING_KEY", new)
        with opened(url) as db:
            assert sealing.change_sealing_key(db).histories == 1
    monkeypatch.setenv("WEBGIS_SEALING_KEY", OLD + "2")
    with opened(url) as db:
        assert history(db, family) == [7, 8]
        personal.erase_household(db, family)
        assert history(db, family) == [None, None, None]
        with db.transaction() as session:
            left = session.execute(text("select salt, wrapped from subject_key")).all()
        assert left == [(None, None)]


def test_keys_that_do_not_fit_change_nothing(url: str, family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for old, new in ((OLD, OLD), (OLD, "kurang"), ("asing-" * 8, NEW)):
        monkeypatch.setenv("WEBGIS_SEALING_KEY", old)
        monkeypatch.setenv("WEBGIS_NEW_SEALING_KEY", new)
        with opened(url) as db, pytest.raises(BadSetting):
            sealing.change_sealing_key(db)
    monkeypatch.setenv("WEBGIS_SEALING_KEY", OLD)
    with opened(url) as db:
        assert history(db, family) == [7, 8]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An installation that keeps its key in a file."""
    monkeypatch.delenv("WEBGIS_SEALING_KEY")
    monkeypatch.setenv("WEBGIS_DATA_DIR", str(tmp_path))
    (tmp_path / "sealing-key").write_text(OLD)
    (tmp_path / "sealing-key").chmod(0o600)
    return tmp_path


@pytest.mark.parametrize("cut", ["before the store was sealed", "before the file was put in place", "never"])
def test_a_key_file_is_changed_whatever_moment_cuts_it_off(
    url: str, folder: Path, family: str, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if cut != "never":
        where = (keys_of, "change") if "store" in cut else (sealing, "_put_in_place")
        with monkeypatch.context() as broken, opened(url) as db:
            broken.setattr(*where, interrupted)
            with pytest.raises(KeyboardInterrupt):
                sealing.change_sealing_key(db)
    with opened(url) as db:
        done = sealing.change_sealing_key(db)
    assert done.kept is not None and done.kept.read_text() == OLD
    assert sorted(file.name for file in folder.glob("sealing*")) == ["sealing-key", done.kept.name]
    assert (folder / "sealing-key").read_text() != OLD
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.glob("sealing*"))
    with opened(url) as db:
        assert history(db, family) == [7, 8]


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt
