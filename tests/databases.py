"""Databases for tests: templates kept between sessions in the test cluster, and fresh copies of them.

It knows nothing about what a test asks of its database. Templates are keyed by the hash of all that shapes them.
A copy takes half a second where migrating and loading would take many (idea: Django's keepdb, per worker).
"""

from __future__ import annotations

import contextlib
import importlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from unittest.mock import patch

import psycopg2
from psycopg2 import sql

from tools.checkout import LOCAL, ROOT, fingerprint, lock
from tools.cluster import TEST, web_login

Kind = Literal["bare", "migrated", "sample"]
KEPT_TEMPLATES = 6
DATA_DIR = LOCAL / "test-data"
"""Where the sample city's rasters lie for the tests; also WEBGIS_DATA_DIR of every test process."""
ORIGIN: dict[Kind, Kind | None] = {"bare": None, "migrated": "bare", "sample": "migrated"}
SHAPE: dict[Kind, tuple[str, ...]] = {
    "bare": (),
    "migrated": ("migrations", "webgis/store/migrate.py", "webgis/store/logins.py"),
    "sample": (
        "sample_layers/data",
        "webgis/sample.py",
        "webgis/store/sample.py",
        "webgis/store/bulk.py",
        "webgis/store/poverty.py",
        "webgis/planning/mapping/poverty.py",
        "webgis/auth/accounts.py",
    ),
}
"""What a template depends on: when one of these changes, a new template is made."""


class TestDatabases:
    """Makes databases in one cluster for one test session, and drops them at its end."""

    __test__ = False

    def __init__(self, cluster_url: str) -> None:
        self.cluster_url = cluster_url
        self._numbers = itertools.count(1)
        self._made: list[str] = []

    def new(self, kind: Kind = "migrated") -> str:
        """URL of a fresh database: bare (PostGIS only), migrated, or with the sample city."""
        return self._copy(self._template(kind), kind)

    def copy(self, url: str) -> str:
        """URL of a fresh database that begins as another one is now; nobody may be connected to that."""
        return self._copy(_name(url), "copy")

    def _copy(self, template: str, kind: str) -> str:
        name = f"t_{os.getpid()}_{next(self._numbers)}_{kind}"
        self._run("create database {} template {}", name, template)
        self._made.append(name)
        return self.url(name)

    def url(self, name: str) -> str:
        """URL of a database of this cluster."""
        head, _, query = self.cluster_url.partition("?")
        return f"{head.rsplit('/', 1)[0]}/{name}?{query}"

    def drop(self, url: str) -> None:
        """Drop one before the session ends: 50 MB that go soon are never written to the disk."""
        name = _name(url)
        self._made.remove(name)
        self._drop(name)

    def close(self) -> None:
        """Drop what this session made."""
        for name in self._made:
            self._drop(name)
        self._made.clear()

    def drop_orphans(self) -> None:
        """Drop databases of sessions that were killed before they could clean up."""
        for name in self._names("t\\_%"):
            if not Path(f"/proc/{name.split('_')[1]}").exists() and Path("/proc/self").exists():
                self._drop(name)

    def _template(self, kind: Kind) -> str:
        origin = ORIGIN[kind]
        base = self._template(origin) if origin else "template0"
        key = fingerprint([base, kind, *(ROOT / part for part in SHAPE[kind])])[:12]
        name = f"template_{kind}_{key}"
        with lock("test-templates"):
            if name not in self._names("template\\_%") or (kind == "sample" and not DATA_DIR.exists()):
                self._drop(name)
                self._build(kind, name, base)
                self._prune(kind)
        return name

    def _build(self, kind: Kind, name: str, base: str) -> None:
        """Build under a draft name and rename at the end, so that a killed build is never taken for a template."""
        draft = f"draft_{name}"
        self._drop(draft)
        self._run("create database {} template {}", draft, base)
        _fill(kind, self.url(draft))
        self._run(f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{draft}'")
        self._run("alter database {} with allow_connections false", draft)
        self._run("alter database {} rename to {}", draft, name)

    def _prune(self, kind: Kind) -> None:
        for name in self._names(f"template\\_{kind}\\_%")[:-KEPT_TEMPLATES]:
            with contextlib.suppress(psycopg2.Error):
                self._drop(name)

    def _drop(self, name: str) -> None:
        self._run("drop database if exists {} with (force)", name)

    def _names(self, pattern: str) -> list[str]:
        """Databases whose name fits, oldest first."""
        rows = self._run(f"select datname from pg_database where datname like '{pattern}' order by oid")
        return [str(row[0]) for row in rows]

    def _run(self, statement: str, *names: str) -> list[tuple[object, ...]]:
        connection = psycopg2.connect(self.cluster_url)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def _fill(kind: Kind, url: str) -> None:
    if kind == "bare":
        connection = psycopg2.connect(url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute("create extension postgis")
        finally:
            connection.close()
    elif kind == "migrated":
        migrate = importlib.import_module("webgis.store.migrate")
        migrate.upgrade(url)
        prepare_login(url)
    else:
        settings = importlib.import_module("webgis.settings").read(
            {"DATABASE_URL": url, "WEBGIS_ENV": "test", "WEBGIS_DATA_DIR": str(DATA_DIR)}
        )
        importlib.import_module("webgis.sample").load(url, settings=settings)


def prepare_login(url: str) -> None:
    """Make the login of the web's own, as `webgis migrate` does; it belongs to the whole cluster."""
    from webgis.settings import database_url
    from webgis.store import logins
    from webgis.store.database import Database

    owner = Database(database_url(url), owner=True, pool_size=1)
    logins.prepare(owner, database_url(web_url(url)))
    owner.dispose()


def web_url(url: str) -> str:
    """The same database for the login of the web's own."""
    found = web_login(url)
    assert found is not None, "tests run in the cluster of the checkout"
    return found


@contextlib.contextmanager
def opened() -> Iterator[TestDatabases]:
    """The databases of one session: in the cluster `./dev test` started, or in one started here for plain pytest.

    Meanwhile the process has the data folder of the tests, whose key seals what a template holds.
    """
    ours = patch.dict(os.environ, WEBGIS_ENV="test", WEBGIS_DATA_DIR=str(DATA_DIR))
    with ours, contextlib.ExitStack() as stack:
        url = os.environ.get("WEBGIS_TEST_CLUSTER")
        if not url:
            stack.enter_context(TEST.used())
            url = TEST.url("postgres")
        databases = TestDatabases(url)
        databases.drop_orphans()
        try:
            yield databases
        finally:
            databases.close()
