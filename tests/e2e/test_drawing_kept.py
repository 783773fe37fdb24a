"""A drawing is never lost: it is kept corner by corner, waits where one goes elsewhere, and comes back where one was.

Walked in a real browser; what stands on the map and in the list of what waits is the measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.records import ALL
from tests.e2e.steps import (
    KELURAHAN,
    PHONE,
    drag,
    map_middle,
    open_at,
    signed_in,
    slum_with_missing_drains,
)

STATE = "#save-state"


def at_the_slum(page: Page) -> None:
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon, lat)


def begin(page: Page, work_type: str) -> None:
    page.locator("[data-new]").first.click()
    page.locator(f"[data-work-type={work_type}]").click()
    expect(page.locator("#drawbar [data-draw=finish]")).to_be_visible()


def three_corners(page: Page, phone: bool) -> None:
    """Three corners of a line that is not finished."""
    x, y = map_middle(page)
    corners = page.locator(".sketch-corner")
    for n, (dx, dy) in enumerate(((-90, 0), (0, 30), (90, 0)), 1):
        if phone:
            page.locator("#drawbar [data-draw=add]").click()
            expect(corners).to_have_count(n)
            if n < 3:
                drag(page, x, y, x - 60, y + 20)
        else:
            page.mouse.move(x + dx, y + dy)
            page.mouse.click(x + dx, y + dy)
            expect(corners).to_have_count(n)


def test_a_drawing_that_is_not_finished_survives_the_tab(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    at_the_slum(page)
    begin(page, "drain_new")
    three_corners(page, phone=True)
    expect(page.locator(STATE)).to_have_text("Tersimpan di perangkat ini")
    page.reload()
    expect(page.locator(STATE)).to_have_text("1 menunggu di perangkat ini")
    page.locator("#toast button").click()
    expect(page.locator("#drawbar [data-draw=finish]")).to_be_visible()
    expect(page.locator(".sketch-corner")).to_have_count(3)
    page.locator("#drawbar [data-draw=undo]").click()
    expect(page.locator(".sketch-corner")).to_have_count(2)
    page.locator("#drawbar [data-draw=finish]").click()
    expect(page.locator("[data-proposal-form]")).to_be_visible()
    page.locator("[name=title]").fill("Saluran kembali")
    page.reload()
    page.locator("#toast button").click()
    expect(page.locator("[name=title]")).to_have_value("Saluran kembali")
    expect(page.locator("[name=title]")).to_be_visible()  # not covered by the tool for corners
    expect(page.locator(".sketch-line")).to_have_count(1)


def test_looking_elsewhere_asks_nothing_and_the_way_back_is_one_press(open_page: Callable[..., Page]) -> None:
    page = open_page()
    at_the_slum(page)
    begin(page, "drain_new")
    three_corners(page, phone=False)
    page.locator("[data-tab=ranking]").click()
    expect(page.locator("[data-pane=ranking]")).to_be_visible()
    expect(page.locator("#confirm")).to_be_hidden()
    page.locator("#toast button").click()
    expect(page.locator(".sketch-corner")).to_have_count(3)
    page.keyboard.press("Escape")
    dialog = page.locator("#confirm")
    expect(dialog.locator("button")).to_have_text(["Tetap menggambar", "Buang"])
    expect(dialog.locator(".btn-main")).to_have_text("Tetap menggambar")
    dialog.locator(".btn-main").click()
    expect(page.locator(".sketch-corner")).to_have_count(3)
    page.keyboard.press("Escape")
    dialog.locator("[value=ok]").click()
    expect(page.locator(STATE)).to_have_text("Tersimpan")
    expect(page.locator(".sketch-corner")).to_have_count(0)


def test_undo_goes_back_into_the_drawing(open_page: Callable[..., Page]) -> None:
    page = open_page()
    at_the_slum(page)
    begin(page, "drain_new")
    three_corners(page, phone=False)
    page.keyboard.press("Enter")
    expect(page.locator("[name=title]")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator("#toolbar [data-tool=line]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".sketch-corner")).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(page.locator(".sketch-corner")).to_have_count(2)
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".handle[data-corner]")).to_have_count(3)


def test_without_a_network_one_proposal_waits_while_the_next_is_drawn(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    at_the_slum(page)
    with page.expect_response("**/panel/new/forms"):  # what is needed later is fetched beforehand
        page.reload()
    begin(page, "drain_new")
    three_corners(page, phone=True)
    page.context.set_offline(True)
    page.locator("#drawbar [data-draw=finish]").click()
    page.locator("[name=title]").fill("Saluran luring")
    page.locator("[data-action=save]").click()
    expect(page.locator(STATE)).to_have_text("Luring: 1 perubahan menunggu")
    page.locator("[data-pane=new] .back").click()
    expect(page.locator("#confirm")).to_be_hidden()
    page.locator("[data-work-type=culvert]").click()
    expect(page.locator("#drawbar")).to_be_visible()
    page.locator("#drawbar [data-draw=cancel]").click()
    with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith(ALL)) as answer:
        page.context.set_offline(False)
    assert answer.value.status == 201
    expect(page.locator(STATE)).to_have_text("Tersimpan")


def test_the_saved_state_opens_the_list_of_what_waits(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    at_the_slum(page)
    begin(page, "drain_new")
    three_corners(page, phone=True)
    expect(page.locator(STATE)).to_have_text("Tersimpan di perangkat ini")
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}")
    expect(page.locator(STATE)).to_have_text("1 menunggu di perangkat ini")
    page.locator(STATE).click()
    row = page.locator("#unsent li")
    expect(row).to_contain_text(re.compile("Saluran|Drainase"))
    expect(row).to_contain_text("belum selesai: 3 titik digambar")
    row.get_by_role("button", name="Buang").click()
    expect(row).to_contain_text("Sudah dibuang.")
    row.get_by_role("button", name="Urungkan").click()
    expect(row).to_contain_text("3 titik digambar")
    row.get_by_role("button", name="Lanjutkan").click()
    expect(page.locator(".sketch-corner")).to_have_count(3)


def test_an_asset_half_drawn_survives_the_tab(open_page: Callable[..., Page]) -> None:
    page = open_page()
    at_the_slum(page)
    page.locator("[data-mode-switch=mapping]").click()
    page.locator("[data-panel='panel/assets/new']").click()
    page.locator("[data-panel='panel/assets/new?kind=drain']").click()
    expect(page.locator("#drawbar [data-draw=finish]")).to_be_visible()
    three_corners(page, phone=False)
    expect(page.locator(STATE)).to_have_text("Tersimpan di perangkat ini")
    page.reload()
    expect(page.locator(STATE)).to_have_text("1 menunggu di perangkat ini")
    page.locator(STATE).click()
    row = page.locator("#unsent li")
    expect(row).to_contain_text("belum selesai: 3 titik digambar")
    row.get_by_role("button", name="Lanjutkan").click()
    expect(page.locator(".sketch-corner")).to_have_count(3)
    page.locator("#drawbar [data-draw=undo]").click()
    expect(page.locator(".sketch-corner")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(STATE)).to_have_text("Tersimpan")
