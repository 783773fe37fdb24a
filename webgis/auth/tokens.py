"""Keys for programs: made for an account with a scope, a region and an end, shown once, taken back at any time.

It knows nothing about what a scope opens (`planning.access`). Administrators make them for the people they look after.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from webgis.auth import secrets
from webgis.planning.access import SCOPES, Actor, narrowed
from webgis.planning.access import Role as RoleHeld
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.people import people as rules
from webgis.store import accounts, regions, tokens
from webgis.store.database import Database

DAYS: Final = (30, 90, 365, 730)
LONGEST_LABEL: Final = 120


@dataclass(frozen=True)
class Key:
    """A token as it is listed."""

    id: str
    label: str
    scope: str
    region: str | None
    region_name: str | None
    created_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None
    account_id: str
    person: str
    email: str
    active: bool


@dataclass(frozen=True)
class Wish:
    """What somebody wants a token to be; region None: wherever the account holds a role."""

    label: str
    scope: str = "full"
    region: str | None = None
    days: int = 365


def list_tokens(db: Database, actor: Actor) -> list[Key]:
    """The live tokens of all people the caller sees. Raises SignInNeeded, NotAllowed."""
    seen = {person.id for person in rules.list_people(db, actor)}
    with db.transaction() as session:
        return [Key(**row) for row in tokens.select(session) if row["account_id"] in seen]


def make_token(db: Database, actor: Actor, person_id: str, wish: Wish) -> str:
    """A token for a person the caller looks after, told once.

    Raises SignInNeeded, NotAllowed, NotFound, BadDocument (also where no person is named).
    """
    if not person_id:
        raise BadDocument([Problem("/person", "person_needed")])
    with db.transaction(actor.account_id, "token made") as session:
        person = rules.looked_after(session, actor, person_id)
        held = [RoleHeld(role.role, role.region) for role in person.roles]
        problems = _faults(session, wish)
        if not problems and not narrowed(held, wish.scope, wish.region):
            problems.append(Problem("/region", "token_elsewhere"))
        if problems:
            raise BadDocument(problems)
        return _insert(session, person.id, wish)


def add_token(db: Database, email: str, wish: Wish) -> str:
    """The same from the command line, by address. Raises LookupError for an unknown account, BadDocument."""
    with db.transaction(reason="token made") as session:
        row = accounts.by_email(session, email.strip().lower(), synthetic=True)
        if row is None:
            raise LookupError(email)
        if problems := _faults(session, wish):
            raise BadDocument(problems)
        return _insert(session, row["id"], wish)


def take_back(db: Database, actor: Actor, token_id: str) -> None:
    """End a token of a person the caller looks after. Raises SignInNeeded, NotAllowed, NotFound."""
    known = {key.id: key for key in list_tokens(db, actor)}
    try:
        key = known[str(uuid.UUID(token_id))]
    except (ValueError, KeyError) as error:
        raise NotFound("no_token") from error
    with db.transaction(actor.account_id, "token taken back") as session:
        rules.looked_after(session, actor, key.account_id)
        tokens.delete(session, key.id)


def _faults(session: Session, wish: Wish) -> list[Problem]:
    found = []
    if not wish.label.strip() or len(wish.label) > LONGEST_LABEL:
        found.append(Problem("/label", "label_wrong", {"most": LONGEST_LABEL}))
    if wish.scope not in SCOPES:
        found.append(Problem("/scope", "no_scope"))
    if not 1 <= wish.days <= max(DAYS):
        found.append(Problem("/days", "days_wrong", {"most": max(DAYS)}))
    if wish.region and regions.find(session, wish.region) is None:
        found.append(Problem("/region", "no_region", {"region": wish.region}))
    return found


def _insert(session: Session, account_id: str, wish: Wish) -> str:
    token = secrets.new_token()
    values = {
        "token_hash": secrets.token_hash(token), "account_id": account_id, "label": wish.label.strip(),
        "scope": wish.scope, "region": wish.region or None, "days": wish.days,
    }  # fmt: skip
    tokens.insert(session, values)
    return token
