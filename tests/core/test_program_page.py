"""docs/program.md names every member of the program, and its examples give what the page says of them."""

from __future__ import annotations

import json
import re

import pytest

from gis_core.__main__ import COMMANDS
from tests.core.program import ROOT

PAGE = (ROOT / "docs" / "program.md").read_text(encoding="utf-8")


def section(name):
    """What stands below a heading."""
    return re.findall(rf"^## {name}$(.*?)(?=^## |\Z)", PAGE, re.S | re.M)[0]


def example(name):
    """The document below a heading."""
    return json.loads(re.findall(r"```json\n(.*?)```", section(name), re.S)[0])


def unnamed(names, *sections):
    text = "".join(map(section, sections))
    return [name for name in names if f"`{name}`" not in text]


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


def test_the_example_of_assess(ask):
    code, answer = ask("assess", example("assess"))
    (row,) = answer["rows"]
    assert (code, row["before"]["total"], row["after"]["total"], row["delta_total"]) == (0, 6, 1, 5)


ODD = {"odd": 0}
COLUMN = {"id": "c", "weight": 1, "value": {"points": [[0, 0], [1, 1]]}}
SITE = {"years": 1, "funds": [], "budget": {}, "works": []}


@pytest.mark.parametrize(
    ("command", "document"),
    [
        ("assess", ODD), ("assess", {"rows": [{"id": "a", **ODD}]}),
        ("assess", {"rows": [{"id": "a", "before": {}, "after": {}, **ODD}]}),
        *(("weights", {"method": method, **ODD}) for method in ("ahp", "roc", "rank_sum", "equal", "swing", "direct")),
        ("rank", ODD), ("rank", {"criteria": [{"id": "c", **ODD}]}),
        ("rank", {"criteria": [COLUMN], "alternatives": [ODD]}),
        ("rank", {"criteria": [COLUMN], "alternatives": [], "options": ODD}),
        ("rank", {"method": "promethee2", "criteria": [COLUMN | {"preference": ODD}], "alternatives": []}),
        ("robustness", {"criteria": [], **ODD}),
        ("robustness", {"criteria": [COLUMN], "alternatives": [], "weights": ODD}),
        ("robustness", {"criteria": [COLUMN], "alternatives": [], "noise": {"c": ODD}}),
        ("sensitivity", ODD), ("inequality", ODD), ("coverage", ODD), ("coverage", {"works": [ODD]}),
        ("coverage", {"works": [], "demand": [ODD]}),
        ("plan", ODD), ("plan", SITE | {"works": [ODD]}), ("plan", SITE | {"demand": [{"weight": 1, **ODD}]}),
        ("plan", SITE | {"admission": ODD}),
    ],
)  # fmt: skip
def test_every_member_that_a_command_takes_is_named(ask, command, document):
    _, answer = ask(command, document)
    told = answer["error"]["message"] if "error" in answer else answer["errors"][0]["message"]
    taken = told.partition("known: ")[2].split(", ")
    assert taken != [""]
    assert unnamed(taken, command, *(["rank"] if command == "robustness" else [])) == []


@pytest.mark.parametrize("command", ["assess", "rank", "plan"])
def test_every_member_that_a_command_answers_with_is_named(ask, command):
    _, answer = ask(command, example(command))
    lists = [
        row for rows in answer.values() if isinstance(rows, list) for row in rows if isinstance(row, dict)
    ]
    assert (
        unnamed({*answer, *answer.get("details", {}), *(name for row in lists for name in row)}, command)
        == []
    )


def test_every_command_is_in_the_table():
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M)) == set(COMMANDS)
