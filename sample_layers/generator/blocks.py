"""The tree of the city: superblocks cut into RW, RT and blocks, every cut being a road, street or gang.

It knows nothing about plots or buildings; a leaf is a block with its zone and the RT it belongs to.
Cutting downwards makes RT tile their RW and RW their kelurahan along streets, as on real RW maps.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, substring

from .frame import stream
from .skeleton import Skeleton, Street, kelurahan_of
from .split import split
from .zones import Zones

RW_KK, RT_KK = 400.0, {"slum": 78.0, "kampung": 112.0, "planned": 118.0, "open": 118.0, "hill": 118.0}
LEAF_M2 = {"slum": 1150.0, "kampung": 1700.0, "planned": 26_000.0, "open": 34_000.0, "hill": 90_000.0}


@dataclass
class Unit:
    """An RT in the making: its polygon and the numbers of its RW and kelurahan."""

    polygon: BaseGeometry
    kelurahan: str
    rw: int


@dataclass
class Block:
    """A leaf of the tree."""

    polygon: Polygon
    zone: str
    rt: int
    site: str = ""


@dataclass
class Tree:
    """All RT, blocks and the streets between them."""

    units: list[Unit] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    streets: list[Street] = field(default_factory=list)
    rw_count: int = 0


def grow(bones: Skeleton, zones: Zones, sites: dict[str, tuple[float, float]]) -> Tree:
    """Cut the whole city."""
    rng, tree = stream("blocks"), Tree()
    site_points = [(kind, shapely.Point(xy)) for kind, xy in sites.items()]
    lines = [s.line for s in bones.streets] + [bones.river, bones.canal, bones.rail, bones.outline.exterior]
    faces = [
        f for f in polygonize(shapely.unary_union(lines)) if bones.outline.contains(f.representative_point())
    ]
    faces.sort(key=lambda f: (round(f.centroid.y), round(f.centroid.x)))
    for face in faces:
        point = face.representative_point()
        _Cutter(tree, zones, rng, site_points, bones, kelurahan_of(point.x, point.y, bones)).cut(
            face, None, None
        )
    return tree


@dataclass
class _Cutter:
    tree: Tree
    zones: Zones
    rng: np.random.Generator
    sites: list[tuple[str, shapely.Point]]
    bones: Skeleton
    kelurahan: str

    def __post_init__(self) -> None:
        self.wet = self.bones.water.buffer(3)
        self.barred = self.wet.union(self.bones.rail.buffer(4.5))

    def cut(self, polygon: Polygon, rw: int | None, rt: int | None) -> None:
        """Cut a polygon until its pieces are blocks, numbering RW and RT on the way down."""
        zone, area = self.zones.at(polygon), polygon.area
        people = self.zones.households(polygon) if rt is None else 0.0
        if rw is None and people <= RW_KK:
            rw, self.tree.rw_count = self.tree.rw_count, self.tree.rw_count + 1
        if rw is not None and rt is None and people <= RT_KK[zone]:
            self.tree.units.append(Unit(polygon, self.kelurahan, rw))
            rt = len(self.tree.units) - 1
        site = self._site(polygon, area) if rt is not None else ""
        holds_site = not site and any(polygon.contains(point) for _, point in self.sites)
        if rt is not None and (site or (area <= LEAF_M2[zone] and not holds_site)):
            self.tree.blocks.append(Block(polygon, zone, rt, site))
            return
        noise, bend = (0.12, 1.5) if zone == "planned" else (0.22, 0.035 * area**0.5)
        parts, line = split(polygon, self.rng, noise, bend)
        if len(parts) < 2:
            self.tree.blocks.append(Block(polygon, zone, rt if rt is not None else 0, site))
            return
        self._street(polygon, line, zone, area)
        for part in parts:
            self.cut(part, rw, rt)

    def _site(self, polygon: Polygon, area: float) -> str:
        if area > 14_000:
            return ""
        return next((kind for kind, point in self.sites if polygon.contains(point)), "")

    def _street(self, polygon: Polygon, line: LineString, zone: str, area: float) -> None:
        """Record the cut as a street; small kampung cuts may end blind."""
        cls, width = self._class(zone, area)
        for piece in shapely.get_parts(line.intersection(polygon)):
            if piece.geom_type != "LineString" or piece.length < 8:
                continue
            if cls == "gang" and area < 9_000 and self.rng.random() < 0.42:
                keep = self.rng.uniform(0.45, 0.8)
                piece = (
                    substring(piece, 0, keep, True)
                    if self.rng.random() < 0.5
                    else substring(piece, 1 - keep, 1, True)
                )
            for dry in shapely.get_parts(piece.difference(self.barred if cls != "collector" else self.wet)):
                if dry.geom_type == "LineString" and dry.length >= 8:
                    self.tree.streets.append(Street(dry, cls, width))

    def _class(self, zone: str, area: float) -> tuple[str, float]:
        if area > 140_000:
            return "collector", 7.0
        if zone in ("planned", "open", "hill"):
            return "local", 5.5 if zone == "planned" else 3.5
        if area > 32_000:
            return "local", 4.5
        low, high = (1.5, 2.4) if zone == "slum" else (1.8, 3.0)
        return "gang", round(float(self.rng.uniform(low, high)), 1)


def choose_sites(bones: Skeleton, zones: Zones) -> dict[str, tuple[float, float]]:
    """Places of schools, offices, parks, cemeteries and markets: a few by hand, the rest drawn per kelurahan."""
    rng = stream("sites")
    sites: dict[str, tuple[float, float]] = {
        "park/Alun-alun Tirta Asri": (1200.0, 960.0),
        "market/Pasar Tirta Mekar": (1160.0, 1390.0),
        "station/Stasiun Tirta Asri": (860.0, 1725.0),
        "market/Pasar Wangi": (2300.0, 1390.0),
        "office/Balai Kota Tirta Asri": (1130.0, 880.0),
        "worship/Masjid Agung Tirta Asri": (1060.0, 960.0),
        "park/Taman Bendung": (1955.0, 960.0),
    }
    wanted = {"sd": 2, "smp": 1, "office": 1, "park": 2, "field": 1, "cemetery": 1, "puskesmas": 1}
    x0, y0, x1, y1 = bones.outline.bounds
    draws = np.column_stack([rng.uniform(x0, x1, 4000), rng.uniform(y0, y1, 4000)])
    kinds = zones.of(draws[:, 0], draws[:, 1])
    counts: dict[str, int] = {}
    for (x, y), zone in zip(draws.round(1).tolist(), kinds, strict=True):
        if zone not in ("kampung", "planned") or not bones.outline.contains(shapely.Point(x, y)):
            continue
        if any((x - a) ** 2 + (y - b) ** 2 < 150**2 for a, b in sites.values()):
            continue
        kel = kelurahan_of(x, y, bones)
        kind = next((k for k in wanted if counts.get(f"{k}/{kel}", 0) < wanted[k]), None)
        if kind is not None:
            key = f"{kind}/{kel}"
            counts[key] = counts.get(key, 0) + 1
            sites[f"{key}/{counts[key]}"] = (x, y)
    return sites
