"""Where a proposal stands: its four figures, score, rank and warnings, as far as the reader may know them.

It knows nothing about HTML or rules; planning's preview and ranking do the work.
Who may propose gets the full preview of what is stored; who may only rank gets the row of the ranking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext

from webgis.pages.scores import aspects, facts_used, ground
from webgis.pages.scores.facts_used import Group
from webgis.pages.scores.score import ScoreView, score_view
from webgis.pages.wording.labels import GATES, label
from webgis.planning import access
from webgis.planning.access import Actor
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.effects import preview
from webgis.planning.errors import BadDocument, PlanningError, Problem
from webgis.planning.judging.desk import Desk
from webgis.planning.proposals import proposals
from webgis.planning.proposals.drafts import ProposalDraft
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.ranking import ranking
from webgis.store.database import Database
from webgis.wording import words


@dataclass(frozen=True)
class Computed:
    """What the form would hold if nobody had typed: volume as measured, rupiah at the unit cost."""

    volume: float
    cost: int


@dataclass(frozen=True)
class Standing:
    """What the strip of figures, the score and the warnings show; None is "not known to this reader"."""

    volume: float
    unit: str
    cost: int
    served: float | None
    poor_total: float | None
    change: Mapping[str, Any] | None
    score: ScoreView | None
    rank: int | None
    of: int | None
    tied: bool
    place: str
    warnings: tuple[Mapping[str, Any], ...]
    aspects: tuple[str, ...] = ()
    facts: tuple[Group, ...] = ()
    computed: Computed | None = None
    ground: tuple[str, ...] = ()


def of_preview(result: Mapping[str, Any], lang: str, changed_on: dt.date | None = None) -> Standing:
    """The standing that a preview tells; changed_on: the day of the version that is stored."""
    return Standing(
        volume=result["volume"],
        unit=result["unit"],
        cost=result["cost"],
        served=result.get("poor_served"),
        poor_total=result.get("poor_total"),
        change=result.get("slum_change"),
        aspects=aspects.of_change(result.get("slum_change"), lang),
        ground=ground.of_preview(result, lang),
        computed=Computed(result["volume_measured"], result["cost_computed"]),
        score=score_view(result, lang),
        rank=result.get("rank"),
        of=result.get("of"),
        tied=False,
        place=result.get("rw") or "",
        warnings=tuple(result.get("warnings") or ()),
        facts=_facts(result, result, changed_on, lang),
    )


def _facts(
    row: Mapping[str, Any], told: Mapping[str, Any], changed_on: dt.date | None, lang: str
) -> tuple[Group, ...]:
    """What the score of a work is made of, if it is told; told: the preview or run that its row stands in."""
    if row["score"] is None:
        return ()
    asked = {name: sets for name, sets in told["used"][row["work_type"]].items() if name not in row["waived"]}
    return facts_used.groups(asked, told["facts"], changed_on, lang)


def of_draft(
    db: Database,
    desk: Desk,
    actor: Actor,
    draft: ProposalDraft,
    proposal_id: str | None,
    lang: str,
    changed_on: dt.date | None = None,
) -> Standing:
    """The standing of something not saved yet, or of what is stored since that day. Raises BadDocument, NotAllowed."""
    made = preview.preview(db, desk, actor, draft, proposal_id=proposal_id, lang=lang)
    return of_preview(made, lang, changed_on)


def of_proposal(db: Database, desk: Desk, actor: Actor, proposal: ProposalView, lang: str) -> Standing:
    """The standing of a stored proposal for one reader."""
    if access.may(actor, "propose", proposal.kelurahan):
        try:
            draft = proposals.draft_of(proposal)
            found = of_draft(db, desk, actor, draft, proposal.id, lang, proposal.updated_at)
        except BadDocument as error:
            return _bare(proposal, (warning(error, lang),))
        return found if proposal.state in OPEN_STATES else _decided(found, proposal.state)
    if access.may(actor, "rank", proposal.kelurahan):
        run = ranking.rank_kelurahan(db, desk, actor, proposal.kelurahan, keep=False)
        row = next((item for item in run["ranking"] if item["id"] == proposal.id), None)
        if row is not None:
            return _of_row(proposal, row, run, lang)
    return _bare(proposal, ())


@dataclass(frozen=True)
class Fault:
    """Why a draft would be refused; shape: because of what was drawn, not of what was filled in."""

    code: str
    message: str
    shape: bool


def faults(error: PlanningError, lang: str) -> list[Fault]:
    """Everything a refusal names, to show where the figures would be."""
    found = error.problems if isinstance(error, BadDocument) else [Problem("", error.code, error.params)]
    return [
        Fault(one.code, words(one.code, one.params, lang), one.pointer.startswith("/geometry"))
        for one in found
    ]


def warning(error: PlanningError, lang: str) -> dict[str, str]:
    """A refusal as a warning to show beside the figures."""
    return {"code": error.code, "message": words(error.code, error.params, lang)}


def _of_row(proposal: ProposalView, row: Mapping[str, Any], run: Mapping[str, Any], lang: str) -> Standing:
    ranked = sum(item["rank"] is not None for item in run["ranking"])
    return Standing(
        volume=proposal.volume, unit=proposal.unit, cost=proposal.cost, served=row.get("served"), poor_total=None,
        change=None, score=score_view(row, lang), rank=row["rank"], of=ranked, tied=bool(row.get("tied")),
        place=proposal.rw or "", warnings=_of_gates(row), facts=_facts(row, run, proposal.updated_at, lang),
    )  # fmt: skip


def _of_gates(row: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The gates of a ranked row as warnings for somebody who cannot mend them."""
    failed, unsure = (
        gettext("A condition is not met: %(gate)s."),
        gettext("Nobody has checked yet: %(gate)s."),
    )
    return (
        *(
            {"code": f"gate_{name}", "gate": name, "message": failed % {"gate": label(GATES, name)}}
            for name in row.get("gates_failed") or ()
        ),
        *(
            {"code": f"gate_{name}", "gate": None, "message": unsure % {"gate": label(GATES, name)}}
            for name in row.get("gates_unchecked") or ()
        ),
    )


def _bare(proposal: ProposalView, warnings: tuple[Mapping[str, Any], ...]) -> Standing:
    return Standing(
        volume=proposal.volume, unit=proposal.unit, cost=proposal.cost, served=None, poor_total=None, change=None,
        score=None, rank=None, of=None, tied=False, place=proposal.rw or "", warnings=warnings,
    )  # fmt: skip


def _decided(found: Standing, state: str) -> Standing:
    """Without a rank among those still open; what is built is not warned of, its place can no longer be mended."""
    warnings = () if state == "completed" else found.warnings
    return replace(found, rank=None, of=None, warnings=warnings)
