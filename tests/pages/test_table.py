"""The table of proposals: every row with plain values to sort by, fields to write in only for who may write."""

from __future__ import annotations

import pytest

from tests.pages.test_pages import read
from tests.web import HOME, Person

TABLE, MANY = f"/plan/{HOME}/panel/table", f"/plan/{HOME}/panel/many"


def test_rows_carry_values_beside_words_and_only_drafts_are_written(people: dict[str, Person]) -> None:
    drafts = read(people["planner"], f"{TABLE}?state=draft")
    rows = [row for row in drafts.all("tr") if "data-id" in row]
    stored = people["planner"].client.get(f"/api/v1/proposals?kelurahan={HOME}&state=draft").json["features"]
    assert {row["data-id"]: row["data-version"] for row in rows} == {
        one["id"]: str(one["properties"]["version"]) for one in stored
    }
    costs = {cell["data-value"] for cell in drafts.all("td") if cell.get("data-col") == "cost"}
    assert costs == {str(one["properties"]["cost"]) for one in stored}
    assert len([one for one in drafts.all("button") if one.get("data-edit") == "cost"]) == len(rows)
    decided = read(people["planner"], f"{TABLE}?state=completed")
    assert [row for row in decided.all("tr") if "data-id" in row]
    assert not [one for one in decided.all("button") if "data-edit" in one]


def test_a_reviewer_looks_and_chooses_nothing(people: dict[str, Person]) -> None:
    table = read(people["reviewer"], TABLE)
    assert [row for row in table.all("tr") if "data-id" in row]
    assert not [one for one in table.all("button") if "data-edit" in one]
    assert not [one for one in table.all("input") if "data-choose" in one]
    assert people["reviewer"].client.get(MANY).status_code == 403


@pytest.mark.parametrize("address", [TABLE, MANY])
def test_a_visitor_is_asked_to_sign_in(people: dict[str, Person], address: str) -> None:
    assert people["public"].client.get(address).status_code == 401
