"""A PAKET work from the planner to the approval: verified, found in the queue, returned, mended, approved.

Three people work on one proposal, each in a browser of their own, the reviewer mostly with the keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import DESKTOP, KELURAHAN, PHONE, eventually, map_drawn, picture, signed_in

TITLE = "Drainase PAKET Gang Uji"
REASON = "Surat hibah RT 02 belum ada."


def proposed(page: Page, headers: dict[str, Any], title: str = TITLE) -> str:
    """A PAKET drain of the planner, drawn where another drain is proposed already."""
    found = page.request.get(f"/api/v1/proposals?kelurahan={KELURAHAN}&limit=200").json()["features"]
    line = next(
        one
        for one in found
        if one["properties"]["work_type"] == "drain_new" and one["properties"]["state"] == "submitted"
    )
    given = {
        "title": title, "work_type": "drain_new", "is_paket": True, "cost": 60_000_000,
        "funding": {"paket": 40_000_000, "apbd": 20_000_000}, "readiness": {"drawing": True},
    }  # fmt: skip
    sent = {"type": "Feature", "geometry": line["geometry"], "properties": given}
    made = page.request.post("/api/v1/proposals", data=sent, headers=headers)
    assert made.status == 201, made.text()
    return str(made.json()["id"])


def step(page: Page, headers: dict[str, Any], key: str, action: str, note: str = "") -> None:
    answer = page.request.post(
        f"/api/v1/proposals/{key}/transitions", data={"action": action, "note": note}, headers=headers
    )
    assert answer.status == 200, answer.text()


def test_a_paket_work_is_returned_mended_and_approved(open_page: Callable[..., Page]) -> None:
    planner, facilitator, reviewer = open_page(), open_page(), open_page()
    writes, checks = (
        signed_in(planner, "planner@contoh.test"),
        signed_in(facilitator, "facilitator@contoh.test"),
    )
    key = proposed(planner, writes)
    step(planner, writes, key, "submit")
    step(facilitator, checks, key, "verify", "Surat lahan menyusul.")

    reviewer.goto("/login")
    reviewer.locator("input[name=email]").fill("reviewer@contoh.test")
    reviewer.locator("input[name=password]").fill("contoh-saja")
    reviewer.locator("main form button[type=submit]").first.click()
    reviewer.wait_for_url(re.compile(r"/review"))
    row = reviewer.locator(f"tr[data-proposal='{key}']")
    expect(row).to_contain_text("berkas kurang")
    expect(row).to_contain_text("tumpang tindih")
    row.locator(".queue-title").focus()
    reviewer.keyboard.press("Enter")
    reviewer.wait_for_url(re.compile(f"/review/{key}"))
    reviewer.get_by_role("button", name="Mulai tinjau").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Ditinjau")

    return_with_a_reason(reviewer, key)
    mend(planner, writes, key)
    step(facilitator, checks, key, "verify", "Sudah lengkap.")
    approve(reviewer, key)
    planner.goto(f"/usulan/{key}")
    expect(planner.locator("h1 + .pill")).to_have_text("Disetujui")


def listening(reviewer: Page) -> None:
    """The script of the page is there, and hears the keys."""
    expect(reviewer.locator("#map .leaflet-tile-pane")).to_be_attached()


def return_with_a_reason(reviewer: Page, key: str) -> None:
    """Ticks by number key, survives a look at another work, is asked for the reason and gives it."""
    land = reviewer.locator("[data-item='1']")
    listening(reviewer)
    reviewer.keyboard.press("1")
    reviewer.keyboard.press("1")
    expect(land.get_by_label("Tidak", exact=True)).to_be_checked()
    land.locator(".check-note").fill("baru izin lisan")
    land.locator(".check-note").press("Enter")
    expect(reviewer.locator("[data-refused]")).to_have_count(0)
    reviewer.locator("h1").click()
    reviewer.keyboard.press("k")
    reviewer.wait_for_url(lambda url: "/review/" in url and key not in url)
    reviewer.goto(f"/review/{key}")
    expect(land.get_by_label("Tidak", exact=True)).to_be_checked()
    expect(land.locator(".check-note")).to_have_value("baru izin lisan")

    reviewer.get_by_role("button", name="Kembalikan untuk diperbaiki").click()
    expect(reviewer.locator("[data-refused] a")).to_have_attribute("href", "#r-note")
    expect(reviewer.locator("#r-note")).to_be_focused()
    expect(reviewer.locator("#r-note")).to_be_in_viewport()
    picture(reviewer, "review-refused-id")
    reviewer.locator("#r-note").fill(REASON)
    reviewer.get_by_role("button", name="Kembalikan untuk diperbaiki").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Dikembalikan")
    expect(reviewer.locator(".timeline")).to_contain_text("[ ] Dokumen lahan: baru izin lisan")


def mend(planner: Page, headers: dict[str, Any], key: str) -> None:
    """The planner reads the reason where the work is edited, mends the papers and submits again."""
    planner.goto(f"/plan/{KELURAHAN}#p={key}")
    pane = planner.locator("[data-pane=proposal]")
    expect(pane).to_contain_text(REASON)
    picture(planner, "review-planner-id")
    stored = planner.request.get(f"/api/v1/proposals/{key}")
    feature = stored.json()
    given = {"title", "work_type", "description", "cost", "funding", "is_paket"}
    properties = {name: value for name, value in feature["properties"].items() if name in given}
    properties["readiness"] = {"land": "signed", "drawing": True, "survey": True, "cost_estimate": True}
    saved = planner.request.put(
        f"/api/v1/proposals/{key}",
        data={"type": "Feature", "geometry": feature["geometry"], "properties": properties},
        headers={**headers, "If-Match": stored.headers["etag"]},
    )
    assert saved.status == 200, saved.text()
    step(planner, headers, key, "submit")


def approve(reviewer: Page, key: str) -> None:
    """What changed stands on the page; every item is answered from the keyboard."""
    reviewer.goto("/review?group=waiting")
    expect(reviewer.locator(f"tr[data-proposal='{key}']")).to_contain_text("diajukan ulang")
    reviewer.goto(f"/review/{key}")
    changes = reviewer.locator(".review-aside section").first
    expect(changes).to_contain_text("Berubah sejak dikembalikan")
    expect(changes).to_contain_text("izin tertulis")
    reviewer.get_by_role("button", name="Mulai tinjau").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Ditinjau")
    listening(reviewer)
    for item in range(1, 8):
        reviewer.keyboard.press(str(item))
    box = reviewer.locator("#map-page").bounding_box()
    assert box and box["y"] >= 48, "ticking scrolls the checklist, not the page"
    picture(reviewer, "review-changed-id")
    reviewer.get_by_role("button", name="Setujui").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Disetujui")


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


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
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


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_sites_are_ticked_in_the_queue_and_compared(
    open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page(size, "en")
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
