"""The order a meeting agreed on: kept with its weights, and how places have moved since.

It knows nothing about how weights or scores are made. An order is a run of the ranking that is never changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy.orm import Session

from webgis.planning.access import Actor, require
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.household_counts import counts_in_scope
from webgis.planning.ranking import weight_sets
from webgis.planning.ranking.ranking import keep_agreed
from webgis.planning.ranking.weight_sets import WeightSetDraft
from webgis.planning.rows import Also
from webgis.store import rankings as table
from webgis.store.database import Database


@dataclass(frozen=True)
class Move:
    """How a place changed: up or down by so many, new in the order, or the same."""

    kind: Literal["up", "down", "new", "same"]
    by: int = 0


@dataclass(frozen=True)
class AgreedOrder:
    """The places a meeting agreed on, by proposal, with the weight set and the day they come from."""

    run_id: str
    set_id: str
    name: str
    met_on: dt.date
    place: str
    ranks: Mapping[str, int]

    def move(self, proposal_id: str, rank: int | None) -> Move | None:
        """How a proposal moved to its place now; None for one that has none (a gate fails)."""
        if rank is None:
            return None
        before = self.ranks.get(proposal_id)
        if before is None:
            return Move("new")
        return Move("up" if rank < before else "down" if rank > before else "same", abs(before - rank))


def keep_weight_set(
    db: Database, desk: Desk, actor: Actor, draft: WeightSetDraft, also: Also[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Keep a weight set, and with one that the meeting agreed on the order that it gives now, in one transaction.

    The set, and what is raised, as `weight_sets.add_weight_set`.
    """

    def order_too(session: Session, kept: dict[str, Any]) -> None:
        if kept["agreed"]:
            keep_agreed(session, desk, actor, kept["kelurahan"], kept["id"])
        if also is not None:
            also(session, kept)

    return weight_sets.add_weight_set(db, actor, draft, order_too)


def last_order(db: Database, actor: Actor, kelurahan: str) -> AgreedOrder | None:
    """The order of the last meeting that agreed on weights. Raises SignInNeeded, NotAllowed."""
    require(actor, "rank", kelurahan)
    with db.transaction() as session, counts_in_scope(session, actor, kelurahan):
        row = table.last_agreed(session, kelurahan)
    if row is None:
        return None
    ranks = {str(item["id"]): int(item["rank"]) for item in row["ranking"] if item["rank"] is not None}
    return AgreedOrder(row["id"], row["set_id"], row["name"], row["met_on"], row["place"], ranks)
