"""Drains along the streets: lined where the city built them, broken or missing where it did not.

It knows nothing about proposals; it gives drains as assets and the stretches where one is missing.
The idea: water follows the streets to the kali, trunk drains are wide and stand on main roads, gang have a gutter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString

from .feature import Feature
from .frame import name_id, stream
from .ground import Ground
from .network import Stretch
from .terrain import Terrain

QUOTA = {
    "99.01.01.1001": 58, "99.01.01.1002": 18, "99.01.01.1003": 17, "99.01.02.1001": 22, "99.01.02.1002": 14,
    "99.01.02.1003": 13,
}  # fmt: skip
MISSING = 0.16
CLIMB_M = 0.25  # a drain may be dug this much deeper at its end than the ground asks for
CONDITIONS = ("good", "light_damage", "heavy_damage", "broken")
SOUND, SLUM = (0.56, 0.26, 0.13, 0.05), (0.36, 0.28, 0.24, 0.12)
EDGE = {"main": 0.9, "collector": 0.5, "local": 0.2, "gang": -0.25}


@dataclass
class Drains:
    """Drains that stand, and the streets that have none, both with their flow direction."""

    assets: list[Feature]
    missing: list[Stretch]


def dig(pieces: list[Stretch], ground: Ground, terrain: Terrain, slum: set[str]) -> Drains:
    """Choose the stretches with a drain: the trunks first, and the gang of the slum RT."""
    rng, drains = stream("drains"), Drains([], [])
    left = dict(QUOTA)
    order = sorted(pieces, key=lambda p: -_weight(p, slum))
    for piece in order:
        line = _gutter(piece)
        code = ground.kelurahan_of(line) if line is not None else None
        if line is None or code is None or left[code] <= 0 or _climb(line, terrain) > CLIMB_M:
            continue
        left[code] -= 1
        if piece.road.cls in ("gang", "local") and rng.random() < MISSING:
            drains.missing.append(piece)
            continue
        drains.assets.append(_asset(len(drains.assets), piece, line, code, piece.road.rt in slum, rng))
    return drains


def _weight(piece: Stretch, slum: set[str]) -> float:
    """Upstream metres count most; long gutters in slum RT come next to the trunks."""
    return piece.upstream_m + (
        25.0 * min(piece.line.length, 90.0) if piece.road.rt in slum else 3.0 * piece.line.length
    )


def _climb(line: LineString, terrain: Terrain) -> float:
    """Metres the ground rises from the first to the last vertex."""
    ends = np.array([line.coords[0], line.coords[-1]])
    first, last = terrain.elevation(ends[:, 0], ends[:, 1])
    return float(last - first)


def _gutter(piece: Stretch) -> LineString | None:
    """The line of the drain, at the edge of the street; the order of the vertices stays."""
    offset = piece.road.width / 2 + EDGE[piece.road.cls]
    side = piece.line.offset_curve(-offset, join_style="mitre")
    if side.geom_type != "LineString" or side.length < 12:
        return None
    first = shapely.Point(piece.line.coords[0])
    if first.distance(shapely.Point(side.coords[0])) > first.distance(shapely.Point(side.coords[-1])):
        side = side.reverse()
    return shapely.set_precision(side.simplify(0.05), 0.01)


def _asset(
    n: int, piece: Stretch, line: LineString, code: str, slum: bool, rng: np.random.Generator
) -> Feature:
    trunk = piece.road.cls in ("main", "collector")
    condition = str(rng.choice(CONDITIONS, p=SLUM if slum else SOUND))
    earth = piece.road.cls == "gang" and rng.random() < 0.22
    if earth:
        condition = "heavy_damage" if condition == "good" else condition
    width = float(np.clip(0.28 + 0.012 * piece.upstream_m**0.5 + rng.normal(0, 0.05), 0.25, 1.6))
    row = {
        "id": name_id("drain", n), "kind": "drain", "name": f"Saluran {piece.road.name}",
        "kelurahan": code, "condition": condition,
        "material": "tanah" if earth else str(rng.choice(["pasangan batu kali", "beton U-ditch"], p=[0.62, 0.38])),
        "width_m": round(width, 1), "capacity": None, "built_year": None if earth else int(rng.integers(1989,
        2025)),
        "owner": "Dinas PU Kota Tirta Asri" if trunk else str(rng.choice(["Kelurahan", "Warga"], p=[0.7, 0.3])),
    }  # fmt: skip
    return Feature(line, row)
