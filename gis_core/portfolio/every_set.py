"""The least extra money for a plan with a certain work, by trying every set of few works: exact, in whole rupiah.

It knows nothing about solvers. Sets worth enough are taken by what they cost beyond all the money there is, whatever
the years; then the best years of each are sought by branch and bound. More works never ask for less money, so what
contains a set already tried is left out, and the first set that costs too much even without years ends the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis_core.portfolio import benefit, service
from gis_core.portfolio.funds import scale_of
from gis_core.portfolio.matrix import Model, in_a_row
from gis_core.portfolio.plan import Admission
from gis_core.portfolio.search import keeps_rules

Numbers = NDArray[np.int64]
Place = tuple[int, int]
Asked = tuple[int, int]
"""Whole extra rupiah, and the number of the place that gives them."""

_MOST_WORKS = 22
"""Four million sets: half a second, and a hundred megabytes."""
_MOST_MONEY = 2**60
"""Sums of rupiah, in parts of one, must stay numbers of 64 bits."""
_AT_ONCE = 1_000
"""Ways to spread works over the years that are looked at together."""
_HAIR = 1e-9


def are_few(model: Model) -> bool:
    """Whether so few works can be built that every set can be looked at, and a set is worth the same in any years."""
    money = sum(ceiling.money + sum(map(sum, ceiling.asked)) for ceiling in model.rows)
    is_few = len(model.columns_of) <= _MOST_WORKS and money < _MOST_MONEY
    return is_few and model.problem.benefit_years is None


class EverySet:
    """The sets of works that obey all rules but those of money and are worth at least so much.

    places: the funds and years (0-based) that may give more, each alone. A set is a number whose bits stand for the
    works that can be built, in their order.
    """

    def __init__(self, model: Model, least: float, places: Sequence[Place]) -> None:
        rows, problem = model.rows, model.problem
        self._model, self._least, self._places = model, least, places
        self._works = sorted(model.columns_of)
        self._bit = {i: 1 << k for k, i in enumerate(self._works)}
        self._years = {i: sorted(t for j, t in model.column if j == i) for i in self._works}
        self._money = np.array([c.money for c in rows], dtype=np.int64)
        asked = np.array([c.asked for c in rows], dtype=np.int64)
        self._asked = asked.reshape(len(rows), problem.years, len(problem.works))
        closed = [[f not in c.funds[t] for f, t in places] for c in rows]
        self._closed = np.array(closed, dtype=np.float32).reshape(len(rows), len(places))

    def least_extra(self, work: int) -> Admission | None:
        """The smallest extra of one place with which a set with this work can be paid, the first of equals."""
        sets, beyond = self._cheapest_first
        inside = (sets & self._bit[work]) > 0
        sets, beyond = sets[inside], beyond[inside]
        best: Asked = (_MOST_MONEY, 0)
        while len(sets) and (int(beyond[0]), 0) < best:
            this, least = int(sets[0]), int(beyond[0])
            rest = np.arange(len(sets)) > 0
            works = [i for i in self._works if this & self._bit[i]]
            if self._is_enough(works):
                best = self._in_years(works, least, best)
                rest = (sets & this) != this
            sets, beyond = sets[rest], beyond[rest]
        extra, place = best
        return None if extra == _MOST_MONEY else Admission(*self._places[place], extra, True)

    @cached_property
    def _cheapest_first(self) -> tuple[Numbers, Numbers]:
        """Sets that may be worth enough, and the least rupiah that each lacks, whatever the years."""
        problem = self._model.problem
        worth = self._worth()
        sets = np.flatnonzero(self._may_be() & (worth >= self._least - _HAIR * max(1.0, abs(self._least))))
        lacks = np.zeros(len(sets), dtype=np.int64)
        for row in [*self._model.rows, *in_a_row(self._model.rows)]:
            if len(row.years) == problem.years:
                asked = [min(row.asked[t][i] for t in self._years[i]) for i in self._works]
                over = _sums(asked)[sets] - row.money
                lacks = np.maximum(lacks, -(-over // scale_of(problem)))
        cost = _sums([problem.works[i].cost for i in self._works])[sets]
        order = np.lexsort((cost, lacks))
        return sets[order], lacks[order]

    def _worth(self) -> NDArray[np.float64]:
        """U of each set, or more where works of limited capacity share demands: as if each had them for itself."""
        problem, nodes = self._model.problem, self._model.problem.shared
        alone = [service.gains(nodes, service.serve(nodes, [i])).sum() for i in self._works]
        values = [problem.works[i].value + more for i, more in zip(self._works, alone, strict=True)]
        worth = _sums(values) + self._covered(problem.together.reach, problem.together.weight)
        for a, b, q in problem.synergy:
            worth += q * (self._has(a) & self._has(b))
        return np.asarray(worth)

    def _may_be(self) -> NDArray[np.bool_]:
        """Sets that relations allow and that miss no floor and pass no limit by more than rounding."""
        problem = self._model.problem
        found = np.ones(1 << len(self._works), dtype=np.bool_)
        for a, b in problem.precedence:
            found &= self._has(a) | ~self._has(b)
        for group in problem.exclusive:
            found &= _sums([int(i in group) for i in self._works]) <= 1
        for limit in problem.limits:
            used = _sums([float(limit.use[i]) for i in self._works])
            found &= used <= float(limit.capacity) + _HAIR * max(1.0, float(max(map(abs, limit.use))))
        if problem.most_missing is not None:
            missing = np.zeros(len(found), dtype=np.int64)
            for one in problem.money_floors:
                spent = _sums([problem.works[i].cost * (i in one.works) for i in self._works])
                missing += np.maximum(one.rupiah - spent, 0)
            found &= missing <= problem.most_missing
        names = list(problem.zones)
        for place, floor in self._model.floors.items():
            nodes = zip(problem.nodes.reach, problem.nodes.weight, problem.nodes.zone, strict=True)
            there = [(reach, weight) for reach, weight, zone in nodes if zone == place]
            shared = zip(problem.shared.reach, problem.shared.weight, problem.shared.zone, strict=True)
            there += [(tuple(r), max(r.values()) * w) for r, w, k in shared if k >= 0 and names[k] == place]
            covered = self._covered([reach for reach, _ in there], [weight for _, weight in there])
            found &= covered >= floor - 1e-6 * max(1.0, floor)
        return found

    def _has(self, work: int) -> NDArray[np.bool_]:
        """Whether each set has a work."""
        return (np.arange(1 << len(self._works)) & self._bit.get(work, 0)) > 0

    def _covered(self, reach: Iterable[Iterable[int]], weight: Iterable[float]) -> NDArray[np.float64]:
        """Weight that each set covers, of demands that some works reach."""
        missed = np.zeros(1 << len(self._works))
        for works, one in zip(reach, weight, strict=True):
            missed[sum(self._bit.get(i, 0) for i in set(works))] += one
        missed[0] = 0.0
        # Sums over all subsets: what only works of a set reach is missed by those beside it.
        for k in range(len(self._works)):
            halves = missed.reshape(-1, 2, 1 << k)
            halves[:, 1] += halves[:, 0]
        return np.asarray(missed[-1] - missed[::-1])

    def _is_enough(self, works: list[int]) -> bool:
        """Whether a set is worth enough and keeps floors and limits, exactly."""
        model = self._model
        return benefit.total(model.problem, works, model.floors) >= self._least and keeps_rules(model, works)

    def _in_years(self, works: list[int], least: int, best: Asked) -> Asked:
        """What a set asks for in its best years, or the best so far. least: rupiah that it asks for in any years.

        Rows of states, one for each way to spread the first works: what they ask of each ceiling, and their years.
        """
        problem = self._model.problem
        works = sorted(works, key=lambda i: -problem.works[i].cost)
        pairs = [(works.index(a), works.index(b)) for a, b in problem.precedence if {a, b} <= set(works)]
        states = [
            (0, np.zeros((1, len(self._money)), dtype=np.int64), np.zeros((1, len(works)), dtype=np.int64))
        ]
        while states and (least, 0) < best:
            depth, load, years = states.pop()
            work, count = works[depth], len(load)
            choice = np.repeat(self._years[work], count)
            load = np.concatenate([load + self._asked[:, t, work] for t in self._years[work]])
            years = np.tile(years, (len(self._years[work]), 1))
            years[:, depth] = choice
            extra, place, possible = self._extra(load)
            for a, b in pairs:
                if max(a, b) == depth:
                    possible &= years[:, a] <= years[:, b]
            extra = np.maximum(extra, least)
            possible &= (extra < best[0]) | ((extra == best[0]) & (place < best[1]))
            order = np.flatnonzero(possible)
            order = order[np.lexsort((place[order], extra[order]))]
            if depth + 1 < len(works):
                parts = [order[k : k + _AT_ONCE] for k in range(0, len(order), _AT_ONCE)]
                states += [(depth + 1, load[part], years[part]) for part in reversed(parts)]
            elif len(order):
                best = int(extra[order[0]]), int(place[order[0]])
        return best

    def _extra(self, load: Numbers) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
        """The least extra (s,) for loads (s, rows) and the first place that may give it; possible: whether one may."""
        over = load - self._money
        closed = (over > 0).astype(np.float32) @ self._closed
        is_open = closed == 0
        worst = over.max(axis=1, initial=0)
        return -(-worst // scale_of(self._model.problem)), is_open.argmax(axis=1), is_open.any(axis=1)


def _sums(amounts: Sequence[int] | Sequence[float]) -> NDArray[Any]:
    """The sum of the amounts (n,) in every set (2^n,), exact where they are whole numbers."""
    given = np.array(amounts)
    sums = np.zeros(1, dtype=given.dtype)
    for amount in given:
        sums = np.concatenate([sums, sums + amount])
    return sums
