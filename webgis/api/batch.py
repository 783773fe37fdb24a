"""/proposals/batch: many proposals changed in one request, all or none.

It knows nothing about rules. Each change names the version it starts from, as If-Match does for a single one.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.features import ProposalFeature, proposal_feature
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.batch import Change
from webgis.planning.proposals.proposal_batch import MOST, change_proposals

blueprint = api_blueprint("batch", "proposals")


class FieldsGiven(Given):
    """Fields to set; those not named stay as they are, and null has volume or cost computed again."""

    title: str = Field("", max_length=1000)
    work_type: str = Field("", max_length=100)
    description: str = Field("", max_length=20_000)
    volume: float | None = None
    cost: int | None = Field(None, description="Rupiah.")
    cost_reason: str = Field("", max_length=2000, description="Why the cost is not the computed one.")
    funding: dict[str, int] = Field(default_factory=dict, description="Fund and rupiah; 0 takes a fund out.")
    readiness: dict[str, bool | str | float] = Field(
        default_factory=dict,
        description="Papers in hand, and of what carries water the levels of its ends in metres.",
    )
    is_paket: bool = False


class ChangeGiven(Given):
    """One change: set fields, delete, or restore what was deleted (which needs no version)."""

    id: UUID = Field(strict=False)
    version: int | None = Field(None, ge=1)
    action: Literal["set", "delete", "restore"] = "set"
    properties: FieldsGiven | None = None

    def change(self) -> Change:
        """The same for planning."""
        values = self.properties.model_dump(exclude_unset=True) if self.properties else {}
        return Change(str(self.id), self.version, self.action, values)


class BatchGiven(Given):
    """Changes to do together."""

    changes: list[ChangeGiven] = Field(min_length=1, max_length=MOST)


class BatchDocument(BaseModel):
    """The proposals as they are stored now, in the order of the changes; null for a deleted one."""

    proposals: list[ProposalFeature | None]


@blueprint.post("/proposals/batch", responses={200: BatchDocument, 415: problem_response()})
def change(body: BatchGiven, query: Query) -> Response:
    """Change many proposals: all of them, or none with a verdict for each that is refused."""
    views = change_proposals(database(), current_actor(), [given.change() for given in body.changes])
    return reply(
        BatchDocument(proposals=[None if view is None else proposal_feature(view) for view in views])
    )
