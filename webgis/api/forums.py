"""/forums: what residents voted in a rembuk, from its minutes.

It knows nothing about scores. A forum is never changed; one recorded wrongly is deleted and recorded anew.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from flask import Response, url_for
from pydantic import BaseModel, Field

from webgis.api.documents import Given, IdempotencyKey, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.retries import Answer, once
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.meetings import Meeting
from webgis.planning.ranking import forums
from webgis.planning.ranking.forums import Forum, ForumDraft, Votes

blueprint = api_blueprint("forums", "forums")


class ForumPath(BaseModel):
    """Which forum."""

    forum_id: UUID


class ForumFilters(Query):
    """Forums of which kelurahan."""

    kelurahan: str = Field(max_length=40)
    limit: int = Field(100, ge=1, le=1000)


class VotesGiven(Given):
    """How many men and women were for a proposal."""

    men: int = 0
    women: int = 0


class ForumGiven(Given):
    """What the minutes say; a proposal that was not put to the vote is left out of `votes`."""

    kelurahan: str = Field(max_length=40)
    met_on: dt.date | None = Field(None, strict=False)
    place: str = Field("", max_length=1000)
    men: int = Field(0, description="How many men could vote (L).")
    women: int = Field(0, description="How many women could vote (P).")
    note: str = Field("", max_length=20_000)
    votes: dict[str, VotesGiven] = Field(description="By id of the proposal.", max_length=1000)

    def draft(self) -> ForumDraft:
        """The same for planning."""
        meeting = Meeting(self.met_on, self.place, self.men, self.women)
        votes = {key: Votes(given.men, given.women) for key, given in self.votes.items()}
        return ForumDraft(self.kelurahan, meeting, votes, self.note)


class VotesDocument(BaseModel):
    """How many men and women were for a proposal."""

    men: int
    women: int


class ForumDocument(BaseModel):
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
    votes: dict[str, VotesDocument]


class ForumsDocument(BaseModel):
    """The forums of a kelurahan, the latest first."""

    forums: list[ForumDocument]


@blueprint.get("/forums", responses={200: ForumsDocument})
def list_all(query: ForumFilters) -> Response:
    """The forums of a kelurahan."""
    found = forums.list_forums(database(), current_actor(), query.kelurahan, query.limit)
    return reply(ForumsDocument(forums=[_document(item) for item in found]))


@blueprint.post("/forums", responses={201: ForumDocument, 415: problem_response()})
def record(header: IdempotencyKey, body: ForumGiven, query: Query) -> Response:
    """Record what a forum voted."""
    actor, draft = current_actor(), body.draft()

    def render(made: Forum) -> Answer:
        place = url_for("api_forums.show", forum_id=made.id)
        return Answer(201, {"Location": place}, _document(made).model_dump(mode="json"), "application/json")

    return once(actor, header.key, lambda also: forums.record_forum(database(), actor, draft, also), render)


@blueprint.get("/forums/<uuid:forum_id>", responses={200: ForumDocument})
def show(path: ForumPath, query: Query) -> Response:
    """One forum."""
    return reply(_document(forums.get_forum(database(), current_actor(), str(path.forum_id))))


@blueprint.delete("/forums/<uuid:forum_id>", responses={204: None})
def delete(path: ForumPath, query: Query) -> Response:
    """Delete a forum that was recorded wrongly."""
    forums.delete_forum(database(), current_actor(), str(path.forum_id))
    return Response(status=204)


def _document(forum: Forum) -> ForumDocument:
    return ForumDocument.model_validate(forum, from_attributes=True)
