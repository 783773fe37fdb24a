"""What all nouns that people write have in common: parts of lists, a version in every answer, a history.

It knows nothing about single nouns: each says here how its view becomes a feature. What may not be repeated in an
error (poor households) says nothing, and a stale write then gets the version only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import singledispatch
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from flask import Response
from geojson_pydantic import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from webgis.api.documents import GEOJSON, Collection, Given, Paged, problem_response, reply
from webgis.api.parameters import etag, page_links
from webgis.api.retries import Answer
from webgis.auth import current_language
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.reasons import in_words
from webgis.planning.versions import Versioned

GeometryGiven = Annotated[
    Point | LineString | Polygon | MultiPoint | MultiLineString | MultiPolygon, Field(discriminator="type")
]
Responses = dict[str | int | HTTPStatus, type[BaseModel] | dict[Any, Any] | None]
MAKING: Final[Responses] = {415: problem_response()}
CHANGING: Final[Responses] = {code: problem_response() for code in (409, 412, 415, 428)}
DELETING: Final[Responses] = {204: None, **{code: problem_response() for code in (409, 412, 428)}}


def _day(given: Any) -> Any:
    try:
        if isinstance(given, str) and len(given) == 10:
            return dt.date.fromisoformat(given)
    except ValueError:
        pass
    raise PydanticCustomError("bad_day", "a day is written YYYY-MM-DD")


Day = Annotated[dt.date, BeforeValidator(_day)]
"""A day as ISO 8601 writes it."""


class FeatureGiven(Given):
    """A feature as a client sends it; its properties are those of the noun."""

    type: Literal["Feature"]
    id: str | None = None
    geometry: Any
    properties: Any

    def said(self) -> dict[str, Any]:
        """Geometry (GeoJSON) and properties by name, as the draft of the noun takes them."""
        shape = None if self.geometry is None else self.geometry.model_dump(mode="json", exclude_none=True)
        return {"geometry": shape, **self.properties.model_dump(by_alias=True)}


class Change(BaseModel):
    """One version: who made it, when, why, and the fields that changed."""

    version: int
    action: str
    at: dt.datetime
    author: str
    reason: str | None
    changed: dict[str, Any]


class VersionsDocument(BaseModel):
    """Every version of a thing, oldest first."""

    history: list[Change]


@singledispatch
def as_feature(view: object) -> BaseModel | None:
    """A stored thing as a document; None for one that is not to be repeated in an error."""
    return None


def shown(view: Versioned, document: BaseModel | None = None, content_type: str = GEOJSON) -> Response:
    """A stored thing as an answer whose ETag names the version."""
    return reply(document or _document(view), headers={"ETag": etag(view.version)}, content_type=content_type)


def created(
    view: Versioned, address: str, document: BaseModel | None = None, content_type: str = GEOJSON
) -> Answer:
    """The answer to a POST: where the new thing is, and the thing itself."""
    headers = {"Location": address, "ETag": etag(view.version)}
    return Answer(201, headers, (document or _document(view)).model_dump(mode="json"), content_type)


def listed(kind: type[Collection], features: Sequence[BaseModel], total: int, asked: Paged) -> Response:
    """A part of a list as an answer, with links to itself, the next and the previous one."""
    links = page_links(total, asked.limit, asked.offset, GEOJSON)
    collection = kind.model_validate(
        {"numberMatched": total, "numberReturned": len(features), "links": links, "features": features}
    )
    return reply(collection, content_type=GEOJSON)


def worded(changes: Iterable[Mapping[str, Any]]) -> list[Change]:
    """Versions with their reasons in the language of the request."""
    return [
        Change.model_validate({**change, "reason": in_words(change["reason"], current_language())})
        for change in changes
    ]


def told(changes: Iterable[Mapping[str, Any]]) -> Response:
    """A history as an answer."""
    return reply(VersionsDocument(history=worded(changes)))


def refuse_id(given: str | None) -> None:
    """Raise BadDocument for an id in a POST, where the server makes it."""
    if given is not None:
        raise BadDocument([Problem("/id", "id_given")])


def same_id(given: str | None, *wanted: str) -> None:
    """Raise BadDocument for an id that is not one of the address."""
    if given is not None and given not in wanted:
        raise BadDocument([Problem("/id", "other_id")])


def _document(view: object) -> BaseModel:
    document = as_feature(view)
    if document is None:
        raise TypeError(f"{type(view).__name__} has no public document")
    return document
