"""What several addresses ask for in the same way: boxes, pages of a list, versions.

It knows nothing about what is listed. A box is four ASCII numbers in degrees, nothing is reordered or guessed.
Links of a list keep all filters, so that a client can follow `next` to the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from flask import request, url_for
from pydantic_core import PydanticCustomError

from webgis.api.documents import Link

BBox = tuple[float, float, float, float]
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
NO_VERSION: Final = -1


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

    current: asked only for `*` and for several tags.
    """
    if not request.headers.get("If-Match"):
        return None
    tags = request.if_match
    if tags.star_tag:
        return current()
    versions = {int(tag) for tag in tags.as_set() if tag and re.fullmatch(r"[0-9]{1,9}", tag)}
    if len(versions) == 1:
        return versions.pop()
    return now if versions and (now := current()) in versions else NO_VERSION


def _here(limit: int, offset: int) -> str:
    values: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {})}
    values |= {"limit": limit, "offset": offset}
    return url_for(str(request.endpoint), _external=True, **values)
