"""Two people redrew the same drain: both drawings can be kept, the second as an entry of its own.

It knows nothing about how fields merge (test_mapping).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, at_work

ALL = "/api/v1/assets"
LON, LAT = 107.7005, -5.595


def test_of_two_drawings_of_an_asset_both_can_be_kept(open_page: Callable[..., Page]) -> None:
    page = open_page(lang="en")
    at_work(page)
    name = f"Saluran {uuid.uuid4().hex[:6]}"
    line = [[LON - 0.0004, LAT], [LON, LAT], [LON + 0.0004, LAT]]

    def send(method: str, url: str, line: list[list[float]]) -> dict[str, Any]:
        headers = {"X-CSRF-Token": page.evaluate("document.body.dataset.csrf"), "If-Match": "*"}
        properties = {"kind": "drain", "name": name}
        shape = {"type": "LineString", "coordinates": line}
        document = {"type": "Feature", "geometry": shape, "properties": properties}
        answer = page.request.fetch(url, method=method, data=document, headers=headers)
        assert answer.ok, answer.text()
        made: dict[str, Any] = answer.json()
        return made

    made = send("POST", ALL, line)
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}?lang=en#18/{LAT:.5f}/{LON:.5f}&mode=mapping&o=assets/{made['id']}")
    expect(page.locator("[data-pane=asset] .panel-title")).to_contain_text(name)
    theirs = [line[0], [LON, round(LAT - 0.0003, 7)], line[2]]
    page.locator("[data-action=edit-shape]").click()
    send("PUT", f"{ALL}/{made['id']}", theirs)
    page.locator(".handle[data-corner='0/1']").focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowUp")
    page.locator("[data-fact-form] [type=submit]").click()
    shape = page.locator("#conflict [data-field=geometry]")
    expect(shape.locator("input")).to_have_count(3)
    shape.locator("input[value=both]").check()
    page.locator("#conflict [type=submit]").click()
    expect(page.locator("#toast")).to_contain_text("Both are kept")
    features = page.request.get(f"{ALL}?kelurahan={KELURAHAN}&kind=drain&limit=1000").json()["features"]
    kept = {f["properties"]["name"]: f for f in features if f["properties"]["name"].startswith(name)}
    assert set(kept) == {name, f"{name} (2)"}
    assert kept[name]["geometry"]["coordinates"] == theirs, "theirs stays where it was"
    assert kept[f"{name} (2)"]["geometry"]["coordinates"][1][1] > LAT, "mine is beside it"
