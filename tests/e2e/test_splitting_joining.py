"""A line is split and joined, an area cut: money and papers are shared out, and one step back makes it whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import open_form, saved
from tests.e2e.records import ALL, around, feature, named, proposed, sent, stored
from tests.e2e.steps import DESKTOP, PHONE, drag, eventually, map_middle, picture, signed_in


def part_the_line(page: Page, size: dict[str, int], tool: str, name: str, beside: int = 0) -> None:
    """Split or join at the middle of the map, or so many px to its right: by key and mouse, or menu and cross-hair."""
    if size is PHONE:
        page.locator("[data-pane=proposal] .more-tools summary").click()
        page.locator(f"[data-action={tool}]").click()
        expect(page.locator("#drawbar [data-draw=finish]")).to_be_hidden()
        if beside:
            x, y = map_middle(page)
            drag(page, x, y, x - beside, y)
        picture(page, name)
        page.locator("#drawbar [data-draw=add]").click()
        return
    page.keyboard.press({"split": "x", "join": "j"}[tool])
    expect(page.locator("#drawbar")).to_be_visible()
    x, y = map_middle(page)
    page.mouse.move(x + beside + 2, y + 3)
    page.mouse.move(x + beside, y + 3)
    picture(page, name)
    page.mouse.click(x + beside, y + 3)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_line_is_split_where_it_is_pressed_and_joined_again(
    open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page(size)
    signed_in(page)
    at = around(page)
    money = {"cost": 40_000_001, "funding": {"blm": 10_000_000}, "readiness": {"land": "signed"}}
    made = proposed(page, "Saluran bagi", [at(-40, 0), at(40, 0)], **money)
    open_form(page, made, middle=at(20, 0))
    name = "phone" if size is PHONE else "desktop"
    part_the_line(page, size, "split", f"split-{name}")
    expect(page.locator("#toast")).to_contain_text("Sudah dibagi dua")
    saved(page)
    kept, part = stored(page, made), named(page, "Saluran bagi (2)")[0]
    assert [one["properties"]["funding"]["blm"] for one in (kept, part)] == [
        pytest.approx(7_500_000, rel=0.05), pytest.approx(2_500_000, rel=0.15),
    ]  # fmt: skip
    assert kept["properties"]["cost"] + part["properties"]["cost"] == money["cost"]
    assert part["properties"]["readiness"]["land"] == "signed"
    assert "Dipisah dari “Saluran bagi”" in part["properties"]["description"]
    assert kept["geometry"]["coordinates"][1] == part["geometry"]["coordinates"][0]

    page.locator("#toolbar [data-tool=undo]").click()
    expect(page.locator("#toast")).to_contain_text("pembagian")
    assert stored(page, made)["geometry"] == made["geometry"]
    assert named(page, "Saluran bagi (2)") == []
    page.locator("#toolbar [data-tool=redo]").click()
    eventually(page, lambda: named(page, "Saluran bagi (2)"), lambda parts: len(parts) == 1)
    saved(page)

    # A road lies nearer to where is pressed than the part.
    proposed(page, "Jalan di samping bagi", [at(0, -2), at(60, -2)], work_type="road_paving")
    open_form(page, made, middle=at(20, 0))
    part_the_line(page, size, "join", f"join-{name}", beside=20)
    expect(page.locator("#toast")).to_contain_text("Sudah digabung")
    saved(page)
    whole = stored(page, made)
    assert whole["geometry"]["coordinates"][0] == made["geometry"]["coordinates"][0]
    assert whole["geometry"]["coordinates"][-1] == made["geometry"]["coordinates"][-1]
    assert whole["properties"]["cost"] == money["cost"]
    assert whole["properties"]["funding"] == money["funding"]
    assert named(page, "Saluran bagi (2)") == []
    told = page.request.get(f"{ALL}/{made['id']}/history").json()["history"]
    assert len(told) == 5, "made, split, undone, split again, joined: all on the longer part"


def test_on_the_phone_a_line_comes_under_the_cross_hair_to_be_split(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    signed_in(page)
    at = around(page)
    made = proposed(page, "Saluran di samping", [at(-40, 0), at(40, 0)])
    open_form(page, made, middle=at(20, 40))
    part_the_line(page, PHONE, "split", "split-under-hair")
    expect(page.locator("#toast")).to_contain_text("Sudah dibagi dua")
    saved(page)
    (part,) = named(page, "Saluran di samping (2)")
    volume = part["properties"]["volume"]
    assert stored(page, made)["properties"]["volume"] == pytest.approx(volume, rel=0.02), "in its middle"


def twins(page: Page, made: dict[str, Any]) -> list[tuple[str, str]]:
    """What a rule or a person holds to be the same as a proposal, and what was last said of it."""
    found = page.request.get(f"{ALL}/{made['id']}/relations").json()["relations"]
    return [(one["id"], one["outcome"]) for one in found if one["kind"] == "duplicate"]


def test_an_area_is_cut_by_a_line_drawn_across(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    at = around(page)
    ring = [at(-20, -10), at(20, -10), at(20, 10), at(-20, 10), at(-20, -10)]
    hole = [at(7, -2), at(7, 2), at(13, 2), at(13, -2), at(7, -2)]  # the line will run through it
    area = feature("Polygon", [ring, hole], title="Area belah", work_type="green_space", cost=1_000_000)
    made = sent(page, "POST", ALL, area)
    open_form(page, made, "en", middle=at(0, 0))
    page.locator(".more-tools summary").click()
    page.locator("[data-action=split]").click()
    expect(page.locator("#toast")).to_contain_text("Draw a line across the area")
    page.keyboard.press("s")  # no snapping
    x, y = map_middle(page)
    page.mouse.click(x + 17, y - 60)
    page.mouse.move(x + 17, y)
    page.mouse.click(x + 17, y)
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("right across")
    page.mouse.move(x + 17, y + 60)
    picture(page, "cut-area")
    page.mouse.click(x + 17, y + 60)
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("Split in two")
    kept, part = stored(page, made), named(page, "Area belah (2)")[0]
    assert kept["properties"]["cost"] == pytest.approx(750_000, rel=0.06)
    assert kept["properties"]["cost"] + part["properties"]["cost"] == 1_000_000
    assert [len(one["geometry"]["coordinates"]) for one in (kept, part)] == [1, 1]
    assert sorted(len(one["geometry"]["coordinates"][0]) for one in (kept, part)) == [9, 9]
    # Both reach the same homes, yet whoever cuts has said that they are two.
    assert twins(page, made) == [(part["properties"]["id"], "dismissed")]
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_contain_text("splitting")
    assert stored(page, made)["geometry"] == made["geometry"]
