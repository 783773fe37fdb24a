"""Households of the houses, and the poor ones as points of a made-up register (DTSEN).

It knows nothing about names or NIK and never will: a point, a decile and four counts.
The idea: every house holds 1.3 families on average and poverty follows the slum zones and low ground.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .buildings import Fabric
from .frame import Noise, name_id, random_inside, stream
from .regions import Regions

POOR_TARGET = 6_000


@dataclass
class Homes:
    """Households and persons per RT and the poor households as table rows."""

    households: dict[str, int]
    persons: dict[str, int]
    buildings: dict[str, int]
    rows: list[dict[str, object]]
    points: list[shapely.Point]


def settle(fabric: Fabric, regions: Regions, poverty: dict[str, float], target: int) -> Homes:
    """Put families into houses and mark the poorest; `poverty` is a level per RT, 0 to 1."""
    rng, patch = stream("households"), Noise("poverty", 130)
    houses = [b for b in fabric.buildings if b.use == "house" and b.rt in regions.rt_of_unit]
    codes = [regions.rt_of_unit[b.rt] for b in houses]
    shops = [b for b in fabric.buildings if b.use != "house" and b.rt in regions.rt_of_unit]
    mean = max(target / len(houses) - 1.0, 0.05)
    families = 1 + rng.poisson(mean, len(houses))
    middles = shapely.get_coordinates(shapely.centroid(np.array([b.polygon for b in houses])))
    level = np.array([poverty[c] for c in codes]) + 0.12 * patch(middles[:, 0], middles[:, 1])
    who = np.repeat(np.arange(len(houses)), families)
    wealth = level[who] + rng.normal(0, 0.2, len(who))
    poor = np.zeros(len(who), dtype=bool)
    poor[np.argsort(-wealth, kind="stable")[:POOR_TARGET]] = True
    members = np.clip(rng.poisson(2.35, len(who)) + 1, 1, 9)
    homes = Homes({}, {}, {}, [], [])
    for code, n in zip(codes, families, strict=True):
        homes.households[code] = homes.households.get(code, 0) + int(n)
        homes.buildings[code] = homes.buildings.get(code, 0) + 1
    for b in shops:
        code = regions.rt_of_unit[b.rt]
        homes.buildings[code] = homes.buildings.get(code, 0) + 1
    for i, m in zip(who, members, strict=True):
        homes.persons[codes[i]] = homes.persons.get(codes[i], 0) + int(m)
    picked = np.flatnonzero(poor)
    cuts = np.quantile(wealth[picked], [0.8, 0.52, 0.25])
    points = [random_inside(_indoors(houses[who[k]].polygon), rng) for k in picked]
    homes.points = points
    for n, k in enumerate(picked):
        decile = 1 + int(np.sum(wealth[k] < cuts))
        homes.rows.append(_row(n, codes[who[k]], int(members[k]), decile, rng))
    return homes


def _indoors(house: shapely.Polygon) -> shapely.Geometry:
    """The house without its outer wall, so that rounding never moves a family into the street."""
    inner = house.buffer(-0.8)
    return house if inner.is_empty else inner


def _row(n: int, rt: str, members: int, decile: int, rng: np.random.Generator) -> dict[str, object]:
    elderly = int(min(rng.binomial(2, 0.17), members))
    small = int(min(rng.binomial(3, 0.13), max(members - 1, 0)))
    return {
        "id": name_id("household", n), "rt": rt, "members": members, "decile": decile,
        "elderly": elderly, "under_five": small, "disabled": int(rng.random() < 0.055),
        "female_headed": bool(rng.random() < 0.19), "register": "DTSEN", "register_date": "2026-03-31",
    }  # fmt: skip
