"""/regions: the tree of kota, kecamatan, kelurahan, RW and RT.

It knows nothing about what happens in a region. Lists come without outlines, one region with its own.
Codes are the official ones.
"""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import GEOJSON, Collection, Geometry, Paged, Query, geojson_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.parameters import etag, page_links
from webgis.context import database
from webgis.planning import regions

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
    population: int | None
    households: int | None
    synthetic: bool
    version: int


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
    found = regions.list_regions(database(), query.kind, query.parent)
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
    found = regions.region(database(), path.code)
    feature = RegionFeature(
        id=found.region.code,
        bbox=list(found.bounds) if found.bounds else None,
        geometry=found.geometry,
        properties=_properties(found.region),
    )
    return reply(feature, headers={"ETag": etag(found.region.version)}, content_type=GEOJSON)


def _properties(region: regions.Region) -> RegionProperties:
    return RegionProperties.model_validate(region, from_attributes=True)
