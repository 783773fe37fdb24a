"""How two proposals hang together, judged in the pane: shown on the map, dismissed with a reason, another one added."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import DESKTOP, KELURAHAN, signed_in


def twin(page: Page) -> tuple[str, str]:
    """The id of a new proposal that is the same as a stored one, and the title of that one."""
    headers = signed_in(page, "planner@contoh.test")
    url = f"/api/v1/proposals?kelurahan={KELURAHAN}&state=verified&limit=100"
    found = page.request.get(url).json()["features"]
    one = next(feature for feature in found if feature["geometry"]["type"] == "LineString")
    same = {"title": "Kembaran di peta", "work_type": one["properties"]["work_type"]}
    sent = {"type": "Feature", "geometry": one["geometry"], "properties": same}
    made = page.request.post("/api/v1/proposals", data=sent, headers=headers)
    assert made.status == 201, made.text()
    return made.json()["id"], one["properties"]["title"]


def test_a_planner_sees_a_twin_dismisses_it_and_adds_an_order(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    made, title = twin(page)
    page.goto(f"/plan/{KELURAHAN}#p={made}")
    box = page.locator("[data-relations]")
    row = box.locator("li").filter(has_text=title)
    expect(row).to_contain_text("Mungkin ganda dengan")
    row.get_by_role("button", name="Tunjukkan di peta").press("Enter")
    expect(page.locator("path.suggested-line")).to_have_count(1)
    page.locator("form[data-proposal-form] [name=description]").fill("Belum disimpan")
    row.get_by_role("button", name="Tidak benar", exact=True).press("Enter")
    expect(row.locator("[name=reason]")).to_be_focused()
    expect(row.get_by_role("alert")).to_have_text("Tuliskan alasannya.")
    row.locator("[name=reason]").fill("Dua sisi jalan.")
    row.get_by_role("button", name="Tidak benar", exact=True).press("Enter")
    expect(row).to_contain_text("Bukan ganda dari")
    expect(row).to_contain_text("Dua sisi jalan.")
    expect(page.locator("path.suggested-line")).to_have_count(0)
    box.locator("summary").press("Enter")
    box.locator("[name=other]").last.select_option(label=title)
    box.get_by_label("Usulan ini").select_option("before")
    box.get_by_label("Alasan").last.fill("Airnya dari sana.")
    box.get_by_role("button", name="Simpan kaitan").press("Enter")
    expect(box.locator("li").filter(has_text="Baru berguna setelah")).to_contain_text("Airnya dari sana.")
    description = page.locator("form[data-proposal-form] [name=description]")
    expect(description).to_have_value("Belum disimpan")
