"""Keys for programs: what there is, making one, taking one back.

It knows nothing about what a scope opens. A key is shown once, on the answer to making it.
"""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor, tokens
from webgis.auth.tokens import Wish
from webgis.pages.accounts import administration
from webgis.pages.site import database, pages, to_sign_in
from webgis.planning.access import SCOPES
from webgis.planning.errors import BadDocument
from webgis.planning.people import people


@pages.get("/admin/tokens")
def admin_tokens() -> ResponseReturnValue:
    """The live tokens."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    return administration.page("tokens", "tokens", tokens=tokens.list_tokens(database(), actor), made="")


@pages.get("/admin/tokens/new")
def admin_new_token() -> ResponseReturnValue:
    """The form for another."""
    if not current_actor().signed_in:
        return to_sign_in()
    return _form({"person": request.args.get("person", ""), "scope": "read", "days": "365"}, {})


@pages.post("/admin/tokens/new")
def admin_make_token() -> ResponseReturnValue:
    """Make it, and show it once."""
    actor = current_actor()
    given = {name: request.form.get(name, "") for name in ("person", "label", "scope", "region", "days")}
    days = int(given["days"]) if given["days"].isascii() and given["days"].isdecimal() else 0
    wish = Wish(given["label"], given["scope"], given["region"] or None, days)
    try:
        made = tokens.make_token(database(), actor, given["person"], wish)
    except BadDocument as error:
        return _form(given, administration.faults(error)), 422
    listed = tokens.list_tokens(database(), actor)
    return administration.page("tokens", "tokens", tokens=listed, made=made, label=wish.label)


@pages.post("/admin/tokens/<token_id>/remove")
def admin_take_token(token_id: str) -> ResponseReturnValue:
    """Take one back."""
    tokens.take_back(database(), current_actor(), token_id)
    return redirect(url_for("pages.admin_tokens"), 303)


def _form(given: dict[str, str], faults: dict[str, str]) -> str:
    actor = current_actor()
    found = [person for person in people.list_people(database(), actor) if person.mine and person.roles]
    return administration.page(
        "new_token",
        "tokens",
        given=given,
        faults=faults,
        people=found,
        places=administration.places(actor),
        scopes=tuple(SCOPES),
        days=tokens.DAYS,
    )
