"""The `coverage` command: the document of the contract, in and out.

It knows nothing about how the choice is made; that is tested with `coverage`.
"""

from __future__ import annotations

import json

import pytest

from gis_core import coverage_document
from gis_core.errors import BadInput
from tests.core.program import shell

WORKS = [
    {"id": "tap", "cost": 30, "covers": [0, 1]},
    {"id": "drain", "cost": 40, "covers": [1, 2]},
    {"id": "road", "cost": 35, "covers": [2]},
]
DOCUMENT = {"works": WORKS, "demand": [5, 3, 4], "budget": 70}


def test_a_budget_is_spent_where_most_are_served():
    answer = coverage_document.run(DOCUMENT)
    assert answer["chosen"] in (["tap", "drain"], ["tap", "road"])
    assert (answer["covered"], answer["bound"], answer["gap"], answer["greedy"]) == (12, 12, 0, 12)


def test_a_count_needs_no_cost():
    works = [{k: v for k, v in w.items() if k != "cost"} for w in WORKS]
    answer = coverage_document.run({"works": works, "demand": [{"weight": 5}, {"weight": 3}, 4], "count": 1})
    assert (answer["chosen"], answer["covered"]) == (["tap"], 8)


def test_the_shell_prints_one_document_and_nothing_else():
    done = shell("coverage", "-", text=json.dumps(DOCUMENT))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["covered"] == 12


def test_no_works_and_no_demand_cover_nothing():
    answer = coverage_document.run({"works": [], "demand": [], "count": 2})
    assert (answer["chosen"], answer["covered"], answer["bound"], answer["gap"]) == ([], 0, 0, 0)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"works": [{**WORKS[0], "covers": [7]}]}, "/works/0/covers/0"),
        ({"works": [{**WORKS[0], "covers": [True]}]}, "/works/0/covers/0"),
        ({"works": [{**WORKS[0], "cost": -1}]}, "/works/0/cost"),
        ({"works": [{**WORKS[0], "cost": 0}]}, "/works/0/cost"),
        ({"works": [{"id": "x", "covers": []}]}, "/works/0/cost"),
        ({"works": [{"covers": []}]}, "/works/0/id"),
        ({"works": [WORKS[0], WORKS[0]]}, "/works/1/id"),
        ({"works": {}}, "/works"),
        ({"demand": [1, -1, 1]}, "/demand/1"),
        ({"demand": [1, {}, 1]}, "/demand/1/weight"),
        ({"budget": -1}, "/budget"),
        ({"count": 1}, ""),
        ({"gap": 2}, "/gap"),
        ({"budget": None}, "/budget"),
        ({"budget": 1e16}, "/budget"),
        ({"demand": [1e308, 1e308, 1]}, "/demand/0"),
        ({"demand": [{"weight": 1e300}, 1, 1]}, "/demand/0/weight"),
        ({"demand": [{"wieght": 1}, 1, 1]}, "/demand/0/wieght"),
        ({"works": [{**WORKS[0], "cost": 1e300}]}, "/works/0/cost"),
        ({"works": [{**WORKS[0], "cost": 0, "no_cost": "yes"}]}, "/works/0/no_cost"),
        ({"works": [{**WORKS[0], "cots": 3}]}, "/works/0/cots"),
        ({"gpa": 0.1}, "/gpa"),
    ],
)
def test_faults_are_named_by_place(change, pointer):
    with pytest.raises(BadInput) as error:
        coverage_document.run(DOCUMENT | change)
    assert error.value.pointer == pointer
