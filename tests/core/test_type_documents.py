"""Reference points of a work type in the documents of `rank` and `robustness`, and each fault named by its place.

It knows nothing about how they are computed with; that is `test_kinds`.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest

ALL = {"points": [[0, 0], [100, 1]]}
TOILET = {"points": [[0, 0], [10, 1]], "basis": "households one unit can serve"}
COST = {"points": [[1e5, 1], [1e7, 0]], "scale": "log10"}


def document(**changes: Any) -> dict[str, Any]:
    """Two criteria that a toilet is read on by points of its own; four works, one with a gap."""
    return {
        "criteria": [
            {"id": "people", "weight": 0.6, "value": ALL, "of_type": {"toilet": TOILET}},
            {
                "id": "cost", "weight": 0.4, "direction": "min", "value": COST,
                "of_type": {"toilet": {"points": [[1e7, 1], [1e8, 0]]}},
            },
        ],
        "alternatives": [
            {"id": "drain", "work_type": "drain", "values": {"people": 50, "cost": 1e6}},
            {"id": "toilet", "work_type": "toilet", "values": {"people": 5, "cost": 1e7}},
            {"id": "other", "values": {"people": 5, "cost": 1e7}},
            {"id": "unknown", "work_type": "toilet", "values": {"people": 20, "cost": None}},
        ],
    } | changes  # fmt: skip


def test_a_work_is_read_by_the_points_of_its_type_and_the_answer_says_so(ask):
    code, answer = ask("rank", document())
    assert code == 0
    assert [(row["id"], row["score"]) for row in answer["ranking"]] == [
        ("toilet", pytest.approx(70)), ("unknown", pytest.approx(60)), ("drain", pytest.approx(50)),
        ("other", pytest.approx(3)),
    ]  # fmt: skip
    details = answer["details"]
    assert details["read_by_type"] == {"toilet": ["people", "cost"], "unknown": ["people", "cost"]}
    assert details["beyond_reference"] == {"unknown": ["people"]}
    plain = copy.deepcopy(document())
    for criterion in plain["criteria"]:
        del criterion["of_type"]
    _, answer = ask("rank", plain)
    assert "read_by_type" not in answer["details"]
    assert next(row["score"] for row in answer["ranking"] if row["id"] == "toilet") == pytest.approx(3)


@pytest.mark.parametrize("method", ["topsis", "vikor", "promethee2"])
def test_other_methods_compare_what_is_worth_as_much(ask, method):
    works = document()["alternatives"][:2]
    even = [works[0], works[1] | {"values": {"people": 5, "cost": 10**7.5}}]
    _, answer = ask("rank", document(method=method, alternatives=even))
    assert [row["rank"] for row in answer["ranking"]] == [1, 1], "five of ten are what fifty of a hundred are"


def test_draws_are_read_by_the_points_of_the_type(ask):
    works = document()["alternatives"][:3]
    asked = document(
        alternatives=[works[2], works[0] | {"gates": {"river": False}}, works[1]], samples=200, seed=3,
        noise={"people": {"low": -1, "high": 1}},
    )  # fmt: skip
    _, answer = ask("robustness", asked)
    assert answer["rank_acceptability"] == {"other": [0, 1], "toilet": [1, 0]}


@pytest.mark.parametrize(
    ("where", "given", "pointer", "says"),
    [
        ("of_type", [], "/criteria/0/of_type", "must be an object"),
        ("of_type", {"toilet": []}, "/criteria/0/of_type/toilet", "must be an object"),
        ("of_type", {"": TOILET}, "/criteria/0/of_type/", "needs a name"),
        ("of_type", {"a/b": {}}, "/criteria/0/of_type/a~1b/points", "points is missing"),
        ("of_type", {"toilet": TOILET | {"scale": "log10"}}, "/criteria/0/of_type/toilet/scale", "unknown member"),
        ("of_type", {"toilet": TOILET | {"basis": 3}}, "/criteria/0/of_type/toilet/basis", "must be a string"),
        ("of_type", {"toilet": {"points": [[0, 0]]}}, "/criteria/0/of_type/toilet/points", "two breakpoints"),
        ("of_type", {"toilet": {"points": [[0, 0], [5]]}}, "/criteria/0/of_type/toilet/points/1", "a pair"),
        ("of_type", {"toilet": {"points": [[5, 0], [5, 1]]}}, "/criteria/0/of_type/toilet/points/1", "strictly rise"),
        ("of_type", {"toilet": {"points": [[0, 0], [5, "1"]]}}, "/criteria/0/of_type/toilet/points/1/1", "a number"),
        ("of_type", {"toilet": {"points": [[0, 1], [5, 0]]}}, "/criteria/0/of_type/toilet/points", "run against"),
        ("value", "identity", "/criteria/0/of_type", "takes values as they are"),
    ],
)  # fmt: skip
def test_bad_points_of_a_type_are_named_by_their_place(ask, where, given, pointer, says):
    asked = document()
    asked["criteria"][0][where] = given
    code, answer = ask("robustness", asked)
    assert (code, answer["error"]["pointer"]) == (2, pointer)
    assert says in answer["error"]["message"]
    if where == "of_type":
        assert ask("rank", asked) == (code, answer)


def test_a_work_type_is_a_name(ask):
    works = [document()["alternatives"][0] | {"work_type": 3}]
    code, answer = ask("rank", document(alternatives=works))
    assert (code, answer["error"]["pointer"]) == (2, "/alternatives/0/work_type")
