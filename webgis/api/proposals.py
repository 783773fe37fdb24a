"""/proposals: list, look, propose, change, delete, and try out.

It knows nothing about rules; each route calls one function of `planning`. Writes name the version they change
(If-Match) and may carry a key against doing them twice (contracts, HTTP).
"""

from __future__ import annotations

from uuid import UUID

from flask import Response, url_for
from pydantic import BaseModel, Field

from webgis.api.documents import (
    IdempotencyKey,
    IfMatch,
    Query,
    geojson_response,
    problem_response,
    reply,
)
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.features import (
    PreviewGiven,
    ProposalCollection,
    ProposalFeature,
    ProposalGiven,
    proposal_feature,
)
from webgis.api.locked import CHANGING, DELETING, MAKING, created, listed, refuse_id, same_id, shown
from webgis.api.parameters import Boxed, version_given
from webgis.api.previews import PreviewDocument
from webgis.api.retries import Answer, once
from webgis.auth import current_actor, current_language
from webgis.context import database, desk
from webgis.planning.effects.preview import preview
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView

blueprint = api_blueprint("proposals", "proposals")


class ProposalPath(BaseModel):
    """Which proposal."""

    proposal_id: UUID


class ProposalFilters(Boxed):
    """Which proposals."""

    kelurahan: str | None = Field(None, max_length=40)
    rw: str | None = Field(None, max_length=40)
    state: str | None = Field(None, max_length=200, description="One state, or several with commas.")
    work_type: str | None = Field(None, max_length=100)
    q: str | None = Field(None, max_length=200, description="Words of the title.")


@blueprint.get("/proposals", responses={200: ProposalCollection})
def list_all(query: ProposalFilters) -> Response:
    """Proposals that fit all filters, last changed first."""
    states = query.state.split(",") if query.state else None
    found = proposals.list_proposals(database(), current_actor(), **query.chosen() | {"state": states})
    return listed(ProposalCollection, [proposal_feature(view) for view in found.items], found.total, query)


@blueprint.post("/proposals", responses={201: geojson_response(ProposalFeature, "Created"), **MAKING})
def create(header: IdempotencyKey, body: ProposalGiven, query: Query) -> Response:
    """Propose a work: a new draft."""
    refuse_id(body.id)
    db, actor, draft = database(), current_actor(), body.draft()
    return once(actor, header.key, lambda also: proposals.create_proposal(db, actor, draft, also), _created)


@blueprint.get("/proposals/<uuid:proposal_id>", responses={200: geojson_response(ProposalFeature)})
def show(path: ProposalPath, query: Query) -> Response:
    """One proposal; its ETag names the version."""
    return shown(proposals.get_proposal(database(), current_actor(), str(path.proposal_id)))


@blueprint.put(
    "/proposals/<uuid:proposal_id>",
    responses={200: geojson_response(ProposalFeature), **CHANGING},
)
def replace(path: ProposalPath, header: IfMatch, body: ProposalGiven, query: Query) -> Response:
    """Write a proposal anew."""
    wanted = str(path.proposal_id)
    same_id(body.id, wanted)
    version = _version_given(wanted)
    return shown(proposals.replace_proposal(database(), current_actor(), wanted, body.draft(), version))


@blueprint.delete("/proposals/<uuid:proposal_id>", responses=DELETING)
def delete(path: ProposalPath, header: IfMatch, query: Query) -> Response:
    """Delete a draft; its history stays."""
    wanted = str(path.proposal_id)
    proposals.delete_proposal(database(), current_actor(), wanted, _version_given(wanted))
    return Response(status=204)


@blueprint.post("/proposals/preview", responses={200: PreviewDocument, 415: problem_response()})
def try_out(body: PreviewGiven, query: Query) -> Response:
    """What a work would do and where it would stand; nothing is saved."""
    made = preview(
        database(),
        desk(),
        current_actor(),
        body.draft(),
        proposal_id=body.properties.id or body.id,
        lang=current_language(),
    )
    return reply(made)


def _version_given(proposal_id: str) -> int | None:
    return version_given(lambda: proposals.get_proposal(database(), current_actor(), proposal_id).version)


def _created(view: ProposalView) -> Answer:
    return created(view, url_for("api_proposals.show", proposal_id=view.id))
