"""A border is moved: a shared corner takes both neighbours with it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, map_middle, signed_in


def test_a_shared_corner_moves_both_neighbours(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page, "admin@contoh.test")
    page.goto(f"/plan/{KELURAHAN}#17/-5.595/107.7&mode=mapping&o=regions%2F{KELURAHAN}-RW013-RT002")
    expect(page.locator("[data-pane=border]")).to_be_visible()
    page.locator("[data-pane=border] [data-action=edit-shape]").click()
    beside = page.request.get(f"/api/v1/regions/{KELURAHAN}-RW013-RT002/neighbours").json()["features"]
    mine = page.request.get(f"/api/v1/regions/{KELURAHAN}-RW013-RT002").json()
    ring = mine["geometry"]["coordinates"][0][0][:-1]
    corners = {
        f["id"]: {tuple(p) for p in f["geometry"]["coordinates"][0][0]} for f in beside if "-RT" in f["id"]
    }
    at, shared = next((i, {n for n, held in corners.items() if tuple(p) in held})
                      for i, p in enumerate(ring) if any(tuple(p) in held for held in corners.values()))  # fmt: skip
    handle = page.locator(f".handle[data-corner='0/{at}']")
    handle.focus()
    page.mouse.move(*map_middle(page))
    page.mouse.wheel(0, 200)
    expect(page).to_have_url(re.compile(r"#(?!17/)"))
    expect(handle).to_be_focused()  # also after the map has moved under it
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-border-says]")).not_to_be_empty()
    page.locator("[data-fact-form] [type=submit]").click()
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    now = page.request.get(f"/api/v1/regions/{KELURAHAN}-RW013-RT002").json()
    assert now["properties"]["version"] == mine["properties"]["version"] + 1
    moved = tuple(now["geometry"]["coordinates"][0][0][at])
    for name in shared:
        outline = page.request.get(f"/api/v1/regions/{name}").json()["geometry"]["coordinates"][0][0]
        assert moved in {tuple(p) for p in outline}, name
