"""The whole life of a PAKET work: drawn, returned, mended, approved, funded, built, shown with its photo.

Five people, each in a browser of their own, press only what their pages offer them.
"""

from __future__ import annotations

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


def start_review(reviewer: Page, key: str) -> None:
    """From the queue into the work."""
    reviewer.goto("/review?lang=id")
    reviewer.locator(f"tr[data-proposal='{key}'] .queue-title").click()
    reviewer.get_by_role("button", name="Mulai tinjau").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Ditinjau")


def send_back(reviewer: Page, key: str) -> None:
    start_review(reviewer, key)
    reviewer.locator("#r-note").fill(REASON)
    reviewer.get_by_role("button", name="Kembalikan untuk diperbaiki").click()
    expect(reviewer.locator("h1 + .pill")).to_have_text("Dikembalikan")


def mend(planner: Page, key: str) -> None:
    """The reason stands where the work is edited; the papers are ticked there."""
    planner.goto("about:blank")
    planner.goto(f"/plan/{KELURAHAN}?lang=id#p={key}")
    expect(pane(planner)).to_contain_text(REASON, timeout=SLOW_MS)
    planner.locator("[name='readiness.land']").select_option("signed")
    for paper in ("survey", "drawing", "cost_estimate"):
        planner.locator(f"[name='readiness.{paper}']").check()


def approve(reviewer: Page, key: str) -> None:
    start_review(reviewer, key)
    expect(reviewer.locator(".review-aside section").first).to_contain_text("izin tertulis")
    for item in reviewer.locator(".check").all():
        item.locator("input[value=yes]").check()
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
