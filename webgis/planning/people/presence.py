"""Who else has a kelurahan open now, and whether anything in it changed since the last look.

It knows nothing about pages. Names are told to those who may enter the same workspace, while both have it open.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from webgis.planning.access import Actor, require
from webgis.store import presence as table
from webgis.store import proposals
from webgis.store.database import Database

HERE_S: Final = 75
"""Whoever did not look in for three times 25 seconds has gone."""


@dataclass(frozen=True)
class Other:
    """Somebody else who has the kelurahan open; proposal: the one they have open, by id."""

    name: str
    proposal: str | None


@dataclass(frozen=True)
class Pulse:
    """Stamps of layers that differ after a change, who else is here, and the version of the proposal asked about."""

    stamps: Mapping[str, str]
    others: tuple[Other, ...]
    version: int | None


def look_in(db: Database, actor: Actor, kelurahan: str, proposal: str = "") -> Pulse:
    """Say that this account is here, with a proposal open or none, and learn who and what is new.

    Raises NotAllowed, SignInNeeded.
    """
    require(actor, "see_workspace", kelurahan)
    opened, account = _id(proposal), str(actor.account_id)
    with db.transaction() as session:
        table.look_in(session, kelurahan, account, opened)
        row = None if opened is None else proposals.find(session, opened)
        return Pulse(
            table.stamps(session, kelurahan),
            tuple(Other(**found) for found in table.others(session, kelurahan, account, HERE_S)),
            int(row["version"]) if row is not None and row["kelurahan"] == kelurahan else None,
        )


def _id(given: str) -> str | None:
    """An id of the right shape; anything else is no proposal."""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return None
