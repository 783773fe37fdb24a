"""GET /catalogue: work types, kinds of assets, criteria, states and funds in the caller's language.

It knows nothing about proposals; it only tells what `planning.catalogue` holds.
Programs read the keys, people the names.
"""

from __future__ import annotations

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import Query, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.auth import current_language
from webgis.planning.catalogues import catalogue as known
from webgis.planning.catalogues import vocabulary

blueprint = api_blueprint("catalogue", "catalogue")


class WorkTypeDocument(BaseModel):
    """A kind of work."""

    key: str
    name: str
    unit: str
    geometry: list[str]
    unit_cost: int = Field(description="Rupiah per unit.")
    offered: bool = Field(description="Whether it may be proposed anew.")
    daya: str
    improves: dict[str, float] = Field(
        description="Slum criterion and share of its deficit that a unit removes."
    )


class AssetKindDocument(BaseModel):
    """A kind of infrastructure."""

    key: str
    name: str
    geometry: list[str]


class CriterionDocument(BaseModel):
    """A criterion of the ranking with its usual weight."""

    id: str
    name: str
    unit: str
    weight: float


class Named(BaseModel):
    """A key and its name."""

    key: str
    name: str


class CatalogueDocument(BaseModel):
    """Everything that can be chosen."""

    version: str
    change: int = Field(0, description="The city's last change of work types or weights; 0: none.")
    work_types: list[WorkTypeDocument]
    asset_kinds: list[AssetKindDocument]
    criteria: list[CriterionDocument]
    states: list[Named]
    funds: list[Named]
    pillars: list[Named]


@blueprint.get("/catalogue", responses={200: CatalogueDocument})
def show(query: Query) -> Response:
    """The catalogue of this installation."""
    found, lang = known.catalogue(), current_language()
    document = CatalogueDocument(
        version=found.version,
        change=found.change,
        work_types=[_work_type(work, lang) for work in found.work_types.values()],
        asset_kinds=[
            AssetKindDocument(key=kind.key, name=kind.name(lang), geometry=list(kind.geometry))
            for kind in found.asset_kinds.values()
        ],
        criteria=[
            CriterionDocument(id=c.id, name=c.name(lang), unit=c.unit, weight=c.core.weight)
            for c in found.criteria
        ],
        states=[Named(key=key, name=vocabulary.state_name(key, lang)) for key in vocabulary.STATES],
        funds=[Named(key=key, name=vocabulary.fund_name(key, lang)) for key in vocabulary.FUNDS],
        pillars=[Named(key=key, name=vocabulary.pillar_name(key, lang)) for key in vocabulary.PILLARS],
    )
    return reply(document)


def _work_type(work: known.WorkType, lang: str) -> WorkTypeDocument:
    return WorkTypeDocument(
        key=work.key,
        name=work.name(lang),
        unit=work.unit,
        geometry=list(work.geometry),
        unit_cost=work.unit_cost,
        offered=work.offered,
        daya=work.pillar,
        improves=dict(work.improves),
    )
