"""A phone in the hand: the sheet, the legend, messages, editing by touch, turning it on its side."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

from tests.e2e.steps import PHONE, at_rest, at_work, drag, eventually, map_drawn, unfold

SIDEWAYS = {"width": PHONE["height"], "height": PHONE["width"]}


class Box(NamedTuple):
    """Where something stands on the screen, px."""

    left: float
    top: float
    right: float
    bottom: float


def box(place: Locator) -> Box:
    found = place.bounding_box()
    assert found is not None
    x, y = found["x"], found["y"]
    return Box(x, y, x + found["width"], y + found["height"])


def test_the_sheet_is_dragged_between_three_heights(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/?lang=id")
    panel, handle = page.locator("#panel"), page.locator("#panel-handle")
    expect(panel).to_have_attribute("data-height", "peek")
    for to, height in ((500, "half"), (100, "full"), (450, "half"), (820, "peek")):
        start = box(handle).top + 12
        drag(page, 195, start, 195, to)
        expect(panel).to_have_attribute("data-height", height)
    start = box(handle).top + 12
    drag(page, 195, start, 195, start - 60)
    expect(panel).to_have_attribute("data-height", "half")
    handle.focus()
    page.keyboard.press("ArrowUp")
    expect(panel).to_have_attribute("data-height", "full")


def test_filters_show_their_whole_names_and_all_tools_are_at_hand(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    at_work(page)
    for tab in ("proposals", "ranking"):
        page.locator(f"[data-tab={tab}]").tap()
        expect(page.locator(f"[data-pane={tab}]")).to_be_visible()
        unfold(page)
        cut = page.locator(".filters select").evaluate_all(
            """(all) => all.filter((one) => {
                const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(one);
                pen.font = style.font;
                const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
                return pen.measureText(one.selectedOptions[0].text).width > room + 1;
            }).map((one) => one.selectedOptions[0].text)"""
        )
        assert cut == []
    sheet = box(page.locator("#panel"))
    for tool in ("select", "line", "lasso", "undo", "redo", "measure"):
        button = box(page.locator(f"#toolbar [data-tool={tool}]"))
        assert button.bottom <= sheet.top, tool
        assert min(button.right - button.left, button.bottom - button.top) >= 44, tool


def test_the_legend_can_be_put_away_again(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    at_work(page)
    legend, toggle = page.locator("#legend"), page.locator("#legend-toggle")
    expect(legend).to_be_hidden()
    toggle.tap()
    expect(legend).to_be_visible()
    toggle.tap()
    expect(legend).to_be_hidden()
    toggle.tap()
    page.touchscreen.tap(360, 400)
    expect(legend).to_be_hidden()


def test_editing_by_touch_has_the_whole_map_and_a_way_out(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    at_work(page)
    page.locator("#panel-body [data-proposal]:has(.pill-draft)").first.tap()
    page.locator("[data-action=edit-shape]").tap()
    bar = page.locator("#drawbar")
    expect(bar.locator("[data-draw=finish]")).to_be_visible()
    expect(bar.locator("[data-draw=add]")).to_be_hidden()
    expect(page.locator("#panel")).to_be_hidden()
    assert box(page.locator(".leaflet-control-attribution")).bottom <= box(bar).top
    bar.locator("[data-draw=finish]").tap()
    expect(page.locator("#panel [data-proposal-form]")).to_be_visible()
    expect(bar).to_be_hidden()


def test_messages_leave_the_figures_free(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/?lang=id")
    page.locator("#locate").tap()
    toast = page.locator("#toast span")
    expect(toast).to_contain_text(re.compile(r"\w+"))
    assert box(page.locator("#toast")).bottom <= box(page.locator("#panel")).top


def test_turning_the_phone_keeps_place_and_reach(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/?lang=id#16/-5.59500/107.70050")
    map_drawn(page)
    page.set_viewport_size({"width": SIDEWAYS["width"], "height": SIDEWAYS["height"]})
    expect(page.locator("#legend-toggle")).to_be_visible()
    expect(page.locator("#legend")).to_be_hidden()
    at_rest(page)
    assert box(page.locator("#panel")).right <= SIDEWAYS["width"]
    assert box(page.locator("#search")).right <= box(page.locator("#panel")).left
    assert re.search(r"#16/-5\.59\d+/107\.70\d+", page.url)
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    eventually(page, lambda: box(page.locator("#map")).right, lambda right: right == PHONE["width"])
    eventually(
        page, lambda: box(page.locator("#panel")).bottom, lambda bottom: abs(bottom - PHONE["height"]) <= 1
    )
