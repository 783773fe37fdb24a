"""Inviting somebody in a browser, without scripts, and the pages of accounts as a machine judges them."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.e2e.steps import DESKTOP, PHONE, sign_in, signed_in
from tests.e2e.test_accessibility import faults

PASSWORD = "empat kuda lari"


def test_an_invitation_is_handed_over_and_opened_without_scripts(browser: Browser, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False, viewport=DESKTOP)
    admin = context.new_page()
    sign_in(admin, "admin@contoh.test")
    admin.goto("/admin?lang=en")
    admin.get_by_role("link", name="Invite").click()
    admin.get_by_label("Name", exact=True).fill("Wayan Sudarma")
    admin.get_by_label("E-mail").fill("wayan@contoh.test")
    admin.get_by_label("Role").select_option("planner")
    admin.get_by_label("In the region").select_option("99.01.01.1002")
    admin.get_by_role("button", name="Make the invitation").click()
    link = admin.get_by_label("Link", exact=True).input_value()
    expect(admin.get_by_role("button", name="Copy link")).to_be_hidden()
    context.close()

    context = browser.new_context(base_url=live_server, java_script_enabled=False, viewport=PHONE)
    guest = context.new_page()
    guest.goto(f"{link}?lang=en")
    for password in ("password1", PASSWORD):
        guest.get_by_label("New password").fill(password)
        guest.get_by_label("The same once more").fill(password)
        guest.get_by_role("button", name="Set the password").click()
    expect(guest.get_by_role("status")).to_contain_text("Your password is set")
    guest.get_by_label("E-mail").fill("wayan@contoh.test")
    guest.get_by_label("Password", exact=True).fill(PASSWORD)
    guest.locator("main form button[type=submit]").first.click()
    guest.wait_for_url(re.compile(r"/plan/99\.01\.01\.1002"))
    guest.goto(link)
    expect(guest.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    context.close()


def test_the_pages_of_accounts_have_no_serious_fault(open_page: Callable[..., Page]) -> None:
    for size, lang, theme in ((PHONE, "id", "light"), (DESKTOP, "en", "dark")):
        page = open_page(size, lang, color_scheme=theme)
        signed_in(page, "admin@contoh.test")
        page.goto(f"/admin?lang={lang}")
        person = page.locator(".rows a.row").first.get_attribute("href")
        for path in (
            "/admin", "/admin/people/new", person, "/admin/tokens/new", "/admin/catalogue", "/admin/system", "/account",
            "/account/second-step",
        ):  # fmt: skip
            page.goto(f"{path}?lang={lang}&theme={theme}")
            assert faults(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
