"""Who pays what for a schedule: a flow from works over the funds of a year to the money of a year.

It knows nothing about ceilings or benefits; `funds` says when a payment exists, this finds it.
"""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from itertools import pairwise

from gis_core.portfolio.benefit import Schedule, built
from gis_core.portfolio.funds import scale_of
from gis_core.portfolio.model import Problem

Amounts = dict[int, Fraction]
Node = tuple[str, int, int]
Arcs = dict[Node, dict[Node, int]]

_MONEY: Node = ("money", 0, 0)


def split(problem: Problem, schedule: Schedule) -> dict[int, Amounts] | None:
    """Who pays what: work -> fund -> rupiah; None if the schedule cannot be paid.

    Whole rupiah with every share cap rounded down. Only where that fails (caps of a few rupiah, as in
    text-book numbers) amounts are fractions. Funds in their order pay first, works by year and number; a
    fund that keeps unspent money pays from the newest.
    """
    whole = _flow(problem, schedule, 1)
    return whole if whole is not None else _flow(problem, schedule, scale_of(problem))


def _flow(problem: Problem, schedule: Schedule, scale: int) -> dict[int, Amounts] | None:
    """Maximum flow in 1/scale rupiah by shortest augmenting paths (Edmonds & Karp 1972)."""
    arcs = _network(problem, schedule, scale)
    timed = sorted((t, i) for i, t in enumerate(schedule) if t is not None)
    for year, i in timed:
        owed = problem.cost[i][year] * scale
        while owed:
            path = _shortest(arcs, ("work", i, year))
            if path is None:
                return None
            amount = min(owed, *(arcs[a][b] for a, b in pairwise(path)))
            for a, b in pairwise(path):
                arcs[a][b] -= amount
                arcs[b][a] = arcs[b].get(a, 0) + amount
            owed -= amount
    return {i: _paid(problem, arcs, i, schedule[i] or 0, scale) for i in built(schedule)}


def _network(problem: Problem, schedule: Schedule, scale: int) -> Arcs:
    """Room on every arc: of a share, of a year's money, and without limit to what was kept."""
    arcs: Arcs = {_MONEY: {}}
    for f, row in enumerate(problem.budget):
        for t, rupiah in enumerate(row):
            arcs["fund", f, t] = {_MONEY: rupiah * scale}
            if f in problem.carry and t > 0:
                arcs["fund", f, t]["fund", f, t - 1] = sum(row) * scale
    for i, year in enumerate(schedule):
        if year is not None:
            work, cost = problem.works[i], problem.cost[i][year]
            arcs["work", i, year] = {
                ("fund", f, year): work.room(f, cost, scale) for f in sorted(work.share_cap)
            }
    return arcs


def _shortest(arcs: Arcs, start: Node) -> list[Node] | None:
    """A path with room from a node to the money, by breadth; None if there is none."""
    came: dict[Node, Node | None] = {start: None}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following, room in arcs[node].items():
            if room and following not in came:
                came[following] = node
                if following == _MONEY:  # a first way to the money is a shortest one
                    return _back(came)
                queue.append(following)
    return None


def _back(came: dict[Node, Node | None]) -> list[Node]:
    """The path to the money, given from where each of its nodes was reached."""
    path: list[Node] = []
    step: Node | None = _MONEY
    while step is not None:
        path.insert(0, step)
        step = came[step]
    return path


def _paid(problem: Problem, arcs: Arcs, i: int, year: int, scale: int) -> Amounts:
    """What the flow gives a work: the way back on each of its arcs."""
    amounts = {f: arcs["fund", f, year].get(("work", i, year), 0) for f in range(len(problem.funds))}
    return {f: Fraction(amount, scale) for f, amount in amounts.items() if amount}
