"""One-time links: an invitation to set a first password, and a new password when the old one is lost.

It knows nothing about mail or pages. A link is 256 random bits of which the hash is kept; it opens once, ends by
itself, and making another ends it. Only an administrator who looks after the account makes one, so no form of ours can
be used to find out who has an account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from webgis.auth import passwords, secrets
from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument, Conflict, NotFound
from webgis.planning.people import people as rules
from webgis.store import accounts, people, tokens
from webgis.store.database import Database

HOURS: Final = {"invite": 7 * 24, "reset": 24}


@dataclass(frozen=True)
class Link:
    """Whose link it is and what for ("invite", "reset")."""

    account_id: str
    email: str
    name: str
    purpose: str


def make_link(db: Database, actor: Actor, person_id: str) -> tuple[str, str]:
    """A link for a person the caller looks after: its token, told once, and its purpose.

    Raises SignInNeeded, NotAllowed, NotFound, and Conflict for an account that is closed.
    """
    token = secrets.new_token()
    with db.transaction(actor.account_id, "link made") as session:
        person = rules.looked_after(session, actor, person_id)
        if not person.active:
            raise Conflict("account_closed")
        purpose = "reset" if person.has_password else "invite"
        people.put_link(session, person.id, secrets.token_hash(token), purpose, HOURS[purpose])
    return token, purpose


def open_link(db: Database, token: str, *, synthetic: bool) -> Link:
    """Whose link this is. Raises NotFound for one that is unknown, used or over."""
    with db.transaction() as session:
        return _find(session, token, synthetic)


def use_link(db: Database, token: str, name: str, password: str, *, synthetic: bool) -> Link:
    """Set name and password; all sessions of the account end, and the link. Raises NotFound, BadDocument."""
    name = " ".join(name.split())
    found = open_link(db, token, synthetic=synthetic)
    problems = rules.name_faults(name)
    try:
        passwords.check(password, found.email, found.name, name)
    except BadDocument as error:
        problems += error.problems
    if problems:
        raise BadDocument(problems)
    password_hash = secrets.hash_password(password)
    with db.transaction(found.account_id, "link used") as session:
        found = _find(session, token, synthetic)
        people.rename(session, found.account_id, name)
        accounts.set_password_hash(session, found.account_id, password_hash)
        people.drop_link(session, found.account_id)
        accounts.drop_sessions(session, found.account_id)
        if found.purpose == "reset":
            tokens.delete_of(session, found.account_id)
        accounts.forgive(session, found.email)
    return found


def _find(session: Session, token: str, synthetic: bool) -> Link:
    row = people.link(session, secrets.token_hash(token), synthetic=synthetic)
    if row is None:
        raise NotFound("no_link")
    return Link(**row)
