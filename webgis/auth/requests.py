"""Who is behind a request, and whether an unsafe one comes from our own page.

It knows nothing about passwords. A Bearer token is looked at first and never falls back to the cookie.
Forged requests are stopped twice: by where they come from (Origin, Sec-Fetch-Site) and by a token of the session.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlsplit

from flask import g, request
from sqlalchemy import RowMapping

from webgis.auth import secrets
from webgis.auth.errors import CsrfFailed
from webgis.context import context
from webgis.planning.access import PUBLIC, Actor, Role, Token, narrowed
from webgis.planning.errors import SignInNeeded
from webgis.store import accounts

COOKIE: Final = "session"
SESSION_MINUTES: Final = 12 * 60
IDLE_MINUTES: Final = 2 * 60
"""A session ends after so long whatever happens, and after so long unused: whoever plans all day signs in once."""
FRESH_MINUTES: Final = 5
"""Use is written down this seldom, so that reading a page is not a write each time."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


@dataclass(frozen=True)
class Caller:
    """An actor and, if a cookie told us who it is, the CSRF token of the session.

    second_step_due: a role of this account asks for a second step that is not set up; until then it has no roles.
    """

    actor: Actor
    csrf_token: str = ""
    second_step_due: bool = False


NOBODY: Final = Caller(PUBLIC)


def cookie_name() -> str:
    """What the cookie of a session is called: in production with the prefix that ties it to this host and to TLS."""
    return f"__Host-{COOKIE}" if context().settings.production else COOKIE


def current_actor() -> Actor:
    """Who asks. Raises SignInNeeded for a Bearer token that is not valid (any more)."""
    return _caller().actor


def csrf_token() -> str:
    """The token that unsafe requests of this session must carry; empty when nobody is signed in."""
    return _caller().csrf_token


def second_step_due() -> bool:
    """Whether the roles of the caller wait for a second step to be set up."""
    return _caller().second_step_due


def session_hash() -> bytes:
    """The hash of the session of this request; that of nothing where there is none."""
    return secrets.token_hash(_session_token() or "")


def guard_unsafe_requests() -> None:
    """Raise CsrfFailed for an unsafe request that another site may have made a browser send."""
    if request.method in SAFE or bearer_token() is not None:
        return
    if _foreign():
        raise CsrfFailed("foreign_origin")
    if wanted := csrf_token():
        given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token") or ""
        if not secrets.same(given, wanted):
            raise CsrfFailed("csrf_failed")


def bearer_token() -> str | None:
    """The token of the Authorization header, if it is of that kind."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def forget_caller() -> None:
    """Look again who asks, after signing in or out."""
    g.pop("caller", None)
    g.pop("new_session", None)
    g.signed_out = True


def remember_token(token: str) -> None:
    """Go on in this request as the session that has just begun."""
    forget_caller()
    g.new_session = token


def to_actor(row: RowMapping) -> Actor:
    """A row of the store as an actor."""
    roles: list[Any] = row["roles"]
    return Actor(row["id"], row["name"], row["email"], tuple(Role(role, region) for role, region in roles))


def _caller() -> Caller:
    if "caller" not in g:
        g.caller = _find_caller()
    found: Caller = g.caller
    return found


def _find_caller() -> Caller:
    token, cookie = bearer_token(), _session_token()
    if token is None and not cookie:
        return NOBODY
    synthetic = not context().settings.production
    with context().db.transaction() as session:
        if token is not None:
            row = accounts.by_token(session, secrets.token_hash(token), synthetic=synthetic)
        else:
            known = secrets.token_hash(cookie or "")
            row = accounts.by_session(session, known, synthetic=synthetic)
            if row is not None and row["minutes_left"] < IDLE_MINUTES - FRESH_MINUTES:
                accounts.use_session(session, known, IDLE_MINUTES, SESSION_MINUTES)
    if row is None:
        if token is not None:
            raise SignInNeeded("bad_token")
        return NOBODY
    actor = to_actor(row)
    if token is not None:
        reach = Token(row["scope"], row["region"])
        return Caller(replace(actor, roles=narrowed(actor.roles, *reach), token=reach))
    due = row["way"] == "password" and not row["has_code"] and actor.holds(*context().settings.code_roles)
    return Caller(replace(actor, roles=()) if due else actor, row["csrf_token"], due)


def _session_token() -> str | None:
    """The session of this request, which may just have begun or ended."""
    if "new_session" in g:
        return str(g.new_session)
    return None if "signed_out" in g else request.cookies.get(cookie_name())


def _foreign() -> bool:
    """Whether the browser says that another site sent this."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() != request.host.lower()
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("cross-site", "same-site")
