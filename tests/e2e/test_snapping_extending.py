"""Lines join what is there: borders snap where one wants it, and an end that reaches nothing is led to its outlet.

Walked in a real browser; the words beside the pointer and the stored line are the measure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.drawing import open_form, saved
from tests.e2e.records import around, feature, proposed, stored, token
from tests.e2e.steps import KELURAHAN, begin, map_drawn, map_middle, signed_in

TITLE = "Saluran buntu"


def a_corner_of_an_rt(page: Page) -> list[float]:
    """A corner of the border of an RT."""
    found = page.request.get(f"/api/v1/regions/{KELURAHAN}-RW013-RT002").json()
    ring = found["geometry"]["coordinates"]
    while isinstance(ring[0][0], list):
        ring = ring[0]
    corner: list[float] = ring[0]
    return corner


def test_borders_of_rt_snap_until_they_are_left_out(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = a_corner_of_an_rt(page)
    page.goto(f"/plan/{KELURAHAN}#19/{lat:.6f}/{lon:.6f}")
    page.locator(".status .snap-menu summary").click()
    for sort in page.locator(".status [data-snaps-to]").all():
        sort.set_checked(sort.get_attribute("data-snaps-to") == "borders")
    map_drawn(page)
    begin(page, "drain_new")
    x, y = map_middle(page)
    page.mouse.move(x + 4, y + 3)
    expect(page.locator(".draw-label")).to_contain_text("menempel pada R")
    page.keyboard.press("Escape")
    page.reload()
    page.locator(".status .snap-menu summary").click()
    expect(page.locator(".status [data-snaps-to=roads]")).not_to_be_checked()
    page.locator(".status [data-snaps-to=borders]").uncheck()
    map_drawn(page)
    begin(page, "drain_new")
    page.mouse.move(x + 4, y + 3)
    expect(page.locator(".draw-label")).to_be_visible()
    expect(page.locator(".draw-label")).not_to_contain_text("menempel")


def ends_in_nothing(page: Page) -> list[list[float]]:
    """A drain whose lower end reaches no drain or water, near enough to be led there."""
    at = around(page)
    for step in range(12):
        line = [at(-260 + 20 * step, 170), at(-260 + 20 * step, 210)]
        document: dict[str, Any] = feature("LineString", line, title=TITLE, work_type="drain_new")
        answer = page.request.post("/api/v1/proposals/preview", data=document, headers=token(page))
        told = answer.json()["warnings"] if answer.ok else []
        if any(one["code"] == "warn_downstream" and one["about"]["extends"] for one in told):
            return line
    raise AssertionError("every drain there reaches an outlet")


def test_an_end_that_reaches_nothing_is_extended_in_one_tap_and_taken_back(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    signed_in(page)
    made = proposed(page, TITLE, ends_in_nothing(page))
    open_form(page, made)
    page.locator("[data-warning=warn_downstream] [data-action=extend]").click()
    expect(page.locator("#toast")).to_contain_text("Diperpanjang")
    expect(page.locator("[data-warning=warn_downstream]")).to_have_count(0)
    saved(page)
    assert len(stored(page, made)["geometry"]["coordinates"]) == 3
    page.locator("#toolbar [data-tool=undo]").click()
    expect(page.locator("[data-warning=warn_downstream]")).to_be_visible()
    saved(page)
    assert stored(page, made)["geometry"] == made["geometry"]
    page.locator("[data-warning=warn_downstream] [data-show]").click()
    expect(page.locator(".place-mark")).to_be_visible()
