"""A workspace that is reloaded without a network opens with what waits, and sends it by itself once there is one.

Walked in a real browser with its service worker.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.records import ALL, dropped, named
from tests.e2e.steps import (
    KELURAHAN,
    begin,
    draw_line,
    eventually,
    open_at,
    signed_in,
    slum_with_missing_drains,
)

STATE = "#save-state"
KEPT = """async (account) => {
    const names = await caches.keys();
    const files = names.filter((name) => name.startsWith("files "));
    const ready = (await navigator.serviceWorker.getRegistration("/plan/"))?.active?.state === "activated";
    const mine = `workspace ${account}`;
    const pages = names.includes(mine) ? await (await caches.open(mine)).keys() : [];
    return ready && files.length === 1 ? pages.map((one) => new URL(one.url).pathname).sort() : [];
}"""


def test_a_proposal_saved_offline_survives_a_reload_and_goes_by_itself(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(service_workers="allow")
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon - 0.0006, lat + 0.0009)
    account = page.evaluate("document.body.dataset.account")
    kept = eventually(page, lambda: page.evaluate(KEPT, account), lambda paths: len(paths) == 2, "not kept")
    assert kept == [f"/plan/{KELURAHAN}", f"/plan/{KELURAHAN}/panel/new/forms"]
    begin(page, "drain_new")
    page.context.set_offline(True)
    draw_line(page)
    page.locator("[name=title]").fill("Saluran tanpa jaringan")
    page.locator("[data-action=save]").click()
    expect(page.locator(STATE)).to_have_text("Luring: 1 perubahan menunggu")

    page.reload()
    expect(page.locator(STATE)).to_have_text("Luring: 1 perubahan menunggu")
    expect(
        page.locator("#panel-body [role=alert]")
    ).to_be_visible()  # the list needs the network, the page does not
    page.locator("#toast button").click()
    expect(page.locator("[name=title]")).to_have_value("Saluran tanpa jaringan")

    page.reload()
    expect(page.locator(STATE)).to_have_text("Luring: 1 perubahan menunggu")
    with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith(ALL)) as answer:
        page.context.set_offline(False)
    assert answer.value.status == 201
    expect(page.locator("#toast")).to_contain_text("“Saluran tanpa jaringan” sudah ada di server")
    expect(page.locator(STATE)).to_have_text("Tersimpan")
    assert len(named(page, "Saluran tanpa jaringan")) == 1
    dropped(page, "Saluran tanpa jaringan")

    page.locator(".account summary").click()
    page.locator("[data-sign-out] button").click()
    page.wait_for_url(re.compile(r"/(\?.*)?$"))
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("workspace ")] == []
