"""Bring a database to a revision of migrations/, one process at a time.

It knows nothing about what the revisions do; Alembic does the work.
An advisory lock lets several machines start at once, the usual cure for racing deployments.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from webgis.settings import BadSetting, database_url, sealing_key

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
_LOCK = 990_100


def upgrade(url: str | URL, revision: str = "head") -> None:
    """Apply revisions up to `revision`; nothing happens if the database is there already.

    Raises BadSetting for a database in another encoding than UTF8: a server set up without a locale makes such.
    """
    _move(url, revision, down=False)


def downgrade(url: str | URL, revision: str) -> None:
    """Take revisions back down to `revision` ("base" for none)."""
    _move(url, revision, down=True)


def head() -> str:
    """The newest revision in the code."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revisions() -> list[str]:
    """Every revision in the code, oldest first."""
    return [step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def current(url: str | URL) -> str | None:
    """The revision of a database, None if it never was migrated."""
    engine = create_engine(_url(url))
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def _move(url: str | URL, revision: str, *, down: bool) -> None:
    engine = create_engine(_url(url))
    try:
        with engine.connect() as connection:
            encoding = connection.execute(text("show server_encoding")).scalar_one()
            if encoding != "UTF8":
                raise BadSetting(
                    f"DATABASE_URL names a database in {encoding}, which cannot hold names as people write them; make "
                    "one with: create database … encoding 'UTF8' template template0"
                )
            connection.execute(text("select pg_advisory_lock(:key)"), {"key": _LOCK})
            connection.execute(
                text("select set_config('app.sealing_key', :key, false)"), {"key": sealing_key()}
            )
            connection.commit()
            config = _config()
            config.attributes["connection"] = connection
            (command.downgrade if down else command.upgrade)(config, revision)
            connection.commit()
            connection.execute(text("select pg_advisory_unlock(:key)"), {"key": _LOCK})
            connection.commit()
    finally:
        engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def _url(url: str | URL) -> URL:
    return database_url(url) if isinstance(url, str) else url
