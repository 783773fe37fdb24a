"""/proposals/{id}/comments and /support: what people say of a proposal, and how many stand behind it.

It knows nothing about limits or rights. Everybody reads; an account is enough to speak.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from flask import Response, request
from pydantic import BaseModel, Field

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.locked import Responses
from webgis.api.proposals import ProposalPath
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.community import comments, support

blueprint = api_blueprint("comments", "proposals")
WRITING: Responses = {code: problem_response() for code in (415, 429)}


class CommentPath(ProposalPath):
    """Which comment."""

    comment_id: UUID


class CommentGiven(Given):
    """Something to say; @name mentions somebody with a role there; place: longitude, latitude."""

    body: str = Field(max_length=20_000)
    place: tuple[float, float] | None = Field(None, strict=False)


class HidingGiven(Given):
    """Why a comment is hidden: everybody reads it in its place."""

    reason: str = Field(max_length=2000)


class CommentDocument(BaseModel):
    """A comment; hidden: why a moderator hid it, and then its body is empty for everybody else.

    mine: the caller wrote it. taken_back: its author took it back; author and body are empty then.
    """

    id: str
    author: str
    role: str | None = Field(description="What its author is in this kelurahan.")
    body: str
    at: dt.datetime
    place: tuple[float, float] | None
    mentions: list[str]
    hidden: str | None
    mine: bool
    taken_back: bool


class CommentsDocument(BaseModel):
    """What people said, oldest first."""

    comments: list[CommentDocument]


class PersonDocument(BaseModel):
    """Somebody to mention: @ and what they are called."""

    name: str
    called: str
    roles: list[str]


class PeopleDocument(BaseModel):
    """Whom a comment can mention."""

    people: list[PersonDocument]


class SupportDocument(BaseModel):
    """How many accounts support a proposal; mine: the caller does."""

    count: int
    mine: bool


@blueprint.get("/proposals/<uuid:proposal_id>/comments", responses={200: CommentsDocument})
def list_all(path: ProposalPath, query: Query) -> Response:
    """What people said about a proposal."""
    found = comments.list_comments(database(), current_actor(), str(path.proposal_id))
    return reply(CommentsDocument(comments=[_document(item) for item in found]))


@blueprint.post("/proposals/<uuid:proposal_id>/comments", responses={201: CommentDocument, **WRITING})
def say(path: ProposalPath, body: CommentGiven, query: Query) -> Response:
    """Say something about a proposal."""
    made = comments.add_comment(
        database(), current_actor(), str(path.proposal_id), body.body, body.place, caller_address()
    )
    return reply(_document(made), 201)


@blueprint.delete("/proposals/<uuid:proposal_id>/comments/<uuid:comment_id>", responses={204: None})
def take_back(path: CommentPath, query: Query) -> Response:
    """Take one's own comment back: its words go for good."""
    comments.take_back(database(), current_actor(), str(path.proposal_id), str(path.comment_id))
    return Response(status=204)


@blueprint.put(
    "/proposals/<uuid:proposal_id>/comments/<uuid:comment_id>/hiding",
    responses={200: CommentDocument, 409: problem_response(), **WRITING},
)
def hide(path: CommentPath, body: HidingGiven, query: Query) -> Response:
    """Hide a comment, with a reason that everybody reads."""
    ids = str(path.proposal_id), str(path.comment_id)
    return reply(_document(comments.hide_comment(database(), current_actor(), *ids, body.reason)))


@blueprint.delete(
    "/proposals/<uuid:proposal_id>/comments/<uuid:comment_id>/hiding",
    responses={200: CommentDocument, 409: problem_response()},
)
def show(path: CommentPath, query: Query) -> Response:
    """Show a hidden comment again."""
    ids = str(path.proposal_id), str(path.comment_id)
    return reply(_document(comments.show_comment(database(), current_actor(), *ids)))


@blueprint.get("/proposals/<uuid:proposal_id>/people", responses={200: PeopleDocument})
def people(path: ProposalPath, query: Query) -> Response:
    """Whom a comment on this proposal can mention."""
    found = comments.people(database(), current_actor(), str(path.proposal_id))
    return reply(
        PeopleDocument(people=[PersonDocument.model_validate(p, from_attributes=True) for p in found])
    )


@blueprint.get("/proposals/<uuid:proposal_id>/support", responses={200: SupportDocument})
def support_of(path: ProposalPath, query: Query) -> Response:
    """How many support a proposal."""
    return _support(support.support_of(database(), current_actor(), str(path.proposal_id)))


@blueprint.put(
    "/proposals/<uuid:proposal_id>/support", responses={200: SupportDocument, 429: problem_response()}
)
def give_support(path: ProposalPath, query: Query) -> Response:
    """Support a proposal; again changes nothing."""
    return _set(path, wanted=True)


@blueprint.delete(
    "/proposals/<uuid:proposal_id>/support", responses={200: SupportDocument, 429: problem_response()}
)
def take_support(path: ProposalPath, query: Query) -> Response:
    """Support a proposal no longer."""
    return _set(path, wanted=False)


def caller_address() -> str:
    """Where a request comes from."""
    return request.remote_addr or "unknown"


def _set(path: ProposalPath, *, wanted: bool) -> Response:
    actor = current_actor()
    return _support(support.set_support(database(), actor, str(path.proposal_id), wanted, caller_address()))


def _support(found: support.Support) -> Response:
    return reply(SupportDocument.model_validate(found, from_attributes=True))


def _document(remark: comments.Remark) -> CommentDocument:
    return CommentDocument.model_validate(remark, from_attributes=True)
