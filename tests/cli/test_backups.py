"""A backup drill: a whole installation into one file, and back into another database, equal to the last row."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.databases import DATA_DIR, TestDatabases
from tools.postgres import find
from webgis.planning import kept_files
from webgis.planning.errors import Conflict
from webgis.planning.keeping import audit, backups
from webgis.settings import Programs, Settings, database_url, read
from webgis.store import dumping
from webgis.store.database import Database, household_scope

PHOTO = b"a photo of a drain"


def quiet(_percent: int, _message: str) -> None:
    """Nobody watches."""


def settings_of(url: str, folder: Path) -> Settings:
    found = find()
    assert found is not None
    told = found.told()
    programs = Programs(told["PG_BIN"], told["PG_LIBRARIES"])
    return replace(read({"DATABASE_URL": url}), data_dir=folder, programs=programs)


def opened(settings: Settings) -> Database:
    return Database(settings.database_url, owner=True, pool_size=2)


@pytest.fixture(scope="module")
def made(
    test_databases: TestDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Path]]:
    """A sample city with a photo and a head of its chain, and its backup, made while somebody writes."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(DATA_DIR / "sample", folder / "sample")
    settings = settings_of(test_databases.new("sample"), folder)
    digest = kept_files.keep(folder / "attachments", PHOTO)
    db, file = opened(settings), folder.parent / "city.backup"
    with db.transaction() as session:
        session.execute(
            text("""
                insert into attachment (subject, subject_id, kind, media_type, sha256, bytes, author)
                select 'proposal', id, 'other', 'application/pdf', :digest, 18, 'Bu Contoh' from proposal limit 1
            """),
            {"digest": digest},
        )
    audit.keep_heads(db, folder / audit.FILE)

    def write(_percent: int, _message: str) -> None:
        with db.transaction() as session:
            session.execute(text("update region set name = name || '.' where kind = 'kota'"))

    backups.back_up(db, settings, file, write)
    yield settings, file
    db.dispose()


def counted(db: Database) -> dict[str, dumping.Table]:
    with db.transaction() as session, household_scope(session, "*"):
        return dumping.tables(session)


def altered(file: Path, target: Path, **changes: Any) -> Path:
    """A copy of an archive whose manifest says something else."""
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == backups.MANIFEST:
                content = json.dumps(json.loads(content) | changes).encode()
            after.writestr(name, content)
    return target


def owned_by_nobody_special(url: str) -> str:
    """The address of a database for a new owner who is no superuser, as a hosted database gives one."""
    db = Database(database_url(url), owner=True, pool_size=1)
    with db.transaction() as session:
        session.execute(
            text("""
                do $$ begin create role plain_owner login createrole; exception when duplicate_object then null; end $$
            """)
        )
        session.execute(text(f'alter database "{db.url.database}" owner to plain_owner'))
        session.execute(text("grant webgis_web to plain_owner"))  # the role is there, made by somebody else
    db.dispose()
    return db.url.set(username="plain_owner").render_as_string(hide_password=False)


def test_an_installation_restored_by_a_plain_owner_is_the_same_and_sound(
    made: tuple[Settings, Path], test_databases: TestDatabases, tmp_path: Path
) -> None:
    _, file = made
    settings = settings_of(owned_by_nobody_special(test_databases.new("bare")), tmp_path / "data")
    db = opened(settings)
    try:
        done = backups.restore(db, settings, file, quiet, replace=False, upgrade=False)
        manifest = json.loads(zipfile.ZipFile(file).read(backups.MANIFEST))
        now = counted(db)
        assert {name: (found.rows, found.sha256) for name, found in now.items()} == {
            name: (due["rows"], due["sha256"]) for name, due in manifest["tables"].items()
        }
        assert now["household"].rows > 0 and now["account"].rows > 0
        assert done.damaged == () and done.remarks == ()
        assert audit.faults(db, settings) == [], "row-level security, rights, triggers and both chains"
        kept = [path for path in (settings.data_dir / "attachments").rglob("*") if path.is_file()]
        assert [path.read_bytes() for path in kept] == [PHOTO]
        assert {path.name for path in (settings.data_dir / "sample").iterdir()}
    finally:
        db.dispose()
    web = Database(settings.database_url)
    try:
        with web.transaction() as session:
            assert session.execute(text("select count(*) from household")).scalar_one() == 0
    finally:
        web.dispose()


def test_no_secret_is_in_an_archive(made: tuple[Settings, Path]) -> None:
    settings, file = made
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        manifest = archive.read(backups.MANIFEST).decode()
    assert not [name for name in names if "key" in name or "uploads" in name]
    assert settings.secret_key not in manifest
    assert json.loads(manifest)["keys"]["sealing"]
    assert file.stat().st_mode & 0o077 == 0
    assert backups.last_backup(settings.data_dir) is not None


def test_what_is_there_goes_only_when_it_is_said_and_wholly(
    made: tuple[Settings, Path], test_databases: TestDatabases, tmp_path: Path
) -> None:
    _, file = made
    settings = settings_of(test_databases.new("migrated"), tmp_path / "data")
    settings.data_dir.mkdir()
    stray = kept_files.keep(settings.data_dir / "attachments", b"of the store before")
    db = opened(settings)
    try:
        with db.transaction() as session:
            session.execute(text("create table left_over (id int)"))
            session.execute(text("insert into account (email, name) values ('a@contoh.test', 'Bu Contoh')"))
        before = counted(db)
        with pytest.raises(Conflict) as refused:
            backups.restore(db, settings, file, quiet, replace=False, upgrade=False)
        assert refused.value.code == "store_not_empty"
        tables = json.loads(zipfile.ZipFile(file).read(backups.MANIFEST))["tables"]
        wrong = tables | {"account": tables["account"] | {"rows": 1}}
        with pytest.raises(dumping.ProgramFailed, match="account does not hold"):
            backups.restore(
                db,
                settings,
                altered(file, tmp_path / "wrong", tables=wrong),
                quiet,
                replace=True,
                upgrade=False,
            )
        assert counted(db) == before, "a restore that fails at its end has changed nothing"
        assert kept_files.place(settings.data_dir / "attachments", stray).exists()
        backups.restore(db, settings, file, quiet, replace=True, upgrade=False)
        assert "left_over" not in counted(db)
        assert audit.faults(db, settings) == []
        assert not kept_files.place(settings.data_dir / "attachments", stray).exists()
    finally:
        db.dispose()


def test_nothing_is_restored_under_people_at_work(
    made: tuple[Settings, Path], test_databases: TestDatabases, tmp_path: Path
) -> None:
    _, file = made
    settings = settings_of(test_databases.new("migrated"), tmp_path / "data")
    db, web = opened(settings), Database(settings.database_url)
    try:
        with web.transaction() as session:
            session.execute(text("select 1"))
        before = counted(db)
        for replaced in (False, True):
            with pytest.raises(Conflict) as refused:
                backups.restore(db, settings, file, quiet, replace=replaced, upgrade=False)
            assert (refused.value.code, refused.value.params) == ("store_in_use", {"connections": 1})
        assert counted(db) == before
        web.dispose()
        assert backups.restore(db, settings, file, quiet, replace=False, upgrade=False).rows > 0
    finally:
        db.dispose()
        web.dispose()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"format": 2}, "backup_newer_format"),
        ({"migration": "9999"}, "backup_newer_migration"),
        ({"postgres": 99}, "backup_other_postgres"),
        ({"postgres": 9}, "backup_other_postgres"),
        ({"members": {"database.dump": {"bytes": 1, "sha256": "0"}}}, "backup_damaged"),
        ({"members": {"../../out": {"bytes": 1, "sha256": "0"}}}, "backup_damaged"),
    ],
)
def test_an_archive_that_does_not_fit_is_refused(
    made: tuple[Settings, Path], database_url: str, tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    _, file = made
    settings = settings_of(database_url, tmp_path / "data")
    db = opened(settings)
    try:
        with pytest.raises(Conflict) as refused:
            backups.restore(
                db, settings, altered(file, tmp_path / "x", **changes), quiet, replace=False, upgrade=False
            )
        assert refused.value.code == code
    finally:
        db.dispose()


def test_what_is_no_archive_is_refused_and_a_missing_program_is_named(
    made: tuple[Settings, Path], tmp_path: Path
) -> None:
    settings, file = made
    db = opened(settings)
    try:
        cut = tmp_path / "cut"
        cut.write_bytes(file.read_bytes()[:5000])
        with pytest.raises(Conflict) as refused:
            backups.restore(db, settings, cut, quiet, replace=True, upgrade=False)
        assert refused.value.code == "backup_damaged"
        without = replace(settings, programs=Programs(str(tmp_path)))
        with pytest.raises(dumping.ProgramFailed, match="PG_BIN"):
            backups.back_up(db, without, tmp_path / "none", quiet)
        assert not (tmp_path / "none").exists() and list(tmp_path.glob(".none*")) == []
    finally:
        db.dispose()


def test_a_file_that_is_not_what_its_name_says_is_told(made: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, _ = made
    folder = tmp_path / "data"
    shutil.copytree(settings.data_dir, folder)
    damaged = next(path for path in (folder / "attachments").rglob("*") if path.is_file())
    damaged.write_bytes(b"something else")
    db = opened(settings)
    try:
        done = backups.back_up(db, replace(settings, data_dir=folder), tmp_path / "b", quiet)
    finally:
        db.dispose()
    assert done.damaged == (damaged.relative_to(folder).as_posix(),)
