"""The review pages: for whom, in both languages, deciding by plain forms, and what a refusal leaves in them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import web
from tests.pages.html import Page
from tests.pages.test_pages import LANGUAGES, read
from tests.web import Person

STRANGER = "00000000-0000-0000-0000-000000000000"
READERS = ("facilitator", "reviewer", "city", "admin")


@pytest.fixture(scope="module")
def fresh(test_databases: Any) -> Any:
    """An application whose works may be decided about."""
    return web.make_app(test_databases.new("sample"))


def queued(person: Person, group: str = "open") -> list[str]:
    page = read(person, f"/review?group={group}")
    return [str(row["data-proposal"]) for row in page.all("tr") if "data-proposal" in row]


def form(page: Page) -> dict[str, str]:
    """What a browser without scripts would send, but for the button."""
    chosen = {
        str(field["name"]): str(field.get("value") or "")
        for name, field in page.elements
        if name == "input" and field.get("name") and (field.get("type") != "radio" or "checked" in field)
    }
    return chosen | {"usual": "", "note": ""}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", READERS)
def test_readers_get_queue_and_works(people: dict[str, Person], role: str, lang: str) -> None:
    for group in ("open", "waiting", "under_review", "decided", "nonsense"):
        read(people[role], f"/review?group={group}&sort=score", lang)
    for key in (queued(people[role])[0], queued(people[role], "decided")[0]):
        page = read(people[role], f"/review/{key}", lang)
        decides = role in ("reviewer", "admin")
        assert bool(page.all("button", name="action")) == (decides and key in queued(people[role]))


def test_the_queue_marks_missing_papers_and_what_is_drawn_twice(fresh: Any) -> None:
    planner, facilitator = (web.signed_in(fresh, role) for role in ("planner", "facilitator"))
    document = web.work(planner)  # where another one is proposed already
    document["properties"]["is_paket"] = True
    made = planner.send("POST", "/api/v1/proposals", json=document)
    for person, action in ((planner, "submit"), (facilitator, "verify")):
        place = f"{made.headers['Location']}/transitions"
        assert person.send("POST", place, json={"action": action, "note": "Diperiksa."}).status_code == 200
    for lang, marks in (("id", ("berkas kurang", "tumpang tindih")), ("en", ("papers missing", "overlap"))):
        text = web.signed_in(fresh, "reviewer").client.get(f"/review?lang={lang}").text
        row = text.partition(f'data-proposal="{made.json["id"]}"')[2].partition("</tr>")[0]
        assert all(mark in row for mark in marks), row


def test_others_are_told_who_may(people: dict[str, Person]) -> None:
    for role in ("planner", "partner"):
        page = read(people[role], "/review", "en", 403)
        assert any("Dinas PU" in text for text in page.texts)
        assert people[role].client.get("/review/paket.xlsx").status_code == 403
        assert not [tab for tab in page.all("a") if tab.get("href") == "/review"]
    key = queued(people["reviewer"])[0]
    for path in ("/review", f"/review/{key}", "/review/paket.xlsx"):
        answer = people["public"].client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next={path}")
    read(people["reviewer"], f"/review/{STRANGER}", status=404)
    read(people["reviewer"], "/review/nonsense", status=404)


def test_reviewers_land_in_the_queue(app: Any) -> None:
    answer = app.test_client().post("/login", data={"sample": "reviewer@contoh.test"})
    assert answer.headers["Location"] == "/review"


def test_fields_are_labelled_and_enter_in_a_note_decides_nothing(people: dict[str, Person]) -> None:
    page = read(people["reviewer"], f"/review/{queued(people['reviewer'])[0]}")
    labelled = {found.get("for") for found in page.all("label")}
    for name, field in page.elements:
        if name in ("input", "select", "textarea") and field.get("type") not in (
            "hidden",
            "radio",
            "checkbox",
        ):
            assert field.get("aria-label") or field.get("id") in labelled, field
    mine = [button for button in page.all("button") if button.get("type") != "button"]
    first = next(b for b in mine if b.get("form") == "decision" or "disabled" in b)
    assert "disabled" in first, "the default button of the form does nothing"


def test_reviewers_read_bands_and_facilitators_counts(people: dict[str, Person]) -> None:
    key = queued(people["reviewer"])[0]
    band = r"(\d+–\d+ KK|di bawah 5 KK|50 KK atau lebih)"
    seen = {
        role: people[role].client.get(f"/review/{key}?lang=id").text.replace("\N{NO-BREAK SPACE}", " ")
        for role in ("reviewer", "city", "facilitator")
    }
    where = r"KK miskin baru terlayani(?:</button>)?</dt>\s*<dd><b>(.*?)</b>"
    figure = {role: re.search(where, text, re.S) for role, text in seen.items()}
    for role in ("reviewer", "city"):
        assert (found := figure[role]) and re.fullmatch(band, found[1])
    assert (found := figure["facilitator"]) and re.fullmatch(r"[\d.]+ KK", found[1])


def test_the_workbook_is_that_of_the_filter(people: dict[str, Person]) -> None:
    answer = people["reviewer"].client.get("/review/paket.xlsx?group=decided&lang=en")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
    assert "paket.xlsx" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_decision_by_plain_form(fresh: Any) -> None:
    reviewer = web.signed_in(fresh, "reviewer")
    key = queued(reviewer, "under_review")[0]
    sent = form(read(reviewer, f"/review/{key}")) | {"answer.land": "no", "note.land": "hibah <b>belum</b>"}
    refused = reviewer.client.post(f"/review/{key}", data=sent | {"action": "return"})
    page = Page(refused.text)
    assert (refused.status_code, page.faults) == (422, [])
    assert page.all("textarea", id="r-note")[0]["aria-invalid"] == "true"
    assert page.all("a", href="#r-note")
    assert page.all("input", name="note.land")[0]["value"] == "hibah <b>belum</b>"
    assert "checked" in page.all("input", name="answer.land", value="no")[0]

    open_items = reviewer.client.post(f"/review/{key}", data=sent | {"action": "approve"})
    assert open_items.status_code == 422
    assert open_items.text.count('class="field-error" id="e-') == 6

    forged = reviewer.client.post(f"/review/{key}", data={**sent, "csrf_token": "x", "action": "reject"})
    assert forged.status_code == 403

    usual = re.search(r"<option>(Surat izin.*?)</option>", refused.text)
    assert usual
    done = reviewer.client.post(
        f"/review/{key}", data=sent | {"action": "return", "usual": usual[1], "note": "Lihat RT 02."}
    )
    assert (done.status_code, done.headers["Location"]) == (303, f"/review/{key}")
    after = reviewer.client.get(f"/review/{key}?lang=id")
    assert f"{usual[1]} Lihat RT 02." in after.text
    assert "[ ] Dokumen lahan: hibah &lt;b&gt;belum&lt;/b&gt;" in after.text
    assert key not in queued(reviewer)
    assert key in queued(reviewer, "decided")
    again = reviewer.client.post(f"/review/{key}", data=sent | {"action": "reject", "note": "Tidak."})
    assert again.status_code == 409
    assert 'role="alert"' in again.text


def test_a_changed_work_is_read_again_before_it_is_decided(fresh: Any) -> None:
    reviewer = web.signed_in(fresh, "reviewer")
    key = queued(reviewer, "under_review")[0]
    sent = form(read(reviewer, f"/review/{key}"))
    stale = sent | {"version": str(int(sent["version"]) - 1), "action": "reject", "note": "Sengketa lahan."}
    answer = reviewer.client.post(f"/review/{key}", data=stale)
    assert answer.status_code == 412
    assert "Sengketa lahan." in answer.text
    assert key in queued(reviewer)


def test_those_who_only_read_cannot_post(fresh: Any) -> None:
    for role in ("facilitator", "city", "planner"):
        person = web.signed_in(fresh, role)
        key = queued(web.signed_in(fresh, "reviewer"))[0]
        sent = {"csrf_token": person.token, "action": "reject", "note": "x", "version": "1"}
        assert person.client.post(f"/review/{key}", data=sent).status_code == 403


@pytest.mark.parametrize("lang", LANGUAGES)
def test_works_side_by_side(people: dict[str, Person], lang: str) -> None:
    keys = queued(people["reviewer"])
    asked = "&".join(f"work={key}" for key in keys[:3])
    page = read(people["reviewer"], f"/review/compare?{asked}", lang)
    links = [str(link.get("href")) for link in page.all("a")]
    assert all(f"/review/{key}" in links for key in keys[:3])
    assert len(page.all("img")) == 3
    assert all(picture.get("alt") for picture in page.all("img"))
    one = f"work={keys[0]}"
    for wrong in ("", "work=nonsense", one, f"{one}&{one}", "&".join(f"work={key}" for key in keys[:5])):
        answer = people["reviewer"].client.get(f"/review/compare?{wrong}&lang={lang}")
        assert answer.status_code == 303
        assert 'role="alert"' in people["reviewer"].client.get(answer.headers["Location"]).text
    assert people["planner"].client.get(f"/review/compare?{asked}").status_code == 403
    assert people["public"].client.get(f"/review/compare?{asked}").status_code == 302


def test_points_side_by_side_add_up_to_the_score(people: dict[str, Person]) -> None:
    keys = queued(people["reviewer"])[:2]
    text = people["reviewer"].client.get(f"/review/compare?work={keys[0]}&work={keys[1]}&lang=en").text
    totals = [float(one) for one in re.findall(r'class="side-score">([\d.]+)', text)]
    rows = text.partition("Points by criterion")[2].partition("Checklist")[0].split("<tr>")[1:]
    points = [[float(one) for one in re.findall(r"<td[^>]*><b>([\d.]+)</b>", row)] for row in rows]
    assert len(points) == 5
    assert [sum(column) for column in zip(*points, strict=True)] == pytest.approx(totals)
    measures = [float(one) for one in re.findall(r'points">([\d.]+)</b></li>', text)]
    assert sum(measures) == pytest.approx(sum(totals))


def test_the_queue_sorts_by_its_columns_and_says_why(people: dict[str, Person]) -> None:
    for sort in ("waiting", "score", "cost"):
        page = read(people["reviewer"], f"/review?sort={sort}", "en")
        assert len([one for one in page.all("th") if one.get("aria-sort")]) == 1
    text = people["reviewer"].client.get("/review?sort=score&lang=en").text
    assert text.count("Why this score?") == len(queued(people["reviewer"]))
