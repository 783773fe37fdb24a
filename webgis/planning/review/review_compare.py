"""Approved works of the same type beside one that is reviewed: what a unit cost, and what a household.

It knows nothing about decisions to come. Only works of the regions whose reviews the reader may see are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from webgis.planning.access import Actor
from webgis.planning.judging.desk import Desk, open_scene
from webgis.planning.judging.household_counts import knows
from webgis.planning.mapping.household_views import note_counts
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.review.review_facts import People, people
from webgis.planning.review.review_queue import regions_of
from webgis.store import proposals as table
from webgis.store.database import Database

APPROVED: Final = ("approved", "funded", "under_construction", "completed")
SHOWN: Final = 3


@dataclass(frozen=True)
class Peer:
    """An approved work: rupiah per unit and whom it serves; served is None where it stands already."""

    proposal: ProposalView
    unit_cost: float
    served: People | None


@dataclass(frozen=True)
class Comparison:
    """The last approved works of a type, how many there are, and the median of their unit costs (None: no works)."""

    peers: tuple[Peer, ...]
    count: int
    median: float | None


def compare(db: Database, desk: Desk, actor: Actor, proposal: ProposalView) -> Comparison:
    """The approved works of the same type, last approved first. Raises SignInNeeded, NotAllowed."""
    works = [
        work
        for region in regions_of(actor)
        for work in proposals.list_proposals(
            db, actor, kelurahan=region, state=APPROVED, work_type=proposal.work_type, limit=1_000
        ).items
        if work.id != proposal.id
    ]
    with db.transaction() as session:
        steps = table.steps_of(session, [work.id for work in works])
    day = {
        key: max((step["at"] for step in rows if step["to_state"] == "approved"), default=None)
        for key, rows in steps.items()
    }
    works.sort(key=lambda work: (day.get(work.id) or work.updated_at, work.id), reverse=True)
    costs = [work.cost / work.volume for work in works]
    return Comparison(_peers(db, desk, actor, works[:SHOWN]), len(works), median(costs) if costs else None)


def _peers(db: Database, desk: Desk, actor: Actor, works: Sequence[ProposalView]) -> tuple[Peer, ...]:
    served: dict[str, People] = {}
    # The facts know a completed work as what stands there, so they no longer tell whom it came to serve.
    coming = [work for work in works if work.state != "completed"]
    with db.transaction(actor.account_id, "tinjau") as session:
        for kelurahan in sorted({work.kelurahan for work in coming}):
            exactly = knows(actor, kelurahan)
            scene = open_scene(session, desk, kelurahan, APPROVED, exactly=exactly)
            served |= {item.work.id: people(item.effect.served, exactly) for item in scene.works}
    for kelurahan in {work.kelurahan for work in coming}:
        note_counts(db, actor, kelurahan)
    return tuple(
        Peer(work, work.cost / work.volume, served.get(work.id) if work in coming else None) for work in works
    )
