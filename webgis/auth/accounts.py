"""Creating accounts, and the accounts of the sample city.

It knows nothing about requests. Sample accounts are marked synthetic; production neither creates nor opens them.
Their names stand in the contracts, so that checks and newcomers can sign in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from webgis.auth import secrets
from webgis.store import accounts
from webgis.store.database import Database

SAMPLE_PASSWORD: Final = "contoh-saja"
SAMPLE_ACCOUNTS: Final = (
    ("planner", "Sri Rahayu (BKM Tirta Mekar)", "99.01.01.1001"),
    ("facilitator", "Budi Santoso (fasilitator)", "99.01"),
    ("reviewer", "Retno Wulandari (Dinas PU)", "99.01"),
    ("city", "Agus Prasetyo (Bappeda)", "99.01"),
    ("partner", "Mitra Contoh", "99.01"),
    ("admin", "Admin Contoh", "99.01"),
)
"""Role (and the part of the address before @contoh.test), name, region."""


def add_account(
    db: Database,
    email: str,
    name: str,
    password: str,
    roles: Sequence[tuple[str, str]],
    *,
    synthetic: bool = False,
) -> str:
    """Create an account, or reset name and password of an existing one, whose sessions end; give it roles. Its id."""
    password_hash = secrets.hash_password(password)
    with db.transaction(reason="account") as session:
        account_id = accounts.add_account(session, email.strip().lower(), name, password_hash, synthetic)
        accounts.drop_sessions(session, account_id)
        for role, region in roles:
            accounts.add_membership(session, account_id, role, region)
    return account_id


def add_sample_accounts(db: Database) -> int:
    """Create the accounts of the sample city that are missing; how many. Never call this in production."""
    made = 0
    for role, name, region in SAMPLE_ACCOUNTS:
        email = f"{role}@contoh.test"
        with db.transaction() as session:
            known = accounts.exists(session, email)
        if not known:
            add_account(db, email, name, SAMPLE_PASSWORD, [(role, region)], synthetic=True)
            made += 1
    return made
