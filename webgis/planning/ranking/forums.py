"""Votes of a forum (rembuk) on the proposals of a kelurahan, as its minutes hold them (method K1).

It knows nothing about scores. Who came and who was for what are counts of men and women, never names; a proposal that
was not put to the vote has no entry, which is not the same as nobody being for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning import meetings
from webgis.planning.access import Actor, require
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.meetings import Meeting
from webgis.planning.proposals import proposals
from webgis.planning.rows import Also
from webgis.planning.versions import check_id
from webgis.store import forums as table
from webgis.store import regions
from webgis.store.database import Database

LONGEST_NOTE: Final = 4_000
MOST_PROPOSALS: Final = 1_000


@dataclass(frozen=True)
class Votes:
    """How many men and women were for a proposal."""

    men: int = 0
    women: int = 0


@dataclass(frozen=True)
class ForumDraft:
    """What the minutes say: the meeting, and the votes by proposal id."""

    kelurahan: str
    meeting: Meeting
    votes: Mapping[str, Votes] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Forum:
    """A forum as it is kept."""

    id: str
    kelurahan: str
    met_on: dt.date
    place: str
    men: int
    women: int
    note: str
    author: str
    created_at: dt.datetime
    votes: Mapping[str, Votes]


def record_forum(db: Database, actor: Actor, draft: ForumDraft, also: Also[Forum] | None = None) -> Forum:
    """Keep what a forum voted. also: called with it inside its transaction.

    Raises NotFound, SignInNeeded, NotAllowed, BadDocument.
    """
    require(actor, "record_forum", draft.kelurahan)
    meeting = draft.meeting
    values = {
        "kelurahan": draft.kelurahan, "met_on": meeting.met_on, "place": meeting.place.strip(), "men": meeting.men,
        "women": meeting.women, "note": draft.note.strip(), "account_id": actor.account_id, "author": actor.name,
    }  # fmt: skip
    problems = _faults(draft)
    with db.transaction(actor.account_id, "suara rembuk") as session:
        region = regions.find(session, draft.kelurahan)
        if region is None or region["kind"] != "kelurahan":
            raise NotFound("no_kelurahan", kelurahan=draft.kelurahan)
        problems += _strangers(session, actor, draft)
        if problems:
            raise BadDocument(problems)
        votes = {key: (given.men, given.women) for key, given in draft.votes.items()}
        kept = _find(session, table.insert(session, values, votes))
        if also is not None:
            also(session, kept)
    return kept


def list_forums(db: Database, actor: Actor, kelurahan: str, limit: int = 100) -> list[Forum]:
    """The forums of a kelurahan, the latest first. Raises SignInNeeded, NotAllowed."""
    require(actor, "rank", kelurahan)
    with db.transaction() as session:
        return [_view(row) for row in table.select(session, kelurahan, limit)]


def get_forum(db: Database, actor: Actor, forum_id: str) -> Forum:
    """One forum. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction() as session:
        found = _find(session, forum_id)
    require(actor, "rank", found.kelurahan)
    return found


def delete_forum(db: Database, actor: Actor, forum_id: str) -> None:
    """Take back what was recorded wrongly; the revisions keep it. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction(actor.account_id, "suara rembuk dihapus") as session:
        found = _find(session, forum_id)
        require(actor, "record_forum", found.kelurahan)
        table.delete(session, forum_id)


def _faults(draft: ForumDraft) -> list[Problem]:
    """What the minutes say that cannot be."""
    meeting = draft.meeting
    problems = meetings.faults(meeting)
    if len(draft.note) > LONGEST_NOTE:
        problems.append(
            Problem("/note", "text_too_long", {"length": len(draft.note), "longest": LONGEST_NOTE})
        )
    if not draft.votes:
        problems.append(Problem("/votes", "votes_missing"))
    if len(draft.votes) > MOST_PROPOSALS:
        problems.append(Problem("/votes", "too_many_votes", {"most": MOST_PROPOSALS}))
    for key, given in draft.votes.items():
        for name, votes, voters in (("men", given.men, meeting.men), ("women", given.women, meeting.women)):
            if not 0 <= votes <= max(voters, 0):
                params = {"votes": votes, "voters": max(voters, 0)}
                problems.append(Problem(f"/votes/{key}/{name}", "more_votes_than_voters", params))
    return problems


def _strangers(session: Session, actor: Actor, draft: ForumDraft) -> list[Problem]:
    """Votes on what is no proposal of this kelurahan."""
    problems = []
    for key in list(draft.votes)[:MOST_PROPOSALS]:
        try:
            home = proposals.view(session, actor, key).kelurahan
        except NotFound:
            home = ""
        if home != draft.kelurahan:
            problems.append(Problem(f"/votes/{key}", "vote_on_stranger"))
    return problems


def _find(session: Session, forum_id: str) -> Forum:
    check_id(forum_id, "no_forum")
    row = table.find(session, forum_id)
    if row is None:
        raise NotFound("no_forum")
    return _view(row)


def _view(row: RowMapping) -> Forum:
    return Forum(**{**row, "votes": {key: Votes(**given) for key, given in sorted(row["votes"].items())}})
