"""gis_core as a program: documents in and out, errors, exit codes.

It knows nothing about how an answer is computed. The contract is "gis_core as a program"; golden values
are those of the library tests.
"""

from __future__ import annotations

import copy
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gis_core import __main__ as program
from gis_core import slum

ROOT = Path(__file__).resolve().parents[2]
SHARES = dict.fromkeys(slum.CRITERIA, 0.0)
BASE = {
    "area_verified_ha": 2,
    "buildings": 35,
    "persons": 141,
    "households": 50,
    "road_ideal_m": 600,
    "drain_ideal_m": 400,
}
RISING = {"points": [[0, 0], [1, 1]]}


def shell(*arguments, text="", cwd=ROOT):
    """Run the program as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "gis_core", *arguments],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=240,
        check=False,
    )


@pytest.fixture
def ask(tmp_path, capsys):
    """ask(command, document): exit code and answer, in this process for speed."""

    def run(command, document):
        path = tmp_path / "in.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        code = program.main([command, str(path)])
        answer = json.loads(
            capsys.readouterr().out, parse_constant=lambda c: pytest.fail(f"{c} in the output")
        )
        return code, answer

    return run


def rank_document(method="value", **changes):
    """Two criteria, three alternatives."""
    document = {
        "method": method,
        "criteria": [
            {"id": "need", "weight": 0.6, "direction": "max", "value": RISING, "missing": {"baseline": 0.5}},
            {
                "id": "cost",
                "weight": 0.4,
                "direction": "min",
                "value": {"points": [[1, 1], [100, 0]], "scale": "log10"},
            },
        ],
        "alternatives": [
            {"id": "a", "values": {"need": 0.5, "cost": 10}},
            {"id": "b", "values": {"need": 1, "cost": 1}, "gates": {"river": False}},
            {"id": "c", "values": {"need": 0.9, "cost": 10}, "gates": {"river": None, "land": True}},
        ],
    }
    return document | changes


def test_shell_reads_standard_input_and_writes_standard_output():
    done = shell("assess", "-", text=json.dumps({"rows": [{"id": "r", "shares": SHARES | {"2b": 0.76}}]}))
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout)
    assert answer["rows"][0]["total"] == 5 and answer["errors"] == []
    assert answer["rows"][0]["aspects"] == {"1": 0, "2": 0.38, "3": 0, "4": 0, "5": 0, "6": 0, "7": 0}


def test_shell_writes_to_a_file_and_says_nothing_then(tmp_path):
    source, target = tmp_path / "in put.json", tmp_path / "out put.json"
    source.write_text(json.dumps(rank_document()), encoding="utf-8-sig")
    done = shell("rank", str(source), "-o", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert [row["id"] for row in json.loads(target.read_text())["ranking"]] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("rank",), "{"), (("rank",), ""), (("rank",), b"\xff\xfe"), (("rank",), "[" * 100_000), (("assess",), "[]"),
        (("rank", "absent.json"), ""), (("plan",), "{}"), ((), ""), (("rank", "-", "-x"), "{}"),
        (("rank", "."), ""), (("assess", "-", "-o", "no/such/folder/out.json"), '{"rows": []}'),
    ],
)  # fmt: skip
def test_shell_answers_bad_input_with_two_one_line_and_a_document(arguments, text):
    done = shell(*arguments, text=text)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr
    error = json.loads(done.stdout)["error"]
    assert set(error) == {"pointer", "message"} and error["message"]


def test_shell_writes_the_error_document_where_the_answer_would_go(tmp_path):
    done = shell("assess", "-", "-o", str(tmp_path / "out.json"), text='{"rule": "permen-1970", "rows": []}')
    assert (done.returncode, done.stdout) == (2, b"")
    assert json.loads((tmp_path / "out.json").read_text())["error"]["pointer"] == "/rule"


def test_an_unknown_command_is_told_the_known_ones(capsys):
    assert program.main(["dream"]) == 2
    assert ", ".join(program.COMMANDS) in capsys.readouterr().err


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


def test_a_second_run_gives_the_same_bytes():
    text = json.dumps(rank_document())
    assert shell("rank", text=text).stdout == shell("rank", "-", text=text).stdout


def test_numbers_that_run_out_of_double_precision_are_refused_in_one_line():
    column = {"id": "c", "weight": 1, "value": RISING}
    both = [{"id": "a", "values": {"c": 1e308}}, {"id": "b", "values": {"c": -1e308}}]
    documents = (
        ("rank", {"method": "vikor", "criteria": [column], "alternatives": both}),
        ("assess", {"rows": [{"id": "a", "shares": dict.fromkeys(slum.CRITERIA, 1e308)}]}),
    )
    for command, document in documents:
        done = shell(command, text=json.dumps(document))
        assert done.returncode == 2 and b"too large" in done.stderr and done.stderr.count(b"\n") == 1
        assert "too large" in json.loads(done.stdout)["error"]["message"]


def test_an_overflow_anywhere_is_bad_input_and_no_traceback(ask, monkeypatch):
    def overflow(_):
        return {"sum": math.fsum([1e308, 1e308])}

    monkeypatch.setattr(program, "COMMANDS", {**program.COMMANDS, "coverage": overflow})
    code, answer = ask("coverage", {})
    assert code == 2 and "too large" in answer["error"]["message"]


def test_nothing_is_zero_without_a_minus(ask):
    document = {"works": [{"id": "a", "cost": 1, "covers": [0]}], "demand": [0], "count": 1}
    code, answer = ask("coverage", document)
    assert code == 0 and math.copysign(1, answer["lp_bound"]) == 1


@pytest.mark.parametrize(("digits", "told"), [("1" + "0" * 400, "infinite"), ("-1" + "0" * 400, "infinite")])
def test_a_whole_number_beyond_double_precision_is_infinite(digits, told):
    text = json.dumps({"method": "value", "criteria": [{"id": "c", "weight": 1, "value": RISING}],
                       "alternatives": [{"id": "a", "values": {"c": "?"}}]})  # fmt: skip
    done = shell("rank", text=text.replace('"?"', digits))
    assert done.returncode == 0 and done.stderr == b""
    assert told in json.loads(done.stdout)["details"]["missing_because"]["a"]["c"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"method": "equal", "n": 3, "method": "roc"}', '"method"'),
        ('{"method": "direct", "points": [1], "x": {"a~/": 1, "a~/": 1}}', '"a~/"'),
    ],
)
def test_a_member_that_stands_twice_is_refused_by_its_name(ask, text, name):
    code, answer = ask("weights", text)
    assert code == 2
    assert answer["error"]["message"] == f"the member {name} stands twice in one object; leave one out"


def test_a_direction_against_the_value_function_is_refused_with_the_way_to_mend_it(ask):
    document = rank_document()
    document["criteria"][0]["direction"] = "min"
    for command in ("rank", "robustness"):
        code, answer = ask(command, document)
        assert (code, answer["error"]["pointer"]) == (2, "/criteria/0/direction")
        assert "say max, or turn the values of the points round" in answer["error"]["message"]


def grouped_document():
    """Three criteria of which two are risks, and ten alternatives; the first is not asked about flood."""
    criteria = [
        {"id": name, "weight": weight, "value": RISING, "group": group}
        for name, weight, group in (("need", 0.5, "benefit"), ("flood", 0.2, "risk"), ("slope", 0.3, "risk"))
    ]
    rows = [{"id": f"p{i}", "values": {"need": i / 10, "flood": i / 10, "slope": 0.5}} for i in range(10)]
    rows[0] = {"id": "drain", "values": {"need": 0.4, "slope": 0.6}, "not_asked": ["flood"]}
    return {"method": "value", "criteria": criteria, "alternatives": rows}


def test_what_is_not_asked_gives_its_weight_to_its_group(ask):
    code, answer = ask("rank", grouped_document())
    assert code == 0
    drain = next(row for row in answer["ranking"] if row["id"] == "drain")
    assert drain["effective_weights"] == pytest.approx({"need": 0.5, "flood": 0, "slope": 0.5})
    assert (drain["score"], drain["low"], drain["completeness"]) == (pytest.approx(50), drain["score"], 1)
    assert answer["details"]["missing"] == {} and answer["details"]["missing_because"] == {
        "drain": {"flood": "not asked"}
    }
    assert sum("effective_weights" in row for row in answer["ranking"]) == 1


def test_criteria_that_run_together_are_named(ask):
    code, answer = ask("rank", grouped_document())
    wanted = [{"first": "need", "second": "flood", "rho": 1.0, "proposals": 9}]
    assert code == 0 and answer["details"]["double_counting"] == wanted
    assert ask("robustness", grouped_document() | {"samples": 10})[1]["double_counting"] == wanted


def test_places_are_told_without_a_criterion(ask):
    document = grouped_document() | {"samples": 500, "without": ["need", "flood"]}
    code, answer = ask("robustness", document)
    assert code == 0 and set(answer["without"]) == {"need", "flood"}
    with_all, apart = answer["rank_acceptability"], answer["without"]["need"]["rank_acceptability"]
    assert apart["drain"][0] > with_all["drain"][0], "its slope of 0.6 counts for more without the need"
    top = ask("robustness", document | {"top": 1})[1]
    assert top["without"]["need"]["top_acceptability"]["drain"] == pytest.approx(apart["drain"][0], abs=1e-9)
    alone = {**document, "criteria": [{"id": "need", "value": RISING}], "without": ["need"]}
    alone["alternatives"] = [{"id": "a", "values": {"need": 1}}]
    assert ask("robustness", alone)[1]["without"] == {"need": None}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda d: d["alternatives"][0].update(not_asked=["rain"]), "/alternatives/0/not_asked/0"),
        (lambda d: d["alternatives"][0].update(not_asked="flood"), "/alternatives/0/not_asked"),
        (lambda d: d["alternatives"][1].update(not_asked=["flood"]), "/alternatives/1/values/flood"),
        (lambda d: d["criteria"][0].update(group=3), "/criteria/0/group"),
        (lambda d: d.update(without=["rain"]), "/without/0"),
    ],
)
def test_faults_in_groups_and_what_is_not_asked_are_named(ask, change, pointer):
    document = grouped_document()
    change(document)
    code, answer = ask("robustness", document)
    assert (code, answer["error"]["pointer"]) == (2, pointer)


def test_bounds_of_weights_tell_how_many_weights_keep_them(ask):
    document = grouped_document() | {
        "samples": 400,
        "weights": {"kind": "interval", "lower": [0, 0, 0], "upper": [0.5, 1, 1]},
    }
    code, answer = ask("robustness", document)
    assert code == 0 and answer["weights_accepted"] == pytest.approx(0.75, abs=0.1)
