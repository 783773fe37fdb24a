"""Which sets of works the funds can pay: the ceilings that a schedule must respect.

It knows nothing about benefits, nor about who pays what (that is `payments`). All of it in exact integers.

Payments exist if and only if no cut of the network works -> funds of a year -> money of a year is smaller than
what the works cost (max-flow = min-cut, Ford & Fulkerson 1956; method 5.2). A cut names funds for each year: it
pays the money of these, and of every work built what the other funds may pay. So a schedule can be paid if and
only if, for every choice of funds per year, what their works cannot get elsewhere is within their money.

Where no fund keeps unspent money the years do not touch each other, and one-year ceilings say it all. A fund
that keeps it lets year t pay from the money of every earlier year, an arc without limit; a finite cut that
names it in year t names it in all years before, too. Ceilings then run over the first years, with each keeping
fund named up to some year of its own and the others in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from math import lcm

from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.model import Problem

FundsByYear = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class Ceiling:
    """What a choice of funds is asked for: sum of asked[t][i] over the works i built in year t <= money.

    funds[t]: the funds that count in year t, () where that year does not. asked[t][i]: the part of the cost
    that the other funds may not pay. All in 1/scale rupiah.
    """

    funds: FundsByYear
    asked: tuple[tuple[int, ...], ...]
    money: int

    def of(self, schedule: Schedule) -> int:
        """What a schedule asks of these funds."""
        return sum(self.asked[t][i] for i, t in enumerate(schedule) if t is not None)

    def plus(self, other: Ceiling) -> Ceiling:
        """Both at once, for ceilings of different years."""
        funds = tuple(a or b for a, b in zip(self.funds, other.funds, strict=True))
        asked = tuple(
            theirs if asks else mine
            for mine, theirs, asks in zip(self.asked, other.asked, other.funds, strict=True)
        )
        return Ceiling(funds, asked, self.money + other.money)

    def is_within(self, funds: FundsByYear) -> bool:
        """Whether all its funds are among these, year by year."""
        return all(set(mine) <= set(those) for mine, those in zip(self.funds, funds, strict=True))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that count."""
        return tuple(t for t, funds in enumerate(self.funds) if funds)


def scale_of(problem: Problem) -> int:
    """The parts a rupiah is cut into so that every share of every cost is a whole number."""
    shares = {share.denominator for work in problem.works for share in work.share_cap.values()}
    return reduce(lcm, sorted(shares), 1)


def ceilings(problem: Problem) -> tuple[Ceiling, ...]:
    """The ceilings that a plan must respect, those left out that follow from others, however much money a fund gets.

    Works that all funds together may not pay in full have no year to be built in; no ceiling names them.
    """
    scale = scale_of(problem)
    known: dict[tuple[int, tuple[int, ...]], tuple[int, ...]] = {}
    found: dict[tuple[tuple[int, ...], ...], list[Ceiling]] = {}
    for choice in _choices(problem):
        for place in enumerate(choice):
            if place not in known:
                known[place] = _asked(problem, *place, scale)
        asked = tuple(known[place] for place in enumerate(choice))
        money = scale * sum(problem.budget[f][t] for t, funds in enumerate(choice) for f in funds)
        alike = found.setdefault(asked, [])
        # Fewer funds that are asked for as much have less money, and get no more of what is added.
        if any(map(any, asked)) and not any(other.is_within(choice) for other in alike):
            alike.append(Ceiling(choice, asked, money))
    return tuple(ceiling for alike in found.values() for ceiling in alike)


def _choices(problem: Problem) -> Iterator[FundsByYear]:
    """The choices of funds per year that cannot be cut into smaller ones."""
    nothing: FundsByYear = ((),) * problem.years
    others = [f for f in range(len(problem.funds)) if f not in problem.carry]
    subsets = [c for size in range(len(others) + 1) for c in combinations(others, size)]
    for year in range(problem.years):
        for funds in subsets[1:]:
            yield (*nothing[:year], funds, *nothing[year + 1 :])
    keeping = sorted(problem.carry)
    for until in product(range(problem.years + 1), repeat=len(keeping)):
        run = max(until, default=0)
        kept = [[f for f, end in zip(keeping, until, strict=True) if t < end] for t in range(run)]
        for also in product(subsets, repeat=run) if run else ():
            chosen = tuple(tuple(sorted([*k, *a])) for k, a in zip(kept, also, strict=True))
            yield (*chosen, *nothing[run:])


def _asked(problem: Problem, year: int, funds: Sequence[int], scale: int) -> tuple[int, ...]:
    """What each work asks at least of these funds if built in a year, in 1/scale rupiah; 0 of no funds."""
    if not funds:
        return (0,) * len(problem.works)
    asked = []
    for work, cost in zip(problem.works, problem.cost, strict=True):
        others = (work.room(f, cost[year], scale) for f in work.share_cap if f not in funds)
        asked.append(max(0, scale * cost[year] - sum(others)))
    return tuple(asked)
