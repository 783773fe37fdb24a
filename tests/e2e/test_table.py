"""Many proposals at once: the table beside the map, writing in a cell, the dialog for several, one step back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import PHONE, at_work


def drafts(page: Page) -> None:
    """The table with the drafts in it."""
    expect(page.locator("#scale")).not_to_be_empty()  # the script listens
    page.keyboard.press("b")
    table = page.locator("#table")
    expect(table.locator("tbody tr").first).to_be_visible()
    table.locator("[name=state]").select_option("draft")
    expect(table.locator("tbody tr")).to_have_count(len(versions(page)))


def versions(page: Page) -> dict[str, dict]:
    """Every draft of the kelurahan as the API tells it."""
    answer = page.request.get("/api/v1/proposals?kelurahan=99.01.01.1001&state=draft&limit=500").json()
    return {one["id"]: one["properties"] for one in answer["features"]}


def test_a_cell_is_written_with_enter_taken_back_with_undo_or_refused(open_page: Callable[..., Page]) -> None:
    page = open_page()
    at_work(page)
    drafts(page)
    row = page.locator("#table tbody tr").first
    key = str(row.get_attribute("data-id"))
    before = versions(page)[key]["cost"]
    row.locator("[data-edit=cost]").click()
    page.keyboard.type("98.765.400")
    page.keyboard.press("Enter")
    expect(page.locator(f"#table tr[data-id='{key}'] [data-col=cost]")).to_have_text("98.765.400")
    assert versions(page)[key]["cost"] == 98_765_400
    page.keyboard.press("Control+z")
    expect(page.locator(f"#table tr[data-id='{key}'] [data-col=cost]")).not_to_have_text("98.765.400")
    assert versions(page)[key]["cost"] == before

    cell = page.locator(f"#table tr[data-id='{key}'] [data-col=cost]")
    shown = cell.inner_text()
    cell.locator("[data-edit]").click()
    page.keyboard.type("-5")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("lebih dari 0")
    expect(cell).to_have_text(shown)


def test_several_are_changed_together_and_brought_back_in_one_step(open_page: Callable[..., Page]) -> None:
    page = open_page()
    at_work(page)
    drafts(page)
    before = versions(page)
    page.locator("#table [data-choose-all]").check()
    expect(page.locator("#toolbar [data-tool=layers]")).to_be_in_viewport(ratio=0.9)
    bar = page.locator("#many-bar")
    expect(bar.locator("[data-many-count]")).to_have_text(f"{len(before)} dipilih")
    bar.locator("[data-many=edit]").click()
    dialog = page.locator("#bulk")
    dialog.get_by_label("PAKET").select_option("yes")
    dialog.get_by_label("Gambar", exact=True).select_option("yes")
    dialog.locator("button[value=ok]").click()
    expect(page.locator("#toast")).to_contain_text(f"perubahan {len(before)} usulan")
    now = versions(page)
    assert all(one["is_paket"] and one["readiness"]["drawing"] for one in now.values())
    page.locator("#toast").get_by_role("button", name="Urungkan").click()
    expect(page.locator("#toast")).to_contain_text("Diurungkan")
    again = versions(page)
    for key, one in again.items():
        assert (one["is_paket"], one["cost"], one["funding"]) == (
            before[key]["is_paket"], before[key]["cost"], before[key]["funding"],
        )  # fmt: skip
        assert bool(one["readiness"].get("drawing")) == bool(before[key]["readiness"].get("drawing"))


def test_on_the_phone_the_table_fills_the_screen_and_closes(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, "en")
    at_work(page)
    page.locator("#panel [data-table-open]").click()
    table = page.locator("#table")
    expect(table.locator("tbody tr").first).to_be_visible()
    box = table.bounding_box()
    assert box is not None and box["width"] == 390
    table.locator("[data-choose]").first.check()
    expect(page.locator("#many-bar")).to_contain_text("1 chosen")
    table.locator("[data-table-close]").click()
    expect(table).to_be_hidden()


def around(page: Page) -> list[tuple[float, float]]:
    """Corners of a loop around most of the map that nothing covers."""
    box, panel = page.locator("#map").bounding_box(), page.locator("#panel").bounding_box()
    assert box is not None and panel is not None
    on_phone = panel["width"] == box["width"]
    left, right, top = (
        box["x"] + 75,
        (box if on_phone else panel)["x"] + (box["width"] if on_phone else 0) - 12,
        190.0,
    )
    bottom = (panel["y"] if on_phone else box["y"] + box["height"]) - 45
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top + 12)]


def until_chosen(page: Page, draw: Callable[[], None]) -> None:
    """Draw until something is caught: the proposals may not be on the map yet."""
    for _ in range(20):
        draw()
        if page.locator("#many-bar").is_visible():
            break
        page.wait_for_timeout(250)
    expect(page.locator("#many-bar [data-many-count]")).to_have_text(re.compile(r"^[1-9]\d* dipilih$"))


def test_a_loop_by_mouse_chooses_what_lies_in_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    at_work(page)
    expect(page.locator("#scale")).not_to_be_empty()

    def draw() -> None:
        start, *corners = around(page)
        page.keyboard.down("Shift")
        page.mouse.move(*start)
        page.mouse.down()
        for corner in corners:
            page.mouse.move(*corner, steps=3)
        page.mouse.up()
        page.keyboard.up("Shift")

    until_chosen(page, draw)
    page.locator("#many-bar [data-many=clear]").click()
    expect(page.locator("#many-bar")).to_be_hidden()


def test_a_loop_by_finger_chooses_what_lies_in_it(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    at_work(page)
    expect(page.locator("#scale")).not_to_be_empty()
    tool, session = page.locator("#toolbar [data-tool=lasso]"), page.context.new_cdp_session(page)

    def touch(kind: str, points: list[tuple[float, float]]) -> None:
        given = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

    def draw() -> None:
        tool.tap()
        expect(tool).to_have_attribute("aria-pressed", "true")
        start, *corners = around(page)
        touch("touchStart", [start])
        for corner in corners:
            touch("touchMove", [corner])
        touch("touchEnd", [])
        expect(tool).to_have_attribute("aria-pressed", "false")

    until_chosen(page, draw)
    expect(page.locator("#toast")).to_be_empty()
