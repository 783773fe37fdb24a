"""Support for a proposal: one voice for each account, and everybody reads how many there are.

It knows nothing about the score: support is no vote of a forum and moves no rank.
"""

from __future__ import annotations

from dataclasses import dataclass

from webgis.planning.access import Actor, require
from webgis.planning.people.public_limits import count_write
from webgis.planning.proposals import proposals
from webgis.store import support as table
from webgis.store.database import Database


@dataclass(frozen=True)
class Support:
    """How many accounts support a proposal; mine: this caller does."""

    count: int
    mine: bool


def support_of(db: Database, actor: Actor, proposal_id: str) -> Support:
    """How much support a proposal has. Raises NotFound."""
    with db.transaction() as session:
        proposals.view(session, actor, proposal_id)
        return Support(**table.count(session, proposal_id, actor.account_id))


def set_support(
    db: Database, actor: Actor, proposal_id: str, wanted: bool, address: str = "local"
) -> Support:
    """Support a proposal, or no longer; again changes nothing. Raises NotFound, SignInNeeded, TooOften."""
    with db.transaction(actor.account_id, "dukungan") as session:
        found = proposals.view(session, actor, proposal_id)
        require(actor, "support", found.kelurahan)
        count_write(session, "support", actor, address)
        (table.add if wanted else table.remove)(session, proposal_id, str(actor.account_id))
        return Support(**table.count(session, proposal_id, actor.account_id))
