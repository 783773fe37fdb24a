"""A link pasted into the address of an open map: the map goes to its work, to its mode, and steps back.

It knows nothing about how a link is made (test_map_services).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, signed_in


def test_an_open_map_follows_a_pasted_link_and_steps_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    work, asset = (
        page.request.get(f"/api/v1/{noun}?kelurahan={KELURAHAN}&limit=1").json()["features"][0]["id"]
        for noun in ("proposals", "assets")
    )
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#13/-5.59500/107.70100")
    expect(page.locator("#panel-body [data-proposal]").first).to_be_visible()
    expect(page.locator("#scale")).not_to_be_empty()  # what comes after the first view is there

    def paste(link: str) -> None:
        page.evaluate("link => { location.hash = link }", link)

    paste(f"#&p={work}")
    expect(page.locator(f"[data-proposal-id='{work}']")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"#17/.*&p={work}"))
    paste(f"#18/-5.59500/107.70100&mode=mapping&o=assets/{asset}")
    expect(page.locator("[data-pane=asset]")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-mode", "mapping")
    page.go_back()
    expect(page.locator(f"[data-proposal-id='{work}']")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-mode", "proposals")
    expect(page).to_have_url(re.compile(rf"#17/.*&p={work}$"))


def test_a_sent_link_keeps_its_view_through_signing_in(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"/plan/{KELURAHAN}#16/-5.59500/107.70100&tab=ranking")
    page.locator("input[name=email]").fill("planner@contoh.test")
    page.locator("input[name=password]").fill("not this one")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("[data-login-problem]")).not_to_be_empty()
    page.locator("input[name=password]").fill("contoh-saja")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("[data-pane=ranking]")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/plan/.*#16/-5\.595000/107\.701000&tab=ranking"))
