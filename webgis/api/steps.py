"""What happened to a proposal and what happens next: history and transitions.

It knows nothing about which step leads where, which is `planning.transitions`.
A step of the life may name the version it was decided on (If-Match); without one it is the current one. It may carry
a key against being taken twice (Idempotency-Key), as a device sends it whose first request got no answer.
"""

from __future__ import annotations

import datetime as dt

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import (
    GEOJSON,
    Given,
    IdempotencyKey,
    IfMatch,
    Query,
    geojson_response,
    problem_response,
    reply,
)
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.features import ProposalFeature, proposal_feature
from webgis.api.locked import Change, shown, worded
from webgis.api.parameters import etag, version_given
from webgis.api.proposals import ProposalPath
from webgis.api.retries import Answer, once
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.proposals.restoring import restore_version
from webgis.planning.review.transitions import transition

blueprint = api_blueprint("steps", "proposals")


class StepDocument(BaseModel):
    """One step of a proposal's life."""

    action: str
    from_state: str
    to_state: str
    note: str
    author: str
    at: dt.datetime


class HistoryDocument(BaseModel):
    """Everything that happened to a proposal, oldest first."""

    history: list[Change]
    reviews: list[StepDocument]


class StepHeader(IfMatch, IdempotencyKey):
    """Which version the step was decided on, and a key against taking it twice."""


class TransitionGiven(Given):
    """A step to take; note: the reason; checklist: what was looked at, kept with the note."""

    action: str = Field(max_length=40)
    note: str = Field("", max_length=4000)
    checklist: dict[str, bool] = Field(default_factory=dict, max_length=50)

    def marks(self) -> list[str]:
        """The checklist, a line for each item."""
        return [f"[{'x' if done else ' '}] {name[:200]}" for name, done in self.checklist.items()]


class RestoreGiven(Given):
    """Which earlier version to bring back; none for a proposal that was deleted."""

    version: int | None = Field(None, ge=1, le=1_000_000_000)


@blueprint.get("/proposals/<uuid:proposal_id>/history", responses={200: HistoryDocument})
def history(path: ProposalPath, query: Query) -> Response:
    """Every version and every step of a proposal."""
    wanted, actor = str(path.proposal_id), current_actor()
    changes = proposals.history(database(), actor, wanted)
    deleted = bool(changes) and changes[-1]["action"] == "delete"
    steps = () if deleted else proposals.reviews(database(), actor, wanted)
    document = HistoryDocument(
        history=worded(changes),
        reviews=[StepDocument.model_validate(step, from_attributes=True) for step in steps],
    )
    return reply(document)


@blueprint.post(
    "/proposals/<uuid:proposal_id>/transitions",
    responses={
        200: geojson_response(ProposalFeature),
        **{code: problem_response() for code in (409, 412, 415)},
    },
)
def take_step(path: ProposalPath, header: StepHeader, body: TransitionGiven, query: Query) -> Response:
    """Take a step: submit, verify, start_review, approve, return, reject, fund, start_works, complete, withdraw."""
    wanted, actor = str(path.proposal_id), current_actor()
    version = version_given(lambda: proposals.get_proposal(database(), actor, wanted).version)
    if version is None and actor.signed_in:
        version = proposals.get_proposal(database(), actor, wanted).version
    return once(
        actor,
        header.key,
        lambda also: transition(
            database(), actor, wanted, body.action, body.note, version, body.marks(), also
        ),
        _taken,
    )


@blueprint.post(
    "/proposals/<uuid:proposal_id>/restore",
    responses={
        200: geojson_response(ProposalFeature),
        **{code: problem_response() for code in (409, 412, 415, 428)},
    },
)
def restore(path: ProposalPath, header: IfMatch, body: RestoreGiven, query: Query) -> Response:
    """Make an earlier version the newest again, as a new version with its content, or bring back what was deleted."""
    wanted, actor = str(path.proposal_id), current_actor()
    if body.version is None:
        return shown(proposals.restore_proposal(database(), actor, wanted))
    version = version_given(lambda: proposals.get_proposal(database(), actor, wanted).version)
    return shown(restore_version(database(), actor, wanted, body.version, version))


def _taken(view: ProposalView) -> Answer:
    document = proposal_feature(view).model_dump(mode="json")
    return Answer(200, {"ETag": etag(view.version)}, document, GEOJSON)
