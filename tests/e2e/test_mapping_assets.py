"""Self-mapping of assets: drawn, described, turned round, split, surveyed on a phone, shown by a photo."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests import files
from tests.e2e.drawing import MIDDLE, open_mapping
from tests.e2e.records import feature, sent
from tests.e2e.steps import KELURAHAN, PHONE, at_work, draw_line, eventually, map_middle, signed_in

ASSETS = f"/api/v1/assets?kelurahan={KELURAHAN}"


def found(page: Page, **wanted: Any) -> list[dict[str, Any]]:
    features = page.request.get(f"{ASSETS}&limit=1000").json()["features"]
    return [f for f in features if all(f["properties"][name] == value for name, value in wanted.items())]


def change(page: Page, asset: dict[str, Any], **said: Any) -> None:
    """Somebody else saves first."""
    names = ("kind", "name", "condition", "width_m", "built_year")
    properties = {name: asset["properties"][name] for name in names} | said
    document = {"type": "Feature", "geometry": asset["geometry"], "properties": properties}
    sent(page, "PUT", f"/api/v1/assets/{asset['id']}", document)


def test_an_asset_is_drawn_described_deleted_and_brought_back(open_page: Callable[..., Page]) -> None:
    page, name = open_page(), f"Saluran Uji Petik {uuid.uuid4().hex[:6]}"
    at_work(page)
    page.locator("[data-mode-switch=mapping]").click()
    page.locator("[data-panel='panel/assets/new']").click()
    page.locator("[data-panel='panel/assets/new?kind=drain']").click()
    expect(page.locator("#toolbar [data-tool=line]")).to_have_attribute("aria-pressed", "true")
    draw_line(page, 40)
    page.locator("label.condition:has([value=heavy_damage])").click()
    page.locator("#f-name").fill(name)
    page.locator("#f-width_m").fill("0,6")
    page.locator("#f-built_year").fill("1492")
    page.locator("[data-fact-form] [type=submit]").click()
    expect(page.locator("#f-built_year")).to_have_attribute("aria-invalid", "true")
    page.locator("#f-built_year").fill("2015")
    page.locator("[data-fact-form] [type=submit]").click()
    expect(page.locator("[data-pane=asset] .panel-title")).to_contain_text(name)
    expect(page.locator("[data-moved]")).not_to_be_empty()
    (made,) = found(page, name=name)
    assert (made["properties"]["width_m"], made["properties"]["condition"]) == (0.6, "heavy_damage")
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('fact.'))") == []
    page.locator("#f-owner").fill("RW 03")
    page.locator("#f-built_year").fill("")
    page.goto("about:blank")  # the tab is gone
    change(page, made, material="beton", width_m=0.8)
    page.goto(f"/plan/{KELURAHAN}?lang=id#mode=mapping")
    page.locator("#toast").get_by_role("button", name="Lanjutkan").click()
    expect(page.locator("#f-owner")).to_have_value("RW 03")
    expect(page.locator("#f-built_year")).to_have_value("")
    page.locator("[data-fact-form] [type=submit]").click()
    expect(page.locator("#f-width_m")).to_have_value("0,8")
    (merged,) = found(page, name=name)
    said = [merged["properties"][name] for name in ("material", "width_m", "owner", "built_year")]
    assert said == ["beton", 0.8, "RW 03", None], "what both said is kept"
    page.locator("[data-fact-form] [data-action=delete]").click()
    page.locator("#toast").get_by_role("button", name="Urungkan").click()  # offered for some seconds only
    expect(page.locator("[data-pane=asset] .panel-title")).to_contain_text(name)
    # The pane may still be that of before it went.
    eventually(page, lambda: [f["id"] for f in found(page, name=name)], lambda ids: ids == [made["id"]])


def test_a_drain_on_record_is_turned_round_copied_and_split(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = MIDDLE
    name = f"Saluran Belah {uuid.uuid4().hex[:6]}"
    line = [[round(lon - 0.0004, 7), lat], [round(lon + 0.0006, 7), lat]]
    made = sent(
        page,
        "POST",
        "/api/v1/assets",
        feature("LineString", line, kind="drain", name=name, capacity=50),
    )
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#18/{lat:.5f}/{lon:.5f}&mode=mapping&o=assets/{made['id']}")
    title = page.locator("[data-pane=asset] .panel-title")
    expect(title).to_contain_text(name)
    page.locator(".more-tools summary").click()
    page.locator("[data-action=reverse]").click()
    expect(page.locator("#toast")).to_contain_text("Arah garis")
    assert found(page, name=name)[0]["geometry"]["coordinates"] == line[::-1]
    page.locator(".more-tools:not([open]) summary").click()
    page.locator("[data-action=duplicate]").click()
    expect(title).to_contain_text("(2)")
    page.locator("#toast button").click()
    expect(page.locator("#toast")).to_contain_text("Diurungkan")
    assert found(page, name=f"{name} (2)") == []
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#18/{lat:.5f}/{lon:.5f}&mode=mapping&o=assets/{made['id']}")
    page.locator(".more-tools summary").click()
    page.locator("[data-action=split]").click()
    expect(page.locator("#drawbar")).to_be_visible()
    x, y = map_middle(page)
    page.mouse.move(x + 2, y + 3)
    page.mouse.click(x, y + 3)
    expect(page.locator("#toast")).to_contain_text("Sudah dibagi dua")
    (larger,), (smaller,) = found(page, name=name), found(page, name=f"{name} (2)")
    assert larger["id"] == made["id"]
    assert [one["properties"]["capacity"] for one in (larger, smaller)] == [30, 20], "shared by length"
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_contain_text("Diurungkan")
    (whole,) = found(page, name=name)
    assert (whole["geometry"]["coordinates"], whole["properties"]["capacity"]) == (line[::-1], 50)
    assert found(page, name=f"{name} (2)") == []


def test_a_survey_on_the_phone_goes_on_without_a_network(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    open_mapping(page, 17)
    page.locator("[data-panel='panel/survey']").tap()
    page.locator("[data-panel='panel/survey?kind=street_light']").tap()
    name = page.locator("[data-survey-name]")
    expect(name).not_to_be_empty()
    first = str(name.text_content())
    expect(page.locator(".fact-ring.is-casing")).to_have_attribute("d", re.compile(r"^M[^0]"))
    page.locator("[data-answer=broken]").tap()
    expect(name).not_to_have_text(first)
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    assert first in {f["properties"]["name"] for f in found(page, kind="street_light", condition="broken")}
    second = str(name.text_content())
    page.context.set_offline(True)
    page.locator("[data-answer=heavy_damage]").tap()
    expect(page.locator("#save-state")).to_have_attribute("data-state", "offline")
    page.context.set_offline(False)
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    assert second in {
        f["properties"]["name"] for f in found(page, kind="street_light", condition="heavy_damage")
    }


def test_a_photo_of_an_asset_waits_for_the_network_and_is_taken_back(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    asset = page.request.get(f"/api/v1/assets?kelurahan={KELURAHAN}&kind=drain&limit=1").json()["features"][
        0
    ]["id"]
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#mode=mapping&o=assets/{asset}")
    photos = page.locator(f"[data-asset-photos='{asset}']")
    expect(photos.get_by_text("Pilih foto")).to_be_visible()
    page.route("**/attachments?*", lambda route: route.abort())
    photos.get_by_label("Pilih foto").set_input_files(
        {"name": "saluran.jpg", "mimeType": "image/jpeg", "buffer": files.telling_photo()}
    )
    expect(photos.get_by_label("Tampilkan tempat foto ini diambil")).not_to_be_checked()
    photos.get_by_role("button", name="Kirim").click()
    expect(photos.locator("[data-photo-waiting] li")).to_contain_text("Menunggu jaringan")
    page.unroute("**/attachments?*")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(photos.locator("[data-photo-list] img")).to_have_count(1)
    expect(photos.locator("[data-photo-waiting] li")).to_have_count(0)
    kept = page.request.get(f"/api/v1/assets/{asset}/attachments").json()["attachments"]
    assert [one["place"] for one in kept] == [None]
    photos.get_by_role("button", name="Hapus foto ini").click()
    expect(photos.locator("[data-photo-list] img")).to_have_count(0)
    page.locator("#toast").get_by_role("button", name="Urungkan").click()
    expect(photos.locator("[data-photo-list] img")).to_have_count(1)
