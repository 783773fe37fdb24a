"""gis_core as a program: standard input and files, exit codes, errors in one line, numbers at the edge of doubles.

It knows nothing about how an answer is computed. The contract is "gis_core as a program".
"""

from __future__ import annotations

import json
import math

import pytest

from gis_core import __main__ as program
from gis_core import slum
from tests.core.program import RISING, SHARES, rank_document, shell


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
