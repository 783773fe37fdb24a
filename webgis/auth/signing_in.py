"""Signing in and out, with throttling.

It knows nothing about forms or JSON. A try is recorded before it is judged and forgiven when all of it was right,
so parallel tries cannot slip through; unknown and known accounts take the same work and get the same words.
"""

from __future__ import annotations

from typing import Final

from flask import Response, after_this_request, request, session
from sqlalchemy import RowMapping

from webgis import events
from webgis.auth import requests, second_step, secrets
from webgis.auth.errors import CodeNeeded, TooManyTries, WrongCode, WrongPassword
from webgis.context import context
from webgis.planning.access import Actor
from webgis.store import accounts

UNFINISHED_MINUTES: Final = 10
WINDOW_MINUTES: Final = 15
TRIES_PER_ACCOUNT: Final = 10
TRIES_PER_ADDRESS: Final = 50
LONGEST_AGENT: Final = 300
ASK_WHO: Final = "ask_who"
"""Kept in this browser: the provider still knows who was here last, and is to ask whoever comes next."""


def sign_in(email: str, password: str, code: str = "", address: str | None = None) -> Actor:
    """Start a session and set its cookie on the answer; an older session of this browser ends.

    Raises WrongPassword, TooManyTries, WrongCode, and CodeNeeded for an account with a second step when no code was
    given; the cookie is then that of an unfinished session, and `give_code` goes on.
    address: where the try comes from, the request's own by default.
    """
    email = email.strip().lower()
    count_try(email, address)
    settings, db = context().settings, context().db
    with db.transaction() as session:
        row = accounts.by_email(session, email, synthetic=not settings.production)
    right = secrets.verify_password(
        row["password_hash"] if row else None, password[: secrets.LONGEST_PASSWORD + 1]
    )
    if row is None or not right or len(password) > secrets.LONGEST_PASSWORD:
        events.note("sign_in_failed", row["id"] if row else None, what="password")
        raise WrongPassword
    if secrets.needs_new_hash(row["password_hash"]):
        with db.transaction(row["id"], "password hashed anew") as session:
            accounts.set_password_hash(session, row["id"], secrets.hash_password(password))
    if row["has_code"]:
        if not code:
            _begin(row, "password", code_due=True)
            raise CodeNeeded
        with db.transaction() as session:
            right = second_step.right(session, row["id"], settings.secret_key, code)
        if not right:
            events.note("sign_in_failed", row["id"], what="code")
            raise WrongCode
    return begin_session(row, "password")


def give_code(code: str) -> Actor:
    """Finish a sign-in whose password was right. Raises WrongCode, TooManyTries, and WrongPassword if none waits."""
    settings, db = context().settings, context().db
    waiting = secrets.token_hash(request.cookies.get(requests.cookie_name(), ""))
    with db.transaction() as session:
        row = accounts.by_unfinished(session, waiting, synthetic=not settings.production)
    if row is None:
        raise WrongPassword("sign_in_again")
    count_try(row["email"])
    with db.transaction() as session:
        right = second_step.right(session, row["id"], settings.secret_key, code)
    if not right:
        events.note("sign_in_failed", row["id"], what="code")
        raise WrongCode
    return begin_session(row, "password")


def begin_session(row: RowMapping, way: str) -> Actor:
    """Sign somebody in who has shown all that is asked; failed tries are forgiven."""
    with context().db.transaction() as session:
        accounts.forgive(session, row["email"])
    token = _begin(row, way, code_due=False)
    events.note("signed_in", row["id"], way=way)
    requests.remember_token(token)
    return requests.to_actor(row)


def sign_out() -> None:
    """End the session of this browser, if there is one."""
    if token := request.cookies.get(requests.cookie_name()):
        with context().db.transaction() as store:
            accounts.drop_session(store, secrets.token_hash(token))
    if context().settings.openid:
        session[ASK_WHO] = True
    _set_cookie("", 0)
    requests.forget_caller()


def samples_offered() -> bool:
    """Whether the sign-in page may offer the accounts of the sample city."""
    if context().settings.production:
        return False
    with context().db.transaction() as session:
        return accounts.samples_exist(session)


def count_try(email: str, address: str | None = None) -> None:
    """Record a try; raises TooManyTries, without recording it, when there were too many."""
    address = address or request.remote_addr or "unknown"
    with context().db.transaction() as session:
        found = accounts.failures(session, email, address, WINDOW_MINUTES)
        for count, age, most in (
            (found["by_account"], found["account_age"], TRIES_PER_ACCOUNT),
            (found["by_address"], found["address_age"], TRIES_PER_ADDRESS),
        ):
            if count >= most:
                events.note("sign_in_throttled")
                raise TooManyTries(max(1, WINDOW_MINUTES * 60 - age))
        accounts.add_failure(session, email, address)


def _begin(row: RowMapping, way: str, *, code_due: bool) -> str:
    """A new session with its cookie, instead of the one this browser had; its token."""
    token = secrets.new_token()
    minutes = UNFINISHED_MINUTES if code_due else requests.IDLE_MINUTES
    agent = (request.user_agent.string or "")[:LONGEST_AGENT]
    with context().db.transaction() as session:
        if old := request.cookies.get(requests.cookie_name()):
            accounts.drop_session(session, secrets.token_hash(old))
        accounts.add_session(
            session,
            accounts.NewSession(
                secrets.token_hash(token), row["id"], secrets.new_token(), agent, way, code_due, minutes
            ),
        )
    _set_cookie(token, UNFINISHED_MINUTES if code_due else requests.SESSION_MINUTES)
    return token


def _set_cookie(token: str, minutes: int) -> None:
    secure = context().settings.production or request.is_secure

    @after_this_request
    def put(response: Response) -> Response:
        response.set_cookie(
            requests.cookie_name(), token, max_age=minutes * 60, httponly=True, samesite="Lax", secure=secure
        )
        return response
