"""A hole is cut into an area and filled again, and one of several areas taken out: each one step that can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.drawing import MIDDLE, open_form, saved
from tests.e2e.records import around, feature, sent, stored, token
from tests.e2e.steps import KELURAHAN, PHONE, drag, eventually, map_drawn, map_middle, signed_in

AREAS = "/api/v1/slum-areas"


def rings(thing: dict[str, Any]) -> list[list[int]]:
    """Corners of every ring of every area."""
    found = thing["geometry"]["coordinates"]
    return [
        [len(ring) for ring in area]
        for area in (found if thing["geometry"]["type"] == "MultiPolygon" else [found])
    ]


def hole(page: Page) -> None:
    """Three corners around the middle of the map."""
    page.locator(".more-tools summary").click()
    page.locator("[data-action=hole]").click()
    expect(page.locator("#drawbar [data-draw=finish]")).to_be_visible()
    x, y = map_middle(page)
    for n in (1, 2, 3):
        page.locator("#drawbar [data-draw=add]").click()
        expect(page.locator(".sketch-corner")).to_have_count(n)
        if n < 3:
            drag(page, x, y, x - (25 if n == 1 else -10), y - (0 if n == 1 else 25))
    page.locator("#drawbar [data-draw=finish]").click()


def test_a_hole_is_cut_undone_and_filled(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    at = around(page)
    title = "Taman berlubang"
    ring = [at(100, 100), at(180, 100), at(180, 160), at(100, 160), at(100, 100)]
    document = feature("Polygon", [ring], title=title, work_type="green_space")
    made = sent(page, "POST", "/api/v1/proposals", document)
    place = {"id": made["id"], "geometry": {"coordinates": [at(140, 130)]}}
    open_form(page, place)
    hole(page)
    expect(page.locator("#toast")).to_contain_text("sudah dilubangi")
    saved(page)
    assert rings(stored(page, made)) == [[5, 4]]
    assert stored(page, made)["properties"]["volume"] < made["properties"]["volume"]
    page.locator("#toolbar [data-tool=undo]").click()
    expect(page.locator("#toast")).to_contain_text("Diurungkan")
    assert rings(stored(page, made)) == [[5]]
    page.locator("#toolbar [data-tool=redo]").click()
    eventually(page, lambda: rings(stored(page, made)), lambda now: now == [[5, 4]])
    open_form(page, place)  # the pane is made anew after a redo
    page.locator(".more-tools summary").click()
    page.locator("[data-action=fill]").click()
    expect(page.locator("#toast")).to_contain_text("sudah diisi")
    saved(page)
    assert rings(stored(page, made)) == [[5]]


def test_one_area_of_a_kawasan_is_taken_out_and_put_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = MIDDLE
    code = f"uji-{uuid.uuid4().hex[:6]}"

    def box(east: float, width: float) -> list[list[list[float]]]:
        west = round(lon + east, 7)
        far = round(west + width, 7)
        north = round(lat + 0.0004, 7)
        return [[[west, lat], [far, lat], [far, north], [west, north], [west, lat]]]

    document = feature(
        "MultiPolygon",
        [box(-0.0009, 0.0007), box(0.0001, 0.0004)],
        code=code,
        name="Kawasan uji",
        level="kawasan",
    )
    made = sent(page, "POST", AREAS, document)
    page.goto("about:blank")
    page.goto(
        f"/plan/{KELURAHAN}#18/{lat + 0.0002:.5f}/{lon + 0.0003:.5f}&mode=mapping&o=slum-areas/{made['id']}"
    )
    expect(page.locator("[data-fact-form][data-id]")).to_be_visible()
    map_drawn(page)
    page.locator(".more-tools summary").click()
    page.locator("[data-action=split]").click()
    expect(page.locator("#drawbar [data-draw=cancel]")).to_be_visible()
    x, y = map_middle(page)
    page.mouse.move(x + 4, y + 4)
    page.mouse.click(x, y)
    expect(page.locator("#toast")).to_contain_text("Sudah dibagi dua")
    assert [len(rings(page.request.get(f"{AREAS}/{one}").json())) for one in (code, f"{code}-2")] == [1, 1]
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_contain_text("Diurungkan: pembagian")
    assert len(rings(page.request.get(f"{AREAS}/{code}").json())) == 2
    assert page.request.get(f"{AREAS}/{code}-2").status == 404
    headers = token(page) | {"If-Match": "*"}
    assert page.request.delete(f"{AREAS}/{made['id']}", headers=headers).ok
