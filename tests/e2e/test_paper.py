"""What a page is on paper: lists that were folded are whole."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN


def test_folded_lists_are_whole_on_paper(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"/prasarana?kelurahan={KELURAHAN}")
    folded = page.locator("details li a").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
