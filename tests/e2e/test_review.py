"""The rooms of the review: the queue with its map, a work on a phone, deciding without scripts, sites compared.

How a work is returned, mended and approved, by keys: test_whole_life.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import FITTING, PHONE, eventually, map_drawn, picture, signed_in


def test_row_and_map_are_lit_together(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page, "reviewer@contoh.test")
    page.goto("/review")
    row = page.locator("tr[data-proposal]").first
    expect(row).to_be_visible()
    expect(page.locator("#map .leaflet-tile-pane canvas, #map canvas").first).to_be_visible()
    map_drawn(page)
    page.wait_for_load_state("networkidle")  # a slow layer may come after its square
    before = page.locator("#map").screenshot()
    row.hover()
    eventually(page, page.locator("#map").screenshot, lambda now: now != before, "the work is lit on the map")


@pytest.mark.parametrize(("size", "lang"), FITTING, ids=["desktop-id", "phone-id", "phone-en"])
def test_review_pages_fit_the_screen(open_page: Callable[..., Page], size: dict[str, int], lang: str) -> None:
    page = open_page(size, lang)
    signed_in(page, "reviewer@contoh.test")
    page.goto(f"/review?lang={lang}")
    first = page.locator(".queue-title").first
    expect(first).to_be_visible()
    suffix = f"{'phone-' if size is PHONE else ''}{lang}"
    picture(page, f"review-{suffix}")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    first.click()
    page.wait_for_url(re.compile(r"/review/.+"))
    picture(page, f"review-one-{suffix}")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for button in page.locator(".decide button").all():
        box = button.bounding_box()
        assert box and box["height"] >= 44 and box["y"] + box["height"] <= size["height"]


def test_on_a_phone_a_work_is_reviewed_in_steps(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page, "reviewer@contoh.test")
    page.goto("/review?group=under_review")
    page.locator(".queue-title").first.click()
    steps = page.get_by_role("navigation", name="Bagian tinjauan")
    expect(steps.get_by_role("link", name="Tempat")).to_have_attribute("aria-current", "step")
    land = page.get_by_role("group", name="Dokumen lahan")
    expect(page.locator("#map")).to_be_visible()
    expect(land).to_be_hidden()
    steps.get_by_role("link", name="Daftar periksa 0/7").click()
    land.get_by_text("Ya", exact=True).click()
    expect(steps.get_by_role("link", name="Daftar periksa 1/7")).to_have_attribute("aria-current", "step")
    expect(page.locator("#map")).to_be_hidden()
    page.get_by_role("button", name="Kembalikan untuk diperbaiki").click()
    expect(page.locator("#r-note")).to_be_focused()
    expect(steps.get_by_role("link", name="Keputusan")).to_have_attribute("aria-current", "step")
    page.get_by_role("button", name="Setujui").click()
    expect(page.locator("[data-refused]")).to_be_focused()
    expect(steps.get_by_role("link", name="Daftar periksa 1/7")).to_have_attribute("aria-current", "step")


def test_deciding_needs_no_script(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/login")
    page.locator("input[name=email]").fill("reviewer@contoh.test")
    page.locator("input[name=password]").fill("contoh-saja")
    page.locator("main form button[type=submit]").first.click()
    page.locator(".queue-title").first.click()
    page.locator("#r-usual").select_option(index=1)
    page.get_by_role("button", name="Kembalikan untuk diperbaiki").click()
    expect(page.locator("h1 + .pill")).to_have_text("Dikembalikan")


def test_sites_are_ticked_in_the_queue_and_compared(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, "en")
    signed_in(page, "reviewer@contoh.test")
    page.goto("/review?sort=score&lang=en")
    rows = page.locator("tr[data-proposal]")
    titles = [rows.nth(at).locator(".queue-title").inner_text() for at in (0, 1)]
    expect(page.get_by_role("button", name="Compare the chosen")).to_be_disabled()
    for at in (0, 1):
        rows.nth(at).get_by_label(f"Compare: {titles[at]}").check()
    rows.nth(0).get_by_text("Why this score?").click()
    expect(rows.nth(0).get_by_text("Benefit to the poor")).to_be_visible()
    page.get_by_role("button", name="Compare the chosen").click()
    page.wait_for_url(re.compile("/review/compare"))
    expect(page.locator(".side-by-side thead a")).to_have_text(titles)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
        "only the table scrolls sideways"
    )
