"""A city: 10,000 proposals, 3 years, one fund, a floor for each of 151 kelurahan; 30,000 yes-or-no decisions.

Many small works against large budgets, which flatters the greedy plan. Without relations and shared households it is
no more than a knapsack with floors, so a general solver gets the same small program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from gis_core.portfolio import Options, Problem, Work
from tests.bench.contests.portfolio import by_steps, milestones
from tests.bench.contests.race import Way, race, show

WORKS, YEARS, KELURAHAN, TIME_LIMIT = 10_000, 3, 151, 120
MILLION = 1_000_000
TARGETS = {"first plan": "<= 0.05", "gap first shown": "<= 0.6", "gap <= 0.1 %": "<= 1.2"}
TITLE = "City plan: 10,000 proposals x 3 years, floors of 151 kelurahan"


@dataclass(frozen=True, eq=False)
class City:
    """Values (n,), costs (n,) in rupiah, kelurahan (n,), money a year, least value of each kelurahan."""

    value: Any
    cost: Any
    place: Any
    money: int
    floor: dict[int, float]


def run() -> None:
    """Step by step, then beside CBC and HiGHS."""
    city = make_city()
    milestones(TITLE, problem(city), Options(explain=False), TARGETS)
    results = race([
        Way(f"PuLP, CBC to 0.1 % (at most {TIME_LIMIT} s)", lambda: by_cbc(city)),
        Way("scipy milp, HiGHS to 0.1 %", lambda: by_highs(city)),
        Way("gis_core to 0.1 %", lambda: lambda: by_steps(problem(city)),
            target="<= CBC / 6"),
    ], 1)  # fmt: skip
    base = next(iter(results))
    worth = {name: f"{found.answer:,.0f}" for name, found in results.items() if not found.missing}
    show(TITLE, results, base, benefit=worth)


def make_city() -> City:
    """Money for a third of all works; a kelurahan gets at least a fifth of what its works are worth."""
    rng = np.random.default_rng(8)
    place = rng.integers(0, KELURAHAN, WORKS)
    cost = rng.lognormal(np.log(200), 0.7, WORKS).astype(np.int64) * MILLION
    value = np.rint(rng.lognormal(3, 0.6, WORKS) * (cost / MILLION / 200) ** 0.7 * 10)
    floor = {k: float(0.2 * value[place == k].sum()) for k in range(KELURAHAN)}
    return City(value, cost, place, int(cost.sum()) // (3 * YEARS), floor)


def problem(city: City) -> Problem:
    """Each work serves one demand of its own, in its kelurahan."""
    works = tuple(
        Work(f"w{i:05}", int(city.cost[i]), 0.0, (i,), {0: Fraction(1)}) for i in range(WORKS)
    )  # fmt: skip
    zones = tuple(f"k{k:03}" for k in city.place)
    floors = {f"k{k:03}": least for k, least in city.floor.items()}
    return Problem(YEARS, ("apbd",), ((city.money,) * YEARS,), works, city.value, zones, zone_floor=floors)


def by_cbc(city: City) -> Callable[[], float]:
    import pulp

    def solve() -> float:
        model = pulp.LpProblem("city", pulp.LpMaximize)
        x = [[pulp.LpVariable(f"x{i}_{t}", cat="Binary") for t in range(YEARS)] for i in range(WORKS)]
        built = [pulp.lpSum(row) for row in x]
        model += pulp.lpSum(value * one for value, one in zip(city.value.tolist(), built, strict=True))
        for one in built:
            model += one <= 1
        for t in range(YEARS):
            model += (
                pulp.lpSum(c / MILLION * x[i][t] for i, c in enumerate(city.cost.tolist()))
                <= city.money / MILLION
            )
        for k, least in city.floor.items():
            model += pulp.lpSum(city.value[i] * built[i] for i in np.flatnonzero(city.place == k)) >= least
        model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=TIME_LIMIT, gapRel=1e-3))
        return float(pulp.value(model.objective))

    return solve


def by_highs(city: City) -> Callable[[], float]:
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    def solve() -> float:
        gain = np.tile(city.value, YEARS)
        once = sparse.hstack([sparse.eye(WORKS)] * YEARS)
        money = sparse.kron(sparse.eye(YEARS), city.cost / MILLION)
        member = sparse.csr_matrix((city.value, (city.place, np.arange(WORKS))), (KELURAHAN, WORKS))
        rows = sparse.vstack([once, money, -sparse.hstack([member] * YEARS)])
        limit = np.concatenate(
            [np.ones(WORKS), np.full(YEARS, city.money / MILLION), -np.array(list(city.floor.values()))]
        )
        found = milp(
            -gain, constraints=LinearConstraint(rows.tocsr(), -np.inf, limit), bounds=Bounds(0, 1),
            integrality=np.ones(len(gain)), options={"mip_rel_gap": 1e-3, "time_limit": TIME_LIMIT},
        )  # fmt: skip
        return -float(found.fun)

    return solve
