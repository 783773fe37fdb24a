"""Taking data along in a browser: the live link follows the choice, and all works without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.steps import PHONE, signed_in

KELURAHAN = "99.01.01.1001"


def test_the_link_follows_the_choice_and_is_copied(browser: Browser, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/data?lang=id")
    page.locator("#t-area").select_option(KELURAHAN)
    page.locator("#t-state").select_option("draft")
    link = f"{live_server}/api/v1/export/proposals.geojson?kelurahan={KELURAHAN}&state=draft"
    expect(page.locator("[data-link]")).to_have_value(link)
    page.get_by_role("button", name="Salin tautan").click()
    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert page.request.get(link).json()["features"]
    page.locator("#t-layer").select_option("roads")
    expect(page.locator("#t-state")).to_be_disabled()
    expect(page.locator("[data-link]")).to_have_value(
        f"{live_server}/api/v1/export/roads.geojson?kelurahan={KELURAHAN}"
    )
    context.close()


def test_it_works_without_scripts(browser: Browser, live_server: str, tmp_path: Path) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/data?lang=en")
    page.locator("#t-layer").select_option("assets")
    page.locator("#t-area").select_option("99.01")
    page.locator("#t-format").select_option("xlsx")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download").click()
    assert taken.value.suggested_filename == "assets-99.01.xlsx"
    taken.value.save_as(tmp_path / "assets.xlsx")
    assert (tmp_path / "assets.xlsx").read_bytes().startswith(b"PK")
    page.get_by_role("button", name="Show link").click()
    expect(page.locator("[data-link]")).to_have_value(
        f"{live_server}/api/v1/export/assets.geojson?kelurahan=99.01"
    )
    expect(page.locator("#t-format")).to_have_value("xlsx")
    context.close()


def test_what_the_check_of_a_file_found_is_in_sight_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    page.goto("/data")
    file = {
        "name": "kran.csv",
        "mimeType": "text/csv",
        "buffer": b"kind,condition,lon,lat\npublic_tap,good,,\n",
    }
    page.locator("#i-file").set_input_files(file)
    page.locator("#i-layer").select_option("assets")
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.locator("#report-title")).to_be_in_viewport()
    expect(page.get_by_text("Tanpa geometri.")).to_be_in_viewport()
