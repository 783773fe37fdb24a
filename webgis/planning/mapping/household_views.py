"""Who saw poor households: noted in the transaction of the look, so that nothing is shown that is not noted.

It knows nothing about what was shown. The log is for those who watch over personal data (UU PDP 27/2022, art. 31-39):
administrators of the region, and the operator's command.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy.orm import Session

from webgis.planning.access import Actor, covers, may, require
from webgis.store import household_views as table
from webgis.store.database import Database

Way = Literal["list", "one", "history", "tile", "export"]
OPERATOR: Final = "operator"


@dataclass(frozen=True)
class View:
    """A minute of somebody's looking; households: how many points were shown, None where counts were told.

    reason: what for, of files taken along by somebody who said so.
    """

    minute: dt.datetime
    account: str
    name: str
    way: str
    kelurahan: str
    households: int | None
    requests: int
    reason: str


def note(session: Session, actor: Actor, way: Way, kelurahan: Iterable[str]) -> None:
    """Somebody saw households; kelurahan: one entry for each household shown."""
    note_many(session, actor, way, Counter(kelurahan))


def note_many(session: Session, actor: Actor, way: Way, seen: dict[str, int], reason: str = "") -> None:
    """Somebody saw households; seen: how many in each kelurahan; reason: what for, where it was asked."""
    if seen:
        table.add(session, actor.account_id or OPERATOR, actor.name, way, seen, reason)


def note_counts(db: Database, actor: Actor, kelurahan: str) -> None:
    """Somebody with the right to it was told exact counts of a kelurahan."""
    if may(actor, "see_households", kelurahan):
        with db.transaction() as session:
            note_counts_of(session, actor, [kelurahan])


def note_counts_of(session: Session, actor: Actor, kelurahan: Iterable[str]) -> None:
    """The same of several kelurahan, inside the transaction of the look; the caller has checked the right."""
    for code in sorted(kelurahan):
        table.add_counts(session, actor.account_id or OPERATOR, actor.name, code)


def list_views(
    db: Database,
    actor: Actor,
    kelurahan: str | None = None,
    since: dt.datetime | None = None,
    limit: int = 100,
    offset: int = 0,
) -> tuple[list[View], int]:
    """Newest first, and how many there are in all. Raises SignInNeeded, NotAllowed."""
    mine = [role.region for role in actor.roles if may(actor, "read_access_log", role.region)]
    regions = mine if kelurahan is None else [kelurahan] if any(covers(r, kelurahan) for r in mine) else []
    if not regions:
        require(actor, "read_access_log", kelurahan or "")
    with db.transaction() as session:
        rows, total = table.select(session, regions, since, limit, offset)
    return [View(**row) for row in rows], total
