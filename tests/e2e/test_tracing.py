"""A traced line follows the roads round a corner."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import drawing, save_as
from tests.e2e.records import Line
from tests.e2e.steps import KELURAHAN, eventually, map_middle, picture, signed_in


def corner_of_roads(page: Page) -> Line:
    """A lane that ends on a road: 30 m up the lane, where it ends, 30 m along the road."""
    roads = page.request.get(f"/api/v1/export/roads.geojson?kelurahan={KELURAHAN}").json()["features"]
    west, south, east, north = page.request.get(f"/api/v1/regions/{KELURAHAN}").json()["bbox"]
    middle = [(west + east) / 2, (south + north) / 2]
    lines = [
        line
        for road in roads
        for line in (
            road["geometry"]["coordinates"]
            if road["geometry"]["type"] == "MultiLineString"
            else [road["geometry"]["coordinates"]]
        )
        if math.dist(line[0], middle) * 111_000 < 500
    ]
    pieces = [pair for line in lines for pair in itertools.pairwise(line) if metres(*pair) > 62]
    for line in lines:
        for end, before in (line[:2], line[::-1][:2]):
            if metres(end, before) < 31:
                continue
            for a, b in pieces:
                if away(end, a, b) < 0.3 and min(metres(end, a), metres(end, b)) > 31:
                    corner = [towards(end, before, 30), end, towards(end, b, 30)]
                    if 38 < metres(corner[0], corner[2]) < 46:
                        return corner
    raise AssertionError("the sample city has such a corner")


def metres(a: list[float], b: list[float]) -> float:
    """On the equator: near enough at 6 degrees south."""
    return math.dist(a, b) * 111_000


def towards(a: list[float], b: list[float], far: float) -> list[float]:
    share = far / metres(a, b)
    return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]


def away(point: list[float], a: list[float], b: list[float]) -> float:
    """Metres between a place and a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    return metres(point, [a[0] + t * dx, a[1] + t * dy])


def on_screen(
    page: Page, lon: float, lat: float, middle: tuple[float, float], zoom: int
) -> tuple[float, float]:
    """Where a place stands on the screen when the middle of the map is at another (web mercator)."""
    world = 256 * 2**zoom

    def mercator(x: float, y: float) -> tuple[float, float]:
        return world * x / 360, -world * math.asinh(math.tan(math.radians(y))) / (2 * math.pi)

    (px, py), (mx, my), (x, y) = mercator(lon, lat), mercator(*middle), map_middle(page)
    return x + px - mx, y + py - my


def test_a_traced_line_follows_the_roads_round_a_corner(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    one, meet, other = corner_of_roads(page)
    middle = meet[0], meet[1]
    drawing(page, *middle)
    start, end = (on_screen(page, *place, middle, 18) for place in ((one[0], one[1]), (other[0], other[1])))
    page.mouse.click(*start)
    page.keyboard.press("t")
    expect(page.locator("[data-draw=trace]")).to_have_attribute("aria-pressed", "true")
    label = page.locator(".draw-label")

    def pointed() -> str:
        page.mouse.move(end[0] - 3, end[1])
        page.mouse.move(*end)
        return label.inner_text()

    eventually(page, pointed, lambda text: "mengikuti garis" in text)  # the roads may come a little later
    picture(page, "trace")
    page.mouse.click(*end)
    line = save_as(page, "Saluran ikut jalan")
    size = sum(math.dist(a, b) for a, b in itertools.pairwise(line)) * 111_000
    assert size == pytest.approx(60, abs=6), "round the corner, not across"
    assert min(math.dist(point, meet) for point in line[1:-1]) * 111_000 < 3
