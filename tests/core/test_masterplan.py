"""A masterplan as a portfolio problem: nobody counts twice, cutting a work in two changes nothing, pins hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core import masterplan
from gis_core.errors import BadInput
from gis_core.masterplan import Candidate, Homes, Rules, Worth
from gis_core.portfolio import Options, benefit, make_plan
from gis_core.ranking import Criterion, rank
from gis_core.value import ValueFunction

ALL = {0: Fraction(1)}
WORTH = Worth(household=2.0, severity=1.0, deficit=0.5, reduction=100.0)
QUIET = Options(explain=False)


def homes(n: int, zone: str | None = "RW 1", **more: object) -> Homes:
    given = {"severity": np.zeros(n), "deficit": {"water": np.zeros(n), "road": np.zeros(n)}} | more
    return Homes(np.ones(n), [zone] * n, **given)


def work(name: str, serves: list[int], cost: int = 10, **more: object) -> Candidate:
    given = {"service": "water", "reduction": 0.0, "share_cap": ALL} | more
    return Candidate(name, cost, serves=np.array(serves, dtype=np.intp), **given)


def rules(*yearly: int, **more: object) -> Rules:
    return Rules(len(yearly), ("blm",), (tuple(yearly),), **more)


def value(candidates: list[Candidate], built: list[int], people: Homes | None = None) -> float:
    most = max((int(c.serves.max()) + 1 for c in candidates if len(c.serves)), default=0)
    problem = masterplan.problem(candidates, people or homes(most), WORTH, rules(0))
    schedule = tuple(0 if i in built else None for i in range(len(candidates)))
    return masterplan.points(benefit.value(problem, schedule), problem, candidates, schedule)


def test_a_household_counts_once_for_a_service_and_again_for_another() -> None:
    both = [work("a", [0, 1]), work("b", [1, 2]), work("c", [1], service="road")]
    assert value(both, [0]) == pytest.approx(4)
    assert value(both, [0, 1]) == pytest.approx(6)
    assert value(both, [0, 1, 2]) == pytest.approx(8)


def test_severity_deficit_and_reduction_add_to_the_worth() -> None:
    people = homes(2, severity=np.array([1.0, 0.0]), deficit={"water": np.array([0.0, 1.0])})
    assert value([work("a", [0])], [0], people) == pytest.approx(3.0)
    assert value([work("a", [1])], [0], people) == pytest.approx(2.5)
    assert value([work("a", [0, 1], reduction=0.02)], [0], people) == pytest.approx(7.5)


@settings(max_examples=50)
@given(st.sets(st.integers(0, 30), min_size=2), st.integers(1, 29), st.floats(0, 0.1))
def test_cutting_a_work_in_two_changes_nothing(serves: set[int], at: int, reduction: float) -> None:
    every = sorted(serves)
    cut = at % len(every)
    people = homes(31, severity=np.linspace(0, 1, 31), deficit={"water": np.linspace(1, 0, 31)})
    whole = value([work("a", every, reduction=reduction)], [0], people)
    halves = [
        work("a", every[:cut], reduction=reduction / 2),
        work("b", every[cut:], reduction=reduction / 2),
    ]
    assert value(halves, [0, 1], people) == pytest.approx(whole)


@given(st.integers(0, 40), st.floats(0, 0.05), st.floats(0.05, 1))
def test_one_work_is_worth_the_benefit_part_of_its_score_without_severity_and_deficit(
    served: int, reduction: float, share: float
) -> None:
    criteria = [
        Criterion("poor_served", share, ValueFunction([(0, 0), (40, 1)])),
        Criterion("slum_reduction", 1 - share, ValueFunction([(0, 0), (0.05, 1)])),
    ]
    score = rank(criteria, ["a"], [[served, reduction]]).score[0]
    worth = Worth(100 * share / 40, 0.0, 0.0, 100 * (1 - share) / 0.05)
    people = homes(41, severity=np.ones(41), deficit={"water": np.ones(41)})
    problem = masterplan.problem(
        [work("a", list(range(served)), reduction=reduction)], people, worth, rules(10)
    )
    assert benefit.total(problem, [0]) == pytest.approx(score, abs=1e-9)


def test_a_pin_is_kept_at_a_loss_and_adds_nothing_to_the_points() -> None:
    works = [work("big", [0, 1, 2, 3]), work("small", [4], required=True)]
    problem = masterplan.problem(works, homes(5), WORTH, rules(10))
    plan = make_plan(problem, QUIET)
    assert plan.feasible
    assert plan.schedule == (None, 0)
    assert masterplan.points(plan.objective, problem, works, plan.schedule) == pytest.approx(2.0)


def test_pins_that_cannot_be_had_together_are_named() -> None:
    works = [work("a", [0], required=True), work("b", [1], required=True), work("c", [2])]
    problem = masterplan.problem(works, homes(3), WORTH, rules(10))
    plan = make_plan(problem, QUIET)
    assert not plan.feasible
    assert plan.conflict is not None
    assert set(plan.conflict.zones) == {"must:a", "must:b"}


def test_floors_are_shares_of_what_a_zone_could_get() -> None:
    people = Homes(np.ones(4), ["RW 1", "RW 1", "RW 1", "RW 2"], np.zeros(4), {"water": np.zeros(4)})
    works = [work("a", [0, 1, 2]), work("b", [3])]
    free = masterplan.problem(works, people, WORTH, rules(10))
    assert make_plan(free, QUIET).schedule == (0, None)
    fair = masterplan.problem(works, people, WORTH, rules(10, zone_share={"RW 2": 1.0, "RW 9": 0.5}))
    assert make_plan(fair, QUIET).schedule == (None, 0)


def test_pillars_get_their_share_of_the_money() -> None:
    works = [
        work("a", [0, 1, 2], pillar="environment"), work("b", [3, 4, 5], pillar="environment"),
        work("c", [6], pillar="social"),
    ]  # fmt: skip
    plan = make_plan(
        masterplan.problem(works, homes(7), WORTH, rules(20, pillar_share={"social": 0.5})), QUIET
    )
    assert plan.schedule[2] == 0
    assert sum(year is not None for year in plan.schedule[:2]) == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"worth": lambda: replace(WORTH, household=-1.0)}, "/worth/household"),
        ({"worth": lambda: replace(WORTH, deficit=float("nan"))}, "/worth/deficit"),
        ({"rules": lambda: rules(0, zone_share={"RW 1": 1.5})}, "/zone_share/RW 1"),
        ({"rules": lambda: rules(0, pillar_share={"social": -0.1})}, "/pillar_share/social"),
        ({"homes": lambda: homes(1, severity=np.array([2.0]))}, "/homes/severity"),
    ],
)
def test_bad_numbers_are_pointed_at(change: dict[str, Callable[[], Any]], pointer: str) -> None:
    with pytest.raises(BadInput) as caught:
        masterplan.problem(
            [work("a", [0], cost=1)],
            change.get("homes", lambda: homes(1))(),
            change.get("worth", lambda: WORTH)(),
            change.get("rules", lambda: rules(0))(),
        )
    assert caught.value.pointer == pointer


TWO_RW = Homes(np.ones(20), ["RW 1"] * 10 + ["RW 2"] * 10, np.zeros(20), {"water": np.zeros(20)})


def test_works_that_can_never_be_built_raise_no_floor_and_hold_nobody_back() -> None:
    works = [work("a", [0, 1, 2]), work("b", [10, 11])]
    never = [
        work("gate", list(range(10)), failed_gates=("land",)),
        work("late", [4, 5], latest=0),
        work("unpaid", [6, 7], share_cap={}),
        work("only", [12], failed_gates=("land",)),
    ]
    for more in ([], never):
        asked = rules(10, zone_share={"RW 1": 0.5})
        plan = make_plan(masterplan.problem([*works, *more], TWO_RW, WORTH, asked), QUIET)
        assert plan.feasible and plan.schedule[:2] == (0, None)


def test_what_no_work_can_reach_and_a_pin_never_kept_leave_the_worst_off_first() -> None:
    """Two works of RW 1 do more; one makes way for RW 2, whatever can never be built beside them."""
    works = [work("a", [0, 1, 2]), work("c", [3, 4, 5]), work("b", [10, 11])]
    people = replace(TWO_RW, zone=[*["RW 1"] * 10, *["RW 2"] * 9, "RW 3"])
    fair = Options(explain=False, equity="max_min")
    shut = work("shut", [19], failed_gates=("land",))
    for more in ([], [shut], [replace(shut, required=True)]):
        problem = masterplan.problem([*works, *more], people, WORTH, rules(20))
        plan = make_plan(problem, fair)
        assert [year is not None for year in plan.schedule[:3]].count(True) == 2
        assert plan.schedule[2] == 0
        assert plan.least_share == pytest.approx(0.5)
        assert [("RW 3" in note) for note in plan.notes] == ([True] if more else [])
    pinned = masterplan.problem([*works, work("kept", [12], required=True)], people, WORTH, rules(30))
    plan = make_plan(pinned, fair)
    assert (plan.schedule[2], plan.schedule[3], plan.notes) == (0, 0, ())


@given(st.floats(0.01, 1), st.sets(st.integers(0, 5), min_size=1), st.floats(0, 0.05))
def test_a_chance_multiplies_what_one_work_is_worth(
    chance: float, serves: set[int], reduction: float
) -> None:
    certain = work("a", sorted(serves), reduction=reduction)
    unsure = replace(certain, delivery=chance)
    assert value([unsure], [0]) == pytest.approx(chance * value([certain], [0]))


def test_of_two_works_for_the_same_homes_the_more_certain_one_counts() -> None:
    both = [work("a", [0, 1], delivery=0.5), work("b", [1], delivery=0.8)]
    assert value(both, [0, 1]) == pytest.approx(2 * (0.5 + 0.8))


def test_an_uncertain_work_gives_way_to_a_certain_one() -> None:
    both = [work("a", [0, 1, 2], delivery=0.5), work("b", [3, 4])]
    problem = masterplan.problem(both, homes(5), WORTH, rules(10))
    assert make_plan(problem, QUIET).schedule == (None, 0)
    certain = masterplan.problem([replace(both[0], delivery=1.0), both[1]], homes(5), WORTH, rules(10))
    assert make_plan(certain, QUIET).schedule == (0, None)


@pytest.mark.parametrize("chance", [0.0, -0.5, 1.5, float("nan")])
def test_an_impossible_chance_is_refused_by_name(chance: float) -> None:
    with pytest.raises(BadInput) as refused:
        masterplan.problem([work("a", [0], delivery=chance)], homes(1), WORTH, rules(10))
    assert refused.value.pointer == "/delivery/a"


def test_floors_in_money_are_those_of_the_places_of_works() -> None:
    three = [work("a", [0], 6, place="RW 1"), work("b", [1, 2], 6, place="RW 2"), work("c", [3], 4)]
    problem = masterplan.problem(three, homes(4), WORTH, rules(10, money_floor={"RW 1": 5, "RW 3": 0}))
    assert [(f.name, set(f.works), f.rupiah) for f in problem.money_floors] == [("RW 1", {0}, 5)]
    assert make_plan(problem, QUIET).schedule == (0, None, 0)
