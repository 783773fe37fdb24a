"""Self-mapping of slum RT: points told while the form is filled in, two who change it, an area that comes back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.records import sent
from tests.e2e.steps import KELURAHAN, signed_in


def open_slum_area(page: Page, number: int) -> None:
    """The profile of a slum RT by its place in the list; each journey takes one of its own."""
    signed_in(page)
    look_at_slum_area(page, number)


def look_at_slum_area(page: Page, number: int) -> None:
    """The same for who is signed in."""
    page.goto(f"/plan/{KELURAHAN}#15/-5.595/107.7&tab=slums")
    page.locator(".slum-row").nth(number).click()


def open_slum_form(page: Page, number: int) -> Locator:
    """Its form, once it computes."""
    open_slum_area(page, number)
    return fill_in(page)


def fill_in(page: Page) -> Locator:
    """The form of the profile in the panel."""
    page.locator("[data-panel$='/form']").first.click()
    form = page.locator("[data-slum-form]")
    expect(form.locator("[data-share='1a']")).to_contain_text("%")
    return form


def test_an_rt_profile_tells_points_while_it_is_filled_in(open_page: Callable[..., Page]) -> None:
    page = open_page()
    form = open_slum_form(page, 3)
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
    why = form.locator("[name='doubt_reasons.1c']")
    form.locator("[type=submit]").click()
    expect(why).to_be_focused()
    expect(form.locator("[data-error-for='doubt_reasons.1c']")).to_contain_text("200 % dari besaran dasarnya")
    why.fill("Rumah petak dihitung satu per satu")
    form.locator("[type=submit]").click()
    pane = page.locator("[data-pane=slum-profile]")
    expect(pane.locator(".figures b").first).to_have_text(total)
    expect(pane.locator(".doubt")).to_contain_text(["Rumah petak dihitung satu per satu"])
    pane.locator(".term[popovertarget='term-1c']").click()
    expect(page.locator("#term-1c")).to_contain_text("7,2 m² per orang")
    page.keyboard.press("Escape")
    expect(page.locator("#term-1c")).to_be_hidden()
    expect(pane.locator(".treatment")).to_contain_text(re.compile(r"[ABC]1"))
    expect(pane.locator("[data-moved]")).not_to_be_empty()


def test_a_form_that_two_changed_is_settled_field_by_field_and_undone(open_page: Callable[..., Page]) -> None:
    """One of them lost the tab meanwhile and goes on with what the device kept."""
    page = open_page()
    form = open_slum_form(page, 5)
    address = (
        f"/api/v1/slum-areas/{form.get_attribute('data-area')}/assessments/{form.get_attribute('data-year')}"
    )
    before = page.request.get(address).json()
    was = {code: int(before["volumes"][code]) for code in ("1a", "2a", "3a")}
    theirs = {name: before[name] for name in ("considerations", "legality", "source")}
    volumes = before["volumes"] | {"1a": was["1a"] + 1, "2a": was["2a"] + 1}
    form.locator("[name='volumes.1a']").fill(str(was["1a"] + 2))
    form.locator("[name='volumes.3a']").fill(str(was["3a"] + 1))
    page.goto("about:blank")
    sent(page, "PUT", address, {**theirs, "volumes": volumes, "bases": before["quantities"]})
    look_at_slum_area(page, 5)
    form = fill_in(page)
    expect(form.locator("[name='volumes.3a']")).to_have_value(str(was["3a"] + 1))
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


def test_looking_at_another_year_leaves_nothing_waiting(open_page: Callable[..., Page]) -> None:
    page = open_page()
    form = open_slum_form(page, 5)
    year = str(int(str(form.get_attribute("data-year"))) - 1)
    form.locator("[data-year-choice]").select_option(year)
    expect(form).to_have_attribute("data-year", year)
    expect(page.locator("#save-state")).to_have_text("Tersimpan")
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('slum.'))") == []


def test_the_map_and_the_address_know_which_area_is_open(open_page: Callable[..., Page]) -> None:
    page = open_page()
    open_slum_area(page, 2)
    pane = page.locator("[data-pane=slum-profile]")
    title = pane.locator("h2[data-rt]")
    name = title.inner_text()
    expect(page).to_have_url(re.compile(r"&tab=slums&f=area%3D"))
    far = re.sub("#[^&]*", "#18/-5.580000/107.690000", page.url)
    page.goto("about:blank")
    page.goto(far)
    expect(title).to_have_text(name)
    expect(page).not_to_have_url(re.compile("/-5.580000/107.690000&"))  # the map has come to it
    page.locator(".back").click()
    expect(page.locator("[data-pane=slums]")).to_be_visible()
    expect(page).to_have_url(re.compile(r"&tab=slums$"))


def test_a_slum_area_is_deleted_with_a_reason_and_comes_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    open_slum_area(page, 7)
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
