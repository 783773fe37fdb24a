"""A device that goes into the field: what it keeps for the hour without a network, a crash of its tab, and coming back.

It knows nothing about what a journey checks.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.steps import KELURAHAN, eventually

STATE = "#save-state"
KEPT = """async (account) => {
    const names = await caches.keys();
    const files = names.filter((name) => name.startsWith("files "));
    const ready = (await navigator.serviceWorker.getRegistration("/plan/"))?.active?.state === "activated";
    const mine = `workspace ${account}`;
    const pages = names.includes(mine) ? await (await caches.open(mine)).keys() : [];
    return ready && files.length === 1 ? pages.map((one) => new URL(one.url).pathname).sort() : [];
}"""
FILES = [
    "/api/v1/assets",
    "/api/v1/proposals",
    f"/plan/{KELURAHAN}",
    f"/plan/{KELURAHAN}/panel/new/forms",
]


def ready_for_the_field(page: Page, account: str, *more: str) -> None:
    """What a reload without a network needs is on the device, and nothing else; more: addresses besides the usual."""
    wanted = sorted([*FILES, *more])
    kept = eventually(
        page, lambda: page.evaluate(KEPT, account), lambda paths: len(paths) >= len(wanted), "not kept"
    )
    assert kept == wanted


def account_of(page: Page) -> str:
    """Whose page it is."""
    account: str = page.evaluate("document.body.dataset.account")
    return account


def crashed(page: Page, address: str) -> Page:
    """The tab is gone without a word; the same device opens another one."""
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(address)
    return again


def waiting(page: Page, count: int) -> None:
    """So many wait without a network."""
    expect(page.locator(STATE)).to_have_text(f"Luring: {count} perubahan menunggu")


def back(page: Page) -> None:
    """The network is back, and all that waited is sent."""
    page.context.set_offline(False)
    # What met a line that was not quite there yet is tried again after a few seconds.
    expect(page.locator(STATE)).to_have_text("Tersimpan", timeout=20_000)
