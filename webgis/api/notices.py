"""/notices: what the caller was told, and that it was read.

It knows nothing about who is told of what.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import Given, Paged, Query, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.auth import current_actor, current_language
from webgis.context import database
from webgis.planning.community import notices

blueprint = api_blueprint("notices", "notices")


class NoticeDocument(BaseModel):
    """Something that happened. there: whether the caller can still see what it is about."""

    id: int
    kind: str = Field(description="state, returned, waiting, comment, mention, hidden or report.")
    at: dt.datetime
    read: bool
    author: str
    kelurahan: str
    proposal_id: str | None
    report_id: str | None
    state: str | None
    there: bool
    words: str = Field(description="In the language of the request.")


class NoticesDocument(BaseModel):
    """Notices, newest first; how many there are, how many are unread."""

    notices: list[NoticeDocument]
    total: int
    unread: int


class Reading(Given):
    """Up to which notice (its id) was read; all without it."""

    up_to: int | None = Field(None, ge=0, le=2**63 - 1)


class UnreadDocument(BaseModel):
    """How many notices are unread."""

    unread: int


@blueprint.get("/notices", responses={200: NoticesDocument})
def list_notices(query: Paged) -> Response:
    """What I was told."""
    found = notices.list_notices(database(), current_actor(), current_language(), query.limit, query.offset)
    items = [NoticeDocument(**asdict(notice)) for notice in found.items]
    return reply(NoticesDocument(notices=items, total=found.total, unread=found.unread))


@blueprint.put("/notices/read", responses={200: UnreadDocument})
def read_notices(body: Reading, query: Query) -> Response:
    """I have read them."""
    return reply(UnreadDocument(unread=notices.mark_read(database(), current_actor(), body.up_to)))
