"""What a reviewer answered stays readable: on the page of a decided work and on its sheet, with the chain's head."""

from __future__ import annotations

from typing import Any

import pytest

from tests import web
from tests.pages.test_pages import read
from tests.pages.test_review import form, queued
from tests.pages.test_review_papers import printed, words
from tests.web import HOME, Person
from webgis.planning.keeping.audit import current_heads
from webgis.planning.review.review_checklist import ITEMS, Answer, read_note, written_note
from webgis.store.database import Database

NOTE = "Hibah tanah ditunjukkan pemilik"


@pytest.fixture(scope="module")
def decided(test_databases: Any) -> tuple[str, Person, str]:
    """A work that a reviewer approved in Indonesian with all items answered."""
    url = test_databases.new("sample")
    reviewer = web.signed_in(web.make_app(url), "reviewer")
    key = queued(reviewer, "under_review")[0]
    sent = form(read(reviewer, f"/review/{key}", "id"))
    answers = {f"answer.{item}": "yes" for item in ITEMS} | {"answer.overlap": "not_needed"}
    sent |= answers | {"answer.land": "no", "note.land": NOTE, "note": "Layak.", "action": "approve"}
    answer = reviewer.client.post(f"/review/{key}", data=sent)
    assert answer.status_code == 303, answer.text[:500]
    return url, reviewer, key


@pytest.mark.parametrize(("lang", "no"), [("id", "Tidak"), ("en", "No")])
def test_page_and_sheet_tell_what_was_answered(decided: tuple[str, Person, str], lang: str, no: str) -> None:
    _, reviewer, key = decided
    page = reviewer.client.get(f"/review/{key}?lang={lang}").text
    assert f"<b>{no}</b> · {NOTE}" in page
    assert page.count('class="finding check-said"') == len(ITEMS)
    sheet = printed(reviewer, f"/review/{key}/lembar.pdf", lang)
    text = " ".join(page.extract_text() for page in sheet.pages)
    assert text.split().count("X") == len(ITEMS), "one cross in each line"
    assert NOTE.replace(" ", "") in "".join(text.split())


def test_an_undecided_work_has_empty_boxes(decided: tuple[str, Person, str]) -> None:
    _, reviewer, _ = decided
    waiting = queued(reviewer)[0]
    assert "X" not in words(printed(reviewer, f"/review/{waiting}/lembar.pdf", "id")).split()
    assert "check-said" not in reviewer.client.get(f"/review/{waiting}").text


def test_a_sheet_names_the_head_of_the_chain(decided: tuple[str, Person, str]) -> None:
    url, reviewer, key = decided
    owner = Database(url, owner=True, pool_size=1)
    head = current_heads(owner)["chains"]["facts"]
    owner.dispose()
    for path in (f"/review/{key}/lembar.pdf", "/review/paket.pdf"):
        text = words(printed(reviewer, path, "en"))
        assert f"Last record: {head['position']} {head['hash']}" in text


def test_a_note_is_read_back_as_it_was_written() -> None:
    names = {"land": "Land document", "drawing": "Drawing (DED)", "overlap": "No overlap"}
    given = {
        "land": Answer("yes", "seen: the deed"),
        "drawing": Answer("no", "none"),
        "overlap": Answer("not_needed"),
    }
    note = written_note("[x] is no reason\n[x] Landmark: near", given, names)
    assert read_note(note, {item: {name, "Lahan"} for item, name in names.items()}) == given
    assert read_note("[ ] Lahan", {"land": {"Land document", "Lahan"}}) == {"land": Answer("no")}
    assert read_note("Land document: yes", {"land": {"Land document"}}) == {}


@pytest.mark.parametrize("action", ["return", "reject"])
def test_the_planner_reads_the_reason_first(decided: tuple[str, Person, str], action: str) -> None:
    url, reviewer, _ = decided
    planner = web.signed_in(web.make_app(url), "planner")
    key = next(
        key
        for key in queued(reviewer, "under_review")
        if reviewer.client.get(f"/api/v1/proposals/{key}").json["properties"]["kelurahan"] == HOME
    )
    sent = form(read(reviewer, f"/review/{key}")) | {"note": "Lahan <b>sengketa</b>.", "action": action}
    assert reviewer.client.post(f"/review/{key}", data=sent).status_code == 303
    texts = read(planner, f"/plan/{HOME}/panel/proposals/{key}", "id").texts
    at = texts.index({"return": "Dikembalikan:", "reject": "Ditolak:"}[action])
    assert texts[at + 1] == "Lahan <b>sengketa</b>."
    assert at < texts.index("Volume"), "before the figures"
