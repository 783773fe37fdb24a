"""The ranking as people read it: places, ties, marks for what is provisional, and those that fail a gate below.

It knows nothing about how a score is made. Ranks are those of all proposals; a filter only hides rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webgis.pages.score import ScoreView, score_view
from webgis.planning import access, proposals, ranking
from webgis.planning.access import Actor
from webgis.planning.proposals import ProposalView
from webgis.planning.ranking import Desk
from webgis.store.database import Database


@dataclass(frozen=True)
class Ranked:
    """One row: the proposal, its place (None: fails a gate), whether shared, and its score."""

    proposal: ProposalView
    rank: int | None
    tied: bool
    score: ScoreView | None
    served: float | None
    gates: tuple[str, ...]


@dataclass(frozen=True)
class RankedList:
    """Rows in order and those that fail a gate, with what the filters may ask for."""

    rows: tuple[Ranked, ...]
    out: tuple[Ranked, ...]
    total: int
    asked: Mapping[str, str]
    rws: tuple[tuple[str, str], ...]
    pillars: tuple[str, ...]
    states: tuple[str, ...]


def ranked_list(
    db: Database, desk: Desk, actor: Actor, kelurahan: str, asked: Mapping[str, str], lang: str
) -> RankedList:
    """The ranking of a kelurahan now. Raises NotFound, NotAllowed."""
    result = ranking.rank_kelurahan(db, desk, actor, kelurahan, keep=False)["ranking"]
    views = {
        item.id: item for item in proposals.list_proposals(db, actor, kelurahan=kelurahan, limit=5_000).items
    }
    rows = [_row(views[item["id"]], item, lang) for item in result if item["id"] in views]
    shown = [row for row in rows if _fits(row.proposal, asked)]
    return RankedList(
        rows=tuple(row for row in shown if row.rank is not None),
        out=tuple(row for row in shown if row.rank is None),
        total=len(rows),
        asked=asked,
        rws=tuple(sorted({(row.proposal.rw, row.proposal.rw_name or "") for row in rows if row.proposal.rw})),
        pillars=tuple(sorted({row.proposal.pillar for row in rows})),
        states=tuple(dict.fromkeys(row.proposal.state for row in rows)),
    )


def ranks(db: Database, desk: Desk, actor: Actor, kelurahan: str) -> dict[str, Mapping[str, Any]]:
    """Id -> row of the ranking, empty for those who may not rank."""
    if not access.may(actor, "rank", kelurahan):
        return {}
    return {
        row["id"]: row for row in ranking.rank_kelurahan(db, desk, actor, kelurahan, keep=False)["ranking"]
    }


def _row(proposal: ProposalView, item: Mapping[str, Any], lang: str) -> Ranked:
    return Ranked(
        proposal=proposal,
        rank=item["rank"],
        tied=bool(item.get("tied")),
        score=score_view(item, lang),
        served=item.get("served"),
        gates=tuple(item.get("gates_failed") or ()),
    )


def _fits(proposal: ProposalView, asked: Mapping[str, str]) -> bool:
    return all(not wanted or getattr(proposal, name) == wanted for name, wanted in asked.items())
