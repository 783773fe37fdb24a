"""City programmes in the browser: Dinas PU draws one on the map beside its form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import (
    DESKTOP,
    PHONE,
    eventually,
    map_drawn,
    map_middle,
    signed_in,
    slum_with_missing_drains,
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_programme_is_drawn_beside_its_form(open_page: Callable[..., Page], size: dict[str, int]) -> None:
    page = open_page(size)
    headers = signed_in(page, "reviewer@contoh.test")
    lon, lat = slum_with_missing_drains(page)
    page.goto(f"/program-kota/baru#18/{lat}/{lon}")
    map_drawn(page)
    page.get_by_role("button", name="Garis").click()
    x, y = map_middle(page)
    shape = page.locator("textarea[name=geometry]")
    for step in (0, 60, 120):
        page.mouse.click(x - 60 + step, y)
    eventually(page, shape.input_value, lambda text: len(points(text)) == 3, "three points are drawn")
    page.get_by_role("button", name="Urungkan titik terakhir").click()
    eventually(page, shape.input_value, lambda text: len(points(text)) == 2, "the last is taken back")
    page.locator("#f-title").fill("Saluran kota uji gambar")
    page.locator("#f-kind").select_option("drain")
    page.locator("#f-source").fill("RKPD")
    page.locator("#f-source_on").fill("2026-01-15")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url(re.compile(r"/program-kota/[0-9a-f-]{36}$"))
    expect(page.locator("h1")).to_have_text("Saluran kota uji gambar")
    expect(page.locator(".sketch-line")).to_have_count(1)
    gone = page.request.delete(
        page.url.replace("/program-kota/", "/api/v1/city-programmes/"), headers=headers | {"If-Match": "*"}
    )
    assert gone.status == 204


def points(text: str) -> list[list[float]]:
    """The positions of the line in the field; none before there is one."""
    return list(json.loads(text)["coordinates"]) if text else []
