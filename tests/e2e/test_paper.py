"""What a page is on paper: lists that were folded are whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, signed_in


def test_folded_lists_are_whole_on_paper(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"/prasarana?kelurahan={KELURAHAN}")
    folded = page.locator("details li a").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()


def test_the_workspace_on_paper_has_its_legend_below_the_map_and_no_switches(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}")
    expect(page.locator("[data-proposal]").first).to_be_visible()
    expect(page.locator(".mode-switch")).to_be_visible()
    page.emulate_media(media="print")
    which = page.get_by_role("heading", name="Tirta Mekar · Rencana")
    expect(which).to_have_css("position", "static")
    for gone in (
        ".bell",
        ".mode-switch",
        "#toolbar",
        "#search",
        "#status",
        ".layer:has([data-layer=poverty])",
    ):
        expect(page.locator(gone)).to_be_hidden()
    page.wait_for_function("""() => {
        const box = (mark) => document.querySelector(mark).getBoundingClientRect();
        return box("#map").bottom <= box("#legend").top && box("#legend").bottom <= box("#panel").top;
    }""")


def test_the_map_is_whole_on_a_sheet_that_is_narrower_than_the_screen(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}")
    expect(page.locator("#scale")).not_to_be_empty()  # what comes after the first view is there
    seen = page.locator("#map").bounding_box()
    assert seen is not None
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.locator("#map-page").evaluate("(sheet) => (sheet.style.width = '700px')")
    expect(page.locator("#map")).to_have_js_property("clientWidth", seen["width"])  # nothing of it is cut
    on_paper = page.locator("#map").bounding_box()
    assert on_paper is not None
    assert on_paper["width"] / on_paper["height"] == pytest.approx(seen["width"] / seen["height"], rel=0.01)
    assert on_paper["width"] == pytest.approx(700, abs=1)
