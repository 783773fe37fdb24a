"""The page "How is this computed?": for everybody the method, for some a proposal, for few its household counts."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gis_core.ranking import shown_score
from gis_core.robustness import FAIRLY_ROBUST_FROM, ROBUST_FROM
from gis_core.weights import ahp
from tests.pages.html import Page
from tests.web import HOME, Person
from webgis.planning.catalogues.catalogue import catalogue

COUNTED = ("cost_per_poor", "poor_served", "poor_share", "vulnerable_served")


def method(person: Person, proposal: str = "", lang: str = "en", status: int = 200) -> Page:
    answer = person.client.get(f"/help/method?proposal={proposal}&lang={lang}")
    assert answer.status_code == status, answer.text[:300]
    page = Page(answer.text)
    assert page.faults == []
    return page


def ranked(person: Person) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = person.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json[
        "ranking"
    ]
    return rows


def cells(page: Page) -> list[str]:
    """The texts of the computation of a proposal, up to the criteria of all."""
    ends = [k for k, text in enumerate(page.texts) if text in ("The criteria", "Kriteria")]
    return page.texts[: ends[-1]]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_everybody_reads_the_method_with_the_numbers_of_the_catalogue(
    people: dict[str, Person], lang: str
) -> None:
    page = method(people["public"], lang=lang)
    text = " ".join(page.texts)
    for item in catalogue().criteria:
        assert item.name(lang) in text
    assert catalogue().version in text
    assert not page.all(id="case")
    minutes = (
        "Suara rembuk diambil dari berita acara."
        if lang == "id"
        else "Votes of the rembuk are those of the minutes."
    )
    assert minutes in text, "forums vote, and their votes weigh"


def test_a_planner_reads_a_score_from_raw_value_to_points(people: dict[str, Person]) -> None:
    row = ranked(people["planner"])[0]
    page = method(people["planner"], str(row["id"]))
    texts = cells(page)
    score = f"{shown_score(float(str(row['score']))):.1f}"
    assert str(row["title"]) in texts
    assert score in texts
    points = [float(texts[texts.index(item.names[1]) + 4]) for item in catalogue().criteria]
    assert sum(points) == pytest.approx(float(score), abs=1e-9)
    assert any("Poor share: (" in text for text in texts)


def test_every_value_and_point_can_be_worked_out_from_what_is_shown(people: dict[str, Person]) -> None:
    """As somebody does it on paper: raw value as written, reference points of the type, weight as written."""
    rows, redone = ranked(people["planner"]), 0
    for row in rows[:: max(1, len(rows) // 3)]:
        texts = cells(method(people["planner"], str(row["id"])))
        kind, values = str(row["work_type"]), dict(row["values"])  # type: ignore[call-overload]
        for item in catalogue().criteria:
            at = texts.index(item.names[1])
            raw, value, weight, points = texts[at + 1 : at + 5]
            if (
                item.unit == "land_level"
                or item.id in catalogue().own_points
                or not re.match(r"(Rp\s)?[\d,.]+", raw)
            ):
                continue
            number = float(re.sub(r"[^\d.]", "", raw.partition(" beyond")[0].rstrip(",")))
            number = number / 100 if item.unit == "share" else number
            assert number == pytest.approx(values[item.id], rel=6e-3, abs=1e-5)
            assert float(item.core.as_of(kind).value(number)) == pytest.approx(float(value), abs=1.5e-3)
            assert 100 * float(value) * float(weight) == pytest.approx(float(points), abs=0.11)
            redone += 1
    assert redone > 20


@pytest.mark.parametrize(
    ("kind", "told"),
    [("water_tap", "Homes within reach: metres along streets"), ("street_light", "metres straight from the work")],
)  # fmt: skip
def test_a_planner_reads_how_the_way_to_the_homes_was_measured(
    people: dict[str, Person], kind: str, told: str
) -> None:
    row = next(row for row in ranked(people["planner"]) if row["work_type"] == kind)
    assert any(told in text for text in cells(method(people["planner"], str(row["id"]))))
    reviewer = cells(method(people["reviewer"], str(row["id"])))
    assert not any("Homes within reach" in text for text in reviewer), "it tells where households are"


def test_the_aspects_of_a_slum_reduction_are_told_in_the_preview_and_the_computation(
    people: dict[str, Person],
) -> None:
    planner = people["planner"]
    rows = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json["ranking"]
    row = next(row for row in rows if row["values"]["slum_reduction"] and row["state"] == "draft")
    told = next(text for text in cells(method(planner, row["id"])) if text.startswith("Slum reduction: "))
    parts, whole = told.removeprefix("Slum reduction: ").split(" = ")
    shares = [float(part.rstrip("%").split()[-1]) for part in parts.split(" + ")]
    assert sum(shares) == pytest.approx(float(whole.rstrip("%")), abs=0.1)
    pane = planner.client.get(f"/plan/{HOME}/panel/proposals/{row['id']}?lang=en").text
    assert "Less slum by aspect: " in pane


def test_who_may_not_see_households_reads_points_but_no_counts(people: dict[str, Person]) -> None:
    row = ranked(people["reviewer"])[0]
    texts = cells(method(people["reviewer"], str(row["id"])))
    names = {item.id: item.names[1] for item in catalogue().criteria}
    for criterion in COUNTED:
        assert texts[texts.index(names[criterion]) + 1] == "not shown to this account"
    assert not any(re.search(r"\d+ households", text) for text in texts)
    assert not any("÷" in text and "=" in text for text in texts[5:])


def test_scores_stay_with_those_who_plan_and_decide(people: dict[str, Person]) -> None:
    row = ranked(people["planner"])[0]
    for role in ("public", "partner"):
        page = method(people[role], str(row["id"]))
        assert not page.all(id="case")
        assert any("Scores are for those" in text for text in page.texts)
    method(people["planner"], "nonsense", status=404)


def test_a_failing_gate_says_how_to_mend_it(people: dict[str, Person]) -> None:
    out = [row for row in ranked(people["planner"]) if row["rank"] is None]
    assert out, "the sample city has a proposal that fails a gate"
    page = method(people["planner"], str(out[0]["id"]))
    assert {"not ranked", "not met"} <= set(page.texts)
    panel = people["reviewer"].client.get(f"/plan/{HOME}/panel/proposals/{out[0]['id']}?lang=en").text
    assert "A condition is not met" in panel
    ranking = people["planner"].client.get(f"/plan/{HOME}/panel/ranking?lang=en").text
    assert ranking.index("Not ranked") < ranking.index("fails: ")
    assert "not checked: " in ranking


@pytest.mark.parametrize(
    ("lang", "told"),
    [("id", ("61 %, 28 %, 11 %", "Keluarga yang sama tidak pernah dihitung dua kali", "jarak yang terbukti")),
     ("en", ("61%, 28%, 11%", "never counted twice", "the proven gap"))],
)  # fmt: skip
def test_everybody_reads_how_weights_firmness_and_plans_come_about(
    people: dict[str, Person], lang: str, told: tuple[str, ...]
) -> None:
    page = method(people["public"], lang=lang)
    text = " ".join(page.texts).replace("\xa0", " ")
    assert [one for one in told if one not in text] == []
    ratio = ahp(np.array([[1, 3, 1], [1 / 3, 1, 3], [1, 1 / 3, 1]])).consistency_ratio
    assert f"{ratio:.2f}".replace(".", "," if lang == "id" else ".") in text
    assert f"{100 * ROBUST_FROM:.0f}" in text and f"{100 * FAIRLY_ROBUST_FROM:.0f}" in text
    assert {"weighing", "firmness", "plans"} <= {str(one.get("id")) for one in page.all("section")}


def test_a_kelurahan_gives_its_own_numbers_to_those_who_may_rank_there(people: dict[str, Person]) -> None:
    def of(person: Person) -> str:
        answer = person.client.get(f"/help/method?kelurahan={HOME}&lang=en")
        assert answer.status_code == 200
        return " ".join(Page(answer.text).texts)

    rows = [row for row in ranked(people["planner"]) if row["rank"]]
    text = of(people["planner"])
    assert f"Of {len(rows)} ranked proposals: " in text
    assert "No meeting here has agreed on weights yet" in text
    assert "the same while the weight of" in text
    for role in ("public", "partner"):
        assert "ranked proposals: " not in of(people[role]), role
    case = " ".join(method(people["planner"], str(rows[-1]["id"])).texts)
    assert "short of first place" in case and "of the possible weights" in case


@pytest.mark.parametrize(
    ("lang", "one", "two", "whole"),
    [("id", "paling banyak 1 poin", "paling banyak 2 poin", r"\+ 5 × \d+(,\d+)? %\) ÷ \(\d+(,\d+)? \+ 5\) ="),
     ("en", "at most 1 point", "at most 2 points", r"\+ 5 × \d+(\.\d+)?%\) ÷ \(\d+(\.\d+)? \+ 5\) =")],
)  # fmt: skip
def test_numbers_are_written_as_people_write_them(
    people: dict[str, Person], lang: str, one: str, two: str, whole: str
) -> None:
    rows = ranked(people["planner"])
    for row in rows[:4]:
        texts = method(people["planner"], str(row["id"]), lang).texts
        assert {one, two} <= set(texts)
        sums = [text for text in texts if " ÷ (" in text and "+ 5) = " in text]
        assert sums and all(re.search(whole, text) for text in sums), sums
        assert not any(re.search(r"\d[.,]0 \+", text) for text in texts)


def test_what_is_not_asked_is_told_with_the_weights_that_act(people: dict[str, Person]) -> None:
    row = next(row for row in ranked(people["planner"]) if "flood" in row["waived"])  # type: ignore[operator]
    page = method(people["planner"], str(row["id"]))
    texts = cells(page)
    at = texts.index("Part that floods")
    assert texts[at + 1 : at + 5] == ["not asked of this type", "–", "0.0000", "0.0"]
    connection = texts[texts.index("Connection to the existing network") + 3]
    assert float(connection) > 0.02
    assert any(text.startswith("Not asked of this type: Part that floods") for text in texts)
    assert texts[texts.index("Score") + 1] == "1.0000"


def test_a_planner_reads_how_a_drain_falls_and_how_near_a_road_brings_people(
    people: dict[str, Person],
) -> None:
    rows = ranked(people["planner"])
    drain = next(row for row in rows if row["work_type"] == "drain_new")
    assert any(
        text.startswith("Fall: not known.") for text in cells(method(people["planner"], str(drain["id"])))
    )
    assert any(
        text.startswith("Fall: not known.") for text in cells(method(people["reviewer"], str(drain["id"])))
    )
    road = next(row for row in rows if row["work_type"] in ("road_paving", "road_concrete", "road_asphalt"))
    told = "Way to the nearest motor road"
    assert any(text.startswith(told) for text in cells(method(people["planner"], str(road["id"]))))
    assert not any(text.startswith(told) for text in cells(method(people["reviewer"], str(road["id"]))))


def test_the_form_of_a_drain_asks_for_levels_and_that_of_a_tap_does_not(people: dict[str, Person]) -> None:
    for kind, asked in (("drain_new", True), ("sewer", True), ("water_tap", False), ("road_paving", False)):
        page = people["planner"].send("GET", f"/plan/{HOME}/panel/new?work_type={kind}").text
        assert ('name="readiness.upper_level"' in page) is asked, kind
