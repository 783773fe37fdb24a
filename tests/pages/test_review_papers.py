"""The sheets of paper of the PAKET review, read back: words, figures, size, page numbers, and for whom they are."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.pages.test_pages import LANGUAGES
from tests.pages.test_review import queued
from tests.web import Person

A4_MM = (210, 297)


def printed(person: Person, path: str, lang: str) -> PdfReader:
    answer = person.client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return PdfReader(BytesIO(answer.data))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def size_mm(reader: PdfReader) -> set[tuple[int, int]]:
    return {
        (round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4))
        for page in reader.pages
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_recap_has_every_work_and_its_sums(people: dict[str, Person], lang: str) -> None:
    reviewer = people["reviewer"]
    reader = printed(reviewer, "/review/paket.pdf?sort=score", lang)
    text = words(reader)
    assert size_mm(reader) == {A4_MM[::-1]}
    shown = reviewer.client.get(f"/review?sort=score&lang={lang}").text
    titles = re.findall(r'class="queue-title"[^>]*>([^<]+)<', shown)
    assert len(titles) == len(queued(reviewer))
    flat = text.replace(" ", "")
    assert all(title.replace(" ", "") in flat for title in titles)
    order = [flat.index(title.replace(" ", "")) for title in titles]
    assert len(set(order)) == len(order)
    number, head, day = {
        "id": ("Halaman 1 dari", "PEMERINTAH KOTA TIRTA ASRI", "tanggal"),
        "en": ("Page 1 of", "GOVERNMENT OF KOTA TIRTA ASRI", "date"),
    }[lang]
    assert f"{number} {len(reader.pages)}" in text
    assert head in text and day in text
    assert "Tirta Hilir" in text and "Asri Hulu" in text


def test_the_recap_is_that_of_the_filter(people: dict[str, Person]) -> None:
    text = words(printed(people["reviewer"], "/review/paket.pdf?group=decided", "id"))
    assert "Diputuskan" in text
    shown = people["reviewer"].client.get("/review?group=open&lang=id").text
    for title in re.findall(r'class="queue-title"[^>]*>([^<]+)<', shown):
        assert title.replace(" ", "") not in text.replace(" ", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_says_what_the_page_says(people: dict[str, Person], lang: str) -> None:
    reviewer = people["reviewer"]
    key = queued(reviewer)[0]
    reader = printed(reviewer, f"/review/{key}/lembar.pdf", lang)
    text = words(reader)
    assert size_mm(reader) == {A4_MM}
    assert 1 <= len(reader.pages) <= 3
    page = reviewer.client.get(f"/review/{key}?lang={lang}").text
    title = re.search(r"<h1>([^<]+)</h1>", page)
    score = re.search(r'class="score-total"><b>([\d.,]+)</b>', page)
    assert title and title[1].replace(" ", "") in text.replace(" ", "")
    assert score and re.search(rf"100 {re.escape(score[1])}\b", text)
    assert len(reader.pages[0].images) == 1, "the map"
    last = {"id": "Halaman {n} dari {n}", "en": "Page {n} of {n}"}[lang]
    assert last.format(n=len(reader.pages)) in reader.pages[-1].extract_text()
    assert ("Nama dan NIP" if lang == "id" else "Name and staff number") in text
    assert re.search(r"\d+–\d+ (KK|households)|di bawah 5 KK|fewer than 5", text), "reviewers read bands"


def test_plain_rows_of_the_sheet_stay_white(people: dict[str, Person]) -> None:
    reviewer = people["reviewer"]
    reader = printed(reviewer, f"/review/{queued(reviewer)[0]}/lembar.pdf", "id")
    drawn = b"\n".join(page.get_contents().get_data() for page in reader.pages)  # type: ignore[union-attr]
    assert re.search(rb"^[\d.]+ [\d.]+ [\d.]+ rg [\d. ]+ re B|^q [\d. ]+ rg [\d. ]+ re B", drawn, re.M), (
        "headings"
    )
    assert not re.search(rb"^[\d. ]+ re B$", drawn, re.M), "filled with the colour of what was drawn before"


def test_words_of_people_stay_words_on_paper(fresh_papers: tuple[Person, str]) -> None:
    reviewer, key = fresh_papers
    text = words(printed(reviewer, f"/review/{key}/lembar.pdf", "id"))
    assert "**Drainase**" in text and "{nb}" in text and "–" in text and "’" in text


@pytest.fixture
def fresh_papers(test_databases: Any) -> tuple[Person, str]:
    """A queue in which one work has a hostile title."""
    from sqlalchemy import text

    from tests import web

    app = web.make_app(test_databases.new("sample"))
    reviewer = web.signed_in(app, "reviewer")
    key = queued(reviewer)[0]
    with app.extensions["webgis"].db.transaction() as session:
        session.execute(
            text("update proposal set title = :title where id = cast(:id as uuid)"),
            {"id": key, "title": "**Drainase** {nb} – gang’e <b>RT</b> 😀"},
        )
    return reviewer, key


def test_papers_are_for_those_who_read_reviews(people: dict[str, Person]) -> None:
    key = queued(people["reviewer"])[0]
    for path in ("/review/paket.pdf", f"/review/{key}/lembar.pdf"):
        assert people["planner"].client.get(path).status_code == 403
        assert people["public"].client.get(path).status_code == 302
    stranger = "00000000-0000-0000-0000-000000000000"
    assert people["reviewer"].client.get(f"/review/{stranger}/lembar.pdf").status_code == 404
