"""The greedy plan against looking at every work anew each time, which is what laziness may not change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gis_core.portfolio import Problem, Work
from gis_core.portfolio.greedy import Ledger, best_single, greedy
from tests.core.schedules import ALL, allowed, payable, problems, worth


def plainly(problem):
    """The schedule that takes the most benefit per rupiah of all that is left, again and again."""
    ledger, left = Ledger(problem), set(range(len(problem.works)))
    while left:
        now = worth(problem, list(ledger.year))
        gain = {i: worth(problem, [*ledger.year, i]) - now for i in left}
        best = min(left, key=lambda i: (-gain[i] / problem.works[i].cost, i))
        left.remove(best)
        if gain[best] > 0:
            ledger.add([best])
    return ledger.schedule()


@given(problems(most=6))
def test_works_are_taken_in_the_order_of_what_they_add_per_rupiah(problem):
    alone = replace(problem, precedence=(), synergy=())
    assert greedy(alone) == plainly(alone)


@given(problems(most=4), st.integers(0, 8))
def test_the_best_single_work_is_worth_more_than_was_asked_or_none_is(problem, above):
    """A single work counts with those that must come before it."""
    found = best_single(problem, above=above)
    before = {b: a for a, b in problem.precedence}
    sets = [[before[i], i] if i in before else [i] for i in range(len(problem.works))]
    first = [Ledger(problem) for _ in sets]
    possible = [
        works
        for works, ledger in zip(sets, first, strict=True)
        if ledger.missing(works[-1]) and ledger.add(works)
    ]
    best = max((worth(problem, works) for works in possible), default=0)
    if found is None:
        assert best <= above
    else:
        works = [i for i, year in enumerate(found) if year is not None]
        assert worth(problem, works) == best > above
        assert allowed(problem, found) and payable(problem, found)


def test_works_that_the_money_left_cannot_pay_make_room_for_smaller_ones():
    works = tuple(Work(f"w{i}", cost, 0.0, (i,), {0: ALL}) for i, cost in enumerate((10, 9, 8, 3, 2)))
    problem = Problem(2, ("A",), ((12, 3),), works, np.array([50.0, 40.0, 30.0, 3.0, 1.0]))
    assert greedy(problem) == (0, None, None, 1, 0)
