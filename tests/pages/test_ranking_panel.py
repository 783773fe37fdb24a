"""The ranking tab: words of robustness, weights in the address, drawers in every way of judging, two compared."""

from __future__ import annotations

import json
import re
from collections import Counter
from math import comb
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.pages.html import Page
from tests.pages.test_pages import read
from tests.web import HOME, Person, make_app, signed_in
from webgis.pages.rankings import choice
from webgis.pages.scores.score import score_view
from webgis.planning.catalogues.catalogue import catalogue

PANEL = f"/plan/{HOME}/panel/ranking"
CATALOGUE = {item.id: item.core.weight for item in catalogue().criteria}
GROUPS = Counter(item.group for item in catalogue().criteria)
PAIRS = comb(len(GROUPS), 2) + sum(comb(size, 2) for size in GROUPS.values())


def order_of(page: Page) -> list[str]:
    return [str(row["data-proposal"]) for row in page.all("li") if "data-place" in row]


def placed_in(page: Page) -> list[str]:
    """Those that pass every gate and so have a place."""
    return [str(row["data-proposal"]) for row in page.all("li") if row.get("data-place")]


@pytest.mark.parametrize(("lang", "words"), [("id", "kokoh|cukup kokoh|peka terhadap bobot"),
                                             ("en", "robust|fairly robust|sensitive to the weights")])  # fmt: skip
def test_every_row_says_how_firm_its_place_is(people: dict[str, Person], lang: str, words: str) -> None:
    page = read(people["planner"], PANEL, lang)
    held = [row for row in page.all("span") if str(row.get("class", "")).startswith("held ")]
    assert len(held) == len(placed_in(page)) > 5
    assert all(re.match(f"(?i)({words}): ", str(row["title"])) for row in held)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("way", ["swing", "direct", "roc", "ahp"])
def test_each_way_of_judging_shows_the_weights_in_use(people: dict[str, Person], way: str, lang: str) -> None:
    page = read(people["planner"], f"{PANEL}/weights?to={way}", lang)
    assert len(page.all("output")) == len(CATALOGUE)
    pressed = [found["data-way"] for found in page.all("button", aria_pressed="true")]
    assert pressed == [way]
    said = {str(found["name"]): str(found["value"]) for found in page.all("input") if found.get("name")}
    if way == "direct":
        assert sum(int(value) for name, value in said.items() if name.startswith("points.")) == 100
    if way == "swing":
        assert said["points.poor_served"] == "100"
    if way == "roc":
        assert said["order.poor_served"] == "1"
    if way == "ahp":
        assert len(page.all("select")) == PAIRS
        assert (
            len(page.all("option", selected=""))
            or len([o for o in page.all("option") if "selected" in o]) == PAIRS
        )


def test_the_list_follows_the_weights_of_the_address(people: dict[str, Person]) -> None:
    planner = people["planner"]
    usual = order_of(read(planner, PANEL))
    for query in (
        {"way": "swing", "points.land": "100", "points.flood": "50"},
        {"way": "roc", "order.land": "1"},
    ):
        page = read(planner, f"{PANEL}/list?{urlencode(query)}")
        assert sorted(order_of(page)) == sorted(usual)
        assert order_of(page) != usual
    whole = read(planner, f"{PANEL}?way=roc&order.land=1&rw=")
    kept = {found["name"]: found["value"] for found in whole.all("input", type="hidden")}
    assert (kept["way"], kept["order.land"]) == ("roc", "1")


def test_points_keep_the_catalogue_s_weights_as_near_as_whole_numbers_can(people: dict[str, Person]) -> None:
    points = choice.points("direct", CATALOGUE)
    assert sum(points.values()) == 100
    assert all(abs(points[name] - 100 * weight) < 1 for name, weight in CATALOGUE.items())
    page = read(
        people["planner"],
        f"{PANEL}/list?way=direct&" + "&".join(f"points.{k}={v}" for k, v in points.items()),
    )
    assert order_of(page) == order_of(read(people["planner"], PANEL))


def test_pairs_taken_from_weights_lie_on_the_scale_and_hang_together() -> None:
    steps = choice.steps(CATALOGUE)
    assert len(steps) == PAIRS
    assert {round(max(times, 1 / times)) for times in steps.values()} <= set(choice.SCALE)


def test_weights_that_are_none_are_said_in_the_place_of_the_list(people: dict[str, Person]) -> None:
    for query, word in (
        ("points.land=0", "at least one"),
        ("points.land=x", "number"),
        ("points.beauty=1", "beauty"),
    ):
        page = read(people["planner"], f"{PANEL}/list?way=swing&{query}", "en")
        assert word in " ".join(page.texts)
        assert order_of(page) == []
        judging = read(people["planner"], f"{PANEL}/weights?way=swing&to=roc&{query}")
        assert judging.all("button", data_way="roc", aria_pressed="true"), (
            "nobody is locked out of the drawer"
        )
        assert order_of(read(people["planner"], f"{PANEL}?way=swing&{query}"))


def test_two_proposals_side_by_side_add_up(people: dict[str, Person]) -> None:
    planner = people["planner"]
    first, *_, second = order_of(read(planner, PANEL))[:5]
    page = read(planner, f"{PANEL}/compare?a={first}&b={second}", "en")
    numbers = [float(text.replace("−", "-")) for text in page.texts if re.fullmatch(r"[+−]?\d+\.\d", text)]
    rows = [numbers[i : i + 3] for i in range(0, len(numbers), 3)]
    *parts, total = rows
    assert len(parts) == len(CATALOGUE)
    for column in range(3):
        assert sum(row[column] for row in parts) == pytest.approx(total[column], abs=1e-6)
    assert all(row[0] - row[1] == pytest.approx(row[2], abs=1e-6) for row in rows)
    assert any("leads" in text for text in page.texts)
    read(planner, f"{PANEL}/compare?a={first}&b={first}", status=404)
    read(people["partner"], f"{PANEL}/compare?a={first}&b={second}", status=403)


def test_who_may_not_keep_weights_sees_no_form_for_it(people: dict[str, Person]) -> None:
    for role, may in (("planner", True), ("city", True), ("reviewer", False)):
        forms = read(people[role], PANEL).all("form")
        assert any("data-keep-form" in form for form in forms) == may, role


@pytest.fixture
def own_app(new_database: Any) -> Any:
    return make_app(new_database("sample"))


def test_a_kept_set_can_be_chosen_and_tells_its_meeting(own_app: Any) -> None:
    planner = signed_in(own_app, "planner")
    body = {
        "kelurahan": HOME, "name": "Rembuk <b>RW 05</b>", "method": "direct", "met_on": "2026-03-05",
        "place": "Balai", "men": 3, "women": 4, "judgements": {"points": {"land": 1}},
    }  # fmt: skip
    kept = planner.send("POST", "/api/v1/weight-sets", json=body).json
    for person in ("A", "B", "C"):
        planner.send("POST", "/api/v1/weight-sets", json=body | {"participant": person})
    page = read(planner, f"{PANEL}?set={kept['id']}", "en")
    assert "Balai, 3 men and 4 women attended" in page.texts
    assert "Rembuk <b>RW 05</b>" in page.texts
    assert any("3 participants" in text for text in page.texts)
    assert (
        len([one for one in page.all("option") if one.get("value") == kept["id"] and "selected" in one]) == 1
    )
    assert "3 participants together" in page.texts
    middle = read(planner, f"{PANEL}?set=median", "en")
    assert "the participants together" in middle.texts
    assert order_of(middle) == order_of(page), "all three and the meeting want the same"
    assert "the participants together" in read(planner, f"{PANEL}/meeting?set=median", "en").texts


@pytest.mark.parametrize(
    ("lang", "firm", "lacks"),
    [("id", "tetap sama selama bobot", "Untuk tempat pertama kurang"),
     ("en", "stay the same while the weight of", "short of first place")],
)  # fmt: skip
def test_it_is_told_how_far_a_weight_may_move_and_what_first_place_takes(
    people: dict[str, Person], lang: str, firm: str, lacks: str
) -> None:
    page = read(people["planner"], PANEL, lang)
    assert any(firm in text for text in page.texts)
    assert len([text for text in page.texts if lacks in text]) == len(placed_in(page)) - 1
    ranges = json.loads(next(str(row["data-stable"]) for row in page.all("div") if "data-stable" in row))
    assert set(ranges) == set(CATALOGUE) and all(
        re.fullmatch(r"[\d.,]+–[\d.,]+\s?%", one) for one in ranges.values()
    )


@pytest.mark.parametrize(
    ("lang", "always", "suits"),
    [("id", "menjaga urutan kepentingan(: selalu| tempatnya)", "Paling sering menjadi yang pertama"),
     ("en", "keep the order of importance(: always| its place)", "It is first mostly")],
)  # fmt: skip
def test_it_is_told_what_holds_whatever_the_weights_and_which_weights_suit_a_proposal(
    people: dict[str, Person], lang: str, always: str, suits: str
) -> None:
    planner = people["planner"]
    page = read(planner, PANEL, lang)
    assert len([text for text in page.texts if re.search(always, text)]) == len(placed_in(page))
    run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME, "robustness": {}}).json
    suited = [row for row in run["ranking"][1:] if row["robustness"] and row["robustness"]["central"]]
    assert suited and len([text for text in page.texts if suits in text]) == len(suited)
    best = next(row for row in run["ranking"] if row["robustness"] and row["robustness"]["ahead_of"] > 0)
    weaker = "is much weaker than" if lang == "en" else "jauh lebih lemah daripada"
    assert len([text for text in page.texts if weaker in text]) == len(run["vetoes"])
    said = [
        read(planner, f"{PANEL}/compare?a={best['id']}&b={row['id']}", lang).texts
        for row in run["ranking"][-4:]
        if row["robustness"]
    ]
    words = "stays ahead of" if lang == "en" else "tetap di atas"
    assert any(words in text for texts in said for text in texts)


def test_places_are_told_against_the_last_meeting_with_words_for_those_who_hear(own_app: Any) -> None:
    planner = signed_in(own_app, "planner")
    assert not any("▲ ▼" in text for text in read(planner, PANEL).texts)
    body = {
        "kelurahan": HOME, "name": "Rembuk RW 05", "method": "direct", "met_on": "2026-03-05", "place": "Balai",
        "men": 3, "women": 4, "judgements": {"points": {"land": 1}},
    }  # fmt: skip
    kept = planner.send("POST", "/api/v1/weight-sets", json=body).json
    same = read(planner, f"{PANEL}?set={kept['id']}")
    assert [row for row in same.all("small") if "move" in str(row.get("class"))] == []
    page, english = read(planner, PANEL), read(planner, PANEL, "en")
    assert "▲ ▼ dibanding hasil rembuk 5 Maret 2026, “Rembuk RW 05”." in page.texts
    assert any(re.fullmatch(r"naik \d+ tempat", text) for text in page.texts)
    assert any(re.fullmatch(r"down \d+ places?", text) for text in english.texts)
    assert any(re.fullmatch(r"▲\d+", text) for text in page.texts)
    tried = read(planner, f"{PANEL}?way=direct&points.land=1", "en")
    assert "Trial weights, not saved." in tried.texts
    assert tried.all("button", data_panel=f"panel/ranking?set={kept['id']}")


def test_the_projector_shows_nothing_that_the_public_may_not_see(own_app: Any) -> None:
    planner = signed_in(own_app, "planner")
    found = planner.client.get(f"/api/v1/proposals?kelurahan={HOME}&work_type=house_repair").json["features"]
    latrine = {
        "type": "Feature",
        "geometry": found[0]["geometry"],
        "properties": {"title": "Jamban keluarga Ibu Sari", "work_type": "latrine"},
    }
    made = planner.send("POST", "/api/v1/proposals", json=latrine).json["id"]
    page, panel = read(planner, f"{PANEL}/meeting", "en"), read(planner, PANEL, "en")
    rows = {str(row["data-meeting-row"]): row for row in page.all("li") if "data-meeting-row" in row}
    assert list(rows) == placed_in(panel) and made in rows
    assert "Jamban keluarga Ibu Sari" in panel.texts and "Jamban keluarga Ibu Sari" not in page.texts
    assert [name for name, row in rows.items() if "data-area" not in row] == [made]
    read(signed_in(own_app, "partner"), f"{PANEL}/meeting", status=403)


@pytest.mark.parametrize(
    ("lang", "heading", "without", "heavy"),
    [("id", "Adakah yang dihitung dua kali?", "Tanpa “Tingkat kumuh di lokasi”", "bersama berbobot 100 %"),
     ("en", "Is something counted twice?", "Without “Slum severity at the site”", "weigh 100% together")],
)  # fmt: skip
def test_the_panel_says_what_may_be_counted_twice(
    people: dict[str, Person], lang: str, heading: str, without: str, heavy: str
) -> None:
    page = read(people["planner"], PANEL, lang)
    assert heading in page.texts
    said = [text for text in page.texts if text.startswith(without)]
    assert len(said) == len(placed_in(page)) + 1, "one for each place and one for all"
    assert not any(heavy in text for text in page.texts)
    query = {"way": "direct", "points.slum_severity": "50", "points.service_deficit": "50"}
    page = read(people["planner"], f"{PANEL}?{urlencode(query)}", lang)
    assert any(heavy in text for text in page.texts)


@pytest.mark.parametrize(
    ("lang", "heading", "column"),
    [("id", "Manfaat terbesar untuk uangnya", "Poin per Rp 100 juta"),
     ("en", "Most benefit for the money", "Points per Rp 100 million")],
)  # fmt: skip
def test_a_second_list_goes_by_the_money(
    people: dict[str, Person], lang: str, heading: str, column: str
) -> None:
    page = read(people["planner"], PANEL, lang)
    assert {heading, column} <= set(page.texts)
    texts = page.texts[page.texts.index(column) :]
    lines = [k for k, text in enumerate(texts) if re.match(r"\d+\. ", text)]
    assert len(lines) == min(10, len(placed_in(page)))
    worth = [
        float(texts[k + 1].replace(".", "").replace(",", ".") if lang == "id" else texts[k + 1])
        for k in lines
    ]
    assert worth == sorted(worth, reverse=True)


@pytest.mark.parametrize("provisional", [True, False])
def test_a_score_is_marked_provisional_where_the_ranking_says_so(provisional: bool) -> None:
    told = {"score": 50.0, "contributions": {"land": 50.0}, "completeness": 0.7 - 1e-12}
    view = score_view(told | {"provisional": provisional}, "en")
    assert view is not None and view.provisional == provisional
