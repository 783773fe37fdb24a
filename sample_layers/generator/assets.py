"""Infrastructure that stands in the city: taps, boreholes, MCK, IPAL, lamps, posts, schools and surveyed gang.

It knows nothing about plans; each asset has a place, a condition, a material and an owner.
The idea: services are thinner and older where people are poorer, and half of what was once built still works.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.ops import substring

from .basemap import site_of
from .buildings import Fabric
from .feature import Feature
from .frame import name_id, stream
from .ground import Ground, beside
from .regions import Region, Regions
from .roads import Road
from .skeleton import Skeleton

SHARE = {  # how the assets are spread over the kelurahan
    "99.01.01.1001": 0.36, "99.01.01.1002": 0.15, "99.01.01.1003": 0.14, "99.01.02.1001": 0.16,
    "99.01.02.1002": 0.1, "99.01.02.1003": 0.09,
}  # fmt: skip
SURFACE = {"asphalt": "aspal", "concrete": "beton rabat", "paving": "paving block", "earth": "tanah"}
SURVEYED = {
    "99.01.01.1001": 22,
    "99.01.01.1002": 6,
    "99.01.01.1003": 6,
    "99.01.02.1001": 6,
    "99.01.02.1002": 4,
    "99.01.02.1003": 4,
}


@dataclass(frozen=True)
class Make:
    """How many of a kind, where they stand, what they are made of, who owns them and how many households they serve."""

    count: int
    where: str  # roadside | yard | house
    name: str
    material: tuple[str, ...]
    owner: str
    capacity: float | None = None
    apart: float = 60.0
    room: float = 1.5


MAKES = {
    "public_tap": Make(
        26, "roadside", "Kran umum {rt}", ("beton", "pipa galvanis"), "KPP Tirta Bersih", 30, 70
    ),
    "borehole": Make(
        12, "yard", "Sumur bor {rt}", ("pipa PVC", "pipa baja"), "KPP Tirta Bersih", 100, 130, 2.0
    ),
    "mck": Make(13, "yard", "MCK umum {rt}", ("pasangan bata", "bata ringan"), "KPP setempat", 12, 110, 2.4),
    "communal_wwtp": Make(
        5, "yard", "IPAL komunal {rt}", ("beton bertulang", "fiberglass"), "KPP setempat", 60, 220, 3.0
    ),
    "tps3r": Make(
        6, "yard", "TPS {kel}", ("pasangan bata", "baja ringan"), "Dinas Lingkungan Hidup", 600, 300, 4.0
    ),
    "waste_cart": Make(7, "roadside", "Gerobak sampah {rw}", ("besi",), "RW setempat", 150, 150),
    "waste_bins": Make(9, "roadside", "Tong terpilah {rt}", ("plastik HDPE",), "RT setempat", 10, 60),
    "hydrant": Make(16, "roadside", "Hidran {road}", ("besi cor",), "Dinas Pemadam Kebakaran", None, 150),
    "fire_pump": Make(4, "house", "Pos pompa {rw}", ("mesin portabel",), "RW setempat", None, 200),
    "street_light": Make(
        26, "roadside", "PJU {road}", ("tiang besi", "tiang beton"), "Dinas Perhubungan", None, 45
    ),
    "culvert": Make(
        11,
        "crossing",
        "Gorong-gorong {road}",
        ("buis beton", "box culvert"),
        "Dinas PU Kota Tirta Asri",
        None,
        80,
    ),
    "infiltration_well": Make(7, "yard", "Sumur resapan {rt}", ("buis beton",), "Warga", None, 60),
    "rain_tank": Make(4, "yard", "Penampung air hujan {rt}", ("fiberglass",), "Warga", 2, 60),
    "posyandu": Make(16, "house", "Posyandu {flower}", ("bangunan permanen",), "Kelurahan", None, 190),
    "paud": Make(9, "house", "PAUD Tunas {flower}", ("bangunan permanen",), "Yayasan setempat", None, 220),
    "community_hall": Make(12, "house", "Balai {rw}", ("bangunan permanen",), "RW setempat", None, 200),
    "library": Make(4, "house", "Taman bacaan {flower}", ("bangunan permanen",), "Karang Taruna", None, 250),
    "market_stall": Make(
        5, "roadside", "Kios bersama {rw}", ("kayu", "baja ringan"), "KSM Usaha Bersama", None, 120
    ),
    "playground": Make(
        5, "yard", "Ruang bermain anak {rw}", ("pelataran beton",), "RW setempat", None, 200, 4.0
    ),
}
FLOWERS = [
    "Melati",
    "Mawar",
    "Anggrek",
    "Kenanga",
    "Dahlia",
    "Teratai",
    "Cempaka",
    "Flamboyan",
    "Seruni",
    "Kamboja",
]
HOUSE_USE = {
    "posyandu": "public",
    "paud": "school",
    "community_hall": "public",
    "library": "public",
    "fire_pump": "public",
}
BUILT = ("posyandu", "paud", "community_hall", "library")
CONDITIONS = ("good", "light_damage", "heavy_damage", "broken")


@dataclass
class Assets:
    """Assets as rows, and the names that came to buildings of the fabric."""

    rows: list[Feature] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)


@dataclass
class _City:
    fabric: Fabric
    ground: Ground
    roads: list[Road]
    regions: Regions
    bones: Skeleton
    slum: set[str]
    rng: np.random.Generator
    out: Assets
    used: set[str] = field(default_factory=set)


def equip(
    fabric: Fabric,
    ground: Ground,
    roads: list[Road],
    regions: Regions,
    bones: Skeleton,
    slum: set[str],
    drains: list[Feature],
) -> Assets:
    """All assets; some houses become posts and halls on the way."""
    city = _City(fabric, ground, roads, regions, bones, slum, stream("assets"), Assets(list(drains)))
    for kind, make in MAKES.items():
        _spread(kind, make, city)
    _landmarks(city)
    _surveyed_roads(city)
    _lines(city)
    for n, row in enumerate(city.out.rows[len(drains) :]):
        row.properties["id"] = name_id("asset", n)
    return city.out


def _spread(kind: str, make: Make, city: _City) -> None:
    """Stand the assets of one kind apart from each other, some in every kelurahan."""
    placed: list[Point] = []
    for kelurahan in _quota(make.count):
        rts = [r for r in city.regions.of_kind("rt") if r.code.startswith(kelurahan) and r.households > 15]
        for _ in range(80):
            region = rts[int(city.rng.integers(len(rts)))]
            found = _place(make, region, city)
            if found is None or any(found[0].distance(p) < make.apart for p in placed):
                continue
            placed.append(found[0])
            _stand(kind, make, found[0], found[1], city)
            break


def _quota(count: int) -> list[str]:
    """A kelurahan for each of `count` assets, by share, none left out when there are enough."""
    exact = {k: count * share for k, share in SHARE.items()}
    whole = {k: max(int(v), 1 if count >= len(SHARE) else 0) for k, v in exact.items()}
    for k in sorted(exact, key=lambda k: whole[k] - exact[k]):
        if sum(whole.values()) < count:
            whole[k] += 1
    return [k for k, n in whole.items() for _ in range(n)]


def _place(make: Make, region: Region, city: _City) -> tuple[Point, str | int] | None:
    """A place in a region and the street beside it or the house it is in."""
    if make.where == "yard":
        point = city.ground.spot(region, city.rng, make.room)
        return None if point is None else (point, "")
    if make.where == "house":
        inside = [
            i
            for i, b in enumerate(city.fabric.buildings)
            if b.use == "house" and city.regions.rt_of_unit.get(b.rt) == region.code
        ]
        if not inside:
            return None
        pick = int(inside[int(city.rng.integers(len(inside)))])
        return city.fabric.buildings[pick].polygon.representative_point(), pick
    classes = ("main", "collector", "local", "gang") if make.where == "roadside" else ("local", "collector")
    near = [r for r in city.roads if r.rt == region.code and r.cls in classes and r.line.length > 15]
    if not near:
        return None
    road = near[int(city.rng.integers(len(near)))]
    at = road.line.length * float(city.rng.uniform(0.15, 0.85))
    offset = 0.0 if make.where == "crossing" else road.width / 2 + (0.15 if road.cls == "gang" else 0.5)
    point = beside(road.line, at, offset)
    if (
        not region.metric.contains(point)
        or city.ground.house_gap(point) < 0.05
        or city.bones.water.distance(point) < 2
    ):
        return None
    return point, road.name


def _stand(kind: str, make: Make, point: Point, at: str | int, city: _City) -> None:
    rt = city.ground.rt_of(point)
    name = _named(make.name, rt, at if isinstance(at, str) else "", city)
    if isinstance(at, int):
        city.fabric.buildings[at].use = HOUSE_USE[kind]
        city.out.names[at] = name
    row = _row(kind, name, rt[:13], city)
    row |= {"material": str(city.rng.choice(make.material)), "owner": make.owner, "capacity": make.capacity}
    if row["condition"] in ("heavy_damage", "broken") and kind in BUILT:
        row["condition"] = "light_damage"
    city.out.rows.append(Feature(point, row))


def _named(pattern: str, rt: str, road: str, city: _City) -> str:
    _, rw, number = rt.split("-")
    for k in range(60):
        flower = FLOWERS[int(city.rng.integers(len(FLOWERS)))] + (f" {k // 4 + 1}" if k >= 4 else "")
        name = pattern.format(
            rt=f"RT {int(number[2:]):02d}/RW {int(rw[2:]):02d}", rw=f"RW {int(rw[2:]):02d}", road=road, flower=flower,
            kel=city.regions.by_code[rt[:13]].name,
        )  # fmt: skip
        if "{flower}" not in pattern or name not in city.used:
            break
    city.used.add(name)
    return name


def _row(kind: str, name: str, kelurahan: str, city: _City) -> dict[str, object]:
    condition = str(city.rng.choice(CONDITIONS, p=(0.58, 0.22, 0.13, 0.07)))
    return {
        "kind": kind, "name": name, "kelurahan": kelurahan, "condition": condition, "material": None, "width_m": None,
        "capacity": None, "built_year": int(city.rng.integers(1992, 2026)), "owner": None,
    }  # fmt: skip


def _landmarks(city: _City) -> None:
    """Schools, health centres, mosques, markets and parks that stand on the base map already."""
    seen: set[str] = set()
    kinds = {"school": "school", "health": "health_centre", "market": "market_stall", "worship": "worship"}
    mosques = 0
    for n, building in enumerate(city.fabric.buildings):
        point = building.polygon.representative_point()
        kelurahan = city.ground.rt_of(point)[:13]
        if building.site and building.site not in seen:
            seen.add(building.site)
            site = site_of(building.site)
            if site.kind in kinds:
                _known(kinds[site.kind], site.name, site.kelurahan or kelurahan, point, city)
        elif building.use == "worship":
            mosques += 1
            kind = "Masjid" if building.polygon.area > 150 else "Musholla"
            name = f"{kind} {MOSQUES[mosques % len(MOSQUES)]}"
            city.out.names[n] = name
            if mosques % 3 == 0:
                _known("worship", name, kelurahan, point, city)
    for kind, shape, key in city.fabric.greens:
        if kind == "park" and key and shape.area > 600:
            site = site_of(key)
            _known("green_space", site.name, site.kelurahan or city.ground.rt_of(shape)[:13], shape, city)


MOSQUES = [
    "Al-Ikhlas", "Nurul Huda", "Al-Hidayah", "Baitul Makmur", "At-Taqwa", "Al-Muttaqin", "Nurul Iman",
    "Al-Falah", "Darussalam",
    "Al-Mukhlisin", "Baiturrahman", "Al-Barokah", "Jami Asri", "Miftahul Jannah", "Al-Amin", "Nurul Falah",
]  # fmt: skip


def _known(kind: str, name: str, kelurahan: str, shape: shapely.Geometry, city: _City) -> None:
    row = _row(kind, name, kelurahan, city)
    row["condition"] = "good" if city.rng.random() < 0.75 else "light_damage"
    row["owner"] = "Takmir" if kind == "worship" else "Pemerintah Kota Tirta Asri"
    city.out.rows.append(Feature(shape, row))


def _surveyed_roads(city: _City) -> None:
    """The gang that the last survey has walked, most of them in slum RT."""
    left = dict(SURVEYED)
    lanes = [r for r in city.roads if r.cls in ("gang", "local") and 35 < r.line.length < 260]
    lanes.sort(key=lambda r: (r.rt not in city.slum, float(city.rng.random())))
    for road in lanes:
        kelurahan = city.ground.kelurahan_of(road.line)
        if kelurahan is None or left[kelurahan] <= 0:
            continue
        left[kelurahan] -= 1
        row = _row("road", road.name, kelurahan, city)
        row |= {
            "condition": road.condition,
            "material": SURFACE[road.surface],
            "width_m": road.width,
            "owner": "Kelurahan",
        }
        if road.surface == "earth":
            row |= {"condition": "heavy_damage", "built_year": None}
        city.out.rows.append(Feature(shapely.set_precision(road.line, 0.01), row))


def _lines(city: _City) -> None:
    """Water pipes and sewers under a few streets, footbridges over the canal and walls along the river."""
    lanes = [r for r in city.roads if r.cls in ("local", "gang") and r.line.length > 70]
    for kind, count, name, material in (
        ("water_pipe", 9, "Pipa distribusi {}", "pipa PVC 3 inci"), ("sewer", 4, "Pipa air limbah {}",
        "pipa PVC 6 inci"),
    ):  # fmt: skip
        for k in city.rng.permutation(len(lanes)).tolist():
            road, kelurahan = lanes[k], city.ground.kelurahan_of(lanes[k].line)
            if count and kelurahan is not None:
                count -= 1
                row = _row(kind, name.format(road.name), kelurahan, city)
                row |= {
                    "material": material,
                    "owner": "Perumda Air Minum" if kind == "water_pipe" else "KPP setempat",
                }
                city.out.rows.append(Feature(shapely.set_precision(road.line, 0.01), row))
    for n, bank in enumerate(banks(city.bones, city.ground, 9)):
        row = _row(
            "retaining_wall", f"Talud Kali Tirta ruas {n + 1}", str(city.ground.kelurahan_of(bank)), city
        )
        row |= {"material": "pasangan batu kali", "owner": "Dinas PU Kota Tirta Asri"}
        city.out.rows.append(Feature(bank, row))
    for n, at in enumerate((420.0, 640.0, 900.0)):
        middle = city.bones.canal.interpolate(at)
        crossing = LineString([beside(city.bones.canal, at, 7.0), middle, beside(city.bones.canal, at, -7.0)])
        row = _row(
            "footbridge",
            f"Jembatan Saluran Irigasi {n + 1}",
            city.ground.rt_of(middle.buffer(0.1))[:13],
            city,
        )
        row |= {"material": "beton", "width_m": 2.0, "owner": "Dinas PU Kota Tirta Asri"}
        city.out.rows.append(Feature(crossing, row))


def banks(bones: Skeleton, ground: Ground, every: int, start: int = 0) -> list[LineString]:
    """Stretches of river bank of 60 to 90 m, each inside one kelurahan, clear of bridges and houses."""
    out: list[LineString] = []
    streets = shapely.union_all([s.line.buffer(12) for s in bones.streets])
    for side in (-1, 1):
        line = bones.river.offset_curve(side * 15.2)
        for n in range(start, int(line.length // 95), every):
            part = shapely.set_precision(substring(line, n * 95.0, n * 95.0 + 62.0 + 7.0 * (n % 4)), 0.01)
            if part.geom_type == "LineString" and ground.kelurahan_of(part) and not part.intersects(streets):
                out.append(part)
    return out
