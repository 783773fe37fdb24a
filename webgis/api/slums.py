"""/slum-areas: slum areas with the grade of their form.

It knows nothing about how a grade is made, nor about forms (`slum_forms`). A list comes without outlines, one area
with its own; who may map a kelurahan writes, by version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from flask import Response, url_for
from pydantic import BaseModel, Field

from webgis.api.documents import (
    Collection,
    Geometry,
    Given,
    IdempotencyKey,
    IfMatch,
    Paged,
    Query,
    geojson_response,
    problem_response,
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
from webgis.api.parameters import version_given
from webgis.api.retries import Answer, once
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.mapping import slums
from webgis.planning.mapping.slum_outlines import (
    AreaDraft,
    area_history,
    create_area,
    delete_area,
    replace_area,
    restore_area,
)
from webgis.planning.mapping.slum_privacy import areas_shown_to, shown_to
from webgis.planning.mapping.slum_treatment import Treatment

blueprint = api_blueprint("slums", "slum-areas")
_SAME = ("id", "code", "name", "level", "kelurahan", "synthetic")


class AreaPath(BaseModel):
    """Which area, by id or code."""

    area_id: str


class AreaFilters(Paged):
    """Which areas, graded by the form of which year (the last by default)."""

    kelurahan: str | None = Field(None, max_length=40)
    year: int | None = Field(None, ge=2000, le=2100)


class WhyQuery(Query):
    """Why something is deleted."""

    reason: str = Field("", max_length=500, description="Own words, kept with the history.")


class AreaProperties(BaseModel):
    """A slum area with the outcome of one form; null is not known, or would tell the public of a few homes."""

    id: str
    code: str
    name: str
    level: str
    kelurahan: str | None
    grade: Literal["none", "light", "medium", "heavy"] | None = None
    total: int | None = None
    year: int | None = None
    order: int | None = Field(None, description="Priority of treatment, 1 to 9.")
    classification: str | None = Field(None, description="A1 to C6, by grade, considerations and legality.")
    synthetic: bool
    source: str | None = None
    surveyed_on: dt.date | None = None
    version: int | None = None


class AreaFeature(BaseModel):
    """A slum area, with its outline if it was asked for alone."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry | None
    properties: AreaProperties


class AreaCollection(Collection):
    """A part of a list of slum areas."""

    features: list[AreaFeature]


class AreaFields(Given):
    """What a client may say of a slum area; the kelurahan follows from outline or RT if missing."""

    code: str = Field(max_length=100, description="Of level rt: the code of an RT on record.")
    name: str = Field(max_length=1000)
    level: Literal["rt", "kawasan"]
    kelurahan: str | None = Field(None, max_length=40)
    source: str | None = Field(None, max_length=1000)
    surveyed_on: Day | None = None


class AreaGiven(FeatureGiven):
    """A slum area as a client sends it; geometry null: known from tables only."""

    geometry: GeometryGiven | None
    properties: AreaFields

    def draft(self) -> AreaDraft:
        """The same for planning."""
        return AreaDraft(**self.said())


@blueprint.get("/slum-areas", responses={200: AreaCollection})
def list_all(query: AreaFilters) -> Response:
    """Slum areas, worst first, then those whose total is not told and those without a form, without outlines."""
    areas = areas_shown_to(database(), current_actor(), query.kelurahan, query.year)
    found = [_graded(area) for area in areas]
    if query.year is None:
        found += [_listed(area) for area in slums.formless_areas(database(), query.kelurahan)]
    part = found[query.offset : query.offset + query.limit]
    return listed(AreaCollection, part, len(found), query)


@blueprint.post("/slum-areas", responses={201: geojson_response(AreaFeature, "Created"), **MAKING})
def create(header: IdempotencyKey, body: AreaGiven, query: Query) -> Response:
    """Map a new slum area."""
    refuse_id(body.id)
    db, actor, draft = database(), current_actor(), body.draft()
    return once(actor, header.key, lambda also: create_area(db, actor, draft, also), _created)


@blueprint.get("/slum-areas/<area_id>", responses={200: geojson_response(AreaFeature)})
def show(path: AreaPath, query: Query) -> Response:
    """One slum area with its outline and its last grade."""
    return shown(shown_to(database(), current_actor(), slums.profile(database(), path.area_id)))


@blueprint.put("/slum-areas/<area_id>", responses={200: geojson_response(AreaFeature), **CHANGING})
def replace(path: AreaPath, header: IfMatch, body: AreaGiven, query: Query) -> Response:
    """Write a slum area anew; its code and level stay."""
    same_id(body.id, path.area_id, slums.profile(database(), path.area_id).id)
    version = _version_given(path.area_id)
    return shown(replace_area(database(), current_actor(), path.area_id, body.draft(), version))


@blueprint.delete("/slum-areas/<area_id>", responses=DELETING)
def delete(path: AreaPath, header: IfMatch, query: WhyQuery) -> Response:
    """Delete a slum area with its forms; their history stays, and `restore` brings all back."""
    delete_area(database(), current_actor(), path.area_id, _version_given(path.area_id), query.reason)
    return Response(status=204)


@blueprint.post(
    "/slum-areas/<area_id>/restore",
    responses={200: geojson_response(AreaFeature), 409: problem_response()},
)
def restore(path: AreaPath, query: Query) -> Response:
    """Bring a deleted slum area back under its id, with the forms that went with it."""
    return shown(restore_area(database(), current_actor(), path.area_id))


@blueprint.get("/slum-areas/<area_id>/history", responses={200: VersionsDocument})
def history(path: AreaPath, query: Query) -> Response:
    """Every version of a slum area, without its forms."""
    return told(area_history(database(), current_actor(), path.area_id))


@as_feature.register
def area_feature(found: slums.Profile) -> AreaFeature:
    """A slum area as a feature with its outline."""
    last = found.forms[-1] if found.forms else None
    same = {name: getattr(found, name) for name in (*_SAME, "source", "surveyed_on", "version")}
    graded = {name: getattr(last, name, None) for name in ("grade", "total", "year")}
    graded |= _order(last.treatment) if last else {}
    properties = AreaProperties.model_validate(same | graded)
    return AreaFeature(id=found.id, geometry=found.geometry, properties=properties)


def _version_given(area: str) -> int | None:
    return version_given(lambda: slums.profile(database(), area).version)


def _created(area: slums.Profile) -> Answer:
    return created(area, url_for("api_slums.show", area_id=area.id))


def _graded(area: slums.SlumArea) -> AreaFeature:
    known = {name: getattr(area, name) for name in _SAME}
    return _listed(known | area.outcome._asdict() | _order(area.treatment))


def _order(found: Treatment) -> dict[str, Any]:
    return {"order": found.order, "classification": found.classification}


def _listed(known: Mapping[str, Any]) -> AreaFeature:
    properties = AreaProperties.model_validate(dict(known))
    return AreaFeature(id=properties.id, geometry=None, properties=properties)
