"""Without a network: an RT form opened before is filled in, and what needs the network says so before one starts.

Walked in a real browser with its service worker.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import open_mapping
from tests.e2e.field import account_of, back, crashed, ready_for_the_field, waiting
from tests.e2e.records import sent
from tests.e2e.steps import DESKTOP, KELURAHAN, PHONE, picture, signed_in

SLUMS = f"/plan/{KELURAHAN}#15/-5.595/107.7&tab=slums"


def test_an_rt_form_opened_before_is_filled_in_offline_and_goes_by_itself(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(service_workers="allow")
    signed_in(page)
    page.goto(SLUMS)
    page.locator(".slum-row").nth(8).click()
    page.locator("[data-panel$='/form']").first.click()
    form = page.locator("[data-slum-form]")
    expect(form.locator("[data-share='1a']")).to_contain_text("%")
    area, year = form.get_attribute("data-area"), form.get_attribute("data-year")
    address = f"/api/v1/slum-areas/{area}/assessments/{year}"
    before = page.request.get(address).json()
    wanted = int(before["volumes"]["1a"] or 0) + 1
    ready_for_the_field(page, account_of(page), f"/plan/{KELURAHAN}/panel/slums/{area}/form")

    page.context.set_offline(True)
    page.reload()
    page.locator("[data-pane=kept] [data-panel$='/form?year=" + str(year) + "']").click()
    expect(form.locator("[data-offline-note]")).to_be_visible()
    form.locator("[name='volumes.1a']").fill(str(wanted))
    expect(form.locator("[data-share='1a']")).to_have_text("–")
    expect(page.locator("[data-form-total]")).to_have_text("–")
    form.locator("[type=submit]").click()
    waiting(page, 1)
    picture(page, "offline-rt-form")

    page = crashed(page, f"/plan/{KELURAHAN}")
    waiting(page, 1)
    back(page)
    now = page.request.get(address).json()
    assert now["volumes"] == before["volumes"] | {"1a": wanted}, "and nothing else"
    assert now["version"] == before["version"] + 1
    told = {name: before[name] for name in ("considerations", "legality", "source", "volumes")}
    sent(page, "PUT", address, {**told, "bases": before["quantities"]})


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_needs_the_network_is_grey_and_says_why(
    open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page(size)
    signed_in(page, "admin@contoh.test")
    open_mapping(page)
    border, survey = (
        page.locator("[data-panel^='panel/borders/']"),
        page.locator("[data-panel='panel/survey']"),
    )
    expect(border.first).to_be_enabled()
    page.context.set_offline(True)
    expect(border.first).to_be_disabled()
    expect(survey).to_be_disabled()
    expect(page.locator("#panel-body")).to_contain_text("batas tetangga ikut bergeser")
    expect(page.locator("#panel-body")).to_contain_text("tidak pernah disimpan di perangkat")
    picture(page, f"offline-mapping-{size['width']}")
    page.context.set_offline(False)
    expect(border.first).to_be_enabled()
    expect(page.locator("[data-offline-note]:visible")).to_have_count(0)
