"""What every journey in the browser does: sign in, open the map at a place, draw, drag, take a picture for the README.

It knows nothing about what a journey checks. Pictures are made only where WEBGIS_PICTURES names a folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Locator, Page, expect

KELURAHAN = "99.01.01.1001"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FITTING = [(DESKTOP, "id"), (PHONE, "id"), (PHONE, "en")]
"""In which sizes and languages pages are to fit: the words of either language run over on the phone, if anywhere."""

SLUM: list[tuple[float, float]] = []
"""Looked for once in a session: it takes a question for every RT."""
Seen = TypeVar("Seen")


def sign_in(page: Page, email: str = "planner@contoh.test") -> None:
    """By the form, for journeys that are about it; others save themselves its page and the work of its scripts."""
    page.goto("/login")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill("contoh-saja")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/plan"))


def signed_in(page: Page, email: str = "planner@contoh.test") -> dict[str, str]:
    """Signs in without a form and gives the headers of unsafe requests."""
    answer = page.request.post("/api/v1/session", data={"email": email, "password": "contoh-saja"})
    assert answer.status == 200
    return {"X-CSRF-Token": answer.json()["csrf_token"]}


def at_work(page: Page, email: str = "planner@contoh.test") -> None:
    """Signed in without a form, where the form would have led to."""
    signed_in(page, email)
    page.goto("/plan")


def slum_with_missing_drains(page: Page) -> tuple[float, float]:
    """A point inside a slum RT that lacks drains and has poor households nearby: the same one for all journeys."""
    if not SLUM:
        SLUM.append(_slum_with_missing_drains(page))
    return SLUM[0]


def _slum_with_missing_drains(page: Page) -> tuple[float, float]:
    areas = page.request.get(f"/api/v1/slum-areas?kelurahan={KELURAHAN}&limit=100").json()
    best: tuple[float, str] = (0.0, "")
    for feature in areas["features"]:
        forms = page.request.get(f"/api/v1/slum-areas/{feature['id']}/assessments").json()["assessments"]
        share = (forms[-1]["shares"].get("4b") or 0) if forms else 0
        best = max(best, (share, feature["id"]))
    assert best[0] > 0.25, "the sample city has such an RT"
    area = page.request.get(f"/api/v1/slum-areas/{best[1]}").json()
    ring = area["geometry"]["coordinates"][0][0]
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)


def open_at(page: Page, lon: float, lat: float, zoom: int = 18) -> None:
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#{zoom}/{lat:.5f}/{lon:.5f}")
    expect(page.locator("#panel-body [data-proposal]").first).to_be_visible()
    map_drawn(page)


def unfold(page: Page) -> None:
    """On a phone what narrows and weighs a list is behind one button; elsewhere it is always there."""
    expect(page.locator("#scale")).not_to_be_empty()  # what comes after the first view is there
    page.locator("[data-fold]").click()
    expect(page.locator("#list-tools")).to_be_visible()


def map_drawn(page: Page) -> None:
    """Every square of the map in view shows what it asked for, and the map stands still."""
    expect(page.locator("#map .leaflet-tile-loaded").first).to_be_attached()
    expect(page.locator("#map .leaflet-tile:not(.leaflet-tile-loaded)")).to_have_count(0)
    at_rest(page)


def at_rest(page: Page) -> None:
    """What began to move has arrived."""
    page.evaluate(
        """async () => {
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            const ends = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
            await Promise.allSettled(ends.map((one) => one.finished));
        }"""
    )
    expect(page.locator(".leaflet-pan-anim, .leaflet-zoom-anim")).to_have_count(0)


def eventually(page: Page, look: Callable[[], Seen], wanted: Callable[[Seen], bool], said: str = "") -> Seen:
    """What `look` sees once it is as wanted: for what no element tells, such as what the server holds by now."""
    for _ in range(150):
        seen = look()
        if wanted(seen):
            return seen
        page.wait_for_timeout(100)
    raise AssertionError(f"{said or 'not as wanted'}: {str(seen)[:500]}")


def map_middle(page: Page) -> tuple[float, float]:
    box = page.locator("#map").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def begin(page: Page, work_type: str) -> None:
    """Choose what is to be built; the tool for it is in the hand afterwards."""
    page.locator("[data-new]").first.click()
    page.locator(f"[data-work-type={work_type}]").click()
    expect(page.locator("[data-pane=new] [data-proposal-form]")).to_be_visible()
    expect(page.locator("#toolbar [data-tool=line]")).to_have_attribute("aria-pressed", "true")


def draw_line(page: Page, length: int = 80) -> None:
    """Two clicks beside the middle of the map, the second one double."""
    x, y = map_middle(page)
    page.mouse.click(x - length, y)
    page.mouse.move(x, y + 4)
    page.mouse.dblclick(x + length, y + 6)


def picture(page: Page, name: str, shown: Locator | None = None) -> None:
    """A picture for documents, only where a folder is asked for; shown: what is to be in sight."""
    folder = os.environ.get("WEBGIS_PICTURES")
    if folder:
        if page.locator("#map").count():
            map_drawn(page)
        if shown is not None:
            shown.scroll_into_view_if_needed()
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def drag(page: Page, x: float, y: float, to_x: float, to_y: float) -> None:
    """One finger across the map, as the browser's own touch events."""
    session = page.context.new_cdp_session(page)
    steps = 8
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for i in range(1, steps + 1):
        point = {"x": x + (to_x - x) * i / steps, "y": y + (to_y - y) * i / steps}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    page.wait_for_timeout(
        100
    )  # a finger that rests before it lifts throws nothing, however fast the machine is
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    at_rest(page)
