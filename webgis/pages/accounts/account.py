"""Signing in and out by form: password, then the code of those who have a second step; or a provider that vouches.

It knows nothing about passwords or sessions; webgis.auth does. Only local addresses are followed afterwards.
The accounts of the sample city are buttons, so that trying it out takes one press (interface paper, section 7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from webgis import auth
from webgis.auth import accounts, openid
from webgis.context import context
from webgis.pages.navigation import landing
from webgis.pages.site import pages
from webgis.planning.access import ROLES, Actor
from webgis.planning.errors import BadDocument, NotAllowed, PlanningError, TooOften
from webgis.wording import words

AFTERWARDS: Final = "next"
EMAIL: Final = "email"
"""What the cookie of this browser says until it is read: where to go then, and whose password was just set."""


@pages.get("/login")
def login() -> str:
    """The form; whoever has just set a password finds the address filled in."""
    return _form("", session.pop(EMAIL, ""))


@pages.post("/login")
def try_login() -> ResponseReturnValue:
    """Sign in and go where the person wanted to go."""
    sample = request.form.get("sample")
    email = sample or request.form.get("email", "")
    password = (
        accounts.SAMPLE_PASSWORD if sample and auth.samples_offered() else request.form.get("password", "")
    )
    try:
        actor = auth.sign_in(email, password)
    except auth.CodeNeeded:
        wanted = local_path(request.form.get("next", ""))
        return redirect(url_for("pages.login_code", next=wanted or None), 303)
    except (auth.WrongPassword, auth.TooManyTries) as error:
        return _form(_said(error), email), _status(error)
    return _onward(actor, request.form.get("next", ""))


@pages.get("/login/code")
def login_code() -> str:
    """The second form, for those who have a second step."""
    return _code_form("")


@pages.post("/login/code")
def try_code() -> ResponseReturnValue:
    """Finish signing in."""
    try:
        actor = auth.give_code(request.form.get("code", ""))
    except auth.WrongPassword as error:
        return _form(_said(error)), 401
    except (auth.WrongCode, auth.TooManyTries) as error:
        return _code_form(_said(error)), _status(error)
    return _onward(actor, request.form.get("next", ""))


@pages.get("/login/openid")
def login_openid() -> ResponseReturnValue:
    """Off to the provider of this installation."""
    if context().settings.openid is None:
        raise NotFound
    session[AFTERWARDS] = local_path(request.args.get("next", ""))
    try:
        return openid.to_provider(url_for("pages.login_vouched", _external=True))
    except auth.OpenIdFailed as error:
        return _form("", refused=_said(error)), 502


@pages.get("/login/openid/back")
def login_vouched() -> ResponseReturnValue:
    """Back from the provider."""
    if context().settings.openid is None:
        raise NotFound
    try:
        actor = openid.come_back()
    except auth.OpenIdFailed as error:
        return _form("", refused=_said(error)), 401
    return _onward(actor, session.pop(AFTERWARDS, ""))


@pages.get("/daftar")
def join() -> str | Response:
    """The form for an account of one's own."""
    if not auth.sign_up_open():
        raise NotAllowed("sign_up_closed")
    return _join_form({}, {})


@pages.post("/daftar")
def try_to_join() -> tuple[str, int] | Response:
    """Make the account, sign in and go back to where the person came from."""
    given = {name: request.form.get(name, "") for name in ("name", "email", "password")}
    try:
        auth.sign_up(**given)
    except (BadDocument, TooOften) as error:
        lang = auth.current_language()
        if isinstance(error, TooOften):
            return _join_form(given, {"": words(error.code, error.params, lang)}), 429
        return _join_form(given, {p.pointer[1:]: words(p.code, p.params, lang) for p in error.problems}), 422
    return redirect(local_path(request.form.get("next", "")) or url_for("pages.public_map"), 303)


@pages.post("/logout")
def logout() -> Response:
    """Sign out and show the public map."""
    auth.sign_out()
    return redirect(url_for("pages.public_map"), 303)


def local_path(address: str) -> str:
    """The address if it stays on this site, else nothing."""
    parts = urlsplit(address)
    local = address.startswith("/") and not address.startswith("//") and not parts.scheme and not parts.netloc
    # A browser drops tabs and line breaks and takes a backslash for a slash: /<tab>/evil, /\\evil.
    return address if local and not any(sign <= " " or sign == "\\" for sign in address) else ""


def _onward(actor: Actor, wanted: str) -> Response:
    """Where somebody wanted to go; to the account first if its roles wait for a second step."""
    if auth.second_step_due():
        return redirect(url_for("pages.account"), 303)
    return redirect(local_path(wanted) or landing(actor), 303)


def _join_form(given: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render_template(
        "pages/join.html",
        given=defaultdict(str, given),
        errors=defaultdict(str, errors),
        next_path=local_path(request.values.get("next", "")),
    )


def _form(problem: str, email: str = "", refused: str = "") -> str:
    """The sign-in page; problem: with what was typed; refused: what became of signing in with the provider."""
    offered = [(role, f"{role}@contoh.test") for role in ROLES] if auth.samples_offered() else []
    provider = context().settings.openid
    return render_template(
        "pages/login.html",
        problem=problem,
        refused=refused,
        email=email,
        samples=offered,
        next_path=local_path(request.values.get("next", "")),
        welcome=request.args.get("welcome", ""),
        provider=provider.name if provider else "",
        sign_up=auth.sign_up_open(),
    )


def _code_form(problem: str) -> str:
    wanted = local_path(request.values.get("next", ""))
    return render_template("pages/login_code.html", problem=problem, next_path=wanted)


def _said(error: PlanningError) -> str:
    return words(error.code, error.params, auth.current_language())


def _status(error: PlanningError) -> int:
    return 429 if isinstance(error, auth.TooManyTries) else 401
