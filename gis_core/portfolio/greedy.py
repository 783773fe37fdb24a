"""A plan at once: the most benefit per rupiah among what still fits, in the earliest year.

It knows nothing about solvers. Lazy evaluation (Minoux 1978); no guarantee with several funds, relations
or floors, so a plan made here is always shown with a proven bound (method 5.4).
"""

from __future__ import annotations

import heapq
import math
from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis_core.portfolio import benefit
from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.funds import Ceiling, ceilings
from gis_core.portfolio.model import Problem
from gis_core.portfolio.money_floors import missing

Floats = NDArray[np.float64]
Placing = dict[int, int]
Gain = Callable[[Sequence[int]], float]


class Ledger:
    """Works with their years, what each ceiling has left and who is served; knows whether one more work fits."""

    def __init__(self, problem: Problem, rows: Sequence[Ceiling] | None = None) -> None:
        self.problem = problem
        self.year: Placing = {}
        # How many works serve each layer, in each year that counts.
        self._serving = np.zeros((len(problem.counted), len(problem.layers.weight)), dtype=np.int32)
        self._by_zone = np.zeros(len(problem.zones))
        self._changed: set[int] = set()
        known = ceilings(problem) if rows is None else rows
        # Exact beyond 64 bits too: rupiah of a city in parts of a rupiah may not fit.
        large = max((sum(map(sum, c.asked)) + c.money for c in known), default=0) > 2**62
        kind: Any = object if large else np.int64
        self._left = np.array([c.money for c in known], dtype=kind)
        self._rows: list[NDArray[np.intp]] = []
        self._asked: list[NDArray[Any]] = []
        for year in range(problem.years):
            mine = [k for k, c in enumerate(known) if c.funds[year]]
            self._rows.append(np.array(mine, dtype=np.intp))
            asked = np.array([known[k].asked[year] for k in mine], dtype=kind)
            self._asked.append(asked.reshape(len(mine), len(problem.works)))

    def fits(self, work: int, year: int) -> bool:
        """Whether the money is enough for one more work in a year."""
        return bool((self._asked[year][:, work] <= self._left[self._rows[year]]).all())

    def affordable(self) -> NDArray[np.bool_]:
        """Whether the money is enough for each work (n,) in any year; once it is not, it never is again."""
        fits = [
            (asked <= self._left[rows][:, None]).all(axis=0)
            for rows, asked in zip(self._rows, self._asked, strict=True)
        ]
        return np.asarray(np.any(fits, axis=0))

    def put(self, work: int, year: int) -> None:
        """Build a work in a year; the caller has asked whether it fits."""
        self.year[work] = year
        self._serve(work, year, 1)
        self._left[self._rows[year]] -= self._asked[year][:, work]

    def remove(self, work: int) -> None:
        """Take a work out again."""
        year = self.year.pop(work)
        self._serve(work, year, -1)
        self._left[self._rows[year]] += self._asked[year][:, work]

    def new(self, works: Sequence[int], counted: int = -1) -> NDArray[np.int64]:
        """Layers of the demands that only these works would cover, numbers rising.

        counted: which of the years that count; the last one is the end.
        """
        reach = [self.problem.layers.reach[i] for i in works]
        reached = reach[0] if len(reach) == 1 else np.unique(np.concatenate(reach))
        return np.asarray(reached[self._serving[counted, reached] == 0], dtype=np.int64)

    def gain(self, years: Placing) -> float:
        """Weight that works add by the layers they would cover if they were built in these years, as years count."""
        gained = 0.0
        for k, (year, part) in enumerate(self.problem.counted):
            if standing := [i for i, built_in in years.items() if built_in <= year]:
                gained += part * float(self.problem.layers.weight[self.new(standing, k)].sum())
        return gained

    def years_for(self, works: Sequence[int]) -> Placing:
        """When works that are not placed (predecessors first) would be built: each as early as the money allows for it
        alone, in the last of its years where it does not. Where years do not count any will do.
        """
        if self.problem.benefit_years is None:
            return dict.fromkeys(works, 0)
        placing: Placing = {}
        known = ChainMap(placing, self.year)
        for work in works:
            start = max((known.get(a, 0) for a in self.problem.predecessors[work]), default=0)
            window = self.problem.windows[work]
            placing[work] = next((t for t in window if t >= start and self.fits(work, t)), window[-1])
        return placing

    def most(self) -> Floats:
        """What each work (n,) adds at most to U by itself, infinite where it depends on other works, too."""
        problem, reach = self.problem, self.problem.layers.reach
        work = np.repeat(np.arange(len(reach)), [len(layers) for layers in reach])
        free = np.array([part for _, part in problem.counted]) @ (self._serving == 0)
        weight = problem.layers.weight * free
        sums = np.bincount(work, weight[np.concatenate([*reach, np.empty(0, dtype=np.int64)])], len(reach))
        most = (sums + [w.value * problem.since[0] for w in problem.works]) * (1 + 1e-9)
        together = {i for a, b, _ in problem.synergy for i in (a, b)} | {b for _, b in problem.precedence}
        most[sorted(together | problem.shared.near.keys())] = np.inf
        return np.asarray(most)

    def by_zone(self) -> Floats:
        """Covered weight of the layers by zone, in the order of `Problem.zones`."""
        for zone in self._changed:
            layers = self.problem.layers_of[zone]
            served = self.problem.layers.weight[layers[self._serving[-1, layers] > 0]]
            self._by_zone[zone] = np.add.accumulate(served)[-1] if len(served) else 0.0
        self._changed.clear()
        return self._by_zone

    def _serve(self, work: int, year: int, change: int) -> None:
        layers = self.problem.layers.reach[work]
        for k, (counted, _) in enumerate(self.problem.counted):
            if year <= counted:
                self._serving[k, layers] += change
        self._changed.update(self.problem.zone_number[layers].tolist())
        self._changed.discard(-1)

    def add(self, works: Sequence[int]) -> bool:
        """Build works (predecessors first) each in its earliest year; all of them or none."""
        done: list[int] = []
        for work in works:
            year = self._earliest(work)
            if year is None or not self._allowed(work):
                break
            self.put(work, year)
            done.append(work)
        if len(done) == len(works) and self._within_limits():
            return True
        for work in done:
            self.remove(work)
        return False

    def missing(self, work: int) -> list[int] | None:
        """A work with the predecessors it still lacks, in building order; None if one can never be built."""
        order: list[int] = []
        stack = [(work, False)]
        while stack:
            node, ready = stack.pop()
            if node in self.year or node in order:
                continue
            if ready:
                order.append(node)
                continue
            if not self.problem.windows[node]:
                return None
            stack.append((node, True))
            stack += [(a, False) for a in reversed(self.problem.predecessors[node])]
        return order

    def schedule(self) -> Schedule:
        """Year (0-based) of every work, None where not built."""
        return tuple(self.year.get(i) for i in range(len(self.problem.works)))

    def _earliest(self, work: int) -> int | None:
        ready = [self.year.get(a) for a in self.problem.predecessors[work]]
        if any(year is None for year in ready):
            return None
        start = max((year for year in ready if year is not None), default=0)
        window = self.problem.windows[work]
        return next((t for t in window if t >= start and self.fits(work, t)), None)

    def _allowed(self, work: int) -> bool:
        groups = (set(group) for group in self.problem.exclusive if work in group)
        return not any(group & self.year.keys() - {work} for group in groups)

    def _within_limits(self) -> bool:
        return all(sum(limit.use[i] for i in self.year) <= limit.capacity for limit in self.problem.limits)


def greedy(
    problem: Problem,
    floors: Mapping[str, float] | None = None,
    forced: Sequence[int] = (),
    banned: Sequence[int] = (),
    rows: Sequence[Ceiling] | None = None,
    start: Ledger | None = None,
) -> Schedule | None:
    """A feasible schedule by benefit per rupiah; None if a forced work cannot be built.

    floors: zone -> weight, served first by what brings a missed floor nearest, floors in money next (they may stay
    missed: the caller compares). banned: works to leave alone. start: works already placed.
    """
    ledger = start or Ledger(problem, rows)
    for work in forced:
        bundle = ledger.missing(work)
        if bundle is None or not ledger.add(bundle):
            return None
    if floors:
        goal = np.array([floors.get(place, 0.0) for place in problem.zones])
        _fill(problem, ledger, lambda works: _towards_floors(problem, ledger, goal, works), banned)
    if problem.money_floors:
        unknown = np.full(len(problem.works), np.inf)
        _fill(problem, ledger, lambda works: _towards_money(problem, ledger, works), banned, unknown)
    _fill(problem, ledger, lambda works: _added(problem, ledger, works), banned)
    return ledger.schedule()


def best_single(
    problem: Problem, rows: Sequence[Ceiling] | None = None, above: float = 0.0
) -> Schedule | None:
    """The one work (with its predecessors) that is worth most alone; None if none is worth more than `above`."""
    best: Schedule | None = None
    ledger = Ledger(problem, rows)
    for work in np.flatnonzero(ledger.most() > above).tolist():
        bundle = ledger.missing(work)
        if not bundle or not ledger.add(bundle):
            continue
        alone = ledger.schedule()
        if (worth := benefit.value(problem, alone)) > above:
            above, best = worth, alone
        for one in bundle:
            ledger.remove(one)
    return best


def _fill(
    problem: Problem, ledger: Ledger, gain: Gain, banned: Sequence[int], most: Floats | None = None
) -> None:
    """Add bundles by gain per rupiah until none fits or adds anything; ties by number.

    most (n,): what each work gains at most, infinite where nobody knows; None: what it adds to U.
    """
    queue: list[tuple[float, int]] = []
    # What a work adds at most is promised first: it is counted when its turn comes.
    for work, at_most in enumerate((ledger.most() if most is None else most).tolist()):
        if at_most == math.inf or not problem.works[work].cost:
            _offer(problem, ledger, gain, banned, work, queue)
        elif at_most > 0 and work not in ledger.year:
            queue.append((-at_most / problem.works[work].cost, work))
    heapq.heapify(queue)
    blocked: list[int] = []
    has_refunds = any(use < 0 for limit in problem.limits for use in limit.use)
    while queue:
        promise, work = heapq.heappop(queue)
        bundle = None if work in ledger.year else ledger.missing(work)
        if not bundle or set(bundle) & set(banned):
            continue
        now = (_density(problem, gain, bundle), work)
        if now > (promise, work) and queue and now > queue[0]:
            if now[0] < 0:
                heapq.heappush(queue, now)
            continue
        if now[0] >= 0 or not ledger.add(bundle):
            blocked.append(work)
            if not any(ledger.fits(work, year) for year in range(problem.years)):
                fits = ledger.affordable().tolist()
                queue = [entry for entry in queue if fits[entry[1]]]
                heapq.heapify(queue)
            continue
        again = _partners(problem, bundle) | (set(blocked) if has_refunds else set())
        blocked = [] if has_refunds else blocked
        for other in sorted(again - ledger.year.keys()):
            _offer(problem, ledger, gain, banned, other, queue)


def _offer(
    problem: Problem,
    ledger: Ledger,
    gain: Gain,
    banned: Sequence[int],
    work: int,
    queue: list[tuple[float, int]],
) -> None:
    """Put a work that would add something into the queue."""
    bundle = None if work in ledger.year else ledger.missing(work)
    if bundle and not set(bundle) & set(banned) and (density := _density(problem, gain, bundle)) < 0:
        heapq.heappush(queue, (density, work))


def _density(problem: Problem, gain: Gain, bundle: Sequence[int]) -> float:
    """Gain per rupiah of a bundle, negative so that the best comes first."""
    cost, added = sum(problem.works[i].cost for i in bundle), gain(bundle)
    return -added / cost if cost else (-math.inf if added > 0 else 0.0)


def _partners(problem: Problem, bundle: Sequence[int]) -> set[int]:
    """Works whose promise may have grown: synergy partners and successors, however far."""
    grown = {b for a, b, _ in problem.synergy if a in bundle} | {
        a for a, b, _ in problem.synergy if b in bundle
    }
    after = set(bundle)
    while more := {b for a, b in problem.precedence if a in after | grown} - after - grown:
        grown |= more
    return grown


def _added(problem: Problem, ledger: Ledger, works: Sequence[int]) -> float:
    """What U gains by these works, none of them placed."""
    new, since = ledger.years_for(works), problem.since
    after = ChainMap(new, ledger.year)
    synergy = [
        q * since[max(after[a], after[b])]
        for a, b, q in problem.synergy
        if (a in new or b in new) and a in after and b in after
    ]
    covered = ledger.gain(new) + benefit.shared_gain(problem, ledger.year, after)
    return covered + sum(problem.works[i].value * since[t] for i, t in new.items()) + sum(synergy)


def _towards_floors(problem: Problem, ledger: Ledger, floor: Floats, works: Sequence[int]) -> float:
    """How much nearer these works bring the missed floors (z,)."""
    if problem.shared.reach:
        covered = [benefit.covered_by_zone(problem, some) for some in (ledger.year, [*ledger.year, *works])]
        before, after = (np.array([one[place] for place in problem.zones]) for one in covered)
    else:
        new = ledger.new(works)
        new = new[problem.zone_number[new] >= 0]
        before = ledger.by_zone()
        more = np.bincount(problem.zone_number[new], problem.layers.weight[new], minlength=len(before))
        after = before + more
    return float((np.minimum(after, floor) - np.minimum(before, floor)).sum())


def _towards_money(problem: Problem, ledger: Ledger, works: Sequence[int]) -> float:
    """How much nearer these works bring the missed floors in money; of equals those that do more count for more."""
    before, after = (sum(missing(problem, some).values()) for some in (ledger.year, [*ledger.year, *works]))
    added = max(0.0, _added(problem, ledger, works))
    return (before - after) * (1 + added / (1 + added))
