"""The examples of docs/program.md give what the page says of them."""

from __future__ import annotations

import json
import re

import pytest

from gis_core.__main__ import COMMANDS
from tests.core.program import ROOT

PAGE = (ROOT / "docs" / "program.md").read_text(encoding="utf-8")


def example(name):
    """The document below a heading."""
    return json.loads(re.findall(rf"^## {name}$.*?```json\n(.*?)```", PAGE, re.S | re.M)[0])


def test_the_example_of_rank(ask):
    code, answer = ask("rank", example("rank"))
    assert code == 0
    assert [(row["id"], round(row["score"], 2)) for row in answer["ranking"]] == [
        ("toilet", 66.67),
        ("drain", 58),
    ]
    assert answer["details"]["read_by_type"] == {"toilet": ["poor_served"]}


def test_the_example_of_plan(ask):
    code, answer = ask("plan", example("plan"))
    assert (code, answer["objective"]) == (0, 16)
    assert [work["id"] for work in answer["schedule"]] == ["tap", "lamp"]
    assert answer["prices"]["BLM"] == [pytest.approx(1.2)]
    told = {work["id"]: work["reduced"] for work in answer["left_out"]}
    assert told["stall"] == pytest.approx({"added": 2, "elsewhere": 6, "value": -4})
    assert told["drain"] == pytest.approx({"added": 6, "elsewhere": 6, "value": 0})


def test_every_command_is_in_the_table():
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M)) == set(COMMANDS)
