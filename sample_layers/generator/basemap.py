"""The base map as rows: regions, roads, buildings, waterways and the greens and landmarks with their names.

It knows nothing about planning; it only names and files what the other parts have drawn.
Names follow the signboards of an Indonesian town: SD Negeri, Lapangan, Taman, TPU, Kantor Kelurahan.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from .buildings import Fabric
from .feature import Feature
from .frame import SPAN, name_id
from .regions import Region, Regions
from .roads import Road
from .skeleton import CANAL_DEPTH, CANAL_WIDTH, RIVER_DEPTH, RIVER_WIDTH, SEEDS, Skeleton

SITE_NAMES = {
    "sd": "SD Negeri {kel} {n}", "smp": "SMP Negeri {k} Tirta Asri", "office": "Kantor Kelurahan {kel}",
    "puskesmas": "Puskesmas {kel}",
    "park": "Taman {kel} {n}", "field": "Lapangan {kel}", "cemetery": "TPU {kel}",
}  # fmt: skip
SITE_KIND = {"sd": "school", "smp": "school", "puskesmas": "health"}
GREEN_KIND = {"trees": "forest"}


@dataclass(frozen=True)
class Site:
    """A named place of the city plan: its kind on the map, its name and kelurahan (if it belongs to one)."""

    kind: str
    name: str
    kelurahan: str


def site_of(key: str) -> Site:
    """The site behind a key such as "sd/99.01.01.1001/2" or "market/Pasar Wangi"."""
    parts = key.split("/")
    kind = SITE_KIND.get(parts[0], parts[0])
    if parts[1] not in SEEDS:
        return Site(kind, parts[1], "")
    number = list(SEEDS).index(parts[1]) + 1
    return Site(kind, SITE_NAMES[parts[0]].format(kel=SEEDS[parts[1]][0], n=parts[2], k=number), parts[1])


def region_rows(regions: Regions, bases: dict[str, dict[str, object]]) -> list[Feature]:
    """All regions, parents first; geometries are lon/lat already."""
    out: list[Feature] = []
    for kind in ("kota", "kecamatan", "kelurahan", "rw", "rt"):
        out += [_region(r, bases.get(r.code, {})) for r in regions.of_kind(kind)]
    return out


def _region(region: Region, bases: dict[str, object]) -> Feature:
    shape = region.shape if region.shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([region.shape])
    own = {
        "code": region.code, "kind": region.kind, "name": region.name, "parent": region.parent,
        "population": region.population, "households": region.households,
    }  # fmt: skip
    return Feature(shape, {**own, **{k: v for k, v in bases.items() if k != "households"}})


def road_rows(roads: list[Road], bones: Skeleton) -> list[Feature]:
    """Streets and railway, cut off a little outside the city."""
    view = _view(bones)
    out: list[Feature] = []
    for n, road in enumerate(roads):
        for k, part in enumerate(_lines(road.line.intersection(view))):
            row = {
                "id": name_id("road", n * 10 + k), "class": road.cls, "name": road.name, "width_m": road.width,
                "surface": road.surface if road.cls != "rail" else None,
            }  # fmt: skip
            out.append(Feature(part, row))
    return out


def building_rows(fabric: Fabric, names: dict[int, str]) -> list[Feature]:
    """Footprints with their use; `names` by position in the fabric."""
    out: list[Feature] = []
    for n, building in enumerate(fabric.buildings):
        name = site_of(building.site).name if building.site else names.get(n)
        out.append(
            Feature(building.polygon, {"id": name_id("building", n), "use": building.use, "name": name})
        )
    return out


def waterway_rows(bones: Skeleton) -> list[Feature]:
    """The beds of river and canal, with what a city knows of their banks: whether the river has an embankment nobody
    wrote down."""
    view = _view(bones)
    rows = [
        ("river", "Kali Tirta", RIVER_WIDTH, RIVER_DEPTH, None, bones.river_area),
        ("canal", "Saluran Irigasi Asri", CANAL_WIDTH, CANAL_DEPTH, True, bones.canal_area),
    ]
    return [
        Feature(
            area.intersection(view),
            {
                "id": name_id("waterway", n),
                "kind": kind,
                "name": name,
                "width_m": width,
                "depth_m": depth,
                "embankment": embankment,
            },
        )
        for n, (kind, name, width, depth, embankment, area) in enumerate(rows)
    ]


def place_rows(fabric: Fabric, bones: Skeleton) -> list[Feature]:
    """Greens, grounds of schools, offices and markets, and a few landmarks."""
    out: list[Feature] = []
    for kind, shape, key in fabric.greens:
        site = (
            site_of(key)
            if key
            else Site("ricefield" if kind == "field" else GREEN_KIND.get(kind, kind), "", "")
        )
        out.append(Feature(shape, {"kind": site.kind, "name": site.name or None}))
    out += [Feature(shapely.Point(xy), {"kind": "landmark", "name": name}) for name, xy in LANDMARKS.items()]
    for n, row in enumerate(out):
        row.properties["id"] = name_id("place", n)
    return out


LANDMARKS = {
    "Tugu Tirta Asri": (1200.0, 962.0),
    "Bendung Tirta": (1929.0, 893.0),
    "Puncak Bukit Asri": (2520.0, 330.0),
    "Jembatan Sudirman": (1893.0, 987.0),
    "Jembatan Gatot Subroto": (1246.0, 1445.0),
}


def _view(bones: Skeleton) -> BaseGeometry:
    return box(-150, -150, SPAN[0] + 150, SPAN[1] + 150)


def _lines(shape: BaseGeometry) -> list[BaseGeometry]:
    return [p for p in shapely.get_parts(shape) if p.geom_type == "LineString" and p.length > 0.5]
