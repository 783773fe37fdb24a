"""One's own account: roles, password, second step, and the browsers one is signed in with.

It knows nothing about passwords or codes. A QR code is an SVG in the page, so no secret is ever an address.
"""

from __future__ import annotations

from typing import Final

import segno
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import (
    TooManyTries,
    csrf_token,
    current_actor,
    current_language,
    own_account,
    second_step,
    second_step_due,
)
from webgis.context import context
from webgis.pages.accounts.administration import faults
from webgis.pages.site import database, pages, to_sign_in
from webgis.planning import regions
from webgis.planning.access import Actor
from webgis.planning.community import notices
from webgis.planning.errors import BadDocument, PlanningError
from webgis.wording import words

BROWSERS: Final = (("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
                   ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS: Final = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                  ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip
"""What stands in a browser's name for itself -> how people call it; the first that fits."""


@pages.get("/account")
def account() -> ResponseReturnValue:
    """The account of who asks."""
    if (actor := _owner()) is None:
        return to_sign_in()
    return _page(actor)


@pages.post("/account/password")
def account_password() -> ResponseReturnValue:
    """Another password."""
    if (actor := _owner()) is None:
        return to_sign_in()
    old, new = request.form.get("old", ""), request.form.get("password", "")
    if new != request.form.get("again", ""):
        return _page(actor, {"again": _said("passwords_differ")}), 422
    try:
        own_account.change_password(database(), actor, old, new)
    except BadDocument as error:
        return _page(actor, faults(error)), 422
    except TooManyTries as error:
        return _page(actor, {"old": _said_of(error)}), 429
    return redirect(url_for("pages.account", done="password"), 303)


@pages.post("/account/sessions/remove")
def account_sign_out() -> ResponseReturnValue:
    """Sign out elsewhere, in one browser or in all but this; the password is asked."""
    if (actor := _owner()) is None:
        return to_sign_in()
    password = request.form.get("old", "")
    try:
        if session_id := request.form.get("session"):
            own_account.end_session(database(), actor, session_id, password)
        else:
            own_account.sign_out_everywhere_else(database(), actor, password)
    except BadDocument as error:
        return _page(actor, faults(error)), 422
    except TooManyTries as error:
        return _page(actor, {"sessions": _said_of(error)}), 429
    return redirect(url_for("pages.account") + "#sessions", 303)


@pages.get("/account/second-step")
def account_second_step() -> ResponseReturnValue:
    """The QR code for the app."""
    if (actor := _owner()) is None:
        return to_sign_in()
    if second_step.standing(database(), actor).confirmed:
        return redirect(url_for("pages.account"), 303)
    return _set_up(actor, {})


@pages.post("/account/second-step")
def account_confirm_second_step() -> ResponseReturnValue:
    """Switch the second step on with a first code; the recovery codes are shown once."""
    if (actor := _owner()) is None:
        return to_sign_in()
    key = context().settings.secret_key
    try:
        codes = second_step.confirm(database(), actor, key, request.form.get("code", ""))
    except BadDocument as error:
        return _set_up(actor, faults(error)), 422
    return render_template("pages/second_step.html", codes=codes, here="account")


@pages.post("/account/second-step/remove")
def account_drop_second_step() -> ResponseReturnValue:
    """Switch it off; the password is asked."""
    if (actor := _owner()) is None:
        return to_sign_in()
    try:
        own_account.drop_second_step(database(), actor, request.form.get("old", ""))
    except BadDocument as error:
        return _page(actor, {"drop": faults(error)["old"]}), 422
    except TooManyTries as error:
        return _page(actor, {"drop": _said_of(error)}), 429
    return redirect(url_for("pages.account"), 303)


def agent_name(agent: str) -> str:
    """A browser and its system as people call them, empty for what nobody knows."""
    found = (next((name for mark, name in table if mark in agent), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(part for part in found if part)


def _owner() -> Actor | None:
    """Who is signed in by a session; a token is no person and has no business here."""
    return current_actor() if csrf_token() else None


def _page(actor: Actor, found: dict[str, str] | None = None) -> str:
    settings = context().settings
    return render_template(
        "pages/account.html",
        faults=found or {},
        done=request.args.get("done", ""),
        held=_held(actor),
        sessions=[(one, agent_name(one.agent)) for one in own_account.sessions(database(), actor)],
        has_password=own_account.has_password(database(), actor),
        second_step=second_step.standing(database(), actor),
        second_step_due=second_step_due(),
        way=notices.way(database(), actor),
        ways=notices.WAYS,
        mail_set_up=settings.mail is not None,
        must_keep=actor.holds(*settings.code_roles),
        here="account",
    )


def _held(actor: Actor) -> list[tuple[str, str]]:
    """Roles with the names of their regions."""
    return [(role.role, regions.region(database(), role.region).region.name) for role in actor.roles]


def _set_up(actor: Actor, found: dict[str, str]) -> str:
    offer = second_step.offer(database(), actor, context().settings.secret_key)
    picture = segno.make(offer.address, error="m").svg_inline(scale=5, border=2, light="#fff", omitsize=False)
    groups = " ".join(offer.secret[at : at + 4] for at in range(0, len(offer.secret), 4))
    return render_template(
        "pages/second_step.html", codes=(), picture=picture, secret=groups, faults=found, here="account"
    )


def _said(code: str) -> str:
    return words(code, {}, current_language())


def _said_of(error: PlanningError) -> str:
    return words(error.code, error.params, current_language())
