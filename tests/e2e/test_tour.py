"""The guided start: it follows what the hand does, ends where a plan begins, and once skipped never comes back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import (
    PHONE,
    at_work,
    begin,
    draw_line,
    open_at,
    picture,
    signed_in,
    slum_with_missing_drains,
)


def test_two_minutes_from_the_map_to_the_plan(open_page: Callable[..., Page]) -> None:
    page = open_page(tour=True)
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon, lat)
    tour = page.locator("#tour")
    expect(tour).to_contain_text("Baru di sini?")
    tour.get_by_role("button", name="Mulai").click()
    expect(tour).to_contain_text("1 dari 8")
    tour.get_by_role("button", name="Lanjut").click()
    expect(page.locator("[data-new].tour-target")).to_be_visible()
    begin(page, "drain_new")
    expect(tour).to_contain_text("4 dari 8")
    picture(page, "tour-draw")
    draw_line(page)
    expect(tour).to_contain_text("Empat angka")
    tour.get_by_role("button", name="Lanjut").click()
    page.locator("form[data-proposal-form] [name=title]").fill("Saluran panduan")
    page.locator("[data-action=save]").click()
    expect(tour).to_contain_text("7 dari 8")
    page.locator("[data-tab=ranking]").click()
    expect(tour).to_contain_text("8 dari 8")
    page.locator("[data-tab=plan]").click()
    tour.get_by_role("button", name="Selesai").click()
    expect(tour).to_have_count(0)
    page.reload()
    expect(page.locator("#scale")).not_to_be_empty()
    expect(tour).to_have_count(0)


def test_on_the_phone_it_can_be_put_off_and_called_back_from_the_help(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, "en", tour=True)
    at_work(page)
    tour = page.locator("#tour")
    expect(tour).to_contain_text("New here?")
    picture(page, "tour-phone")
    box, sheet = tour.bounding_box(), page.locator("#panel").bounding_box()
    assert box is not None and sheet is not None
    assert box["y"] + box["height"] <= sheet["y"]
    tour.get_by_role("button", name="Not now").click()
    expect(tour).to_have_count(0)
    page.goto("/help")
    page.get_by_role("link", name="Start the two-minute guide").click()
    expect(tour).to_contain_text("New here?")
