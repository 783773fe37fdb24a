"""A made-up kelurahan of a few poor households, and the best plan of its works by trying every schedule.

It knows nothing about the code under test: who is served, what can be paid and what a set is worth is written here
again from sections 2.4 and 5.2 of the method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment

from gis_core import households, slum
from gis_core.geodesy import Projector
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.judging import scoring
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.scoring import Judged
from webgis.planning.judging.work import Work
from webgis.planning.judging.works import effect
from webgis.planning.plans import plan_problem
from webgis.planning.plans.plan_wish import PlanWish
from webgis.store import facts as tables

RT = "99-RW01-RT01"
POINTS = 100 * 0.18 / 63
"""Points of a poor household newly served where nothing else is known: weight 0.18, last point of a toilet block 63."""


def city(*homes: float) -> Facts:
    """One RT without a form along a street: poor households at these metres, nothing built, nothing surveyed."""
    xy = np.array([[500_000.0 + x, 9_000_000.0] for x in homes])
    one = np.zeros(1)
    shares = np.full((1, len(slum.CRITERIA)), np.nan)
    outline = shapely.box(499_000, 8_999_000, 502_000, 9_001_000)
    nothing, street = (
        np.array([], dtype=object),
        shapely.LineString([(499_000, 9_000_000), (502_000, 9_000_000)]),
    )
    zones = tables.Zones(
        (RT,), ("RT 01",), np.array([outline]), one + 50, shares.copy(),
        {name: np.full(1, np.nan) for name in slum.BASE_QUANTITIES},
    )  # fmt: skip
    return Facts(
        approval={},
        kelurahan="99", projector=Projector(32748), outline=outline, zones=zones,
        homes=households.Points(xy, np.ones(len(homes)), np.zeros(len(homes), dtype=np.int64)),
        vulnerable=np.zeros(len(homes)),
        everybody=households.Points(np.zeros((0, 2)), np.zeros(0), np.zeros(0, dtype=np.int64)),
        assets=tables.Assets(*[np.array([], dtype=str)] * 3, nothing),
        water=tables.Waterways(np.array([], dtype=str), *[np.zeros(0)] * 3, nothing, False),
        streets=tables.Streets(np.array(["local"]), np.array([street])),
        plan=tables.SpatialPlan(np.array([], dtype=str), np.array([], dtype=str), np.array([], dtype=int), nothing),
        assessed=np.zeros(1, dtype=np.bool_), shares=shares, form=slum.assess(shares), flood=None, terrain=None,
        versions={}, dated={},
    )  # fmt: skip


def gangs(lines: Sequence[shapely.LineString]) -> tables.Streets:
    """Gangs along these lines."""
    return tables.Streets(np.full(len(lines), "gang"), np.array(lines, dtype=object))


def work(facts: Facts, name: str, at: float, cost: int, kind: str = "mck", **more: Any) -> Judged:
    """A work of one unit at these metres; more: changes of its type."""
    made = replace(catalogue().work_types[kind], **more)
    place = shapely.Point(500_000.0 + at, 9_000_000.0)
    built = Work(name, made, place, 1.0, cost, {}, {"land": "certificate"})
    return Judged(built, effect(facts, built), name, "approved", "99-RW01")


def task(facts: Facts, works: Sequence[Judged], wish: PlanWish) -> plan_problem.Task:
    """The problem of a wish, as `plans.make_plan` builds it, no gate failed."""
    gates: dict[str, Sequence[Any]] = {item.work.id: () for item in works}
    return plan_problem.build(facts, works, (), wish, scoring.criteria(None), gates)


def households_served(distances: Mapping[str, Sequence[float]], kinds: Mapping[str, Judged]) -> float:
    """Most households that works, each at these metres from every home, can serve within their capacities."""
    columns = [
        [_part(kinds[name], metres) for metres in row]
        for name, row in distances.items()
        for _ in range(min(int(kinds[name].work.type.capacity or len(row)), len(row)))
    ]
    if not columns:
        return 0.0
    gain = np.array(columns)
    return float(gain[linear_sum_assignment(gain, maximize=True)].sum())


def _part(item: Judged, metres: float) -> float:
    reach = item.work.type.reach
    if metres > reach:
        return 0.0
    return 1 - metres / reach if item.work.type.decay == "linear" else 1.0


def best(facts: Facts, works: Sequence[Judged], money: Sequence[int], carry: bool) -> float:
    """Most households that any schedule serves with one fund, unspent money kept for later years or not."""
    homes = facts.homes.xy[:, 0].tolist()
    far = {item.work.id: [abs(item.work.geometry.x - x) for x in homes] for item in works}
    kinds = {item.work.id: item for item in works}
    most = 0.0
    for years in product([None, *range(len(money))], repeat=len(works)):
        left, fits = 0, True
        for year, rupiah in enumerate(money):
            spent = sum(item.work.cost for item, built in zip(works, years, strict=True) if built == year)
            left = (left if carry else 0) + rupiah - spent
            fits &= left >= 0
        if fits:
            chosen = [item.work.id for item, built in zip(works, years, strict=True) if built is not None]
            most = max(most, households_served({name: far[name] for name in chosen}, kinds))
    return most
