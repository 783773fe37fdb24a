"""A planner weighs: the list follows, says how firm its places are, the set is kept, and two proposals are compared."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, PHONE, picture, signed_in, unfold
from webgis.planning.catalogues.catalogue import catalogue

CRITERIA = [item.id for item in catalogue().criteria]
FIRM = re.compile("kokoh|cukup kokoh|peka terhadap bobot")


def open_ranking(page: Page, lang: str = "id") -> None:
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}?lang={lang}")
    page.locator("[data-tab=ranking]").click()
    expect(page.locator("[data-ranked] li").first).to_be_visible()


def order_of(page: Page) -> list[str]:
    return [
        str(row.get_attribute("data-proposal")) for row in page.locator("[data-ranked] li[data-place]").all()
    ]


def follows(page: Page, act: Callable[[], object]) -> None:
    """Do something that changes weights and wait for the list."""
    with page.expect_response(lambda r: "/panel/ranking/list" in r.url):
        act()
    expect(page.locator("[data-ranked]")).not_to_have_attribute("aria-busy", "true")


def test_a_planner_weighs_keeps_the_weights_and_compares(open_page: Callable[..., Page]) -> None:
    page = open_page()
    open_ranking(page)
    usual = order_of(page)
    expect(page.locator("[data-ranked] li .held").first).to_have_text(FIRM)

    page.locator("[data-weighing] > summary").click()
    for field in page.locator("[data-judging-form] input[type=number]").all():
        field.fill("100" if field.get_attribute("name") == "points.land" else "1")
    follows(page, lambda: page.keyboard.press("Tab"))
    share = f"{100 * 100 / (100 + len(CRITERIA) - 1):.1f}".replace(".", ",")
    expect(page.locator("output[data-share=land]")).to_have_text(re.compile(f"^{share}"))
    expect(page.locator("[data-ranked]")).not_to_have_attribute("aria-busy", "true")
    assert order_of(page) != usual
    expect(page.locator("[data-list-said]")).to_have_text(re.compile(r"Berpindah tempat: \d+ usulan|^$"))
    expect(page.locator("[data-weights-name]")).to_have_text("bobot percobaan, belum disimpan")
    weighed = order_of(page)
    picture(page, "weights-id")

    page.locator("[data-keeping] > summary").click()
    page.locator("[data-keep-form] button").click()
    expect(page.locator("[data-error-for=met_on]")).to_have_text("Isi tanggal rembuk.")
    for name, value in {
        "name": "Rembuk RW 05",
        "met_on": "2026-03-05",
        "place": "Balai RW 05",
        "men": "14",
        "women": "17",
    }.items():
        page.locator(f"[data-keep-form] [name={name}]").fill(value)
    with page.expect_response(lambda r: r.url.endswith("/api/v1/weight-sets")) as kept:
        page.locator("[data-keep-form] button").click()
    assert kept.value.status == 201
    expect(page.locator("[data-weights-name]")).to_have_text("Rembuk RW 05")
    expect(page.locator("[data-weighing]")).to_contain_text("hadir 14 laki-laki dan 17 perempuan")
    assert order_of(page) == weighed

    page.locator("[data-comparing] > summary").click()
    expect(page.locator("[data-compared] tbody tr")).to_have_count(len(CRITERIA))
    expect(page.locator(".compared-said")).to_contain_text(re.compile("unggul|bernilai sama"))

    page.locator("[data-weights-back]").click()
    expect(page.locator("[data-weights-name]")).to_have_text("bobot awal kota")
    assert order_of(page) == usual


def test_sliders_keep_the_sum_and_every_way_works_by_keyboard(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    open_ranking(page)
    unfold(page)
    page.locator("[data-weighing] > summary").click()
    follows(page, lambda: page.locator("[data-way=direct]").click())

    def points() -> list[int]:
        return [
            int(field.input_value()) for field in page.locator("[data-judging-form] input[type=number]").all()
        ]

    before = points()
    assert sum(before) == 100
    slider = page.locator("[data-criterion=land] input[type=range]")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    follows(page, lambda: slider.press("ArrowRight"))
    assert sum(points()) == 100
    assert page.locator("#points-land").input_value() == str(before[CRITERIA.index("land")] + 5)

    follows(page, lambda: page.locator("[data-way=roc]").click())
    land = page.locator("[data-criterion=land]")
    place = int(land.locator(".order-place").inner_text())
    follows(page, lambda: land.locator("[data-up]").press("Enter"))
    expect(land.locator(".order-place")).to_have_text(str(place - 1))
    expect(land.locator("[data-up]")).to_be_focused()

    follows(page, lambda: page.locator("[data-way=ahp]").click())
    follows(page, lambda: page.locator("select[name='pair.benefit.risk']").select_option(index=8))
    # The answer of the way itself may come first; that of the contradiction follows.
    expect(page.locator("[data-answer]")).to_contain_text("saling bertentangan", timeout=20_000)
    expect(page.locator(".pair-again")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_meeting_walks_through_the_list_by_arrows_with_its_trial_weights(
    open_page: Callable[..., Page],
) -> None:
    """On a phone: test_meeting.py."""
    page = open_page()
    open_ranking(page)
    page.locator("[data-weighing] > summary").click()
    page.locator("#points-land").fill("100")
    follows(page, lambda: page.keyboard.press("Tab"))
    expect(page.locator("[data-tried]")).to_contain_text("Bobot percobaan, belum disimpan.")
    tried = order_of(page)

    # Another tab and back, or a reload: the weights being tried are still there.
    page.locator("[data-tab=slums]").click()
    expect(page.locator("[data-pane=ranking]")).to_have_count(0)
    page.locator("[data-tab=ranking]").click()
    expect(page.locator("[data-tried]")).to_be_visible()
    assert order_of(page) == tried

    page.locator("[data-meeting]").click()
    rows = page.locator("[data-meeting-row]")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    shown = [row.get_attribute("data-meeting-row") for row in rows.all()]
    assert shown == [one for one in tried if one in shown] and len(shown) > 5
    expect(page.locator(".topbar")).to_be_hidden()
    title = page.locator(".meeting-title").first
    assert title.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 24
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(rows.nth(2)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("p")  # draws nothing here
    page.locator("[data-meeting-show=weights]").click()
    expect(page.locator("[data-meeting-weights]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    picture(page, "meeting")
    page.keyboard.press("Escape")
    expect(page.locator("[data-tried]")).to_be_visible()
    expect(page.locator("[data-meeting]")).to_be_focused()

    page.locator("[data-tried] button").last.click()
    expect(page.locator("[data-weights-name]")).to_have_text("bobot awal kota")
    page.reload()
    expect(page.locator("[data-weights-name]")).to_have_text("bobot awal kota")
