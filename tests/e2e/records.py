"""What a journey asks of the server beside the page: new works, and what is stored now.

It knows nothing about pages.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.e2e.steps import KELURAHAN, slum_with_missing_drains

ALL = "/api/v1/proposals"
Line = list[list[float]]


def token(page: Page) -> dict[str, str]:
    """Headers of unsafe requests of whoever is signed in."""
    return {"X-CSRF-Token": page.request.get("/api/v1/session").json()["csrf_token"]}


def around(page: Page) -> Callable[[float, float], list[float]]:
    """East and north in metres from the middle of a slum RT, as a position."""
    lon, lat = slum_with_missing_drains(page)
    east = 111_320 * math.cos(math.radians(lat))
    return lambda x, y: [round(lon + x / east, 7), round(lat + y / 110_574, 7)]


def proposed(page: Page, title: str, line: Line, **fields: Any) -> dict[str, Any]:
    """A new draft of a drain."""
    said = {"title": title, "work_type": "drain_new", **fields}
    return sent(page, "POST", ALL, feature("LineString", line, **said))


def stored(page: Page, made: dict[str, Any]) -> dict[str, Any]:
    """A proposal as it is now."""
    found: dict[str, Any] = page.request.get(f"{ALL}/{made['id']}").json()
    return found


def named(page: Page, title: str) -> list[dict[str, Any]]:
    """Proposals whose title begins so."""
    found = page.request.get(f"{ALL}?kelurahan={KELURAHAN}&q={title}").json()["features"]
    return [one for one in found if one["properties"]["title"].startswith(title)]


def sent(page: Page, method: str, url: str, document: dict[str, Any]) -> dict[str, Any]:
    """What a document became, whatever version of it stands there."""
    answer = page.request.fetch(url, method=method, data=document, headers=token(page) | {"If-Match": "*"})
    assert answer.ok, answer.text()
    made: dict[str, Any] = answer.json()
    return made


def feature(shape: str, coordinates: list[Any], **said: Any) -> dict[str, Any]:
    """A document of something with a place."""
    return {"type": "Feature", "geometry": {"type": shape, "coordinates": coordinates}, "properties": said}
