"""The panel of a proposal: its title and Save stay in sight, a mended field is right again, begun words are kept.

Walked in a real browser.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.drawing import drawing, open_form, saved
from tests.e2e.records import around, proposed, stored
from tests.e2e.steps import DESKTOP, KELURAHAN, PHONE, signed_in, slum_with_missing_drains


def test_a_drawn_work_shows_its_title_and_save_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    drawing(page, *slum_with_missing_drains(page))
    page.locator("#drawbar [data-draw=add]").click()
    page.locator("#map").focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    page.locator("#drawbar [data-draw=add]").click()
    page.locator("#drawbar [data-draw=finish]").click()
    title, save = page.locator("[name=title]"), page.locator("[data-action=save]")
    expect(page.locator("[data-preview] .figure")).to_have_count(4)
    expect(title).to_be_in_viewport(ratio=1)
    expect(save).to_be_in_viewport(ratio=1)
    save.click()
    expect(page.locator("[data-error-for=title]")).not_to_be_empty()
    title.press("D")
    expect(page.locator("[data-error-for=title]")).to_be_empty()
    expect(title).not_to_have_attribute("aria-invalid", "true")


def test_escape_leaves_the_field_and_words_not_sent_are_there_again(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    signed_in(page)
    at = around(page)
    made = proposed(page, "Saluran dibicarakan", [at(-20, 9), at(20, 9)])
    open_form(page, made)
    words = page.locator("#say")
    words.fill("Gang ini sempit")
    words.press("Escape")
    expect(words).not_to_be_focused()
    expect(page.locator(f"[data-proposal-form][data-id='{made['id']}']")).to_be_attached()
    expect(words).to_have_value("Gang ini sempit")
    page.locator("[data-pane=proposal] .back").click()
    expect(words).to_have_count(0)
    page.locator(f"#panel-body [data-proposal='{made['id']}']").first.click()
    expect(words).to_have_value("Gang ini sempit")


def test_the_chooser_is_narrowed_by_a_word_and_remembers_the_type_used_last(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(DESKTOP)
    signed_in(page)
    drawing(page, *slum_with_missing_drains(page))
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}")
    page.locator("[data-new]").first.click()
    expect(page.locator("[data-recent-types] [data-work-type=drain_new]")).to_be_visible()
    page.locator("[data-type-search]").fill("jamban")
    expect(page.locator("[data-work-type=drain_new]")).to_be_hidden()
    expect(page.locator("[data-work-type=latrine]")).to_be_visible()


def test_a_word_is_explained_by_a_tap_and_escape_closes_only_that(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    made = proposed(page, "Saluran dijelaskan", [around(page)(-20, 18), around(page)(20, 18)])
    open_form(page, made)
    page.locator("[data-pane=proposal] .term").first.click()
    card = page.locator("#term-rw")
    expect(card).to_be_visible()
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(f"[data-proposal-form][data-id='{made['id']}']")).to_be_attached()


def test_the_levels_of_a_drain_say_at_once_whether_it_falls(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    signed_in(page)
    at = around(page)
    made = proposed(page, "Saluran diukur", [at(-31, -17), at(19, -17)])
    open_form(page, made)
    ground = page.locator("[data-preview-rest] .ground")
    expect(ground).to_contain_text("Kemiringan aliran: belum diketahui")
    upper, lower = (page.locator(f"[name='readiness.{end}_level']") for end in ("upper", "lower"))
    upper.fill("712,4")
    lower.fill("712,38")
    lower.press("Tab")
    warnings = page.locator("[data-preview-rest]")
    expect(warnings).to_contain_text("Airnya turun 2 cm sepanjang 50 m; paling sedikit perlu 15 cm")
    lower.fill("711,9")
    lower.press("Tab")
    expect(ground).to_contain_text("turun 0,5 m sepanjang 50")
    expect(warnings).not_to_contain_text("Airnya turun")
    page.locator("[data-action=save]").click()
    saved(page)
    kept = stored(page, made)["properties"]["readiness"]
    assert (kept["upper_level"], kept["lower_level"]) == (712.4, 711.9)
