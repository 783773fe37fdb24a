"""The ranking narrowed to a fund and ordered by other things than the score: places stay those among all proposals."""

from __future__ import annotations

import re

import pytest

from tests.pages.html import Page
from tests.pages.test_pages import read
from tests.pages.test_ranking_panel import PAIRS, PANEL, placed_in
from tests.web import HOME, Person
from webgis.planning.ranking.weighing import comparisons, pairs


def proposals(person: Person) -> dict[str, dict[str, object]]:
    page = person.client.get(f"/api/v1/proposals?kelurahan={HOME}&limit=100").json
    return {one["properties"]["id"]: one["properties"] for one in page["features"]}


def test_costs_order_the_rows_and_leave_their_places(people: dict[str, Person]) -> None:
    known, planner = proposals(people["planner"]), people["planner"]
    usual = read(planner, f"{PANEL}/list")
    by_cost = read(planner, f"{PANEL}/list?sort=cheapest")
    costs = [known[one]["cost"] for one in placed_in(by_cost)]
    assert len(costs) > 5
    assert costs == sorted(costs)  # type: ignore[type-var]
    assert _places(by_cost) == _places(usual)
    dearest = [known[one]["cost"] for one in placed_in(read(planner, f"{PANEL}/list?sort=dearest"))]
    assert dearest == sorted(costs, reverse=True)  # type: ignore[type-var]


def test_the_most_households_come_first_and_none_last(people: dict[str, Person]) -> None:
    page = read(people["planner"], f"{PANEL}/list?sort=households")
    said = [re.match(r"(\d+)\sKK miskin$", text) for text in page.texts]
    counts = [int(found[1]) for found in said if found][: len(placed_in(page))]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) > 1


def test_a_fund_narrows_the_list(people: dict[str, Person]) -> None:
    known, planner = proposals(people["planner"]), people["planner"]
    whole = set(placed_in(read(planner, PANEL)))
    offered = [str(one["value"]) for one in read(planner, PANEL).all("option") if one["value"] == "apbd"]
    assert offered == ["apbd"]
    shown = set(placed_in(read(planner, f"{PANEL}?fund=apbd")))
    assert shown == {one for one in whole if known[one]["funding"].get("apbd")}  # type: ignore[attr-defined]
    without = set(placed_in(read(planner, f"{PANEL}?fund=none")))
    assert without == {
        one
        for one in whole
        if sum(known[one]["funding"].values()) < known[one]["cost"]  # type: ignore
    }


@pytest.mark.parametrize(
    ("lang", "good", "bad"),
    [("id", "Rasio konsistensi", "di atas 0,10"), ("en", "onsistency ratio", "above 0.10")],
)
def test_the_consistency_ratio_is_said_in_words(
    people: dict[str, Person], lang: str, good: str, bad: str
) -> None:
    every = [(a, b) for members in comparisons().values() for a, b in pairs(members)]
    assert len(every) == PAIRS
    alike = "&".join(f"pair.{a}.{b}=1" for a, b in every)
    said = " ".join(read(people["planner"], f"{PANEL}/list?way=ahp&{alike}", lang).texts)
    assert good.lower() in said.lower()
    assert bad not in said
    first, second, *_ = next(iter(comparisons().values()))
    crossed = alike.replace(f"pair.{first}.{second}=1", f"pair.{first}.{second}=9")
    assert crossed != alike
    said = " ".join(read(people["planner"], f"{PANEL}/list?way=ahp&{crossed}", lang).texts)
    assert bad in said


def _places(page: Page) -> dict[str, str]:
    return {
        str(one["data-proposal"]): str(one["data-place"]) for one in page.all("li") if one.get("data-place")
    }
