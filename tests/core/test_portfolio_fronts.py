"""Plans of a whole kelurahan, budget sweeps, fronts and the core index.

It knows nothing about small reference plans. The kelurahan is made up, as large as the target of the method.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core.errors import BadInput
from gis_core.portfolio import Options, Problem, Work
from gis_core.portfolio.fronts import budget_sweep, core_index, front
from tests.core.schedules import ALL, QUIET, covered, make_plan, problems, schedules

THREE = Problem(
    1,
    ("F",),
    ((10,),),
    tuple(Work(n, c, v, share_cap={0: ALL}) for n, c, v in (("a", 4, 9), ("b", 6, 5), ("c", 6, 4))),
)


def drawn(problem, values, factor=1.0):
    """The problem with other values of the works, and demands that weigh more or less."""
    works = tuple(replace(w, value=v) for w, v in zip(problem.works, values, strict=True))
    return replace(problem, works=works, weight=np.asarray(problem.weight) * factor)


def kelurahan(seed, n=120, homes=4000, services=7):
    """A kelurahan as large as the target: 120 proposals, 4,000 poor households, 7 services, 4 funds."""
    rng = np.random.default_rng(seed)
    home, place, kind = rng.random((homes, 2)), rng.random((n, 2)), rng.integers(0, services, n)
    lacks, reach = rng.random((homes, services)) < 0.57, rng.choice([0.06, 0.1, 0.15], services)
    cost = rng.integers(20, 400, n) * 1_000_000
    caps = np.column_stack(
        [rng.random(n) < 0.7, 0.5 * (rng.random(n) < 0.5), np.ones(n), np.full(n, 0.3)]
    )  # fmt: skip
    money = np.outer([0.4, 0.15, 0.35, 0.1], np.full(3, cost.sum() * 0.3 / 3)).astype(int)
    works = []
    for i in range(n):
        near = np.hypot(*(home - place[i]).T) <= reach[kind[i]]
        covers = np.flatnonzero(near & lacks[:, kind[i]]) + kind[i] * homes
        shares = {f: Fraction(repr(float(x))) for f, x in enumerate(caps[i]) if x}
        works.append(Work(f"{i:03}", int(cost[i]), 0.3 * rng.random(), covers.tolist(), shares))
    weight = np.full(homes * services, 0.25 / 60)
    zone = tuple(str(h % 8) for h in range(homes * services))
    return Problem(3, ("BLM", "PAKET", "APBD", "SWADAYA"), tuple(map(tuple, money.tolist())), tuple(works), weight,
                   zone, ((0, 1), (5, 6)), ((2, 3),), ((4, 5, 0.1),))  # fmt: skip


def test_a_whole_kelurahan_is_planned_to_a_tenth_of_a_percent_and_explained():
    plan = make_plan(kelurahan(3))
    assert plan.feasible and plan.gap <= 1e-3 and len(plan.left_out) + len(plan.kept) == 120
    assert plan.greedy_objective <= plan.objective <= plan.bound <= plan.lp_bound + 1e-9
    for entry in plan.left_out:
        assert entry.value_if_forced_in is None or entry.value_if_forced_in <= plan.objective
    for entry in plan.kept:
        assert entry.value_if_left_out <= plan.objective
    assert {type(a.numerator) for paid in plan.funding.values() for a in paid.values()} == {int}
    assert all(a.denominator == 1 for paid in plan.funding.values() for a in paid.values())


def test_the_same_problem_gives_the_same_plan():
    one, two = (make_plan(kelurahan(4, n=60), QUIET) for _ in range(2))
    assert (one.schedule, one.funding, one.bound) == (two.schedule, two.funding, two.bound)


def test_the_worst_served_zone_of_a_whole_kelurahan_gets_more():
    plain, fair = (make_plan(kelurahan(3), Options(explain=False, equity=e)) for e in ("none", "max_min"))
    assert fair.feasible and fair.gap <= 1e-3 and fair.least_share >= plain.least_share


def test_fifteen_proposals_are_explained_to_the_end():
    plan = make_plan(kelurahan(5, n=15))
    assert plan.gap == 0
    for entry in plan.left_out:
        assert entry.admission is None or entry.admission.proven
        assert entry.value_if_forced_in is None or entry.value_if_forced_in <= plan.objective + 1e-9


def test_more_money_never_buys_less_and_the_relaxation_is_concave():
    points = list(budget_sweep(kelurahan(5, n=20), [Fraction(k, 2) for k in range(5)], QUIET))
    values, ceiling = [p.objective for p in points], [p.lp_bound for p in points]
    assert points[0].objective == 0 and points[0].built == () and values == sorted(values)
    assert all(v <= c + 1e-9 for v, c in zip(values, ceiling, strict=True))
    assert (np.diff(ceiling, 2) <= 1e-6).all()
    with pytest.raises(BadInput):
        list(budget_sweep(THREE, [ALL, Fraction(1, 2)]))


def only_one(*gains):
    """Works of which one may be built: (covered, other) each, as a problem and its second measure."""
    works = tuple(Work(str(i), 1, 0, [i], {0: ALL}) for i in range(len(gains)))
    alone = (tuple(range(len(works))),)
    return Problem(1, ("F",), ((1,),), works, [c for c, _ in gains], exclusive=alone), [o for _, o in gains]


def test_a_front_has_the_plans_that_no_weighted_sum_finds():
    gains = [(10, 0), (4, 4), (0, 10), (3, 3)]
    problem, other = only_one(*gains)
    found = [(b.covered, b.other) for b in front(problem, other)]
    assert found == [(0, 10), (4, 4), (10, 0)]
    for k in range(101):
        sums = [k / 100 * c + (1 - k / 100) * o for c, o in gains]
        assert sums[1] < max(sums)


def test_of_plans_that_cover_alike_the_better_one_is_on_the_front_and_steps_thin_it():
    problem, other = only_one((5, 1), (5, 3), (6, 3), (9, 2), (9.1, 1), (20, 0))
    assert [(b.covered, b.other) for b in front(problem, other)] == [(6, 3), (9, 2), (9.1, 1), (20, 0)]
    assert [b.covered for b in front(problem, other, steps=4)] == [6, 20]
    assert [b.covered for b in front(problem, other, steps=1)] == [6, 20]
    assert [b.covered for b in front(problem, other, steps=10)] == [6, 9, 20]


@settings(max_examples=25)
@given(problems(most=4), st.data())
def test_a_front_holds_all_plans_that_are_not_dominated_and_no_other(problem, data):
    n = len(problem.works)
    other = data.draw(st.lists(st.integers(0, 5), min_size=n, max_size=n))
    plans = {(covered(problem, s), sum(other[i] for i in s)) for s in schedules(problem)}
    best = {p for p in plans if not any(q != p and q[0] >= p[0] and q[1] >= p[1] for q in plans)}
    assert [(b.covered, b.other) for b in front(problem, other)] == sorted(best)


def test_a_whole_kelurahan_has_a_front():
    whole = kelurahan(5, n=60)
    problem = replace(whole, years=1, budget=tuple((sum(row),) for row in whole.budget))
    other = np.random.default_rng(1).random(60)
    found = list(front(problem, other, steps=5))
    assert 3 <= len(found) <= 7
    assert all(a.covered < b.covered for a, b in pairwise(found))
    assert found[0].other == max(b.other for b in found)


def test_floors_out_of_reach_leave_no_front_and_bad_measures_are_refused():
    problem, other = only_one((1, 1))
    poor = replace(problem, zone=("RW 1",), zone_floor={"RW 1": 2.0})
    assert list(front(poor, other)) == []
    for measure, steps in (([1, 2], None), ([-1], None), ([np.nan], None), ([1], 0)):
        with pytest.raises(BadInput):
            list(front(problem, measure, steps))


@pytest.mark.parametrize("exact", [True, False])
def test_core_works_are_in_every_draw_and_others_in_some(exact):
    draws = [drawn(THREE, values) for values in ([9, 5, 4], [9, 4, 5], [9, 5, 0], [9, 5, 1])]
    assert core_index(draws, exact=exact).tolist() == [1, 0.75, 0.25]
    for bad in ([], [THREE, replace(THREE, works=THREE.works[:2])]):
        with pytest.raises(BadInput):
            core_index(bad)


def test_a_budget_too_small_for_the_floors_says_so_and_a_fixed_fund_stays() -> None:
    works = (Work("cheap", 2, 9, share_cap={0: ALL}), Work("floor", 6, 0, [0], {0: ALL, 1: ALL}))
    problem = Problem(1, ("F", "G"), ((6,), (2,)), works, [1.0], ("RW 1",), zone_floor={"RW 1": 1.0})
    found = list(budget_sweep(problem, [Fraction(0), Fraction(1, 2), ALL], QUIET, fixed=[1]))
    assert [(p.rupiah, p.built, p.feasible) for p in found] == [
        (0, (), False),
        (3, (0,), False),
        (6, (0, 1), True),
    ]
    poorer = list(budget_sweep(problem, [Fraction(1, 2), Fraction(2, 3)], QUIET, fixed=[1]))
    assert [(p.built, p.feasible, p.objective) for p in poorer] == [((0,), False, 9), ((1,), True, 1)]
