"""The main job, end to end: a planner draws a drain through a slum RT, sees whom it serves and where it ranks.

Walked in a real browser against the server that `./dev run` starts. Pictures for the README are made on the way
when WEBGIS_PICTURES names a folder.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import (
    FITTING,
    KELURAHAN,
    PHONE,
    begin,
    drag,
    draw_line,
    map_drawn,
    map_middle,
    open_at,
    picture,
    sign_in,
    signed_in,
    slum_with_missing_drains,
)
from webgis.planning.catalogues.catalogue import catalogue

TITLE = "Drainase baru Gang Soka RT 02/RW 13"


@pytest.mark.parametrize(("size", "lang"), FITTING, ids=["desktop-id", "phone-id", "phone-en"])
def test_every_page_stands_in_both_languages_and_sizes(
    open_page: Callable[..., Page], size: dict[str, int], lang: str
) -> None:
    page = open_page(size, lang)
    for name, path in (("public", "/"), ("login", "/login"), ("help", "/help"), ("lists", "/usulan")):
        page.goto(f"{path}?lang={lang}")
        if path == "/":
            expect(page.locator("#panel-body [data-proposal]").first).to_be_visible()
            map_drawn(page)
        assert page.locator("html").get_attribute("lang") == lang
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} px wider than the screen"
        picture(page, f"{name}-{'phone-' if size is PHONE else ''}{lang}")


def test_a_planner_draws_a_drain_and_a_visitor_sees_it(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page()
    sign_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon, lat)

    begin(page, "drain_new")
    draw_line(page)
    figures = page.locator("[data-preview] .figure")
    expect(figures).to_have_count(4)
    expect(figures.nth(0)).to_contain_text(re.compile(r"\d+(,\d)?\sm"))
    expect(figures.nth(1)).to_contain_text("Rp")
    served = figures.nth(2).locator("b")
    expect(served).to_contain_text(re.compile(r"[1-9]\d*\sKK"))
    expect(page.locator("[data-preview-rest] .score-rows li")).to_have_count(len(catalogue().criteria))

    picture(page, "workspace-id")
    page.locator("[name=title]").fill(TITLE)
    with page.expect_response(
        lambda r: r.request.method == "POST" and r.url.endswith("/api/v1/proposals")
    ) as saved:
        page.locator("[data-action=save]").click()
    assert saved.value.status == 201
    made = saved.value.json()
    expect(page.locator("#save-state")).to_have_text("Tersimpan")

    page.locator("[data-tab=ranking]").click()
    row = page.locator(f"#panel-body li[data-proposal='{made['id']}']")
    expect(row).to_be_visible()
    expect(row.locator(".rank")).to_contain_text(re.compile(r"\d+"))
    row.locator("summary").click()
    parts = row.locator(".score-rows li b")
    expect(parts).to_have_count(len(catalogue().criteria))
    total = float(row.locator(".rank-score").inner_text().replace(",", "."))
    shown = [float(text.replace(",", ".")) for text in parts.all_inner_texts()]
    assert sum(shown) == pytest.approx(total, abs=0.051), "the reasons add up to the score"

    look_as_a_visitor(open_page, made)
    read_as_a_partner(page, made, tmp_path)


def look_as_a_visitor(open_page: Callable[..., Page], made: dict[str, Any]) -> None:
    """The public map shows the new proposal, and asks for nothing about households."""
    visitor = open_page()
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    x, y = made["geometry"]["coordinates"][0]
    visitor.goto(f"/#17/{y}/{x}")
    entry = visitor.locator(f"#panel-body [data-proposal='{made['id']}']")
    expect(entry).to_contain_text(TITLE)
    entry.click()
    expect(visitor.locator("#panel-body")).to_contain_text("Konsep")
    assert any("/tiles/proposals/" in url for url in asked)
    assert not any("households" in url for url in asked)
    for layer in ("households",):
        assert visitor.request.get(f"/tiles/{layer}/16/52376/33798.mvt").status in (401, 403)
        assert visitor.request.get(f"/api/v1/export/{layer}.geojson").status in (401, 403)


def read_as_a_partner(page: Page, made: dict[str, Any], folder: Path) -> None:
    """The GeoJSON export opens in GDAL and holds the proposal."""
    answer = page.request.get(f"/api/v1/export/proposals.geojson?kelurahan={KELURAHAN}")
    assert answer.status == 200
    file = folder / "proposals.geojson"
    file.write_bytes(answer.body())
    information = pyogrio.read_info(file)
    assert information["features"] == len(json.loads(file.read_text())["features"]) > 1
    assert made["id"] in [feature["id"] for feature in json.loads(file.read_text())["features"]]
    try:
        told = subprocess.run(
            ["ogrinfo", "-so", "-al", str(file)], capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        return  # GDAL's own programs are not part of the set-up; pyogrio has read the file already
    assert f"Feature Count: {information['features']}" in told.stdout


def test_undo_brings_a_deleted_proposal_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon, lat)
    begin(page, "road_paving")
    draw_line(page, 60)
    page.locator("[name=title]").fill("Paving yang akan dihapus")
    with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith("/api/v1/proposals")):
        page.locator("[data-action=save]").click()
    expect(page.locator("#save-state")).to_have_text("Tersimpan")
    with page.expect_response(lambda r: r.request.method == "DELETE"):
        page.locator("[data-action=delete]").click()
    toast = page.locator("#toast")
    expect(toast).to_contain_text("dihapus")
    with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith("/restore")) as back:
        toast.get_by_role("button").first.click()
    restored = back.value.json()["properties"]
    assert restored["title"] == "Paving yang akan dihapus"
    told = page.request.get(f"/api/v1/proposals/{restored['id']}/history").json()["history"]
    assert [row["action"] for row in told] == ["insert", "delete", "insert"], "the same proposal, not a copy"


def test_drawing_on_a_phone_with_the_cross_hair(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    page.goto(f"/plan/{KELURAHAN}#18/{lat:.5f}/{lon:.5f}")
    map_drawn(page)
    picture(page, "workspace-phone-id")
    page.locator("[data-new]").first.tap()
    page.locator("[data-work-type=drain_new]").tap()
    bar = page.locator("#drawbar")
    expect(bar).to_be_visible()
    bar.locator("[data-draw=add]").tap()
    x, y = map_middle(page)
    drag(page, x, y - 60, x - 90, y - 50)
    bar.locator("[data-draw=add]").tap()
    bar.locator("[data-draw=finish]").tap()
    expect(page.locator("[data-preview] .figure")).to_have_count(4)
    page.locator("[name=title]").fill("Drainase dari HP")
    with page.expect_response(
        lambda r: r.request.method == "POST" and r.url.endswith("/api/v1/proposals")
    ) as saved:
        page.locator("[data-action=save]").tap()
    assert saved.value.status == 201


def test_wrong_password_is_said_without_telling_which_accounts_exist(open_page: Callable[..., Page]) -> None:
    page = open_page()
    texts = []
    for email in ("planner@contoh.test", "nobody@contoh.test"):
        page.goto("/login")
        page.locator("input[name=email]").fill(email)
        page.locator("input[name=password]").fill("salah-sekali")
        page.locator("main form button[type=submit]").first.click()
        texts.append(page.locator("[role=alert]").first.inner_text())
    assert texts[0] == texts[1] != ""


def test_an_administrator_brings_in_a_file_and_reads_the_report(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": {"id": str(i)}}
        for i, place in enumerate(([107.7, -5.6], [109.0, -6.9]))
    ]
    file = tmp_path / "kran.geojson"
    for feature in features:
        feature["properties"] = {"kind": "public_tap", "name": "Kran umum", **feature["properties"]}  # type: ignore[dict-item]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    page = open_page()
    signed_in(page, "admin@contoh.test")
    page.goto("/data")
    page.locator("input[type=file]").set_input_files(str(file))
    page.locator("#i-layer").select_option("assets")
    page.locator("button[name=dry_run][value=true]").click()
    report = page.locator("main")
    expect(report).to_contain_text("kran.geojson")
    expect(report).to_contain_text("kota lain")


def test_an_amount_that_is_none_is_refused_at_its_field_and_a_saved_work_is_no_twin_of_itself(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon + 0.0004, lat + 0.0003)
    begin(page, "road_concrete")
    draw_line(page, 50)
    page.locator("[name=title]").fill("Beton Gang Uji")
    page.locator("[name=cost]").fill("abc")
    with page.expect_response(
        lambda r: r.request.method == "POST" and r.url.endswith("/api/v1/proposals")
    ) as refused:
        page.locator("[data-action=save]").click()
    assert refused.value.status == 422
    page.locator("[name=cost]").fill("50.000.000")
    with page.expect_response(
        lambda r: r.request.method == "POST" and r.url.endswith("/api/v1/proposals")
    ) as saved:
        page.locator("[data-action=save]").click()
    assert saved.value.json()["properties"]["cost"] == 50_000_000
    page.wait_for_timeout(1200)
    expect(page.locator("#panel-body")).not_to_contain_text("Sudah ada usulan serupa")
