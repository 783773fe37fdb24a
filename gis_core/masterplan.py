"""A masterplan as a portfolio problem: what each work does for the poor becomes values, demands and pins.

It knows nothing about databases or words. Benefit follows the method's section 5.1 with one change: severity and
deficit are counted per household served, not per work. They are intensities, so added per work they would pay for
cutting a proposal in two; counted per household, the parts are worth what the whole is.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gis_core.errors import BadInput, escape
from gis_core.portfolio import benefit
from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.matrix import reachable_years
from gis_core.portfolio.model import Pair, Problem
from gis_core.portfolio.plan import Options
from gis_core.portfolio.relief import Relief, relief
from gis_core.portfolio.work import Cover, Limit, MoneyFloor, Work

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

PIN = "must:"
"""Prefix of the zones that stand for works which must be built."""
PIN_POINTS = 1e-3
"""Benefit a pin adds to the objective: small beside a household, large beside the solver's tolerance."""


@dataclass(frozen=True)
class Worth:
    """Points of benefit: of a poor household newly served with a service, what severity and deficit of 1 add to
    it, of a whole slum undone (kontribusi 1), and of a vulnerable person in such a household; of_service: how many
    times as much a household is worth with a service (1 where none is named), severity and deficit included. All
    finite and >= 0.
    """

    household: float
    severity: float
    deficit: float
    reduction: float
    vulnerable: float = 0.0
    of_service: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = ("household", "severity", "deficit", "reduction", "vulnerable")
        points = {name: getattr(self, name) for name in names}
        points |= {f"of_service/{escape(service)}": times for service, times in self.of_service.items()}
        for name, value in points.items():
            if not (math.isfinite(value) and value >= 0):
                raise BadInput("must be finite and not negative", f"/worth/{name}")


@dataclass(frozen=True, eq=False)
class Homes:
    """Poor households: weight (n,), zone (n,) of the floors (None: none), value of the slum severity (n,) in 0..1.

    deficit: service -> (n,) value of that service's deficit in 0..1 where the household lives. vulnerable (n,) >= 0:
    its vulnerable people, empty for none anywhere.
    """

    weight: Floats
    zone: Sequence[str | None]
    severity: Floats
    deficit: Mapping[str, Floats]
    vulnerable: Floats = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        n = len(self.weight)
        people = np.asarray(self.vulnerable, dtype=np.float64)
        if not len(people):
            object.__setattr__(self, "vulnerable", np.zeros(n))
        elif people.shape != (n,) or not (np.isfinite(people) & (people >= 0)).all():
            raise BadInput(f"must have shape ({n},), finite and not negative", "/homes/vulnerable")
        for name, column in (("severity", self.severity), *self.deficit.items()):
            if np.shape(column) != (n,) or not ((np.asarray(column) >= 0) & (np.asarray(column) <= 1)).all():
                raise BadInput(f"must have shape ({n},) and lie in 0..1", f"/homes/{name}")


@dataclass(frozen=True, eq=False)
class Candidate:
    """A work that may enter the plan: rupiah, service, homes in reach that lack it (numbers), kontribusi 0..1.

    parts: (k,) the part of its need that each of these homes gets, in (0, 1]; None: all of it. capacity: weight of
    homes it can serve in all; None: no limit. share_cap: fund number -> largest share of the cost; most: fund
    number -> most rupiah, whatever the cost (absent: no such limit); earliest, latest: years from 1; required: must
    be built. pillar: Tridaya pillar, for floors on shares of money; place: where it counts for floors in money.
    delivery: the chance in (0, 1] that it is delivered once it is in the plan, which multiplies its benefit.
    """

    id: str
    cost: int
    service: str
    serves: Indices
    reduction: float
    share_cap: Mapping[int, Fraction]
    parts: Floats | None = None
    capacity: float | None = None
    pillar: str = ""
    earliest: int = 1
    latest: int | None = None
    failed_gates: tuple[str, ...] = ()
    required: bool = False
    most: Mapping[int, int] = field(default_factory=dict)
    place: str | None = None
    delivery: float = 1.0


@dataclass(frozen=True, eq=False)
class Rules:
    """What a plan must obey: years, funds, budget[f][t] in rupiah, relations of works by number, floors.

    zone_share: zone -> share (0..1) of the benefit its households could get from all works that can be built
    together; pillar_share: pillar -> least share of the money; price_rise: yearly growth of costs; carry: numbers of
    the funds whose unspent money may be spent in later years. synergy: two works and the share (0..1) of what the
    lesser of them is worth alone that both together are worth more (method 2.8), if both are delivered. money_floor:
    place -> rupiah of year 1 that its works should cost together, kept as far as can be. benefit_years: of a Problem.
    """

    years: int
    funds: tuple[str, ...]
    budget: tuple[tuple[int, ...], ...]
    precedence: tuple[Pair, ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    synergy: tuple[tuple[int, int, float], ...] = ()
    zone_share: Mapping[str, float] = field(default_factory=dict)
    pillar_share: Mapping[str, float] = field(default_factory=dict)
    price_rise: Fraction = Fraction(0)
    carry: frozenset[int] = frozenset()
    money_floor: Mapping[str, int] = field(default_factory=dict)
    benefit_years: float | None = None


def problem(candidates: Sequence[Candidate], homes: Homes, worth: Worth, rules: Rules) -> Problem:
    """The portfolio problem whose U is points of benefit; each household counts once per service.

    A demand is a household with a service that some candidate brings it; alike ones stand as one. Works of limited
    capacity share the demands they reach between them. A required work is a demand of its own zone that only it
    covers, with a floor, so that pins that exclude each other are named as floors that do. Raises BadInput for
    numbers out of range.
    """
    for candidate in candidates:
        if not 0 < candidate.delivery <= 1:
            raise BadInput("a chance must lie in 0..1 and not be 0", f"/delivery/{escape(candidate.id)}")
    demands = _demands(candidates, homes)
    weights = [_worth_of(node, homes, worth) for node in demands]
    sizes = [math.fsum(homes.weight[node.homes].tolist()) for node in demands]
    zones = [node.zone for node in demands]
    covers: list[list[Cover]] = [[] for _ in candidates]
    for d, node in enumerate(demands):
        for k, part in node.reached_by:
            covers[k].append(d if part == 1.0 else (d, part))
    pins: dict[str, float] = {}
    for k, candidate in enumerate(candidates):
        if candidate.required:
            covers[k].append(len(weights))
            weights.append(PIN_POINTS)
            sizes.append(0.0)
            zones.append(PIN + candidate.id)
            pins[PIN + candidate.id] = PIN_POINTS
    found = Problem(
        years=rules.years, funds=rules.funds, budget=rules.budget,
        works=tuple(
            Work(
                c.id, c.cost, worth.reduction * max(c.reduction, 0.0) * c.delivery, tuple(covers[k]), dict(c.share_cap),
                c.earliest, c.latest, c.failed_gates, capacity=_limit(c, homes), most=dict(c.most),
            )
            for k, c in enumerate(candidates)
        ),
        weight=np.array(weights, dtype=np.float64), size=np.array(sizes, dtype=np.float64), zone=tuple(zones),
        precedence=rules.precedence, exclusive=rules.exclusive, zone_floor=pins, price_rise=rules.price_rise,
        limits=_pillars(candidates, rules.pillar_share), carry=rules.carry,
        pins=frozenset(pins), money_floors=_money_floors(candidates, rules.money_floor),
        benefit_years=rules.benefit_years,
    )  # fmt: skip
    floors = _floors(found, rules.zone_share)
    synergy = _synergies(found, candidates, rules.synergy)
    return replace(found, zone_floor=floors | pins, synergy=synergy) if floors or synergy else found


def homes_served(
    candidates: Sequence[Candidate],
    homes: Homes,
    built: Sequence[int],
    serving: Mapping[int, Mapping[int, float]],
) -> dict[int, Indices]:
    """Work built -> the homes it serves (numbers, rising), whole ones only, nobody twice where capacity is shared.

    serving: work -> demand -> part of it served, where capacity is shared, as a plan or `benefit.parts` tells it.
    """
    found: dict[int, list[int]] = {i: [] for i in built}
    for d, node in enumerate(_demands(candidates, homes)):
        if not node.shared:
            for k, _ in node.reached_by:
                if k in found:
                    found[k] += node.homes
            continue
        taken = 0
        for k in built:
            count = int(serving.get(k, {}).get(d, 0.0) * len(node.homes) + 1e-6)
            found[k] += node.homes[taken : taken + count]
            taken += count
    return {i: np.array(sorted(numbers), dtype=np.intp) for i, numbers in found.items()}


def points(value: float, problem: Problem, candidates: Sequence[Candidate], schedule: Schedule) -> float:
    """Benefit of a schedule without what its pins add, never below 0."""
    pinned = (problem.since[t] for i, t in benefit.years_of(schedule).items() if candidates[i].required)
    return max(0.0, value - PIN_POINTS * math.fsum(pinned))


def most_points(bound: float, problem: Problem, candidates: Sequence[Candidate], schedule: Schedule) -> float:
    """A bound without what the pins of a schedule add at least: in the last of the years."""
    last = tuple(None if t is None else problem.years - 1 for t in schedule)
    return points(bound, problem, candidates, last)


def mend(
    problem: Problem, candidates: Sequence[Candidate], funds: Collection[int], options: Options | None = None
) -> Relief:
    """The least changes that make required works and floors possible; funds: numbers of those that may give more."""
    pins = {PIN + c.id: k for k, c in enumerate(candidates) if c.required}
    return relief(problem, pins, funds, options)


@dataclass(frozen=True, eq=False)
class _Demand:
    """Homes of one zone that the same works bring a service to, each in the same part: they stand as one demand.

    shared: a work whose capacity may not be enough for all is among them; the homes then weigh the same, too.
    """

    service: str
    zone: str | None
    reached_by: tuple[tuple[int, float], ...]
    shared: bool
    homes: list[int]


def _demands(candidates: Sequence[Candidate], homes: Homes) -> list[_Demand]:
    """The demands in an order of their own: by zone, then by who reaches them."""
    limited = {k for k, c in enumerate(candidates) if _limit(c, homes) is not None}
    reaching: dict[tuple[int, str], list[tuple[int, float]]] = {}
    for k, candidate in enumerate(candidates):
        parts = [1.0] * len(candidate.serves) if candidate.parts is None else candidate.parts.tolist()
        for home, part in zip(candidate.serves.tolist(), parts, strict=True):
            reaching.setdefault((home, candidate.service), []).append((k, part * candidate.delivery))
    alike: dict[tuple[str | None, tuple[tuple[int, float], ...], tuple[float, ...]], _Demand] = {}
    for (home, service), works in sorted(reaching.items()):
        shared = any(k in limited for k, _ in works)
        like = (
            (homes.weight[home], homes.severity[home], homes.deficit[service][home], homes.vulnerable[home])
            if shared
            else ()
        )
        node = homes.zone[home], tuple(works), tuple(map(float, like))
        alike.setdefault(node, _Demand(service, node[0], node[1], shared, [])).homes.append(home)
    return [alike[node] for node in sorted(alike, key=lambda node: (node[0] or "", node[1:]))]


def _limit(candidate: Candidate, homes: Homes) -> float | None:
    """The capacity of a work, None if it is enough for all in its reach."""
    enough = candidate.capacity is None or homes.weight[candidate.serves].sum() <= candidate.capacity
    return None if enough else candidate.capacity


def _worth_of(node: _Demand, homes: Homes, worth: Worth) -> float:
    """Points of a demand that is met wholly."""
    own = (
        homes.severity[node.homes] * worth.severity + homes.deficit[node.service][node.homes] * worth.deficit
    )
    people = worth.vulnerable * homes.vulnerable[node.homes]
    times = worth.of_service.get(node.service, 1.0)
    return math.fsum((times * homes.weight[node.homes] * (worth.household + own) + people).tolist())


def _floors(found: Problem, shares: Mapping[str, float]) -> dict[str, float]:
    """Zone -> points, from shares of what all works that can be built could do there together."""
    for zone, share in shares.items():
        if not 0 <= share <= 1:
            raise BadInput("a share must lie in 0..1", f"/zone_share/{zone}")
    wanted = {zone: share for zone, share in shares.items() if share > 0 and zone in found.zones}
    if not wanted:
        return {}
    can = [i for i, years in enumerate(reachable_years(found)) if years]
    could = benefit.covered_by_zone(found, can)
    return {zone: share * could[zone] for zone, share in wanted.items()}


def _synergies(
    found: Problem, candidates: Sequence[Candidate], shares: Sequence[tuple[int, int, float]]
) -> tuple[tuple[int, int, float], ...]:
    """Two works -> points, from shares of what the lesser of them is worth if it is delivered and nothing else is.

    They help each other only if both are delivered, which do not depend on each other: times both chances.
    """
    for k, (_, _, share) in enumerate(shares):
        if not 0 <= share <= 1:
            raise BadInput("a share must lie in 0..1", f"/synergy/{k}/2")
    chance = [c.delivery for c in candidates]
    alone = {
        i: max(0.0, benefit.total(found, [i]) - PIN_POINTS * candidates[i].required) / chance[i]
        for i in {i for a, b, _ in shares for i in (a, b)}
    }
    return tuple((a, b, share * min(alone[a], alone[b]) * chance[a] * chance[b]) for a, b, share in shares)


def _money_floors(candidates: Sequence[Candidate], rupiah: Mapping[str, int]) -> tuple[MoneyFloor, ...]:
    """The floors in money with the works of each place."""
    return tuple(
        MoneyFloor(place, frozenset(k for k, c in enumerate(candidates) if c.place == place), least)
        for place, least in rupiah.items()
        if least > 0
    )


def _pillars(candidates: Sequence[Candidate], shares: Mapping[str, float]) -> tuple[Limit, ...]:
    """Tridaya floors: sum over a pillar of C X >= share of sum C X, as ceilings (method 5.2, rule 11)."""
    limits = []
    for pillar, share in shares.items():
        if not 0 <= share <= 1:
            raise BadInput("a share must lie in 0..1", f"/pillar_share/{pillar}")
        exact = Fraction(share).limit_denominator(10_000)
        use = tuple((exact - (c.pillar == pillar)) * c.cost for c in candidates)
        if share > 0:
            limits.append(Limit(pillar, use, Fraction(0)))
    return tuple(limits)
