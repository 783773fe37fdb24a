"""The life of a proposal: which step leads from where to where, and who may take it.

It knows nothing about how a proposal is drawn or scored. The states are the contract's.
A step that sends something back or ends it needs a reason, which stays for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from shapely.geometry import shape

from webgis.planning.access import Actor, may, require
from webgis.planning.errors import BadDocument, Conflict, Problem
from webgis.planning.judging import pjm
from webgis.planning.people import telling
from webgis.planning.proposals import completeness, proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.review import site_notes
from webgis.planning.rows import Also
from webgis.store import proposals as table
from webgis.store.database import Database


class Way(NamedTuple):
    """One possible step: from a state to a state, by right; paket: only for PAKET works, or only for others."""

    source: str
    target: str
    right: str
    paket: bool | None = None
    note_needed: bool = False


WAYS: Final[Mapping[str, tuple[Way, ...]]] = {
    "submit": (Way("draft", "submitted", "propose"), Way("returned", "submitted", "propose")),
    "verify": (Way("submitted", "verified", "verify"),),
    "start_review": (Way("verified", "under_review", "review", paket=True),),
    "approve": (
        Way("under_review", "approved", "review"),
        Way("verified", "approved", "approve", paket=False),
    ),
    "return": (
        Way("submitted", "returned", "verify", note_needed=True),
        Way("under_review", "returned", "review", note_needed=True),
        Way("verified", "returned", "approve", paket=False, note_needed=True),
    ),
    "reject": (
        Way("under_review", "rejected", "review", note_needed=True),
        Way("verified", "rejected", "approve", paket=False, note_needed=True),
    ),
    "fund": (Way("approved", "funded", "approve"),),
    "start_works": (Way("funded", "under_construction", "verify"),),
    "complete": (Way("under_construction", "completed", "verify"),),
    "withdraw": tuple(
        Way(state, "withdrawn", "propose")
        for state in ("draft", "submitted", "verified", "under_review", "approved", "returned")
    ),
}

WAITING: Final = frozenset({"submitted", "verified"})
"""States in which somebody has to be told that it is their turn; later ones are planned, not waited for."""


def possible(actor: Actor, proposal: ProposalView) -> tuple[str, ...]:
    """The steps this caller may take now."""
    return tuple(
        action
        for action, ways in WAYS.items()
        if (way := _way(ways, proposal)) and may(actor, way.right, proposal.kelurahan)
    )


def transition(
    db: Database,
    actor: Actor,
    proposal_id: str,
    action: str,
    note: str = "",
    version: int | None = None,
    marks: Sequence[str] = (),
    also: Also[ProposalView] | None = None,
) -> ProposalView:
    """Take a step; with a version, only if nobody changed the proposal since.

    marks: what was looked at, kept below the note; they are no reason. also: what must be kept in the same transaction
    (the answer for a retry).

    Raises NotFound, NotAllowed, BadDocument, StaleVersion, and Conflict where no such step leads from here.
    """
    with db.transaction(actor.account_id, action) as session:
        stored = proposals.view(session, actor, proposal_id)
        way = _way(WAYS.get(action, ()), stored)
        if way is None:
            steps = ", ".join(possible(actor, stored)) or "-"
            raise Conflict("no_transition", state=stored.state, action=action, possible=steps)
        require(actor, way.right, stored.kelurahan)
        _check_whole(stored, way, note)
        if way.target == "under_review":
            pjm.check_reviewable(session, proposal_id, stored.kelurahan, stored.funding, stored.state)
        if way.target == "submitted":
            site_notes.check_answered(session, proposal_id)
        if version not in (None, stored.version) or not table.move(
            session, proposal_id, stored.version, way.target
        ):
            raise proposals.stale(session, actor, proposal_id)
        table.add_review(
            session,
            {
                "proposal_id": proposal_id, "action": action, "from_state": way.source, "to_state": way.target,
                "note": "\n".join([note.strip(), *marks]).strip(), "account": actor.account_id, "author": actor.name,
            },
        )  # fmt: skip
        telling.tell_step(
            session,
            actor,
            proposal_id,
            stored.kelurahan,
            way.target,
            bool(note.strip()),
            _turns(way.target, stored),
        )
        moved = proposals.view(session, actor, proposal_id)
        if also is not None:
            also(session, moved)
    return moved


def _turns(state: str, proposal: ProposalView) -> set[str]:
    """The rights of those who are waited for: whose step leads on from a state that is not for its makers to leave."""
    return {
        way.right
        for ways in WAYS.values()
        for way in ways
        if state in WAITING and way.source == state and way.paket in (None, proposal.is_paket)
    } - {"propose"}


def _check_whole(stored: ProposalView, way: Way, note: str) -> None:
    """Raise BadDocument for a step without the reason it needs, or with a shape nobody could build."""
    if way.note_needed and not note.strip():
        raise BadDocument([Problem("/note", "note_needed")])
    if way.target == "submitted" and (at := completeness.crossing(shape(stored.geometry))) is not None:
        raise BadDocument([Problem("/geometry", "line_crosses_itself", {"point": at})])
    if way.target == "verified" and not note.strip():
        gaps = completeness.for_verifying(stored.readiness)
        if gaps:
            raise BadDocument(
                [Problem("/note", "papers_missing", {"gaps": ", ".join(gap.code for gap in gaps)})]
            )


def _way(ways: tuple[Way, ...], proposal: ProposalView) -> Way | None:
    for way in ways:
        if way.source == proposal.state and way.paket in (None, proposal.is_paket):
            return way
    return None
