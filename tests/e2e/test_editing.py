"""Editing what is drawn: copies, turning, the direction of a line, its parts, and what the keyboard adds to drawing.

Walked in a real browser; what the server then holds is the measure.
"""

from __future__ import annotations

import itertools
import json
import math
import re
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
    open_at,
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


def test_an_area_is_cut_by_a_line_drawn_across(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    at = around(page)
    ring = [at(-20, -10), at(20, -10), at(20, 10), at(-20, 10), at(-20, -10)]
    document = {
        "type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"title": "Area belah", "work_type": "green_space", "cost": 1_000_000},
    }  # fmt: skip
    answer = page.request.post(ALL, data=document, headers=token(page))
    assert answer.status == 201, answer.text()
    made = answer.json()
    open_form(page, {"id": made["id"], "geometry": {"coordinates": [at(0, 0)]}}, "en")
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
    kept, part = stored(page, made), named(page, "Area belah (part 2)")[0]
    assert kept["properties"]["cost"] == pytest.approx(750_000, rel=0.06)
    assert kept["properties"]["cost"] + part["properties"]["cost"] == 1_000_000
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_contain_text("splitting")
    assert stored(page, made)["geometry"] == made["geometry"]
    drop(page, "Area belah")


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


def drawing(page: Page, lon: float, lat: float, lang: str = "id") -> None:
    """The line tool in the hand, the place in the middle of the map."""
    open_at(page, lon, lat)
    page.goto(f"/plan/{KELURAHAN}?lang={lang}#18/{lat:.6f}/{lon:.6f}")
    expect(page.locator("#panel-body [data-proposal]").first).to_be_visible()
    page.locator("[data-new]").first.click()
    page.locator("[data-work-type=drain_new]").click()
    expect(page.locator("#drawbar")).to_be_visible()
    page.wait_for_timeout(800)


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            document.getElementById("map").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def save_as(page: Page, title: str) -> Line:
    """Finish and save; the line that the server then has."""
    page.keyboard.press("Enter")
    page.locator("[name=title]").fill(title)
    with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith(ALL)) as answer:
        page.locator("[data-action=save]").click()
    assert answer.value.status == 201, answer.value.text()
    line: Line = answer.value.json()["geometry"]["coordinates"]
    return line


def test_lengths_bearings_and_right_angles_are_typed(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    lon, lat = slum_with_missing_drains(page)
    drawing(page, lon, lat)
    x, y = map_middle(page)
    page.keyboard.press("s")  # no snapping, the figures are to be exact
    page.mouse.click(x - 100, y)
    page.keyboard.type("30<90")
    expect(page.locator(".draw-label")).to_contain_text("30,0 m · 90°")
    page.keyboard.press("Enter")
    page.mouse.move(x - 40, y + 60)
    page.keyboard.press("r")
    expect(page.locator("[data-draw=right]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("12,5")
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    page.keyboard.type("5000000")
    page.keyboard.press("Enter")
    expect(page.locator("#draw-entry-error")).to_contain_text("antara 0 dan 50 km")
    page.keyboard.press("Escape")
    expect(page.locator("#draw-entry-error")).to_have_text("")
    line = save_as(page, "Saluran diketik")
    east, north = 111_320 * math.cos(math.radians(lat)), 110_574
    assert len(line) == 3
    assert (line[1][0] - line[0][0]) * east == pytest.approx(30, rel=0.01)
    assert line[1][1] == pytest.approx(line[0][1], abs=1e-6)
    assert (line[2][1] - line[1][1]) * north == pytest.approx(-12.5, rel=0.01)
    assert line[2][0] == pytest.approx(line[1][0], abs=1e-6)
    drop(page, "Saluran diketik")


def test_coordinates_and_geojson_are_pasted_into_a_drawing(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    at = around(page)
    drawing(page, *at(0, 0))
    (ax, ay), (bx, by), (cx, cy) = at(-30, 0), at(0, 10), at(30, 0)
    error = page.locator("#draw-entry-error")
    paste(page, "52.5, 13.4")
    expect(error).to_contain_text("di luar Indonesia")
    paste(page, f"{ay}, {ax}")
    expect(error).to_have_text("")
    paste(page, f"{bx} {by}")
    paste(page, '{"type": "LineString", "coordinates": [[1, 2], [3]]}')
    expect(error).to_contain_text("coordinates[1]: harus dua angka")
    paste(page, f"{cy:.7f}".replace(".", ",") + "; " + f"{cx:.7f}".replace(".", ","))
    page.keyboard.press("Escape")
    page.locator("#confirm button[value=cancel]").click()  # three points would be lost
    assert save_as(page, "Saluran tempel") == [[ax, ay], [bx, by], [cx, cy]]
    drop(page, "Saluran tempel")

    drawing(page, *at(0, 0), "en")
    whole = [at(-20, 5), at(0, 15), at(20, 5)]
    paste(page, json.dumps({"type": "Feature", "geometry": {"type": "LineString", "coordinates": whole}}))
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+z")
    assert save_as(page, "Saluran geojson") == whole
    drop(page, "Saluran geojson")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_search_box_flies_to_coordinates(open_page: Callable[..., Page], size: dict[str, int]) -> None:
    page = open_page(size)
    page.goto("/?lang=en")
    box = page.locator("#search input")
    box.fill("107.7005, -5.5955")
    expect(page.locator("#search-results")).to_contain_text("read as longitude, latitude")
    picture(page, f"search-place-{'phone' if size is PHONE else 'desktop'}")
    box.press("Enter")
    expect(page).to_have_url(re.compile("#18/"))
    box.fill("-5,5955 107,7005")
    box.press("Enter")
    expect(page.locator("#search-results")).to_be_hidden()
    box.fill("38S 702178 9317060")
    box.press("Enter")
    expect(page.locator("#search-results")).to_contain_text("UTM needs its zone and letter")


def corner_of_roads(page: Page) -> Line:
    """A lane that ends on a road: 30 m up the lane, where it ends, 30 m along the road."""
    roads = page.request.get(f"/api/v1/export/roads.geojson?kelurahan={KELURAHAN}").json()["features"]
    west, south, east, north = page.request.get(f"/api/v1/regions/{KELURAHAN}").json()["bbox"]
    middle = [(west + east) / 2, (south + north) / 2]
    lines = [
        line
        for road in roads
        for line in (
            road["geometry"]["coordinates"]
            if road["geometry"]["type"] == "MultiLineString"
            else [road["geometry"]["coordinates"]]
        )
        if math.dist(line[0], middle) * 111_000 < 500
    ]
    pieces = [pair for line in lines for pair in itertools.pairwise(line) if metres(*pair) > 62]
    for line in lines:
        for end, before in (line[:2], line[::-1][:2]):
            if metres(end, before) < 31:
                continue
            for a, b in pieces:
                if away(end, a, b) < 0.3 and min(metres(end, a), metres(end, b)) > 31:
                    corner = [towards(end, before, 30), end, towards(end, b, 30)]
                    if 38 < metres(corner[0], corner[2]) < 46:
                        return corner
    raise AssertionError("the sample city has such a corner")


def metres(a: list[float], b: list[float]) -> float:
    """On the equator: near enough at 6 degrees south."""
    return math.dist(a, b) * 111_000


def towards(a: list[float], b: list[float], far: float) -> list[float]:
    share = far / metres(a, b)
    return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]


def on_screen(
    page: Page, lon: float, lat: float, middle: tuple[float, float], zoom: int
) -> tuple[float, float]:
    """Where a place stands on the screen when the middle of the map is at another (web mercator)."""
    world = 256 * 2**zoom

    def mercator(x: float, y: float) -> tuple[float, float]:
        return world * x / 360, -world * math.asinh(math.tan(math.radians(y))) / (2 * math.pi)

    (px, py), (mx, my), (x, y) = mercator(lon, lat), mercator(*middle), map_middle(page)
    return x + px - mx, y + py - my


def test_a_traced_line_follows_the_roads_round_a_corner(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    one, meet, other = corner_of_roads(page)
    middle = meet[0], meet[1]
    drawing(page, *middle)
    start, end = (on_screen(page, *place, middle, 18) for place in ((one[0], one[1]), (other[0], other[1])))
    page.mouse.click(*start)
    page.keyboard.press("t")
    expect(page.locator("[data-draw=trace]")).to_have_attribute("aria-pressed", "true")
    page.mouse.move(end[0] - 3, end[1])
    page.mouse.move(*end)
    expect(page.locator(".draw-label")).to_contain_text("mengikuti garis")
    picture(page, "trace")
    page.mouse.click(*end)
    line = save_as(page, "Saluran ikut jalan")
    size = sum(math.dist(a, b) for a, b in itertools.pairwise(line)) * 111_000
    assert size == pytest.approx(60, abs=6), "round the corner, not across"
    assert min(math.dist(point, meet) for point in line[1:-1]) * 111_000 < 3
    drop(page, "Saluran ikut jalan")


def away(point: list[float], a: list[float], b: list[float]) -> float:
    """Metres between a place and a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    return metres(point, [a[0] + t * dx, a[1] + t * dy])
