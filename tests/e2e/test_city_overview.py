"""The city's first page: a row chosen finds its kelurahan on the map, a kelurahan chosen on the map finds its row."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import DESKTOP, KELURAHAN, PHONE, at_work, map_drawn, map_middle, signed_in
from tests.e2e.test_accessibility import faults


def test_table_and_map_choose_together(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP, "en")
    at_work(page, "city@contoh.test")
    row = page.locator(f"tr[data-kelurahan='{KELURAHAN}']")
    chosen = page.locator("tr[aria-current=true]")
    row.locator("td").first.click()
    expect(row).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"#15/"))
    row.locator("td").first.click()
    expect(chosen).to_have_count(0)
    map_drawn(page)  # what lies under the pointer is known once its squares are there
    page.mouse.move(*map_middle(page))
    expect(row).to_have_class("is-lit")
    page.mouse.click(*map_middle(page))
    expect(chosen).to_have_attribute("data-kelurahan", KELURAHAN)
    row.get_by_role("link").click()
    page.wait_for_url(re.compile(f"/plan/{re.escape(KELURAHAN)}"))


@pytest.mark.parametrize("path", ["/plan", "/review"])
def test_the_map_beside_a_page_begins_with_the_whole_city(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(DESKTOP)
    signed_in(page, "city@contoh.test")
    page.goto(path)
    expect(page.locator("#legend")).to_be_hidden()
    page.locator("#map").focus()
    page.keyboard.press("+")  # the address tells of the view once it was moved
    expect(page).to_have_url(re.compile(r"#1[4-6]/-5\.5[89]\d*/107\.(69|70)"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_serious_is_at_fault(open_page: Callable[..., Page], size: dict[str, int]) -> None:
    page = open_page(size, "id", color_scheme="dark")
    at_work(page, "city@contoh.test")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
