"""Weight sets and robustness through the API: computed, kept once, named by a ranking, worded in both languages."""

from __future__ import annotations

import pytest

from tests.web import HOME, signed_in
from webgis.planning.catalogues.catalogue import catalogue

SET = {
    "kelurahan": HOME, "name": "Rembuk", "method": "roc", "met_on": "2026-03-05", "place": "Balai RW 05",
    "men": 14, "women": 17, "judgements": {"ranks": {"poor_served": 1, "slum_severity": 2, "land": 3}},
}  # fmt: skip


def test_weights_are_computed_without_keeping(planner, visitor):
    asked = {"method": "swing", "judgements": {"points": {"poor_served": 100, "land": 60}}}
    answer = planner.send("POST", "/api/v1/weight-sets/compute", json=asked)
    assert answer.status_code == 200, answer.text
    assert answer.json["weights"]["poor_served"] == pytest.approx(100 / 160)
    assert answer.json["consistent"] is True
    assert planner.client.get(f"/api/v1/weight-sets?kelurahan={HOME}").json["weight_sets"] == []
    assert visitor.send("POST", "/api/v1/weight-sets/compute", json=asked).status_code == 401


def test_inconsistent_pairs_answer_the_ratio_and_three_judgements(planner):
    pairs = [("benefit", "efficiency", 9), ("efficiency", "readiness", 9), ("benefit", "readiness", 1 / 9)]
    rest = [("benefit", "risk"), ("efficiency", "risk"), ("readiness", "risk")]
    groups: dict[str, list[str]] = {}
    for item in catalogue().criteria:
        groups.setdefault(item.group, []).append(item.id)
    rest += [(a, b) for names in groups.values() for i, a in enumerate(names) for b in names[i + 1 :]]
    said = [
        *({"a": a, "b": b, "times": t} for a, b, t in pairs),
        *({"a": a, "b": b, "times": 1} for a, b in rest),
    ]
    asked = {"method": "ahp", "judgements": {"pairs": said}}
    told = planner.send("POST", "/api/v1/weight-sets/compute?lang=en", json=asked).json
    assert told["consistency_ratio"] > 0.1 and not told["consistent"]
    assert len(told["look_again"]) == 3
    assert {told["look_again"][0][side] for side in ("a_name", "b_name")} < {
        "Benefit",
        "Value for money",
        "Readiness",
    }


def test_a_set_is_kept_once_and_read_back(planner, visitor):
    sends = [
        planner.send("POST", "/api/v1/weight-sets", json=SET, headers={"Idempotency-Key": "satu"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sends] == [201, 201], sends[0].text
    assert sends[0].json == sends[1].json
    listed = planner.client.get(f"/api/v1/weight-sets?kelurahan={HOME}").json["weight_sets"]
    assert listed == [sends[0].json]
    assert planner.client.get(sends[0].headers["Location"]).json == sends[0].json
    assert list(sends[0].json["weights"]) == list(listed[0]["weights"])
    for method in ("PUT", "PATCH", "DELETE"):
        assert planner.send(method, sends[0].headers["Location"]).status_code == 405
    assert visitor.client.get(f"/api/v1/weight-sets?kelurahan={HOME}").status_code == 401
    assert visitor.client.get(sends[0].headers["Location"]).status_code == 401


def test_faults_of_a_set_have_pointers(planner):
    answer = planner.send(
        "POST", "/api/v1/weight-sets?lang=en", json=SET | {"met_on": None, "men": 0, "women": 0}
    )
    assert answer.status_code == 422
    assert {fault["pointer"] for fault in answer.json["errors"]} == {"/met_on", "/men"}
    assert "date of the meeting" in answer.json["errors"][0]["message"]
    for change in ({"met_on": "kemarin"}, {"weights": {"land": 1}}, {"method": "guess"}, {"men": "5"}):
        assert planner.send("POST", "/api/v1/weight-sets", json=SET | change).status_code == 422


def test_a_reviewer_reads_but_does_not_keep(app):
    reviewer = signed_in(app, "reviewer")
    assert reviewer.client.get(f"/api/v1/weight-sets?kelurahan={HOME}").status_code == 200
    assert reviewer.send("POST", "/api/v1/weight-sets", json=SET).status_code == 403


def test_a_ranking_tells_how_firm_its_places_are(planner):
    kept = planner.send("POST", "/api/v1/weight-sets", json=SET).json
    body = {"kelurahan": HOME, "weight_set": kept["id"], "robustness": {"samples": 500, "seed": 3}}
    first, again = (planner.send("POST", "/api/v1/rankings?lang=en", json=body) for _ in range(2))
    assert first.status_code == 201, first.text
    assert first.text.replace(first.json["id"], "") == again.text.replace(again.json["id"], "")
    assert planner.client.get(first.headers["Location"] + "?lang=en").text == first.text
    run = first.json
    assert (run["weight_set"], run["weights"]) == (kept["id"], kept["weights"])
    assert run["robustness"] == {
        "kind": "ordinal", "samples": 500, "seed": 3, "spread": 0.5, "participants": [],
    }  # fmt: skip
    row = run["ranking"][0]
    assert len(row["acceptability"]) == sum(item["passes"] for item in run["ranking"])
    assert row["robustness"]["sentence"].endswith("of the possible weights.")
    assert row["robustness"]["words"] in ("robust", "fairly robust", "sensitive to the weights")
    indonesian = planner.client.get(first.headers["Location"] + "?lang=id").json["ranking"][0]["robustness"]
    assert indonesian["words"] in ("kokoh", "cukup kokoh", "peka terhadap bobot")
    assert set(run["agreement"]) == {"topsis", "vikor", "promethee2"}


def test_robustness_is_only_told_when_asked_for(planner):
    run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json
    assert run["robustness"] is None
    assert {row["acceptability"] for row in run["ranking"]} == {None}
    for bad in ({"samples": 10**9}, {"kind": "guess"}, {"seed": -1}, {"spread": 0}, {"luck": 1}):
        answer = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME, "robustness": bad})
        assert answer.status_code == 422
        assert answer.json["errors"][0]["pointer"].startswith("/robustness/")


@pytest.mark.parametrize("given", [True, 1, "yes", [], "ordinal"])
def test_robustness_that_is_no_object_is_told_what_is_expected(planner, given):
    answer = planner.send("POST", "/api/v1/rankings?lang=en", json={"kelurahan": HOME, "robustness": given})
    (fault,) = answer.json["errors"]
    assert (answer.status_code, fault["pointer"]) == (422, "/robustness")
    assert "{} for the defaults" in fault["message"] and "kind, samples, seed, spread" in fault["message"]


@pytest.mark.parametrize(
    ("weights", "pointer", "told"),
    [
        ({"land": 0.5, "flood": 0.6}, "/weights", "they now sum to 1.1"),
        ({"land": 0.5, "flood": 0.500002}, "/weights", "they now sum to 1.000002"),
        ({"land": 0.0}, "/weights", "they now sum to 0"),
        ({}, "/weights", "they now sum to 0"),
        ({"land": 1.5, "flood": -0.5}, "/weights/flood", "number of 0 or more"),
        ({"beauty": 1.0}, "/weights/beauty", "not a criterion"),
        ({"land": None}, "/weights/land", "number"),
        ([1], "/weights", "JSON object"),
    ],
)
def test_weights_that_are_none_are_named_and_nothing_is_kept(planner, weights, pointer, told):
    runs = f"/api/v1/rankings?kelurahan={HOME}"
    before = planner.client.get(runs).json
    answer = planner.send("POST", "/api/v1/rankings?lang=en", json={"kelurahan": HOME, "weights": weights})
    (fault,) = answer.json["errors"]
    assert (answer.status_code, fault["pointer"]) == (422, pointer) and told in fault["message"]
    assert planner.client.get(runs).json == before


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_weight_that_is_no_number_is_refused(planner, number):
    text = f'{{"kelurahan": "{HOME}", "weights": {{"land": {number}, "flood": 1}}}}'
    answer = planner.send("POST", "/api/v1/rankings", data=text, content_type="application/json")
    assert answer.status_code in (400, 422) and answer.content_type == "application/problem+json"
    assert "NaN" not in answer.text or number == "NaN"
