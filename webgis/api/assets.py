"""/assets: infrastructure with its condition, to read.

It knows nothing about services or scores. The self-mapping editor will add the writing verbs.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from flask import Response
from pydantic import BaseModel, Field, field_validator

from webgis.api.documents import GEOJSON, Collection, Geometry, Paged, Query, geojson_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.parameters import etag, page_links, parse_bbox
from webgis.context import database
from webgis.planning import assets

blueprint = api_blueprint("assets", "assets")


class AssetPath(BaseModel):
    """Which asset."""

    asset_id: str


class AssetFilters(Paged):
    """Which assets."""

    kelurahan: str | None = Field(None, max_length=40)
    kind: str | None = Field(None, max_length=60)
    condition: Literal["good", "light_damage", "heavy_damage", "broken"] | None = None
    bbox: str | None = Field(None, max_length=200, description="west,south,east,north in degrees.")

    @field_validator("bbox")
    @classmethod
    def _box(cls, given: str | None) -> str | None:
        parse_bbox(given)
        return given


class AssetProperties(BaseModel):
    """What is known of an asset."""

    id: str
    kind: str
    name: str | None
    kelurahan: str | None
    condition: str | None
    material: str | None
    width_m: float | None
    capacity: float | None
    built_year: int | None
    owner: str | None
    source: str
    surveyed_on: dt.date | None
    synthetic: bool
    created_at: dt.datetime
    updated_at: dt.datetime
    version: int


class AssetFeature(BaseModel):
    """An asset."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry
    properties: AssetProperties


class AssetCollection(Collection):
    """A part of a list of assets."""

    features: list[AssetFeature]


@blueprint.get("/assets", responses={200: AssetCollection})
def list_all(query: AssetFilters) -> Response:
    """Assets in order of kind."""
    found = assets.list_assets(
        database(),
        kelurahan=query.kelurahan,
        kind=query.kind,
        condition=query.condition,
        bbox=parse_bbox(query.bbox),
        limit=query.limit,
        offset=query.offset,
    )
    collection = AssetCollection(
        numberMatched=found.total,
        numberReturned=len(found.items),
        links=page_links(found.total, query.limit, query.offset, GEOJSON),
        features=[_feature(item) for item in found.items],
    )
    return reply(collection, content_type=GEOJSON)


@blueprint.get("/assets/<asset_id>", responses={200: geojson_response(AssetFeature)})
def show(path: AssetPath, query: Query) -> Response:
    """One asset."""
    found = assets.get_asset(database(), path.asset_id)
    return reply(_feature(found), headers={"ETag": etag(found.version)}, content_type=GEOJSON)


def _feature(asset: assets.Asset) -> AssetFeature:
    properties = AssetProperties.model_validate(asset, from_attributes=True)
    return AssetFeature(id=asset.id, geometry=asset.geometry, properties=properties)
