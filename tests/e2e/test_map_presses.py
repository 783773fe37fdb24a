"""Pressing where several things lie, and a drawing that is kept, typed and cut at the border."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.drawing import MIDDLE
from tests.e2e.records import feature, sent
from tests.e2e.steps import KELURAHAN, at_work, begin, map_middle, open_at, signed_in


def test_a_press_where_several_things_lie_asks_which(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = MIDDLE
    for title in ("Sumur satu", "Sumur dua"):
        said = {"title": title, "work_type": "water_tap"}
        sent(page, "POST", "/api/v1/proposals", feature("Point", [lon, lat], **said))
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#18/{lat:.5f}/{lon:.5f}")
    x, y = map_middle(page)
    seen = """([x, y]) => {
        const move = new MouseEvent("mousemove", { clientX: x, clientY: y, bubbles: true });
        document.elementFromPoint(x, y).dispatchEvent(move);
        return document.querySelector("#map.is-over") !== null;
    }"""
    page.wait_for_function(seen, arg=[x, y])
    page.mouse.click(x, y)
    rows = page.locator(".here button")
    expect(rows).to_have_count(2)
    expect(rows.first).to_be_focused()
    expect(rows.first).to_contain_text("Konsep")
    second = str(rows.nth(1).locator("b").text_content())
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heading = page.locator("[data-pane=proposal] [name=title]")
    expect(heading).to_have_value(second)
    page.mouse.click(x, y)
    expect(heading).not_to_have_value(second)
    expect(rows).to_have_count(0)


def test_what_is_drawn_is_kept_cut_and_found(open_page: Callable[..., Page]) -> None:
    page = open_page()
    at_work(page)
    page.locator("#search input").fill("-5.59500, 107.70050")
    page.keyboard.press("Enter")
    expect(page.locator(".place-mark")).to_be_visible()
    border = page.request.get(f"/api/v1/regions/{KELURAHAN}").json()["geometry"]["coordinates"][0][0]
    lon, lat = max(border)
    open_at(page, lon, lat)
    begin(page, "drain_new")
    x, y = map_middle(page)
    for step in (-160, -110, -60):
        page.mouse.click(x + step, y)
    zoom = page.url.split("#")[1].split("/")[0]
    page.locator("#map").focus()
    page.keyboard.type("-5")
    expect(page.locator("[data-draw-entry] input")).to_have_value("-5")
    assert page.url.split("#")[1].split("/")[0] == zoom, "a minus while drawing is typed"
    page.locator("[data-draw-entry] input").fill("")
    page.mouse.dblclick(x + 120, y)
    page.locator("[data-action=cut]").click()
    expect(page.locator("[data-warning=outside_kelurahan]")).to_be_hidden()
    expect(page.locator("[data-preview] .figures").first).to_be_visible()
