"""/proposals/{id}/shape-suggestions: another shape for a PAKET work, and the planner's answer.

It knows nothing about rules. Accepting writes the proposal and names its version like every other change (If-Match).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import Given, IfMatch, Query, geojson_response, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.features import ProposalFeature
from webgis.api.locked import CHANGING, GeometryGiven, shown
from webgis.api.parameters import version_given
from webgis.api.proposals import ProposalPath
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.proposals import proposals
from webgis.planning.review import suggestions

blueprint = api_blueprint("suggestions", "proposals")


class SuggestionGiven(Given):
    """Another shape for a version of a proposal, and why."""

    geometry: GeometryGiven
    version: int = Field(ge=1, lt=10**9)
    note: str = Field("", max_length=20_000)


class DecisionGiven(Given):
    """Whether the open suggestion becomes the shape of the proposal; reason: needed where it does not."""

    accept: bool
    reason: str = Field("", max_length=20_000)


class SuggestionDocument(BaseModel):
    """A suggested shape; outcome: accepted, declined or null while it is open."""

    id: str
    geometry: dict[str, Any]
    base_version: int
    note: str
    author: str
    created_at: dt.datetime
    outcome: str | None
    reason: str
    decided_at: dt.datetime | None
    decided_by: str


class SuggestionsDocument(BaseModel):
    """Suggested shapes, oldest first."""

    suggestions: list[SuggestionDocument]


@blueprint.get("/proposals/<uuid:proposal_id>/shape-suggestions", responses={200: SuggestionsDocument})
def list_all(path: ProposalPath, query: Query) -> Response:
    """The shapes that were suggested."""
    found = suggestions.list_suggestions(database(), current_actor(), str(path.proposal_id))
    return reply(SuggestionsDocument(suggestions=[_document(one) for one in found]))


@blueprint.post(
    "/proposals/<uuid:proposal_id>/shape-suggestions",
    responses={201: SuggestionDocument, **{code: problem_response() for code in (409, 412, 415)}},
)
def suggest(path: ProposalPath, body: SuggestionGiven, query: Query) -> Response:
    """Suggest a shape; it takes the place of one that is still open."""
    shape = body.geometry.model_dump(mode="json", exclude_none=True)
    made = suggestions.suggest(
        database(), current_actor(), str(path.proposal_id), shape, body.version, body.note
    )
    return reply(_document(made), 201)


@blueprint.post(
    "/proposals/<uuid:proposal_id>/shape-suggestions/decision",
    responses={200: geojson_response(ProposalFeature), **CHANGING},
)
def decide(path: ProposalPath, header: IfMatch, body: DecisionGiven, query: Query) -> Response:
    """Accept or decline the open suggestion; the answer is the proposal as it then is."""
    db, actor, wanted = database(), current_actor(), str(path.proposal_id)
    if not body.accept:
        suggestions.decline(db, actor, wanted, body.reason)
        return shown(proposals.get_proposal(db, actor, wanted))
    version = version_given(lambda: proposals.get_proposal(db, actor, wanted).version)
    return shown(suggestions.accept(db, actor, wanted, version))


def _document(found: suggestions.Suggestion) -> SuggestionDocument:
    return SuggestionDocument.model_validate(found, from_attributes=True)
