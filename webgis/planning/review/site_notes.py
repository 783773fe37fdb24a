"""Notes of a site visit to a PAKET work: write, read, and tick off before the work is submitted again.

It knows nothing about forms or devices. A note may arrive long after it was written, and twice: its id is made where it
is written. The place of a work on a family's plot is told only to those who may see households (contracts, Privacy).
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning.access import Actor, may, require
from webgis.planning.errors import BadDocument, Conflict, NotFound, Problem
from webgis.planning.fields import check_text
from webgis.planning.proposals import proposals
from webgis.planning.proposals.attachments import PHOTOS
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.versions import check_id
from webgis.store import attachments
from webgis.store import site_notes as table
from webgis.store.database import Database

LONGEST: Final = 2_000
MOST_PHOTOS: Final = 8
CLOCK_ERROR: Final = dt.timedelta(hours=1)
"""How far the clock of a device may be ahead of ours."""
Place = tuple[float, float]


@dataclass(frozen=True)
class Seen:
    """What a device hands in: place as (longitude, latitude) with its accuracy in metres, photos by attachment id."""

    id: str
    body: str
    seen_at: dt.datetime
    place: Place | None = None
    accuracy_m: float | None = None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class SiteNote:
    """A note with its answer; distance_m: from its place to the work, None without a place; photos that are there."""

    id: str
    body: str
    seen_at: dt.datetime
    place: Place | None
    accuracy_m: float | None
    distance_m: float | None
    photos: tuple[str, ...]
    author: str
    answer: str
    answered_at: dt.datetime | None
    answered_by: str

    @property
    def open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answered_at is None


def write_note(db: Database, actor: Actor, proposal_id: str, seen: Seen) -> SiteNote:
    """Keep a note; the same id again changes nothing. Its place may be anywhere, since a note is not to be lost.

    Raises NotFound, SignInNeeded, NotAllowed, BadDocument, Conflict.
    """
    check_id(seen.id, "no_site_note")
    with db.transaction(actor.account_id, "catatan lapangan") as session:
        work = proposals.view(session, actor, proposal_id)
        require(actor, "review", work.kelurahan)
        if not work.is_paket:
            raise Conflict("no_paket")
        if problems := _faults(session, work, seen):
            raise BadDocument(problems)
        lon, lat = seen.place or (None, None)
        table.insert(session, {
            "id": seen.id, "proposal_id": proposal_id, "body": seen.body.strip(), "lon": lon, "lat": lat,
            "accuracy_m": seen.accuracy_m, "seen_at": seen.seen_at, "photos": list(seen.photos),
            "account_id": actor.account_id, "author": actor.name,
        })  # fmt: skip
        return _view(_find(session, proposal_id, seen.id), work, actor, _photos(session, proposal_id))


def list_notes(db: Database, actor: Actor, proposal_id: str) -> tuple[SiteNote, ...]:
    """The notes of a work in the order of the visit. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction() as session:
        work = proposals.view(session, actor, proposal_id)
        require(actor, "read_papers", work.kelurahan)
        there = _photos(session, proposal_id)
        return tuple(_view(row, work, actor, there) for row in table.select(session, proposal_id))


def answer_note(db: Database, actor: Actor, proposal_id: str, note_id: str, said: str) -> SiteNote:
    """Tick a note off, with words or without; once more changes the words.

    Raises NotFound, SignInNeeded, NotAllowed, BadDocument.
    """
    with db.transaction(actor.account_id, "catatan lapangan dijawab") as session:
        work = proposals.view(session, actor, proposal_id)
        require(actor, "propose", work.kelurahan)
        _find(session, proposal_id, note_id)
        if problems := check_text("/answer", said, LONGEST):
            raise BadDocument(problems)
        table.answer(session, note_id, said.strip(), actor.account_id, actor.name)
        return _view(_find(session, proposal_id, note_id), work, actor, _photos(session, proposal_id))


def check_answered(session: Session, proposal_id: str) -> None:
    """Raise BadDocument while a note of the work is open."""
    if count := table.open_count(session, proposal_id):
        raise BadDocument([Problem("/site_notes", "site_notes_open", {"count": count})])


def _faults(session: Session, work: ProposalView, seen: Seen) -> list[Problem]:
    problems = check_text("/body", seen.body, LONGEST)
    if not seen.body.strip():
        problems.append(Problem("/body", "site_note_empty"))
    if seen.seen_at.tzinfo is None or seen.seen_at > dt.datetime.now(dt.UTC) + CLOCK_ERROR:
        problems.append(Problem("/seen_at", "seen_at_invalid"))
    if seen.place is not None:
        lon, lat = seen.place
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            problems.append(Problem("/place", "place_invalid"))
    if seen.accuracy_m is not None and not 0 <= seen.accuracy_m < 100_000:
        problems.append(Problem("/accuracy_m", "accuracy_invalid"))
    if len(seen.photos) > MOST_PHOTOS:
        problems.append(Problem("/photos", "too_many_photos", {"most": MOST_PHOTOS}))
    elif set(seen.photos) - _photos(session, work.id):
        problems.append(Problem("/photos", "photo_elsewhere"))
    return problems


def _photos(session: Session, proposal_id: str) -> set[str]:
    """Ids of the photos that belong to a proposal."""
    return {
        row["id"] for row in attachments.select(session, "proposal", proposal_id) if row["kind"] in PHOTOS
    }


def _find(session: Session, proposal_id: str, note_id: str) -> RowMapping:
    check_id(note_id, "no_site_note")
    row = table.find(session, note_id)
    if row is None or row["proposal_id"] != proposal_id:
        raise NotFound("no_site_note")
    return row


def _view(row: RowMapping, work: ProposalView, actor: Actor, there: set[str]) -> SiteNote:
    told = not work.type.private_site or may(actor, "see_households", work.kelurahan)
    same = ("id", "body", "seen_at", "author", "answer", "answered_at", "answered_by")
    return SiteNote(
        **{name: row[name] for name in same},
        place=(row["lon"], row["lat"]) if told and row["lon"] is not None else None,
        accuracy_m=row["accuracy_m"] if told else None,
        distance_m=row["distance_m"] if told else None,
        photos=tuple(one for one in row["photos"] if one in there),
    )
