"""/proposals/{id}/relations: what a proposal hangs together with, and what people say of it.

It knows nothing about rules or plans. A verdict names the version of the one it was made on, so that two people who
judge at once learn of each other.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.proposals import ProposalPath
from webgis.auth import current_actor
from webgis.context import database, desk
from webgis.planning.effects import relating
from webgis.planning.effects.relating import RelatedWork, Said
from webgis.planning.judging.verdicts import Role

blueprint = api_blueprint("relations", "proposals")


class RelationPath(ProposalPath):
    """Which proposal, the other one, and what that is to it (before: it has to come first)."""

    other_id: UUID
    role: Role


class VerdictGiven(Given):
    """What somebody says of a relation: confirmed (also one that no rule found), dismissed, or open again."""

    outcome: Literal["confirmed", "dismissed", "open"]
    reason: str = Field(
        "", max_length=20_000, description="Needed unless what a rule found is confirmed or taken back."
    )
    version: int = Field(ge=0, lt=10**9, description="Of the verdict as last read; 0 if there is none.")


class RelationDocument(BaseModel):
    """Another proposal and what it is to this one; measure: how strongly a rule holds, null where none finds it.

    outcome: what people last said; the rest of the verdict is empty or null while it is open.
    """

    id: str
    title: str
    state: str
    kind: Literal["duplicate", "conflict", "dependency", "synergy"]
    role: Role
    measure: float | None
    outcome: Literal["confirmed", "dismissed", "open"]
    reason: str
    author: str
    decided_at: dt.datetime | None
    version: int


class RelationsDocument(BaseModel):
    """What a proposal hangs together with, what was dismissed last."""

    relations: list[RelationDocument]


@blueprint.get("/proposals/<uuid:proposal_id>/relations", responses={200: RelationsDocument})
def list_all(path: ProposalPath, query: Query) -> Response:
    """What rules find and people say."""
    return _reply(relating.relations_of(database(), desk(), current_actor(), str(path.proposal_id)))


@blueprint.put(
    "/proposals/<uuid:proposal_id>/relations/<uuid:other_id>/<role>",
    responses={200: RelationsDocument, 409: problem_response()},
)
def judge(path: RelationPath, body: VerdictGiven, query: Query) -> Response:
    """Confirm, dismiss or add a relation, or take back what was said; the answer is all relations as they then are."""
    said = Said(body.outcome, body.reason, body.version)
    mine, other = str(path.proposal_id), str(path.other_id)
    return _reply(relating.judge(database(), desk(), current_actor(), mine, other, path.role, said))


def _reply(found: tuple[RelatedWork, ...]) -> Response:
    return reply(RelationsDocument(relations=[_document(one) for one in found]))


def _document(one: RelatedWork) -> RelationDocument:
    said = one.verdict
    return RelationDocument(
        id=one.work.id,
        title=one.work.title,
        state=one.work.state,
        kind=one.link.kind,
        role=one.role,
        measure=one.link.measure,
        outcome=one.link.outcome,
        reason=said.reason if said else "",
        author=said.author if said else "",
        decided_at=said.at if said else None,
        version=one.version,
    )
