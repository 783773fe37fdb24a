"""The queue of the review by who proposed a work and who reviews it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from tests import web
from tests.pages.test_pages import read
from tests.pages.test_review import form, queued
from tests.web import Person


@pytest.fixture(scope="module")
def fresh(test_databases: Any) -> Any:
    return web.make_app(test_databases.new("sample"))


def shown(person: Person, query: str) -> list[str]:
    return [
        str(row["data-proposal"])
        for row in read(person, f"/review?{query}").all("tr")
        if "data-proposal" in row
    ]


def test_each_proposer_offered_has_works_and_together_they_are_all(people: dict[str, Person]) -> None:
    reviewer = people["reviewer"]
    page = reviewer.client.get("/review?lang=id").text
    choice = re.search(r'<select name="proposer".*?</select>', page, re.S)
    assert choice
    names = re.findall(r"<option>([^<]+)</option>", choice[0])
    found = {name: shown(reviewer, f"proposer={quote(name)}") for name in names}
    assert sorted(key for keys in found.values() for key in keys) == sorted(queued(reviewer))
    assert max(map(len, found.values())) < len(queued(reviewer))
    nobody = read(reviewer, "/review?proposer=nobody")
    assert any("Tidak ada" in text for text in nobody.texts) and nobody.all("a", href="/review?group=open")


def test_reviewed_by_me_are_the_works_in_whose_review_i_took_a_step(fresh: Any) -> None:
    reviewer, admin = web.signed_in(fresh, "reviewer"), web.signed_in(fresh, "admin")
    assert shown(reviewer, "mine=true") == []
    key = queued(reviewer, "under_review")[0]
    sent = form(read(reviewer, f"/review/{key}")) | {"note": "Ukur ulang lebar gang.", "action": "return"}
    assert reviewer.client.post(f"/review/{key}", data=sent).status_code == 303
    assert shown(reviewer, "group=decided&mine=true") == [key]
    assert shown(admin, "group=decided&mine=true") == []


def test_those_who_never_review_are_not_offered_it(people: dict[str, Person]) -> None:
    assert 'name="mine"' in people["reviewer"].client.get("/review").text
    assert 'name="mine"' not in people["city"].client.get("/review").text
