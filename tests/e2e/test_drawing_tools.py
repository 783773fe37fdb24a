"""What the tools show and take: the measure that stays, the corner in the bin, the position, live figures.

Walked in a real browser; what stands on the map, over the bar and in the panel is the measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.drawing import open_form
from tests.e2e.records import around, proposed, stored
from tests.e2e.steps import PHONE, at_rest, map_middle, open_at, signed_in, slum_with_missing_drains


def edited(page: Page, title: str) -> dict[str, Any]:
    """A new draft of three corners whose corners are in hand."""
    signed_in(page)
    at = around(page)
    made = proposed(page, title, [at(-33, 0), at(0, 11), at(33, 0)])
    open_form(page, made)
    page.locator("[data-action=edit-shape]").click()
    expect(page.locator(".handle[data-corner]")).to_have_count(3)
    return made


def test_a_measure_stays_until_it_is_wiped_off_and_a_ring_is_an_area(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    open_at(page, *slum_with_missing_drains(page))
    label = page.locator(".draw-label:not([hidden])")
    x, y = map_middle(page)
    page.keyboard.press("m")
    expect(page.locator("#drawbar")).to_be_visible()
    page.keyboard.press("s")  # no snapping
    expect(page.locator("#snapping")).to_have_attribute("aria-pressed", "false")
    page.mouse.click(x - 80, y)
    page.mouse.move(x + 40, y)
    page.mouse.dblclick(x + 80, y)
    expect(label.locator("b")).to_have_text(re.compile(r"^\d+,\d m$"))
    page.keyboard.press("Escape")
    expect(label).to_have_count(0)
    expect(page.locator(".sketch-line")).to_have_count(0)
    page.keyboard.press("m")
    for dx, dy in ((-80, -60), (80, -60), (80, 60), (-80, -60)):
        page.mouse.move(x + dx, y + dy)
        page.mouse.click(x + dx, y + dy)
    expect(label.locator("b")).to_have_text(re.compile(r"^[\d.,]+ (m²|ha) · keliling \d+,\d m$"))
    page.locator("#toolbar [data-tool=select]").click()
    expect(label).to_have_count(0)


def test_the_bin_takes_the_chosen_corner_not_the_proposal(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    made = edited(page, "Saluran titik")
    corner, remove = page.locator(".handle[data-corner='0/1']"), page.locator("#drawbar [data-draw=remove]")
    expect(remove).to_be_hidden()
    expect(page.locator("#toolbar [data-tool=delete]")).to_be_disabled()
    corner.tap()
    expect(page.locator("#toolbar [data-tool=delete]")).to_have_attribute("aria-label", "Hapus titik")
    remove.tap()
    expect(page.locator(".handle[data-corner]")).to_have_count(2)
    page.locator("#toolbar [data-tool=delete]").tap()  # a line has two at least
    expect(page.locator("#toast")).to_contain_text("tidak bisa kurang")
    assert stored(page, made)["properties"]["title"] == "Saluran titik"


def test_a_corner_is_set_where_the_phone_is(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": 7})
    open_at(page, lon, lat)
    page.locator("#locate").click()
    expect(page.locator("#toast")).to_contain_text("ketelitian 7 m")
    mark, sheet = page.locator(".my-position"), page.locator("#panel")
    expect(mark).to_be_visible()
    at_rest(page)
    seen, covered = mark.bounding_box(), sheet.bounding_box()
    assert seen and covered and seen["y"] + seen["height"] < covered["y"], "the sheet does not cover it"
    page.locator("[data-new]").first.click()
    page.locator("[data-work-type=drain_new]").click()
    page.locator("#drawbar [data-draw=here]").click()
    expect(page.locator(".sketch-corner")).to_have_count(1)


def test_the_figures_follow_the_hand(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    edited(page, "Saluran langsung")
    strip = page.locator("#draw-figures dd")
    expect(strip).to_have_count(4)
    expect(strip.nth(0)).to_have_text(re.compile(r"^[\d.,]+\sm$"))
    before = strip.nth(0).inner_text()
    page.route("**/panel/preview", lambda route: route.abort())  # the device alone
    corner = page.locator(".handle[data-corner='0/2']")
    corner.focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    expect(strip.nth(0)).not_to_have_text(before)
    expect(strip.nth(1)).to_have_text(re.compile(r"^Rp\s[\d.,]+\sjuta$"))
    page.unroute("**/panel/preview")
