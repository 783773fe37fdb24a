"""Who looks after whom: people, the roles they hold in regions, and what was changed about them.

It knows nothing about passwords, links or tokens, which are `webgis.auth`. An administrator sees everybody who holds a
role in their region, and looks after those all of whose roles lie in it: whoever could reset the password of somebody
with more rights would have those rights. Accounts without a role are seen from the top of the tree only.

Residents make accounts with addresses that nobody proves. So the first role shuts out whoever made the account: a link
given to the person opens it, and an address taken before its owner came is worth nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning.access import ROLES, Actor, may, require
from webgis.planning.errors import BadDocument, Conflict, NotAllowed, NotFound, Problem
from webgis.planning.people import addresses
from webgis.store import accounts, regions
from webgis.store import people as table
from webgis.store.database import Database

CHANGES: Final = 30
LONGEST_NAME: Final = 120


@dataclass(frozen=True)
class Held:
    """A role in a region; mine: whether the caller administers that region."""

    role: str
    region: str
    region_name: str
    mine: bool


@dataclass(frozen=True)
class Person:
    """An account; mine: whether the caller looks after it. link: purpose and end of a link not used yet."""

    id: str
    email: str
    name: str
    active: bool
    synthetic: bool
    created_at: dt.datetime
    has_password: bool
    has_code: bool
    has_openid: bool
    roles: tuple[Held, ...]
    link: tuple[str, dt.datetime] | None
    mine: bool


@dataclass(frozen=True)
class Change:
    """Something that was done to an account: what ("table_action"), why, by whom (empty: the operator) and when.

    role, detail: role and region, purpose of a link or label of a token; empty where there is none.
    """

    what: str
    role: str
    detail: str
    reason: str
    who: str
    at: dt.datetime


def administers(actor: Actor) -> bool:
    """Whether somebody administers any region."""
    return any(may(actor, "administer", role.region) for role in actor.roles)


def require_administrator(actor: Actor) -> None:
    """Raise SignInNeeded or NotAllowed unless somebody administers any region."""
    if not administers(actor):
        require(actor, "administer", "-")


def list_people(db: Database, actor: Actor, words: str = "", *, synthetic: bool = True) -> list[Person]:
    """The people an administrator sees, by name. Raises SignInNeeded, NotAllowed."""
    require_administrator(actor)
    with db.transaction() as session:
        top = _at_the_top(session, actor)
        rows = table.select(session, words.strip(), synthetic=synthetic)
    return [_person(actor, row) for row in rows if _seen(actor, row, top)]


def get_person(db: Database, actor: Actor, person_id: str) -> Person:
    """One of them. Raises SignInNeeded, NotAllowed, and NotFound for who is not there or not seen."""
    require_administrator(actor)
    with db.transaction() as session:
        return _find(session, actor, person_id)


def looked_after(session: Session, actor: Actor, person_id: str) -> Person:
    """A person whose account the caller may change. Raises what `get_person` does."""
    require_administrator(actor)
    person = _find(session, actor, person_id)
    if not person.mine:
        raise NotAllowed("not_looked_after")
    return person


def changes(db: Database, actor: Actor, person_id: str) -> list[Change]:
    """What was changed about a person, newest first. Raises what `get_person` does."""
    with db.transaction() as session:
        person = _find(session, actor, person_id)
        return [_change(row) for row in table.changes(session, person.id, CHANGES)]


def add_person(db: Database, actor: Actor, given: Mapping[str, str]) -> str:
    """An account without a password for `email`, `name` with `role` in `region`; its id. One that holds no role
    yet is taken over.

    Raises SignInNeeded, NotAllowed for a region the caller does not administer, BadDocument naming all faults.
    """
    require_administrator(actor)
    email, name = given["email"].strip().lower(), " ".join(given["name"].split())
    problems = [*_email_faults(email), *name_faults(name)]
    with db.transaction(actor.account_id, "invited") as session:
        problems += _role_faults(session, given["role"], given["region"])
        if problems:
            raise BadDocument(problems)
        require(actor, "administer", given["region"])
        person_id = table.insert(session, email, name) or _taken_over(session, email, name)
        accounts.add_membership(session, person_id, given["role"], given["region"])
    return person_id


def give_role(db: Database, actor: Actor, person_id: str, role: str, region: str) -> bool:
    """Let a person the caller sees hold a role in a region; whether it is the first, so that a link must follow.

    Raises NotFound, NotAllowed, BadDocument.
    """
    require_administrator(actor)
    with db.transaction(actor.account_id, "role given") as session:
        person = _find(session, actor, person_id)
        if problems := _role_faults(session, role, region):
            raise BadDocument(problems)
        require(actor, "administer", region)
        if not person.roles:
            table.shut_out(session, person.id)
        accounts.add_membership(session, person.id, role, region)
        return not person.roles


def take_role(db: Database, actor: Actor, person_id: str, role: str, region: str) -> None:
    """Take a role away. Raises NotFound, NotAllowed, and Conflict for one's own administration."""
    require_administrator(actor)
    with db.transaction(actor.account_id, "role taken") as session:
        person = _find(session, actor, person_id)
        require(actor, "administer", region)
        if person.id == actor.account_id and role == "admin":
            raise Conflict("not_yourself")
        table.drop_membership(session, person.id, role, region)


def set_active(db: Database, actor: Actor, person_id: str, active: bool) -> None:
    """Close an account (its sessions and link end), or open it again. Raises NotFound, NotAllowed, Conflict."""
    with db.transaction(actor.account_id, "account opened" if active else "account closed") as session:
        person = looked_after(session, actor, person_id)
        if person.id == actor.account_id:
            raise Conflict("not_yourself")
        table.set_active(session, person.id, active)
        if not active:
            accounts.drop_sessions(session, person.id)
            table.drop_link(session, person.id)


def name_faults(name: str) -> list[Problem]:
    """What is wrong with a person's name."""
    if not name:
        return [Problem("/name", "name_missing")]
    return [Problem("/name", "name_long", {"most": LONGEST_NAME})] if len(name) > LONGEST_NAME else []


def _email_faults(email: str) -> list[Problem]:
    return [] if addresses.sound(email) else [Problem("/email", "email_wrong")]


def _role_faults(session: Session, role: str, region: str) -> list[Problem]:
    found = [] if role in ROLES else [Problem("/role", "no_role")]
    return (
        found
        if regions.find(session, region)
        else [*found, Problem("/region", "no_region", {"region": region})]
    )


def _find(session: Session, actor: Actor, person_id: str) -> Person:
    require_administrator(actor)
    try:
        row = table.find(session, str(uuid.UUID(person_id)), synthetic=True)
    except ValueError:
        row = None
    if row is None or not _seen(actor, row, _at_the_top(session, actor)):
        raise NotFound("no_person")
    return _person(actor, row)


def _taken_over(session: Session, email: str, name: str) -> str:
    """The account with an address if it holds no role: shut for whoever made it, with the name now given."""
    row = table.find_by_email(session, email)
    if row is None or row["roles"] or not row["active"]:
        raise BadDocument([Problem("/email", "email_taken")])
    table.shut_out(session, row["id"])
    table.rename(session, row["id"], name)
    return str(row["id"])


def _at_the_top(session: Session, actor: Actor) -> bool:
    """Whether somebody administers a region that has none above it."""
    return any(may(actor, "administer", region["code"]) for region in regions.list_regions(session, "kota"))


def _seen(actor: Actor, row: RowMapping, top: bool) -> bool:
    roles: Sequence[Sequence[str]] = row["roles"]
    return any(may(actor, "administer", region) for _, region, _ in roles) if roles else top


def _person(actor: Actor, row: RowMapping) -> Person:
    roles = tuple(Held(role, code, name, may(actor, "administer", code)) for role, code, name in row["roles"])
    link = None if row["link"] is None else (row["link"][0], dt.datetime.fromisoformat(row["link"][1]))
    values: dict[str, Any] = {**row, "roles": roles, "link": link, "mine": all(held.mine for held in roles)}
    return Person(**values)


def _change(row: RowMapping) -> Change:
    """A revision as something that was done."""
    kept: Mapping[str, Any] = row["new"] or row["old"]
    detail = {"membership": "region", "access_link": "purpose", "api_token": "label"}.get(
        row["table_name"], ""
    )
    what = f"{row['table_name']}_{row['action']}"
    return Change(
        what, kept.get("role", ""), kept.get(detail, ""), row["reason"] or "", row["who"] or "", row["at"]
    )
