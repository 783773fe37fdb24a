"""/slum-areas: slum areas with their grade, and their forms by year as volumes and bases.

It knows nothing about how a grade is made: scores are computed by gis_core, never accepted.
A list comes without outlines, one area with its own.
"""

from __future__ import annotations

from typing import Any, Literal

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import GEOJSON, Collection, Geometry, Paged, Query, geojson_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.parameters import etag, page_links
from webgis.context import database
from webgis.planning import slums

blueprint = api_blueprint("slums", "slum-areas")
_SAME = ("id", "code", "name", "level", "kelurahan", "synthetic")


class AreaPath(BaseModel):
    """Which area, by id or code."""

    area_id: str


class AreaFilters(Paged):
    """Which areas, graded by the form of which year (the last by default)."""

    kelurahan: str | None = Field(None, max_length=40)
    year: int | None = Field(None, ge=2000, le=2100)


class AreaProperties(BaseModel):
    """A slum area with the outcome of one form."""

    id: str
    code: str
    name: str
    level: str
    kelurahan: str | None
    grade: Literal["none", "light", "medium", "heavy"] | None
    total: int | None
    year: int | None
    synthetic: bool
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


class FormDocument(BaseModel):
    """The form of a year: volumes and bases as surveyed, the rest computed."""

    year: int
    source: str
    volumes: dict[str, float | None]
    bases: dict[str, float | None] = Field(description="Base quantity of each criterion.")
    shares: dict[str, float | None]
    scores: dict[str, int]
    aspects: dict[str, float]
    mean: float
    total: int
    grade: str
    doubts: list[dict[str, Any]]


class AssessmentsDocument(BaseModel):
    """The forms of a slum area, oldest first."""

    id: str
    code: str
    assessments: list[FormDocument]


@blueprint.get("/slum-areas", responses={200: AreaCollection})
def list_all(query: AreaFilters) -> Response:
    """Slum areas, worst first, without outlines."""
    found = slums.slum_areas(database(), query.kelurahan, query.year)
    shown = found[query.offset : query.offset + query.limit]
    collection = AreaCollection(
        numberMatched=len(found),
        numberReturned=len(shown),
        links=page_links(len(found), query.limit, query.offset, GEOJSON),
        features=[_listed(area) for area in shown],
    )
    return reply(collection, content_type=GEOJSON)


@blueprint.get("/slum-areas/<area_id>", responses={200: geojson_response(AreaFeature)})
def show(path: AreaPath, query: Query) -> Response:
    """One slum area with its outline and its last grade."""
    found = slums.profile(database(), path.area_id)
    last = found.forms[-1] if found.forms else None
    same = {name: getattr(found, name) for name in (*_SAME, "version")}
    graded = {name: getattr(last, name, None) for name in ("grade", "total", "year")}
    properties = AreaProperties.model_validate(same | graded)
    feature = AreaFeature(id=found.id, geometry=found.geometry, properties=properties)
    return reply(feature, headers={"ETag": etag(found.version)}, content_type=GEOJSON)


@blueprint.get("/slum-areas/<area_id>/assessments", responses={200: AssessmentsDocument})
def assessments(path: AreaPath, query: Query) -> Response:
    """The 16 criteria of a slum area by year."""
    found = slums.profile(database(), path.area_id)
    return reply(
        AssessmentsDocument(id=found.id, code=found.code, assessments=[_form(form) for form in found.forms])
    )


def _listed(area: slums.SlumArea) -> AreaFeature:
    same = {name: getattr(area, name) for name in _SAME}
    properties = AreaProperties.model_validate(same | area.outcome._asdict())
    return AreaFeature(id=area.id, geometry=None, properties=properties)


def _form(form: slums.Form) -> FormDocument:
    return FormDocument(
        year=form.year,
        source=form.source,
        volumes={line.code: line.volume for line in form.lines},
        bases={line.code: line.base for line in form.lines},
        shares={line.code: line.share for line in form.lines},
        scores={line.code: line.score for line in form.lines},
        aspects=dict(form.aspects),
        mean=form.mean,
        total=form.total,
        grade=form.grade,
        doubts=[dict(doubt) for doubt in form.doubts],
    )
