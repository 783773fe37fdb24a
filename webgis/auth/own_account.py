"""What somebody does to their own account: another password, and the browsers they are signed in with.

It knows nothing about pages. A new password ends every other session, and this one begins anew.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping

from webgis.auth import passwords, requests, second_step, secrets
from webgis.auth.signing_in import begin_session, count_try
from webgis.context import context
from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.store import accounts
from webgis.store.database import Database

JUST_NOW: Final = dt.timedelta(minutes=15)
"""How long somebody without a password counts as recognised after signing in."""


@dataclass(frozen=True)
class SignedIn:
    """A browser somebody is signed in with; current: the one that asks."""

    id: str
    agent: str
    way: str
    created_at: dt.datetime
    expires_at: dt.datetime
    current: bool


def sessions(db: Database, actor: Actor) -> list[SignedIn]:
    """Where somebody is signed in, newest first."""
    with db.transaction() as session:
        rows = accounts.sessions_of(session, str(actor.account_id), requests.session_hash())
    return [SignedIn(**row) for row in rows]


def has_password(db: Database, actor: Actor) -> bool:
    """Whether somebody can be asked for a password; who only comes by OpenID Connect has none."""
    row = _row(db, actor)
    return row is not None and row["password_hash"] is not None


def sign_out_everywhere_else(db: Database, actor: Actor, password: str) -> None:
    """End all sessions but this one. Raises BadDocument, TooManyTries."""
    _recognise(db, actor, password)
    with db.transaction() as session:
        accounts.drop_sessions(session, str(actor.account_id), keep=requests.session_hash())


def end_session(db: Database, actor: Actor, session_id: str, password: str) -> None:
    """End one session of one's own. Raises NotFound for what is no id, BadDocument, TooManyTries."""
    try:
        wanted = str(uuid.UUID(session_id))
    except ValueError as error:
        raise NotFound("no_session") from error
    _recognise(db, actor, password)
    with db.transaction() as session:
        accounts.drop_session_by_id(session, str(actor.account_id), wanted)


def change_password(db: Database, actor: Actor, old: str, new: str) -> None:
    """Set another password; the old one is asked, and tries count. Raises BadDocument, TooManyTries."""
    _check(db, actor, old, "/old")
    if old == new:
        raise BadDocument([Problem("/password", "password_same")])
    passwords.check(new, actor.email, actor.name)
    password_hash = secrets.hash_password(new)
    with db.transaction(actor.account_id, "password changed") as session:
        accounts.set_password_hash(session, str(actor.account_id), password_hash)
        accounts.drop_sessions(session, str(actor.account_id))
        row = accounts.by_email(session, actor.email, synthetic=not context().settings.production)
    if row is not None:
        begin_session(row, "password")


def drop_second_step(db: Database, actor: Actor, password: str) -> None:
    """Be asked for no code any more; the password is asked. Raises BadDocument, TooManyTries."""
    _check(db, actor, password, "/old")
    second_step.drop(db, actor, str(actor.account_id))


def _recognise(db: Database, actor: Actor, password: str) -> None:
    """Whether it is still the person who signed in: by password, without one by having signed in just now.

    Raises BadDocument at /sessions, TooManyTries.
    """
    if has_password(db, actor):
        _check(db, actor, password, "/sessions")
        return
    since = next(one.created_at for one in sessions(db, actor) if one.current)
    if dt.datetime.now(dt.UTC) - since > JUST_NOW:
        raise BadDocument([Problem("/sessions", "sign_in_newly")])


def _row(db: Database, actor: Actor) -> RowMapping | None:
    with db.transaction() as session:
        return accounts.by_email(session, actor.email, synthetic=not context().settings.production)


def _check(db: Database, actor: Actor, password: str, pointer: str) -> None:
    """Raise BadDocument unless this is the caller's password; TooManyTries after too many that were not."""
    count_try(actor.email)
    row = _row(db, actor)
    if row is None or not secrets.verify_password(
        row["password_hash"], password[: secrets.LONGEST_PASSWORD + 1]
    ):
        raise BadDocument([Problem(pointer, "password_wrong")])
    with db.transaction() as session:
        accounts.forgive(session, actor.email)
