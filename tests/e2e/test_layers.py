"""The legend as layer panel, and links that open the same view again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, at_work, eventually, map_drawn, signed_in

COUNT = "[data-count=proposals]"


def pixels(page: Page) -> int:
    """Orange pixels of the map: slum areas of medium grade as they are drawn now."""
    return int(
        page.evaluate(
            """() => [...document.querySelectorAll("#map canvas.leaflet-tile")].reduce((sum, canvas) => {
                 const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                 for (let i = 0; i < data.length; i += 16) {
                   const [red, green, blue] = data.slice(i, i + 3);
                   if (red > 225 && green > 150 && green < 190 && blue < 140) sum += 1;
                 }
                 return sum;
               }, 0)"""
        )
    )


def test_layers_are_counted_filtered_faded_and_shown_alone(open_page: Callable[..., Page]) -> None:
    page = open_page()
    at_work(page)
    map_drawn(page)
    page.wait_for_load_state(
        "networkidle"
    )  # a square waits only so long for a slow layer, its count does not
    page.locator("#legend").hover()
    expect(page.locator(COUNT)).not_to_be_empty()
    before = int(page.locator(COUNT).inner_text())
    key = page.locator("[data-filter='proposals.pillar'][data-value=environment]")
    key.click()
    expect(key).to_have_attribute("aria-pressed", "false")
    eventually(page, lambda: int(page.locator(COUNT).inner_text()), lambda count: 0 < count < before)
    key.click()
    expect(page.locator(COUNT)).to_have_text(str(before))

    # The spatial plan is off until somebody wants it.
    bank = page.locator("[data-filter='zones.look'][data-value=protected]")
    expect(page.locator("input[data-layer=zones]")).not_to_be_checked()
    expect(bank).to_be_hidden()
    zones = page.locator("#legend .layer-switch", has_text="Rencana tata ruang")
    with page.expect_response("**/tiles/spatial-plan/**") as answer:
        zones.click()
    assert answer.value.ok
    expect(bank).to_be_visible()
    zones.click()
    expect(bank).to_be_hidden()

    orange = eventually(page, lambda: pixels(page), lambda count: count > 50)
    page.locator("#legend .layer:has([data-layer=slums]) .layer-menu > summary").click()
    page.locator("[data-opacity=slums]").fill("10")
    eventually(page, lambda: pixels(page), lambda count: count < orange / 4)
    page.locator("[data-only=slums]").click()
    expect(page.locator("input[data-layer=proposals]")).not_to_be_checked()
    expect(page.locator("input[data-layer=slums]")).to_be_checked()
    expect(page.locator("input[data-layer=roads]")).to_be_checked()


def test_a_sent_link_opens_the_same_view(open_page: Callable[..., Page]) -> None:
    """Layers, filter, classes left out, opacity and place."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}#17/-5.59600/107.70100")
    map_drawn(page)
    page.locator("#legend").hover()
    left_out = "[data-filter='proposals.pillar'][data-value=environment]"
    page.locator(left_out).click()
    page.locator("#legend .layer:has([data-layer=slums]) .layer-menu > summary").click()
    page.locator("[data-opacity=slums]").fill("40")
    page.locator("#legend .layer-switch", has_text="Prasarana").click()
    page.locator("#panel [name=state]").select_option("approved")
    expect(page.get_by_text("Disaring: 0 usulan")).to_be_visible()
    page.locator("#share-view").click()
    expect(page.locator("#toast")).to_contain_text("Tautan disalin")
    link = page.evaluate("navigator.clipboard.readText()")

    other = open_page()
    signed_in(other)
    other.goto(link)
    expect(other.locator("#panel [name=state]")).to_have_value("approved")
    expect(other.locator("input[data-layer=assets]")).not_to_be_checked()
    expect(other.locator("input[data-layer=slums]")).to_be_checked()
    expect(other.locator("[data-opacity=slums]")).to_have_value("40")
    expect(other.locator("[data-opacity=proposals]")).to_have_value("100")
    expect(other.locator(left_out)).to_have_attribute("aria-pressed", "false")
    social = other.locator("[data-filter='proposals.pillar'][data-value=social]")
    expect(social).to_have_attribute("aria-pressed", "true")
    zoom, lat, lng = other.evaluate("location.hash").split("&")[0].removeprefix("#").split("/")
    assert (int(zoom), float(lat), float(lng)) == (
        17,
        pytest.approx(-5.596, abs=1e-4),
        pytest.approx(107.701, abs=1e-4),
    )
