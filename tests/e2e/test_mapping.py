"""Self-mapping: an asset is drawn, a survey is walked, an RT profile filled in, a family recorded, a border moved."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, PHONE, begin, draw_line, map_middle, open_at, sign_in

ASSETS = f"/api/v1/assets?kelurahan={KELURAHAN}"
MIDDLE = (107.7005, -5.595)


def open_mapping(page: Page, zoom: int = 18) -> None:
    lon, lat = MIDDLE
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#{zoom}/{lat:.5f}/{lon:.5f}&mode=mapping")
    expect(page.locator("[data-pane=mapping]")).to_be_visible()
    page.wait_for_timeout(600)  # tiles


def found(page: Page, **wanted: Any) -> list[dict[str, Any]]:
    features = page.request.get(f"{ASSETS}&limit=1000").json()["features"]
    return [f for f in features if all(f["properties"][name] == value for name, value in wanted.items())]


def change(page: Page, asset: dict[str, Any], **said: Any) -> None:
    """Somebody else saves first."""
    names = ("kind", "name", "condition", "width_m", "built_year")
    properties = {name: asset["properties"][name] for name in names} | said
    answer = page.request.put(
        f"/api/v1/assets/{asset['id']}",
        data={"type": "Feature", "geometry": asset["geometry"], "properties": properties},
        headers={"If-Match": "*", "X-CSRF-Token": page.evaluate("document.body.dataset.csrf")},
    )
    assert answer.ok, answer.text()


def test_an_asset_is_drawn_described_deleted_and_brought_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.locator("[data-mode-switch=mapping]").click()
    page.locator("[data-panel='panel/assets/new']").click()
    page.locator("[data-panel='panel/assets/new?kind=drain']").click()
    expect(page.locator("#toolbar [data-tool=line]")).to_have_attribute("aria-pressed", "true")
    draw_line(page)
    page.locator("label.condition:has([value=heavy_damage])").click()
    page.locator("#f-name").fill("Saluran Uji Petik")
    page.locator("#f-width_m").fill("0,6")
    page.locator("#f-built_year").fill("1492")
    page.locator("[data-fact-form] [type=submit]").click()
    expect(page.locator("#f-built_year")).to_have_attribute("aria-invalid", "true")
    page.locator("#f-built_year").fill("2015")
    page.locator("[data-fact-form] [type=submit]").click()
    expect(page.locator("[data-pane=asset] .panel-title")).to_contain_text("Saluran Uji Petik")
    expect(page.locator("[data-moved]")).not_to_be_empty()
    (made,) = found(page, name="Saluran Uji Petik")
    assert (made["properties"]["width_m"], made["properties"]["condition"]) == (0.6, "heavy_damage")
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('fact.'))") == []
    change(page, made, material="beton")
    page.locator("#f-owner").fill("RW 03")
    page.locator("[data-fact-form] [type=submit]").click()
    expect(page.locator("#f-material")).to_have_value("beton")
    (merged,) = found(page, name="Saluran Uji Petik")
    assert (merged["properties"]["material"], merged["properties"]["owner"]) == ("beton", "RW 03"), (
        "both are kept"
    )
    page.locator("[data-fact-form] [data-action=delete]").click()
    expect(page.locator("[data-pane=assets]")).to_be_visible()
    page.locator("#toast button").click()
    expect(page.locator("[data-pane=asset] .panel-title")).to_contain_text("Saluran Uji Petik")
    assert [f["id"] for f in found(page, name="Saluran Uji Petik")] == [made["id"]]


def test_a_survey_on_the_phone_goes_on_without_a_network(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    sign_in(page)
    open_mapping(page, 17)
    page.locator("[data-panel='panel/survey']").tap()
    page.locator("[data-panel='panel/survey?kind=street_light']").tap()
    name = page.locator("[data-survey-name]")
    expect(name).not_to_be_empty()
    first = str(name.text_content())
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


def test_an_rt_profile_tells_points_while_it_is_filled_in(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#15/-5.595/107.7&tab=slums")
    page.locator(".slum-row").nth(3).click()
    page.locator("[data-panel$='/form']").first.click()
    form = page.locator("[data-slum-form]")
    expect(form.locator("[data-share='1a']")).to_contain_text("%")
    buildings = float(str(form.locator("[name='bases.buildings']").input_value()).replace(".", ""))
    form.locator("[name='volumes.1a']").fill(str(round(buildings * 0.8)))
    expect(form.locator("[data-points='1a']")).to_contain_text("5")
    form.locator("[name='volumes.1c']").fill(str(round(buildings * 2)))
    expect(form.locator("[data-doubt='1c']")).not_to_be_empty()
    for name, value in (
        ("strategic_location", "5"),
        ("population_density", "5"),
        ("socio_economic_culture", "1"),
    ):
        form.locator(f"[name='considerations.{name}']").select_option(value)
    for name in ("tenure_clear", "zoning_conform"):
        form.locator(f"[name='legality.{name}']").select_option("true")
    expect(form.locator("[data-treatment]")).to_contain_text(re.compile(r"[ABC]1"))
    total = str(page.locator("[data-form-total]").text_content())
    form.locator("[type=submit]").click()
    pane = page.locator("[data-pane=slum-profile]")
    expect(pane.locator(".figures b").first).to_have_text(total)
    expect(pane.locator(".treatment")).to_contain_text(re.compile(r"[ABC]1"))
    expect(pane.locator("[data-moved]")).not_to_be_empty()


def test_a_family_is_recorded_under_the_cross_hair_and_leaves_the_phone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(PHONE)
    sign_in(page)
    open_mapping(page)
    button = page.locator("[data-panel='panel/households/new']")
    button.scroll_into_view_if_needed()
    button.tap()
    page.locator("#drawbar [data-draw=add]").tap()
    form = page.locator("[data-fact-form=households]")
    form.locator("#f-members").fill("4")
    form.locator("#f-elderly").fill("5")
    form.locator("[type=submit]").tap()
    expect(form.locator("#f-elderly")).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('fact.')).length") == 1
    form.locator("#f-elderly").fill("1")
    form.locator("[type=submit]").tap()
    expect(page.locator("[data-fact-form=households][data-id]")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('fact.'))") == []
    made = page.locator("[data-fact-form=households]").get_attribute("data-id")
    stored = page.request.get(f"/api/v1/households/{made}").json()
    assert (stored["properties"]["members"], stored["properties"]["elderly"]) == (4, 1)


def test_a_shared_corner_moves_both_neighbours(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, "admin@contoh.test")
    page.goto("about:blank")
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


def test_what_is_drawn_is_kept_cut_and_found(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.locator("#search input").fill("-5.59500, 107.70050")
    page.keyboard.press("Enter")
    expect(page.locator(".place-mark")).to_be_visible()
    border = page.request.get(f"/api/v1/regions/{KELURAHAN}").json()["geometry"]["coordinates"][0][0]
    lon, lat = max(border)
    open_at(page, lon, lat)
    begin(page, "drain_new")
    x, y = map_middle(page)
    for step in (-160, -110, -60):
        page.mouse.click(x + step, y)
    zoom = page.url.split("#")[1].split("/")[0]
    page.locator("#map").focus()
    page.keyboard.type("-5")
    expect(page.locator("[data-draw-entry] input")).to_have_value("-5")
    assert page.url.split("#")[1].split("/")[0] == zoom, "a minus while drawing is typed"
    page.locator("[data-draw-entry] input").fill("")
    page.locator("[data-tab=slums]").click()
    expect(page.locator("#confirm")).to_be_visible()
    page.locator("#confirm [value=cancel]").click()
    expect(page.locator("#toolbar [data-tool=line]")).to_have_attribute("aria-pressed", "true")
    page.mouse.dblclick(x + 120, y)
    page.locator("[data-action=cut]").click()
    expect(page.locator("[data-warning=outside_kelurahan]")).to_be_hidden()
    expect(page.locator("[data-preview] .figures").first).to_be_visible()
