"""The second step of signing in: the sealed secret of an authenticator app, and codes for the day it is lost.

It knows nothing about time steps or seals.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def find(session: Session, account_id: str) -> RowMapping:
    """Secret (sealed, None if never begun), since (None until confirmed), step last used, recovery codes left.

    Locks the account, so that no code is used twice at once.
    """
    query = text("""
        select totp_secret as secret, totp_since as since, totp_step as step,
               (select count(*) from recovery_code c where c.account_id = a.id) as codes_left
        from account a where id = cast(:id as uuid) for update
    """)
    return session.execute(query, {"id": account_id}).mappings().one()


def begin(session: Session, account_id: str, sealed: str) -> None:
    """Keep a secret that is not confirmed yet."""
    query = text(
        "update account set totp_secret = :secret where id = cast(:id as uuid) and totp_since is null"
    )
    session.execute(query, {"id": account_id, "secret": sealed})


def confirm(session: Session, account_id: str, codes: Sequence[bytes]) -> None:
    """From now on a code is asked; codes: hashes of the recovery codes, instead of any older ones."""
    session.execute(
        text("update account set totp_since = now() where id = cast(:id as uuid)"), {"id": account_id}
    )
    _forget_codes(session, account_id)
    for code in codes:
        session.execute(
            text("insert into recovery_code (code_hash, account_id) values (:code, cast(:id as uuid))"),
            {"code": code, "id": account_id},
        )


def use_step(session: Session, account_id: str, step: int) -> None:
    """Remember the time step of a code, which is then used up with all before it."""
    query = text("update account set totp_step = :step where id = cast(:id as uuid)")
    session.execute(query, {"id": account_id, "step": step})


def use_recovery_code(session: Session, account_id: str, code: bytes) -> bool:
    """Use up a recovery code; whether there was such a one."""
    query = text("""
        delete from recovery_code where code_hash = :code and account_id = cast(:id as uuid) returning 1
    """)
    return session.execute(query, {"code": code, "id": account_id}).first() is not None


def drop(session: Session, account_id: str) -> None:
    """No second step any more."""
    query = text("""
        update account set totp_secret = null, totp_since = null, totp_step = 0 where id = cast(:id as uuid)
    """)
    session.execute(query, {"id": account_id})
    _forget_codes(session, account_id)


def _forget_codes(session: Session, account_id: str) -> None:
    session.execute(
        text("delete from recovery_code where account_id = cast(:id as uuid)"), {"id": account_id}
    )
