"""The people of a region for its administrators: who they are, what roles they hold, and their one-time links.

It knows nothing about who may look after whom, which planning decides. Everything is a plain form that works without
scripts; a link is shown once, on the answer to making it.
"""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webgis.auth import current_actor, links, mail, second_step
from webgis.context import context
from webgis.pages.accounts import administration
from webgis.pages.site import database, pages, to_sign_in
from webgis.pages.wording import labels
from webgis.planning.access import ROLES
from webgis.planning.errors import BadDocument
from webgis.planning.people import people
from webgis.planning.people.people import Person


@pages.get("/admin")
def admin_people() -> ResponseReturnValue:
    """Everybody the administrator sees, or those whose name or address holds ?q=."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    wanted = request.args.get("q", "")
    found = people.list_people(database(), actor, wanted, synthetic=not context().settings.production)
    return administration.page("people", "people", people=found, wanted=wanted)


@pages.get("/admin/people/new")
def admin_invite() -> ResponseReturnValue:
    """The form for an invitation."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    people.require_administrator(actor)
    return _invitation({}, {})


@pages.post("/admin/people/new")
def admin_invited() -> ResponseReturnValue:
    """An account with a role, and the link that opens it."""
    given = {name: request.form.get(name, "") for name in ("email", "name", "role", "region")}
    try:
        person_id = people.add_person(database(), current_actor(), given)
    except BadDocument as error:
        return _invitation(given, administration.faults(error)), 422
    return _linked(person_id)


@pages.get("/admin/people/<person_id>")
def admin_person(person_id: str) -> ResponseReturnValue:
    """One person."""
    if not current_actor().signed_in:
        return to_sign_in()
    return _person(person_id)


@pages.post("/admin/people/<person_id>/link")
def admin_link(person_id: str) -> ResponseReturnValue:
    """Another link: the invitation again, or one for a new password."""
    return _linked(person_id)


@pages.post("/admin/people/<person_id>/roles")
def admin_give_role(person_id: str) -> ResponseReturnValue:
    """Give a role in a region; the first one with the link that opens the account to its owner."""
    role, region = request.form.get("role", ""), request.form.get("region", "")
    try:
        first = people.give_role(database(), current_actor(), person_id, role, region)
    except BadDocument as error:
        return _person(person_id, faults=administration.faults(error)), 422
    return _linked(person_id, done="role_given") if first else _back(person_id, "role_given")


@pages.post("/admin/people/<person_id>/roles/remove")
def admin_take_role(person_id: str) -> ResponseReturnValue:
    """Take a role in a region away."""
    role, _, region = request.form.get("held", "").partition(" ")
    people.take_role(database(), current_actor(), person_id, role, region)
    return _back(person_id, "role_taken")


@pages.post("/admin/people/<person_id>/active")
def admin_set_active(person_id: str) -> ResponseReturnValue:
    """Close or open an account."""
    opened = request.form.get("active") == "true"
    people.set_active(database(), current_actor(), person_id, opened)
    return _back(person_id, "opened" if opened else "closed")


@pages.post("/admin/people/<person_id>/second-step/remove")
def admin_drop_second_step(person_id: str) -> ResponseReturnValue:
    """Ask somebody who has lost phone and recovery codes for no code any more."""
    actor = current_actor()
    with database().transaction() as session:
        person = people.looked_after(session, actor, person_id)
    second_step.drop(database(), actor, person.id)
    return _back(person_id, "second_step")


def _linked(person_id: str, done: str = "") -> str:
    """The page of a person with a new link; mailed as well where there is a mail server."""
    token, purpose = links.make_link(database(), current_actor(), person_id)
    person = people.get_person(database(), current_actor(), person_id)
    link = url_for("pages.welcome", token=token, _external=True)
    return _person(person_id, link=link, purpose=purpose, mailed=_mailed(person, link, purpose), done=done)


def _mailed(person: Person, link: str, purpose: str) -> bool | None:
    """Whether the link was mailed; None where there is no mail server."""
    server = context().settings.mail
    if server is None:
        return None
    if purpose == "invite":
        subject = gettext("Your account on Peta Swadaya")
        first = gettext(
            "Good day %(name)s, an account was made for you. Choose your password here:", name=person.name
        )
    else:
        subject = gettext("A new password for Peta Swadaya")
        first = gettext("Good day %(name)s, you can choose a new password here:", name=person.name)
    last = gettext("The link opens once. If you did not expect it, do nothing.")
    return mail.send(server, person.email, subject, f"{first}\n\n{link}\n\n{last}\n")


def _person(person_id: str, **values: object) -> str:
    actor = current_actor()
    places = administration.places(actor)
    return administration.page(
        "person",
        "people",
        person=people.get_person(database(), actor, person_id),
        changes=people.changes(database(), actor, person_id),
        places=places,
        place_names={place.code: place.name for place in places},
        roles=ROLES,
        known_reasons=labels.ACCOUNT_REASONS,
        words_done=labels.PERSON_DONE,
        **{"faults": {}, "link": "", "done": request.args.get("done", ""), **values},
    )


def _invitation(given: dict[str, str], faults: dict[str, str]) -> str:
    places = administration.places(current_actor())
    return administration.page("invite", "people", given=given, faults=faults, places=places, roles=ROLES)


def _back(person_id: str, done: str) -> ResponseReturnValue:
    return redirect(url_for("pages.admin_person", person_id=person_id, done=done), 303)
