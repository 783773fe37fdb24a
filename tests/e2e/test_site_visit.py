"""A site visit on a phone: the note waits without a network, is sent later, and is ticked off by the planner.

The device says where it is; the reviewer walks there, the planner sees the numbered place on the map.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests import files
from tests.e2e.steps import KELURAHAN, PHONE, map_drawn, picture, signed_in

BODY = "Ujung saluran tertutup sampah."


def proposed(page: Page, headers: dict[str, Any], title: str) -> str:
    """A PAKET drain of the planner, drawn where another drain is proposed already."""
    found = page.request.get(f"/api/v1/proposals?kelurahan={KELURAHAN}&limit=200").json()["features"]
    line = next(
        one
        for one in found
        if one["properties"]["work_type"] == "drain_new" and one["properties"]["state"] == "submitted"
    )
    given = {
        "title": title, "work_type": "drain_new", "is_paket": True, "cost": 60_000_000,
        "funding": {"paket": 40_000_000, "apbd": 20_000_000}, "readiness": {"drawing": True},
    }  # fmt: skip
    sent = {"type": "Feature", "geometry": line["geometry"], "properties": given}
    made = page.request.post("/api/v1/proposals", data=sent, headers=headers)
    assert made.status == 201, made.text()
    return str(made.json()["id"])


def step(page: Page, headers: dict[str, Any], key: str, action: str, note: str = "") -> None:
    answer = page.request.post(
        f"/api/v1/proposals/{key}/transitions", data={"action": action, "note": note}, headers=headers
    )
    assert answer.status == 200, answer.text()


def under_review(planner: Page, reviewer: Page, facilitator: Page, title: str) -> tuple[str, dict[str, str]]:
    """A PAKET work that the reviewer has begun to look at: its id, and the headers of the reviewer."""
    writes, checks, reviews = (
        signed_in(page, f"{role}@contoh.test")
        for page, role in ((planner, "planner"), (facilitator, "facilitator"), (reviewer, "reviewer"))
    )
    key = proposed(planner, writes, title)
    step(planner, writes, key, "submit")
    step(facilitator, checks, key, "verify", "Surat lahan menyusul.")
    step(reviewer, reviews, key, "start_review")
    return key, reviews


def test_a_note_waits_for_the_network_and_is_ticked_off(open_page: Callable[..., Page]) -> None:
    planner, reviewer = open_page(), open_page(PHONE, permissions=["geolocation"])
    key, reviews = under_review(planner, reviewer, open_page(), "Drainase untuk dikunjungi")
    lon, lat = planner.request.get(f"/api/v1/proposals/{key}").json()["geometry"]["coordinates"][0]

    reviewer.context.set_geolocation({"longitude": lon, "latitude": lat + 0.0004, "accuracy": 7})
    reviewer.goto(f"/review/{key}")
    reviewer.get_by_role("button", name="Saya di lokasi").click()
    where = reviewer.locator("[data-visit-status]")
    expect(where).to_contain_text("±7 m")
    expect(where).to_contain_text("Kegiatan berjarak")
    reviewer.locator("#visit-body").fill(BODY)
    reviewer.reload()
    expect(reviewer.locator("#visit-body")).to_have_value(BODY)
    expect(where).to_contain_text("±7 m")
    reviewer.locator("[name=photos]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": files.photo()}
    )
    reviewer.context.set_offline(True)
    reviewer.get_by_role("button", name="Simpan catatan").click()
    waiting = reviewer.locator("[data-visit-waiting] li")
    expect(waiting).to_contain_text("Menunggu jaringan")
    picture(reviewer, "visit-waiting-phone-id", waiting)
    reviewer.context.set_offline(False)
    kept = reviewer.locator(".visit-note")
    expect(kept).to_contain_text(BODY)
    expect(waiting).to_have_count(0)
    expect(kept.locator("img")).to_have_count(1)
    expect(reviewer.locator(".visit-pin-mark")).to_have_count(1)
    assert reviewer.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    picture(reviewer, "visit-kept-phone-id", kept)
    step(reviewer, reviews, key, "return", "Lihat catatan lapangan.")

    planner.goto(f"/plan/{KELURAHAN}#p={key}")
    pane = planner.locator("[data-pane=proposal]")
    expect(pane.locator(".visit-note")).to_contain_text(BODY)
    expect(planner.locator(".visit-pin-mark")).to_have_text("1")
    picture(planner, "visit-planner-id")
    pane.locator("[data-transition=submit]").dblclick()  # once for what is missing
    expect(planner.get_by_text("Masih ada 1 catatan lapangan")).to_be_visible()
    pane.locator(".visit-note input[name=answer]").fill("Sampah sudah diangkut.")
    pane.get_by_role("button", name="Sudah dijawab").click()
    expect(pane.locator(".visit-answer")).to_contain_text("Sampah sudah diangkut.")
    pane.locator("[data-transition=submit]").click()
    expect(planner.locator("[data-pane=proposal] .pill").first).to_have_text("Diajukan")


def test_a_shape_is_suggested_by_dragging_and_taken_on_a_phone(open_page: Callable[..., Page]) -> None:
    planner, reviewer = open_page(PHONE), open_page()
    key, reviews = under_review(planner, reviewer, open_page(), "Drainase dengan saran bentuk")

    reviewer.goto(f"/review/{key}")
    # By key, since what comes late may move the button under a pointer.
    reviewer.get_by_role("button", name="Sarankan bentuk lain").press("Enter")
    handle = reviewer.locator(".suggest-handle:not(.is-small)").first
    expect(handle).to_be_visible()
    map_drawn(reviewer)  # and stands still: it has moved to show the whole shape
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    reviewer.mouse.move(x, y)
    reviewer.mouse.down()
    reviewer.mouse.move(x + 40, y + 30, steps=6)
    reviewer.mouse.up()
    reviewer.locator("#suggest-note").fill("Mulai dari gorong-gorong.")
    picture(reviewer, "suggest-draw-id")
    reviewer.get_by_role("button", name="Kirim ke pengusul").click()
    expect(reviewer.locator(".suggestion:not(.relation)")).to_contain_text("Mulai dari gorong-gorong.")
    step(reviewer, reviews, key, "return", "Lihat saran bentuk.")

    before = planner.request.get(f"/api/v1/proposals/{key}").json()
    planner.goto(f"/plan/{KELURAHAN}#p={key}")
    expect(planner.locator("path.suggested-line")).to_have_count(1)
    picture(planner, "suggest-planner-id", planner.locator(".suggestions"))
    planner.on("dialog", lambda dialog: dialog.accept())
    planner.get_by_role("button", name="Pakai bentuk ini").tap()
    expect(planner.locator(".suggestion:not(.relation)")).to_contain_text("Diterima")
    expect(planner.locator("path.suggested-line")).to_have_count(0)
    after = planner.request.get(f"/api/v1/proposals/{key}").json()
    assert after["geometry"] != before["geometry"]
    assert after["properties"]["version"] == before["properties"]["version"] + 1
