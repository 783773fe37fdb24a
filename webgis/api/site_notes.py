"""/proposals/{id}/site-notes: what a reviewer saw at the place of a PAKET work, and the planner's answers.

It knows nothing about rights or rules. Photos are handed in as attachments first and named here by id.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from flask import Response, url_for
from pydantic import AwareDatetime, BaseModel, Field

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.locked import Responses
from webgis.api.proposals import ProposalPath
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.review import site_notes
from webgis.planning.review.site_notes import Seen, SiteNote

blueprint = api_blueprint("site_notes", "proposals")
WRITING: Responses = {415: problem_response()}


class SiteNotePath(ProposalPath):
    """Which note."""

    note_id: UUID


class SiteNoteGiven(Given):
    """A note. id: made by the device, so that sending twice is one note; place: longitude, latitude."""

    id: UUID = Field(strict=False)
    body: str = Field(max_length=20_000)
    seen_at: AwareDatetime = Field(strict=False)
    place: tuple[float, float] | None = Field(None, strict=False)
    accuracy_m: float | None = Field(
        None, description="Radius of the position in metres, as the device says."
    )
    photos: list[Annotated[UUID, Field(strict=False)]] = Field(
        default=[], description="Attachments of the same proposal."
    )


class AnswerGiven(Given):
    """What was done about a note; may be empty."""

    answer: str = Field(max_length=20_000)


class PhotoDocument(BaseModel):
    """A photo of a note."""

    id: str
    href: str
    thumbnail: str


class SiteNoteDocument(BaseModel):
    """A note with its answer; distance_m: metres from its place to the work."""

    id: str
    body: str
    seen_at: dt.datetime
    place: tuple[float, float] | None
    accuracy_m: float | None
    distance_m: float | None
    photos: list[PhotoDocument]
    author: str
    answer: str
    answered_at: dt.datetime | None
    answered_by: str


class SiteNotesDocument(BaseModel):
    """Notes in the order of the visit."""

    site_notes: list[SiteNoteDocument]


@blueprint.get("/proposals/<uuid:proposal_id>/site-notes", responses={200: SiteNotesDocument})
def list_all(path: ProposalPath, query: Query) -> Response:
    """The notes of a work."""
    found = site_notes.list_notes(database(), current_actor(), str(path.proposal_id))
    return reply(SiteNotesDocument(site_notes=[_document(note) for note in found]))


@blueprint.post(
    "/proposals/<uuid:proposal_id>/site-notes",
    responses={201: SiteNoteDocument, 409: problem_response(), **WRITING},
)
def write(path: ProposalPath, body: SiteNoteGiven, query: Query) -> Response:
    """Keep a note; the same id again changes nothing."""
    seen = Seen(
        id=str(body.id), body=body.body, seen_at=body.seen_at, place=body.place, accuracy_m=body.accuracy_m,
        photos=tuple(str(photo) for photo in body.photos),
    )  # fmt: skip
    return reply(
        _document(site_notes.write_note(database(), current_actor(), str(path.proposal_id), seen)), 201
    )


@blueprint.put(
    "/proposals/<uuid:proposal_id>/site-notes/<uuid:note_id>/answer",
    responses={200: SiteNoteDocument, **WRITING},
)
def answer(path: SiteNotePath, body: AnswerGiven, query: Query) -> Response:
    """Tick a note off."""
    ids = str(path.proposal_id), str(path.note_id)
    return reply(_document(site_notes.answer_note(database(), current_actor(), *ids, body.answer)))


def _document(note: SiteNote) -> SiteNoteDocument:
    photos = [
        {
            "id": photo,
            "href": url_for("api_attachments.show", attachment_id=photo),
            "thumbnail": url_for("api_attachments.thumbnail", attachment_id=photo),
        }
        for photo in note.photos
    ]
    return SiteNoteDocument.model_validate(vars(note) | {"photos": photos})
