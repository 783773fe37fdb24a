"""What a hand on the map feels: frames while panning over large layers, and how soon the figures follow a stroke.

It knows nothing about the code behind. The limit is the same page panned with every layer off, in the same browser
and run; a frame of a 60 Hz screen is 16.7 ms. Sample city with 100,000 assets and 5,000 proposals put into it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests import databases
from tests.bench import large
from tests.bench.figures import percentile, table
from tests.e2e.conftest import QUIET
from tests.e2e.steps import begin, draw_line, map_middle, sign_in
from tests.live import serving
from tools.setup import find_browser

FRAMES: Final = """
  window.frames = []; let last = performance.now(); window.watching = true;
  const tick = (now) => { frames.push(now - last); last = now; if (watching) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
"""


def run() -> None:
    """Measure and print."""
    with (
        databases.opened() as made,
        tempfile.TemporaryDirectory() as folder,
        serving(made, Path(folder), large.fill) as base,
        sync_playwright() as playwright,
    ):
        path = find_browser()
        if path is None:
            print("no Chromium found: nothing measured")
            return
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        context = browser.new_context(base_url=base, viewport={"width": 1440, "height": 900}, locale="id")
        context.add_init_script("try { localStorage.setItem('tour', 'done') } catch {}")
        page = context.new_page()
        page.set_default_timeout(180_000)
        sign_in(page)
        rows = []
        for zoom in (14, 15, 16, 18):
            page.goto("about:blank")
            page.goto(f"/plan/99.01.01.1001#{zoom}/-5.59600/107.70100")
            page.wait_for_timeout(4000)
            seen = page.evaluate("document.querySelectorAll('#map canvas').length")
            rows.append(_row(f"panning at zoom {zoom}, all layers ({seen} canvases)", _pan(page)))
        page.locator("#legend .base-layers > summary").click()
        shown = page.locator("#legend input[data-layer]:checked")
        for name in [box.get_attribute("data-layer") for box in shown.all()]:
            page.locator(f"#legend input[data-layer={name}]").uncheck()
        page.wait_for_timeout(1000)
        rows.append(_row("panning at zoom 18, every layer off (the limit)", _pan(page)))
        table("Browser: frames", ("what", "frames", "p50 ms", "p95 ms", "longest ms", "above 50 ms"), rows)
        delays = _previews(page)
        head = ("what", "n", "p50 ms", "p95 ms", "target p95 ms")
        told = (
            "last click of a stroke to new figures",
            len(delays),
            percentile(delays, 0.5),
            percentile(delays, 0.95),
            "400",
        )
        table("Browser: figures after a stroke", head, [told])
        browser.close()


def _pan(page: Page) -> list[float]:
    """Milliseconds of every frame while the map is dragged to and fro for some seconds."""
    x, y = map_middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    for i in range(240):
        page.mouse.move(x + 260 * ((i % 60) / 30 - 1), y + 120 * ((i % 40) / 20 - 1))
    page.mouse.up()
    frames: list[float] = page.evaluate("(watching = false, frames)")
    return frames[1:]


def _previews(page: Page) -> list[float]:
    """From the end of a stroke until the panel shows figures that were computed after it."""
    delays = []
    for _ in range(10):
        page.goto("about:blank")
        page.goto("/plan/99.01.01.1001#18/-5.59600/107.70100")
        page.wait_for_timeout(1500)
        begin(page, "drain_new")
        page.evaluate(
            """() => { let up = 0;
              document.addEventListener("dblclick", () => (up = performance.now()), true);
              const box = document.querySelector("[data-preview]");
              window.shown = new Promise((done) => {
                const look = () => { if (up && box.querySelector(".figure")) done(performance.now() - up); };
                new MutationObserver(look).observe(box, { childList: true, subtree: true });
              }); }"""
        )
        draw_line(page)
        # A promise, since wait_for_function evaluates strings, which the page's policy forbids.
        delays.append(float(page.evaluate("window.shown")))
    return delays


def _row(what: str, frames: list[float]) -> tuple[object, ...]:
    slow = f"{100 * sum(frame > 50 for frame in frames) / len(frames):.1f} %"
    return what, len(frames), percentile(frames, 0.5), percentile(frames, 0.95), max(frames), slow
