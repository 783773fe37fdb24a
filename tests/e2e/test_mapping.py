"""Self-mapping: an asset is drawn, a survey is walked, an RT profile filled in, a family recorded, a border moved."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests import files
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


def send(page: Page, method: str, url: str, document: dict[str, Any]) -> dict[str, Any]:
    headers = {"X-CSRF-Token": page.evaluate("document.body.dataset.csrf"), "If-Match": "*"}
    answer = page.request.fetch(url, method=method, data=document, headers=headers)
    assert answer.ok, answer.text()
    made: dict[str, Any] = answer.json()
    return made


def feature(shape: str, coordinates: list[Any], **said: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": shape, "coordinates": coordinates}, "properties": said}


def test_a_drain_on_record_is_turned_round_copied_and_split(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    lon, lat = MIDDLE
    name = f"Saluran Belah {uuid.uuid4().hex[:6]}"
    line = [[round(lon - 0.0004, 7), lat], [round(lon + 0.0006, 7), lat]]
    made = send(
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
    expect(title).to_contain_text("(salinan)")
    page.locator("#toast button").click()
    expect(page.locator("#toast")).to_contain_text("Diurungkan")
    assert found(page, name=f"{name} (salinan)") == []
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#18/{lat:.5f}/{lon:.5f}&mode=mapping&o=assets/{made['id']}")
    page.locator(".more-tools summary").click()
    page.locator("[data-action=split]").click()
    expect(page.locator("#drawbar")).to_be_visible()
    x, y = map_middle(page)
    page.mouse.move(x + 2, y + 3)
    page.mouse.click(x, y + 3)
    expect(page.locator("#toast")).to_contain_text("Sudah dibagi dua")
    (larger,), (smaller,) = found(page, name=name), found(page, name=f"{name} (bagian 2)")
    assert larger["id"] == made["id"]
    assert [one["properties"]["capacity"] for one in (larger, smaller)] == [30, 20], "shared by length"
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_contain_text("Diurungkan")
    (whole,) = found(page, name=name)
    assert (whole["geometry"]["coordinates"], whole["properties"]["capacity"]) == (line[::-1], 50)
    assert found(page, name=f"{name} (bagian 2)") == []


def test_a_press_where_several_things_lie_asks_which(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    lon, lat = MIDDLE
    for title in ("Sumur satu", "Sumur dua"):
        said = {"title": title, "work_type": "water_tap"}
        send(page, "POST", "/api/v1/proposals", feature("Point", [lon, lat], **said))
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#18/{lat:.5f}/{lon:.5f}")
    x, y = map_middle(page)
    seen = """([x, y]) => {
        const move = new MouseEvent("mousemove", { clientX: x, clientY: y, bubbles: true });
        document.elementFromPoint(x, y).dispatchEvent(move);
        return document.querySelector("#map.is-over") !== null;
    }"""
    page.wait_for_function(seen, arg=[x, y])
    page.mouse.click(x, y)
    rows = page.locator(".here button")
    expect(rows).to_have_count(2)
    expect(rows.first).to_be_focused()
    expect(rows.first).to_contain_text("Konsep")
    second = str(rows.nth(1).locator("b").text_content())
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heading = page.locator("[data-pane=proposal] [name=title]")
    expect(heading).to_have_value(second)
    page.mouse.click(x, y)
    expect(heading).not_to_have_value(second)
    expect(rows).to_have_count(0)


def test_a_survey_on_the_phone_goes_on_without_a_network(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    sign_in(page)
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


def test_a_form_that_two_changed_is_settled_field_by_field_and_undone(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#15/-5.595/107.7&tab=slums")
    page.locator(".slum-row").nth(5).click()
    page.locator("[data-panel$='/form']").first.click()
    form = page.locator("[data-slum-form]")
    expect(form.locator("[data-share='1a']")).to_contain_text("%")
    address = (
        f"/api/v1/slum-areas/{form.get_attribute('data-area')}/assessments/{form.get_attribute('data-year')}"
    )
    before = page.request.get(address).json()
    was = {code: int(before["volumes"][code]) for code in ("1a", "2a", "3a")}
    theirs = {name: before[name] for name in ("considerations", "legality", "source")}
    volumes = before["volumes"] | {"1a": was["1a"] + 1, "2a": was["2a"] + 1}
    send(page, "PUT", address, {**theirs, "volumes": volumes, "bases": before["quantities"]})
    form.locator("[name='volumes.1a']").fill(str(was["1a"] + 2))
    form.locator("[name='volumes.3a']").fill(str(was["3a"] + 1))
    form.locator("[type=submit]").click()
    conflict = page.locator("#conflict")
    expect(conflict.locator("[data-field]")).to_have_count(1)
    expect(conflict.locator("[data-conflict=merged] li")).to_have_count(2)
    conflict.locator("input[value=mine]").check()
    conflict.locator("[type=submit]").click()
    expect(page.locator("[data-pane=slum-profile]")).to_be_visible()

    def stored() -> list[int]:
        held = page.request.get(address).json()["volumes"]
        return [held[code] - was[code] for code in was]

    assert stored() == [2, 1, 1]
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_contain_text("Diurungkan: formulir RT")
    assert stored() == [1, 1, 0], "what the other one saved stays"


def test_a_slum_area_is_deleted_with_a_reason_and_comes_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#15/-5.595/107.7&tab=slums")
    page.locator(".slum-row").nth(7).click()
    page.locator("[data-panel^='panel/areas/']").click()
    page.locator(".area-deletion summary").click()
    expect(page.locator(".area-deletion")).to_contain_text("3 formulir ikut terhapus")
    area = page.locator("[data-fact-form]").get_attribute("data-id")
    page.locator(".area-deletion [data-action=delete]").click()
    expect(page.locator("#f-delete_reason")).to_have_attribute("aria-invalid", "true")
    page.locator("#f-delete_reason").fill("Sudah tertata")
    page.locator(".area-deletion [data-action=delete]").click()
    expect(page.locator("[data-pane=slums]")).to_be_visible()
    assert page.request.get(f"/api/v1/slum-areas/{area}").status == 404
    page.locator("#toast button").click()
    expect(page.locator("[data-pane=area] .timeline")).to_contain_text("Sudah tertata")
    assert len(page.request.get(f"/api/v1/slum-areas/{area}/assessments").json()["assessments"]) == 3


def test_signing_out_asks_about_unsent_work_and_leaves_no_family(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    sign_in(page)
    open_mapping(page)
    button = page.locator("[data-panel='panel/households/new']")
    button.scroll_into_view_if_needed()
    button.tap()
    page.locator("#drawbar [data-draw=add]").tap()
    page.locator("#f-members").fill("4")
    account = page.evaluate("document.body.dataset.account")
    page.evaluate(f"localStorage.setItem('draft.{account}.{KELURAHAN}.new-1', '{{\"fields\": {{}}}}')")
    page.locator(".account summary").tap()
    for unreached in ("**/*signing-out*", "**/api/v1/session"):
        page.route(unreached, lambda route: route.abort())
        page.locator("[data-sign-out] button").tap()
        expect(page.locator("[data-sign-out] [role=alert]")).to_be_visible()
        page.unroute(unreached)
    page.locator("[data-sign-out] button").tap()
    dialog = page.locator("#signing-out")
    expect(dialog.locator("[data-unsent]:visible")).to_have_count(2)
    dialog.locator("[value=stay]").tap()
    expect(page.locator("#f-members")).to_have_value("4")
    page.locator(".account summary").tap()
    page.locator("[data-sign-out] button").tap()
    dialog.locator("[value=keep]").tap()
    page.wait_for_url(re.compile(r"/(\?.*|#.*)?$"))
    kept = page.evaluate("Object.keys(localStorage).filter((k) => /^(draft|fact)\\./.test(k))")
    assert kept == [f"draft.{account}.{KELURAHAN}.new-1"]


def test_a_family_is_recorded_under_the_cross_hair_and_leaves_the_phone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(PHONE)
    sign_in(page)
    open_mapping(page)
    button = page.locator("[data-panel='panel/households/new']")
    button.scroll_into_view_if_needed()
    button.tap()
    expect(page.locator("#drawbar button:visible")).to_have_text(["Batal", "Taruh di sini"])
    expect(page.locator(".draw-label")).to_have_text(
        "Geser peta, lalu ketuk Taruh di sini"
    )  # snaps to nothing
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


def test_a_photo_of_an_asset_waits_for_the_network_and_is_taken_back(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    sign_in(page)
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
