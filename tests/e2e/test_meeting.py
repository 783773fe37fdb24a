"""Meeting mode on a phone: the first row stands free of the head, and leaving brings everything back at once."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, PHONE, signed_in


def test_a_meeting_begins_at_the_top_and_ends_as_it_began(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}#17/-5.5955/107.7005&tab=ranking&layers=proposals.households")
    expect(page.locator("[data-meeting]")).to_be_visible()
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status == 401 else None)

    page.locator("[data-meeting]").click()
    first = page.locator("[data-meeting-row]").first
    expect(first).to_have_attribute("aria-selected", "true")
    head = page.locator(".meeting-head").bounding_box()
    row = first.bounding_box()
    assert head and row
    assert row["y"] >= head["y"] + head["height"] - 1
    title = page.locator(".meeting-title").first
    assert title.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 20
    page.locator("[data-meeting-show=weights]").click()
    expect(page.locator("[data-meeting-weights]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    # Nothing is asked of the server for the way back, so nothing half done is seen.
    page.route("**/panel/ranking*", lambda route: route.abort())
    page.keyboard.press("Escape")
    expect(page.locator("[data-meeting]")).to_be_focused()
    expect(page.locator("[data-meeting-pane]")).to_have_count(0)
    households = page.locator("input[data-layer=households]")
    expect(households).to_be_checked()
    page.wait_for_load_state("networkidle")
    assert refused == []
