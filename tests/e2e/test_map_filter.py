"""The filter of a list is the filter of the map: what it leaves out is left out there, said, and taken back.

Walked in a real browser; what the legend counts in view is what the map shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, PHONE, eventually, map_drawn, signed_in, unfold

SIGN = "#map-filter"


def shown(page: Page) -> int:
    """How many proposals the map shows in view."""
    text = page.locator("[data-count=proposals]").inner_text()
    return int(text.replace(".", "")) if text else -1


def test_list_table_and_map_have_one_filter_and_a_link_brings_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}")
    map_drawn(page)
    page.locator("#legend").hover()
    whole = eventually(page, lambda: shown(page), lambda count: count > 0)
    expect(page.locator(SIGN)).to_be_hidden()
    chosen = page.locator("#panel-body [name=state]")
    chosen.focus()
    chosen.select_option("verified")
    expect(page.locator(SIGN)).to_contain_text("Disaring")
    expect(chosen).to_be_focused()  # the list came anew, with the filter
    rows = page.locator("#panel-body li[data-proposal]")
    page.locator("#legend").hover()
    few = eventually(page, lambda: shown(page), lambda count: 0 < count < whole)
    assert few <= rows.count()
    page.locator("[data-table-open]").click()
    expect(page.locator("#table [name=state]")).to_have_value("verified")
    page.locator("#table [name=state]").select_option("draft")
    expect(page.locator("#panel-body [name=state]")).to_have_value("draft")
    page.locator("[data-table-close]").click()
    rows.first.click()
    expect(page.locator("[data-pane=proposal]")).to_be_visible()
    expect(page.locator(SIGN)).to_be_visible()

    other = open_page()
    signed_in(other)
    other.goto(page.evaluate("location.href"))
    expect(other.locator("[data-pane=proposal]")).to_be_visible()
    expect(other.locator(SIGN)).to_contain_text("Disaring")
    other.locator(f"{SIGN} button").click()
    expect(other.locator(SIGN)).to_be_hidden()
    other.locator(".back").click()
    expect(other.locator("#panel-body [name=state]")).to_have_value("")


def test_the_filter_of_the_ranking_narrows_the_map_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}#14/-5.59600/107.70100&tab=ranking")
    first, fold = page.locator("[data-ranked] li[data-proposal]").first, page.locator("[data-fold]")
    expect(first).to_be_in_viewport()
    expect(page.locator("[data-list-form]")).to_be_hidden()
    unfold(page)
    page.locator("[data-list-form] [name=state]").select_option("submitted")
    expect(page.locator(SIGN)).to_contain_text("Disaring")
    expect(page.locator("[data-list-form]")).to_be_visible()  # the list came anew, one may go on choosing
    fold.click()
    expect(first).to_be_in_viewport()
    expect(fold.locator("b")).to_have_text(re.compile("1$"))
    count = page.locator("[data-ranked] li[data-proposal]").count()
    expect(page.locator(f"{SIGN} span")).to_contain_text(f": {count} ")
    page.locator(f"{SIGN} button").click()
    expect(page.locator("[data-list-form] [name=state]")).to_have_value("")
    expect(page.locator(SIGN)).to_be_hidden()


def test_back_from_a_card_stands_where_one_left_the_ranking(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}#14/-5.59600/107.70100&tab=ranking")
    row = page.locator("[data-ranked] li[data-proposal]").nth(9)
    name = row.get_attribute("data-proposal")
    row.locator("summary").click()
    row.get_by_role("button", name="Buka").click()
    expect(page.locator(f"[data-pane=proposal][data-proposal-id='{name}']")).to_be_visible()
    expect(page.locator("#content")).to_be_focused()  # not the page: Tab goes on in the panel
    for back in (lambda: page.locator(".back").click(), page.go_back):
        expect(page.locator(".back")).to_contain_text("Peringkat")
        back()
        again = page.locator(f"[data-ranked] li[data-proposal='{name}']")
        expect(again.locator("details")).to_have_attribute("open", "")
        expect(again.get_by_role("button", name="Buka")).to_be_focused()
        expect(again.get_by_role("button", name="Buka")).to_be_in_viewport()
        again.get_by_role("button", name="Buka").click()
        expect(page.locator("[data-pane=proposal]")).to_be_visible()
