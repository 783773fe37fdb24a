"""The `assess` command: rows of shares or volumes, rows that are wrong, and pairs of before and after.

Golden values are those of the library tests.
"""

from __future__ import annotations

import json

import pytest

from gis_core import slum
from tests.core.program import SHARES

BASE = {
    "area_verified_ha": 2,
    "buildings": 35,
    "persons": 141,
    "households": 50,
    "road_ideal_m": 600,
    "drain_ideal_m": 400,
}


def test_assess_takes_volumes_over_a_base(ask):
    volumes = dict.fromkeys(slum.CRITERIA, 0) | {"1a": 21, "2a": 0, "4b": 400, "7b": 35}
    _, answer = ask(
        "assess", {"rule": "permen-14-2018", "rows": [{"id": "rt1", "volumes": volumes, "base": BASE}]}
    )
    row = answer["rows"][0]
    assert (row["scores"]["1a"], row["scores"]["4b"], row["scores"]["7b"]) == (3, 5, 5)
    assert (row["total"], row["grade"]) == (13, "none")
    assert row["aspects"]["1"] == pytest.approx(0.2)


def test_a_bad_row_is_named_and_does_not_spoil_the_others(ask):
    good = {"id": "good", "shares": SHARES}
    volumes = {"volumes": SHARES, "base": BASE}
    rows = [
        good,
        {"id": "gap", "shares": {k: v for k, v in SHARES.items() if k != "3b"}},
        {"id": "null", "shares": SHARES | {"1a": None}},
        {"id": "text", "shares": SHARES | {"1a": "0,6"}},
        {"id": "old", "shares": SHARES | {"4d": 0}},
        {"id": "zero", "volumes": SHARES, "base": BASE | {"drain_ideal_m": 0}},
        {"id": "none", "volumes": SHARES, "base": {k: v for k, v in BASE.items() if k != "households"}},
        {"id": "both", "shares": SHARES, **volumes},
        {"id": "neither"},
        good,
        {"shares": SHARES},
        {"id": 7, "shares": SHARES},
        "row",
        {"id": "flag", "shares": SHARES | {"1a": True}},
        {"id": "fine", **volumes},
    ]
    code, answer = ask("assess", {"rows": rows})
    assert code == 0
    assert [row["id"] for row in answer["rows"]] == ["good", "fine"]
    assert [(e["id"], e["pointer"]) for e in answer["errors"]] == [
        ("gap", "/rows/1/shares/3b"), ("null", "/rows/2/shares/1a"), ("text", "/rows/3/shares/1a"),
        ("old", "/rows/4/shares/4d"), ("zero", "/rows/5/base/drain_ideal_m"), ("none", "/rows/6/base/households"),
        ("both", "/rows/7"), ("neither", "/rows/8"), ("good", "/rows/9/id"), ("", "/rows/10/id"),
        ("7", "/rows/11/id"), ("", "/rows/12"), ("flag", "/rows/13/shares/1a"),
    ]  # fmt: skip


def test_a_share_that_is_not_a_number_is_a_bad_row(ask):
    text = json.dumps({"rows": [{"id": "r", "shares": SHARES | {"1a": float("nan")}}]})
    _, answer = ask("assess", text)
    assert answer["rows"] == [] and answer["errors"][0]["pointer"] == "/rows/0/shares/1a"


def test_negative_shares_and_shares_above_one_are_dirty_data_and_no_errors(ask):
    _, answer = ask("assess", {"rows": [{"id": "r", "shares": SHARES | {"4a": 3.0, "4b": -0.2}}]})
    assert answer["rows"][0]["total"] == 5 and answer["rows"][0]["aspects"]["4"] == 1


@pytest.mark.parametrize("shape", ["rows", "lists", "single"])
def test_before_and_after_give_the_change(ask, shape):
    before, after = {"shares": SHARES | {"2b": 0.9}}, {"shares": SHARES | {"2b": 0.3}}
    documents = {
        "rows": {"rows": [{"id": "z", "before": before, "after": after}]},
        "lists": {"before": [{"id": "z"} | before], "after": [{"id": "z"} | after]},
        "single": {"before": {"id": "z"} | before, "after": {"id": "z"} | after},
    }
    _, answer = ask("assess", documents[shape])
    row = answer["rows"][0]
    assert (row["id"], row["delta_total"]) == ("z", 4)
    assert row["contribution"] == pytest.approx(2 / 3)
    assert (row["before"]["total"], row["after"]["total"]) == (5, 1)
    assert ("delta_total" in answer) == (shape == "single")


def test_rows_without_a_partner_are_named(ask):
    before, after = [{"id": "a", "shares": SHARES}], [{"id": "b", "shares": SHARES}]
    _, answer = ask("assess", {"before": before, "after": after})
    assert [(e["id"], e["pointer"]) for e in answer["errors"]] == [
        ("a", "/before/0/id"),
        ("b", "/after/0/id"),
    ]


def test_rows_after_that_cannot_be_matched_are_named_and_never_lost(ask):
    row = {"shares": dict.fromkeys(slum.CRITERIA, 0.5)}
    after = [{"id": "a"} | row, {"id": "a"} | row, row, 7, {"id": 3} | row, {"id": "b"} | row]
    _, answer = ask("assess", {"before": [{"id": "a"} | row], "after": after})
    assert [found["id"] for found in answer["rows"]] == ["a"]
    assert {(error["id"], error["pointer"]) for error in answer["errors"]} == {
        ("a", "/after/1/id"), ("", "/after/2/id"), ("", "/after/3"), ("3", "/after/4/id"), ("b", "/after/5/id"),
    }  # fmt: skip


def test_reference_pairs_through_the_program(ask, vector):
    pairs = vector("kumuh_delta")["pairs"]
    rows = [
        {"id": str(i)}
        | {k: {"shares": dict(zip(slum.CRITERIA, p[k]["share"], strict=True))} for k in ("before", "after")}
        for i, p in enumerate(pairs)
    ]
    _, answer = ask("assess", {"rule": "permen-14-2018", "rows": rows})
    for row, pair in zip(answer["rows"], pairs, strict=True):
        assert row["delta_total"] == pair["delta_score"]
        assert row["contribution"] == pytest.approx(pair["kontribusi"], abs=1e-9)
