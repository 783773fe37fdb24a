"""/city-programmes: works that the city or a ministry plans or builds itself.

It knows nothing about proposals. Everybody reads what is public; who maps programmes writes, by version.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from flask import Response, url_for
from pydantic import BaseModel, Field

from webgis.api.documents import (
    Collection,
    Geometry,
    Given,
    IdempotencyKey,
    IfMatch,
    Query,
    geojson_response,
)
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.locked import (
    CHANGING,
    DELETING,
    MAKING,
    Day,
    FeatureGiven,
    GeometryGiven,
    VersionsDocument,
    as_feature,
    created,
    listed,
    refuse_id,
    same_id,
    shown,
    told,
)
from webgis.api.parameters import Boxed, version_given
from webgis.api.retries import Answer, once
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.mapping import programmes
from webgis.planning.mapping.programmes import ProgrammeDraft

blueprint = api_blueprint("programmes", "city-programmes")


class ProgrammePath(BaseModel):
    """Which programme."""

    programme_id: str


class ProgrammeFilters(Boxed):
    """Which programmes; kelurahan: its code, or that of the kecamatan or kota above."""

    kelurahan: str | None = Field(None, max_length=40)
    kind: str | None = Field(None, max_length=60)
    year: int | None = Field(None, ge=programmes.EARLIEST, le=programmes.LATEST)


class ProgrammeFields(Given):
    """What a client says of a programme."""

    title: str = Field(max_length=1000)
    kind: str = Field(max_length=60, description="The kind of asset it makes, of the catalogue.")
    year: int = Field(ge=-(10**9), le=10**9)
    budget: int | None = Field(None, ge=-(10**15), le=10**15, description="Rupiah.")
    office: str | None = Field(None, max_length=1000, description="Whose programme it is.")
    public: bool = True
    source: str = Field(max_length=1000, description="The paper it is taken from.")
    source_on: Day = Field(description="The day of that paper.")


class ProgrammeGiven(FeatureGiven):
    """A programme as a client sends it."""

    geometry: GeometryGiven
    properties: ProgrammeFields

    def draft(self) -> ProgrammeDraft:
        """The same for planning."""
        return ProgrammeDraft(**self.said())


class ProgrammeProperties(BaseModel):
    """What is known of a programme."""

    id: str
    title: str
    kind: str
    year: int
    budget: int | None
    office: str | None
    kelurahan: str
    public: bool
    source: str
    source_on: dt.date
    synthetic: bool
    created_at: dt.datetime
    updated_at: dt.datetime
    version: int


class ProgrammeFeature(BaseModel):
    """A programme."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry
    properties: ProgrammeProperties


class ProgrammeCollection(Collection):
    """A part of a list of programmes."""

    features: list[ProgrammeFeature]


@blueprint.get("/city-programmes", responses={200: ProgrammeCollection})
def list_all(query: ProgrammeFilters) -> Response:
    """Programmes, latest year first."""
    found = programmes.list_programmes(database(), current_actor(), **query.chosen())
    return listed(ProgrammeCollection, [programme_feature(item) for item in found.items], found.total, query)


@blueprint.post("/city-programmes", responses={201: geojson_response(ProgrammeFeature, "Created"), **MAKING})
def create(header: IdempotencyKey, body: ProgrammeGiven, query: Query) -> Response:
    """Record a new programme."""
    refuse_id(body.id)
    db, actor, draft = database(), current_actor(), body.draft()
    return once(actor, header.key, lambda also: programmes.create_programme(db, actor, draft, also), _created)


@blueprint.get("/city-programmes/<programme_id>", responses={200: geojson_response(ProgrammeFeature)})
def show(path: ProgrammePath, query: Query) -> Response:
    """One programme; its ETag names the version."""
    return shown(programmes.get_programme(database(), current_actor(), path.programme_id))


@blueprint.put(
    "/city-programmes/<programme_id>", responses={200: geojson_response(ProgrammeFeature), **CHANGING}
)
def replace(path: ProgrammePath, header: IfMatch, body: ProgrammeGiven, query: Query) -> Response:
    """Write a programme anew."""
    same_id(body.id, path.programme_id)
    db, actor, version = database(), current_actor(), _version_given(path.programme_id)
    return shown(programmes.replace_programme(db, actor, path.programme_id, body.draft(), version))


@blueprint.delete("/city-programmes/<programme_id>", responses=DELETING)
def delete(path: ProgrammePath, header: IfMatch, query: Query) -> Response:
    """Delete a programme; its history stays."""
    version = _version_given(path.programme_id)
    programmes.delete_programme(database(), current_actor(), path.programme_id, version)
    return Response(status=204)


@blueprint.post(
    "/city-programmes/<programme_id>/restore", responses={200: geojson_response(ProgrammeFeature)}
)
def restore(path: ProgrammePath, query: Query) -> Response:
    """Bring a deleted programme back under its id."""
    return shown(programmes.restore_programme(database(), current_actor(), path.programme_id))


@blueprint.get("/city-programmes/<programme_id>/history", responses={200: VersionsDocument})
def history(path: ProgrammePath, query: Query) -> Response:
    """Every version of a programme."""
    return told(programmes.programme_history(database(), current_actor(), path.programme_id))


@as_feature.register
def programme_feature(programme: programmes.Programme) -> ProgrammeFeature:
    """A programme as a feature."""
    properties = ProgrammeProperties.model_validate(programme, from_attributes=True)
    return ProgrammeFeature(id=programme.id, geometry=programme.geometry, properties=properties)


def _version_given(programme_id: str) -> int | None:
    return version_given(lambda: programmes.get_programme(database(), current_actor(), programme_id).version)


def _created(programme: programmes.Programme) -> Answer:
    return created(programme, url_for("api_programmes.show", programme_id=programme.id))
