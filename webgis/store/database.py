"""One engine and one way to open a transaction.

It knows nothing about tables. Who acts and why is put into the transaction, where the revision trigger reads it.
The web process takes its role on connecting, from a login of its own that has no other rights (`logins`) or by giving
up the owner's, so that row-level security binds it. Triggers seal what
they keep of families with a key that every connection carries (migration 0018).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from webgis.settings import sealing_key

WEB_ROLE = "webgis_web"
STATEMENT_TIMEOUT_MS = 30_000


class Database:
    """The store of one process.

    url: SQLAlchemy URL. owner: keep the owner's rights (migrations, loading, publishing); the web never does.
    """

    def __init__(self, url: URL, *, owner: bool = False, pool_size: int = 4) -> None:
        self.url = url
        self.engine: Engine = create_engine(
            url,
            pool_pre_ping=True,
            pool_size=pool_size,
            max_overflow=4,
            # Without a limit a store that does not answer holds a process for minutes.
            connect_args={"application_name": "peta-swadaya", "connect_timeout": 10},
        )
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        role, key = None if owner else WEB_ROLE, sealing_key()
        event.listen(self.engine, "connect", lambda connection, _record: _prepare(connection, role, key))

    @contextmanager
    def transaction(self, account: str | None = None, reason: str | None = None) -> Iterator[Session]:
        """One transaction, committed on leaving and rolled back on any error.

        account: id of who acts, reason: why; both end up in the revision rows of what is changed.
        """
        with self._sessions.begin() as session:
            if account is not None or reason is not None:
                session.execute(
                    text(
                        "select set_config('app.account', :account, true), set_config('app.reason', :reason, true)"
                    ),
                    {"account": account or "", "reason": reason or ""},
                )
            yield session

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


@contextmanager
def household_scope(session: Session, kelurahan: str) -> Iterator[None]:
    """Let the queries inside see the poor households of a kelurahan, or of several with commas ("*": of all).

    Outside of it row-level security shows the web role none (contracts, Privacy). The caller has checked the right.
    """
    with _scope(session, "app.household_scope", kelurahan):
        yield


@contextmanager
def programme_scope(session: Session, regions: str) -> Iterator[None]:
    """Let the queries inside see the city programmes of regions (codes with commas) that are not public.

    Outside of it row-level security shows public ones only. The caller has checked the right.
    """
    with _scope(session, "app.programme_scope", regions):
        yield


@contextmanager
def _scope(session: Session, name: str, value: str) -> Iterator[None]:
    """A setting that policies read, until the block ends."""
    change = text("select set_config(:name, :value, true)")
    session.execute(change, {"name": name, "value": value})
    failed = False
    try:
        yield
    except DBAPIError:
        failed = True  # PostgreSQL takes no more statements, and the scope ends with the transaction
        raise
    finally:
        if session.is_active and not failed:
            session.flush()
            session.execute(change, {"name": name, "value": ""})


def _prepare(connection: Any, role: str | None, key: str) -> None:
    """Session settings that survive every transaction of this connection."""
    with connection.cursor() as cursor:
        if role:
            cursor.execute(f"set role {role}")
            cursor.execute(f"set statement_timeout = {STATEMENT_TIMEOUT_MS}")
        cursor.execute("set time zone 'UTC'")
        cursor.execute("select set_config('app.sealing_key', %s, false)", (key,))
    connection.commit()
