"""Two people in one kelurahan: each sees that the other is there, and what was saved comes without a reload."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.e2e.drawing import open_form
from tests.e2e.records import ALL, around, proposed, sent
from tests.e2e.steps import KELURAHAN, PHONE, eventually, signed_in


def look(page: Page) -> None:
    """The question that a page asks every half minute, now."""
    with page.expect_response("**/pulse?*"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_people_see_each_other_and_what_was_saved(open_page: Callable[..., Page]) -> None:
    planner, facilitator = open_page(), open_page(PHONE)
    signed_in(planner)
    with planner.expect_response("**/pulse?*"):
        planner.goto(f"/plan/{KELURAHAN}")
    signed_in(facilitator, "facilitator@contoh.test")
    stored = planner.request.get(f"/api/v1/proposals?kelurahan={KELURAHAN}&state=draft").json()["features"]
    work = stored[0]
    with facilitator.expect_response("**/pulse?*"):
        facilitator.goto(f"/plan/{KELURAHAN}#p={work['id']}")
    expect(facilitator.locator("[data-pane=proposal]")).to_be_visible()
    look(facilitator)
    look(planner)
    expect(planner.locator("#others")).to_be_visible()
    row = planner.locator(f"#panel-body [data-proposal='{work['id']}']")
    expect(row.locator(".other-here")).to_be_visible()
    planner.locator("#others").click()
    expect(planner.locator("#toast")).to_contain_text("Juga di sini sekarang:")
    properties = work["properties"]
    names = ("work_type", "cost", "volume", "description", "funding", "readiness", "is_paket")
    changed = {name: properties[name] for name in names} | {"title": "Diberi nama lain"}
    answer = planner.request.put(
        f"/api/v1/proposals/{work['id']}",
        data={"type": "Feature", "geometry": work["geometry"], "properties": changed},
        headers={"If-Match": "*", "X-CSRF-Token": planner.evaluate("document.body.dataset.csrf")},
    )
    assert answer.ok, answer.text()
    look(planner)
    expect(row.locator(".row-title")).to_have_text("Diberi nama lain")
    look(facilitator)
    expect(facilitator.locator("[data-pane=proposal] h2").first).to_have_text("Diberi nama lain")
    expect(facilitator.locator("#others")).to_be_visible()


def test_what_is_typed_while_the_newer_card_is_on_its_way_stays(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    at = around(page)
    made = proposed(page, "Saluran sedang ditulis", [at(120, 90), at(180, 90)])
    open_form(page, made)
    look(page)
    sent(page, "PUT", f"{ALL}/{made['id']}", made | {"properties": {"title": made["properties"]["title"],
         "work_type": "drain_new", "cost": 77_000_000}})  # fmt: skip
    held: list[Route] = []
    page.route(f"**/panel/proposals/{made['id']}*", lambda route: held.append(route))
    look(page)
    eventually(page, lambda: held, bool, "the card is asked for anew")
    page.locator("[name=description]").fill("Air tergenang tiap hujan")
    held[0].continue_()
    expect(page.locator("#toast")).to_contain_text("menyimpan usulan ini lebih dulu")
    expect(page.locator("[name=description]")).to_have_value("Air tergenang tiap hujan")
    page.unroute_all()
