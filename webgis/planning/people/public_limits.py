"""How often an account, and an address behind which many may sit, may write where everybody reads.

It knows nothing about what is written. Counting goes with the write in one transaction, so that what was refused does
not count (ASVS 5.0, 2.4.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.errors import TooOften
from webgis.store import support as table


@dataclass(frozen=True)
class Limit:
    """At most so many writes in so many minutes by one account, and by one address."""

    minutes: int
    account: int
    address: int


LIMITS: Final = {
    "comment": Limit(10, 12, 60),
    "support": Limit(10, 40, 200),
    "report": Limit(60, 10, 10),
    "sign_up": Limit(60, 5, 5),
}
"""A kelurahan office and a village hall send everything from one address, so addresses may do more than accounts."""


def count_write(session: Session, action: str, actor: Actor, address: str) -> None:
    """Count a public write of this transaction. Raises TooOften."""
    limit = LIMITS[action]
    found = table.writes(session, action, actor.account_id, address, limit.minutes)
    if found["by_account"] >= limit.account or found["by_address"] >= limit.address:
        raise TooOften("too_often", max(1, limit.minutes * 60 - found["age"]))
    table.remember_write(session, action, actor.account_id, address)
