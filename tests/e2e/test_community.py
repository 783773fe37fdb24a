"""A resident and a planner under one proposal: an account, support, a comment with a place, a photo from the phone."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import files
from tests.e2e.steps import KELURAHAN, PHONE, signed_in


def first_proposal(page: Page) -> str:
    found = page.request.get(f"/api/v1/proposals?kelurahan={KELURAHAN}&state=submitted&limit=1").json()
    return str(found["features"][0]["id"])


def test_a_resident_joins_and_speaks_from_the_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/")
    proposal = first_proposal(page)
    page.goto(f"/usulan/{proposal}?lang=id")
    page.get_by_role("link", name="Buat akun").tap()
    page.locator("#join-name").fill("Ibu Wati")
    page.locator("#join-email").fill(f"wati-{uuid.uuid4().hex[:8]}@contoh.id")
    page.locator("#join-password").fill("rumah-kami-7")
    page.locator("main form button").tap()
    page.wait_for_url(re.compile(rf"^[^?]+/usulan/{proposal}"))
    page.get_by_role("button", name="Dukung").tap()
    expect(page.get_by_role("button", name="Anda mendukung")).to_have_attribute("aria-pressed", "true")
    page.goto(f"/?lang=id#18/0/0&p={proposal}")
    expect(page.locator("[data-pane=card]")).to_be_visible()  # the script has brought it, and hears the keys
    page.locator("#panel-handle").press("ArrowUp")
    page.locator("[data-mark-place]").tap()
    page.get_by_label("Komentar Anda").fill("Air meluap sampai gang <b>kami</b>")
    page.get_by_role("button", name="Kirim komentar").tap()
    expect(page.locator("#talk blockquote").last).to_have_text("Air meluap sampai gang <b>kami</b>")
    expect(page.get_by_role("button", name="Lihat tempatnya").last).to_be_visible()


def test_a_photo_goes_small_and_its_place_only_if_one_says_so(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page()
    signed_in(page)
    proposal = first_proposal(page)
    page.goto(f"/plan/{KELURAHAN}?lang=id#&p={proposal}")
    photo = tmp_path / "kamera.jpg"
    photo.write_bytes(files.telling_photo(size=(3200, 1800)))
    page.locator("[data-attach] input[type=file]:not([capture])").set_input_files(photo)
    expect(page.locator("[data-attach-place]")).to_be_visible()
    sent: list[bytes] = []
    page.on(
        "request",
        lambda asked: sent.append(asked.post_data_buffer or b"") if asked.method == "POST" else None,
    )
    page.locator("#attach-kind").select_option("photo_0")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator("#photos img")).to_have_count(1)
    assert sent and all(files.SECRET not in body and b"Exif" not in body for body in sent)
    kept = page.request.get(f"/api/v1/proposals/{proposal}/attachments").json()["attachments"][-1]
    assert (max(kept["width"], kept["height"]), kept["place"], kept["kind"]) == (1600, None, "photo_0")
    page.get_by_role("button", name="Hapus foto ini").click()
    page.locator(".undo button").click()
    expect(page.locator("#photos img")).to_have_count(1)
