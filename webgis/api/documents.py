"""The documents of the API that are no domain things: problems, links, and the base of what clients send.

It knows nothing about routes. What a client sends may hold known members only, so that nobody can set a state or a
version by naming it (mass assignment); what it asks for may have known parameters only.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Final, Literal

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

GEOJSON: Final = "application/geo+json"
SECURITY: Final[list[dict[str, list[str]]]] = [{}, {"token": []}, {"session": []}]


class Given(BaseModel):
    """What a client sends: known members only, never NaN."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, strict=True)


class _Asked(BaseModel):
    """Parameters or headers; their schema is made once, since the library asks for it on every request."""

    @classmethod
    @cache
    def _schema(cls) -> dict[str, Any]:
        return super().model_json_schema()

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The schema, for documents (with arguments) and for reading requests (without)."""
        return super().model_json_schema(*args, **kwargs) if args or kwargs else cls._schema()


class Query(_Asked):
    """Parameters of an address: known ones only."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    lang: Literal["id", "en"] | None = Field(None, description="Language of texts and errors.")


class Paged(Query):
    """Which part of a long list."""

    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=1_000_000)


class IfMatch(_Asked):
    """Which version is changed."""

    if_match: str | None = Field(None, alias="If-Match", description='ETag of the last read, such as "3".')


class IdempotencyKey(_Asked):
    """A key of the client's own, so that a retry is not a second request."""

    key: str | None = Field(None, alias="Idempotency-Key", max_length=200)


class Fault(BaseModel):
    """One fault of what was sent."""

    pointer: str = Field(description="JSON Pointer to the guilty member, or /query/NAME for a parameter.")
    message: str


class ChangedBy(BaseModel):
    """Who saved first; own: the same account, elsewhere."""

    by: str
    at: dt.datetime
    own: bool


class ProblemDocument(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="Relative URI that names the kind of problem.")
    title: str
    status: int
    detail: str
    errors: list[Fault]
    current_version: int | None = Field(None, description="With status 412: the version that is stored now.")
    current: dict[str, Any] | None = Field(
        None,
        description="With status 412: the document that is stored now, if it may be repeated in an error.",
    )
    changed: ChangedBy | None = Field(None, description="With status 412: who stored it and when.")


class Link(BaseModel):
    """A link to a related document."""

    rel: str
    href: str
    type: str = "application/json"


Geometry = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "type": "object",
            "description": "GeoJSON geometry, WGS 84",
            "properties": {"type": {"type": "string"}, "coordinates": {"type": "array", "items": {}}},
            "required": ["type", "coordinates"],
        }
    ),
]


class Collection(BaseModel):
    """A part of a list of features (RFC 7946 with the members of OGC API Features)."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    numberMatched: int = Field(description="How many fit the filters.")  # noqa: N815 - the standard's name
    numberReturned: int  # noqa: N815
    links: list[Link]


def blueprint(name: str, tag: str) -> APIBlueprint:
    """A blueprint of the API whose operations document problems, tag and ways to sign in."""
    return APIBlueprint(
        f"api_{name}",
        "webgis.api",
        url_prefix="/api/v1",
        abp_tags=[Tag(name=tag)],
        abp_security=SECURITY,
        abp_responses={code: problem_response() for code in ("400", "401", "403", "404", "415", "422")},
    )


def problem_response() -> dict[str, Any]:
    """How the OpenAPI document describes an error."""
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {"content": {"application/problem+json": {"schema": schema}}}


def geojson_response(model: type[BaseModel], description: str = "OK") -> dict[str, Any]:
    """How the OpenAPI document describes a feature; the model must be named in some operation as well."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"description": description, "content": {GEOJSON: {"schema": schema}}}


def reply(
    model: BaseModel | Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    content_type: str = "application/json",
) -> Response:
    """A model as an answer; a NaN in it is an error of ours, never sent."""
    document = model.model_dump(mode="json") if isinstance(model, BaseModel) else model
    body = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(body, status, dict(headers or {}), content_type=content_type)
