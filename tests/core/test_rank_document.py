"""The `rank` command: what an answer tells, the other methods, and input that is pointed at.

Golden values are those of the library tests.
"""

from __future__ import annotations

import copy
import json

import pytest

from tests.core.program import rank_document


def test_reference_example_through_the_program(ask, vector):
    example = vector("mavt_example")
    criteria = [
        {
            "id": c["code"], "weight": c["w"], "value": {"points": c["bp"], "scale": c.get("scale", "linear")},
            "missing": {"baseline": c["baseline"]} if c["missing"] == "baseline" else "zero",
        }
        for c in example["criteria"]
    ]  # fmt: skip
    alternatives = [
        {"id": p["id"], "values": p["x"], "gates": p.get("gates", {})} for p in example["proposals"]
    ]
    code, answer = ask("rank", {"method": "value", "criteria": criteria, "alternatives": alternatives})
    assert code == 0
    assert [row["id"] for row in answer["ranking"]] == ["U3", "U1", "U2", "U4", "U5"]
    by_id = {row["id"]: row for row in answer["ranking"]}
    for wanted in example["result"]:
        row = by_id[wanted["id"]]
        assert list(row["contributions"].values()) == pytest.approx(wanted["contributions"], abs=1e-9)
        for name in ("score", "low", "high", "completeness"):
            assert row[name] == pytest.approx(wanted[name], abs=1e-9)
        assert (row["passes"], row["rank"]) == (wanted["passes"], wanted["rank"])


def test_rank_tells_what_was_missing_clipped_failed_and_unchecked(ask):
    document = rank_document()
    document["alternatives"][0]["values"] = {"need": None, "cost": 500}
    _, answer = ask("rank", document)
    details = answer["details"]
    assert details["missing"] == {"a": ["need"]} and details["beyond_reference"] == {"a": ["cost"]}
    assert details["gates_failed"] == {"b": ["river"]} and details["gates_not_checked"] == {"c": ["river"]}
    row = next(row for row in answer["ranking"] if row["id"] == "a")
    assert (row["completeness"], row["provisional"]) == (0.4, True)
    assert (row["score"], row["low"], row["high"]) == (30, 0, 60)


def test_infinite_and_nan_values_are_missing_and_the_answer_says_why(ask):
    text = (
        json.dumps(rank_document())
        .replace('"need": 0.5', '"need": NaN')
        .replace('"cost": 10}', '"cost": 1e999}', 1)
    )
    _, answer = ask("rank", text)
    details = answer["details"]
    assert details["missing"] == {"a": ["need", "cost"]}
    assert details["missing_because"] == {
        "a": {"need": "not a number (NaN)", "cost": "infinite, or too large for a number"}
    }
    document = rank_document()
    document["alternatives"][0]["values"] = {"need": None}
    _, answer = ask("rank", document)
    assert answer["details"]["missing_because"] == {"a": {"need": "given as null", "cost": "not given"}}
    code, answer = ask("rank", document | {"method": "topsis"})
    assert code == 2 and "given as null" in answer["error"]["message"]


def test_nothing_to_rank_is_an_empty_ranking(ask):
    for method in ("value", "topsis", "vikor", "promethee2"):
        code, answer = ask("rank", rank_document(method, alternatives=[]))
        assert (code, answer["ranking"]) == (0, [])


def test_crosschecks_rank_by_their_own_measure(ask):
    for method, score in (("topsis", 1.0), ("vikor", 0.0), ("promethee2", 1.0)):
        document = rank_document(method)
        document["alternatives"][1]["gates"] = {}
        _, answer = ask("rank", document)
        best = answer["ranking"][0]
        assert (best["id"], best["rank"], best["passes"]) == ("b", 1, True)
        assert best["score"] == pytest.approx(score)
        assert [row["rank"] for row in answer["ranking"]] == [1, 2, 3]


def test_vikor_lists_s_and_r_and_promethee_its_parts(ask):
    _, answer = ask("rank", rank_document("vikor"))
    assert set(answer["details"]["S"]) == set(answer["details"]["R"]) == {"a", "b", "c"}
    _, answer = ask("rank", rank_document("promethee2"))
    for row in answer["ranking"]:
        assert sum(row["contributions"].values()) == pytest.approx(row["score"])


def test_vetoes_name_who_is_much_worse_on_what(ask):
    document = rank_document("topsis", options={"veto": 0.5})
    _, answer = ask("rank", document)
    told = answer["details"]["vetoes"]
    assert told[0]["discordance"] == 1 and all(v["discordance"] > 0.5 for v in told)
    rows = {a["id"]: a["values"] for a in document["alternatives"]}
    way = {c["id"]: 1 if c.get("direction", "max") == "max" else -1 for c in document["criteria"]}
    for v in told:
        worse, better = (rows[v[who]][v["criterion"]] for who in ("id", "against"))
        assert way[v["criterion"]] * worse < way[v["criterion"]] * better
    assert "vetoes" not in ask("rank", rank_document("topsis"))[1]["details"]


def test_options_of_the_crosschecks_are_used(ask, vector):
    case = next(c for c in vector("outranking_distance")["cases"] if "minmax_computed" in c)
    criteria = [{"id": "risk", "weight": 0.5, "direction": "min"}, {"id": "altitude", "weight": 0.5}]
    alternatives = [
        {"id": str(i), "values": {"risk": r, "altitude": h}} for i, (r, h) in enumerate(case["matrix"])
    ]
    document = {"method": "topsis", "criteria": criteria, "alternatives": alternatives}
    _, answer = ask("rank", document | {"options": {"topsis_normalisation": "minmax"}})
    assert answer["ranking"][0]["id"] == "1"
    _, answer = ask("rank", document)
    assert answer["ranking"][0]["id"] == "0"


def broken(path, value):
    """The document with one member replaced; path like "criteria/0/weight"."""
    document = copy.deepcopy(rank_document())
    *way, last = [int(p) if p.isdigit() else p for p in path.split("/")]
    spot = document
    for step in way:
        spot = spot[step]
    spot[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        ("method", "electre", "/method"),
        ("criteria", {}, "/criteria"),
        ("criteria", [], "/criteria"),
        ("criteria/0", 3, "/criteria/0"),
        ("criteria/0/id", 3, "/criteria/0/id"),
        ("criteria/1/id", "need", "/criteria/1/id"),
        ("criteria/0/weight", -0.6, "/criteria/0/weight"),
        ("criteria/0/weight", "0.6", "/criteria/0/weight"),
        ("criteria/0/weight", True, "/criteria/0/weight"),
        ("criteria/0/weight", 0.7, "/criteria"),
        ("criteria/0/direction", "up", "/criteria/0/direction"),
        ("criteria/0/value", None, "/criteria/0/value"),
        ("criteria/0/value", {}, "/criteria/0/value/points"),
        ("criteria/0/value/points", [[0, 0], [1]], "/criteria/0/value/points/1"),
        ("criteria/0/value/points", [[0, 0], [0, 1]], "/criteria/0/value/points/1"),
        ("criteria/0/value/points", [[0, 0], [1, "x"]], "/criteria/0/value/points/1/1"),
        ("criteria/1/value/scale", "ln", "/criteria/1/value/scale"),
        ("criteria/0/missing", "baseline", "/criteria/0/missing"),
        ("criteria/0/missing", {"baseline": 2}, "/criteria/0/missing/baseline"),
        ("criteria/0/missing", {}, "/criteria/0/missing/baseline"),
        ("alternatives", None, "/alternatives"),
        ("alternatives/0/id", None, "/alternatives/0/id"),
        ("alternatives/1/id", "a", "/alternatives/1/id"),
        ("alternatives/0/values", [1, 2], "/alternatives/0/values"),
        ("alternatives/0/values/need", "many", "/alternatives/0/values/need"),
        ("alternatives/0/gates", {"a/b": "yes"}, "/alternatives/0/gates/a~1b"),
        ("options", 3, "/options"),
        ("options", {"vikor": 1}, "/options/vikor"),
        ("weights", [1], "/weights"),
        ("criteria/0/wieght", 0.6, "/criteria/0/wieght"),
        ("criteria/0/value/point", [], "/criteria/0/value/point"),
        ("criteria/0/missing", {"baseline": 0.5, "base": 1}, "/criteria/0/missing/base"),
        ("alternatives/0/gate", {}, "/alternatives/0/gate"),
        ("alternatives/0/values/colour", 3, "/alternatives/0/values/colour"),
    ],
)
def test_bad_rank_input_is_pointed_at(ask, path, value, pointer):
    code, answer = ask("rank", broken(path, value))
    assert (code, answer["error"]["pointer"]) == (2, pointer)


@pytest.mark.parametrize(
    ("method", "path", "value", "pointer"),
    [
        ("topsis", "alternatives/2/values/cost", None, "/alternatives/2/values/cost"),
        ("topsis", "options", {"topsis_normalisation": "sum"}, "/options/topsis_normalisation"),
        ("vikor", "options", {"vikor_v": 1.5}, "/options/vikor_v"),
        ("vikor", "alternatives/1/id", "a", "/alternatives/1/id"),
        ("promethee2", "criteria/1/preference", {"type": "v"}, "/criteria/1/preference/p"),
        ("promethee2", "criteria/1/preference", {"type": "vee"}, "/criteria/1/preference/type"),
        ("promethee2", "criteria/1/preference", {"kind": "v"}, "/criteria/1/preference/kind"),
    ],
)
def test_bad_crosscheck_input_is_pointed_at(ask, method, path, value, pointer):
    code, answer = ask("rank", broken(path, value) | {"method": method})
    assert (code, answer["error"]["pointer"]) == (2, pointer)


def test_a_direction_against_the_value_function_is_refused_with_the_way_to_mend_it(ask):
    document = rank_document()
    document["criteria"][0]["direction"] = "min"
    for command in ("rank", "robustness"):
        code, answer = ask(command, document)
        assert (code, answer["error"]["pointer"]) == (2, "/criteria/0/direction")
        assert "say max, or turn the values of the points round" in answer["error"]["message"]
