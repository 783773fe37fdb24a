"""The spatial plan of the city as zones: what the RDTR of such a town would draw over the ground that is there.

It knows nothing about what a zone allows; codes and names are those of Permen ATR/KBPN 11/2021.
The idea of real plans: water and its banks first, then rails and roads, public grounds, trade along the main roads,
housing by density on the rest. A plan also wants what is not there yet: a green belt in place of slum blocks on the
river, in whose way a wish of the residents is. Each kelurahan has one zone of a kind, cut at its border as the sheets
of a plan are.
"""

from __future__ import annotations

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from .blocks import Tree
from .buildings import Fabric
from .feature import Feature
from .frame import name_id
from .regions import Regions
from .skeleton import RAIL_WIDTH, Skeleton

REGULATION = "Perda Kota Tirta Asri Nomor 4 Tahun 2023 tentang RDTR (contoh)"
YEAR = 2023
NEW_BELT, NEW_BELT_RADIUS = (1690.0, 730.0), 55.0
RIVER_BANK, CANAL_BANK, TRADE_DEPTH = 15.0, 5.0, 28.0
NAMES = {
    "BA": "Badan Air", "PS": "Perlindungan Setempat", "TR": "Transportasi", "BJ": "Badan Jalan",
    "SPU-2": "SPU Skala Kecamatan", "SPU-3": "SPU Skala Kelurahan", "RTH-4": "Taman Kelurahan",
    "RTH-7": "Pemakaman", "RTH-8": "Jalur Hijau", "P-1": "Tanaman Pangan", "K-2": "Perdagangan dan Jasa Skala WP",
    "R-2": "Perumahan Kepadatan Tinggi", "R-3": "Perumahan Kepadatan Sedang", "R-4": "Perumahan Kepadatan Rendah",
}  # fmt: skip
GROUNDS = {
    "sd": "SPU-3", "smp": "SPU-2", "office": "SPU-3", "puskesmas": "SPU-2", "worship": "SPU-2", "station": "TR",
    "market": "K-2", "park": "RTH-4", "field": "RTH-4", "cemetery": "RTH-7",
}  # fmt: skip
DENSITY = {"slum": "R-2", "kampung": "R-2", "planned": "R-3", "open": "R-4", "hill": "R-4"}


def zone(tree: Tree, fabric: Fabric, regions: Regions, bones: Skeleton) -> list[Feature]:
    """The zones of every kelurahan, without gaps and overlaps."""
    layers = _layers(tree, fabric, bones)
    out: list[Feature] = []
    for kelurahan in regions.of_kind("kelurahan"):
        left = kelurahan.metric
        for code, ground in layers:
            for part in _areas(shapely.intersection(left, ground)):
                out.append(Feature(part, _row(len(out), code)))
            left = shapely.difference(left, ground)
        out += [Feature(part, _row(len(out), "R-3")) for part in _areas(left)]
    return out


def _layers(tree: Tree, fabric: Fabric, bones: Skeleton) -> list[tuple[str, BaseGeometry]]:
    """Codes with their ground, what comes first first."""
    main = [s for s in bones.streets if s.cls == "main"]
    belt = [b.polygon for b in tree.blocks if b.polygon.centroid.distance(Point(NEW_BELT)) < NEW_BELT_RADIUS]
    sites: dict[str, list[BaseGeometry]] = {}
    housing: dict[str, list[BaseGeometry]] = {}
    for block in tree.blocks:
        code = GROUNDS.get(block.site.split("/")[0])
        (sites if code else housing).setdefault(code or DENSITY[block.zone], []).append(block.polygon)
    rice = [shape for kind, shape, key in fabric.greens if kind == "field" and not key]
    banks = shapely.union(bones.river_area.buffer(RIVER_BANK), bones.canal_area.buffer(CANAL_BANK))
    return [
        ("BA", bones.water),
        ("BJ", shapely.union_all([s.line.buffer(s.width / 2 + 1.5) for s in bones.streets])),
        ("TR", bones.rail.buffer(RAIL_WIDTH / 2)),
        ("PS", banks),
        ("RTH-8", shapely.union_all([*belt, bones.rail.buffer(RAIL_WIDTH / 2 + 6.0)])),
        *((code, shapely.union_all(shapes)) for code, shapes in sorted(sites.items())),
        ("P-1", shapely.union_all(rice)),
        ("K-2", shapely.union_all([s.line.buffer(TRADE_DEPTH) for s in main])),
        *((code, shapely.union_all(shapes)) for code, shapes in sorted(housing.items())),
    ]


def _areas(shape: BaseGeometry) -> list[BaseGeometry]:
    """One zone of a kind, without the crumbs that cutting leaves; none where nothing is left."""
    whole = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 5]
    return [shapely.MultiPolygon(whole)] if whole else []


def _row(n: int, code: str) -> dict[str, object]:
    return {
        "id": name_id("spatial_zone", n), "code": code, "name": NAMES[code], "plan": "rdtr",
        "regulation": REGULATION, "year": YEAR,
    }  # fmt: skip
