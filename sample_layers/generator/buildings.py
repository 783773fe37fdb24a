"""All building footprints with their use and RT, and the greens and lanes that come with the blocks.

It knows nothing about households; a use is what one sees from the street, never who lives there.
The idea: shops line the main roads, a mosque or musholla stands in every RW, the rest are houses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from .blocks import Tree
from .frame import stream
from .plots import fill
from .skeleton import RAIL_WIDTH, Skeleton, Street

USE = {
    "sd": "school",
    "smp": "school",
    "office": "public",
    "puskesmas": "public",
    "market": "shop",
    "station": "public",
    "worship": "worship",
}


@dataclass
class Building:
    """A footprint in local metres, its use, its RT and, for a landmark, the site it stands on."""

    polygon: Polygon
    use: str
    rt: int
    site: str = ""


@dataclass
class Fabric:
    """Everything standing on the blocks."""

    buildings: list[Building]
    greens: list[tuple[str, Polygon, str]]
    streets: list[Street]


def build(tree: Tree, bones: Skeleton) -> Fabric:
    """Fill every block and give each building a use."""
    rng = stream("plots")
    fabric = Fabric([], [], list(tree.streets) + list(bones.streets))
    road_areas = [s.line.buffer(s.width / 2 + _verge(s), quad_segs=2) for s in fabric.streets]
    index = STRtree(road_areas)
    never = shapely.union_all([bones.water.buffer(2.5), bones.rail.buffer(RAIL_WIDTH / 2)])
    inside = bones.outline.buffer(-3)
    shapely.prepare(inside)
    for block in tree.blocks:
        near = [road_areas[i] for i in sorted(index.query(block.polygon))]
        land = block.polygon.intersection(inside).difference(shapely.union_all([*near, never]))
        built = fill(block, land, rng)
        fabric.buildings += [Building(h, "house", block.rt) for h in built.houses]
        fabric.buildings += [Building(h, USE[k], block.rt, block.site) for k, h in built.big]
        fabric.greens += [(kind, g, block.site) for kind, g in built.greens]
        fabric.streets += built.streets
    _shops(fabric, bones)
    _worship(fabric, tree)
    return fabric


def _verge(street: Street) -> float:
    return {"main": 2.0, "collector": 1.2, "local": 0.7}.get(street.cls, 0.2)


def _shops(fabric: Fabric, bones: Skeleton) -> None:
    """Turn most houses that face a main road, and some on collectors, into shops."""
    rng = stream("shops")
    near = {
        cls: shapely.union_all([s.line for s in fabric.streets if s.cls == cls])
        for cls in ("main", "collector", "local")
    }
    lines: dict[str, BaseGeometry] = near
    middles = np.array([b.polygon for b in fabric.buildings])
    reach = {"main": (11.0, 0.72), "collector": (8.0, 0.4), "local": (5.0, 0.04)}
    for cls, (metres, share) in reach.items():
        shapely.prepare(lines[cls])
        for i in np.flatnonzero(shapely.dwithin(middles, lines[cls], metres)):
            if fabric.buildings[i].use == "house" and rng.random() < share:
                fabric.buildings[i].use = "shop"


def _worship(fabric: Fabric, tree: Tree) -> None:
    """One mosque or musholla per RW: the largest of a few houses drawn at random."""
    rng = stream("worship")
    by_rw: dict[int, list[int]] = {}
    for i, building in enumerate(fabric.buildings):
        if building.use == "house":
            by_rw.setdefault(tree.units[building.rt].rw, []).append(i)
    for rw in sorted(by_rw):
        members = by_rw[rw]
        if len(members) < 25:
            continue
        some = rng.choice(members, size=20, replace=False)
        best = max(some.tolist(), key=lambda i: fabric.buildings[i].polygon.area)
        fabric.buildings[best].use = "worship"
