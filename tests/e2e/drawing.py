"""Drawing and editing a proposal in the workspace: its form beside its shape, the tool in the hand, saving.

It knows nothing about what a journey checks.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.records import ALL, Line
from tests.e2e.steps import KELURAHAN, map_drawn

MIDDLE = (107.7005, -5.595)
"""Longitude and latitude of a place with streets and assets."""


def open_form(
    page: Page, made: dict[str, Any], lang: str = "id", zoom: int = 18, middle: list[float] | None = None
) -> None:
    """Its form, and in the middle of the map the middle of its line, or another place."""
    line = [middle] if middle else made["geometry"]["coordinates"]
    lon, lat = (sum(point[axis] for point in line) / len(line) for axis in (0, 1))
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}?lang={lang}#{zoom}/{lat:.6f}/{lon:.6f}&p={made['id']}")
    expect(page.locator(f"[data-proposal-form][data-id='{made['id']}']")).to_be_visible()
    map_drawn(page)


def open_mapping(page: Page, zoom: int = 18) -> None:
    """Self-mapping, with the middle of the kelurahan in the middle of the map."""
    lon, lat = MIDDLE
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#{zoom}/{lat:.5f}/{lon:.5f}&mode=mapping")
    expect(page.locator("[data-pane=mapping]")).to_be_visible()
    map_drawn(page)


def saved(page: Page) -> None:
    """Nothing waits to be sent."""
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")


def drawing(page: Page, lon: float, lat: float, lang: str = "id") -> None:
    """The line tool in the hand, the place in the middle of the map."""
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}?lang={lang}#18/{lat:.6f}/{lon:.6f}")
    expect(page.locator("#panel-body [data-proposal]").first).to_be_visible()
    page.locator("[data-new]").first.click()
    page.locator("[data-work-type=drain_new]").click()
    expect(page.locator("#drawbar")).to_be_visible()
    map_drawn(page)


def save_as(page: Page, title: str) -> Line:
    """Finish and save; the line that the server then has."""
    page.keyboard.press("Enter")
    page.locator("[name=title]").fill(title)
    with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith(ALL)) as answer:
        page.locator("[data-action=save]").click()
    assert answer.value.status == 201, answer.value.text()
    line: Line = answer.value.json()["geometry"]["coordinates"]
    return line
