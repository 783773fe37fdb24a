"""Saving when something stands in the way: another window, a faulty form, a shape outside, a silent server.

Walked in a real browser. The other side of a conflict speaks through the API, signed in as the same or another person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.drawing import open_form
from tests.e2e.records import ALL, around, proposed, stored, token
from tests.e2e.steps import (
    DESKTOP,
    KELURAHAN,
    PHONE,
    begin,
    draw_line,
    eventually,
    map_drawn,
    open_at,
    picture,
    signed_in,
    slum_with_missing_drains,
)


def drafted(page: Page, title: str) -> dict[str, Any]:
    """A new draft in a slum RT: a drain of three corners with money and papers."""
    at = around(page)
    return proposed(
        page, title, [at(-44, 0), at(0, 11), at(44, 0)], description="Sering tergenang", cost=40_000_000,
        funding={"blm": 10_000_000}, readiness={"land": "verbal"},
    )  # fmt: skip


def changed(page: Page, made: dict[str, Any], geometry: dict[str, Any] | None = None, **fields: Any) -> None:
    """The other side saves first."""
    now = page.request.get(f"{ALL}/{made['id']}").json()
    kept = {"title", "work_type", "description", "cost", "funding", "readiness", "is_paket"}
    properties = {name: now["properties"][name] for name in kept} | fields
    document = {"type": "Feature", "geometry": geometry or now["geometry"], "properties": properties}
    headers = token(page) | {"If-Match": f'"{now["properties"]["version"]}"'}
    answer = page.request.put(f"{ALL}/{made['id']}", data=document, headers=headers)
    assert answer.status == 200, answer.text()


def move_a_corner(page: Page, times: int = 12) -> None:
    """The middle corner to the right by the arrow keys."""
    page.locator("[data-action=edit-shape]").click()
    handle = page.locator(".handle[data-corner='0/1']")
    for _ in range(times):
        handle.press("Shift+ArrowUp")


def moved(made: dict[str, Any], by: float) -> dict[str, Any]:
    line = [list(point) for point in made["geometry"]["coordinates"]]
    line[1][1] -= by
    return {"type": "LineString", "coordinates": line}


def test_what_only_one_side_changed_merges_by_itself_and_is_listed(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    made = drafted(page, "Saluran gabung")
    open_form(page, made)
    changed(page, made, cost=55_000_000, funding={"blm": 12_000_000})
    page.locator("[name=title]").fill("Saluran gabung, judul baru")
    page.locator("[name=description]").click()
    expect(page.locator("#toast")).to_contain_text("Digabung sendiri dengan “Jendela lain, ")
    expect(page.locator("#toast")).to_contain_text("Biaya")
    expect(page.locator("#conflict")).to_be_hidden()
    expect(page.locator("#save-state")).to_have_text("Tersimpan")
    now = stored(page, made)["properties"]
    assert (now["title"], now["cost"], now["funding"]) == (
        "Saluran gabung, judul baru", 55_000_000, {"blm": 12_000_000},
    )  # fmt: skip
    expect(page.locator("[name=cost]")).to_have_value("55.000.000")


def test_a_conflict_is_decided_field_by_field_and_ends_saved(open_page: Callable[..., Page]) -> None:
    page, other = open_page(PHONE), open_page()
    signed_in(page)
    signed_in(other, "admin@contoh.test")
    made = drafted(page, "Saluran bentrok")
    open_form(page, made)
    changed(
        other,
        made,
        title="Saluran admin",
        cost=62_500_000,
        description="Kata admin",
        readiness={"land": "signed"},
    )
    page.locator("[name=cost]").fill("48.000.000")
    page.locator("[name=title]").fill("Saluran saya")
    page.locator("select[name='readiness.land']").select_option("certificate")
    dialog = page.locator("#conflict")
    expect(dialog).to_be_visible()
    picture(page, "conflict-fields")
    expect(dialog.locator("h2")).to_contain_text(
        re.compile(r"mengubah usulan ini pukul \d\d\.\d\d\. Pilih per bagian")
    )
    expect(dialog.locator("h2")).not_to_contain_text("Anda sendiri")
    cost = dialog.locator("[data-field=cost]")
    expect(cost).to_contain_text("Rp 48.000.000")
    expect(cost).to_contain_text("Rp 62.500.000")
    expect(cost).to_contain_text("Versi asal: Rp 40.000.000")
    land = dialog.locator("[data-field='readiness.land']")
    expect(land).to_contain_text(re.compile("sertifikat", re.I))
    expect(dialog).to_contain_text("Digabung sendiri")
    expect(dialog).to_contain_text("Kata admin")
    expect(dialog.locator("[data-field=description]")).to_have_count(0)
    expect(dialog.locator("[data-field=geometry]")).to_have_count(0)
    box = dialog.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert dialog.evaluate("d => d.scrollWidth <= d.clientWidth")

    page.keyboard.press("Escape")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator("[role=alert]")).to_contain_text("Pilih versi untuk: Judul, Biaya")
    dialog.locator("[data-field=title] input[value=mine]").check()
    cost.locator("input[value=theirs]").check()
    land.locator("input[value=mine]").check()
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#save-state")).to_have_text("Tersimpan")
    expect(page.locator("[name=title]")).to_have_value("Saluran saya")
    now = stored(page, made)["properties"]
    assert (now["title"], now["cost"], now["description"], now["readiness"]["land"]) == (
        "Saluran saya", 62_500_000, "Kata admin", "certificate",
    )  # fmt: skip
    page.wait_for_timeout(1500)
    assert stored(page, made)["properties"]["version"] == 3, "nothing is sent after the choice"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_of_two_shapes_both_can_be_kept(open_page: Callable[..., Page], size: dict[str, int]) -> None:
    page = open_page(size)
    signed_in(page)
    made = drafted(page, "Saluran dua bentuk")
    open_form(page, made, "en")
    theirs = moved(made, 0.0003)
    changed(page, made, geometry=theirs)
    move_a_corner(page)
    dialog = page.locator("#conflict")
    expect(dialog).to_be_visible()
    expect(dialog.locator("h2")).to_contain_text("You changed this proposal yourself in another window at ")
    shape = dialog.locator("[data-field=geometry]")
    expect(shape.locator(".conflict-line")).to_have_count(2)
    expect(shape).to_contain_text(re.compile(r"\d+\.\d m, 3 points"))
    expect(page.locator(".sketch-line.is-mine")).to_have_count(1)
    expect(page.locator(".sketch-line.is-theirs")).to_have_count(1)
    expect(page.locator(".handle")).to_have_count(0)
    map_drawn(page)
    covered = dialog.bounding_box()
    for name in ("mine", "theirs"):
        drawn = page.locator(f".sketch-line.is-{name}").bounding_box()
        assert drawn and covered
        beside = drawn["x"] + drawn["width"] <= covered["x"] or drawn["y"] + drawn["height"] <= covered["y"]
        assert beside, f"the dialog covers {name}"
    picture(page, f"conflict-{'phone-' if size is PHONE else ''}shapes")
    shape.locator("input[value=both]").check()
    dialog.locator("button[type=submit]").click()
    expect(page.locator("#toast")).to_contain_text("Saluran dua bentuk (2)")
    expect(page.locator("#save-state")).to_have_text("Saved")
    assert stored(page, made)["geometry"] == theirs
    found = page.request.get(f"{ALL}?kelurahan={KELURAHAN}&q=Saluran dua bentuk (2)").json()["features"]
    copy = found[0]
    assert copy["properties"]["state"] == "draft"
    mine, base = copy["geometry"]["coordinates"][1], made["geometry"]["coordinates"][1]
    assert mine[1] > base[1] > theirs["coordinates"][1][1]
    expect(page.locator(".sketch-line")).to_have_count(0)
    for feature in found:
        headers = token(page) | {"If-Match": "*"}
        page.request.delete(f"{ALL}/{feature['id']}", headers=headers)


def test_what_was_submitted_meanwhile_is_left_or_becomes_a_new_draft(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    made = drafted(page, "Saluran terkirim")
    open_form(page, made)
    sent = page.request.post(
        f"{ALL}/{made['id']}/transitions", data={"action": "submit"}, headers=token(page)
    )
    assert sent.status == 200
    page.locator("[name=title]").fill("Saluran terkirim, terlambat")
    page.locator("[name=description]").click()
    dialog = page.locator("#conflict")
    expect(dialog).to_contain_text("tidak bisa diubah lagi")
    dialog.locator("input[value=both]").check()
    dialog.locator("button[type=submit]").click()
    expect(page.locator("#toast")).to_contain_text("Saluran terkirim, terlambat (2)")
    expect(page.locator("#save-state")).to_have_text("Tersimpan")
    assert stored(page, made)["properties"]["title"] == "Saluran terkirim"


def test_save_says_why_it_cannot_take_a_shape_outside(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    west, south, _, north = page.request.get(f"/api/v1/regions/{KELURAHAN}").json()["bbox"]
    open_at(page, west, (south + north) / 2, 13)
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" and r.url.endswith(ALL) else None)
    begin(page, "drain_new")
    draw_line(page, 150)
    note = page.locator("[data-preview] [data-refuses]")
    expect(note).to_contain_text(re.compile(r"\d,\d km dari bentuk ini di luar kelurahan"))
    save = page.locator("[data-action=save]")
    expect(save).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#save-refusal")).to_be_visible()
    page.locator("[name=title]").fill("Terlalu jauh")
    save.click(force=True)  # aria-disabled, so that it can still say why
    expect(page.locator("#save-state")).to_contain_text("Periksa isian")
    expect(note).to_be_focused()
    assert sent == []
    picture(page, "save-refused")


def test_an_outline_that_crosses_itself_is_said_once(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon, lat)
    page.locator("[data-new]").first.click()
    page.locator("[data-work-type=green_space]").click()
    expect(page.locator("#drawbar")).to_be_visible()
    box = page.locator("#map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in ((-90, -60), (90, 60), (90, -60), (-90, 60)):
        page.mouse.move(x + dx, y + dy)
        page.mouse.click(x + dx, y + dy)
    page.keyboard.press("Enter")
    expect(page.locator("#drawbar")).to_be_hidden()
    save = page.locator("[data-action=save]")
    expect(save).to_have_attribute("aria-disabled", "true")
    label = page.locator(".draw-label.is-warning")
    expect(label).to_contain_text("memotong dirinya")
    beside = label.bounding_box()
    assert beside
    assert abs(beside["x"] - x) < 200
    assert abs(beside["y"] - y) < 120
    page.locator("[name=title]").fill("Taman silang")
    save.click(force=True)  # aria-disabled, so that it can still say why
    expect(page.get_by_text("memotong dirinya").locator("visible=true")).to_have_count(1)
    picture(page, "crossing")


def test_a_faulty_form_says_check_the_form_and_leads_to_the_field(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon - 0.0004, lat + 0.0004)
    begin(page, "road_concrete")
    draw_line(page, 50)
    page.locator("[name=title]").fill("Beton Gang Periksa")
    page.locator("[name=cost]").fill("1.000.000")
    page.locator("details.more:has(.funds) summary").click()
    page.locator("details.more [name^='funding.']").first.fill("9.000.000")
    page.locator("details.more:has(.funds) summary").click()
    page.locator("[data-action=save]").click()
    expect(page.locator("#save-state")).to_have_text("Periksa isian")
    expect(page.locator("[data-error-for=funding]")).to_contain_text(
        "Rp 9.000.000 melebihi biaya Rp 1.000.000"
    )
    expect(page.locator("#toast")).to_be_empty()
    expect(page.locator("[name^='funding.']:focus")).to_have_count(1)
    page.locator("[name=title]").fill("")
    page.locator("[name=cost]").fill("20.000.000")
    page.locator("[data-action=save]").click()
    expect(page.locator("[name=title]")).to_be_focused()
    expect(page.locator("[data-error-for=title]")).to_contain_text("Isi judul")
    page.locator("[name=title]").fill("Beton Gang Periksa")
    page.locator("[data-action=save]").click()
    expect(page.locator("#save-state")).to_have_text("Tersimpan")


def test_only_a_server_that_fails_or_is_not_reached_is_tried_again(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    made = drafted(page, "Saluran putus")
    open_form(page, made)
    page.route(
        f"**{ALL}/{made['id']}",
        lambda route: (
            route.fulfill(status=503, body="") if route.request.method == "PUT" else route.continue_()
        ),
    )
    page.locator("[name=title]").fill("Saluran putus, 503")
    page.locator("[name=description]").click()
    expect(page.locator("#save-state")).to_have_text("Gagal, coba lagi")
    expect(page.locator("#toast button")).to_be_visible()
    page.unroute(f"**{ALL}/{made['id']}")
    page.route(
        f"**{ALL}/{made['id']}",
        lambda route: route.abort() if route.request.method == "PUT" else route.continue_(),
    )
    page.locator("#toast button").click()
    expect(page.locator("#save-state")).to_contain_text("Luring: 1")
    expect(page.locator("#toast span")).to_have_text(
        "Tidak ada sambungan. Pekerjaan Anda aman di perangkat ini."
    )
    page.unroute(f"**{ALL}/{made['id']}")
    page.locator("#toast button").click()
    expect(page.locator("#save-state")).to_have_text("Tersimpan")
    assert stored(page, made)["properties"]["title"] == "Saluran putus, 503"


def test_what_is_typed_before_the_editor_is_there_is_saved_all_the_same(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    signed_in(page)
    made = drafted(page, "Saluran lambat")
    held: list[Route] = []
    # On a poor line the form is there long before its script.
    page.route("**/chunk-editor-*.js", lambda route: held.append(route))
    page.goto(f"/plan/{KELURAHAN}#p={made['id']}")
    page.locator("[name=description]").fill("Diketik lebih dulu")
    eventually(page, lambda: len(held), bool, "the editor was not asked for")
    page.unroute("**/chunk-editor-*.js")  # and lets what was held go on
    eventually(
        page, lambda: stored(page, made)["properties"]["description"], lambda said: said == "Diketik lebih dulu",
    )  # fmt: skip
    expect(page.locator("#save-state")).to_have_text("Tersimpan")


def test_what_is_typed_is_said_to_be_on_the_device_and_is_sent_before_signing_out(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    signed_in(page)
    made = drafted(page, "Saluran keluar")
    open_form(page, made)
    state, text = page.locator("#save-state"), page.locator("[name=description]")
    text.fill("Diketik")
    eventually(
        page,
        lambda: (state.text_content(), stored(page, made)["properties"]["description"]),
        lambda seen: seen[0] == "Tersimpan di perangkat ini" or seen == ("Tersimpan", "Diketik"),
        "neither said to be on this device nor with the server",
    )
    page.context.set_offline(True)
    text.fill("Diketik tanpa jaringan")
    expect(state).to_have_text("Luring: 1 perubahan menunggu")
    page.context.set_offline(False)
    page.locator(".account summary").click()
    page.locator("[data-sign-out] button").click()
    page.wait_for_url(re.compile(r"/(\?.*|#.*)?$"))
    signed_in(page)
    assert stored(page, made)["properties"]["description"] == "Diketik tanpa jaringan"
