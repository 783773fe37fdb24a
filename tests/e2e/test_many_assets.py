"""Many assets at once: the table beside the map, a loop around them, the dialog for several, one step back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.drawing import MIDDLE
from tests.e2e.records import feature, sent, token
from tests.e2e.steps import KELURAHAN, PHONE, map_drawn, map_middle, signed_in

ASSETS = f"/api/v1/assets?kelurahan={KELURAHAN}&limit=1000"
LON, LAT = MIDDLE[0] + 0.0031, MIDDLE[1] + 0.0017


def found(page: Page, name: str) -> dict[str, dict[str, Any]]:
    features = page.request.get(ASSETS).json()["features"]
    return {
        one["id"]: one["properties"] for one in features if (one["properties"]["name"] or "").startswith(name)
    }


def lamps(page: Page) -> tuple[str, dict[str, dict[str, Any]]]:
    """Two lamps beside each other, and self-mapping open above them."""
    signed_in(page)
    name = f"Lampu {uuid.uuid4().hex[:6]}"
    for n in (0, 1):
        place = [round(LON + n * 0.0001, 7), LAT]
        said = {"kind": "street_light", "name": f"{name} {n}", "source": "Uji", "material": "besi"}
        sent(page, "POST", "/api/v1/assets", feature("Point", place, **said))
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#19/{LAT:.5f}/{LON:.5f}&mode=mapping")
    expect(page.locator("[data-pane=mapping]")).to_be_visible()
    map_drawn(page)
    return name, found(page, name)


def only_lamps(page: Page) -> None:
    """The table with lamps alone in it, once it has come."""
    lights = page.request.get(f"{ASSETS}&kind=street_light").json()["numberMatched"]
    page.locator("#table [name=kind]").select_option("street_light")
    expect(page.locator("#table tbody tr")).to_have_count(lights)


def test_two_from_the_table_get_one_day_and_lose_it_again(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    name, before = lamps(page)
    page.locator("#panel [data-table-open]").click()
    table = page.locator("#table")
    only_lamps(page)
    for key in before:
        table.locator(f"[data-choose][value='{key}']").check()
    bar = page.locator("#many-bar")
    expect(bar.locator("[data-many-count]")).to_have_text("2 dipilih")
    expect(bar.locator("[data-many=submit]")).to_be_hidden()
    bar.locator("[data-many=edit]").click()
    dialog = page.locator("#bulk-assets")
    expect(dialog.locator("[data-now=source]")).to_have_text("tetap: Uji")
    dialog.get_by_label("Kondisi").select_option("broken")
    dialog.get_by_label("Dilihat tanggal").fill("2026-03-05")
    dialog.locator("button[value=ok]").click()
    expect(page.locator("#toast")).to_contain_text("perubahan 2 prasarana")
    now = found(page, name).values()
    assert {(one["condition"], one["surveyed_on"]) for one in now} == {("broken", "2026-03-05")}
    page.locator("#toast").get_by_role("button", name="Urungkan").click()
    expect(page.locator("#toast")).to_contain_text("Diurungkan: perubahan 2 prasarana")
    assert [one["condition"] for one in found(page, name).values()] == [None, None]
    bar.locator("[data-many=delete]").click()
    page.locator("#confirm [value=ok]").click()
    expect(page.locator("#toast")).to_contain_text("penghapusan 2 prasarana")
    expect(bar).to_be_hidden()
    assert found(page, name) == {}


def test_a_cell_is_written_and_a_loop_chooses_what_lies_in_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    name, before = lamps(page)
    first = next(iter(before))
    table, bar = page.locator("#table"), page.locator("#many-bar")
    page.keyboard.press("b")
    only_lamps(page)
    row = table.locator(f"tr[data-id='{first}']")
    row.locator("[data-edit=material]").click()
    page.keyboard.type("beton")
    page.keyboard.press("Enter")
    expect(row.locator("[data-col=material]")).to_have_text("beton")
    assert found(page, name)[first]["material"] == "beton"
    table.locator("[data-table-close]").click()
    x, y = map_middle(page)
    page.keyboard.down("Shift")
    for _ in range(20):  # they may not be on the map yet
        page.mouse.move(x - 40, y - 60)
        page.mouse.down()
        for corner in ((x + 100, y - 60), (x + 100, y + 60), (x - 40, y + 60), (x - 40, y - 50)):
            page.mouse.move(*corner, steps=3)
        page.mouse.up()
        if bar.is_visible():
            break
        page.wait_for_timeout(250)
    page.keyboard.up("Shift")
    page.keyboard.press("b")
    only_lamps(page)
    for key in before:
        expect(table.locator(f"[data-choose][value='{key}']")).to_be_checked()
    bar.locator("[data-many=clear]").click()
    expect(bar).to_be_hidden()
    headers = token(page) | {"If-Match": "*"}
    for key in before:
        assert page.request.delete(f"/api/v1/assets/{key}", headers=headers).ok
