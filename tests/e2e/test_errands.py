"""Short errands of people whose work runs through several hands: a resident's report, a partner's token.

The resident has no account and stands at the place; the partner's program has no browser and no cookie.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import DESKTOP, KELURAHAN, PHONE, eventually, map_middle, picture, signed_in
from tests.e2e.test_accessibility import faults


def lonely_asset(page: Page) -> tuple[str, float, float]:
    """An asset that is a point and has no proposal around it: its id and where it is."""
    found = page.request.get(f"/api/v1/assets?kelurahan={KELURAHAN}&limit=1000").json()["features"]
    for asset in found:
        if asset["geometry"]["type"] == "Point":
            lon, lat = asset["geometry"]["coordinates"]
            box = f"{lon - 0.0004},{lat - 0.0004},{lon + 0.0004},{lat + 0.0004}"
            if page.request.get(f"/api/v1/proposals?bbox={box}&limit=1").json()["numberMatched"] == 0:
                return asset["id"], lon, lat
    raise AssertionError("the sample city has such an asset")


def test_a_problem_is_reported_from_the_map_told_by_the_bell_and_shown(
    open_page: Callable[..., Page],
) -> None:
    visitor, planner = open_page(), open_page()
    body = (
        f"Kran bocor sejak kemarin, air menggenang ({uuid4().hex[:6]})."  # an earlier walk may have left one
    )
    asset, lon, lat = lonely_asset(visitor)
    visitor.goto(f"/?lang=id#19/{lat}/{lon}")
    visitor.locator("[data-report]").click()
    near = visitor.locator("[data-pane=assets]")
    expect(near.locator("button.row").first).to_have_attribute("data-panel", re.compile(asset))
    expect(visitor.locator("input[data-layer=assets]")).to_be_checked()
    picture(visitor, "report-near-id")
    card = visitor.locator("[data-pane=asset]")

    def pressed() -> int:
        visitor.mouse.click(*map_middle(visitor))
        return card.count()

    eventually(visitor, pressed, bool)  # the assets may not be on the map yet
    expect(card).to_be_visible()
    expect(visitor.locator(".visit-pin-mark")).to_have_count(1)
    picture(visitor, "report-card-id")
    card.get_by_role("link", name="Laporkan masalah").click()
    visitor.wait_for_url(re.compile(rf"/prasarana/{asset}\?at=.+#lapor"))
    visitor.get_by_label("Apa masalahnya?").fill(body)
    visitor.get_by_role("button", name="Kirim laporan").click()
    expect(visitor.get_by_role("status")).to_contain_text("Terima kasih")

    signed_in(planner, "planner@contoh.test")
    planner.goto("/notices?lang=id")
    told = planner.locator(".notices li.is-new", has_text="melaporkan masalah").first
    expect(told).to_be_visible()
    picture(planner, "notices-id")
    told.locator("a").click()
    planner.wait_for_url(re.compile(rf"/plan/{KELURAHAN}.*panel=reports"))
    expect(planner.locator(".bell b")).to_have_count(0)
    report = planner.locator(".report", has_text=body)
    report.get_by_role("button", name="Tampilkan ke umum").click()
    expect(report.get_by_role("button", name="Sembunyikan dari umum")).to_be_visible()

    visitor.goto(f"/prasarana/{asset}?lang=id")
    expect(visitor.locator("#told-title + .timeline blockquote", has_text=body)).to_be_visible()


def test_a_partner_reads_with_a_token_until_it_is_taken_back(open_page: Callable[..., Page]) -> None:
    admin, program = open_page(), open_page()
    signed_in(admin, "admin@contoh.test")
    admin.goto("/admin/tokens?lang=id")
    admin.get_by_role("link", name="Buat token").click()
    admin.locator("#t-label").fill("Portal mitra")
    admin.locator("#t-person").select_option(label="Mitra Contoh")
    admin.get_by_role("button", name="Buat token").click()
    token = admin.locator("#made-token").input_value()
    headers = {"Authorization": f"Bearer {token}"}
    taken = program.request.get(f"/api/v1/export/proposals.geojson?kelurahan={KELURAHAN}", headers=headers)
    assert taken.status == 200 and taken.json()["features"]
    for closed in (f"/api/v1/households?kelurahan={KELURAHAN}", "/api/v1/export/households.geojson"):
        assert program.request.get(closed, headers=headers).status == 403, closed
    sent = program.request.post("/api/v1/proposals", data=taken.json()["features"][0], headers=headers)
    assert sent.status in (403, 422), "it reads only"
    admin.goto("/admin/tokens?lang=id")
    row = admin.locator(".held-role", has_text="Portal mitra")
    expect(row).not_to_contain_text("belum pernah dipakai")
    row.get_by_role("button", name="Cabut").click()
    expect(row).to_have_count(0)
    assert program.request.get("/api/v1/session", headers=headers).status == 401


@pytest.mark.parametrize(("size", "lang", "theme"), [(PHONE, "id", "light"), (DESKTOP, "en", "dark")])
def test_pages_of_reports_and_notices_have_no_serious_fault(
    open_page: Callable[..., Page], size: dict[str, int], lang: str, theme: str
) -> None:
    page = open_page(size, lang, color_scheme=theme)
    asset, lon, lat = lonely_asset(page)
    suffix = f"{'phone' if size is PHONE else 'desk'}-{lang}"
    for name, path in (
        ("asset", f"/prasarana/{asset}?at={lon},{lat}&lang={lang}"),
        ("assets", f"/prasarana?kelurahan={KELURAHAN}&lang={lang}"),
    ):
        page.goto(path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        picture(page, f"{name}-{suffix}")
    page.goto(f"/?lang={lang}#18/{lat}/{lon}")
    page.locator("[data-report]").click()
    expect(page.locator("[data-pane=assets] button.row").first).to_be_visible()
    assert faults(page) == [], "assets in view"
    picture(page, f"near-{suffix}")
    page.locator("[data-pane=assets] button.row").first.click()
    expect(page.locator("[data-pane=asset]")).to_be_visible()
    assert faults(page) == [], "card of an asset"
    picture(page, f"card-{suffix}")
    signed_in(page, "planner@contoh.test")
    page.goto(f"/notices?lang={lang}")
    assert faults(page) == [], "notices"
