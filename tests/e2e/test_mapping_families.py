"""A family is recorded on a phone and leaves it, also when somebody signs out with unsent work."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.drawing import open_mapping
from tests.e2e.steps import KELURAHAN, PHONE, signed_in


def start_family(page: Page) -> None:
    """The cross-hair that places a family, on a phone."""
    signed_in(page)
    open_mapping(page)
    page.locator("[data-panel='panel/households/new']").tap()


def test_signing_out_asks_about_unsent_work_and_leaves_no_family(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    start_family(page)
    page.locator("#drawbar [data-draw=add]").tap()
    page.locator("#f-members").fill("4")
    account = page.evaluate("document.body.dataset.account")
    page.evaluate(f"localStorage.setItem('draft.{account}.{KELURAHAN}.new-1', '{{\"fields\": {{}}}}')")
    page.evaluate(
        """account => new Promise((done) => {
          const request = indexedDB.open("waiting.asset-photos", 1);
          request.onupgradeneeded = () => request.result.createObjectStore("items", { keyPath: "id" });
          request.onsuccess = () => {
            const writing = request.result.transaction("items", "readwrite");
            writing.objectStore("items").put({ id: "1", account, at: "2026-01-01", asset: "1", refused: null });
            writing.oncomplete = () => { request.result.close(); done(); };
          };
        })""",
        account,
    )
    page.locator(".account summary").tap()
    for unreached in ("**/*signing-out*", "**/api/v1/session"):
        page.route(unreached, lambda route: route.abort())
        page.locator("[data-sign-out] button").tap()
        expect(page.locator("[data-sign-out] [role=alert]")).to_be_visible()
        page.unroute(unreached)
    page.locator("[data-sign-out] button").tap()
    dialog = page.locator("#signing-out")
    expect(dialog.locator("[data-unsent]:visible")).to_have_count(3)
    dialog.locator("[value=stay]").tap()
    expect(page.locator("#f-members")).to_have_value("4")
    page.locator(".account summary").tap()
    page.locator("[data-sign-out] button").tap()
    dialog.locator("[value=keep]").tap()
    page.wait_for_url(re.compile(r"/(\?.*|#.*)?$"))
    kept = page.evaluate("Object.keys(localStorage).filter((k) => /^(draft|fact)\\./.test(k))")
    assert kept == [f"draft.{account}.{KELURAHAN}.new-1"]


def test_a_family_is_recorded_under_the_cross_hair_and_leaves_the_phone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(PHONE)
    start_family(page)
    expect(page.locator("#drawbar button:visible")).to_have_text(["Di posisi saya", "Batal", "Taruh di sini"])
    expect(page.locator(".draw-label")).to_have_text(
        "Geser peta, lalu ketuk Taruh di sini"
    )  # snaps to nothing
    page.locator("#drawbar [data-draw=add]").tap()
    form = page.locator("[data-fact-form=households]")
    form.locator("#f-members").fill("4")
    form.locator("#f-elderly").fill("5")
    form.locator("[type=submit]").tap()
    expect(form.locator("#f-elderly")).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('fact.')).length") == 1
    form.locator("#f-elderly").fill("1")
    form.locator("[type=submit]").tap()
    expect(page.locator("[data-fact-form=households][data-id]")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('fact.'))") == []
    made = page.locator("[data-fact-form=households]").get_attribute("data-id")
    stored = page.request.get(f"/api/v1/households/{made}").json()
    assert (stored["properties"]["members"], stored["properties"]["elderly"]) == (4, 1)
