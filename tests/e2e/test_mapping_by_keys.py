"""Self-mapping without a mouse: an asset is placed, described, changed with others and deleted by keys alone.

Each state on the way is read by axe-core, since who works by keys often listens, too.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, signed_in
from tests.e2e.test_accessibility import faults


def test_an_asset_is_mapped_changed_and_deleted_by_keys_alone(open_page: Callable[..., Page]) -> None:
    page = open_page(lang="en")
    name = f"Lampu papan tik {uuid.uuid4().hex[:6]}"
    signed_in(page)
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}?lang=en#19/-5.59310/107.70420")
    page.locator("[data-mode-switch=mapping]").press("Enter")
    expect(page.locator("[data-pane=mapping]")).to_be_visible()
    assert faults(page) == [], "what is mapped"
    page.locator("[data-panel='panel/assets/new']").press("Enter")
    kind = page.locator("[data-panel='panel/assets/new?kind=street_light']")
    expect(kind).to_be_visible()
    assert faults(page) == [], "kinds"
    kind.press("Enter")
    expect(page.locator("#drawbar")).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator("#crosshair")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator("#drawbar")).to_be_hidden()
    page.locator("[name=condition][value=good]").press("Space")
    page.locator("#f-name").fill(name)
    page.locator("#f-name").press("Enter")
    expect(page.locator("[data-pane=asset] .panel-title")).to_contain_text(name)
    assert faults(page) == [], "an asset"
    page.locator("#map").focus()
    page.keyboard.press("b")
    table = page.locator("#table")
    table.locator("[name=kind]").select_option("street_light")
    expect(table.locator("tbody tr", has_not_text="Street light")).to_have_count(0)
    row = table.locator("tr", has_text=name)
    row.locator("[data-choose]").press("Space")
    expect(page.locator("#many-bar [data-many-count]")).to_have_text("1 chosen")
    assert faults(page) == [], "the table"
    page.locator("#many-bar [data-many=edit]").press("Enter")
    dialog = page.locator("#bulk-assets")
    dialog.get_by_label("Material").fill("besi")
    assert faults(page) == [], "the dialog for many"
    dialog.get_by_label("Material").press("Enter")
    expect(row.locator("[data-col=material]")).to_have_text("besi")
    page.locator("#many-bar [data-many=delete]").press("Enter")
    sure = page.locator("#confirm [value=ok]")
    expect(sure).to_be_visible()
    sure.press("Enter")
    expect(page.locator("#toast")).to_contain_text("deletion of 1 assets")
    expect(row).to_have_count(0)
    table.locator("[data-table-close]").press("Enter")
    expect(table).to_be_hidden()


def test_survey_household_and_rt_profile_have_no_serious_fault(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="dark")
    signed_in(page)
    page.goto("about:blank")
    page.goto(f"/plan/{KELURAHAN}#17/-5.595/107.7005&mode=mapping")
    page.locator("[data-panel='panel/survey']").press("Enter")
    page.locator("[data-panel='panel/survey?kind=street_light']").press("Enter")
    expect(page.locator("[data-survey-name]")).not_to_be_empty()
    assert faults(page) == [], "survey"
    page.locator("[data-survey-step=end]").press("Enter")
    page.locator("[data-panel='panel/households/new']").press("Enter")
    expect(page.locator("[data-pane=household]")).to_be_visible()
    assert faults(page) == [], "household"
    page.locator("#drawbar [data-draw=cancel]").press("Enter")
    page.locator("[data-tab=slums]").press("Enter")
    page.locator(".slum-row").nth(6).press("Enter")
    page.locator("[data-panel$='/form']").first.press("Enter")
    form = page.locator("[data-slum-form]")
    expect(form.locator("[data-share='1a']")).to_contain_text("%")
    form.locator("[name='volumes.1a']").fill("9000")
    expect(form.locator("[name='doubt_reasons.1a']")).to_be_visible()
    assert faults(page) == [], "RT profile"
    form.locator(".term[popovertarget='term-1a']").press("Enter")
    expect(page.locator("#term-1a")).to_be_visible()
    assert faults(page) == [], "word of a criterion"
