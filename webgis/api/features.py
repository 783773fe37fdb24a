"""Proposals as GeoJSON features: what a client may send and what it gets.

It knows nothing about routes or rules. What may be sent is a closed list; geometries are checked for their form here
(geojson-pydantic) and for their sense in `planning.drafts`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, Field

from webgis.api.documents import Collection, Geometry, Given
from webgis.api.locked import FeatureGiven, GeometryGiven, as_feature
from webgis.auth import current_language
from webgis.planning.proposals.drafts import ProposalDraft
from webgis.planning.proposals.proposals import ProposalView


class ProposalFields(Given):
    """What a client may say of a proposal; volume and cost follow from geometry and unit cost if missing."""

    title: str = Field("", max_length=1000)
    work_type: str = Field(max_length=100)
    description: str = Field("", max_length=20_000)
    volume: float | None = None
    cost: int | None = Field(None, description="Rupiah.")
    cost_reason: str = Field("", max_length=2000, description="Why the cost is not the computed one.")
    funding: dict[str, int] = Field(default_factory=dict, description="Fund and rupiah.")
    readiness: dict[str, bool | str | float] = Field(
        default_factory=dict,
        description="Papers in hand, and of what carries water the levels of its ends in metres.",
    )
    is_paket: bool = False


class ProposalGiven(FeatureGiven):
    """A proposal as a client sends it."""

    geometry: GeometryGiven
    properties: ProposalFields

    def draft(self) -> ProposalDraft:
        """The same for planning."""
        said = self.properties
        return ProposalDraft(
            title=said.title,
            work_type=said.work_type,
            geometry=self.geometry.model_dump(mode="json", exclude_none=True),
            description=said.description,
            volume=said.volume,
            cost=said.cost,
            funding=said.funding,
            readiness=said.readiness,
            is_paket=said.is_paket,
            cost_reason=said.cost_reason,
        )


class PreviewFields(ProposalFields):
    """What a client may say of a work that is being drawn; id: the stored proposal it will replace."""

    id: str | None = Field(None, max_length=100)


class PreviewGiven(ProposalGiven):
    """A work that is being drawn."""

    properties: PreviewFields


class ProposalProperties(BaseModel):
    """Everything there is to say of a proposal."""

    id: str
    title: str
    description: str
    work_type: str
    work_type_name: str
    pillar: str
    kelurahan: str
    kelurahan_name: str
    rw: str | None
    rw_name: str | None
    state: str
    is_paket: bool
    volume: float
    volume_typed: bool
    unit: str
    cost: int
    cost_typed: bool
    cost_reason: str
    funding: dict[str, int]
    readiness: dict[str, Any]
    geometry_kind: str
    synthetic: bool
    editable: bool = Field(description="Whether the caller may change it now.")
    created_at: dt.datetime
    updated_at: dt.datetime
    version: int


class ProposalFeature(BaseModel):
    """A proposal."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry
    properties: ProposalProperties


class ProposalCollection(Collection):
    """A part of a list of proposals."""

    features: list[ProposalFeature]


@as_feature.register
def proposal_feature(view: ProposalView) -> ProposalFeature:
    """A proposal as a feature, in the language of the request."""
    own = {name for name in ProposalProperties.model_fields if name != "work_type_name"}
    values = {name: getattr(view, name) for name in own}
    properties = ProposalProperties(work_type_name=view.type.name(current_language()), **values)
    return ProposalFeature(id=view.id, geometry=view.geometry, properties=properties)
