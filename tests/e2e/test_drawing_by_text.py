"""What the keyboard adds to drawing: lengths and bearings typed, coordinates and GeoJSON pasted, places looked for."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import drawing, save_as
from tests.e2e.records import around
from tests.e2e.steps import PHONE, map_middle, picture, signed_in, slum_with_missing_drains


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            document.getElementById("map").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_lengths_bearings_and_right_angles_are_typed(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    drawing(page, lon, lat)
    x, y = map_middle(page)
    page.keyboard.press("s")  # no snapping, the figures are to be exact
    page.mouse.click(x - 100, y)
    page.keyboard.type("30<90")
    expect(page.locator(".draw-label")).to_contain_text("30,0 m · 90°")
    page.keyboard.press("Enter")
    page.mouse.move(x - 40, y + 60)
    page.keyboard.press("r")
    expect(page.locator("[data-draw=right]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("12,5")
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    page.keyboard.type("5000000")
    page.keyboard.press("Enter")
    expect(page.locator("#draw-entry-error")).to_contain_text("antara 0 dan 50 km")
    page.keyboard.press("Escape")
    expect(page.locator("#draw-entry-error")).to_have_text("")
    line = save_as(page, "Saluran diketik")
    east, north = 111_320 * math.cos(math.radians(lat)), 110_574
    assert len(line) == 3
    assert (line[1][0] - line[0][0]) * east == pytest.approx(30, rel=0.01)
    assert line[1][1] == pytest.approx(line[0][1], abs=1e-6)
    assert (line[2][1] - line[1][1]) * north == pytest.approx(-12.5, rel=0.01)
    assert line[2][0] == pytest.approx(line[1][0], abs=1e-6)


def test_coordinates_and_geojson_are_pasted_into_a_drawing(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    at = around(page)
    drawing(page, *at(0, 0))
    (ax, ay), (bx, by), (cx, cy) = at(-30, 0), at(0, 10), at(30, 0)
    error = page.locator("#draw-entry-error")
    paste(page, "52.5, 13.4")
    expect(error).to_contain_text("di luar Indonesia")
    paste(page, f"{ay}, {ax}")
    expect(error).to_have_text("")
    paste(page, f"{bx} {by}")
    paste(page, '{"type": "LineString", "coordinates": [[1, 2], [3]]}')
    expect(error).to_contain_text("coordinates[1]: harus dua angka")
    paste(page, f"{cy:.7f}".replace(".", ",") + "; " + f"{cx:.7f}".replace(".", ","))
    page.keyboard.press("Escape")
    page.locator("#confirm button[value=cancel]").click()  # three points would be lost
    assert save_as(page, "Saluran tempel") == [[ax, ay], [bx, by], [cx, cy]]

    drawing(page, *at(0, 0), "en")
    whole = [at(-20, 5), at(0, 15), at(20, 5)]
    paste(page, json.dumps({"type": "Feature", "geometry": {"type": "LineString", "coordinates": whole}}))
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+z")
    assert save_as(page, "Saluran geojson") == whole


def test_the_search_box_flies_to_coordinates(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/?lang=en")
    box = page.locator("#search input")
    box.fill("107.7005, -5.5955")
    expect(page.locator("#search-results")).to_contain_text("read as longitude, latitude")
    picture(page, "search-place")
    box.press("Enter")
    expect(page).to_have_url(re.compile("#18/"))
    box.fill("-5,5955 107,7005")
    box.press("Enter")
    expect(page.locator("#search-results")).to_be_hidden()
    box.fill("38S 702178 9317060")
    box.press("Enter")
    expect(page.locator("#search-results")).to_contain_text("UTM needs its zone and letter")
