"""Can these funds pay this set of works, which funds are the bottleneck, and who pays what.

It knows nothing about benefits. A split exists if and only if no subset of the funds is asked for more
than it has (max-flow = min-cut, Ford & Fulkerson 1956; method 5.2); all of it in exact integers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm

from gis_core.portfolio.model import Problem

Amounts = dict[int, Fraction]


@dataclass(frozen=True, eq=False)
class Ceiling:
    """What a subset of funds is asked for in one year: sum of asked[i] over the works built <= money.

    asked[i] is the part of the cost that the other funds may not pay; in units of 1/scale rupiah.
    """

    funds: tuple[int, ...]
    year: int
    asked: tuple[int, ...]
    money: int


def scale_of(problem: Problem) -> int:
    """The parts a rupiah is cut into so that every share of every cost is a whole number."""
    shares = {share.denominator for work in problem.works for share in work.share_cap.values()}
    return reduce(lcm, sorted(shares), 1)


def ceilings(problem: Problem) -> tuple[Ceiling, ...]:
    """The ceilings that a plan must respect, those that follow from others left out."""
    scale = scale_of(problem)
    found: dict[tuple[int, tuple[int, ...]], Ceiling] = {}
    for year in range(problem.years):
        for subset in range(1, 2 ** len(problem.funds)):
            funds = tuple(f for f in range(len(problem.funds)) if subset >> f & 1)
            asked = tuple(_asked(problem, i, year, funds, scale) for i in range(len(problem.works)))
            money = scale * sum(problem.budget[f][year] for f in funds)
            known = found.get((year, asked))
            if any(asked) and (known is None or money < known.money):
                found[year, asked] = Ceiling(funds, year, asked, money)
    return tuple(found.values())


def _asked(problem: Problem, i: int, year: int, funds: Sequence[int], scale: int) -> int:
    """What work i asks at least of these funds, in 1/scale rupiah."""
    caps = problem.works[i].share_cap
    others = sum((share for f, share in caps.items() if f not in funds), Fraction(0))
    return int(max(Fraction(0), 1 - others) * problem.cost[i][year] * scale)


def bottleneck(problem: Problem, works: Sequence[int], year: int) -> Ceiling | None:
    """The ceiling missed most if these works are built in this year (0-based), None if they can be paid."""
    worst: Ceiling | None = None
    excess = 0
    for ceiling in ceilings(problem):
        if ceiling.year == year and (over := sum(ceiling.asked[i] for i in works) - ceiling.money) > excess:
            worst, excess = ceiling, over
    return worst


def split(problem: Problem, works: Sequence[int], year: int) -> dict[int, Amounts] | None:
    """Who pays what: work -> fund -> rupiah, for works built in one year (0-based); None if it cannot be.

    Whole rupiah with every share cap rounded down. Only where that fails (caps of a few rupiah, as in
    text-book numbers) amounts are fractions. Funds in their order pay first, works in their order.
    """
    whole = _flow(problem, works, year, 1)
    if whole is not None:
        return whole
    return _flow(problem, works, year, scale_of(problem))


def _flow(problem: Problem, works: Sequence[int], year: int, scale: int) -> dict[int, Amounts] | None:
    """Maximum flow from works to funds in 1/scale rupiah by shortest augmenting paths."""
    left = {f: problem.budget[f][year] * scale for f in range(len(problem.funds))}
    room = {
        (i, f): int(share * problem.cost[i][year] * scale)
        for i in works
        for f, share in sorted(problem.works[i].share_cap.items())
    }
    paid = dict.fromkeys(room, 0)
    for i in works:
        owed = problem.cost[i][year] * scale
        while owed:
            path = _path(i, works, room, paid, left)
            if path is None:
                return None
            owed -= _push(path, owed, room, paid, left)
    return {
        i: {f: Fraction(amount, scale) for (j, f), amount in paid.items() if j == i and amount} for i in works
    }


def _path(
    start: int,
    works: Sequence[int],
    room: Mapping[tuple[int, int], int],
    paid: Mapping[tuple[int, int], int],
    left: Mapping[int, int],
) -> list[int] | None:
    """Work, fund, work, ..., fund with money left: each fund may take over, the last one pays."""
    came: dict[int, tuple[int, int] | None] = {}
    queue = deque([start])
    before: dict[int, int] = {start: -1}
    while queue:
        work = queue.popleft()
        for (i, fund), most in room.items():
            if i != work or fund in came or paid[i, fund] >= most:
                continue
            came[fund] = (work, before[work])
            if left[fund]:
                return _trace(fund, came)
            for other in works:
                if other not in before and paid.get((other, fund), 0):
                    before[other] = fund
                    queue.append(other)
    return None


def _trace(fund: int, came: Mapping[int, tuple[int, int] | None]) -> list[int]:
    """The path that ends in a fund, from its start."""
    path: list[int] = []
    while fund != -1:
        step = came[fund]
        assert step is not None
        path = [step[0], fund, *path]
        fund = step[1]
    return path


def _push(
    path: list[int],
    owed: int,
    room: Mapping[tuple[int, int], int],
    paid: dict[tuple[int, int], int],
    left: dict[int, int],
) -> int:
    """Move as much as the path allows; returns how much."""
    forward = [(path[k], path[k + 1]) for k in range(0, len(path), 2)]
    backward = [(path[k + 1], path[k]) for k in range(1, len(path) - 1, 2)]
    amount = min([owed, left[path[-1]], *(room[a] - paid[a] for a in forward), *(paid[a] for a in backward)])
    for arc in forward:
        paid[arc] += amount
    for arc in backward:
        paid[arc] -= amount
    left[path[-1]] -= amount
    return amount
