"""Signing in and out, with throttling.

It knows nothing about forms or JSON. A try is recorded before it is judged and forgiven when the password was right,
so parallel tries cannot slip through; unknown and known accounts take the same work and get the same words.
"""

from __future__ import annotations

from typing import Final

from flask import Response, after_this_request, request

from webgis.auth import requests, secrets
from webgis.auth.errors import TooManyTries, WrongPassword
from webgis.context import context
from webgis.planning.access import Actor
from webgis.store import accounts

SESSION_HOURS: Final = 12
WINDOW_MINUTES: Final = 15
TRIES_PER_ACCOUNT: Final = 10
TRIES_PER_ADDRESS: Final = 50


def sign_in(email: str, password: str, address: str | None = None) -> Actor:
    """Start a session and set its cookie on the answer; an older session of this browser ends.

    Raises WrongPassword or TooManyTries. address: where the try comes from, the request's own by default.
    """
    email = email.strip().lower()
    _count_try(email, address or request.remote_addr or "unknown")
    settings, db = context().settings, context().db
    with db.transaction() as session:
        row = accounts.by_email(session, email, synthetic=not settings.production)
    right = secrets.verify_password(
        row["password_hash"] if row else None, password[: secrets.LONGEST_PASSWORD + 1]
    )
    if row is None or not right or len(password) > secrets.LONGEST_PASSWORD:
        raise WrongPassword
    token = secrets.new_token()
    with db.transaction() as session:
        accounts.forgive(session, email)
        if secrets.needs_new_hash(row["password_hash"]):
            accounts.set_password_hash(session, row["id"], secrets.hash_password(password))
        if old := request.cookies.get(requests.COOKIE):
            accounts.drop_session(session, secrets.token_hash(old))
        accounts.add_session(
            session, secrets.token_hash(token), row["id"], secrets.new_token(), SESSION_HOURS
        )
    _set_cookie(token)
    actor = requests.to_actor(row)
    requests.remember_token(token)
    return actor


def sign_out() -> None:
    """End the session of this browser, if there is one."""
    if token := request.cookies.get(requests.COOKIE):
        with context().db.transaction() as session:
            accounts.drop_session(session, secrets.token_hash(token))
    _set_cookie("")
    requests.forget_caller()


def samples_offered() -> bool:
    """Whether the sign-in page may offer the accounts of the sample city."""
    if context().settings.production:
        return False
    with context().db.transaction() as session:
        return accounts.samples_exist(session)


def _count_try(email: str, address: str) -> None:
    """Record a try; raises TooManyTries, without recording it, when there were too many."""
    with context().db.transaction() as session:
        found = accounts.failures(session, email, address, WINDOW_MINUTES)
        for count, age, most in (
            (found["by_account"], found["account_age"], TRIES_PER_ACCOUNT),
            (found["by_address"], found["address_age"], TRIES_PER_ADDRESS),
        ):
            if count >= most:
                raise TooManyTries(max(1, WINDOW_MINUTES * 60 - age))
        accounts.add_failure(session, email, address)


def _set_cookie(token: str) -> None:
    secure = context().settings.production or request.is_secure

    @after_this_request
    def put(response: Response) -> Response:
        response.set_cookie(
            requests.COOKIE,
            token,
            max_age=SESSION_HOURS * 3600 if token else 0,
            httponly=True,
            samesite="Lax",
            secure=secure,
        )
        return response
