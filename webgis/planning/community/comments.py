"""What people say about a proposal: read, say, mention those who can answer, and hide what does not belong there.

It knows nothing about the proposal itself. A hidden comment leaves its author, its date and the reason, so that
nothing disappears without a trace; works on a family's plot are not talked about in public at all.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning.access import Actor, may, require
from webgis.planning.errors import BadDocument, Conflict, NotAllowed, NotFound, Problem, SignInNeeded
from webgis.planning.people import telling
from webgis.planning.people.public_limits import count_write
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.versions import check_id
from webgis.store import comments as table
from webgis.store import regions
from webgis.store.database import Database

TAKEN_BACK: Final = "–"
"""What stands where the words of a comment stood that its author took back."""
LONGEST: Final = 4000
LONGEST_REASON: Final = 500
MOST_LINKS: Final = 2
_LINK: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
Place = tuple[float, float]


@dataclass(frozen=True)
class Remark:
    """A comment; place: (longitude, latitude) marked on the map; mentions: names; hidden: the reason, else None.

    mine: the caller wrote it. taken_back: its author took it back, and neither words nor name are left.

    role: what its author is in this kelurahan, so that nobody can speak as the BKM by calling themselves so.

    The body of a hidden comment is empty for those who may not moderate.
    """

    id: str
    author: str
    role: str | None
    body: str
    at: dt.datetime
    place: Place | None
    mentions: tuple[str, ...]
    hidden: str | None
    mine: bool = False
    taken_back: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody with a role in a kelurahan, whom a comment can mention."""

    id: str
    name: str
    roles: tuple[str, ...]

    @property
    def called(self) -> str:
        """The name without what stands in brackets behind it: how one would call them."""
        return self.name.partition(" (")[0].strip()


def list_comments(db: Database, actor: Actor, proposal_id: str) -> tuple[Remark, ...]:
    """What people said, oldest first. Raises NotFound."""
    with db.transaction() as session:
        found = proposals.view(session, actor, proposal_id)
        quiet = proposals.wordless(actor, found)
        rows = [] if quiet else table.select(session, proposal_id)
    moderates = may(actor, "moderate", found.kelurahan)
    return tuple(_view(row, moderates, actor) for row in rows)


def add_comment(
    db: Database,
    actor: Actor,
    proposal_id: str,
    body: str,
    place: Place | None = None,
    address: str = "local",
) -> Remark:
    """Say something about a proposal; the same words again within a day are the same comment.

    address: where it comes from, to bound how much is sent. Raises NotFound, BadDocument, SignInNeeded, NotAllowed,
    TooOften.
    """
    text = body.strip()
    with db.transaction(actor.account_id, "komentar") as session:
        found = proposals.view(session, actor, proposal_id)
        require(actor, "comment", found.kelurahan)
        if proposals.wordless(actor, found):
            raise NotAllowed("not_allowed_comment")
        problems = _faults(text, actor, found.kelurahan)
        if place is not None:
            problems += _place_faults(session, place, found.kelurahan)
        if problems:
            raise BadDocument(problems)
        count_write(session, "comment", actor, address)
        people = mentioned(text, _people(session, actor, found))
        account = str(actor.account_id)
        if (said := table.said_before(session, proposal_id, account, text)) is not None:
            return _view(_find(session, proposal_id, said), True, actor)
        made = table.insert(session, proposal_id, account, actor.name, text, place, people)
        telling.tell_comment(session, actor, proposal_id, found.kelurahan, people)
        return _view(_find(session, proposal_id, made), True, actor)


def take_back(db: Database, actor: Actor, proposal_id: str, comment_id: str) -> None:
    """Erase the words of one's own comment for good; that one stood there, and what a moderator did with it, stays.

    Raises NotFound, also for what somebody else wrote, SignInNeeded, NotAllowed.
    """
    with db.transaction(actor.account_id, "komentar ditarik") as session:
        found = proposals.view(session, actor, proposal_id)
        require(actor, "comment", found.kelurahan)
        row = _find(session, proposal_id, comment_id)
        if actor.account_id is None or row["account_id"] != actor.account_id:
            raise NotFound("no_own_comment")
        table.take_back(session, comment_id, actor.account_id, TAKEN_BACK)


def hide_comment(db: Database, actor: Actor, proposal_id: str, comment_id: str, reason: str) -> Remark:
    """Hide a comment; the reason stays in its place, and its author is told.

    Raises NotFound, BadDocument, SignInNeeded, NotAllowed.
    """
    said = reason.strip()
    if not said:
        raise BadDocument([Problem("/reason", "note_needed")])
    if len(said) > LONGEST_REASON:
        raise BadDocument(
            [Problem("/reason", "text_too_long", {"longest": LONGEST_REASON, "length": len(said)})]
        )
    return _moderate(db, actor, proposal_id, comment_id, said)


def show_comment(db: Database, actor: Actor, proposal_id: str, comment_id: str) -> Remark:
    """Show a hidden comment again. Raises NotFound, SignInNeeded, NotAllowed."""
    return _moderate(db, actor, proposal_id, comment_id, None)


def people(db: Database, actor: Actor, proposal_id: str) -> tuple[Person, ...]:
    """Whom a comment of this caller on this proposal can mention. Raises NotFound, SignInNeeded."""
    if not actor.signed_in:
        raise SignInNeeded
    with db.transaction() as session:
        return _people(session, actor, proposals.view(session, actor, proposal_id))


def mentioned(text: str, people: Iterable[Person]) -> list[str]:
    """Ids of those whose names stand behind an @ in a text, whatever their capitals."""
    said = text.casefold()
    found = []
    for person in sorted(people, key=lambda one: -len(one.called)):
        name = "@" + person.called.casefold()
        if name in said:
            found.append(person.id)
            said = said.replace(name, " ")
    return sorted(found)


def _moderate(db: Database, actor: Actor, proposal_id: str, comment_id: str, reason: str | None) -> Remark:
    with db.transaction(
        actor.account_id, "komentar disembunyikan" if reason else "komentar ditampilkan"
    ) as session:
        found = proposals.view(session, actor, proposal_id)
        row = _find(session, proposal_id, comment_id)
        require(actor, "moderate", found.kelurahan)
        if row["body"] == TAKEN_BACK:
            raise Conflict("comment_taken_back")
        table.hide(session, comment_id, actor.account_id, reason)
        if reason and not row["hidden_reason"]:
            telling.tell_hidden(session, actor, proposal_id, found.kelurahan, row["account_id"], comment_id)
        return _view(_find(session, proposal_id, comment_id), True, actor)


def _find(session: Session, proposal_id: str, comment_id: str) -> RowMapping:
    check_id(comment_id, "no_comment")
    row = table.find(session, proposal_id, comment_id)
    if row is None:
        raise NotFound("no_comment")
    return row


def _people(session: Session, actor: Actor, proposal: ProposalView) -> tuple[Person, ...]:
    """All who work there for those who work there too; for others whoever was heard in public (decision 34)."""
    colleague = may(actor, "see_workspace", proposal.kelurahan)
    if not colleague and proposals.wordless(actor, proposal):
        return ()
    rows = table.people_of(session, proposal.kelurahan, None if colleague else proposal.id)
    return tuple(Person(row["id"], row["name"], tuple(row["roles"])) for row in rows)


def _faults(text: str, actor: Actor, kelurahan: str) -> list[Problem]:
    problems = []
    if text in ("", TAKEN_BACK):
        problems.append(Problem("/body", "comment_empty"))
    if len(text) > LONGEST:
        problems.append(Problem("/body", "text_too_long", {"longest": LONGEST, "length": len(text)}))
    if len(_LINK.findall(text)) > MOST_LINKS and not may(actor, "see_workspace", kelurahan):
        problems.append(Problem("/body", "too_many_links", {"most": MOST_LINKS}))
    return problems


def _place_faults(session: Session, place: Place, kelurahan: str) -> list[Problem]:
    """A marked place must be a place, and in the kelurahan the proposal is in."""
    lon, lat = place
    if not (all(math.isfinite(part) for part in place) and abs(lon) <= 180 and abs(lat) <= 90):
        return [Problem("/place", "place_invalid")]
    if not regions.holds(session, kelurahan, lon, lat):
        return [Problem("/place", "place_outside")]
    return []


def _view(row: RowMapping, moderates: bool, actor: Actor) -> Remark:
    hidden, gone = row["hidden_reason"], row["body"] == TAKEN_BACK
    return Remark(
        id=row["id"],
        author=row["author"],
        role=None if gone else row["role"],
        body="" if gone or (hidden and not moderates) else row["body"],
        at=row["at"],
        place=None if row["lon"] is None or (hidden and not moderates) else (row["lon"], row["lat"]),
        mentions=() if hidden and not moderates else tuple(row["mentions"]),
        hidden=None if hidden == TAKEN_BACK else hidden,
        mine=actor.account_id is not None and row["account_id"] == actor.account_id,
        taken_back=gone,
    )
