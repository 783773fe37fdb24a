"""The administrative tiling: RT, RW, kelurahan, kecamatan and city with codes, and exactly shared borders.

It knows nothing about buildings; polygons of RT come in, every level above is their union.
Shared borders are made by noding all RT outlines together and polygonizing, the usual cure for slivers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from .blocks import Tree
from .frame import lonlat
from .skeleton import KECAMATAN, SEEDS

KOTA = "99.01"


@dataclass
class Region:
    """One region: lon/lat geometry for the file, metric geometry for the work."""

    code: str
    kind: str
    name: str
    parent: str | None
    metric: BaseGeometry
    shape: BaseGeometry
    population: int = 0
    households: int = 0


@dataclass
class Regions:
    """All regions by code, and the RT code of each unit of the tree."""

    by_code: dict[str, Region] = field(default_factory=dict)
    rt_of_unit: dict[int, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Region]:
        """The regions of one kind in order of code."""
        return [self.by_code[c] for c in sorted(self.by_code) if self.by_code[c].kind == kind]


def tile(tree: Tree) -> Regions:
    """Number the units as RW and RT and build the five levels."""
    regions, faces = Regions(), _faces(tree)
    codes = _codes(tree, faces)
    for unit, (code, name) in codes.items():
        regions.rt_of_unit[unit] = code
        shape = lonlat(faces[unit])
        regions.by_code[code] = Region(code, "rt", name, code.rsplit("-", 1)[0], faces[unit], shape)
    _raise(regions, "rt", "rw", lambda c: f"RW {int(c[-3:]):02d}", lambda c: c.split("-")[0])
    _raise(regions, "rw", "kelurahan", lambda c: SEEDS[c][0], lambda c: SEEDS[c][1])
    _raise(regions, "kelurahan", "kecamatan", lambda c: KECAMATAN[c], lambda c: KOTA)
    _raise(regions, "kecamatan", "kota", lambda c: "Kota Tirta Asri", lambda c: None)
    return regions


def _faces(tree: Tree) -> dict[int, BaseGeometry]:
    """The polygon of each unit after noding all borders on a 1 mm grid."""
    alive = [i for i, u in enumerate(tree.units) if not u.polygon.is_empty]
    index = STRtree([tree.units[i].polygon for i in alive])
    noded = shapely.unary_union([tree.units[i].polygon.boundary for i in alive], grid_size=0.02)
    pieces: dict[int, list[BaseGeometry]] = {i: [] for i in alive}
    slivers: list[BaseGeometry] = []
    for face in polygonize(noded):
        point = face.representative_point()
        hits = [alive[k] for k in index.query(point, predicate="intersects")]
        if hits:
            pieces[min(hits)].append(face)
        else:
            slivers.append(face)
    for face in slivers:
        near = [alive[k] for k in sorted(index.query(face.buffer(0.1)))]
        if near and face.area < 50:
            best = max(near, key=lambda i: face.buffer(0.05).intersection(tree.units[i].polygon).area)
            pieces[best].append(face)
    return {i: _whole(shapely.unary_union(parts)) for i, parts in pieces.items()}


def _whole(shape: BaseGeometry) -> BaseGeometry:
    """Vertices that bend less than the grid are kept: neighbours share every one of them."""
    return shapely.normalize(shape)


def _codes(tree: Tree, faces: dict[int, BaseGeometry]) -> dict[int, tuple[str, str]]:
    """Codes in reading order: RW from the north-west, RT likewise within the RW."""
    centre = {i: np.array([f.centroid.x, f.centroid.y]) for i, f in faces.items()}
    out: dict[int, tuple[str, str]] = {}
    for kelurahan in SEEDS:
        members: dict[int, list[int]] = {}
        for i in faces:
            if tree.units[i].kelurahan == kelurahan:
                members.setdefault(tree.units[i].rw, []).append(i)
        order = sorted(
            members, key=lambda rw: _reading(np.mean([centre[i] for i in members[rw]], axis=0), 320.0)
        )
        for number, rw in enumerate(order, 1):
            inner = sorted(members[rw], key=lambda i: _reading(centre[i], 90.0))
            for rt, i in enumerate(inner, 1):
                out[i] = (f"{kelurahan}-RW{number:03d}-RT{rt:03d}", f"RT {rt:02d}")
    return out


def _reading(xy: np.ndarray, row: float) -> tuple[float, float]:
    return (-float(xy[1] // row), float(xy[0]))


def _raise(
    regions: Regions, child: str, kind: str, name: Callable[[str], str], parent: Callable[[str], str | None]
) -> None:
    """Build one level as the union of the level below."""
    groups: dict[str, list[Region]] = {}
    for region in regions.of_kind(child):
        groups.setdefault(str(region.parent), []).append(region)
    for code, members in groups.items():
        metric = shapely.union_all([m.metric for m in members])
        shape = shapely.coverage_union_all([m.shape for m in members])
        regions.by_code[code] = Region(code, kind, name(code), parent(code), metric, shape)


def count_up(regions: Regions, households: dict[str, int], persons: dict[str, int]) -> None:
    """Sum the households and people of the RT into every level above."""
    for rt in regions.of_kind("rt"):
        region: Region | None = rt
        while region is not None:
            region.households += households.get(rt.code, 0)
            region.population += persons.get(rt.code, 0)
            region = regions.by_code.get(region.parent) if region.parent else None
