"""Other considerations and land legality of the slum RT (Permen PUPR 14/2018), for order and class of treatment.

It knows nothing about deficits, classes or priorities: the application computes those; here are only points and signs.
What a survey team would note follows from the ground: main roads, density, the river, the canal and the railway.
"""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from .frame import stream
from .regions import Regions
from .skeleton import CANAL_WIDTH, RAIL_WIDTH, Skeleton

DENSITY = ((200.0, 5), (150.0, 3), (0.0, 1))
"""Persons per hectare above which a medium city gives so many points."""
MAIN_ROAD_M = 60.0
SETBACK_M = 5.0
"""River, canal and railway keep this much ground free: who lives there has no clear tenure, nor a housing zone."""
ON_SETBACK = 0.22
FIRST_YEAR = 2025
"""The forms of the baseline did not ask yet."""


def consider(codes: list[str], rows: list[dict[str, object]], regions: Regions, bones: Skeleton) -> None:
    """Add considerations, tenure_clear and zoning_conform to the rows of the table."""
    rng = stream("considerations")
    main = shapely.union_all([street.line for street in bones.streets if street.cls in ("main", "collector")])
    strips = shapely.union_all([
        bones.river_area.buffer(SETBACK_M), bones.canal.buffer(CANAL_WIDTH / 2 + SETBACK_M),
        bones.rail.buffer(RAIL_WIDTH / 2 + SETBACK_M),
    ])  # fmt: skip
    found: dict[str, tuple[int, int, bool, bool]] = {}
    for code in sorted(codes):
        shape = regions.by_code[code].metric
        lively, papers, planned = rng.random(3)
        strategic = 5 if shape.distance(main) <= MAIN_ROAD_M else 1
        exposed = bool(_share(shape, strips) > ON_SETBACK)
        culture = 5 if lively < 0.45 else 1
        found[code] = (
            strategic,
            culture,
            not exposed and bool(papers < 0.72),
            not exposed and bool(planned < 0.93),
        )
    for row in rows:
        if int(str(row["year"])) < FIRST_YEAR:
            row["considerations"] = {}
            continue
        strategic, culture, tenure, zoning = found[str(row["code"])]
        density = float(str(row["persons"])) / float(str(row["area_verified_ha"]))
        row["considerations"] = {
            "strategic_location": strategic,
            "population_density": next(points for least, points in DENSITY if density > least),
            "socio_economic_culture": culture,
        }
        row["tenure_clear"], row["zoning_conform"] = tenure, zoning


def _share(shape: BaseGeometry, strips: BaseGeometry) -> float:
    return float(shape.intersection(strips).area / shape.area)
