"""The edge cases of the method's section 6 by command: named or answered, never NaN, never a traceback.

It knows nothing about how answers are computed; golden values are those of the tests of each module.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gis_core import __main__ as program
from gis_core import slum
from gis_core.documents import parse
from gis_core.errors import BadInput

NAN, INFINITE = float("nan"), float("inf")
RISING = {"points": [[0, 0], [1, 1]]}
METHODS = ("value", "topsis", "vikor", "promethee2")
WORK = {"id": "a", "cost": 5, "value": 1, "earliest": 1, "covers": [0], "share_cap": {"BLM": 1}}
PLAN = {
    "years": 1, "funds": ["BLM"], "budget": {"BLM": [10]}, "works": [WORK], "demand": [{"weight": 1, "zone": "z"}],
}  # fmt: skip


def table(*rows: list[Any], weights: tuple[float, ...] = (0.5, 0.5), method: str = "value") -> dict[str, Any]:
    """A `rank` document of alternatives a0, a1, … with their values."""
    names = [f"c{j}" for j in range(len(weights))]
    return {
        "method": method,
        "criteria": [{"id": n, "weight": w, "value": RISING} for n, w in zip(names, weights, strict=True)],
        "alternatives": [
            {"id": f"a{i}", "values": dict(zip(names, row, strict=True))} for i, row in enumerate(rows)
        ],
    }


def answer(command: str, document: Any) -> dict[str, Any]:
    """What the program would write, which must be JSON in the strict sense."""
    text = json.dumps(program.COMMANDS[command](parse(json.dumps(document))), allow_nan=False)
    return dict(json.loads(text))


@pytest.mark.parametrize("method", METHODS)
def test_no_proposals_one_proposal_and_equals(method: str) -> None:
    best = {"value": 50, "topsis": 1, "vikor": 0, "promethee2": 0}[method]
    assert answer("rank", table(method=method))["ranking"] == []
    (one,) = answer("rank", table([0.5, 0.5], method=method))["ranking"]
    assert (one["rank"], one["score"]) == (1, best)
    same = answer("rank", table(*[[0.5, 0.5]] * 3, method=method))["ranking"]
    assert [(row["rank"], row["score"]) for row in same] == [(1, best)] * 3


def test_robustness_of_none_one_and_equals() -> None:
    assert answer("robustness", table() | {"samples": 50})["rank_acceptability"] == {}
    assert answer("robustness", table([0.5, 0.5]) | {"samples": 50})["rank_acceptability"] == {"a0": [1]}
    even = answer("robustness", table([0.5, 0.5], [0.5, 0.5]) | {"samples": 50})
    assert even["rank_acceptability"] == {"a0": [0.5, 0.5], "a1": [0.5, 0.5]}


@pytest.mark.parametrize("nothing", [NAN, INFINITE, -INFINITE, None])
def test_what_is_no_number_is_missing_with_its_reason(nothing: float | None) -> None:
    ranked = answer("rank", table([nothing, 1.0], [0.2, 0.2]))
    told = "null" if nothing is None else "NaN" if nothing != nothing else "infinite"
    assert told in ranked["details"]["missing_because"]["a0"]["c0"]
    row = next(row for row in ranked["ranking"] if row["id"] == "a0")
    assert (row["score"], row["low"], row["high"], row["completeness"]) == (50, 50, 100, 0.5)
    drawn = answer("robustness", table([nothing, 1.0], [0.2, 0.2]) | {"samples": 50})
    assert told in drawn["missing_because"]["a0"]["c0"]


@pytest.mark.parametrize(
    ("command", "document", "pointer", "told"),
    [
        *(("rank", table([1, 1], weights=(0, 0), method=m), "/criteria", "sum to 0") for m in METHODS),
        *(("rank", table([1, 1], weights=(0.5, 0.6), method=m), "/criteria", "c1 0.6") for m in METHODS),
        *(("rank", table([1, 1], weights=(-1, 2), method=m), "/criteria/0/weight", "c0") for m in METHODS),
        *(("rank", table([1, 1], weights=(NAN, 1), method=m), "/criteria/0/weight", "c0") for m in METHODS),
        *(("rank", table(method=m) | {"criteria": []}, "/criteria", "at least one") for m in METHODS),
        *(("rank", table([NAN, 1], method=m), "/alternatives/0/values/c0", "NaN") for m in METHODS[1:]),
        ("robustness", table([1, 1], weights=(0.5, 0.6)), "/criteria", "sum to 1.1"),
        ("weights", {"method": "swing", "points": [0, 0]}, "/points", "above 0"),
        ("weights", {"method": "roc", "ranks": [1, 1, 5]}, "/ranks/2", "expected 3"),
        ("sensitivity", {"weights": [0, 0], "difference": [1, 0]}, "/weights", "sum to 0"),
        ("sensitivity", {"weights": [NAN, 1], "difference": [1, 0]}, "/weights/0", "finite"),
        ("inequality", {"x": [1, NAN]}, "/x/1", "finite"),
        ("coverage", {"works": [{"id": "a", "cost": -1, "covers": []}], "demand": [], "budget": 1},
         "/works/0/cost", "negative"),
        ("plan", PLAN | {"works": [WORK | {"cost": -5}]}, "/works/0/cost", "negative"),
        ("plan", PLAN | {"works": [WORK | {"cost": 0}]}, "/works/0/cost", "no_cost"),
        ("plan", PLAN | {"works": [WORK | {"value": NAN}]}, "/works/0/value", "finite"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_named(
    command: str, document: dict[str, Any], pointer: str, told: str
) -> None:
    with pytest.raises(BadInput) as error:
        answer(command, document)
    assert error.value.pointer == pointer and told in error.value.message


def test_an_indicator_without_denominator_is_named_and_the_other_rows_are_answered() -> None:
    base = {
        "area_verified_ha": 2, "buildings": 35, "persons": 141, "households": 50, "road_ideal_m": 0, "drain_ideal_m": 9,
    }  # fmt: skip
    volumes = dict.fromkeys(slum.CRITERIA, 0)
    rows = [
        {"id": "no", "volumes": volumes, "base": base},
        {"id": "yes", "volumes": volumes, "base": base | {"road_ideal_m": 5}},
    ]
    found = answer("assess", {"rows": rows})
    assert [row["id"] for row in found["rows"]] == ["yes"]
    assert [(e["id"], e["pointer"]) for e in found["errors"]] == [("no", "/rows/0/base/road_ideal_m")]


def test_no_money_is_an_empty_plan_with_its_reason_and_no_works_are_no_plan() -> None:
    poor = answer("plan", PLAN | {"budget": {"BLM": [0]}})
    assert (poor["schedule"], poor["objective"], poor["gap"]) == ([], 0, 0)
    assert poor["left_out"][0]["reason"] == "no_money"
    assert answer("plan", PLAN | {"works": []})["schedule"] == []
    floor = answer("plan", PLAN | {"zone_floor": {"z": 5}})
    assert floor["feasible"] is False and floor["min_zone_share"] == 1
