"""Maximum coverage: published and recomputed optima, greedy choices, guarantees, exact budgets.

It knows nothing about years and funds. Golden values: Swain 55 and SJC 324/402 of the reference folder;
properties are numbers 31 to 34 of the method.
"""

from __future__ import annotations

import csv
import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core import coverage
from gis_core.errors import BadInput
from tests.shared import shared

WEIGHTS = st.lists(st.integers(0, 9), min_size=1, max_size=8)


@st.composite
def instances(draw):
    """Up to seven works over up to eight demands, whole weights and costs."""
    weight = draw(WEIGHTS)
    demands = st.lists(st.integers(0, len(weight) - 1), max_size=6)
    covers = draw(st.lists(demands, min_size=1, max_size=7))
    cost = [draw(st.integers(1, 9)) for _ in covers]
    return covers, weight, cost


def within(xy, radius):
    """Demand numbers within a distance of each point, the border included."""
    d2 = ((xy[:, None, :] - xy[None, :, :]) ** 2).sum(axis=2)
    return [np.flatnonzero(row <= radius**2) for row in d2]


def swain(vector):
    data = vector("coverage_swain55")
    xy = np.array([[p["x"], p["y"]] for p in data["points"]])
    return data, xy, [p["demand"] for p in data["points"]]


def sjc(name):
    with shared("reference", f"{name}.csv").open(newline="") as stream:
        rows = [[float(x) for x in row.values()] for row in csv.DictReader(stream)]
    table = np.array(rows)
    return table[:, :2], table[:, 2]


def test_swain_55_by_count(vector):
    data, xy, weight = swain(vector)
    for case in data["cases"]:
        covers = within(xy, case["S"])
        for wanted in case["results"]:
            found = coverage.maximum_coverage(covers, weight, count=wanted["p"])
            assert (found.covered, found.gap) == (wanted["optimum"], 0)
            assert found.greedy_covered == wanted["greedy"]
            assert len(found.chosen) <= wanted["p"]
            assert coverage.covered_weight(covers, weight, wanted["one_optimal_set"]) == wanted["optimum"]


def test_swain_55_by_budget(vector):
    data, xy, weight = swain(vector)
    case = data["budget_version"]
    covers, cost = within(xy, case["S"]), [3 + 7 * i % 5 for i in range(len(xy))]
    for wanted in case["results"]:
        found = coverage.maximum_coverage(covers, weight, cost=cost, budget=wanted["budget"])
        assert (found.covered, found.bound, found.gap) == (wanted["optimum"], wanted["optimum"], 0)
        assert sum(cost[i] for i in found.chosen) <= wanted["budget"]


def test_sao_jose_324(vector):
    data = vector("coverage_sjc324")
    xy, weight = sjc("coverage_sjc324")
    covers = within(xy, data["radius"])
    assert weight.sum() == data["total"]
    for wanted in data["results"]:
        found = coverage.maximum_coverage(covers, weight, count=wanted["p"])
        assert (found.covered, found.gap) == (wanted["optimum"], 0)
        assert found.greedy_covered == wanted["greedy"]


@pytest.mark.parametrize("p", [2, 4])
def test_sao_jose_402_is_proven_without_a_published_answer(p):
    xy, weight = sjc("coverage_sjc402")
    covers = within(xy, 800)
    found = coverage.maximum_coverage(covers, weight, count=p)
    assert found.gap == 0 and found.covered == found.bound <= found.lp_bound + 1e-6
    assert found.greedy_covered >= (1 - 1 / math.e) * found.covered
    assert coverage.covered_weight(covers, weight, found.chosen) == found.covered


@given(instances(), st.data())
def test_coverage_is_monotone_submodular_and_at_most_the_sum(instance, data):
    covers, weight, _ = instance
    reach = coverage.check_reach(covers, len(weight))
    value = lambda works: coverage.covered_weight(reach, weight, sorted(works))  # noqa: E731
    large = data.draw(st.sets(st.integers(0, len(covers) - 1)))
    small = {i for i in large if data.draw(st.booleans())}
    new = data.draw(st.integers(0, len(covers) - 1))
    assert value([]) == 0 and value(small) <= value(large)
    assert value(small | {new}) - value(small) >= value(large | {new}) - value(large)
    alone = sum(value([i]) for i in large)
    assert value(large) <= alone
    disjoint = len({d for i in large for d in covers[i]}) == sum(len(set(covers[i])) for i in large)
    assert not disjoint or value(large) == alone


@given(instances(), st.integers(0, 4))
def test_the_optimum_by_count_is_that_of_enumeration_and_a_twin_adds_nothing(instance, p):
    covers, weight, _ = instance
    best = max(
        coverage.covered_weight(coverage.check_reach(covers, len(weight)), weight, works)
        for k in range(p + 1)
        for works in combinations(range(len(covers)), k)
    )
    found = coverage.maximum_coverage(covers, weight, count=p)
    assert (found.covered, found.gap) == (best, 0) and len(found.chosen) <= p
    assert found.guarantee * best - 1e-9 <= found.greedy_covered <= best <= found.lp_bound + 1e-6
    twin = coverage.maximum_coverage([*covers, covers[0]], weight, count=len(covers) + 1)
    assert twin.covered == coverage.maximum_coverage(covers, weight, count=len(covers)).covered


@given(instances(), st.integers(0, 30))
def test_the_optimum_by_budget_is_that_of_enumeration(instance, budget):
    covers, weight, cost = instance
    reach = coverage.check_reach(covers, len(weight))
    best = max(
        coverage.covered_weight(reach, weight, works)
        for k in range(len(covers) + 1)
        for works in combinations(range(len(covers)), k)
        if sum(cost[i] for i in works) <= budget
    )
    found = coverage.maximum_coverage(covers, weight, cost=cost, budget=budget)
    assert (found.covered, found.gap) == (best, 0)
    assert sum(cost[i] for i in found.chosen) <= budget
    assert found.guarantee * best - 1e-9 <= found.greedy_covered <= best <= found.lp_bound + 1e-6


@given(instances(), st.data())
def test_putting_demands_together_keeps_every_value(instance, data):
    covers, weight, _ = instance
    reach = coverage.check_reach(covers, len(weight))
    together = coverage.nodes(reach, weight)
    works = data.draw(st.sets(st.integers(0, len(covers) - 1)))
    by_node = sum(w for r, w in zip(together.reach, together.weight, strict=True) if works & set(r))
    assert by_node == coverage.covered_weight(reach, weight, sorted(works))
    assert len(set(together.reach)) == len(together.reach)


def test_a_budget_missed_by_less_than_the_solvers_tolerance_is_missed():
    found = coverage.maximum_coverage(
        [[0], [1]], [1, 1], cost=[5_000_000_000_000, 5_000_000_000_001], budget=10_000_000_000_000
    )
    assert (found.covered, found.bound, len(found.chosen)) == (1, 1, 1)


def test_tenths_are_tenths():
    found = coverage.maximum_coverage([[0], [1]], [1, 1], cost=[0.1, 0.2], budget=0.3)
    assert found.chosen == (0, 1)


@pytest.mark.parametrize("limit", [{"count": 0}, {"count": 3}, {"budget": 0, "cost": [1]}])
def test_nothing_to_choose_or_nothing_to_spend_covers_nothing(limit):
    covers = [[0]] if "cost" in limit or limit["count"] == 0 else []
    found = coverage.maximum_coverage(covers, [4.0], **limit)
    assert (found.chosen, found.covered, found.bound, found.gap) == ((), 0, 0, 0)
    assert coverage.maximum_coverage([[]], [], count=1).covered == 0


@pytest.mark.parametrize(
    ("covers", "weight", "limit", "pointer"),
    [
        ([[0, 3]], [1], {"count": 1}, "/covers/0/1"), ([[-1]], [1], {"count": 1}, "/covers/0/0"),
        ([[0.5]], [1], {"count": 1}, "/covers/0"), ([[0]], [-1], {"count": 1}, "/demand/0"),
        ([[0]], [np.nan], {"count": 1}, "/demand/0"), ([[0]], [1], {"count": -1}, "/count"),
        ([[0]], [1], {}, ""), ([[0]], [1], {"count": 1, "budget": 2}, ""), ([[0]], [1], {"budget": 2}, "/cost"),
        ([[0]], [1], {"budget": -2, "cost": [1]}, "/budget"), ([[0]], [1], {"budget": 2, "cost": [-1]}, "/cost/0"),
        ([[0]], [1], {"budget": 2, "cost": [np.inf]}, "/cost/0"), ([[0]], [[1]], {"count": 1}, "/demand"),
    ],
)  # fmt: skip
def test_faults_are_named_by_place(covers, weight, limit, pointer):
    with pytest.raises(BadInput) as error:
        coverage.maximum_coverage(covers, weight, **limit)
    assert error.value.pointer == pointer
