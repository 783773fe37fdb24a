"""/assets: infrastructure with its condition.

It knows nothing about services or scores. Everybody reads; who may map a kelurahan writes, by version.
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
from webgis.planning.mapping import assets
from webgis.planning.mapping.assets import AssetDraft

blueprint = api_blueprint("assets", "assets")
Condition = Literal["good", "light_damage", "heavy_damage", "broken"]


class AssetPath(BaseModel):
    """Which asset."""

    asset_id: str


class AssetFilters(Boxed):
    """Which assets."""

    kelurahan: str | None = Field(None, max_length=40)
    kind: str | None = Field(None, max_length=60)
    condition: Condition | None = None


class AssetFieldsGiven(Given):
    """What a client may say of an asset beside its kind; null says that it is not known."""

    name: str | None = Field(None, max_length=1000)
    condition: Condition | None = None
    material: str | None = Field(None, max_length=1000)
    width_m: float | None = None
    capacity: float | None = None
    built_year: int | None = None
    owner: str | None = Field(None, max_length=1000, description="Who owns or runs it.")
    source: str | None = Field(None, max_length=1000)
    surveyed_on: Day | None = None


class AssetFields(AssetFieldsGiven):
    """What a client may say of an asset; source and survey date stay as they are if missing (today for a new one)."""

    kind: str = Field(max_length=60, description="A kind of the catalogue.")


class AssetGiven(FeatureGiven):
    """An asset as a client sends it."""

    geometry: GeometryGiven
    properties: AssetFields

    def draft(self) -> AssetDraft:
        """The same for planning."""
        return AssetDraft(**self.said())


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
    found = assets.list_assets(database(), **query.chosen())
    return listed(AssetCollection, [asset_feature(item) for item in found.items], found.total, query)


@blueprint.post("/assets", responses={201: geojson_response(AssetFeature, "Created"), **MAKING})
def create(header: IdempotencyKey, body: AssetGiven, query: Query) -> Response:
    """Map a new asset."""
    refuse_id(body.id)
    db, actor, draft = database(), current_actor(), body.draft()
    return once(actor, header.key, lambda also: assets.create_asset(db, actor, draft, also), _created)


@blueprint.get("/assets/<asset_id>", responses={200: geojson_response(AssetFeature)})
def show(path: AssetPath, query: Query) -> Response:
    """One asset; its ETag names the version."""
    return shown(assets.get_asset(database(), path.asset_id))


@blueprint.put("/assets/<asset_id>", responses={200: geojson_response(AssetFeature), **CHANGING})
def replace(path: AssetPath, header: IfMatch, body: AssetGiven, query: Query) -> Response:
    """Write an asset anew."""
    same_id(body.id, path.asset_id)
    version = _version_given(path.asset_id)
    return shown(assets.replace_asset(database(), current_actor(), path.asset_id, body.draft(), version))


@blueprint.delete("/assets/<asset_id>", responses=DELETING)
def delete(path: AssetPath, header: IfMatch, query: Query) -> Response:
    """Delete an asset; its history stays."""
    assets.delete_asset(database(), current_actor(), path.asset_id, _version_given(path.asset_id))
    return Response(status=204)


@blueprint.post("/assets/<asset_id>/restore", responses={200: geojson_response(AssetFeature)})
def restore(path: AssetPath, query: Query) -> Response:
    """Bring a deleted asset back under its id."""
    return shown(assets.restore_asset(database(), current_actor(), path.asset_id))


@blueprint.get("/assets/<asset_id>/history", responses={200: VersionsDocument})
def history(path: AssetPath, query: Query) -> Response:
    """Every version of an asset."""
    return told(assets.asset_history(database(), current_actor(), path.asset_id))


@as_feature.register
def asset_feature(asset: assets.Asset) -> AssetFeature:
    """An asset as a feature."""
    properties = AssetProperties.model_validate(asset, from_attributes=True)
    return AssetFeature(id=asset.id, geometry=asset.geometry, properties=properties)


def _version_given(asset_id: str) -> int | None:
    return version_given(lambda: assets.get_asset(database(), asset_id).version)


def _created(asset: assets.Asset) -> Answer:
    return created(asset, url_for("api_assets.show", asset_id=asset.id))
