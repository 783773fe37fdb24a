"""Works that cover demands in part: the best server counts.

It knows nothing about money. Rule 8 of the method's section 5.2.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.errors import BadInput
from gis_core.portfolio import Problem, Work, benefit, recheck
from tests.core.schedules import FEW, QUIET, covered, enumerate_best, make_plan, problems, worth


def one_fund(money, *works, **more):
    made = tuple(Work(n, c, 0, covers, {0: Fraction(1)}) for n, c, covers in works)
    return Problem(1, ("F",), ((money,),), made, **more)


@given(problems(partial=True), st.data())
def test_the_layers_say_what_the_best_server_says(problem, data):
    works = sorted(data.draw(st.sets(st.integers(0, len(problem.works) - 1))))
    assert benefit.total(problem, works) == pytest.approx(worth(problem, works), abs=1e-12)
    for zone, weight in benefit.covered_by_zone(problem, works).items():
        assert weight == pytest.approx(covered(problem, works, zone), abs=1e-12)


@FEW
@given(problems(partial=True))
def test_brute_force_equals_the_program(problem):
    plan = make_plan(problem, QUIET)
    assert plan.objective == pytest.approx(enumerate_best(problem), abs=1e-9)
    assert plan.gap <= 1e-9 and plan.feasible
    assert plan.greedy_objective <= plan.objective <= plan.lp_bound + 1e-6


@FEW
@given(problems(most=4, partial=True))
def test_forced_in_and_left_out_values_are_those_of_enumeration(problem):
    plan = make_plan(problem)
    for entry in plan.left_out:
        best = enumerate_best(problem, must=[entry.work])
        assert (entry.value_if_forced_in is None) == (best is None)
        assert best is None or entry.value_if_forced_in == pytest.approx(best, abs=1e-9)
    for entry in plan.kept:
        best = enumerate_best(problem, mustnt=[entry.work])
        assert entry.value_if_left_out == pytest.approx(best, abs=1e-9)


@FEW
@given(problems(most=4, partial=True), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 5), max_size=3))
def test_floors_count_shares(problem, floors):
    floors = {z: float(x) for z, x in floors.items() if z in problem.zone}
    asked = Problem(**{**vars_of(problem), "zone_floor": floors})
    plan, best = make_plan(asked, QUIET), enumerate_best(problem, floors=floors.items())
    assert plan.feasible == (best is not None)
    if best is not None:
        assert plan.objective == pytest.approx(best, abs=1e-9)


def vars_of(problem):
    return {name: getattr(problem, name) for name in problem.__dataclass_fields__}


def test_the_better_server_adds_what_it_does_better():
    problem = one_fund(9, ("near", 5, [(0, 1.0)]), ("far", 4, [(0, 0.6), (1, 0.5)]), weight=[10, 4])
    assert [benefit.total(problem, w) for w in ([0], [1], [0, 1])] == pytest.approx([10, 8, 12])
    plan = make_plan(problem)
    assert plan.objective == pytest.approx(12) and plan.schedule == (0, 0)


def test_a_worse_twin_is_already_served_and_a_share_of_a_zone_is_no_whole():
    problem = one_fund(9, ("a", 4, [(0, 0.5)]), ("b", 4, [(0, 0.25)]), weight=[8], zone=("RW 1",))
    plan = make_plan(problem)
    assert (plan.objective, plan.least_share) == (4, 0.5)
    entry = plan.left_out[0]
    assert (entry.reason, entry.because) == ("already_served", ("a",))
    wrong = recheck.violations(problem, (0, None), {0: {0: Fraction(4)}}, {"RW 1": 5.0})
    assert wrong == ["zone RW 1 gets 4.0 of 5.0"]


@pytest.mark.parametrize("share", [0.0, -0.5, 1.5, float("nan")])
def test_a_share_outside_zero_to_one_is_refused(share):
    with pytest.raises(BadInput) as error:
        one_fund(1, ("a", 1, [(0, share)]), weight=[1])
    assert error.value.pointer == "/works/0/covers/0/1"
