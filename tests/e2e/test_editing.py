"""Editing what is drawn: copies, turning, the direction of a line, its parts, and what the keyboard adds to drawing.

Walked in a real browser; what the server then holds is the measure.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import (
    DESKTOP,
    KELURAHAN,
    PHONE,
    drag,
    map_middle,
    picture,
    sign_in,
    slum_with_missing_drains,
)

ALL = "/api/v1/proposals"
Line = list[list[float]]


def token(page: Page) -> dict[str, str]:
    return {"X-CSRF-Token": page.request.get("/api/v1/session").json()["csrf_token"]}


def around(page: Page) -> Callable[[float, float], list[float]]:
    """East and north in metres from the middle of a slum RT, as a position."""
    lon, lat = slum_with_missing_drains(page)
    east = 111_320 * math.cos(math.radians(lat))
    return lambda x, y: [round(lon + x / east, 7), round(lat + y / 110_574, 7)]


def proposed(page: Page, title: str, line: Line, **fields: Any) -> dict[str, Any]:
    """A new draft of a drain."""
    document = {
        "type": "Feature", "geometry": {"type": "LineString", "coordinates": line},
        "properties": {"title": title, "work_type": "drain_new", **fields},
    }  # fmt: skip
    answer = page.request.post(ALL, data=document, headers=token(page))
    assert answer.status == 201, answer.text()
    made: dict[str, Any] = answer.json()
    return made


def stored(page: Page, made: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = page.request.get(f"{ALL}/{made['id']}").json()
    return found


def named(page: Page, title: str) -> list[dict[str, Any]]:
    found = page.request.get(f"{ALL}?kelurahan={KELURAHAN}&q={title}").json()["features"]
    return [one for one in found if one["properties"]["title"].startswith(title)]


def open_form(page: Page, made: dict[str, Any], lang: str = "id", zoom: int = 18) -> None:
    """Its form, and its middle in the middle of the map."""
    line = made["geometry"]["coordinates"]
    lon, lat = (sum(point[axis] for point in line) / len(line) for axis in (0, 1))
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}?lang={lang}#{zoom}/{lat:.6f}/{lon:.6f}&p={made['id']}")
    expect(page.locator(f"[data-proposal-form][data-id='{made['id']}']")).to_be_visible()
    page.wait_for_timeout(800)


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")


def drop(page: Page, title: str) -> None:
    for one in named(page, title):
        page.request.delete(f"{ALL}/{one['id']}", headers=token(page) | {"If-Match": "*"})


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_copy_is_made_moved_turned_and_taken_back(
    open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page(size)
    sign_in(page)
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
    copy = named(page, "Saluran asli (salinan)")[0]
    assert copy["properties"]["description"] == "Sering tergenang"
    x0, y0 = made["geometry"]["coordinates"][0]
    x1, y1 = copy["geometry"]["coordinates"][0]
    assert x1 > x0 and y1 < y0, "beside, below"
    picture(page, f"turn-{'phone' if size is PHONE else 'desktop'}")

    turner.focus()
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    saved(page)
    page.wait_for_timeout(1300)
    saved(page)
    (ax, ay), (bx, by) = stored(page, copy)["geometry"]["coordinates"]
    assert abs(ax - bx) < 1e-6 and ay > by, "six times 15 degrees clockwise: from east to south"
    if size is PHONE:
        page.locator("#drawbar [data-draw=finish]").click()
    else:
        page.keyboard.press("Escape")
    page.locator("#toolbar [data-tool=undo]").click()
    expect(page.locator("#toast")).to_contain_text("bentuk")
    page.wait_for_timeout(500)
    page.locator("#toolbar [data-tool=undo]").click()
    expect(page.locator("#toast")).to_contain_text("salinan")
    assert named(page, "Saluran asli (salinan)") == []
    drop(page, "Saluran asli")


def test_a_shape_is_turned_by_its_handle_and_moved_by_the_arrows(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    at = around(page)
    made = proposed(page, "Saluran putar", [at(-30, 0), at(30, 0)])
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
    page.wait_for_timeout(1300)
    saved(page)
    (ax, ay), (bx, by) = stored(page, made)["geometry"]["coordinates"]
    slope = math.degrees(math.atan2(ay - by, (bx - ax) * math.cos(math.radians(ay))))
    assert slope == pytest.approx(45, abs=4)
    page.locator("#map").focus()
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(1300)
    saved(page)
    assert stored(page, made)["geometry"]["coordinates"][0][1] > ay
    drop(page, "Saluran putar")


def test_the_direction_of_a_drain_is_turned_round(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
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
    drop(page, "Saluran balik")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_line_is_split_where_it_is_pressed_and_joined_again(
    open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page(size)
    sign_in(page)
    at = around(page)
    money = {"cost": 40_000_001, "funding": {"blm": 10_000_000}, "readiness": {"land": "signed"}}
    made = proposed(page, "Saluran bagi", [at(-40, 0), at(40, 0)], **money)
    open_form(page, {**made, "geometry": {"coordinates": [at(20, 0)]}, "id": made["id"]})
    name = "phone" if size is PHONE else "desktop"
    part_the_line(page, size, "split", f"split-{name}")
    expect(page.locator("#toast")).to_contain_text("Sudah dibagi dua")
    saved(page)
    kept, part = stored(page, made), named(page, "Saluran bagi (bagian 2)")[0]
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
    assert named(page, "Saluran bagi (bagian 2)") == []
    page.locator("#toolbar [data-tool=redo]").click()
    expect(page.locator("#toast")).to_contain_text("pembagian")
    page.wait_for_timeout(1000)

    part_the_line(page, size, "join", f"join-{name}", beside=20)
    expect(page.locator("#toast")).to_contain_text("digabung")
    whole = stored(page, made)
    assert whole["geometry"]["coordinates"][0] == made["geometry"]["coordinates"][0]
    assert whole["geometry"]["coordinates"][-1] == made["geometry"]["coordinates"][-1]
    assert whole["properties"]["cost"] == money["cost"]
    assert whole["properties"]["funding"] == money["funding"]
    assert named(page, "Saluran bagi (bagian 2)") == []
    told = page.request.get(f"{ALL}/{made['id']}/history").json()["history"]
    assert len(told) == 5, "made, split, undone, split again, joined: all on the longer part"
    drop(page, "Saluran bagi")


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
