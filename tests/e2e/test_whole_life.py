"""The whole life of a PAKET work: drawn, returned, mended, approved, funded, built, shown with its photo.

Five people, each in a browser of their own, press only what their pages offer them; the reviewer mostly uses the
keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests import files
from tests.e2e.steps import KELURAHAN, begin, draw_line, open_at, picture, signed_in, slum_with_missing_drains

TITLE = "Drainase Gang Kenanga dari awal sampai jadi"
SLOW_MS = 60_000
"""For answers that a server which has just begun works out first: facts of the kelurahan, a ranking."""
REASON = "Surat hibah lahan RT 02 belum ada."
STATES = (
    "Diajukan", "Diverifikasi", "Ditinjau", "Dikembalikan", "Diajukan", "Diverifikasi", "Ditinjau", "Disetujui",
    "Didanai", "Dikerjakan", "Selesai",
)  # fmt: skip


def test_a_paket_work_lives_from_the_drawing_to_the_works(open_page: Callable[..., Page]) -> None:
    planner, facilitator, reviewer, city = (open_page() for _ in range(4))
    for page, role in (
        (planner, "planner"),
        (facilitator, "facilitator"),
        (reviewer, "reviewer"),
        (city, "city"),
    ):
        signed_in(page, f"{role}@contoh.test")

    key = draw(planner)
    step(planner, "submit", "Diajukan")
    take_turn(facilitator, key, "verify", "Diverifikasi", "Surat lahan menyusul.")
    send_back(reviewer, key)
    mend(planner, key)
    step(planner, "submit", "Diajukan")
    take_turn(facilitator, key, "verify", "Diverifikasi")
    approve(reviewer, key)
    take_turn(city, key, "fund", "Didanai")
    take_turn(facilitator, key, "start_works", "Dikerjakan")
    show_the_works(planner, key)
    take_turn(facilitator, key, "complete", "Selesai", "Serah terima dengan warga RT 02.")
    read_as_everybody(open_page(), key)


def draw(planner: Page) -> str:
    """A drain through a slum RT, with its reason and its money; its id."""
    lon, lat = slum_with_missing_drains(planner)
    open_at(planner, lon - 0.0003, lat - 0.0003)
    begin(planner, "drain_new")
    draw_line(planner)
    expect(planner.locator("[data-preview] .figure")).to_have_count(4, timeout=SLOW_MS)
    planner.locator("[name=title]").fill(TITLE)
    planner.locator("[name=description]").fill("Gang tergenang setiap hujan.")
    planner.locator("[name=cost]").fill("50.000.000")
    planner.locator("[name='funding.paket']").fill("50.000.000")
    planner.locator("[name=is_paket]").check()
    planner.locator("[name=cost_reason]").fill("Harga setempat.")
    with planner.expect_response(
        lambda r: r.request.method == "POST" and r.url.endswith("/api/v1/proposals")
    ) as saved:
        planner.locator("[data-action=save]").click()
    return str(saved.value.json()["id"])


def pane(page: Page) -> Locator:
    return page.locator("[data-pane=proposal]")


def step(page: Page, action: str, state: str) -> None:
    """Press the button of a step in the open panel and see the state it leads to."""
    button = page.locator(f"[data-transition={action}]")
    if action == "submit":
        expect(button).to_have_text("Ajukan", timeout=SLOW_MS)  # and not what is missing
    button.click()
    expect(pane(page).locator(".pill").first).to_have_text(state, timeout=SLOW_MS)


def take_turn(page: Page, key: str, action: str, state: str, note: str = "") -> None:
    """Open the work in the workspace, say something, take a step."""
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}?lang=id#p={key}")
    expect(pane(page)).to_contain_text(TITLE, timeout=SLOW_MS)
    if note:
        page.locator("[name=transition_note]").fill(note)
    step(page, action, state)


def start_review(reviewer: Page, key: str, marked: str) -> None:
    """From the queue, where the work is marked so, into the work, until its script hears the keys."""
    reviewer.goto("/review?lang=id")
    row = reviewer.locator(f"tr[data-proposal='{key}']")
    expect(row).to_contain_text(marked)
    row.locator(".queue-title").focus()
    reviewer.keyboard.press("Enter")
    reviewer.wait_for_url(re.compile(f"/review/{key}"))
    reviewer.get_by_role("button", name="Mulai tinjau").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Ditinjau")
    expect(reviewer.locator("#map .leaflet-tile-pane")).to_be_attached()


def send_back(reviewer: Page, key: str) -> None:
    """Ticks by number key, survives a look at another work, is asked for the reason and gives it."""
    start_review(reviewer, key, "berkas kurang")
    land = reviewer.locator("[data-item='1']")
    reviewer.keyboard.press("1")
    reviewer.keyboard.press("1")
    expect(land.get_by_label("Tidak", exact=True)).to_be_checked()
    land.locator(".check-note").fill("baru izin lisan")
    land.locator(".check-note").press("Enter")
    expect(reviewer.locator("[data-refused]")).to_have_count(0)
    reviewer.locator("h1").click()
    reviewer.keyboard.press("k")
    reviewer.wait_for_url(lambda url: "/review/" in url and key not in url)
    reviewer.goto(f"/review/{key}")
    expect(land.get_by_label("Tidak", exact=True)).to_be_checked()
    expect(land.locator(".check-note")).to_have_value("baru izin lisan")

    reviewer.get_by_role("button", name="Kembalikan untuk diperbaiki").click()
    expect(reviewer.locator("[data-refused] a")).to_have_attribute("href", "#r-note")
    expect(reviewer.locator("#r-note")).to_be_focused()
    expect(reviewer.locator("#r-note")).to_be_in_viewport()
    picture(reviewer, "review-refused-id")
    reviewer.locator("#r-note").fill(REASON)
    reviewer.get_by_role("button", name="Kembalikan untuk diperbaiki").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Dikembalikan")
    expect(reviewer.locator(".timeline")).to_contain_text("[ ] Dokumen lahan: baru izin lisan")


def mend(planner: Page, key: str) -> None:
    """The reason stands where the work is edited; the papers are ticked there."""
    planner.goto("about:blank")
    planner.goto(f"/plan/{KELURAHAN}?lang=id#p={key}")
    expect(pane(planner)).to_contain_text(REASON, timeout=SLOW_MS)
    planner.locator("[name='readiness.land']").select_option("signed")
    for paper in ("survey", "drawing", "cost_estimate"):
        planner.locator(f"[name='readiness.{paper}']").check()


def approve(reviewer: Page, key: str) -> None:
    """What changed stands on the page; every item is answered from the keyboard."""
    start_review(reviewer, key, "diajukan ulang")
    changes = reviewer.locator(".review-aside section").first
    expect(changes).to_contain_text("Berubah sejak dikembalikan")
    expect(changes).to_contain_text("izin tertulis")
    for item in range(1, 8):
        reviewer.keyboard.press(str(item))
    expect(reviewer.locator(".check input[value=yes]:checked")).to_have_count(7)
    box = reviewer.locator("#map-page").bounding_box()
    assert box and box["y"] >= 48, "ticking scrolls the checklist, not the page"
    picture(reviewer, "review-changed-id")
    reviewer.get_by_role("button", name="Setujui").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Disetujui")


def show_the_works(planner: Page, key: str) -> None:
    """A photo of the finished drain."""
    planner.goto(f"/usulan/{key}?lang=id")
    planner.locator("[data-attach] input[type=file]:not([capture])").set_input_files(
        {"name": "selesai.jpg", "mimeType": "image/jpeg", "buffer": files.photo()}
    )
    planner.locator("#attach-kind").select_option("photo_100")
    planner.locator("#attach-caption").fill("Saluran mengalir")
    planner.get_by_role("button", name="Kirim", exact=True).click()
    expect(planner.locator("#photos img")).to_have_count(1)


def read_as_everybody(visitor: Page, key: str) -> None:
    """The page tells the whole way with its reasons and shows the photo; so does the card on the map."""
    visitor.goto(f"/usulan/{key}?lang=id")
    expect(visitor.locator("h1 + .pill")).to_have_text("Selesai")
    expect(visitor.locator("article .timeline").first.locator("li > b")).to_have_text(list(STATES))
    expect(visitor.locator("article .timeline").first).to_contain_text(REASON)
    photo = visitor.locator("#photos img")
    expect(photo).to_have_attribute("alt", "Saluran mengalir")
    expect(photo).to_have_js_property("complete", True)
    assert photo.evaluate("image => image.naturalWidth") > 0
    picture(visitor, "whole-life-id")
    visitor.get_by_role("link", name="Lihat di peta").click()
    card = visitor.locator("[data-pane=card]")
    expect(card.locator(".pill").first).to_have_text("Selesai")
    expect(card.locator("#photos img")).to_have_count(1)
