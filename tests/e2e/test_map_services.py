"""What the map asks of the device and of the internet, and what it says when it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
from playwright.sync_api import Page, expect

from tests import files, pmtiles
from tests.e2e.steps import map_drawn

INSIDE = {"latitude": -5.595, "longitude": 107.7005, "accuracy": 12}
BOUNDS = (107.6, -5.7, 107.8, -5.5)
PAINTED = """() => [...document.querySelectorAll(".base-file .leaflet-tile-loaded")].some((tile) => {
  if (tile.tagName === "IMG") return tile.naturalWidth === 256;
  const { data } = tile.getContext("2d").getImageData(256, 256, 1, 1);
  return data[3] > 0;
})"""
JAKARTA = {"latitude": -6.2, "longitude": 106.8, "accuracy": 12}


@pytest.mark.parametrize(
    ("more", "said", "moved"),
    [
        ({"geolocation": INSIDE, "permissions": ["geolocation"]}, "ketelitian 12 m", True),
        ({"geolocation": JAKARTA, "permissions": ["geolocation"]}, "di luar peta ini", False),
        ({"permissions": []}, "Izinkan", False),
    ],
    ids=["inside", "outside", "refused"],
)
def test_the_own_position_ends_in_a_sentence(
    open_page: Callable[..., Page], more: dict[str, Any], said: str, moved: bool
) -> None:
    page = open_page(**more)
    page.goto("/?lang=id")
    expect(page.locator("#panel-body [data-proposal]").first).to_be_visible()
    page.locator("#locate").click()
    expect(page.locator("#toast")).to_contain_text(said)
    # The position comes into the middle of what legend and tools leave free, not of the whole map.
    here = re.compile(r"#17/-5\.59[45]\d*/107\.(699|700)")
    expect(page).to_have_url(here) if moved else expect(page).not_to_have_url(re.compile("#17/"))


def test_openstreetmap_is_off_until_asked_and_fails_in_words(open_page: Callable[..., Page]) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("https://tile.openstreetmap.org/**", lambda route: route.abort())
    page.goto("/?lang=id")
    expect(page.locator("#panel-body [data-proposal]").first).to_be_visible()
    assert not any("openstreetmap" in url for url in asked)
    page.locator("#legend .base-layers > summary").click()
    switch = page.locator("[data-layer=osm]")
    switch.click()
    expect(page.locator("#toast")).to_contain_text("OpenStreetMap tidak bisa dihubungi")
    expect(switch).not_to_be_checked()
    assert any("openstreetmap" in url for url in asked)
    page.reload()
    expect(page.locator("[data-layer=osm]")).not_to_be_checked()


def the_city_as(kind: str) -> bytes:
    """A base map of the middle of the sample city: a picture, a lake and a road, or nonsense."""
    at = pmtiles.tile_at(107.7005, -5.595, 14)
    if kind == "picture":
        return pmtiles.archive({at: files.photo("PNG", (256, 256))}, pmtiles.PNG, BOUNDS)
    if kind == "drawing":
        lake = {"geometry": "POLYGON ((0 0, 4096 0, 4096 4096, 0 4096, 0 0))", "properties": {"kind": "lake"}}
        tile = mapbox_vector_tile.encode([{"name": "water", "features": [lake]}])
        return pmtiles.archive({at: tile}, pmtiles.MVT, BOUNDS)
    return b"PMTiles of another kind" * 20


@pytest.fixture
def base_map(live_server: str, live_folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A base map file in the data folder while the test runs; its kind."""
    path = live_folder / "basemap.pmtiles"
    path.write_bytes(the_city_as(request.param))
    yield request.param
    path.unlink()


@pytest.mark.parametrize("base_map", ["picture", "drawing", "nonsense"], indirect=True)
def test_the_base_map_of_the_city_is_drawn(open_page: Callable[..., Page], base_map: str) -> None:
    page = open_page()
    page.goto("/?lang=id#15/-5.595/107.7005")
    if base_map == "nonsense":
        expect(page.locator("#toast")).to_contain_text("harus PMTiles versi 3")
        return expect(page.locator("[data-layer=file]")).not_to_be_checked()
    drawn = page.locator(f".base-file {'img' if base_map == 'picture' else 'canvas'}.leaflet-tile-loaded")
    expect(drawn.first).to_be_attached()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("© Uji")
    page.wait_for_function(PAINTED)
    page.locator("#legend .base-layers > summary").click()
    page.locator("[data-layer=file]").uncheck()
    expect(drawn).to_have_count(0)
    return None


def test_a_map_that_could_not_be_drawn_is_drawn_when_tried_again(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.route("**/static/tile-worker-*.js", lambda route: route.abort())
    page.goto("/?lang=id")
    toast = page.locator("#toast")
    expect(toast).to_contain_text("Sebagian peta tidak bisa dimuat.")
    page.unroute("**/static/tile-worker-*.js")
    toast.get_by_role("button", name="Coba lagi").click()
    map_drawn(page)
