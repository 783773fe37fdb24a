"""The catalogue on the page of administration: what holds, what the city changes of it, and how to go back.

It knows nothing about rules (`planning.catalogue_changes`). A form first shows what a change would do; only its second
button keeps it. Everything works without scripts.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor, current_language
from webgis.pages.accounts import administration
from webgis.pages.site import database, desk, pages, to_sign_in
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.vocabulary import FUNDS
from webgis.planning.effects import catalogue_changes
from webgis.planning.effects.catalogue_changes import Wish
from webgis.planning.effects.catalogue_effects import effects
from webgis.planning.errors import BadDocument, Conflict, NotFound
from webgis.planning.review.paket_score import paket_rules
from webgis.wording import words


@pages.get("/admin/catalogue")
def admin_catalogue() -> ResponseReturnValue:
    """Work types with their prices, criteria with their weights, rules of funds, and the changes so far."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    changes = catalogue_changes.list_changes(database(), actor)
    found = catalogue()
    return administration.page(
        "catalogue",
        "catalogue",
        works=tuple(found.work_types.values()),
        criteria=found.criteria,
        version=found.version,
        changed=found.change,
        changes=changes,
        may_change=catalogue_changes.may_change(database(), actor),
        paket=paket_rules(),
        rules=plan_rules(),
        funds=tuple(FUNDS),
    )


@pages.get("/admin/catalogue/<way>", defaults={"key": ""})
@pages.get("/admin/catalogue/<way>/<key>")
def admin_change_catalogue(way: str, key: str) -> ResponseReturnValue:
    """The form of a change; of going back, with what it would do."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    catalogue_changes.require_changer(database(), actor)
    wish = _usual(way, key)
    return _page(way, key, wish, look=way == "restore")


@pages.post("/admin/catalogue/<way>", defaults={"key": ""})
@pages.post("/admin/catalogue/<way>/<key>")
def admin_keep_change(way: str, key: str) -> ResponseReturnValue:
    """Show what a change would do, or keep it."""
    catalogue_changes.require_changer(database(), current_actor())
    wish = _typed(way, key)
    if request.form.get("step") != "keep":
        return _page(way, key, wish, look=True)
    try:
        catalogue_changes.change(database(), current_actor(), wish)
    except BadDocument as error:
        return _page(way, key, wish, look=True, faults=administration.faults(error), status=422)
    except Conflict as error:
        return _page(way, key, wish, look=False, refused=error, status=409)
    return redirect(url_for("pages.admin_catalogue", _anchor="changes"), 303)


def _page(
    way: str,
    key: str,
    wish: Wish,
    *,
    look: bool,
    faults: dict[str, str] | None = None,
    refused: Conflict | None = None,
    status: int = 200,
) -> tuple[str, int]:
    actor, found, seen = current_actor(), faults or {}, None
    if look:
        try:
            seen = effects(database(), desk(), actor, catalogue_changes.checked(database(), actor, wish))
        except BadDocument as error:
            found, status = found | administration.faults(error), 422
        except Conflict as error:
            refused, status = error, 409
    lang = current_language()
    page = administration.page(
        "catalogue_change",
        "catalogue",
        way=way,
        key=key,
        wish=wish,
        effects=seen,
        faults=found,
        refused=words(refused.code, refused.params, lang) if refused else "",
        work=catalogue().work_types.get(key),
        criteria=catalogue().criteria,
        names={item.id: item.name(lang) for item in catalogue().criteria},
        today=dt.date.today(),
    )
    return page, status


def _usual(way: str, key: str) -> Wish:
    """What stands in a form when it is opened. Raises NotFound."""
    now = catalogue()
    if way == "type" and key in now.work_types:
        work = now.work_types[key]
        out = frozenset() if work.offered else frozenset({key})
        return Wish(prices={key: f"{work.unit_cost}"}, not_offered=out, seen=now.change)
    if way == "weights" and not key:
        percent = {item.id: f"{100 * item.core.weight:.10g}" for item in now.criteria}
        return Wish(weights=percent, seen=now.change)
    if way == "restore" and key.isascii() and key.isdecimal() and len(key) < 9:
        return Wish(back_to=int(key), seen=now.change)
    raise NotFound("no_such_address")


def _typed(way: str, key: str) -> Wish:
    usual, given = _usual(way, key), request.form
    typed: dict[str, Any] = {}
    if way == "type":
        typed["prices"] = {key: given.get("price", "")[:40]}
        typed["not_offered"] = frozenset() if given.get("offered") == "true" else frozenset({key})
    if way == "weights":
        typed["weights"] = {item.id: given.get(item.id, "")[:20] for item in catalogue().criteria}
    seen = given.get("seen", "")
    return Wish(
        **({"back_to": usual.back_to} | typed),
        reason=given.get("reason", ""),
        source=given.get("source", ""),
        source_on=_day(given.get("source_on", "")),
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
    )


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None
