"""What the portfolio says of works left out, kept and wanted: reasons that are true, values without them, conflicts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gis_core.portfolio import Limit, Options, Problem, Work, benefit
from tests.core.schedules import ALL, make_plan


def left(problem, **more):
    """What is said of the works left out: id -> reason and names."""
    plan = make_plan(problem, Options(**more))
    return {problem.works[e.work].id: (e.reason, e.because) for e in plan.left_out}


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


def test_a_duplicate_adds_nothing_and_is_already_served():
    twin = [Work(name, 5, 0, [0, 1], {0: ALL}) for name in ("a", "b")]
    plan = make_plan(Problem(1, ("F",), ((10,),), tuple(twin), [3, 4]))
    assert (plan.objective, benefit.built(plan.schedule)) == (7, (0,))
    entry = plan.left_out[0]
    assert (entry.reason, entry.because, entry.value_if_forced_in) == ("already_served", ("a",), 7)


def test_a_work_that_is_worth_less_beside_others_names_them_and_what_is_lost():
    works = tuple(
        Work(name, 1, value, share_cap={0: ALL}) for name, value in (("well", 5), ("pit", 2), ("lamp", 1))
    )
    problem = Problem(1, ("F",), ((3,),), works, synergy=((0, 1, -1.5), (2, 1, -1.0)))
    (pit,) = make_plan(problem).left_out
    assert (pit.reason, pit.because, pit.lost, pit.added) == (
        "worth_less_beside",
        ("well", "lamp"),
        2.5,
        -0.5,
    )
    assert left(replace(problem, synergy=((0, 1, -1.5),))) == {}
    dear = replace(problem, synergy=((0, 1, -1.5),), budget=((2,),))
    assert left(dear)["pit"] == ("price", ()) and make_plan(dear).left_out[0].lost is None


def test_what_others_serve_already_is_not_said_to_be_worth_less_beside_them():
    twins = tuple(Work(name, 1, 0, [0], {0: ALL}) for name in "ab")
    problem = Problem(1, ("F",), ((2,),), twins, [4], synergy=((0, 1, -1.0),))
    assert left(problem) == {"b": ("already_served", ("a",))}


def test_a_set_as_good_as_the_plan_is_shown_beside_it():
    works = [Work(n, 5, 2, share_cap={0: ALL}) for n in "ab"]
    plan = make_plan(Problem(1, ("F",), ((5,),), tuple(works)))
    entry = plan.left_out[0]
    assert (plan.schedule, entry.value_if_forced_in, entry.leaves) == ((0, None), plan.objective, (0,))


def test_no_money_gives_an_empty_plan_with_the_reason():
    works = tuple(Work(str(i), 5, 2, share_cap={0: ALL}) for i in range(3))
    plan = make_plan(Problem(3, ("F",), ((0, 0, 0),), works))
    assert (plan.feasible, plan.objective, plan.bound, plan.gap) == (True, 0, 0, 0)
    assert {e.reason for e in plan.left_out} == {"no_money"} and plan.schedule == (None,) * 3


def test_floors_beyond_the_money_tell_what_the_best_plan_reaches_of_them():
    """Money for two of three works, so no floor can be had by the same factor; two of them can all the same."""
    works = tuple(Work(n, 9, 0, [k], {0: Fraction(1)}) for k, n in enumerate("abc"))
    floors = {"RW 1": 5.0, "RW 2": 4.0, "RW 3": 3.0}
    plan = make_plan(Problem(2, ("F",), ((10, 10),), works, [5, 4, 3], tuple(floors), zone_floor=floors))
    assert not plan.feasible and plan.conflict.zones == tuple(floors) and plan.conflict.factor == 0
    assert plan.conflict.reachable == {"RW 1": 5, "RW 2": 4, "RW 3": 0}


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
