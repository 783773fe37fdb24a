"""A masterplan as a portfolio problem: what each work does for the poor becomes values, demands and pins.

It knows nothing about databases or words. Benefit follows the method's section 5.1 with one change: severity and
deficit are counted per household served, not per work. They are intensities, so added per work they would pay for
cutting a proposal in two; counted per household, the parts are worth what the whole is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gis_core.errors import BadInput
from gis_core.portfolio.model import Pair, Problem
from gis_core.portfolio.work import Limit, Work

Floats = NDArray[np.float64]

PIN = "must:"
"""Prefix of the zones that stand for works which must be built."""
PIN_POINTS = 1e-3
"""Benefit a pin adds to the objective: small beside a household, large beside the solver's tolerance."""


@dataclass(frozen=True)
class Worth:
    """Points of benefit: of a poor household newly served with a service, what severity and deficit of 1 add to
    it, and of a whole slum undone (kontribusi 1). All finite and >= 0.
    """

    household: float
    severity: float
    deficit: float
    reduction: float

    def __post_init__(self) -> None:
        for name, value in self.__dict__.items():
            if not (math.isfinite(value) and value >= 0):
                raise BadInput("must be finite and not negative", f"/worth/{name}")


@dataclass(frozen=True, eq=False)
class Homes:
    """Poor households: weight (n,), zone (n,) of the floors (None: none), value of the slum severity (n,) in 0..1.

    deficit: service -> (n,) value of that service's deficit in 0..1 where the household lives.
    """

    weight: Floats
    zone: Sequence[str | None]
    severity: Floats
    deficit: Mapping[str, Floats]

    def __post_init__(self) -> None:
        n = len(self.weight)
        for name, column in (("severity", self.severity), *self.deficit.items()):
            if np.shape(column) != (n,) or not ((np.asarray(column) >= 0) & (np.asarray(column) <= 1)).all():
                raise BadInput(f"must have shape ({n},) and lie in 0..1", f"/homes/{name}")


@dataclass(frozen=True, eq=False)
class Candidate:
    """A work that may enter the plan: rupiah, service, homes it newly serves (numbers), kontribusi 0..1.

    share_cap: fund number -> largest share of the cost; earliest, latest: years from 1; required: must be built.
    pillar: Tridaya pillar, for floors on shares of money.
    """

    id: str
    cost: int
    service: str
    serves: NDArray[np.intp]
    reduction: float
    share_cap: Mapping[int, Fraction]
    pillar: str = ""
    earliest: int = 1
    latest: int | None = None
    failed_gates: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, eq=False)
class Rules:
    """What a plan must obey: years, funds, budget[f][t] in rupiah, relations of works by number, floors.

    zone_share: zone -> share (0..1) of the benefit its households could get from all works together;
    pillar_share: pillar -> least share of the money; price_rise: yearly growth of costs.
    """

    years: int
    funds: tuple[str, ...]
    budget: tuple[tuple[int, ...], ...]
    precedence: tuple[Pair, ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    zone_share: Mapping[str, float] = field(default_factory=dict)
    pillar_share: Mapping[str, float] = field(default_factory=dict)
    price_rise: Fraction = Fraction(0)


def problem(candidates: Sequence[Candidate], homes: Homes, worth: Worth, rules: Rules) -> Problem:
    """The portfolio problem whose U is points of benefit; each household counts once per service.

    A demand is a household with a service that some candidate brings it. Demands of one zone, weight and set of
    candidates stand as one. A required work is a demand of its own zone that only it covers, with a floor, so that
    pins that exclude each other are named as floors that do. Raises BadInput for numbers out of range.
    """
    weights, zones, covers = _demands(candidates, homes, worth)
    floors = _floors(weights, zones, rules.zone_share)
    for k, candidate in enumerate(candidates):
        if candidate.required:
            covers[k].append(len(weights))
            weights.append(PIN_POINTS)
            zones.append(PIN + candidate.id)
            floors[PIN + candidate.id] = PIN_POINTS
    return Problem(
        years=rules.years, funds=rules.funds, budget=rules.budget,
        works=tuple(
            Work(
                c.id, c.cost, worth.reduction * max(c.reduction, 0.0), tuple(covers[k]), dict(c.share_cap),
                c.earliest, c.latest, c.failed_gates,
            )
            for k, c in enumerate(candidates)
        ),
        weight=np.array(weights, dtype=np.float64), zone=tuple(zones), precedence=rules.precedence,
        exclusive=rules.exclusive, zone_floor=floors, price_rise=rules.price_rise,
        limits=_pillars(candidates, rules.pillar_share),
    )  # fmt: skip


def points(value: float, candidates: Sequence[Candidate], built: Sequence[int]) -> float:
    """Benefit without what the pins add, never below 0."""
    pinned = sum(candidates[i].required for i in built)
    return max(0.0, value - PIN_POINTS * pinned)


def _demands(
    candidates: Sequence[Candidate], homes: Homes, worth: Worth
) -> tuple[list[float], list[str | None], list[list[int]]]:
    """Weights and zones of the demands, and which of them each candidate covers."""
    reaching: dict[tuple[int, str], list[int]] = {}
    for k, candidate in enumerate(candidates):
        for home in candidate.serves.tolist():
            reaching.setdefault((home, candidate.service), []).append(k)
    sums: dict[tuple[str | None, tuple[int, ...]], list[float]] = {}
    for (home, service), works in sorted(reaching.items()):
        each = (
            worth.household
            + worth.severity * homes.severity[home]
            + worth.deficit * homes.deficit[service][home]
        )
        sums.setdefault((homes.zone[home], tuple(works)), []).append(float(homes.weight[home] * each))
    nodes = sorted(sums, key=lambda node: (node[0] or "", node[1]))
    covers: list[list[int]] = [[] for _ in candidates]
    for d, (_, reached_by) in enumerate(nodes):
        for k in reached_by:
            covers[k].append(d)
    return [math.fsum(sums[node]) for node in nodes], [zone for zone, _ in nodes], covers


def _floors(
    weights: Sequence[float], zones: Sequence[str | None], shares: Mapping[str, float]
) -> dict[str, float]:
    """Zone -> points, from shares of what the zone's demands are worth."""
    for zone, share in shares.items():
        if not 0 <= share <= 1:
            raise BadInput("a share must lie in 0..1", f"/zone_share/{zone}")
    whole: dict[str, list[float]] = {}
    for place, weight in zip(zones, weights, strict=True):
        if place is not None:
            whole.setdefault(place, []).append(weight)
    return {
        zone: share * math.fsum(whole[zone]) for zone, share in shares.items() if share > 0 and zone in whole
    }


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
