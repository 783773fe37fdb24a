"""Joins RT and RW that came out too small to their neighbours, once the houses are known.

It knows nothing about how the blocks were cut; it moves borders only by removing them.
The idea is the usual merger of RT: the neighbour with the longest common dry border takes the few houses over,
and one across the water only when there is no other.
"""

from __future__ import annotations

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from .blocks import Tree
from .buildings import Fabric
from .skeleton import Skeleton
from .split import polygons

LEAST_RT, LEAST_RW = 17, 85  # houses


def join_small(tree: Tree, fabric: Fabric, bones: Skeleton) -> None:
    """Give RT and RW of a few houses to a neighbour of the same kelurahan, the smallest first."""
    houses = [0] * len(tree.units)
    for building in fabric.buildings:
        houses[building.rt] += building.use == "house"
    wet, heir = bones.water.buffer(1.0), list(range(len(tree.units)))
    for same_rw, barrier in ((True, wet), (False, wet), (False, Polygon())):
        stuck: set[int] = set()
        while (small := _smallest(tree, houses, stuck)) is not None:
            into = _neighbour(tree, small, _peers(tree, small, same_rw), barrier)
            if into is None:
                stuck.add(small)
                continue
            tree.units[into].polygon = _weld([tree.units[into].polygon, tree.units[small].polygon])
            tree.units[small].polygon = Polygon()
            houses[into] += houses[small]
            heir = [into if h == small else h for h in heir]
    for block in tree.blocks:
        block.rt = heir[block.rt]
    for building in fabric.buildings:
        building.rt = heir[building.rt]
    _join_rw(tree, houses, wet)


def _smallest(tree: Tree, houses: list[int], stuck: set[int]) -> int | None:
    small = [
        (houses[i], i)
        for i, unit in enumerate(tree.units)
        if houses[i] < LEAST_RT and i not in stuck and not unit.polygon.is_empty
    ]
    return min(small)[1] if small else None


def _peers(tree: Tree, i: int, same_rw: bool) -> list[int]:
    unit = tree.units[i]
    return [
        j
        for j, other in enumerate(tree.units)
        if j != i
        and other.kelurahan == unit.kelurahan
        and (other.rw == unit.rw or not same_rw)
        and not other.polygon.is_empty
    ]


def _neighbour(tree: Tree, i: int, candidates: list[int], wet: BaseGeometry) -> int | None:
    edge = tree.units[i].polygon
    best, longest = None, 3.0
    for j in candidates:
        other = tree.units[j].polygon
        if j == i or edge.distance(other) > 0.01:
            continue
        shared = edge.buffer(0.05).intersection(other.boundary).difference(wet).length
        if shared > longest:
            best, longest = j, shared
    return best


def _join_rw(tree: Tree, houses: list[int], wet: BaseGeometry) -> None:
    for rw in range(tree.rw_count):
        members = [i for i, u in enumerate(tree.units) if u.rw == rw and not u.polygon.is_empty]
        if not members or sum(houses[i] for i in members) >= LEAST_RW:
            continue
        others = [j for j in _peers(tree, members[0], same_rw=False) if tree.units[j].rw != rw]
        found = (_neighbour(tree, i, others, wet) for i in members)
        into = next((j for j in found if j is not None), None)
        if into is not None:
            for i in members:
                tree.units[i].rw = tree.units[into].rw


def _weld(parts: list[BaseGeometry]) -> BaseGeometry:
    """Union of neighbours whose shared border may differ by a hair."""
    whole = shapely.unary_union(parts, grid_size=0.001)
    return whole if whole.geom_type == "Polygon" else shapely.unary_union(polygons(whole))
