"""What a page is on paper: lists that were folded are whole."""

from __future__ import annotations

from collections.abc import Callable

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
    for gone in (".mode-switch", "#toolbar", "#search", "#status", ".layer:has([data-layer=poverty])"):
        expect(page.locator(gone)).to_be_hidden()
    page.wait_for_function("""() => {
        const box = (mark) => document.querySelector(mark).getBoundingClientRect();
        return box("#map").bottom <= box("#legend").top && box("#legend").bottom <= box("#panel").top;
    }""")
