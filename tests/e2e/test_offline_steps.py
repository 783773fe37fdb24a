"""Without a network things are deleted and submitted all the same: both wait, can be called off, and are done once.

Walked in a real browser with its service worker; a line that drops answers is made of routes.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.e2e.drawing import open_form
from tests.e2e.field import STATE, account_of, back, crashed, ready_for_the_field, waiting
from tests.e2e.records import ALL, around, feature, proposed, sent, stored
from tests.e2e.steps import KELURAHAN, PHONE, eventually, open_at, picture, signed_in

DELETED, SUBMITTED = "Dihapus begitu ada jaringan", "Diajukan begitu ada jaringan"


def steps_of(page: Page, made: dict[str, object]) -> list[str]:
    """What was done with a proposal, oldest first."""
    found = page.request.get(f"{ALL}/{made['id']}/history").json()
    return [one["action"] for one in found["reviews"]]


def test_a_deletion_and_a_submission_wait_survive_a_crash_and_are_done(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(service_workers="allow")
    signed_in(page)
    at = around(page)
    names = ("Saluran luring hapus", "Saluran luring ajukan", "Saluran luring tetap")
    gone, moved, spared = (
        proposed(page, name, [at(-320, 360 + 8 * i), at(-280, 360 + 8 * i)]) for i, name in enumerate(names)
    )
    open_at(page, *at(-300, 368))
    ready_for_the_field(page, account_of(page))
    page.context.set_offline(True)
    page.reload()
    for number, one in enumerate((gone, spared), 1):
        page.locator(f"li[data-proposal='{one['id']}']").click()
        page.locator("[data-kept] [data-action=delete]").click()
        expect(page.locator(f"li[data-proposal='{one['id']}']")).to_contain_text(DELETED)
        waiting(page, number)
    page.locator(f"li[data-proposal='{moved['id']}']").click()
    page.locator("[name=description]").fill("Diajukan dari lapangan")
    page.locator("[data-transition=submit]").click()
    expect(page.locator("[data-kept] [data-later]")).to_contain_text(SUBMITTED)
    waiting(page, 4)
    picture(page, "offline-submitted")

    page.locator(STATE).click()
    row = page.locator(".unsent-list li", has_text="Saluran luring tetap")
    expect(row).to_contain_text(DELETED)
    picture(page, "offline-list")
    row.get_by_role("button", name="Batalkan").click()
    expect(row).to_have_count(0)
    page.locator("#unsent .dialog-close").click()
    waiting(page, 3)

    page = crashed(page, f"/plan/{KELURAHAN}")
    waiting(page, 3)
    page.locator(f"li[data-proposal='{gone['id']}']").click()
    expect(page.locator("[data-kept] [data-later]")).to_contain_text(DELETED)
    expect(page.locator("[data-proposal-form]")).to_have_attribute("inert", "")
    back(page)
    assert page.request.get(f"{ALL}/{gone['id']}").status == 404
    now = stored(page, moved)["properties"]
    assert (now["state"], now["description"]) == ("submitted", "Diajukan dari lapangan")
    assert steps_of(page, moved) == ["submit"]
    assert stored(page, spared)["properties"]["version"] == 1


def test_on_the_phone_an_asset_that_somebody_changed_first_is_not_deleted_unasked(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(PHONE, service_workers="allow")
    signed_in(page)
    at = around(page)
    where = at(-320, 300)
    tap = sent(page, "POST", "/api/v1/assets", feature("Point", where, kind="public_tap", name="Kran luring"))
    place, form = f"/api/v1/assets/{tap['id']}", page.locator("[data-fact-form]")
    open_at(page, *where)
    ready_for_the_field(page, account_of(page))
    page.goto("about:blank")
    with page.expect_response(lambda answer: answer.url.endswith(place)) as read:
        page.goto(f"/plan/{KELURAHAN}#18/{where[1]}/{where[0]}&mode=mapping&o=assets/{tap['id']}")
    read.value.finished()  # a deletion starts from what the server has of it
    expect(form.locator("[name=name]")).to_have_value("Kran luring")
    page.context.set_offline(True)
    form.locator("[data-action=delete]").click()
    expect(page.locator(f"li[data-asset='{tap['id']}']")).to_contain_text(DELETED)
    waiting(page, 1)
    picture(page, "offline-phone-assets")
    sent(page, "PUT", place, feature("Point", where, kind="public_tap", name="Kran diganti"))
    page.context.set_offline(False)
    expect(page.locator("#toast")).to_contain_text("“Kran luring” menunggu keputusan Anda: Belum dilakukan")
    expect(page.locator(STATE)).to_have_text("1 menunggu di perangkat ini")
    page.locator("#toast button").click()
    expect(form.locator("[name=name]")).to_have_value("Kran diganti")
    expect(page.locator("[data-pane] [data-later]")).to_contain_text("ada versi yang lebih baru")
    picture(page, "offline-phone-refused")
    form.locator("[data-action=delete]").click()
    expect(page.locator(STATE)).to_have_text("Tersimpan")
    assert page.request.get(place).status == 404


def test_a_line_that_drops_answers_does_nothing_twice(open_page: Callable[..., Page]) -> None:
    page = open_page()
    signed_in(page)
    at = around(page)
    moved, gone = (
        proposed(page, name, [at(-320, 330 + 8 * i), at(-280, 330 + 8 * i)])
        for i, name in enumerate(("Saluran jawaban hilang", "Saluran hapus hilang"))
    )
    lost: list[str] = []

    def lose_first_answer(route: Route) -> None:
        """Each write reaches the server; the first answer to it never comes back. A deletion is not sent again."""
        asked = f"{route.request.method} {route.request.url.split('/')[-1]}"
        if asked.startswith("GET") or (asked in lost and not asked.startswith("DELETE")):
            return route.continue_()
        if asked not in lost:
            lost.append(asked)
            route.fetch()
        return route.abort()

    open_form(page, moved)
    page.route(f"**{ALL}/{moved['id']}*/**", lose_first_answer)
    page.route(f"**{ALL}/{moved['id']}", lose_first_answer)
    page.locator("[name=description]").fill("Jawabannya hilang")
    page.locator("[data-transition=submit]").click()
    page.locator("[data-transition=submit]", has_text="Tetap ajukan").click()
    expect(page.locator("#toast")).to_contain_text(SUBMITTED)

    def again() -> list[str]:
        page.evaluate("dispatchEvent(new Event('online'))")
        return steps_of(page, moved) if len(lost) == 2 else []

    eventually(page, again, lambda steps: steps == ["submit"], "not submitted")
    eventually(page, lambda: again() and page.locator(STATE).text_content(), lambda said: said == "Tersimpan")
    assert (steps_of(page, moved), stored(page, moved)["properties"]["version"]) == (["submit"], 3)

    open_form(page, gone)
    page.route(f"**{ALL}/{gone['id']}", lose_first_answer)
    page.locator("[data-proposal-form] [data-action=delete]").click()
    expect(page.locator("#toast")).to_contain_text(DELETED)
    assert page.request.get(f"{ALL}/{gone['id']}").status == 404
    page.locator("#toast button").click()  # called off, though the server did it
    again()
    eventually(page, lambda: page.request.get(f"{ALL}/{gone['id']}").status, lambda status: status == 200)
    expect(page.locator(STATE)).to_have_text("Tersimpan")
