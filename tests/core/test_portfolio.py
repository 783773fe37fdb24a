"""The portfolio: reference plans, brute force, money in whole rupiah, reasons, floors that cannot be had.

It knows nothing about documents. Golden values: portfolio_small, admission_budget and mknap1 of the
reference folder; properties are numbers 34 to 42 of the method.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core import portfolio
from gis_core.portfolio import Limit, Options, Problem, Work, benefit, equity, funds, payments, recheck, solve
from gis_core.portfolio.greedy import greedy
from tests.core.schedules import covered, enumerate_best, problems, schedules, worth

make_plan: Any = portfolio.make_plan
steps: Any = portfolio.steps
FEW = settings(max_examples=25)
QUIET = Options(explain=False)
ALL = Fraction(1)


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


@FEW
@given(problems())
def test_brute_force_equals_the_program_and_every_rule_holds_in_integers(problem):
    plan = make_plan(problem, QUIET)
    assert (plan.objective, plan.gap) == (enumerate_best(problem), 0)
    assert plan.greedy_objective <= plan.objective <= plan.lp_bound + 1e-6
    assert recheck.violations(problem, plan.schedule, plan.funding, {}) == []
    assert plan.feasible and not any("more than" in note for note in plan.notes)


@FEW
@given(problems(most=8, years=1))
def test_brute_force_equals_the_program_for_up_to_eight_works(problem):
    plan = make_plan(problem, QUIET)
    assert (plan.objective, plan.gap) == (enumerate_best(problem), 0)


@FEW
@given(problems(most=4), st.data())
def test_forced_in_and_left_out_values_are_those_of_enumeration(problem, data):
    plan = make_plan(problem)
    work = data.draw(st.integers(0, len(problem.works) - 1))
    for entry in plan.left_out:
        if entry.work == work:
            assert entry.value_if_forced_in == enumerate_best(problem, must=[work])
            assert entry.value_if_forced_in is None or entry.value_if_forced_in <= plan.objective
    for entry in plan.kept:
        if entry.work == work:
            assert entry.value_if_left_out == enumerate_best(problem, mustnt=[work]) <= plan.objective
    assert {e.work for e in plan.left_out} | {e.work for e in plan.kept} == set(range(len(problem.works)))
    best = enumerate_best(problem)
    either = enumerate_best(problem, must=[work]), enumerate_best(problem, mustnt=[work])
    assert best == plan.objective and best in either and max(v for v in either if v is not None) == best


@FEW
@given(problems(most=4), st.data())
def test_admission_money_is_enough_and_one_rupiah_less_is_not(problem, data):
    plan = make_plan(problem)
    for entry in plan.left_out[:2]:
        if entry.admission is None:
            continue
        a = entry.admission
        for extra, enough in ((a.extra, True), (a.extra - 1, False))[: 1 + (a.extra > 0)]:
            rows = [list(row) for row in problem.budget]
            rows[a.fund][a.year] += extra
            richer = replace(problem, budget=tuple(map(tuple, rows)))
            best = enumerate_best(richer, must=[entry.work])
            assert (best is not None and best >= plan.objective) == enough


@FEW
@given(problems(most=4), st.data())
def test_more_money_never_hurts_and_a_rule_more_never_helps(problem, data):
    plan = make_plan(problem, QUIET)
    fund, year = data.draw(st.integers(0, 1)), data.draw(st.integers(0, problem.years - 1))
    rows = [list(row) for row in problem.budget]
    rows[fund][year] += 15
    assert make_plan(replace(problem, budget=tuple(map(tuple, rows))), QUIET).objective >= plan.objective
    eligible = tuple(replace(w, share_cap={**w.share_cap, fund: ALL}) for w in problem.works)
    assert make_plan(replace(problem, works=eligible), QUIET).objective >= plan.objective
    everything = tuple(range(len(problem.works)))
    rules: list[dict[str, Any]] = [{"exclusive": (*problem.exclusive, everything)}]
    rules += [{"precedence": (*problem.precedence, (0, b))} for b in everything[1:]]
    rules += [{"limits": (Limit("two", (ALL,) * len(everything), Fraction(2)),)}]
    rules += [{"zone_floor": {z: 1.0}} for z in problem.zones]
    for rule in rules:
        asked = make_plan(replace(problem, **rule), QUIET)
        assert asked.objective <= plan.objective or not asked.feasible


@FEW
@given(problems(most=4), st.integers(2, 10**9))
def test_the_unit_of_money_changes_nothing(problem, c):
    works = tuple(replace(w, cost=w.cost * c) for w in problem.works)
    rows = tuple(tuple(b * c for b in row) for row in problem.budget)
    scaled = make_plan(replace(problem, works=works, budget=rows), QUIET)
    plain = make_plan(problem, QUIET)
    assert (scaled.objective, scaled.schedule) == (plain.objective, plain.schedule)


@FEW
@given(problems(most=4), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 6), max_size=3))
def test_floors_are_met_or_the_conflict_is_named(problem, floors):
    floors = {z: x for z, x in floors.items() if z in problem.zone}
    asked = replace(problem, zone_floor={z: float(x) for z, x in floors.items()})
    plan, best = make_plan(asked, QUIET), enumerate_best(problem, floors=floors.items())
    assert plan.feasible == (best is not None)
    if best is not None:
        assert plan.objective == best and all(plan.by_zone.get(z, 0) >= x for z, x in floors.items())
        return
    zones = plan.conflict.zones
    assert zones and 0 <= plan.conflict.factor < 1
    assert enumerate_best(problem, floors=[(z, floors[z]) for z in zones]) is None
    for gone in zones:
        assert enumerate_best(problem, floors=[(z, floors[z]) for z in zones if z != gone]) is not None
    assert plan.objective == enumerate_best(problem)


@FEW
@given(problems(most=4))
def test_the_worst_served_zone_never_gets_less_than_without_looking_at_it(problem):
    plain, fair = make_plan(problem, QUIET), make_plan(problem, replace(QUIET, equity="max_min"))
    zones = equity.within_reach(problem)
    assert all(covered(problem, s, z) == 0 for s in schedules(problem) for z in problem.zones.keys() - zones)
    if not zones:
        assert fair.least_share is plain.least_share is None
        return
    shares = {s: min(covered(problem, s, z) / w for z, w in zones.items()) for s in schedules(problem)}
    best = max(shares.values())
    assert fair.least_share == pytest.approx(best) and fair.least_share >= plain.least_share - 1e-9
    equal = [s for s, share in shares.items() if share >= best - 1e-9]
    assert fair.objective == max(worth(problem, s) for s in equal) <= plain.objective


@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20)), min_size=1, max_size=8), st.integers(0, 60)
)
def test_one_year_one_fund_and_no_overlap_is_a_knapsack(items, money):
    best = [0] * (money + 1)
    for cost, value in items:
        for b in range(money, cost - 1, -1):
            best[b] = max(best[b], best[b - cost] + value)
    works = [Work(str(i), c, v, share_cap={0: ALL}) for i, (c, v) in enumerate(items)]
    plan = make_plan(Problem(1, ("F",), ((money,),), tuple(works)), QUIET)
    assert (plan.objective, plan.gap) == (best[money], 0)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=7), st.integers(0, 7))
def test_disjoint_areas_and_a_number_instead_of_a_budget_take_the_best(weights, p):
    works = [Work(str(i), 1, 0, [i], {0: ALL}) for i in range(len(weights))]
    plan = make_plan(Problem(1, ("F",), ((p,),), tuple(works), weights), QUIET)
    assert plan.objective == sum(sorted(weights, reverse=True)[:p])


def test_a_duplicate_adds_nothing_and_is_already_served():
    twin = [Work(name, 5, 0, [0, 1], {0: ALL}) for name in ("a", "b")]
    plan = make_plan(Problem(1, ("F",), ((10,),), tuple(twin), [3, 4]))
    assert (plan.objective, benefit.built(plan.schedule)) == (7, (0,))
    entry = plan.left_out[0]
    assert (entry.reason, entry.because, entry.value_if_forced_in) == ("already_served", ("a",), 7)


def test_ties_go_to_the_cheapest_then_the_earliest_then_the_first_id():
    def plan_of(costs, years=1, money=10):
        works = [Work(n, c, 2, share_cap={0: ALL}) for n, c in zip("cab", costs, strict=True)]
        rows = ((money,) * years,)
        return make_plan(Problem(years, ("F",), rows, tuple(works), exclusive=((0, 1, 2),)), QUIET).schedule

    assert plan_of([6, 5, 5]) == (None, 0, None)
    assert plan_of([4, 5, 5]) == (0, None, None)
    assert plan_of([5, 5, 5], years=3) == (None, 0, None)


def test_a_set_as_good_as_the_plan_is_shown_beside_it():
    works = [Work(n, 5, 2, share_cap={0: ALL}) for n in "ab"]
    plan = make_plan(Problem(1, ("F",), ((5,),), tuple(works)))
    entry = plan.left_out[0]
    assert (plan.schedule, entry.value_if_forced_in, entry.leaves) == ((0, None), plan.objective, (0,))


def test_a_work_without_cost_comes_first_and_beside_what_the_money_buys():
    works = (Work("paid", 5, 9, share_cap={0: ALL}), Work("free", 0, 1, free=True))
    both = Problem(1, ("F",), ((5,),), works)
    plan = make_plan(both, QUIET)
    assert (plan.objective, plan.funding) == (10, {0: {0: 5}, 1: {}})
    # What costs nothing is taken before all that costs something, even where it takes the better one's place.
    either = replace(both, exclusive=((0, 1),))
    assert greedy(either) == (None, 0) and make_plan(either, QUIET).schedule == (0, None)


def test_reasons_in_their_order():
    works = (
        Work("gate", 1, 9, share_cap={0: ALL}, failed_gates=("river",)),
        Work("fund", 1, 9, share_cap={0: Fraction(1, 2)}),
        Work("late", 1, 9, share_cap={0: ALL}, earliest=3),
        Work("dear", 50, 9, share_cap={0: ALL}),
        Work("after", 1, 9, share_cap={0: ALL}),
        Work("rival", 1, 1, share_cap={0: ALL}),
        Work("chosen", 5, 9, share_cap={0: ALL}),
        Work("costly", 6, 2, share_cap={0: ALL}),
    )
    problem = Problem(
        2, ("F",), ((10, 0),), works, precedence=((3, 4),), exclusive=((5, 6),)
    )  # fmt: skip
    plan = make_plan(problem)
    found = {works[e.work].id: (e.reason, e.because) for e in plan.left_out}
    assert found == {
        "gate": ("gate", ("river",)), "fund": ("no_fund", ()), "late": ("year_window", ()), "dear": ("no_money", ()),
        "after": ("predecessor", ("dear",)), "rival": ("exclusive", ("chosen",)), "costly": ("price", ()),
    }  # fmt: skip
    costly = plan.left_out[-1]
    assert (costly.value_if_forced_in, costly.leaves) == (2 + 1, (6,))
    assert (costly.admission.extra, costly.admission.year) == (1, 0)


def test_no_money_gives_an_empty_plan_with_the_reason():
    works = tuple(Work(str(i), 5, 2, share_cap={0: ALL}) for i in range(3))
    plan = make_plan(Problem(3, ("F",), ((0, 0, 0),), works))
    assert (plan.feasible, plan.objective, plan.bound, plan.gap) == (True, 0, 0, 0)
    assert {e.reason for e in plan.left_out} == {"no_money"} and plan.schedule == (None,) * 3


def test_nothing_to_plan_and_nobody_to_pay():
    assert make_plan(Problem(1, (), (), ())).objective == 0
    assert make_plan(Problem(1, ("F",), ((5,),), ())).gap == 0
    one = make_plan(Problem(1, (), (), (Work("w", 1, 1),)))
    assert (one.objective, one.left_out[0].reason) == (0, "no_fund")
    free = make_plan(Problem(1, (), (), (Work("w", 0, 1, free=True),)))
    assert (free.objective, free.schedule) == (1, (0,))


def test_whole_rupiah_even_where_a_third_of_the_cost_is_no_rupiah():
    works = (Work("w", 1_000_000_001, 1, share_cap={0: Fraction(1, 3), 1: ALL}),)
    plan = make_plan(Problem(1, ("A", "B"), ((10**10,), (10**10,)), works), QUIET)
    assert plan.funding == {0: {0: 333_333_333, 1: 666_666_668}} and plan.notes == ()


def test_a_split_moves_money_already_given_when_a_later_work_needs_it():
    works = (Work("any", 5, 1, share_cap={0: ALL, 1: ALL}), Work("only", 5, 1, share_cap={0: ALL}))
    problem = Problem(1, ("A", "B"), ((5,), (5,)), works)
    assert payments.split(problem, (0, 0)) == {0: {1: 5}, 1: {0: 5}}
    poor = replace(problem, budget=((4,), (5,)))
    assert payments.split(poor, (0, 0)) is None
    missed = [c.funds for c in funds.ceilings(poor) if c.of((0, 0)) > c.money]
    assert ((0,),) in missed and ((1,),) not in missed


def test_rising_prices_are_paid():
    problem = Problem(
        2, ("F",), ((99, 105),), (Work("w", 100, 1, share_cap={0: ALL}),), price_rise=Fraction(1, 20)
    )  # fmt: skip
    plan = make_plan(problem, QUIET)
    assert plan.schedule == (1,) and plan.funding == {0: {0: 105}}


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


def test_floors_beyond_the_money_tell_what_the_best_plan_reaches_of_them():
    """Money for two of three works, so no floor can be had by the same factor; two of them can all the same."""
    works = tuple(Work(n, 9, 0, [k], {0: Fraction(1)}) for k, n in enumerate("abc"))
    floors = {"RW 1": 5.0, "RW 2": 4.0, "RW 3": 3.0}
    plan = make_plan(Problem(2, ("F",), ((10, 10),), works, [5, 4, 3], tuple(floors), zone_floor=floors))
    assert not plan.feasible and plan.conflict.zones == tuple(floors) and plan.conflict.factor == 0
    assert plan.conflict.reachable == {"RW 1": 5, "RW 2": 4, "RW 3": 0}


def test_what_is_pledged_pays_its_rupiah_and_no_more_when_prices_rise():
    """Two thirds from the one and a pledged third: all of it in the first year, 3 short in the second."""
    work = Work("w", 90, 1, share_cap={0: Fraction(2, 3), 1: ALL}, most={1: 30})
    both = Problem(2, ("paket", "pledge"), ((60, 90), (30, 30)), (work,), price_rise=Fraction(1, 10))
    plan = make_plan(both)
    assert (plan.schedule, plan.funding) == ((0,), {0: {0: 60, 1: 30}})
    assert both.windows == ((0,),)
    poor = make_plan(replace(both, budget=((59, 90), (30, 90))))
    assert (poor.schedule, poor.left_out[0].reason) == ((None,), "no_money")
    late = make_plan(replace(both, works=(replace(work, earliest=2),)))
    assert (late.schedule, late.left_out[0].reason) == ((None,), "no_fund")
    rich = replace(both, budget=((60, 90), (90, 90)))
    assert recheck.violations(rich, (0,), {0: {0: Fraction(59), 1: Fraction(31)}}, {}) == [
        "pledge pays 31.0 of w, more than it may"
    ]


def left(problem, **more):
    """What is said of the works left out: id -> reason and names."""
    plan = make_plan(problem, Options(**more))
    return {problem.works[e.work].id: (e.reason, e.because) for e in plan.left_out}


def test_a_better_work_that_a_floor_or_the_worst_off_pushes_out_is_not_said_to_be_dear():
    works = (Work("best", 5, 0, [0], {0: ALL}), Work("floor", 5, 0, [1], {0: ALL}))
    problem = Problem(
        1, ("F",), ((5,),), (*works, Work("least", 5, 1, share_cap={0: ALL})), [5, 2], ("x", "y")
    )
    assert left(problem) == {"floor": ("price", ()), "least": ("price", ())}
    wanted = {"best": ("equity_or_floor", ()), "least": ("price", ())}
    floor = replace(problem, zone_floor={"y": 2.0})
    assert left(floor) == wanted
    # The same from the greedy repair of a large problem, and from the share of money of a group of works.
    assert left(floor, gap=0.001) == wanted
    half = replace(problem, limits=(Limit("y", (Fraction(1), Fraction(0), Fraction(0)), Fraction(0)),))
    assert left(half) == {"best": ("equity_or_floor", ()), "least": ("price", ())}
    three = (*works, Work("x2", 5, 0, [2], {0: ALL}))
    fair = Problem(1, ("F",), ((10,),), three, [5, 2, 4], ("x", "y", "x"))
    assert left(fair, equity="max_min") == {"x2": ("equity_or_floor", ())}


def test_an_order_that_does_not_fit_the_years_is_named_with_what_is_late():
    works = (
        Work("a", 1, 1, share_cap={0: ALL}, earliest=2),
        Work("b", 1, 1, share_cap={0: ALL}, latest=1),
        Work("c", 1, 1, share_cap={0: ALL}),
    )
    problem = Problem(2, ("F",), ((9, 9),), works, precedence=((0, 1), (1, 2)))
    assert left(problem) == {"b": ("order_does_not_fit_years", ("a",)), "c": ("predecessor", ("b",))}


def test_a_share_that_binds_names_its_fund_and_is_no_lack_of_money():
    work = Work("a", 50, 1, share_cap={0: Fraction(1, 2), 1: ALL})
    problem = Problem(2, ("F", "G"), ((100, 100), (1, 1)), (work,))
    assert left(problem) == {"a": ("fund_share", ("F",))}
    assert left(replace(problem, budget=((40, 40), (1, 1)))) == {"a": ("no_money", ())}
    kept = replace(problem, budget=((30, 30), (1, 1)), carry=frozenset({0}))
    assert left(kept) == {"a": ("fund_share", ("F",))}


def test_a_work_that_reaches_nobody_is_not_said_to_be_served_by_nothing():
    works = (Work("none", 1, 0, share_cap={0: ALL}), Work("empty", 1, 0, [1], {0: ALL}))
    problem = Problem(1, ("F",), ((9,),), (*works, Work("some", 1, 0, [0], {0: ALL})), [5, 0])
    assert left(problem) == {"none": ("serves_nobody", ()), "empty": ("serves_nobody", ())}


def test_no_extra_money_is_named_where_none_is_needed():
    twins = tuple(Work(n, 5, 0, [0], {0: ALL}) for n in "ab")
    problem = Problem(1, ("F",), ((10,),), twins, [3])
    for gap in (None, 0.001):
        assert make_plan(problem, Options(gap=gap)).left_out[0].admission is None


def test_what_a_floor_cannot_do_without_has_no_value_without_it():
    works = (Work("only", 5, 0, [0], {0: ALL}), Work("other", 5, 3, share_cap={0: ALL}))
    problem = Problem(1, ("F",), ((10,),), works, [1], ("x",), zone_floor={"x": 1.0})
    for gap in (None, 0.001):
        kept = {works[k.work].id: k for k in make_plan(problem, Options(gap=gap)).kept}
        assert (kept["only"].value_if_left_out, kept["only"].left_out_bound) == (None, None)
        assert (kept["other"].value_if_left_out, kept["other"].left_out_bound) == (1, 1)


def test_the_plan_without_a_solver_keeps_the_floors_or_is_not_told():
    works = (Work("best", 5, 0, [0], {0: ALL}), Work("floor", 5, 0, [1], {0: ALL}))
    problem = Problem(1, ("F",), ((5,),), works, [5, 2], ("x", "y"), zone_floor={"y": 2.0})
    plan = make_plan(problem, QUIET)
    assert (plan.greedy_objective, plan.objective, plan.bound) == (2, 2, 2)
    # By benefit per rupiah the small one is taken first for the floor, and the money for the large one is gone.
    small = (Work("small", 1, 0, [0], {0: ALL}), Work("large", 10, 0, [0, 1], {0: ALL}))
    tricked = Problem(1, ("F",), ((10,),), small, [5, 5], ("x", "x"), zone_floor={"x": 10.0})
    plan = make_plan(tricked, QUIET)
    assert (plan.greedy_objective, plan.objective) == (None, 10)


def test_without_a_bound_of_the_solver_nothing_is_said_to_be_proven(monkeypatch):
    works = (Work("a", 5, 3, share_cap={0: ALL}), Work("b", 5, 2, [0], {0: ALL}))
    problem = Problem(1, ("F",), ((5,),), works, [2])
    monkeypatch.setattr(solve, "bound_of", lambda model: None)
    plan = make_plan(problem, QUIET)
    assert (plan.objective, plan.bound, plan.gap) == (4, 7, pytest.approx(3 / 7))
    assert any("no bound" in note for note in plan.notes)
