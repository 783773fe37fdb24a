"""Copies, turning and moving of what is drawn, and the direction of a line, as the server then holds it."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import open_form, saved
from tests.e2e.records import Line, around, named, proposed, stored
from tests.e2e.steps import DESKTOP, PHONE, eventually, picture, signed_in


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_copy_is_made_moved_turned_and_taken_back(
    open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page(size)
    signed_in(page)
    at = around(page)
    made = proposed(page, "Saluran asli", [at(-30, 0), at(30, 0)], description="Sering tergenang")
    open_form(page, made)
    page.locator(".more-tools summary").click()
    picture(page, f"more-tools-{'phone' if size is PHONE else 'desktop'}")
    if size is PHONE:
        page.locator("[data-action=duplicate]").click()
    else:
        page.keyboard.press("Escape")  # the summary keeps the focus, the letter works all the same
        open_form(page, made)
        page.keyboard.press("d")
    turner = page.locator(".handle.is-turner")
    expect(turner).to_be_visible()
    copy = named(page, "Saluran asli (2)")[0]
    assert copy["properties"]["description"] == "Sering tergenang"
    x0, y0 = made["geometry"]["coordinates"][0]
    x1, y1 = copy["geometry"]["coordinates"][0]
    assert x1 > x0 and y1 < y0, "beside, below"
    picture(page, f"turn-{'phone' if size is PHONE else 'desktop'}")

    turner.focus()
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    eventually(
        page,
        lambda: stored(page, copy)["geometry"]["coordinates"],
        lambda line: abs(line[0][0] - line[1][0]) < 1e-6 and line[0][1] > line[1][1],
        "six times 15 degrees clockwise: from east to south",
    )
    saved(page)
    if size is PHONE:
        page.locator("#drawbar [data-draw=finish]").click()
    else:
        page.keyboard.press("Escape")
    page.locator("#toolbar [data-tool=undo]").click()
    expect(page.locator("#toast")).to_contain_text("bentuk")
    saved(page)
    page.locator("#toolbar [data-tool=undo]").click()
    expect(page.locator("#toast")).to_contain_text("salinan")
    assert named(page, "Saluran asli (2)") == []


def test_a_shape_is_turned_by_its_handle_and_moved_by_the_arrows(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    at = around(page)
    made = proposed(page, "Saluran putar", [at(-30, 0), at(30, 0)])

    def line_of() -> Line:
        line: Line = stored(page, made)["geometry"]["coordinates"]
        return line

    open_form(page, made, "en")
    page.locator("[data-action=move]").click()
    box = page.locator(".handle.is-turner").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 16, steps=4)
    expect(page.locator(".draw-label")).to_contain_text("45°")
    picture(page, "turning")
    page.mouse.up()
    turned = eventually(page, line_of, lambda line: line != made["geometry"]["coordinates"])
    saved(page)
    (ax, ay), (bx, by) = turned
    slope = math.degrees(math.atan2(ay - by, (bx - ax) * math.cos(math.radians(ay))))
    assert slope == pytest.approx(45, abs=4)
    page.locator("#map").focus()
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowUp")
    eventually(page, line_of, lambda line: line[0][1] > ay, "the arrows move it north")
    saved(page)


def test_the_direction_of_a_drain_is_turned_round(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    at = around(page)
    line = [at(-30, 0), at(0, 8), at(30, 0)]
    made = proposed(page, "Saluran balik", line)
    open_form(page, made)
    page.keyboard.press("i")
    expect(page.locator("#toast")).to_contain_text("dibalik")
    assert stored(page, made)["geometry"]["coordinates"] == line[::-1]
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_contain_text("bentuk")
    assert stored(page, made)["geometry"]["coordinates"] == line
