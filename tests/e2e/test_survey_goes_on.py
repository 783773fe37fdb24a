"""The condition survey of somebody else, or of another phone: what was surveyed today is not asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, PHONE, signed_in

KIND = "street_light"


def test_what_was_surveyed_today_is_done(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    headers = signed_in(page)
    query = f"/api/v1/assets?kelurahan={KELURAHAN}&kind={KIND}&limit=500"
    lights = page.request.get(query).json()["features"]
    chosen = lights[0]
    said = ("name", "kind", "material", "width_m", "capacity", "built_year", "owner")
    kept = {name: chosen["properties"][name] for name in said if chosen["properties"].get(name) is not None}
    page.goto(f"/plan/{KELURAHAN}#mode=mapping")
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert dt.date.fromisoformat(today)
    answer = page.request.put(
        f"/api/v1/assets/{chosen['properties']['id']}",
        headers={**headers, "If-Match": f'"{chosen["properties"]["version"]}"'},
        data={
            "type": "Feature", "geometry": chosen["geometry"],
            "properties": {**kept, "condition": "good", "surveyed_on": today},
        },
    )  # fmt: skip
    assert answer.ok, answer.text()

    stored = page.request.get(query).json()["features"]
    done = sum(one["properties"]["surveyed_on"] == today for one in stored)
    assert done >= 1
    page.locator("[data-panel='panel/survey']").tap()
    page.locator(f"[data-panel='panel/survey?kind={KIND}']").tap()
    expect(page.locator("[data-survey-left]")).to_have_text(f"{done} dijawab, {len(stored) - done} lagi")
    page.locator("[data-answer][aria-pressed=true]").tap()
    expect(page.locator("[data-survey-left]")).to_have_text(
        f"{done + 1} dijawab, {len(stored) - done - 1} lagi"
    )
    page.locator("[data-survey-step=end]").tap()
    expect(page.locator("[data-pane=mapping] [data-moved]")).not_to_be_empty()
