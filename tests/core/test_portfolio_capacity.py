"""Works that serve only so many in all, whichever of them share the demand.

It knows nothing about how many a home takes nearest first; that is `households`. Rule 9 of the method's section 5.2.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.errors import BadInput
from gis_core.portfolio import Options, Problem, Work, benefit, recheck
from gis_core.portfolio.equity import within_reach
from gis_core.portfolio.fronts import core_index, front
from gis_core.portfolio.funds import ceilings
from gis_core.portfolio.greedy import Ledger
from gis_core.portfolio.matrix import write
from tests.core.schedules import ALL, FEW, QUIET, enumerate_best, make_plan, problems, richer, served, worth
from tests.core.test_portfolio_fronts import drawn

SMALL = problems(most=4, partial=True, capacity=True)
FLOORS = st.dictionaries(st.sampled_from("xyz"), st.integers(0, 5), max_size=3)


def taps(capacity, *covers, weight, money=99, **more):
    """Taps for 4 each that serve `capacity`, one for every list of demands."""
    made = tuple(Work(f"tap{k}", 4, 0, c, {0: ALL}, capacity=capacity) for k, c in enumerate(covers))
    return Problem(1, ("F",), ((money,),), made, weight, **more)


def sound(problem, plan):
    return recheck.violations(problem, plan.schedule, plan.funding, plan.floors, plan.serving) == []


def test_two_taps_share_the_homes_that_one_cannot_serve():
    problem = taps(10, [0, 1], [1, 2], weight=[8, 8, 4])
    assert [benefit.total(problem, s) for s in ([0], [1], [0, 1])] == pytest.approx([10, 10, 20])
    plan = make_plan(problem, QUIET)
    assert plan.objective == pytest.approx(20) and plan.covered == pytest.approx(20) and sound(problem, plan)
    load = {i: sum(part * problem.size[d] for d, part in parts.items()) for i, parts in plan.serving.items()}
    assert load == {0: pytest.approx(10), 1: pytest.approx(10)}


def test_a_second_tap_helps_where_the_first_is_full_and_is_already_served_where_not():
    full, wide = (make_plan(taps(k, [0, 1], [0, 1], weight=[6, 6])) for k in (10, 12))
    assert full.objective == pytest.approx(12) and full.schedule == (0, 0)
    assert wide.objective == pytest.approx(12) and wide.schedule == (0, None)
    assert (wide.left_out[0].reason, wide.left_out[0].because) == ("already_served", ("tap0",))


def test_a_home_takes_its_size_and_is_worth_its_weight():
    problem = taps(4, [0, 1], weight=[9, 4], size=[4, 1])
    # All of the small one, which is worth more for its size, and three quarters of the large one.
    assert benefit.total(problem, [0]) == pytest.approx(4 + 9 * 3 / 4)


def test_who_is_served_where_capacity_is_short_follows_the_floors():
    free = taps(5, [0, 1], weight=[5, 5], size=[5, 5], zone=("RW 1", "RW 2"))
    floor = replace(free, zone_floor={"RW 2": 3.0})
    plan = make_plan(floor, QUIET)
    assert plan.feasible and plan.objective == pytest.approx(5)
    assert plan.by_zone == pytest.approx({"RW 1": 2, "RW 2": 3}, abs=2) and plan.by_zone["RW 2"] >= 3 - 1e-9
    fair = make_plan(free, replace(QUIET, equity="max_min"))
    assert fair.by_zone == pytest.approx({"RW 1": 2.5, "RW 2": 2.5})
    never = make_plan(replace(free, zone_floor={"RW 1": 4.0, "RW 2": 4.0}), QUIET)
    assert not never.feasible and never.conflict.zones == ("RW 1", "RW 2")
    assert never.conflict.factor == pytest.approx(5 / 8)


@given(SMALL, st.data())
def test_what_a_set_covers_is_the_best_of_all_ways_to_serve(problem, data):
    works = sorted(data.draw(st.sets(st.integers(0, len(problem.works) - 1))))
    assert benefit.total(problem, works) == pytest.approx(worth(problem, works), abs=1e-7)
    floors = {z: float(x) for z, x in data.draw(FLOORS).items() if x and z in problem.zones}
    most = served(problem, works, floors)
    if most is not None:
        assert benefit.covered(problem, works, floors) == pytest.approx(most, abs=1e-7)
        reached = benefit.covered_by_zone(problem, works, floors)
        assert all(reached[z] >= x - 1e-7 for z, x in floors.items())


@given(problems(most=6, capacity=True), st.data())
def test_coverage_within_capacities_is_monotone_and_submodular(problem, data):
    large = data.draw(st.sets(st.integers(0, len(problem.works) - 1)))
    small = {i for i in large if data.draw(st.booleans())}
    new = data.draw(st.integers(0, len(problem.works) - 1))
    value = lambda works: benefit.covered(problem, works)  # noqa: E731
    assert value(small) <= value(large) + 1e-7
    assert value(small | {new}) - value(small) >= value(large | {new}) - value(large) - 1e-7
    before, after = (dict.fromkeys(works, 0) for works in (small, small | {new}))
    ledger = Ledger(problem)
    for work in before:
        ledger.put(work, 0)
    added = benefit.shared_gain(problem, before, after) + (0.0 if new in small else ledger.gain({new: 0}))
    assert added == pytest.approx(value(small | {new}) - value(small), abs=1e-7)


@FEW
@given(SMALL)
def test_brute_force_equals_the_program_and_every_rule_holds(problem):
    plan = make_plan(problem, QUIET)
    assert plan.objective == pytest.approx(enumerate_best(problem), abs=1e-6)
    assert plan.gap <= 1e-6 and plan.feasible and sound(problem, plan)
    assert plan.greedy_objective <= plan.objective + 1e-7 and plan.objective <= plan.lp_bound + 1e-6
    unlimited = replace(problem, works=tuple(replace(w, capacity=None) for w in problem.works))
    assert plan.objective <= make_plan(unlimited, QUIET).objective + 1e-6


@FEW
@given(problems(most=8, years=1, capacity=True))
def test_brute_force_equals_the_program_for_up_to_eight_works(problem):
    assert make_plan(problem, QUIET).objective == pytest.approx(enumerate_best(problem), abs=1e-6)


@FEW
@given(problems(most=3, partial=True, capacity=True, carry=True))
def test_forced_in_and_left_out_values_are_those_of_enumeration(problem):
    plan = make_plan(problem)
    for entry in plan.left_out:
        best = enumerate_best(problem, must=[entry.work])
        assert (entry.value_if_forced_in is None) == (best is None)
        assert best is None or entry.value_if_forced_in == pytest.approx(best, abs=1e-6)
        if (a := entry.admission) is not None:
            assert enumerate_best(richer(problem, a), must=[entry.work]) >= plan.objective - 1e-6
    for entry in plan.kept:
        assert entry.value_if_left_out == pytest.approx(
            enumerate_best(problem, mustnt=[entry.work]), abs=1e-6
        )


@FEW
@given(SMALL, FLOORS)
def test_floors_are_met_or_the_conflict_is_named(problem, floors):
    floors = {z: float(x) for z, x in floors.items() if x and z in problem.zone}
    plan = make_plan(replace(problem, zone_floor=floors), QUIET)
    best = enumerate_best(problem, floors=floors.items())
    assert plan.feasible == (best is not None)
    if best is not None:
        assert plan.objective == pytest.approx(best, abs=1e-6) and sound(problem, plan)
        return
    assert plan.conflict.zones and plan.conflict.factor < 1
    assert plan.objective == pytest.approx(enumerate_best(problem), abs=1e-6)


def test_the_worst_off_come_first_beside_a_floor_where_capacity_is_short():
    """One tap for two: a floor takes one in the north, and what is left is the most that the south can have."""
    tap = Work("tap", 6, 5.0, [0, 1], {0: ALL}, capacity=2)
    problem = Problem(
        years=1, funds=("A",), budget=((10,),), works=(tap,), weight=np.array([1.0, 2.0]), zone=("N", "S"),
        zone_floor={"N": 1.0},
    )  # fmt: skip
    plan = make_plan(problem, Options(equity="max_min"))
    assert plan.feasible and plan.notes == ()
    assert (plan.by_zone, plan.least_share) == ({"N": 1.0, "S": 1.0}, 0.5)
    assert (plan.gap, plan.kept[0].left_out_bound) == (0, None), "no plan keeps the floor without the tap"


@FEW
@given(SMALL, FLOORS)
def test_the_worst_off_come_first_beside_floors_as_far_as_any_plan_brings_them(problem, floors):
    floors = {place: floor for place, floor in floors.items() if place in problem.zones}
    plan = make_plan(replace(problem, zone_floor=floors), replace(QUIET, equity="max_min"))
    if not plan.feasible or plan.least_share is None:
        return
    assert all(plan.by_zone[place] >= floor - 1e-6 for place, floor in floors.items())
    more = {place: max(floors.get(place, 0.0), (plan.least_share + 1e-3) * whole)
            for place, whole in within_reach(problem).items()}  # fmt: skip
    assert enumerate_best(problem, floors=floors | more) is None, "no plan brings the least share further"
    same = {place: max(floors.get(place, 0.0), (plan.least_share - 1e-7) * whole)
            for place, whole in within_reach(problem).items()}  # fmt: skip
    assert plan.objective >= enumerate_best(problem, floors=floors | same) - 1e-5


def test_the_recheck_finds_a_tap_that_serves_too_many():
    problem = taps(10, [0, 1], [1], weight=[8, 8])
    paid = {0: {0: Fraction(4)}, 1: {0: Fraction(4)}}
    wrong = recheck.violations(problem, (0, 0), paid, {}, {0: {0: 1.0, 1: 1.0}, 1: {1: 0.5}})
    assert wrong == ["tap0 serves 16.0 with a capacity of 10", "demand 1 is served 1.5 times"]
    absent = recheck.violations(problem, (None, 0), {1: paid[1]}, {}, {0: {0: 0.5}, 1: {0: 0.5}})
    assert len(absent) == 2 and all("does not reach" in w for w in absent)


def test_fronts_and_cores_know_capacities():
    problem = taps(10, [0, 1], [1, 2], weight=[8, 8, 4], money=8)
    assert [(b.covered, b.other) for b in front(problem, [0, 3])] == [(pytest.approx(20), 3)]
    draws = [drawn(problem, [1, 1]), drawn(problem, [2, 0], 0.5)]
    assert core_index(draws).tolist() == core_index(draws, exact=False).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"works": (Work("w", 1, capacity=-1),)}, "/works/0/capacity"),
        ({"works": (Work("w", 1, capacity=np.nan),)}, "/works/0/capacity"),
        ({"size": [-1]}, "/demand/0/size"), ({"size": [np.inf]}, "/demand/0/size"), ({"size": [1, 1]}, "/demand"),
    ],
)  # fmt: skip
def test_faults_are_named_by_place(change, pointer):
    given_ = {"years": 1, "funds": ("F",), "budget": ((9,),), "works": (), "weight": [1]}
    with pytest.raises(BadInput) as error:
        Problem(**given_ | change)
    assert error.value.pointer == pointer


def test_a_work_that_shares_its_demands_with_no_other_needs_no_columns_for_whom_it_serves():
    works = [Work(n, 5, 0, [d, d + 1], {0: ALL}, capacity=3) for n, d in (("a", 0), ("b", 2))]
    problem = Problem(2, ("F",), ((5, 0),), tuple(works), [2, 2, 2, 4])
    assert len(write(problem, ceilings(problem)).program.gain) == 4
    assert (make_plan(problem, QUIET).objective, enumerate_best(problem)) == (3, 3)
    one_more = replace(problem, works=(works[0], replace(works[1], covers=[1, 2])))
    assert len(write(one_more, ceilings(one_more)).program.gain) > 4
