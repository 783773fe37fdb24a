"""What the map asks of the device and of the internet, and what it says when it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

INSIDE = {"latitude": -5.595, "longitude": 107.7005, "accuracy": 12}
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
    here = re.compile(r"#17/-5\.595\d*/107\.700")
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
