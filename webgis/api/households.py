"""/households: poor households, for those who may see them in their kelurahan.

It knows nothing about rights. No answer may be kept by anybody (`no-store`), no answer of a POST is kept for retries
(it is found again where row-level security guards it), and no error repeats a household.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal
from uuid import UUID

from flask import Response, url_for
from geojson_pydantic import Point
from pydantic import BaseModel, ConfigDict, Field

from webgis.api.documents import (
    Collection,
    Geometry,
    Given,
    IdempotencyKey,
    IfMatch,
    Link,
    Paged,
    Query,
    geojson_response,
    reply,
)
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.locked import (
    CHANGING,
    DELETING,
    MAKING,
    Day,
    FeatureGiven,
    VersionsDocument,
    created,
    listed,
    refuse_id,
    same_id,
    shown,
    told,
)
from webgis.api.parameters import Boxed, page_links, version_given
from webgis.api.retries import Answer, once
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.mapping import household_views, households
from webgis.planning.mapping.household_drafts import HouseholdDraft
from webgis.planning.mapping.households import Household

blueprint = api_blueprint("households", "households")


class HouseholdPath(BaseModel):
    """Which household."""

    household_id: UUID


class HouseholdFilters(Boxed):
    """Which households, of those the caller may see."""

    kelurahan: str | None = Field(None, max_length=40)
    rt: str | None = Field(None, max_length=40)


class HouseholdFields(Given):
    """What a client may say of a household: no name, no address, no number of a person, no free text at all."""

    members: int = Field(description="1 to 30.")
    rt: str | None = Field(None, max_length=100, description="Code; follows from the point if missing.")
    elderly: int = 0
    under_five: int = 0
    disabled: int = 0
    female_headed: bool = False
    decile: int | None = Field(None, description="Of welfare, 1 to 10.")
    register_name: str | None = Field(
        None, alias="register", max_length=100, description="DTKS, DTSEN, P3KE, Regsosek or BKM."
    )
    register_date: Day | None = None
    surveyed_on: Day | None = None


class HouseholdGiven(FeatureGiven):
    """A household as a client sends it."""

    geometry: Point
    properties: HouseholdFields

    def draft(self) -> HouseholdDraft:
        """The same for planning."""
        return HouseholdDraft(**self.said())


class HouseholdProperties(BaseModel):
    """What is known of a household."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: str
    rt: str
    kelurahan: str
    members: int
    elderly: int
    under_five: int
    disabled: int
    female_headed: bool
    decile: int | None
    register_name: str | None = Field(alias="register")
    register_date: dt.date | None
    source: str
    surveyed_on: dt.date | None
    synthetic: bool
    created_at: dt.datetime
    updated_at: dt.datetime
    version: int


class HouseholdFeature(BaseModel):
    """A household."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry
    properties: HouseholdProperties


class HouseholdCollection(Collection):
    """A part of a list of households."""

    features: list[HouseholdFeature]


@blueprint.get("/households", responses={200: HouseholdCollection})
def list_all(query: HouseholdFilters) -> Response:
    """Households in the kelurahan where the caller may see them, by RT."""
    found = households.list_households(database(), current_actor(), **query.chosen())
    return listed(HouseholdCollection, [_feature(item) for item in found.items], found.total, query)


@blueprint.post("/households", responses={201: geojson_response(HouseholdFeature, "Created"), **MAKING})
def create(header: IdempotencyKey, body: HouseholdGiven, query: Query) -> Response:
    """Record a new household."""
    refuse_id(body.id)
    db, actor, draft = database(), current_actor(), body.draft()
    return once(
        actor,
        header.key,
        lambda also: households.create_household(db, actor, draft, also),
        _created,
        recall=lambda made: households.household_as_made(db, actor, made),
    )


class AccessFilters(Paged):
    """Which part of the access log."""

    kelurahan: str | None = Field(None, max_length=40)
    since: dt.datetime | None = Field(None, description="From this moment on; with its time zone.")


class Viewed(BaseModel):
    """One minute of somebody's looking."""

    minute: dt.datetime
    account: str = Field(description="Id of the account, or operator.")
    name: str
    way: Literal["list", "one", "history", "tile", "export", "counts"]
    kelurahan: str
    households: int | None = Field(description="Points shown in that minute; null where counts were told.")
    requests: int
    reason: str = Field(description="What a file was taken along for, if that was said.")


class AccessLog(BaseModel):
    """Who saw poor households, newest first."""

    numberMatched: int  # noqa: N815 - the standard's name
    links: list[Link]
    views: list[Viewed]


@blueprint.get("/households/access-log", responses={200: AccessLog})
def access_log(query: AccessFilters) -> Response:
    """Who saw poor households when, where and how many; for administrators of the region."""
    views, total = household_views.list_views(
        database(), current_actor(), query.kelurahan, query.since, query.limit, query.offset
    )
    document = AccessLog(
        numberMatched=total,
        links=page_links(total, query.limit, query.offset, "application/json"),
        views=[Viewed.model_validate(view, from_attributes=True) for view in views],
    )
    return reply(document)


@blueprint.get("/households/<uuid:household_id>", responses={200: geojson_response(HouseholdFeature)})
def show(path: HouseholdPath, query: Query) -> Response:
    """One household; its ETag names the version."""
    found = households.get_household(database(), current_actor(), str(path.household_id))
    return shown(found, _feature(found))


@blueprint.put(
    "/households/<uuid:household_id>", responses={200: geojson_response(HouseholdFeature), **CHANGING}
)
def replace(path: HouseholdPath, header: IfMatch, body: HouseholdGiven, query: Query) -> Response:
    """Write a household anew; it stays in its kelurahan."""
    wanted = str(path.household_id)
    same_id(body.id, wanted)
    version = _version_given(wanted)
    saved = households.replace_household(database(), current_actor(), wanted, body.draft(), version)
    return shown(saved, _feature(saved))


@blueprint.delete("/households/<uuid:household_id>", responses=DELETING)
def delete(path: HouseholdPath, header: IfMatch, query: Query) -> Response:
    """Delete a household; its history stays, for those who may see it."""
    wanted = str(path.household_id)
    households.delete_household(database(), current_actor(), wanted, _version_given(wanted))
    return Response(status=204)


@blueprint.post(
    "/households/<uuid:household_id>/restore", responses={200: geojson_response(HouseholdFeature)}
)
def restore(path: HouseholdPath, query: Query) -> Response:
    """Bring a deleted household back under its id."""
    found = households.restore_household(database(), current_actor(), str(path.household_id))
    return shown(found, _feature(found))


@blueprint.get("/households/<uuid:household_id>/history", responses={200: VersionsDocument})
def history(path: HouseholdPath, query: Query) -> Response:
    """Every version of a household."""
    return told(households.household_history(database(), current_actor(), str(path.household_id)))


def _feature(household: Household) -> HouseholdFeature:
    """Not registered with `as_feature`, so that no error can repeat it."""
    properties = HouseholdProperties.model_validate(household, from_attributes=True)
    return HouseholdFeature(id=household.id, geometry=household.geometry, properties=properties)


def _version_given(household_id: str) -> int | None:
    return version_given(lambda: households.get_household(database(), current_actor(), household_id).version)


def _created(household: Household) -> Answer:
    return created(household, url_for("api_households.show", household_id=household.id), _feature(household))
