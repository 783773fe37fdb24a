"""The portfolio problem: works, money, demands and rules, checked once; everything else may trust it.

It knows nothing about solvers or explanations. Money is whole rupiah, shares are exact fractions.
The model is method 5.2; a co-funding share rho of a fund is its share cap 1/(1 + rho).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gis_core.coverage import Nodes, check_weights, nodes
from gis_core.errors import BadInput, escape
from gis_core.portfolio.layers import Layers, layers
from gis_core.portfolio.service import Shared, shared
from gis_core.portfolio.work import Limit, MoneyFloor, Work

Floats = NDArray[np.float64]
Pair = tuple[int, int]

MOST_FUNDS = 10
"""The test "can these funds pay?" asks every subset of the funds."""

MOST_CEILINGS = 20_000
"""Where funds keep unspent money it asks every run of such subsets over the years."""


@dataclass(frozen=True, eq=False)
class Problem:
    """What is to be planned.

    budget[f][t] rupiah of fund f in year t + 1; weight (d,) >= 0, zone (d,) and size (d,) of the demands, the size
    being what they take of a work's capacity (the weight if not given); precedence (a, b): b only if a is built in the
    same or an earlier year; exclusive: at most one of each group; synergy (a, b, q): q more (or less) if both;
    zone_floor: zone -> least covered weight; price_rise: yearly growth of costs; carry: the funds whose unspent money
    may be spent in later years; pins: zones that stand for works which must be built, not for places; money_floors:
    soft, kept as far as they can be; most_missing: the rupiah that these may miss in all, None while nobody has asked;
    benefit_years: None: a plan is worth what its set of works is worth, whenever it builds them; delta in (0, 1]: it is
    worth what stands in each year, added up, a year counting delta times the one before (rule 12).
    Works are named by their number. Raises BadInput, pointing into the document of the `plan` command.
    """

    years: int
    funds: tuple[str, ...]
    budget: tuple[tuple[int, ...], ...]
    works: tuple[Work, ...]
    weight: Floats = field(default_factory=lambda: np.empty(0))
    zone: tuple[str | None, ...] = ()
    precedence: tuple[Pair, ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    synergy: tuple[tuple[int, int, float], ...] = ()
    zone_floor: dict[str, float] = field(default_factory=dict)
    price_rise: Fraction = Fraction(0)
    limits: tuple[Limit, ...] = ()
    carry: frozenset[int] = frozenset()
    size: Floats = field(default_factory=lambda: np.empty(0))
    pins: frozenset[str] = frozenset()
    money_floors: tuple[MoneyFloor, ...] = ()
    most_missing: int | None = None
    benefit_years: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", check_weights(self.weight))
        if not self.zone:
            object.__setattr__(self, "zone", (None,) * len(self.weight))
        object.__setattr__(self, "size", _sizes(self))
        _check_money(self)
        for i, work in enumerate(self.works):
            work.check(f"/works/{i}", self.funds, len(self.weight))
        _check_relations(self)
        _check_floors(self)

    @cached_property
    def shares(self) -> tuple[dict[int, float], ...]:
        """For each work, demand -> share of it that the work covers."""
        return tuple(work.shares() for work in self.works)

    @cached_property
    def layers(self) -> Layers:
        """The demands cut into layers that each work covers wholly or not at all."""
        elsewhere = {d for demands in self.shared.demands for d in demands}
        covers = self.shares
        if elsewhere:
            covers = tuple({d: m for d, m in c.items() if d not in elsewhere} for c in covers)
        return layers(self.weight, covers)

    @cached_property
    def shared(self) -> Shared:
        """The demands that works of limited capacity reach; they have no part in the layers."""
        limits = {i: w.capacity for i, w in enumerate(self.works) if w.capacity is not None}
        return shared(self.shares, self.weight, self.size, self.place, limits)

    @cached_property
    def cost(self) -> tuple[tuple[int, ...], ...]:
        """cost[i][t]: rupiah of work i if built in year t + 1, rounded half up."""
        rise = [(1 + self.price_rise) ** t for t in range(self.years)]
        # In whole numbers: floor(cost * rise + 1/2).
        parts = [(2 * r.numerator, r.denominator) for r in rise]
        return tuple(tuple((w.cost * up + down) // (2 * down) for up, down in parts) for w in self.works)

    @cached_property
    def counted(self) -> tuple[tuple[int, float], ...]:
        """The years (0-based) in which U looks at what stands, and how much each counts: the last one alone, or all."""
        if self.benefit_years is None:
            return ((self.years - 1, 1.0),)
        return tuple((t, self.benefit_years**t) for t in range(self.years))

    @cached_property
    def since(self) -> tuple[float, ...]:
        """since[t]: how much what stands from year t on (0-based) counts in all; 1 whenever, if years do not count."""
        return tuple(math.fsum(part for year, part in self.counted if year >= t) for t in range(self.years))

    @cached_property
    def zones(self) -> dict[str, float]:
        """Zone -> weight of all its demands, zones without weight left out; in order of name."""
        sums: dict[str, list[float]] = {}
        for place, weight in zip(self.zone, self.weight.tolist(), strict=True):
            if place is not None and weight > 0:
                sums.setdefault(place, []).append(weight)
        return {place: math.fsum(sums[place]) for place in sorted(sums)}

    @cached_property
    def place(self) -> NDArray[np.int64]:
        """The place in `zones` of the zone of each demand (d,), -1 for none."""
        number: dict[str | None, int] = {place: k for k, place in enumerate(self.zones)}
        return np.array([number.get(place, -1) for place in self.zone], dtype=np.int64)

    @cached_property
    def zone_number(self) -> NDArray[np.int64]:
        """The same for each layer."""
        return self.place[self.layers.demand]

    @cached_property
    def layers_of(self) -> tuple[NDArray[np.int64], ...]:
        """The layers of each zone, in the order of `zones`, numbers rising."""
        order = np.argsort(self.zone_number, kind="stable")
        ends = np.searchsorted(self.zone_number[order], np.arange(len(self.zones) + 1))
        return tuple(order[first:last] for first, last in pairwise(ends.tolist()))

    @cached_property
    def nodes(self) -> Nodes:
        """Layers of the same zone and the same reaching works, as one."""
        zone = [self.zone[d] for d in self.layers.demand.tolist()]
        return nodes(self.layers.reach, self.layers.weight, zone)

    @cached_property
    def together(self) -> Nodes:
        """Layers of the same reaching works, whatever their zone."""
        return nodes(self.layers.reach, self.layers.weight)

    @cached_property
    def predecessors(self) -> tuple[tuple[int, ...], ...]:
        """Works that must come before each work, directly."""
        return tuple(tuple(a for a, b in self.precedence if b == i) for i in range(len(self.works)))

    @cached_property
    def windows(self) -> tuple[tuple[int, ...], ...]:
        """Years (0-based) in which each work may be built; none where a gate failed or funds may not pay all."""
        return tuple(tuple(_window(self, i)) for i in range(len(self.works)))

    @cached_property
    def is_whole(self) -> bool:
        """Whether every value, weight and synergy is a whole number, so that every objective is.

        Where capacities are shared it may not be.
        """
        if self.shared.reach:
            return False
        weights = self.layers.weight.tolist()
        numbers = [*(w.value for w in self.works), *weights, *(q for _, _, q in self.synergy), *self.since]
        return all(float(x).is_integer() for x in numbers)

    def can_pay_alone(self, i: int) -> bool:
        """Whether the funds that may pay work i may pay all of it between them in a year open to it, or in any."""
        years = _open(self, self.works[i]) or range(self.years)
        return any(self.works[i].is_payable(self.cost[i][t]) for t in years)


def _open(problem: Problem, work: Work) -> range:
    """The years (0-based) from the earliest to the latest."""
    last = problem.years if work.latest is None else min(problem.years, work.latest)
    return range(work.earliest - 1, last)


def _window(problem: Problem, i: int) -> Iterator[int]:
    work = problem.works[i]
    if not work.failed_gates:
        yield from (t for t in _open(problem, work) if work.is_payable(problem.cost[i][t]))


def _sizes(problem: Problem) -> Floats:
    """Sizes of the demands, their weights where none are given."""
    sizes = np.asarray(problem.size, dtype=np.float64)
    if not len(sizes):
        return problem.weight
    if sizes.shape != problem.weight.shape:
        raise BadInput(f"needs the sizes of {len(problem.weight)} demands", "/demand")
    for d in np.flatnonzero(~(np.isfinite(sizes) & (sizes >= 0))):
        raise BadInput("a size must be finite and not negative", f"/demand/{d}/size")
    return sizes


def _check_money(problem: Problem) -> None:
    """Years, funds and budgets."""
    if not 1 <= problem.years <= 50:
        raise BadInput("must lie in 1..50", "/years")
    if len(problem.funds) > MOST_FUNDS:
        raise BadInput(f"at most {MOST_FUNDS} funds", "/funds")
    for f, name in enumerate(problem.funds):
        if name in problem.funds[:f]:
            raise BadInput(f"the fund {name} is named twice", f"/funds/{f}")
    for name, row in zip(problem.funds, problem.budget, strict=True):
        if len(row) != problem.years:
            raise BadInput(f"needs {problem.years} yearly budgets", f"/budget/{escape(name)}")
        for t, rupiah in enumerate(row):
            if rupiah < 0:
                raise BadInput("a budget must not be negative", f"/budget/{escape(name)}/{t}")
    if not can_carry(problem.years, len(problem.carry), len(problem.funds) - len(problem.carry)):
        raise BadInput("too many funds and years for unspent money to be kept", "/carry")
    if not -1 < problem.price_rise <= 10:
        raise BadInput("must lie in -1..10", "/price_rise")
    if problem.benefit_years is not None and not 0 < problem.benefit_years <= 1:
        raise BadInput("must lie in 0..1 and not be 0, or be null", "/benefit_years")


def can_carry(years: int, keeping: int, others: int) -> bool:
    """Whether so many funds can keep unspent money beside others that cannot.

    Every choice of funds over the first years is a ceiling; a fund that keeps is named up to a year of its own.
    """
    runs = (((run + 1) ** keeping - run**keeping) * 2 ** (others * run) for run in range(1, years + 1))
    count: int = sum(runs)
    return count <= MOST_CEILINGS


def _check_relations(problem: Problem) -> None:
    """Precedence without cycles, synergies of two different works with finite numbers."""
    cycle = find_cycle(len(problem.works), problem.precedence)
    if cycle:
        names = " -> ".join(problem.works[i].id for i in cycle)
        raise BadInput(f"the precedence goes round in a circle: {names}", "/precedence")
    for k, (a, b, q) in enumerate(problem.synergy):
        if a == b:
            raise BadInput("a synergy needs two different works", f"/synergy/{k}")
        if not math.isfinite(q):
            raise BadInput("must be a finite number", f"/synergy/{k}/2")


def _check_floors(problem: Problem) -> None:
    """Floors of zones that exist."""
    for place, floor in problem.zone_floor.items():
        if not (math.isfinite(floor) and floor >= 0):
            raise BadInput("a floor must be finite and not negative", f"/zone_floor/{escape(place)}")
        if floor > 0 and place not in problem.zone:
            raise BadInput(f"no demand lies in zone {place}", f"/zone_floor/{escape(place)}")
    for one in problem.money_floors:
        if one.rupiah < 0:
            raise BadInput("a floor must not be negative", f"/money_floor/{escape(one.name)}")


def find_cycle(n: int, pairs: Sequence[Pair]) -> tuple[int, ...]:
    """A circle a, b, ..., a in a relation "a before b" over n things, () if there is none.

    Deterministic: the circle met first when walking from the smallest number.
    """
    after: list[list[int]] = [[] for _ in range(n)]
    for a, b in pairs:
        after[a].append(b)
    state = [0] * n  # 0 new, 1 on the path, 2 done
    for start in range(n):
        path: list[int] = []
        trail = [(start, iter(sorted(set(after[start]))))] if state[start] == 0 else []
        if trail:
            state[start], path = 1, [start]
        while trail:
            node, rest = trail[-1]
            step = next(rest, None)
            if step is None:
                state[node] = 2
                trail.pop()
                path.pop()
            elif state[step] == 1:
                return (*path[path.index(step) :], step)
            elif state[step] == 0:
                state[step] = 1
                path.append(step)
                trail.append((step, iter(sorted(set(after[step])))))
    return ()
