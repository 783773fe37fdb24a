"""What several addresses ask for in the same way: boxes, pages of a list, versions.

It knows nothing about what is listed. A box is four ASCII numbers in degrees, nothing is reordered or guessed.
Links of a list keep all filters, so that a client can follow `next` to the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from flask import request, url_for
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from webgis.api.documents import Link, Paged
from webgis.planning.errors import PlanningError
from webgis.store.listing import BBox

_TAG: Final = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAGS: Final = re.compile(rf"[ \t,]*{_TAG}(?:[ \t]*,[ \t,]*{_TAG})*[ \t,]*")
"""Lists of entity tags (RFC 9110, 8.8.3 and 5.6.1)."""
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
NO_VERSION: Final = -1


class BadHeader(PlanningError):
    """A header of the request cannot be read."""


def parse_bbox(given: str | None) -> BBox | None:
    """West, south, east, north. Raises PydanticCustomError for anything else."""
    if given is None:
        return None
    parts = [part.strip() for part in given.split(",")]
    if len(parts) == 4 and all(_NUMBER.fullmatch(part) for part in parts):
        west, south, east, north = (float(part) for part in parts)
        if -180 <= west <= east <= 180 and -90 <= south <= north <= 90:
            return west, south, east, north
    raise PydanticCustomError("bad_bbox", "bbox must be west,south,east,north in degrees")


class Boxed(Paged):
    """Which part of a long list of things that lie somewhere."""

    bbox: str | None = Field(None, max_length=200, description="west,south,east,north in degrees.")

    @field_validator("bbox")
    @classmethod
    def _box(cls, given: str | None) -> str | None:
        parse_bbox(given)
        return given

    def box(self) -> BBox | None:
        """The box as numbers."""
        return parse_bbox(self.bbox)

    def chosen(self) -> dict[str, Any]:
        """What is asked for by name, as planning takes it."""
        return self.model_dump(exclude={"lang"}) | {"bbox": self.box()}


def page_links(total: int, limit: int, offset: int, media_type: str) -> list[Link]:
    """Links of one part of a list: itself, and the next and previous ones where there are any."""
    offsets = {"self": offset}
    if offset + limit < total:
        offsets["next"] = offset + limit
    if offset > 0:
        offsets["prev"] = max(offset - limit, 0)
    return [Link(rel=rel, href=_here(limit, at), type=media_type) for rel, at in offsets.items()]


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def version_given(current: Callable[[], int]) -> int | None:
    """The version of If-Match: None if there is none, NO_VERSION (never stored) if no strong tag of ours is named.

    current: asked only for `*` and for several tags. Raises BadHeader for what is neither `*` nor a list of tags.
    """
    given = request.headers.get("If-Match")
    if given is None:
        return None
    if given.strip() == "*":
        return current()
    if not _TAGS.fullmatch(given):
        raise BadHeader("bad_if_match")
    strong = (tag[1:-1] for tag in re.findall(_TAG, given) if not tag.startswith("W/"))
    versions = {int(tag) for tag in strong if re.fullmatch(r"[0-9]{1,9}", tag)}
    if len(versions) == 1:
        return versions.pop()
    return now if versions and (now := current()) in versions else NO_VERSION


def _here(limit: int, offset: int) -> str:
    values: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {})}
    values |= {"limit": limit, "offset": offset}
    return url_for(str(request.endpoint), _external=True, **values)
