"""The `plan` command: the document of the contract, in and out.

It knows nothing about how plans are made; that is tested with `portfolio`.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gis_core import plan_document
from gis_core.errors import BadInput
from tests.core.program import shell

WORKS = [
    {"id": "tap", "cost": 30, "value": 2, "earliest": 1, "covers": [0, 1], "share_cap": {"BLM": 1.0}},
    {"id": "drain", "cost": 40, "value": 1, "covers": [1, 2], "share_cap": {"BLM": 0.5, "APBD": 1.0}},
    {"id": "road", "cost": 35, "covers": [2], "share_cap": {"APBD": 1.0}, "earliest": 2},
]
DOCUMENT = {
    "years": 2,
    "funds": ["BLM", "APBD"],
    "budget": {"BLM": [30, 20], "APBD": [0, 20]},
    "works": WORKS,
    "demand": [{"weight": 5, "zone": "RW 1"}, {"weight": 3, "zone": "RW 1"}, {"weight": 4, "zone": "RW 2"}],
    "precedence": [["tap", "drain"]],
    "exclusive": [["drain", "road"]],
    "synergy": [["tap", "drain", 1]],
    "zone_floor": {"RW 2": 4},
    "equity": "none",
    "explain": True,
}


def test_the_plan_of_the_contract():
    answer = plan_document.run(DOCUMENT)
    assert (answer["feasible"], answer["objective"], answer["bound"], answer["gap"]) == (True, 16, 16, 0)
    assert (answer["covered"], answer["min_zone_share"]) == (12, 1)
    assert answer["schedule"] == [
        {"id": "tap", "year": 1, "funding": {"BLM": 30}},
        {"id": "drain", "year": 2, "funding": {"BLM": 20, "APBD": 20}},
    ]
    (left,) = answer["left_out"]
    assert (left["id"], left["reason"], left["because"]) == ("road", "no_money", [])
    assert left["value_if_forced_in"] is None and left["admission"] is None
    assert {k["id"]: k["value_if_left_out"] for k in answer["kept"]} == {"tap": 0, "drain": 0} or answer[
        "kept"
    ]


def test_explanations_may_be_left_away_and_the_worst_served_zone_may_come_first():
    answer = plan_document.run(DOCUMENT | {"explain": False, "equity": "max_min", "zone_floor": None})
    assert (answer["left_out"], answer["kept"], answer["min_zone_share"]) == ([], [], 1)


def test_reference_plans_through_the_document(vector):
    for case in vector("portfolio_small")["cases"]:
        given, wanted = case["instance"], case["answer"]["without_floors"]
        names = [f"p{i}" for i in range(len(given["cost"]))]
        answer = plan_document.run({
            "years": given["years"],
            "funds": given["fund"],
            "budget": dict(zip(given["fund"], given["budget"], strict=True)),
            "works": [
                {"id": n, "cost": c, "value": v, "earliest": e, "covers": h,
                 "share_cap": dict(zip(given["fund"], caps, strict=True))}
                for n, c, v, e, h, caps in zip(
                    names, given["cost"], given["value"], given["earliest"], given["covers"],
                    given["share_cap"], strict=True)
            ],
            "demand": [
                {"weight": w, "zone": z}
                for w, z in zip(given["demand_weight"], given["demand_zone"], strict=True)
            ],
            "precedence": [[names[a], names[b]] for a, b in given["precedence"]],
            "exclusive": [[names[i] for i in group] for group in given["exclusive"]],
            "synergy": [[names[a], names[b], q] for a, b, q in given["synergy"]],
        })  # fmt: skip
        assert (answer["objective"], answer["gap"]) == (wanted["optimum"], 0)
        for entry in answer["schedule"]:
            assert sum(entry["funding"].values()) == pytest.approx(given["cost"][names.index(entry["id"])])


def test_floors_that_cannot_be_reached_are_an_answer_with_the_conflict():
    answer = plan_document.run(DOCUMENT | {"zone_floor": {"RW 1": 9, "RW 2": 1}})
    assert not answer["feasible"] and answer["objective"] == 16
    assert answer["conflict"]["zones"] == ["RW 1"]
    assert answer["conflict"]["largest_floor_factor"] == pytest.approx(8 / 9)


def test_a_fund_may_keep_what_it_does_not_spend():
    hall = {"id": "hall", "cost": 45, "value": 9, "share_cap": {"BLM": 1}}
    bare = DOCUMENT | {"works": [hall], "precedence": [], "exclusive": [], "synergy": [], "zone_floor": None}
    for carry, wanted in ((None, []), ({"BLM": False, "APBD": True}, []), ({"BLM": True}, [2])):
        answer = plan_document.run(bare | {"carry": carry})
        assert [entry["year"] for entry in answer["schedule"]] == wanted


def test_works_may_cover_shares_of_demands():
    works = [WORKS[0] | {"covers": [[0, 0.5], [1, 0.25], 2]}]
    answer = plan_document.run(DOCUMENT | {"works": works, "precedence": [], "exclusive": [], "synergy": []})
    assert answer["covered"] == 5 * 0.5 + 3 * 0.25 + 4
    assert answer["covered_by_zone"] == {"RW 1": 3.25, "RW 2": 4}


def test_a_work_serves_no_more_than_its_capacity():
    works = [WORKS[0] | {"capacity": 6}, WORKS[1]]
    demand = [{"weight": 5, "size": 10}, {"weight": 3}, {"weight": 4}]
    bare = {"precedence": [], "exclusive": [], "synergy": [], "zone_floor": None, "demand": demand}
    answer = plan_document.run(DOCUMENT | bare | {"works": works})
    # The drain takes demands 1 and 2; the tap six tenths of demand 0.
    assert answer["covered"] == pytest.approx(3 + 3 + 4)
    assert [entry.get("load") for entry in answer["schedule"]] == [pytest.approx(6), None]


def test_a_synergy_comes_only_if_both_are_delivered_and_may_be_a_loss():
    plain: Any = {
        "precedence": [],
        "exclusive": [],
        "zone_floor": None,
        "demand": [],
        "budget": {"BLM": [9], "APBD": [9]},
    }
    works = [
        {"id": "a", "cost": 1, "value": 10, "delivery": 0.5},
        {"id": "b", "cost": 1, "value": 5, "delivery": 0.8},
    ]
    document = DOCUMENT | plain | {"years": 1, "works": works}
    assert plan_document.run(document | {"synergy": [["a", "b", 2]]})["objective"] == pytest.approx(
        5 + 4 + 0.8
    )
    (left,) = plan_document.run(document | {"synergy": [["a", "b", -11]]})["left_out"]
    assert (left["id"], left["reason"], left["because"]) == ("b", "worth_less_beside", ["a"])
    assert left["lost"] == pytest.approx(0.4 * 11)


def test_years_count_if_they_are_asked_to():
    works = [
        {"id": name, "cost": 10, "covers": [k], "share_cap": {"BLM": 1}}
        for k, name in enumerate(("few", "many"))
    ]
    plain = {"precedence": [], "exclusive": [], "synergy": [], "zone_floor": None, "works": works}
    document = (
        DOCUMENT
        | plain
        | {"demand": [{"weight": 4}, {"weight": 10}], "budget": {"BLM": [10, 10], "APBD": [0, 0]}}
    )
    found = {
        delta: plan_document.run(document | {"benefit_years": delta}) for delta in (None, 1, 0.5)
    }  # fmt: skip
    assert {delta: answer["objective"] for delta, answer in found.items()} == {None: 14, 1: 24, 0.5: 17}
    years = {entry["id"]: entry["year"] for entry in found[1]["schedule"]}
    assert years == {"many": 1, "few": 2} and found[1]["covered"] == 14
    with pytest.raises(BadInput) as error:
        plan_document.run(document | {"benefit_years": 2})
    assert error.value.pointer == "/benefit_years"


def test_the_shell_prints_one_document_and_nothing_else():
    done = shell("plan", "-", text=json.dumps(DOCUMENT))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["objective"] == 16


def test_budgets_of_nothing_and_no_works_are_plans():
    poor = plan_document.run(DOCUMENT | {"budget": {"BLM": [0, 0], "APBD": [0, 0]}, "zone_floor": None})
    assert (poor["objective"], poor["gap"], poor["schedule"]) == (0, 0, [])
    assert {entry["reason"] for entry in poor["left_out"]} == {"no_money"}
    none = plan_document.run({"years": 1, "funds": [], "budget": {}, "works": []})
    assert (none["objective"], none["bound"], none["min_zone_share"]) == (0, 0, None)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"years": 1.5}, "/years"), ({"budget": {"BLM": [30, 20]}}, "/budget/APBD"),
        ({"budget": {"BLM": [30, 20], "APBD": [0, 20], "CSR": [1, 1]}}, "/budget/CSR"),
        ({"budget": {"BLM": [30], "APBD": [0, 20]}}, "/budget/BLM"),
        ({"budget": {"BLM": [30, -1], "APBD": [0, 20]}}, "/budget/BLM/1"),
        ({"budget": {"BLM": [30, 0.5], "APBD": [0, 20]}}, "/budget/BLM/1"),
        ({"works": [WORKS[0] | {"share_cap": {"CSR": 1}}]}, "/works/0/share_cap/CSR"),
        ({"works": [WORKS[0] | {"share_cap": {"BLM": 1.5}}]}, "/works/0/share_cap/BLM"),
        ({"works": [WORKS[0] | {"cost": -30}]}, "/works/0/cost"),
        ({"works": [WORKS[0] | {"cost": 0}]}, "/works/0/cost"),
        ({"works": [WORKS[0] | {"covers": [9]}]}, "/works/0/covers/0"),
        ({"works": [WORKS[0] | {"covers": [0, [9, 0.5]]}]}, "/works/0/covers/1"),
        ({"works": [WORKS[0] | {"covers": [[0, 1.5]]}]}, "/works/0/covers/0/1"),
        ({"works": [WORKS[0] | {"covers": [[0, "half"]]}]}, "/works/0/covers/0/1"),
        ({"works": [WORKS[0] | {"covers": [[0]]}]}, "/works/0/covers/0"),
        ({"works": [WORKS[0] | {"capacity": -1}]}, "/works/0/capacity"),
        ({"works": [WORKS[0] | {"capacity": "6"}]}, "/works/0/capacity"),
        ({"demand": [{"weight": 1, "size": "x"}]}, "/demand/0/size"),
        ({"carry": {"CSR": True}}, "/carry/CSR"), ({"carry": {"BLM": 1}}, "/carry/BLM"), ({"carry": []}, "/carry"),
        ({"works": [WORKS[0], WORKS[0]]}, "/works/1/id"),
        ({"works": [{"id": "x"}]}, "/works/0/cost"), ({"works": [WORKS[0] | {"value": "2"}]}, "/works/0/value"),
        ({"precedence": [["tap", "drain"], ["drain", "tap"]]}, "/precedence"),
        ({"precedence": [["tap", "lamp"]]}, "/precedence/0/1"), ({"precedence": [["tap"]]}, "/precedence/0"),
        ({"exclusive": [["lamp"]]}, "/exclusive/0/0"), ({"synergy": [["tap", "drain"]]}, "/synergy/0"),
        ({"synergy": [["tap", "tap", 1]]}, "/synergy/0"), ({"zone_floor": {"RW 9": 1}}, "/zone_floor/RW 9"),
        ({"zone_floor": {"RW 1": -1}}, "/zone_floor/RW 1"), ({"demand": [{"zone": "z"}]}, "/demand/0/weight"),
        ({"demand": [{"weight": -1}]}, "/demand/0"), ({"demand": [{"weight": 1, "zone": []}]}, "/demand/0/zone"),
        ({"equity": "gini"}, "/equity"), ({"explain": 1}, "/explain"), ({"gap": -1}, "/gap"),
        ({"admission": {"fund": "BLM", "year": 3}}, "/admission/year"),
        ({"admission": {"fund": "BLM", "yaer": 1}}, "/admission/yaer"),
        ({"precedance": []}, "/precedance"), ({"works": [WORKS[0] | {"earlist": 2}]}, "/works/0/earlist"),
        ({"demand": [{"weight": 1, "zon": "z"}]}, "/demand/0/zon"),
        ({"works": [WORKS[0] | {"gates": {"a/b": "false"}}]}, "/works/0/gates/a~1b"),
        ({"works": [WORKS[0] | {"gates": {"land": 0}}]}, "/works/0/gates/land"),
        ({"works": [WORKS[0] | {"cost": 0, "no_cost": "yes"}]}, "/works/0/no_cost"),
        ({"works": [WORKS[0] | {"cost": 1e16}]}, "/works/0/cost"),
        ({"works": [WORKS[0] | {"value": 1e308}]}, "/works/0/value"),
        ({"works": [WORKS[0] | {"capacity": 1e300}]}, "/works/0/capacity"),
        ({"budget": {"BLM": [30, 2e15], "APBD": [0, 20]}}, "/budget/BLM/1"),
        ({"demand": [{"weight": 1e300}]}, "/demand/0/weight"),
        ({"demand": [{"weight": 1, "size": 1e300}]}, "/demand/0/size"),
        ({"synergy": [["tap", "drain", -1e308]]}, "/synergy/0/2"),
        ({"zone_floor": {"RW 1": 1e300}}, "/zone_floor/RW 1"),
        ({"funds": ["A/B", "APBD"], "budget": {"A/B": [-1, 0], "APBD": [0, 0]}, "works": []}, "/budget/A~1B/0"),
        ({"funds": ["A~B", "APBD"], "budget": {"A~B": [1], "APBD": [0, 0]}, "works": []}, "/budget/A~0B"),
        ({"funds": ["A/B"], "budget": {"A/B": [1, 1]}, "works": [{"id": "x", "cost": 1, "share_cap": {"A/B": 2}}]},
         "/works/0/share_cap/A~1B"),
        ({"zone_floor": {"RW/9": 1}}, "/zone_floor/RW~19"), ({"zone_floor": {"RW/9": -1}}, "/zone_floor/RW~19"),
    ],
)  # fmt: skip
def test_faults_are_named_by_place(change, pointer):
    document = DOCUMENT | change
    if "works" in change:
        document |= {"precedence": [], "exclusive": [], "synergy": []}
    if "demand" in change:
        document |= {"works": [], "precedence": [], "exclusive": [], "synergy": [], "zone_floor": None}
    with pytest.raises(BadInput) as error:
        plan_document.run(document)
    assert error.value.pointer == pointer


def test_a_work_with_a_failed_gate_is_never_built_and_an_unchecked_one_may_be():
    gates = [{"land": False}, {"land": None}]
    works = [work | {"gates": gate} for work, gate in zip(WORKS[::2], gates, strict=True)]
    rules: dict[str, Any] = {"precedence": [], "exclusive": [], "synergy": [], "zone_floor": None}
    answer = plan_document.run(
        DOCUMENT | rules | {"works": works, "budget": {"BLM": [90, 0], "APBD": [0, 90]}}
    )
    assert [entry["id"] for entry in answer["schedule"]] == ["road"]


def test_amounts_as_large_as_may_be_are_planned():
    works = [work | {"value": 1e15, "covers": [0]} for work in WORKS[:2]]
    answer = plan_document.run(
        DOCUMENT
        | {"works": works, "demand": [{"weight": 1e15}], "zone_floor": None, "synergy": [], "exclusive": []}
    )
    assert answer["objective"] == answer["bound"] == 3e15


def test_three_thirds_as_a_program_writes_them_are_a_whole() -> None:
    document: dict[str, Any] = {
        "years": 1, "funds": ["A", "B", "C"], "budget": {"A": [10], "B": [10], "C": [10]},
        "works": [{"id": "a", "cost": 30, "value": 1, "share_cap": dict.fromkeys("ABC", 1 / 3)}],
    }  # fmt: skip
    assert plan_document.run(document)["schedule"] == [
        {"id": "a", "year": 1, "funding": {"A": 10, "B": 10, "C": 10}}
    ]
    document["works"][0]["share_cap"]["A"] = 0.333
    assert plan_document.run(document)["left_out"][0]["reason"] == "no_fund"


def test_floors_in_money_and_chances_through_the_document():
    works = [
        {"id": "drain", "cost": 60, "value": 9, "zone": "RW 1"}, {"id": "tap", "cost": 40, "value": 8, "zone": "RW 1"},
        {"id": "bins", "cost": 30, "value": 1, "zone": "RW 2"},
    ]  # fmt: skip
    document = {"years": 1, "funds": ["BLM"], "budget": {"BLM": [100]}, "works": works, "explain": False}
    plain = plan_document.run(document)
    assert (plain["objective"], plain["missed"]) == (17, [])
    kept = plan_document.run(document | {"money_floor": {"RW 2": 25}})
    assert ([w["id"] for w in kept["schedule"]], kept["objective"], kept["missed"]) == (
        ["drain", "bins"],
        10,
        [],
    )
    wide = plan_document.run(document | {"money_floor": {"RW 2": 45, "RW 9": 5}})
    assert wide["feasible"] is True
    assert wide["missed"] == [
        {"zone": "RW 2", "floor": 45, "spent": 30, "missing": 15},
        {"zone": "RW 9", "floor": 5, "spent": 0, "missing": 5},
    ]
    unsure = [works[0] | {"delivery": 0.5, "covers": [0]}, works[1]]
    half = plan_document.run(document | {"works": unsure, "demand": [{"weight": 4}]})
    assert half["objective"] == 0.5 * (9 + 4) + 8


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"money_floor": {"RW 1": -1}}, "/money_floor/RW 1"), ({"money_floor": {"RW 1": 1.5}}, "/money_floor/RW 1"),
        ({"money_floor": [1]}, "/money_floor"), ({"works": [WORKS[0] | {"zone": 3}]}, "/works/0/zone"),
        ({"works": [WORKS[0] | {"delivery": 0}]}, "/works/0/delivery"),
        ({"works": [WORKS[0] | {"delivery": 1.01}]}, "/works/0/delivery"),
    ],
)  # fmt: skip
def test_faults_of_floors_in_money_and_chances_are_named_by_place(change, pointer):
    plain: dict[str, Any] = {"precedence": [], "exclusive": [], "synergy": []}
    with pytest.raises(BadInput) as refused:
        plan_document.run(DOCUMENT | plain | change)
    assert refused.value.pointer == pointer
