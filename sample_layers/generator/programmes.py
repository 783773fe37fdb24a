"""A dozen works that the city and a ministry plan themselves: drains, pipes, lamps, roads, some in the way of a wish.

It knows nothing about rules. Each follows a street, the river or a wish that waits for the review of PAKET, so that the
checklist finds one of the same purpose, one to agree with and places without any; one is not public yet.
"""

from __future__ import annotations

import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from .feature import Feature
from .frame import name_id
from .ground import beside
from .regions import Regions
from .roads import Road
from .skeleton import RIVER_WIDTH, Skeleton

WORKS = "Dinas Pekerjaan Umum Kota Tirta Asri"
HOUSING = "Dinas Perumahan dan Kawasan Permukiman"
TRAFFIC = "Dinas Perhubungan"
WASTE = "Dinas Lingkungan Hidup"
WATER = "Perumda Air Minum Tirta Asri"
RIVERS = "Balai Wilayah Sungai (contoh)"
PAPERS = {
    "dpa25": ("DPA 2025 (contoh)", "2025-01-06"),
    "rkpd": ("RKPD 2026 (contoh)", "2025-07-14"),
    "dpa": ("DPA 2026 (contoh)", "2026-01-05"),
    "next": ("Rancangan RKPD 2027 (contoh)", "2026-06-22"),
}
"""The papers that name them, with their day."""
LAMP_EVERY = 45.0


def plan(wishes: list[Feature], roads: list[Road], bones: Skeleton, regions: Regions) -> list[Feature]:
    """All programmes as rows; wishes: the proposals."""
    reviewed = {
        str(wish.properties["work_type"]): wish.geometry
        for wish in wishes
        if wish.properties["state"] == "under_review" and wish.geometry is not None
    }
    lane = {work: _lane(roads, shape) for work, shape in reviewed.items()}
    ahmad_yani, veteran = _street(bones, "Jalan Ahmad Yani"), _street(bones, "Jalan Veteran")
    million = 1_000_000
    rows: list[tuple[BaseGeometry, str, str, int, int | None, str, str, bool]] = [
        (lane["drain_new"].offset_curve(1.2), "Saluran tersier Asri Jaya", "drain", 2027, 310 * million, WORKS,
         "next", True),
        (_bank(bones, reviewed["retaining_wall"]), "Perkuatan tebing Kali Tirta ruas Asri", "retaining_wall", 2027,
         None, RIVERS, "next", False),
        (lane["tps3r"], "Peningkatan jalan masuk TPS Tirta Wangi", "road", 2026, 185 * million, WORKS, "dpa", True),
        (lane["mck"].offset_curve(-0.8), "Jaringan pipa distribusi RW 23 Tirta Mekar", "water_pipe", 2026,
         142 * million, WATER, "rkpd", True),
        (_piece(_street(bones, "Jalan Pahlawan"), 420, 860).offset_curve(4.5), "Drainase sekunder Jalan Pahlawan",
         "drain", 2026, 1_850 * million, WORKS, "dpa", True),
        (_piece(_street(bones, "Jalan Diponegoro"), 1500, 1960), "Pelapisan ulang Jalan Diponegoro", "road", 2025,
         2_940 * million, WORKS, "dpa25", True),
        (_piece(veteran, 60, 380).offset_curve(-2.5), "Sewer pengumpul SPALD-T Tirta Mekar tahap 1", "sewer", 2027,
         4_200 * million, HOUSING, "next", True),
        (_lamps(_piece(_street(bones, "Jalan Gatot Subroto"), 900, 1480)), "Penerangan jalan umum Gatot Subroto",
         "street_light", 2026, 620 * million, TRAFFIC, "dpa", True),
        (beside(ahmad_yani, 760, 8.0), "Hidran kota Jalan Ahmad Yani", "hydrant", 2026, 95 * million, WORKS, "rkpd",
         True),
        (beside(_street(bones, "Jalan Kartini"), 760, 9.0), "Bank sampah induk Asri Kulon", "tps3r", 2025,
         275 * million, WASTE, "dpa25", True),
        (_piece(_street(bones, "Jalan Cut Nyak Dien"), 180, 520).offset_curve(3.0), "Trotoar dan saluran Cut Nyak Dien",
         "drain", 2026, 1_120 * million, WORKS, "rkpd", True),
        (_piece(_street(bones, "Jalan Imam Bonjol"), 60, 300), "Pelebaran Jalan Imam Bonjol", "road", 2027, None, WORKS,
         "next", True),
    ]  # fmt: skip
    return [_row(n, regions, *row) for n, row in enumerate(rows)]


def _row(
    n: int, regions: Regions, shape: BaseGeometry, title: str, kind: str, year: int, budget: int | None, office: str,
    paper: str, public: bool,
) -> Feature:  # fmt: skip
    """One programme; of the kelurahan that holds most of it."""
    places = regions.of_kind("kelurahan")
    sizes = [shapely.intersection(place.metric.buffer(0.1), shape.buffer(0.5)).area for place in places]
    source, source_on = PAPERS[paper]
    row: dict[str, object] = {
        "id": name_id("programme", n), "title": title, "kind": kind, "year": year, "budget": budget, "office": office,
        "kelurahan": places[sizes.index(max(sizes))].code, "public": public, "source": source, "source_on": source_on,
    }  # fmt: skip
    return Feature(shapely.set_precision(shape, 0.01), row)


def _street(bones: Skeleton, name: str) -> LineString:
    return next(street.line for street in bones.streets if street.name == name)


def _piece(line: LineString, start: float, end: float) -> LineString:
    return substring(line, start, end)


def _lane(roads: list[Road], shape: BaseGeometry) -> LineString:
    """The street nearest to the middle of a wish."""
    lanes = [road.line for road in roads if road.cls in ("gang", "local") and road.line.length > 30]
    middle = shape.interpolate(0.5, normalized=True) if isinstance(shape, LineString) else shape.centroid
    return lanes[int(STRtree(lanes).nearest(middle))]


def _bank(bones: Skeleton, wall: BaseGeometry) -> LineString:
    """The bank of the river along a wall that is wished for, and 60 m beyond either end."""
    sides = [bones.river.offset_curve(side * (RIVER_WIDTH / 2 + 1.5)) for side in (-1, 1)]
    bank = min(sides, key=lambda line: float(line.distance(wall.centroid)))
    at = float(bank.project(wall.centroid))
    half = wall.length / 2 + 60
    return substring(bank, at - half, at + half)


def _lamps(street: LineString) -> BaseGeometry:
    """Lamps on one side of a street."""
    places = range(1, int(street.length // LAMP_EVERY))
    return shapely.MultiPoint([Point(beside(street, LAMP_EVERY * n, 6.5)) for n in places])
