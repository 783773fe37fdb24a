"""Who sees which way: tabs by role, the places an account works in, and where it lands after signing in.

It knows nothing about HTML. Rights come from planning.access; no way is shown that would end at a closed door.
The tabs are those of the interface paper, section 2, without the rooms that are not built yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from webgis.planning import access, regions
from webgis.planning.access import Actor
from webgis.planning.effects import catalogue_changes
from webgis.planning.people import people
from webgis.store.database import Database

KELURAHAN_DOTS: Final = 3
"""Dots in the code of a kelurahan, 99.01.01.1001; what lies above has fewer."""


@dataclass(frozen=True)
class Tab:
    """One entry of the top bar."""

    key: str
    name: str
    href: str


@dataclass(frozen=True)
class Place:
    """A kelurahan as the switcher shows it."""

    code: str
    name: str
    city: str
    synthetic: bool


def tabs(actor: Actor) -> list[Tab]:
    """The entries of the top bar for somebody, in order."""
    plan = Tab(
        "plan", gettext("Kelurahan") if of_several(actor) else gettext("Plan"), url_for("pages.own_plan")
    )
    public = Tab("map", gettext("Public map"), url_for("pages.public_map"))
    data = Tab("data", gettext("Data"), url_for("pages.data"))
    guide = Tab("help", gettext("Help"), url_for("pages.guide"))
    if not actor.roles:
        return [
            Tab("map", gettext("Map"), public.href),
            Tab("list", gettext("List"), url_for("pages.list_by_rw")),
            guide,
        ]
    review = Tab("review", gettext("Review"), url_for("pages.review"))
    if people.administers(actor):
        return [
            plan,
            review,
            Tab("admin", gettext("Administration"), url_for("pages.admin_people")),
            public,
            data,
            guide,
        ]
    if reviews(actor):
        return [review, plan, public, data, guide]
    if reads_reviews(actor):
        costs = Tab("admin", gettext("Prices and weights"), url_for("pages.admin_catalogue"))
        return [plan, review, *((costs,) if catalogue_changes.may_read(actor) else ()), public, data, guide]
    if sees_workspaces(actor):
        return [plan, public, data, guide]
    return [data, public, guide]


def reviews(actor: Actor) -> bool:
    """Whether deciding about PAKET works is what somebody comes for."""
    return actor.holds("reviewer")


def reads_reviews(actor: Actor) -> bool:
    """Whether somebody may read the queue of PAKET works of at least one region."""
    return any(access.may(actor, "read_reviews", role.region) for role in actor.roles)


def sees_workspaces(actor: Actor) -> bool:
    """Whether somebody may enter at least one planning workspace."""
    return any(access.may(actor, "see_workspace", role.region) for role in actor.roles)


def of_several(actor: Actor) -> bool:
    """Whether somebody's workspaces are those of more than one kelurahan, as far as their roles tell."""
    regions_held = {role.region for role in actor.roles if access.may(actor, "see_workspace", role.region)}
    return len(regions_held) > 1 or any(code.count(".") < KELURAHAN_DOTS for code in regions_held)


def landing(actor: Actor) -> str:
    """Where somebody goes after signing in."""
    if reviews(actor):
        return url_for("pages.review")
    if sees_workspaces(actor):
        return url_for("pages.own_plan")
    return url_for("pages.data") if actor.roles else url_for("pages.public_map")


def go_to_plan(code: str) -> Response:
    """Off to the workspace of a kelurahan."""
    return redirect(url_for("pages.plan", code=code))


def places(db: Database, actor: Actor | None = None) -> list[Place]:
    """All kelurahan, or those whose workspace somebody may enter, by name."""
    names = {region.code: region.name for region in regions.list_regions(db, kind="kota")}
    found = [
        Place(item.code, item.name, names.get(item.code[:5], ""), item.synthetic)
        for item in regions.list_regions(db, kind="kelurahan")
        if actor is None or access.may(actor, "see_workspace", item.code)
    ]
    return sorted(found, key=lambda place: place.name)


def initials(name: str) -> str:
    """Up to two letters for the round account button."""
    words = [word for word in name.replace("(", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"
