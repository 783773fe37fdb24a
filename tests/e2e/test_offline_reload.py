"""A workspace that is reloaded without a network opens with what waits, and sends it by itself once there is one.

Walked in a real browser with its service worker.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.field import STATE, account_of, ready_for_the_field
from tests.e2e.records import ALL, around, feature, named, proposed, sent, stored, token
from tests.e2e.steps import (
    KELURAHAN,
    begin,
    draw_line,
    open_at,
    signed_in,
    slum_with_missing_drains,
)

KEPT_TEXT = """async (account) => {
    const cache = await caches.open(`workspace ${account}`);
    return (await Promise.all((await cache.keys()).map(async (one) => (await cache.match(one)).text()))).join();
}"""


def test_a_proposal_saved_offline_survives_a_reload_and_goes_by_itself(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(service_workers="allow")
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon - 0.0006, lat + 0.0009)
    account = account_of(page)
    ready_for_the_field(page, account)
    begin(page, "drain_new")
    page.context.set_offline(True)
    draw_line(page)
    page.locator("[name=title]").fill("Saluran tanpa jaringan")
    page.locator("[data-action=save]").click()
    expect(page.locator(STATE)).to_have_text("Luring: 1 perubahan menunggu")

    page.reload()
    expect(page.locator(STATE)).to_have_text("Luring: 1 perubahan menunggu")
    expect(page.locator("[data-pane=kept] li[data-proposal]").first).to_be_visible()
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

    page.locator(".account summary").click()
    page.locator("[data-sign-out] button").click()
    page.wait_for_url(re.compile(r"/(\?.*)?$"))
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("workspace ")] == []


def test_a_saved_proposal_and_an_asset_are_changed_in_the_field_and_go_by_themselves(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(service_workers="allow")
    signed_in(page)
    at = around(page)
    made = proposed(page, "Saluran lapangan", [at(-300, 330), at(-260, 330)])
    tap = sent(
        page,
        "POST",
        "/api/v1/assets",
        feature("Point", at(-300, 300), kind="public_tap", name="Kran lapangan", condition="good"),
    )
    open_at(page, *at(-280, 315))
    account = account_of(page)
    ready_for_the_field(page, account)
    families = page.request.get(f"/api/v1/households?kelurahan={KELURAHAN}&limit=1000").json()["features"]
    kept = page.evaluate(KEPT_TEXT, account)
    assert made["id"] in kept and tap["id"] in kept
    assert families and not [one["id"] for one in families if one["id"] in kept]

    page.context.set_offline(True)
    page.reload()
    page.locator(f"li[data-proposal='{made['id']}']").click()
    expect(page.locator("[data-pane=proposal] [name=title]")).to_have_value("Saluran lapangan")
    page.locator("[name=description]").fill("Dilihat di lapangan")
    page.locator("[data-action=save]").click()
    expect(page.locator(STATE)).to_have_text("Luring: 1 perubahan menunggu")
    page.locator("[data-action=edit-shape]").click()
    expect(page.locator(".handle[data-corner]")).to_have_count(2)
    page.keyboard.press("Escape")

    page.locator("[data-mode-switch=mapping]").click()
    page.locator("[data-panel='panel/assets?kind=public_tap']").click()
    page.locator(f"[data-panel='panel/assets/{tap['id']}']").click()
    expect(page.locator("[data-fact-form] [name=name]")).to_have_value("Kran lapangan")
    page.locator(".condition", has_text="Rusak berat").click()
    page.locator("[data-action=save]").click()
    expect(page.locator(STATE)).to_have_text("Luring: 2 perubahan menunggu")
    page.locator(".back").click()  # saved without a network: it waits, and nothing is asked

    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#18/{at(-280, 315)[1]}/{at(-280, 315)[0]}&p={made['id']}")
    expect(page.locator("[name=description]")).to_have_value("Dilihat di lapangan")
    expect(page.locator(STATE)).to_have_text("Luring: 2 perubahan menunggu")
    page.context.set_offline(False)
    expect(page.locator(STATE)).to_have_text("Tersimpan")
    now = page.request.get(f"/api/v1/assets/{tap['id']}").json()["properties"]
    assert (now["condition"], now["name"]) == ("heavy_damage", "Kran lapangan")
    assert stored(page, made)["properties"]["description"] == "Dilihat di lapangan"
    page.request.delete(f"/api/v1/assets/{tap['id']}", headers=token(page) | {"If-Match": "*"})
