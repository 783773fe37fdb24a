"""The page and the panel say from which data a score is made and of when they are; the API says the same."""

from __future__ import annotations

import re

from tests.pages.html import Page
from tests.web import HOME, Person


def test_page_panel_and_api_name_source_and_date_of_the_facts(people: dict[str, Person]) -> None:
    planner = people["planner"]
    run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    row = next(row for row in run["ranking"] if row["work_type"] == "water_tap")
    facts, used = run["facts"], run["used"]["water_tap"]
    assert used["poor_served"] == ["households", "assets", "roads"]
    assert (facts["households"]["date"], facts["households"]["how"]) == ("2026-03-31", "surveyed")
    assert run["units"]["poor_served"] == "households"
    page = planner.client.get(f"/help/method?proposal={row['id']}&lang=en").text
    source = facts["households"]["sources"][0]
    assert f"Poor households: last surveyed 31 March 2026 ({source})" in page
    pane = planner.client.get(f"/plan/{HOME}/panel/proposals/{row['id']}?lang=id").text
    assert f"Rumah tangga miskin: terakhir didata 31 Maret 2026 ({source})" in pane
    assert re.search(r"Berkas usulan ini: terakhir dicatat \d+ \w+ 20\d\d", pane)
    assert planner.client.get(f"/api/v1/rankings/{run['id']}").json["facts"] == facts


def test_a_preview_names_its_facts_and_a_reviewer_reads_them_without_counts(
    people: dict[str, Person],
) -> None:
    planner, reviewer = people["planner"], people["reviewer"]
    run = reviewer.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    row = run["ranking"][0]
    assert run["facts"]["households"]["date"] == "2026-03-31" and "poor_served" not in row["values"]
    stored = planner.client.get(f"/api/v1/proposals/{row['id']}").json
    said = {name: stored["properties"][name] for name in ("title", "work_type")}
    drawn = {"type": "Feature", "geometry": stored["geometry"], "properties": said}
    found = planner.send("POST", "/api/v1/proposals/preview", json=drawn).json
    assert found["facts"] == run["facts"]
    assert found["used"] == {row["work_type"]: run["used"][row["work_type"]]}
    page = Page(reviewer.client.get(f"/help/method?proposal={row['id']}&lang=en").text)
    assert page.faults == []
    assert any("Poor households: last surveyed 31 March 2026" in text for text in page.texts)
