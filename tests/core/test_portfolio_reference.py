"""The portfolio against the reference folder: small plans, admission money, knapsacks; its check; its reports.

Golden values: portfolio_small, admission_budget and mknap1.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from gis_core import portfolio
from gis_core.portfolio import Limit, Options, Problem, Work, benefit, recheck
from tests.core.schedules import ALL, QUIET, make_plan

steps: Any = portfolio.steps


def reference(instance, floors=False):
    """A problem of portfolio_small.json."""
    works = [
        Work(
            str(i),
            instance["cost"][i],
            instance["value"][i],
            instance["covers"][i],
            {f: Fraction(repr(x)) for f, x in enumerate(instance["share_cap"][i])},
            instance["earliest"][i],
        )
        for i in range(len(instance["cost"]))
    ]
    return Problem(
        instance["years"],
        tuple(instance["fund"]),
        tuple(map(tuple, instance["budget"])),
        tuple(works),
        instance["demand_weight"],
        tuple(map(str, instance["demand_zone"])),
        tuple(map(tuple, instance["precedence"])),
        tuple(map(tuple, instance["exclusive"])),
        tuple(map(tuple, instance["synergy"])),
        {str(z): float(x) for z, x in enumerate(instance["zone_floor"])} if floors else {},
    )


@pytest.mark.parametrize("name", ["without_floors", "with_zone_floors"])
def test_reference_plans_with_what_is_forced_in_and_left_out(vector, name):
    for case in vector("portfolio_small")["cases"]:
        problem, wanted = reference(case["instance"], name == "with_zone_floors"), case["answer"][name]
        plan = make_plan(problem)
        assert plan.feasible == wanted["feasible"]
        if not plan.feasible:
            continue
        assert (plan.objective, plan.bound, plan.gap) == (wanted["optimum"], wanted["optimum"], 0)
        assert plan.covered in wanted["covered_weight"]
        assert list(benefit.built(plan.schedule)) in wanted["optimal_sets"]
        assert plan.lp_bound == pytest.approx(wanted["lp_bound"], abs=1e-5)
        forced = [plan.objective] * len(problem.works)
        out = list(forced)
        for entry in plan.left_out:
            forced[entry.work] = entry.value_if_forced_in
        for entry in plan.kept:
            out[entry.work] = entry.value_if_left_out
        assert forced == wanted["best_value_if_forced_in"]
        assert out == wanted["best_value_if_left_out"]


def test_reference_max_min_then_total(vector):
    for case in vector("portfolio_small")["cases"]:
        wanted = case["answer"]["max_min_then_total"]
        plan = make_plan(reference(case["instance"]), replace(QUIET, equity="max_min"))
        assert plan.least_share == pytest.approx(wanted["best_min_zone_share"], abs=1e-9)
        assert (plan.objective, plan.gap) == (wanted["best_total_given_that"], 0)
        unequal = make_plan(reference(case["instance"]), QUIET)
        assert plan.least_share >= unequal.least_share and plan.objective <= unequal.objective


def test_reference_admission_money(vector):
    instances = [c["instance"] for c in vector("portfolio_small")["cases"]]
    for case in vector("admission_budget")["cases"]:
        problem = reference(instances[case["seed"] - 1])
        fund, year = problem.funds.index(case["fund"]), case["year"] - 1
        plan = make_plan(problem, Options(admission=(fund, year)))
        assert plan.objective == case["optimum_now"]
        entry = next(e for e in plan.left_out if e.work == case["proposal"])
        assert entry.value_if_forced_in == case["forced_in_now"]
        assert (entry.admission.extra, entry.admission.proven) == (case["smallest_extra"], True)
        anywhere = next(e for e in make_plan(problem).left_out if e.work == case["proposal"]).admission
        assert anywhere.extra <= case["smallest_extra"]


def test_reference_knapsacks_with_many_limits(vector):
    for case in vector("knapsack_mknap1")["problems"]:
        works = [Work(f"{i:02}", 1, v, share_cap={0: ALL}) for i, v in enumerate(case["profit"])]
        limits = [
            Limit(str(k), tuple(Fraction(repr(x)) for x in row), Fraction(repr(b)))
            for k, (row, b) in enumerate(zip(case["weight"], case["capacity"], strict=True))
        ]
        problem = Problem(1, ("F",), ((case["n"],),), tuple(works), limits=tuple(limits))
        plan = make_plan(problem, replace(QUIET, gap=1e-9))
        assert plan.feasible and plan.gap <= 1e-9
        if "optimum" in case and case["optimum"] is not None:
            assert plan.objective == pytest.approx(case["optimum"], abs=1e-6)
            assert plan.lp_bound == pytest.approx(case["lp_bound"], abs=1e-4)
        assert plan.greedy_objective <= plan.objective <= plan.lp_bound + 1e-6


def test_recheck_finds_what_is_wrong(vector):
    problem = reference(vector("portfolio_small")["cases"][1]["instance"])
    plan = make_plan(problem, QUIET)
    late = tuple(0 if i == 0 else t for i, t in enumerate(plan.schedule))
    words = " ".join(recheck.violations(problem, late, plan.funding, {"0": 1e9}))
    assert "outside" in words and "gets" in words and "zone 0" in words


def test_reports_never_lose_ground_and_end_with_the_plan(vector):
    problem = reference(vector("portfolio_small")["cases"][2]["instance"])
    reports = list(steps(problem, Options(gap=1e-3)))
    assert [r.stage for r in reports][:2] == ["greedy", "bound"]
    assert reports[-1].stage == "done" and reports[-1].plan.objective == 35
    gaps = [r.gap for r in reports if r.gap is not None]
    assert gaps == sorted(gaps, reverse=True)
    assert [r.done for r in reports if r.stage == "explain"] == list(range(1, 8))
    running = steps(problem)
    next(running)
    running.close()
