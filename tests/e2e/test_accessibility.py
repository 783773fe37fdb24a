"""Pages and main states are free of serious faults for people with other senses and hands, and hold when enlarged.

axe-core (an npm package for tests only) judges what a machine can judge; the cross-hair is walked by keys alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import (
    DESKTOP,
    KELURAHAN,
    PHONE,
    at_work,
    begin,
    open_at,
    signed_in,
    slum_with_missing_drains,
    unfold,
)

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ASK = """async () => (await axe.run({resultTypes: ["violations"], preload: false})).violations
    .filter((fault) => ["serious", "critical"].includes(fault.impact))
    .map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.target.join(" ")).join(", ")}`)"""
"""Without fetching style sheets and films anew, which only rules for turned screens and for sound look at."""


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical on the page once nothing is greyed for loading."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=30_000)
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(ASK)
    return found


in_both = pytest.mark.parametrize(
    ("size", "lang", "theme"), [(DESKTOP, "en", "dark"), (PHONE, "id", "light")], ids=["desktop", "phone"]
)
"""Every state is judged at both sizes, in both languages and both themes, though not in each of the eight pairings."""


@in_both
def test_public_pages_have_no_serious_fault(
    open_page: Callable[..., Page], size: dict[str, int], lang: str, theme: str
) -> None:
    page = open_page(size, lang, color_scheme=theme)
    for path in (
        "/login",
        "/help",
        "/data",
        "/usulan",
        "/daftar",
        "/kelurahan/99.01.01.1001",
        "/nothing-here",
    ):
        page.goto(f"{path}?lang={lang}")
        assert faults(page) == [], path
    page.goto(f"/?lang={lang}")
    rows = page.locator("#panel-body [data-proposal]")
    expect(rows.first).to_be_visible()
    assert faults(page) == [], "public map"
    if size is PHONE:
        page.locator("#legend-toggle").tap()
        assert faults(page) == [], "legend"
    number = rows.first.get_attribute("data-proposal")
    page.goto(f"/#p={number}")
    page.reload()
    expect(page.locator("[data-pane=card]")).to_be_visible()
    assert faults(page) == [], "card"
    page.goto(f"/usulan/{number}")
    assert faults(page) == [], "page of a proposal"


@in_both
def test_the_review_has_no_serious_fault(
    open_page: Callable[..., Page], size: dict[str, int], lang: str, theme: str
) -> None:
    page = open_page(size, lang, color_scheme=theme)
    page.request.post("/api/v1/session", data={"email": "reviewer@contoh.test", "password": "contoh-saja"})
    for group in ("open", "decided"):
        page.goto(f"/review?group={group}&lang={lang}")
        assert faults(page) == [], group
        page.locator(".queue-title").first.click()
        page.wait_for_url(re.compile("/review/.+"))
        assert faults(page) == [], f"work {group}"
    page.goto(f"/review?lang={lang}")
    page.locator(".queue-title").first.click()
    page.locator("button[value=approve]").click()
    expect(page.locator("[data-refused]")).to_be_visible()
    assert faults(page) == [], "refused"


@in_both
def test_the_workspace_has_no_serious_fault(
    open_page: Callable[..., Page], size: dict[str, int], lang: str, theme: str
) -> None:
    page = open_page(size, lang, color_scheme=theme)
    at_work(page)
    for tab in ("proposals", "ranking", "slums"):
        page.locator(f"[data-tab={tab}]").click()
        expect(page.locator(f"[data-pane={tab}]")).to_be_visible()
        if size is PHONE and tab != "slums":
            unfold(page)
        assert faults(page) == [], tab
    page.locator("[data-tab=plan]").click()
    expect(page.locator("[data-pane=plan]")).to_be_visible()
    assert faults(page) == [], "plan"
    ask = page.locator("[data-panel^='panel/plan/new']").first
    if ask.is_visible():
        ask.click()
    expect(page.locator("[data-plan-form]")).to_be_visible()
    for more in page.locator("[data-plan-form] summary").all():
        more.click()
    assert faults(page) == [], "plan form"
    page.locator("[name='budget.blm.0']").fill("90000000")
    page.locator("[data-plan-form] button[type=submit]").click()
    expect(page.locator("[data-plan-years]")).to_be_visible(timeout=60_000)
    assert faults(page) == [], "a plan"
    page.locator("[data-tab=slums]").click()
    page.locator("#panel-body [data-rt*='-KK'] button").first.click()
    expect(page.locator("[data-pane=slum-profile] .whole")).to_be_visible()
    assert faults(page) == [], "kawasan"
    page.locator("#panel-body [data-rt*='-RT'] button").first.click()
    expect(page.locator("#panel-body .profile-aspect").first).to_be_visible()
    assert faults(page) == [], "slum profile"
    page.locator("[data-tab=proposals]").click()
    page.locator("#panel-body [data-proposal]:has(.pill-draft)").first.click()
    expect(page.locator("[data-proposal-form]")).to_be_visible()
    assert faults(page) == [], "form"
    page.locator("[data-action=edit-shape]").click()
    expect(page.locator(".handle").first).to_be_attached()
    assert faults(page) == [], "editing"
    page.keyboard.press("Escape")
    page.locator("[data-tab=proposals]").click()
    page.locator("[data-new]").first.click()
    expect(page.locator("[data-work-type=drain_new]")).to_be_visible()
    assert faults(page) == [], "types"
    page.locator("[data-work-type=drain_new]").click()
    expect(page.locator("#drawbar")).to_be_visible()
    assert faults(page) == [], "drawing"


def test_a_line_is_drawn_by_keys_alone(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    lon, lat = slum_with_missing_drains(page)
    open_at(page, lon, lat)
    begin(page, "drain_new")
    page.keyboard.press("c")
    expect(page.locator("#crosshair")).to_be_visible()
    before = page.url
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".draw-label")).to_contain_text(re.compile(r"\d+,\d m"))
    assert page.url != before, "the map moved under the cross-hair"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview] .figure")).to_have_count(4)
    page.locator("#map").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#crosshair")).to_be_hidden()


@pytest.mark.parametrize(
    "enlarged",
    [{"width": 720, "height": 450}, {"width": 360, "height": 225}, {"width": 195, "height": 422}],
    ids=["screen-200", "screen-400", "phone-200"],
)
def test_nothing_is_lost_when_enlarged(open_page: Callable[..., Page], enlarged: dict[str, int]) -> None:
    page = open_page(enlarged)
    for path in ("/login", "/help", "/usulan", "/"):
        page.goto(f"{path}?lang=id")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} px wider than the screen"
    signed_in(page)
    page.goto(f"/plan/{KELURAHAN}")
    page.locator("#panel-body [data-new]").click()
    expect(page.locator("[data-work-type=drain_new]")).to_be_visible()
