"""Builds the sample city from its seed and writes `sample_layers/data/`: same seed, same bytes.

It knows nothing about the database; `webgis sample load` reads what it writes.
The idea: bones first, then ground, zones, blocks, houses, people, services and last the wishes of the residents.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

if __package__ in (None, ""):  # run as a script: make the folder above importable
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import shapely

from sample_layers.generator import (
    assets,
    basemap,
    blocks,
    buildings,
    considered,
    drains,
    files,
    forums,
    households,
    joining,
    land_use,
    network,
    poverty,
    programmes,
    proposals,
    regions,
    roads,
    skeleton,
    slums,
    terrain,
    zones,
)
from sample_layers.generator.feature import Feature
from sample_layers.generator.frame import Floats, name_id
from sample_layers.generator.ground import Ground

DATA = Path(__file__).resolve().parent / "data"
FAMILIES = 15_000
KAWASAN = {"Bantaran Utara": ("RW003", "RW004"), "Bantaran Tenggara": ("RW025", "RW026")}
"""Slum RT of some RW of the first kelurahan that the decree treats as one."""


@dataclass
class City:
    """All layers by name, the two grids, and the parts they were made of."""

    layers: dict[str, list[Feature]]
    dem: Floats
    flood: Floats


def build() -> City:
    """Run the parts in order."""
    bones = skeleton.draw()
    land = terrain.Terrain(bones)
    zoning = zones.Zones(bones, land)
    tree = blocks.grow(bones, zoning, blocks.choose_sites(bones, zoning))
    fabric = buildings.build(tree, bones)
    joining.join_small(tree, fabric, bones)
    regs = regions.tile(tree)
    streets = roads.lay(fabric.streets, bones, regs)
    hardship = poverty.weigh(bones, land, zoning, regs, fabric)
    homes = households.settle(fabric, regs, hardship.level, FAMILIES)
    regions.count_up(regs, homes.households, homes.persons)
    survey = slums.assess(hardship.slum, regs, homes, streets, land)
    considered.consider(survey.codes, survey.rows, regs, bones)

    ground, slum = Ground(fabric, streets, regs, bones), set(hardship.slum)
    dug = drains.dig(network.stretches(streets, bones, land), ground, land, slum)
    standing = assets.equip(fabric, ground, streets, regs, bones, slum, dug.assets)
    scene = proposals.Scene(fabric, tree, ground, streets, regs, bones, slum, dug.missing, standing.rows)
    wishes = proposals.propose(scene)

    layers = {
        "regions": basemap.region_rows(regs, _bases(survey)),
        "slum_areas": [
            *(_slum_area(n, code, regs) for n, code in enumerate(sorted(hardship.slum))),
            *(_kawasan(n, name, hardship.slum, regs) for n, name in enumerate(KAWASAN, 1)),
        ],
        "slum_assessments": [Feature(None, row) for row in survey.rows],
        "assets": standing.rows,
        "households": [Feature(point, row) for point, row in zip(homes.points, homes.rows, strict=True)],
        "roads": basemap.road_rows(streets, bones),
        "buildings": basemap.building_rows(fabric, standing.names),
        "waterways": basemap.waterway_rows(bones),
        "places": basemap.place_rows(fabric, bones),
        "spatial_plan": land_use.zone(tree, fabric, regs, bones),
        "city_programmes": programmes.plan(wishes, streets, bones, regs),
        "proposals": wishes,
        "forums": forums.hold(wishes, {code: item.name for code, item in regs.by_code.items()}),
    }
    dem, flood = land.grids(bones)
    return City(layers, dem, flood)


def _bases(survey: slums.Slums) -> dict[str, dict[str, object]]:
    """The base quantities of each slum RT in the latest year."""
    keep = ("area_verified_ha", "buildings", "persons", "road_ideal_m", "drain_ideal_m")
    return {str(row["code"]): {k: row[k] for k in keep} for row in survey.rows}


def _slum_area(n: int, code: str, regs: regions.Regions) -> Feature:
    _, rw, rt = code.split("-")
    kelurahan = regs.by_code[code[:13]]
    name = f"RT {int(rt[2:]):02d} RW {int(rw[2:]):02d} {kelurahan.name}"
    row: dict[str, object] = {
        "id": name_id("slum", n),
        "code": code,
        "name": name,
        "level": "rt",
        "kelurahan": kelurahan.code,
    }
    shape = shapely.MultiPolygon(shapely.get_parts(regs.by_code[code].shape))
    return Feature(shape, row)


def _kawasan(n: int, name: str, slum: list[str], regs: regions.Regions) -> Feature:
    home = min(regs.by_code[code[:13]].code for code in slum)
    parts = [
        regs.by_code[code].shape
        for code in sorted(slum)
        if code.startswith(home) and code.split("-")[1] in KAWASAN[name]
    ]
    row: dict[str, object] = {
        "id": name_id("kawasan", n),
        "code": f"{home}-KK{n:02d}",
        "name": f"Kawasan {name}",
        "level": "kawasan",
        "kelurahan": home,
    }
    return Feature(shapely.MultiPolygon(shapely.get_parts(shapely.union_all(parts))), row)


def write(city: City, folder: Path) -> None:
    """Write every layer and raster into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, features in city.layers.items():
        files.write_layer(folder, name, features, world=name in ("regions", "slum_areas"))
    files.write_raster(folder, "dem", city.dem)
    files.write_raster(folder, "flood", city.flood)


def main() -> None:
    """Build the city and write the committed files."""
    city = build()
    write(city, DATA)
    for name, features in city.layers.items():
        print(f"{name:18} {len(features):6}")
    size = sum(f.stat().st_size for f in DATA.iterdir())
    print(f"{'bytes in all':18} {size:6}")


if __name__ == "__main__":
    main()
