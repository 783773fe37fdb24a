"""Small portfolio problems, and their best plans by trying every schedule; how the tests of plans ask for one.

It knows nothing about the code under test: what a set is worth, what can be paid and which rules hold is
written here again from section 5.2 of the method.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from gis_core import portfolio
from gis_core.portfolio import Options, Problem, Work

make_plan: Any = portfolio.make_plan
ALL = Fraction(1)
QUIET = Options(explain=False)
FEW = settings(max_examples=25)
"""For properties whose examples are solved in full, one by one."""


def richer(problem, admission, less=0):
    """The problem with the extra money that is said to admit a work, or so much less."""
    rows = [list(row) for row in problem.budget]
    rows[admission.fund][admission.year] += admission.extra - less
    return replace(problem, budget=tuple(map(tuple, rows)))


def pairs(work):
    """What a work covers as (demand, share)."""
    return [cover if isinstance(cover, tuple) else (cover, 1.0) for cover in work.covers]


def covered(problem, works, zone=None):
    """Weight covered by the best server of each demand, whatever the capacities."""
    shares: dict[int, float] = {}
    for i in works:
        for d, share in pairs(problem.works[i]):
            shares[d] = max(shares.get(d, 0), share)
    return sum(
        share * float(problem.weight[d]) for d, share in shares.items() if zone in (None, problem.zone[d])
    )


def served(problem, works, floors=()):
    """Most weight covered within the capacities and above the floors, None if they cannot be had.

    Without capacities that is what the best servers cover; with them rules 8 and 9 as a linear program.
    """
    floors = {z: x for z, x in dict(floors).items() if x > 0}
    if all(problem.works[i].capacity is None for i in works):
        short = any(covered(problem, works, z) < x - 1e-9 for z, x in floors.items())
        return None if short else covered(problem, works)
    column = [(i, d, m) for i in works for d, m in pairs(problem.works[i])]
    if not column:
        return None if floors else 0.0
    gain = np.array([float(problem.weight[d]) * m for _, d, m in column])
    rows, limits = [], []
    for d in range(len(problem.weight)):
        rows.append([float(e == d) for _, e, _ in column])
        limits.append(1.0)
    for i in works:
        if problem.works[i].capacity is not None:
            rows.append([float(problem.size[d]) * (j == i) for j, d, _ in column])
            limits.append(problem.works[i].capacity)
    for z, x in floors.items():
        rows.append([-g * (problem.zone[d] == z) for g, (_, d, _) in zip(gain, column, strict=True)])
        limits.append(-x)
    answer = linprog(-gain, rows, limits, bounds=(0, 1))
    return float(gain @ answer.x) if answer.status == 0 else None


def worth(problem, works, floors=()):
    """U of a set, None if it cannot reach the floors."""
    synergy = sum(q for a, b, q in problem.synergy if {a, b} <= set(works))
    most = served(problem, works, floors)
    return None if most is None else most + sum(problem.works[i].value for i in works) + synergy


def plan_worth(problem, schedule, floors=()):
    """U of a schedule: of its set, or (rule 12) of what stands in each year added up; None if it misses the floors."""
    last, delta = problem.years - 1, problem.benefit_years
    at_end = worth(problem, standing(schedule, last), floors)
    if delta is None or at_end is None:
        return at_end
    return delta**last * at_end + sum(delta**t * worth(problem, standing(schedule, t)) for t in range(last))


def standing(schedule, year):
    """The works built by a year (0-based)."""
    return [i for i, t in enumerate(schedule) if t is not None and t <= year]


def payable(problem, schedule):
    """Whether payments and sums carried over exist, as rules 2 to 4 say it: a linear program."""
    if not problem.carry:
        years = range(problem.years)
        return all(affordable(problem, [i for i, s in enumerate(schedule) if s == t], t) for t in years)
    paid = [(i, f, t) for i, t in enumerate(schedule) if t is not None for f in range(len(problem.funds))]
    kept = [(f, t) for f in sorted(problem.carry) for t in range(problem.years)]
    column = {key: k for k, key in enumerate([*paid, *kept])}
    if not paid:
        return True
    due, cost = [], []
    for i, t in enumerate(schedule):
        if t is not None:
            row = np.zeros(len(column))
            row[[column[i, f, t] for f in range(len(problem.funds))]] = 1
            due.append(row)
            cost.append(problem.cost[i][t])
    spent, money = [], []
    for f, t in product(range(len(problem.funds)), range(problem.years)):
        row = np.zeros(len(column))
        row[[column[key] for key in paid if key[1:] == (f, t)]] = 1
        if f in problem.carry:
            row[column[f, t]] = 1
            if t:
                row[column[f, t - 1]] = -1
        spent.append(row)
        money.append(problem.budget[f][t])
    most = [float(problem.works[i].share_cap.get(f, 0) * problem.cost[i][t]) for i, f, t in paid]
    bounds = [(0, m) for m in most] + [(0, None)] * len(kept)
    return linprog(np.zeros(len(column)), spent, money, due, cost, bounds).status == 0


def affordable(problem, works, year):
    """The min-cut condition, written here again for all subsets of funds."""
    names = range(len(problem.funds))
    for size in range(len(problem.funds) + 1):
        for subset in combinations(names, size):
            asked = sum(
                max(0, 1 - sum(s for f, s in problem.works[i].share_cap.items() if f not in subset))
                * problem.cost[i][year]
                for i in works
            )
            if asked > sum(problem.budget[f][year] for f in subset):
                return False
    return True


def allowed(problem, schedule):
    """Whether years, relations and money allow a schedule."""
    works = [i for i, t in enumerate(schedule) if t is not None]
    if any(t is not None and t + 1 < w.earliest for t, w in zip(schedule, problem.works, strict=True)):
        return False
    if any(len(set(g) & set(works)) > 1 for g in problem.exclusive):
        return False
    if any(b in works and (a not in works or schedule[a] > schedule[b]) for a, b in problem.precedence):
        return False
    return payable(problem, schedule)


def schedules(problem):
    """The sets of works that may be built."""
    every = product([None, *range(problem.years)], repeat=len(problem.works))
    return {tuple(i for i, t in enumerate(s) if t is not None) for s in every if allowed(problem, s)}


def enumerate_best(problem, must=(), mustnt=(), floors=()):
    """Best U over all (T + 1)^n schedules, None if none is allowed."""
    best = None
    for schedule in product([None, *range(problem.years)], repeat=len(problem.works)):
        works = [i for i, t in enumerate(schedule) if t is not None]
        if set(must) - set(works) or set(mustnt) & set(works):
            continue
        value = plan_worth(problem, schedule, floors)
        if value is None or (best is not None and value <= best):
            continue
        if allowed(problem, schedule):
            best = value
    return best


@st.composite
def problems(draw, most=5, years=2, partial=False, carry=False, capacity=False):
    """Small problems with whole numbers, two funds, relations and zones.

    partial: works cover shares of demands. carry: one fund or both keep unspent money. capacity:
    some works serve only so much.
    """
    n, d = draw(st.integers(1, most)), draw(st.integers(0, 6))
    share = st.sampled_from([Fraction(0), Fraction(3, 10), Fraction(1, 2), ALL])
    share_of = st.sampled_from([0.25, 0.5, 1.0]) if partial else st.just(1.0)
    demand = st.tuples(st.integers(0, d - 1), share_of) if partial else st.integers(0, d - 1)
    works = [
        Work(
            f"w{i}",
            draw(st.integers(1, 40)),
            draw(st.integers(0, 5)),
            draw(st.lists(demand, max_size=4)) if d else [],
            {0: draw(share), 1: draw(share)},
            draw(st.integers(1, years)),
            capacity=draw(st.sampled_from([None, 0, 2, 3, 5.5])) if capacity else None,
        )
        for i in range(n)
    ]
    money = st.lists(st.integers(0, 50), min_size=years, max_size=years).map(tuple)
    two = [(a, b) for a in range(n) for b in range(a + 1, n)]
    pair = st.lists(st.sampled_from(two), max_size=1) if two else st.just([])
    return Problem(
        years,
        ("A", "B"),
        (draw(money), draw(money)),
        tuple(works),
        [draw(st.integers(0, 4)) for _ in range(d)],
        tuple(draw(st.sampled_from("xyz")) for _ in range(d)),
        tuple(draw(pair)),
        tuple(draw(pair)),
        tuple((a, b, draw(st.integers(-2, 3))) for a, b in draw(pair)),
        size=[draw(st.integers(0, 4)) for _ in range(d)] if capacity else [],
        carry=draw(st.sampled_from([frozenset({0}), frozenset({0, 1})])) if carry else frozenset(),
    )
