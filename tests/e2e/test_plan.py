"""A plan from the empty form to the map: money typed, the search watched, years on the map, a work forced in."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, PHONE, eventually, picture, signed_in

OTHERS = "Usulan lain lebih bermanfaat dengan dana yang sama."


def open_form(page: Page) -> None:
    """The plan tab's form, whether or not somebody planned before."""
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#tab=plan")
    expect(page.locator("[data-pane=plan]")).to_be_visible()
    again = page.locator("[data-panel^='panel/plan/new']").first
    if again.is_visible():
        again.click()
    expect(page.locator("[data-plan-form]")).to_be_visible()


def ask(page: Page, name: str, money: str) -> None:
    """Money in the first year alone: what is left out is explained soon, as nothing can move between years."""
    page.locator("[name=name]").fill(name)
    for year in range(3):
        field = page.locator(f"[name='budget.blm.{year}']")
        field.fill("")
        if year == 0:
            field.press_sequentially(money)
    page.get_by_role("button", name="Susun rencana").click()
    expect(page.locator("[data-plan-years]")).to_be_visible(timeout=60_000)


def test_a_planner_makes_a_plan_and_forces_a_work_in(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    open_form(page)
    ask(page, "Rembuk uji", "90000000")
    panel = page.locator("#panel-body")
    expect(panel.get_by_role("heading", name="Rembuk uji")).to_be_visible()
    expect(panel).to_contain_text(re.compile(r"Terbukti: "))
    picture(page, "plan-id")
    built = panel.locator("li.row[data-proposal]")
    assert built.count() > 0
    # One that the money could pay: others did more for it.
    left = panel.locator("li:has(.left-out)").filter(has_text=OTHERS).first
    title = left.locator(".row-title").inner_text()
    left.locator("summary").click()
    left.get_by_role("button", name="Paksa masuk").click()
    expect(panel.get_by_role("heading", name=f"Paksa masuk: {title}")).to_be_visible()
    panel.get_by_role("button", name="Paksa masuk dan susun ulang").click()
    expect(panel.get_by_role("heading", name=f"Dengan {title}")).to_be_visible(timeout=60_000)
    expect(panel.locator("li.row[data-proposal]").filter(has_text=title)).to_have_count(1)
    panel.get_by_role("button", name="Bandingkan").click()
    expect(panel.locator("table.compare")).to_contain_text(f"Dengan {title}")


def planned(page: Page, headers: dict[str, str], name: str, yearly: int) -> None:
    """A plan of another request, once it is there."""

    def listed() -> list[str]:
        plans = page.request.get(f"/api/v1/plans?kelurahan={KELURAHAN}").json()["plans"]
        return [one["name"] for one in plans]

    asked = {"kelurahan": KELURAHAN, "name": name, "budget": {"blm": [yearly] * 3}}
    assert page.request.post("/api/v1/plans", data=asked, headers=headers).status == 202
    eventually(page, listed, lambda names: name in names)


def test_four_plans_stand_side_by_side(open_page: Callable[..., Page]) -> None:
    page = open_page()
    headers = signed_in(page)
    for n in range(1, 5):
        planned(page, headers, f"Rencana sanding {n}", n * 300_000_000)  # enough for all: it comes at once
    page.goto(f"/plan/{KELURAHAN}#tab=plan")
    page.locator("[data-panel='panel/plan/compare']").click()
    heads = page.locator("table.compare thead th")
    expect(heads).to_have_count(4)
    expect(heads.last).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Geser tabel ke samping")).to_be_hidden()
    room = page.locator(".table-scroll:has(.compare)")
    assert room.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_what_is_no_amount_is_said_at_its_field(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    open_form(page)
    for year in range(3):
        page.locator(f"[name='budget.blm.{year}']").fill("")
    page.get_by_role("button", name="Susun rencana").click()
    expect(page.locator("#panel-body")).to_contain_text("Isi anggaran paling sedikit satu sumber dana.")
    page.locator("[name='budget.blm.1']").fill("seratus juta")
    page.get_by_role("button", name="Susun rencana").click()
    expect(page.locator("[name='budget.blm.1']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name='budget.blm.1']")).to_have_value("seratus juta")


def test_pins_and_pairs_are_undone_and_kept(open_page: Callable[..., Page]) -> None:
    """On a phone: a year and a pair chosen, one choice undone, another tab and back."""
    page = open_page(PHONE)
    signed_in(page)
    open_form(page)
    sheet, form = page.locator("#panel"), page.locator("form[data-plan-draft]")
    expect(sheet).to_have_attribute("data-height", "full")
    page.locator("[name='budget.blm.0']").fill("50000000")
    # Open already where the last plan had pins.
    for part in ("[data-plan-pins]", "[data-plan-ties]"):
        form.locator(part).evaluate("(details) => { details.open = true; }")
    pin, year = form.locator("[name^='pin.']").first, form.locator("[name^='year.']").first
    pin.select_option("must")
    year.select_option("2-2")
    page.locator("#toast").get_by_role("button", name="Urungkan").click()
    expect(year).to_have_value("")
    expect(pin).to_have_value("must")
    form.get_by_role("button", name="Tambah pasangan").click()
    form.locator(".ties [name='tie.first']").select_option(index=1)
    form.locator(".ties [name='tie.second']").select_option(index=2)
    page.get_by_role("tab", name="Peringkat").click()
    expect(page.locator("[data-pane=ranking]")).to_be_visible()
    page.get_by_role("tab", name="Rencana").click()
    page.get_by_role("button", name="Lanjutkan").click()
    expect(pin).to_have_value("must")
    expect(form.locator(".ties li")).to_have_count(1)
    expect(page.locator("[data-plan-left]")).to_be_hidden()
