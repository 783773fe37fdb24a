"""The `assess` command beyond the form: considerations, legality, priority, exit, sums, older forms, doubts."""

from __future__ import annotations

import pytest

from gis_core import assess_document, slum
from gis_core.errors import BadInput
from gis_core.rule_sets import PERMEN_02_2016

SHARES = dict.fromkeys(slum.CRITERIA, 0.0)
BASE = {
    "area_verified_ha": 2.0,
    "buildings": 40,
    "households": 50,
    "persons": 160,
    "road_ideal_m": 300,
    "drain_ideal_m": 300,
}
POINTS = {"strategic_location": 5, "population_density": 3, "socio_economic_culture": 5}
CLEAR = {"tenure_clear": True, "zoning_conform": True}


def only(**row):
    """The answer to one row."""
    answer = assess_document.run({"rows": [{"id": "z"} | row]})
    assert answer["errors"] == []
    return answer["rows"][0]


def refusals(row, **document):
    """Pointers of what is wrong with one row."""
    answer = assess_document.run({"rows": [{"id": "z"} | row]} | document)
    return [error["pointer"] for error in answer["errors"]]


def volumes(**given):
    return SHARES | {name[1:]: value for name, value in given.items()}


def test_considerations_and_legality_give_class_priority_and_treatment():
    heavy = {"shares": dict.fromkeys(slum.CRITERIA, 1.0)}
    row = only(**heavy, considerations=POINTS, legality=CLEAR)
    assert row["considerations"] == {"sum": 13, "class": "high"} and row["legality"] == "legal"
    assert (row["priority"], row["classification"], row["treatment"]) == (1, "A1", "renewal")
    row = only(**heavy, considerations=POINTS, legality=CLEAR | {"zoning_conform": False})
    assert (row["priority"], row["classification"], row["legality"]) == (1, "A2", "not_legal")


def test_what_is_not_told_is_not_answered():
    assert {"considerations", "legality", "priority", "classification"}.isdisjoint(only(shares=SHARES))
    row = only(shares=SHARES, considerations=POINTS)
    assert row["priority"] is None and "classification" not in row


def test_a_pair_has_one_set_of_considerations_and_two_priorities():
    full, half = dict.fromkeys(slum.CRITERIA, 1.0), dict.fromkeys(slum.CRITERIA, 0.55)
    row = only(before={"shares": full}, after={"shares": half}, considerations=POINTS, legality=CLEAR)
    assert (row["before"]["classification"], row["after"]["classification"]) == ("A1", "B1")
    lists = {
        "before": [{"id": "z", "shares": full, "considerations": POINTS}],
        "after": [{"id": "z", "shares": half}],
    }
    row = assess_document.run(lists)["rows"][0]
    assert (row["before"]["priority"], row["after"]["priority"]) == (1, 2)


@pytest.mark.parametrize(
    ("beside", "pointer"),
    [
        ({"considerations": POINTS | {"population_density": 4}}, "/rows/0/considerations/population_density"),
        (
            {"considerations": POINTS | {"population_density": 2.5}},
            "/rows/0/considerations/population_density",
        ),
        ({"considerations": {"strategic_location": 5}}, "/rows/0/considerations/population_density"),
        ({"considerations": 13}, "/rows/0/considerations"),
        ({"legality": {"tenure_clear": True}}, "/rows/0/legality/zoning_conform"),
        ({"legality": CLEAR | {"zoning_conform": 1}}, "/rows/0/legality/zoning_conform"),
        ({"legality": CLEAR | {"deed": True}}, "/rows/0/legality/deed"),
        ({"groups": {"kawasan": "k"}}, "/rows/0/groups"),
        ({"legalty": CLEAR}, "/rows/0/legalty"),
    ],
)
def test_what_stands_beside_a_form_is_checked(beside, pointer):
    assert refusals({"shares": SHARES} | beside) == [pointer]


def test_what_nobody_reads_is_named_wherever_it_stands():
    pair = {"before": {"shares": SHARES, "grops": {}}, "after": {"shares": SHARES}}
    assert refusals(pair) == ["/rows/0/before/grops"]
    assert refusals({"before": {"shares": SHARES}, "after": {"shares": SHARES}, "shares": SHARES}) == [
        "/rows/0/shares"
    ]
    base = dict.fromkeys(slum.BASE_QUANTITIES, 10)
    assert refusals({"volumes": SHARES, "base": base | {"person": 4}}) == ["/rows/0/base/person"]
    for document, pointer in (
        ({"exit_rul": "exit_2018"}, "/exit_rul"),
        (
            {"considerations": {"points": {}, "bands": {"medium": 1, "high": 2, "low": 0}}},
            "/considerations/bands/low",
        ),
    ):
        with pytest.raises(BadInput) as error:
            assess_document.run({"rows": []} | document)
        assert error.value.pointer == pointer


def test_a_city_may_bring_its_own_considerations():
    table = {"points": {"port": [1, 10]}, "bands": {"medium": 5, "high": 9}}
    row = {"id": "z", "shares": SHARES, "considerations": {"port": 10}}
    answer = assess_document.run({"considerations": table, "rows": [row]})
    assert answer["rows"][0]["considerations"] == {"sum": 10, "class": "high"}
    with pytest.raises(BadInput) as refused:
        assess_document.run({"considerations": table | {"bands": {"medium": 9, "high": 9}}, "rows": []})
    assert refused.value.pointer == "/considerations/bands/high"


def test_doubts_are_named():
    row = only(volumes=volumes(k1a=50, k1b=1, k2a=200, k2b=200, k4a=-1), base=BASE)
    assert {(d["criterion"], d["code"]) for d in row["doubts"]} == {
        ("1a", "share_above_one"), ("1b", "density_partial"), ("2b", "road_overfull"), ("4a", "share_negative"),
    }  # fmt: skip


def test_a_form_of_2016_is_graded_by_its_own_rule_and_scored_anew_by_2018():
    shares = dict.fromkeys(PERMEN_02_2016.criteria, 0.0) | {"4c": 1, "4d": 1, "4e": 1, "6c": 1}
    row = assess_document.run({"rule": "permen-02-2016", "rows": [{"id": "old", "shares": shares}]})["rows"][
        0
    ]
    assert (row["total"], row["grade"], row["rescored"]["total"], row["rescored"]["rule"]) == (
        20,
        "light",
        5,
        "permen-14-2018",
    )
    assert row["rescored"]["scores"]["4c"] == 5 and "4d" not in row["rescored"]["scores"]


def test_the_exit_rule_is_a_setting_told_with_the_answer():
    full = {"shares": dict.fromkeys(slum.CRITERIA, 1.0)}
    answer = assess_document.run(
        {
            "exit_rule": "exit_2018",
            "rows": [{"id": "z", "before": full, "after": {"shares": SHARES}}, {"id": "y", **full}],
        }
    )
    assert answer["exit_rule"] == "exit_2018"
    assert answer["rows"][0]["left"] is True and answer["rows"][1]["out"] is False
    with pytest.raises(BadInput):
        assess_document.run({"exit_rule": "exit_1999", "rows": []})


def test_rows_are_summed_to_kawasan_and_kelurahan_by_volumes_and_bases():
    rows = [
        {"id": "1", "volumes": volumes(k1a=40), "base": BASE, "groups": {"kawasan": "K", "kelurahan": "A"}},
        {
            "id": "2",
            "volumes": volumes(k1a=10),
            "base": BASE | {"buildings": 160},
            "groups": {"kawasan": "K", "kelurahan": "A"},
        },
        {"id": "3", "volumes": volumes(k1b=2), "base": BASE, "groups": {"kelurahan": "A"}},
    ]
    groups = assess_document.run({"rows": rows})["groups"]
    kawasan, kelurahan = groups["kawasan"][0], groups["kelurahan"][0]
    assert (kawasan["id"], kawasan["rows"], kawasan["scores"]["1a"]) == (
        "K",
        2,
        1,
    )  # 50 of 200, not a mean of shares
    assert kelurahan["aspects"]["1"] == pytest.approx((50 / 240 + 2 / 6) / 3)
    assert kelurahan["hectares"] == {"none": 6.0, "light": 0.0, "medium": 0.0, "heavy": 0.0}
    assert kelurahan["doubts"] == []  # 1b of a sum may be partial


def test_sums_of_pairs_show_what_changed():
    full = {"volumes": dict.fromkeys(slum.CRITERIA, 40.0), "base": dict.fromkeys(BASE, 40.0)}
    pair = {"id": "1", "before": full, "after": full | {"volumes": SHARES}, "groups": {"kelurahan": "A"}}
    still = {"id": "2", "before": full, "after": full, "groups": {"kelurahan": "A"}}
    group = assess_document.run({"rows": [pair, still]})["groups"]["kelurahan"][0]
    assert (group["before"]["total"], group["after"]["total"], group["contribution"]) == (80, 16, 0.5)
    assert group["hectares"]["before"]["heavy"] == 80 and group["hectares"]["after"] == {
        "none": 40, "light": 0, "medium": 0, "heavy": 40,
    }  # fmt: skip
    single = {"id": "3", **full, "groups": {"kelurahan": "A"}}
    answer = assess_document.run({"rows": [pair, single]})
    assert [error["pointer"] for error in answer["errors"]] == ["/rows/1/groups"]
