"""The second step of signing in: a code of an authenticator app, or a recovery code where the phone is lost.

It knows nothing about passwords and forms. Codes are RFC 6238 (pyotp); each is good once, one step of 30 s early or
late. Secrets are sealed with the key of the installation, so that a copy of the database makes no codes.
"""

from __future__ import annotations

import base64
import hashlib
import secrets as random
import time
import uuid
from dataclasses import dataclass
from typing import Final

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.orm import Session

from webgis.auth import secrets
from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument, Conflict, Problem
from webgis.store import second_step as table
from webgis.store.database import Database

STEP_S: Final = 30
NAME: Final = "Peta Swadaya"
RECOVERY_CODES: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper; ten of them are 49 random bits, kept by a slow hash; tries count."""


@dataclass(frozen=True)
class Standing:
    """Whether an account has its second step, and how many recovery codes are left."""

    confirmed: bool
    codes_left: int


@dataclass(frozen=True)
class Offer:
    """A secret to put into an app: as text, and as the address that a QR code holds."""

    secret: str
    address: str


def standing(db: Database, actor: Actor) -> Standing:
    """How an account stands."""
    with db.transaction() as session:
        row = table.find(session, str(actor.account_id))
    return Standing(row["since"] is not None, row["codes_left"])


def offer(db: Database, actor: Actor, key: str) -> Offer:
    """The secret of an account that has no second step yet; the same until it is confirmed. Raises Conflict."""
    with db.transaction() as session:
        row = table.find(session, str(actor.account_id))
        if row["since"] is not None:
            raise Conflict("second_step_there")
        secret = _opened(row["secret"], key)
        if secret is None:
            secret = pyotp.random_base32()
            table.begin(session, str(actor.account_id), _seal(key).encrypt(secret.encode()).decode())
    return Offer(secret, pyotp.TOTP(secret).provisioning_uri(name=actor.email, issuer_name=NAME))


def confirm(db: Database, actor: Actor, key: str, code: str) -> tuple[str, ...]:
    """Ask for a code from now on; the recovery codes, shown once. Raises BadDocument at /code, Conflict."""
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    with db.transaction(actor.account_id, "second step set up") as session:
        row = table.find(session, str(actor.account_id))
        if row["since"] is not None:
            raise Conflict("second_step_there")
        secret = _opened(row["secret"], key)
        step = None if secret is None else _step(secret, code, row["step"])
        if step is None:
            raise BadDocument([Problem("/code", "code_wrong")])
        table.use_step(session, str(actor.account_id), step)
        table.confirm(
            session, str(actor.account_id), [_code_hash(str(actor.account_id), code) for code in codes]
        )
    return codes


def right(session: Session, account_id: str, key: str, code: str) -> bool:
    """Whether this is the code now, or an unused recovery code; it is used up by asking."""
    row = table.find(session, account_id)
    secret = _opened(row["secret"], key)
    step = None if secret is None else _step(secret, code, row["step"])
    if step is not None:
        table.use_step(session, account_id, step)
        return True
    return table.use_recovery_code(session, account_id, _code_hash(account_id, code))


def drop(db: Database, actor: Actor, account_id: str) -> None:
    """Ask an account for no code any more; the caller has checked that the actor may."""
    with db.transaction(actor.account_id, "second step removed") as session:
        table.drop(session, account_id)


def _step(secret: str, code: str, used: int) -> int | None:
    """The time step that a code is of, if it is a new one of now, the last or the next."""
    digits = "".join(code.split())
    now = int(time.time()) // STEP_S
    app = pyotp.TOTP(secret)
    return next(
        (
            step
            for step in (now, now - 1, now + 1)
            if step > used and secrets.same(digits, app.generate_otp(step))
        ),
        None,
    )


def _recovery_code() -> str:
    letters = "".join(random.choice(_LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _code_hash(account_id: str, code: str) -> bytes:
    letters = "".join(letter for letter in code.lower() if letter.isalnum())
    return secrets.slow_hash(letters, uuid.UUID(account_id).bytes)


def _seal(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second step:" + key.encode()).digest()))


def _opened(sealed: str | None, key: str) -> str | None:
    """The secret; None if there is none or the installation's key has changed since."""
    if sealed is None:
        return None
    try:
        return _seal(key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None
