"""/regions: the tree of kota, kecamatan, kelurahan, RW and RT.

It knows nothing about what happens in a region. Lists come without outlines, one region with its own.
Codes are the official ones; an administrator may change a border, by version.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import (
    GEOJSON,
    Collection,
    Geometry,
    Given,
    IfMatch,
    Paged,
    Query,
    geojson_response,
    reply,
)
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.locked import (
    CHANGING,
    Day,
    FeatureGiven,
    GeometryGiven,
    VersionsDocument,
    as_feature,
    same_id,
    shown,
    told,
)
from webgis.api.parameters import page_links, version_given
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning import regions
from webgis.planning.mapping.borders import Redrawn, RegionDraft, redraw, replace_region
from webgis.planning.mapping.home_counts import (
    history_shown_to,
    neighbours_shown_to,
    region_shown_to,
    regions_shown_to,
)

blueprint = api_blueprint("regions", "regions")


class RegionPath(BaseModel):
    """Which region."""

    code: str


class RegionFilters(Paged):
    """Which regions."""

    kind: Literal["kota", "kecamatan", "kelurahan", "rw", "rt"] | None = None
    parent: str | None = Field(None, max_length=40)


class RegionProperties(BaseModel):
    """A region."""

    code: str
    kind: str
    name: str
    parent: str | None
    population: int | None = Field(description="Null where it is not known, or not told.")
    households: int | None = Field(
        description="All homes; with population null for those without a role where a count here or in a region below "
        "is under five.",
    )
    source: str
    surveyed_on: dt.date | None
    synthetic: bool
    version: int


class RegionFields(Given):
    """What an administrator may say of a region; what is missing stays as it is."""

    name: str | None = Field(None, max_length=1000)
    population: int | None = None
    households: int | None = None
    source: str | None = Field(None, max_length=1000)
    surveyed_on: Day | None = None


class RegionGiven(FeatureGiven):
    """A region as an administrator sends it."""

    geometry: GeometryGiven
    properties: RegionFields

    def draft(self) -> RegionDraft:
        """The same for planning."""
        return RegionDraft(**self.said())


class RegionRedrawn(RegionGiven):
    """A region of several: its code and the version it changes stand in the document."""

    id: str
    version: int


class RedrawnGiven(Given):
    """Regions that are changed together."""

    features: list[RegionRedrawn] = Field(min_length=1, max_length=200)


class RegionFeature(BaseModel):
    """A region, with its outline if it was asked for alone."""

    type: Literal["Feature"] = "Feature"
    id: str
    bbox: list[float] | None = None
    geometry: Geometry | None
    properties: RegionProperties


class RegionCollection(Collection):
    """A part of a list of regions."""

    features: list[RegionFeature]


@blueprint.get("/regions", responses={200: RegionCollection})
def list_all(query: RegionFilters) -> Response:
    """Regions in order of code, without outlines."""
    found = regions_shown_to(database(), current_actor(), query.kind, query.parent)
    shown = found[query.offset : query.offset + query.limit]
    collection = RegionCollection(
        numberMatched=len(found),
        numberReturned=len(shown),
        links=page_links(len(found), query.limit, query.offset, GEOJSON),
        features=[RegionFeature(id=item.code, geometry=None, properties=_properties(item)) for item in shown],
    )
    return reply(
        collection.model_dump(mode="json", exclude={"features": {"__all__": {"bbox"}}}), content_type=GEOJSON
    )


@blueprint.get("/regions/<code>", responses={200: geojson_response(RegionFeature)})
def show(path: RegionPath, query: Query) -> Response:
    """One region with its outline and bounds."""
    return shown(region_shown_to(database(), current_actor(), path.code))


@blueprint.put("/regions/<code>", responses={200: geojson_response(RegionFeature), **CHANGING})
def replace(path: RegionPath, header: IfMatch, body: RegionGiven, query: Query) -> Response:
    """Change the border of a region, for administrators; refused if proposals would lie outside."""
    same_id(body.id, path.code)
    version = version_given(lambda: regions.region(database(), path.code).version)
    return shown(replace_region(database(), current_actor(), path.code, body.draft(), version))


@blueprint.get("/regions/<code>/neighbours", responses={200: geojson_response(RegionCollection)})
def around(path: RegionPath, query: Query) -> Response:
    """The RW and RT of the same kelurahan that touch a region, with their outlines."""
    found = [region_feature(item) for item in neighbours_shown_to(database(), current_actor(), path.code)]
    return reply(
        RegionCollection(numberMatched=len(found), numberReturned=len(found), links=[], features=found),
        content_type=GEOJSON,
    )


@blueprint.post("/regions/redraw", responses={200: geojson_response(RegionCollection), **CHANGING})
def redraw_all(body: RedrawnGiven, query: Query) -> Response:
    """Change the borders of several regions at once, as neighbours that share an edge: all of them or none."""
    wanted = [Redrawn(one.id, one.draft(), one.version) for one in body.features]
    found = [region_feature(item) for item in redraw(database(), current_actor(), wanted)]
    return reply(
        RegionCollection(numberMatched=len(found), numberReturned=len(found), links=[], features=found),
        content_type=GEOJSON,
    )


@blueprint.get("/regions/<code>/history", responses={200: VersionsDocument})
def history(path: RegionPath, query: Query) -> Response:
    """Every version of a region; its counts for those with a role there."""
    return told(history_shown_to(database(), current_actor(), path.code))


@as_feature.register
def region_feature(found: regions.OutlinedRegion) -> RegionFeature:
    """A region as a feature with its outline."""
    return RegionFeature(
        id=found.region.code,
        bbox=list(found.bounds) if found.bounds else None,
        geometry=found.geometry,
        properties=_properties(found.region),
    )


def _properties(region: regions.Region) -> RegionProperties:
    return RegionProperties.model_validate(region, from_attributes=True)
