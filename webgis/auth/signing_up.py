"""An account of one's own, made by a resident: a name, an address and a password, and no role anywhere.

It knows nothing about forms. Such an account may comment and support, as `planning.access` says; the address is not
proved, since an installation may have no mail server, so it opens nothing else.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from flask import request

from webgis.auth import passwords, secrets
from webgis.auth.signing_in import sign_in
from webgis.context import context
from webgis.planning.access import PUBLIC, Actor
from webgis.planning.errors import BadDocument, NotAllowed, Problem
from webgis.planning.people import addresses
from webgis.planning.people.public_limits import count_write
from webgis.store import accounts

LONGEST_NAME: Final = 80


def sign_up_open() -> bool:
    """Whether this installation lets residents make accounts."""
    return context().settings.sign_up


def sign_up(name: str, email: str, password: str) -> Actor:
    """Make an account and sign in with it. Raises NotAllowed, BadDocument, TooOften."""
    if not sign_up_open():
        raise NotAllowed("sign_up_closed")
    name, email = " ".join(name.split()), email.strip().lower()
    if problems := _faults(name, email, password):
        raise BadDocument(problems)
    password_hash = secrets.hash_password(password)
    db = context().db
    with db.transaction() as session:
        count_write(session, "sign_up", PUBLIC, request.remote_addr or "unknown")
    with db.transaction(reason="account") as session:
        if accounts.add_new(session, email, name, password_hash) is None:
            raise BadDocument([Problem("/email", "email_in_use")])
    return sign_in(email, password)


def _faults(name: str, email: str, password: str) -> list[Problem]:
    problems = []
    if not 2 <= len(name) <= LONGEST_NAME or not any(letter.isalpha() for letter in name):
        problems.append(Problem("/name", "person_name_missing", {"longest": LONGEST_NAME}))
    elif any(letter in "()[]<>@" or unicodedata.category(letter)[0] == "C" for letter in name):
        problems.append(Problem("/name", "person_name_signs"))
    if not addresses.sound(email):
        problems.append(Problem("/email", "email_invalid"))
    try:
        passwords.check(password, name, email)
    except BadDocument as error:
        problems += error.problems
    return problems
