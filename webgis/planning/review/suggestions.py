"""A shape that a reviewer suggests for a PAKET work, and the planner's answer.

It knows nothing about drawing. An accepted shape becomes a version of the planner under the rules of every other
version; measured volume and cost follow it, typed ones stay. Suggestions are never deleted, so the history is whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import shapely
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning.access import Actor, may, require
from webgis.planning.errors import BadDocument, Conflict, Problem
from webgis.planning.fields import check_text
from webgis.planning.places import check_inside
from webgis.planning.proposals import proposals
from webgis.planning.proposals.drafts import check
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.shapes import read_kind, same_shape
from webgis.store import suggestions as table
from webgis.store.database import Database

LONGEST: Final = 2_000


@dataclass(frozen=True)
class Suggestion:
    """A suggested shape (GeoJSON, WGS 84) for a version of a proposal; outcome: accepted, declined or None (open)."""

    id: str
    geometry: Mapping[str, Any]
    base_version: int
    note: str
    author: str
    created_at: dt.datetime
    outcome: str | None
    reason: str
    decided_at: dt.datetime | None
    decided_by: str

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.outcome is None


def suggest(
    db: Database, actor: Actor, proposal_id: str, geometry: Mapping[str, Any], version: int, note: str = ""
) -> Suggestion:
    """Suggest another shape for a version of a work; it takes the place of one that is still open.

    Raises NotFound, SignInNeeded, NotAllowed, Conflict, StaleVersion, BadDocument.
    """
    with db.transaction(actor.account_id, "bentuk disarankan") as session:
        work = proposals.view(session, actor, proposal_id)
        require(actor, "review", work.kelurahan)
        if not work.is_paket:
            raise Conflict("no_paket")
        if work.type.private_site and not may(actor, "see_households", work.kelurahan):
            raise Conflict("suggestion_private")
        if version != work.version:
            raise proposals.stale(session, actor, proposal_id)
        problems = check_text("/note", note, LONGEST)
        shape = read_kind(geometry, work.type.geometry, problems)
        if shape is not None and same_shape(work.geometry, shape):
            problems.append(Problem("/geometry", "suggestion_same"))
        if problems or shape is None:
            raise BadDocument(problems)
        check_inside(
            session, work.kelurahan, work.kelurahan_name, shape
        )  # or the planner could never take it
        table.put(session, {
            "proposal_id": proposal_id, "geom": shapely.to_wkb(shape), "base_version": version, "note": note.strip(),
            "account_id": actor.account_id, "author": actor.name,
        })  # fmt: skip
        return _view(_open(session, proposal_id))


def list_suggestions(db: Database, actor: Actor, proposal_id: str) -> tuple[Suggestion, ...]:
    """Every shape that was suggested, oldest first. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction() as session:
        work = proposals.view(session, actor, proposal_id)
        require(actor, "read_papers", work.kelurahan)
        if work.type.private_site and not may(actor, "see_households", work.kelurahan):
            return ()
        return tuple(_view(row) for row in table.select(session, proposal_id))


def accept(db: Database, actor: Actor, proposal_id: str, version: int | None) -> ProposalView:
    """Make the open suggestion the next version of the work.

    Raises what `proposals.replace_proposal` does, and Conflict where no suggestion is open.
    """
    with db.transaction(actor.account_id, "bentuk saran diterima") as session:
        work = proposals.view(session, actor, proposal_id)
        require(actor, "propose", work.kelurahan)
        found = _open(session, proposal_id)
        draft = replace(proposals.draft_of(work), geometry=found["geometry"])
        changed = proposals.replace(session, actor, proposal_id, check(draft), version)
        _decide(session, actor, found["id"], "accepted", "")
    return changed


def decline(db: Database, actor: Actor, proposal_id: str, reason: str) -> Suggestion:
    """Keep the own shape, with a reason. Raises NotFound, SignInNeeded, NotAllowed, BadDocument, Conflict."""
    with db.transaction(actor.account_id, "bentuk saran ditolak") as session:
        work = proposals.view(session, actor, proposal_id)
        require(actor, "propose", work.kelurahan)
        found = _open(session, proposal_id)
        problems = check_text("/reason", reason, LONGEST)
        if not reason.strip():
            problems.append(Problem("/reason", "note_needed"))
        if problems:
            raise BadDocument(problems)
        _decide(session, actor, found["id"], "declined", reason.strip())
        return next(_view(row) for row in table.select(session, proposal_id) if row["id"] == found["id"])


def _open(session: Session, proposal_id: str) -> RowMapping:
    for row in table.select(session, proposal_id):
        if row["outcome"] is None:
            return row
    raise Conflict("no_suggestion")


def _decide(session: Session, actor: Actor, suggestion_id: str, outcome: str, reason: str) -> None:
    values = {"outcome": outcome, "reason": reason, "author": actor.name, "account_id": actor.account_id}
    if not table.decide(session, suggestion_id, values):
        raise Conflict("no_suggestion")


def _view(row: RowMapping) -> Suggestion:
    return Suggestion(**row)
