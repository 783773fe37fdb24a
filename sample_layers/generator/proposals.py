"""About ninety wishes of the residents, in all states, each on a real gang, drain, house or free patch of the city.

It knows nothing about scoring; it is what a kelurahan would have on its list after two years of using the system.
The idea: needs come from what is missing or broken on the map, so a proposal can be checked against the layers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from .assets import banks
from .blocks import Tree
from .buildings import Fabric
from .feature import Feature
from .frame import lonlat, name_id, stream
from .ground import Ground, beside
from .money import PAKET_MIXES, catalogue, cost_of, funding_of, split
from .network import Stretch
from .regions import Regions
from .reviews import walk
from .roads import Road
from .skeleton import Skeleton
from .wording import PROBLEMS, TITLES

WISHES = {
    "drain_new": 9, "drain_repair": 5, "drain_cleaning": 3, "culvert": 2, "infiltration_well": 2,
    "retaining_wall": 2, "road_paving": 7,
    "road_concrete": 4, "road_asphalt": 2, "footbridge": 1, "stairway": 1, "water_tap": 5, "borehole": 3,
    "water_pipe": 3, "rain_tank": 1,
    "latrine": 3, "mck": 4, "communal_wwtp": 3, "sewer": 2, "waste_bins": 1, "waste_cart": 2, "tps3r": 2,
    "hydrant": 2, "fire_pump": 1,
    "house_repair": 4, "consolidation": 1, "street_light": 3, "green_space": 2, "playground": 1,
    "posyandu": 2, "paud": 1,
    "community_hall": 2, "library": 1, "scholarship": 1, "training": 1, "revolving_loan": 1,
    "market_stall": 1, "urban_farm": 1,
}  # fmt: skip
QUOTA = {
    "99.01.01.1001": 31, "99.01.01.1002": 12, "99.01.01.1003": 12, "99.01.02.1001": 15, "99.01.02.1002": 11,
    "99.01.02.1003": 11,
}  # fmt: skip
ONLY = {
    "stairway": ("99.01.02.1003",), "footbridge": ("99.01.01.1001", "99.01.01.1003"),
    "consolidation": ("99.01.01.1001",),
    "retaining_wall": ("99.01.01.1001", "99.01.02.1001", "99.01.02.1003"),
}  # fmt: skip
STATES = {
    "draft": 10, "submitted": 13, "verified": 11, "under_review": 6, "approved": 13, "returned": 6,
    "rejected": 6, "funded": 9,
    "under_construction": 7, "completed": 7, "withdrawn": 4,
}  # fmt: skip
PAKET_EXTRA = {
    "approved": 3,
    "funded": 3,
    "under_construction": 1,
    "completed": 2,
    "returned": 1,
    "rejected": 1,
}
PAKET_FROM = 45_000_000
PATCH = {
    "tps3r": (11.0, 8.0),
    "green_space": (12.0, 9.0),
    "playground": (9.0, 8.0),
    "community_hall": (9.0, 7.0),
    "urban_farm": (16.0, 11.0),
}
ROADSIDE = ("water_tap", "hydrant", "street_light", "waste_bins", "waste_cart", "market_stall", "culvert")
AT_HOME = ("latrine", "house_repair", "scholarship", "training", "revolving_loan", "fire_pump", "library")
UNITS = {
    "latrine": (4, 12), "house_repair": (2, 7), "street_light": (3, 9), "waste_bins": (10, 30),
    "waste_cart": (1, 3), "rain_tank": (3, 7),
    "infiltration_well": (2, 5), "scholarship": (10, 30), "training": (12, 25), "revolving_loan": (10, 25),
    "market_stall": (4, 8),
    "fire_pump": (1, 3), "water_tap": (1, 3), "culvert": (1, 2), "consolidation": (8, 14),
}  # fmt: skip
COFUNDERS = {"apbd", "apbd_prov", "dak", "apbn", "hibah", "swasta", "lainnya"}
GRANTED = {"approved", "funded", "under_construction", "completed"}
LOOKED_AT = {"verified", "under_review", "returned"}
READY = {  # how far the papers have come: chance of a document, and of the better land papers
    "draft": 0.15, "submitted": 0.4, "verified": 0.7, "under_review": 0.85, "approved": 0.93,
    "returned": 0.45, "rejected": 0.4,
    "funded": 0.98, "under_construction": 1.0, "completed": 1.0, "withdrawn": 0.3,
}  # fmt: skip
PAPERS = ("survey", "drawing", "cost_estimate", "site_check", "operator", "fee", "schedule", "rules")
LAND = ("none", "verbal", "signed", "certificate")
_geod = Geod(ellps="WGS84")


@dataclass
class Scene:
    """The city as those see it who write proposals."""

    fabric: Fabric
    tree: Tree
    ground: Ground
    roads: list[Road]
    regions: Regions
    bones: Skeleton
    slum: set[str]
    missing: list[Stretch]
    assets: list[Feature]
    used: set[int] = field(default_factory=set)


@dataclass
class _Wish:
    work: str
    shape: BaseGeometry
    road: str
    state: str = ""
    paket: bool = False


def propose(scene: Scene) -> list[Feature]:
    """All proposals as rows with their reviews and comments."""
    rng, types, preparing = stream("proposals"), catalogue(), stream("paket")
    wishes = _wishes(scene, rng)
    _give_states(wishes, types, rng)
    rows = [_row(n, wish, types[wish.work], scene, rng) for n, wish in enumerate(wishes)]
    for wish, row in zip(wishes, rows, strict=True):
        if wish.paket:
            _prepare(row.properties, preparing)
    return rows


def _wishes(scene: Scene, rng: np.random.Generator) -> list[_Wish]:
    """Place every wish in a kelurahan that still has room for one."""
    left, out = dict(QUOTA), []
    works = [work for work, count in WISHES.items() for _ in range(count)]
    order = sorted(range(len(works)), key=lambda k: (works[k] not in ONLY, float(rng.random())))
    for k in order:
        open_ = [kel for kel in ONLY.get(works[k], tuple(left)) if left[kel] > 0] or list(
            ONLY.get(works[k], left)
        )
        weight = np.array([max(left[kel], 0.5) for kel in open_])
        for kel in rng.choice(open_, size=len(open_), replace=False, p=weight / weight.sum()):
            found = _find(works[k], str(kel), scene, rng)
            if found is not None:
                left[str(kel)] -= 1
                out.append(_Wish(works[k], *found))
                break
    return sorted(out, key=lambda w: (round(w.shape.centroid.x * 7919 + w.shape.centroid.y) % 997, w.work))


def _find(work: str, kel: str, scene: Scene, rng: np.random.Generator) -> tuple[BaseGeometry, str] | None:
    """A geometry for a kind of work inside one kelurahan, and the street it lies on."""
    if work == "drain_new":
        return _lane(scene, kel, rng, [s.line for s in scene.missing], 0.0) or _lane(
            scene, kel, rng, _lanes(scene, 45, 160), 0.6
        )
    if work in ("drain_repair", "drain_cleaning"):
        bad = (
            ("heavy_damage", "broken") if work == "drain_repair" else ("light_damage", "heavy_damage", "good")
        )
        return _asset(scene, kel, rng, "drain", bad)
    if work in ("road_paving", "road_concrete", "stairway"):
        worn = [
            r.line
            for r in scene.roads
            if r.cls == "gang" and r.condition != "good" and 35 < r.line.length < 170
        ]
        return _lane(scene, kel, rng, worn, 0.0) or _lane(scene, kel, rng, _lanes(scene, 30, 170), 0.0)
    if work in ("road_asphalt", "water_pipe", "sewer"):
        return _lane(scene, kel, rng, _lanes(scene, 60, 280), 0.0 if work == "road_asphalt" else 0.4)
    if work == "retaining_wall":
        walls = [b for b in banks(scene.bones, scene.ground, 9, 4) if scene.ground.kelurahan_of(b) == kel]
        return (walls[int(rng.integers(len(walls)))], "Kali Tirta") if walls else None
    if work == "footbridge":
        at = float(rng.uniform(250, 1000))
        ends = [beside(scene.bones.canal, at, side) for side in (5.5, -5.5)]
        own = [p for p in ends if scene.ground.kelurahan_of(p) == kel]
        return (own[0], "Saluran Irigasi") if own else None
    if work == "consolidation":
        return _slum_block(scene, kel, rng)
    return _point_or_patch(work, kel, scene, rng)


def _lanes(scene: Scene, low: float, high: float) -> list[shapely.LineString]:
    return [r.line for r in scene.roads if r.cls in ("gang", "local") and low < r.line.length < high]


def _lane(
    scene: Scene, kel: str, rng: np.random.Generator, lines: list[shapely.LineString], offset: float
) -> tuple[BaseGeometry, str] | None:  # fmt: skip
    """One of these lines that lies well inside the kelurahan, slum RT first."""
    inside = scene.regions.by_code[kel].metric.buffer(-1.5)
    shapely.prepare(inside)
    near = [line for line in lines if inside.contains(line) and _key(line) not in scene.used]
    if not near:
        return None
    slum = [line for line in near if scene.ground.rt_of(line) in scene.slum]
    pool = slum if slum and rng.random() < min(0.8, 0.06 * len(slum)) else near
    line = pool[int(rng.integers(len(pool)))]
    scene.used.add(_key(line))
    road = min(scene.roads, key=lambda r: r.line.distance(line.interpolate(0.5, normalized=True)))
    moved = line.offset_curve(-offset) if offset else line
    shape = moved if moved.geom_type == "LineString" and inside.contains(moved) else line
    return shapely.set_precision(shape, 0.01), road.name


def _key(line: BaseGeometry) -> int:
    middle = line.interpolate(0.5, normalized=True)
    return round(middle.x) * 10_000 + round(middle.y)


def _asset(
    scene: Scene, kel: str, rng: np.random.Generator, kind: str, conditions: tuple[str, ...]
) -> tuple[BaseGeometry, str] | None:  # fmt: skip
    """The geometry of a standing asset that needs work."""
    rows = [
        a for a in scene.assets
        if a.properties["kind"] == kind and a.properties["kelurahan"] == kel and a.properties["condition"] in conditions
        and a.geometry is not None and a.geometry.length < 190 and _key(a.geometry) not in scene.used
    ]  # fmt: skip
    if not rows:
        return None
    row = rows[int(rng.integers(len(rows)))]
    shape = row.geometry
    if shape is None:
        return None
    scene.used.add(_key(shape))
    return shape, str(row.properties["name"]).removeprefix("Saluran ")


def _slum_block(scene: Scene, kel: str, rng: np.random.Generator) -> tuple[BaseGeometry, str] | None:
    codes = scene.regions.rt_of_unit
    slum = [b for b in scene.tree.blocks if b.zone == "slum" and codes.get(b.rt, "") in scene.slum]
    fit = [b for b in slum if codes[b.rt].startswith(kel) and 700 < b.polygon.area < 1400]
    blocks = [b.polygon.buffer(-1.0) for b in fit]
    whole = [
        b
        for b in blocks
        if b.geom_type == "Polygon"
        and scene.ground.kelurahan_of(b) == kel
        and not b.intersects(scene.bones.water)
    ]
    if not whole:
        return None
    return shapely.set_precision(whole[int(rng.integers(len(whole)))], 0.01), ""


def _point_or_patch(
    work: str, kel: str, scene: Scene, rng: np.random.Generator
) -> tuple[BaseGeometry, str] | None:
    """A free patch, a place beside a street, a house or a yard, in a slum RT if there is one."""
    all_ = [r for r in scene.regions.of_kind("rt") if r.code.startswith(kel) and r.households > 15]
    poor = [r for r in all_ if r.code in scene.slum]
    for _ in range(60):
        pool = poor if poor and rng.random() < min(0.7, 0.07 * len(poor)) else all_
        region = pool[int(rng.integers(len(pool)))]
        shape: BaseGeometry | None = None
        road = ""
        if work in PATCH:
            shape = scene.ground.patch(region, rng, *PATCH[work])
        elif work in AT_HOME:
            homes = [
                b
                for b in scene.fabric.buildings
                if b.use == "house" and scene.regions.rt_of_unit.get(b.rt) == region.code
            ]
            shape = homes[int(rng.integers(len(homes)))].polygon.representative_point() if homes else None
        elif work in ROADSIDE:
            near = [
                r
                for r in scene.roads
                if r.rt == region.code and r.cls in ("gang", "local") and r.line.length > 20
            ]
            if near:
                lane = near[int(rng.integers(len(near)))]
                shape = beside(
                    lane.line, lane.line.length * float(rng.uniform(0.2, 0.8)), lane.width / 2 + 0.2
                )
                road = lane.name
        else:
            shape = scene.ground.spot(region, rng, 2.0)
        if (
            shape is not None
            and scene.ground.kelurahan_of(shape.buffer(0.5)) == kel
            and not shape.intersects(scene.bones.water)
        ):
            return shape, road or _street_near(scene, shape)
    return None


def _street_near(scene: Scene, shape: BaseGeometry) -> str:
    return min((r for r in scene.roads if r.cls != "rail"), key=lambda r: r.line.distance(shape)).name


def _give_states(wishes: list[_Wish], types: dict[str, dict[str, object]], rng: np.random.Generator) -> None:
    """Deal the states; PAKET goes to larger works of the environment."""
    states = [s for s, count in STATES.items() for _ in range(count)]
    weight = [_size(w, types) for w in wishes]
    large = [
        i
        for i in rng.permutation(len(wishes)).tolist()
        if weight[i] >= PAKET_FROM and types[wishes[i].work]["daya"] == "environment"
    ]
    wanted = ["under_review"] * STATES["under_review"] + [s for s, n in PAKET_EXTRA.items() for _ in range(n)]
    for i, state in zip(large, wanted, strict=False):
        wishes[i].state, wishes[i].paket = state, True
        states.remove(state)
    rest = [w for w in wishes if not w.state]
    states = [s for s in states if s != "under_review"]
    for wish, k in zip(rest, rng.permutation(len(states)).tolist(), strict=False):
        wish.state = states[k]
    for wish in rest:
        wish.state = wish.state or "submitted"


def _size(wish: _Wish, types: dict[str, dict[str, object]]) -> float:
    measure = (
        wish.shape.length
        if types[wish.work]["unit"] == "m"
        else wish.shape.area
        if types[wish.work]["unit"] == "m2"
        else 1.0
    )
    return float(str(types[wish.work]["unit_cost"])) * measure


def _volume(wish: _Wish, unit: str, rng: np.random.Generator) -> tuple[float, bool]:
    """Length or area on the ellipsoid, or a number of units; True when the number was typed."""
    placed = lonlat(wish.shape)
    if unit == "m":
        return round(float(_geod.geometry_length(placed)), 1), False
    if unit == "m2":
        return round(abs(float(_geod.geometry_area_perimeter(placed)[0])), 1), False
    if wish.work in UNITS:
        number = float(rng.integers(*UNITS[wish.work], endpoint=True))
        return number, number != 1.0
    return 1.0, False


def _readiness(state: str, rng: np.random.Generator) -> dict[str, object]:
    chance = READY[state]
    ready: dict[str, object] = {paper: bool(rng.random() < chance) for paper in PAPERS}
    ready["land"] = LAND[
        int(np.clip(np.floor(chance * 2.4 + rng.normal(0.3, 0.6)), 2 if chance > 0.9 else 0, 3))
    ]
    return ready


def _evidence(state: str, funding: dict[str, int]) -> str:
    """What stands behind the money of others: a letter once it is granted, a word once somebody has looked at it."""
    if not COFUNDERS & funding.keys():
        return "none"
    return "letter" if state in GRANTED else "verbal" if state in LOOKED_AT else "none"


def _prepare(row: dict[str, object], rng: np.random.Generator) -> None:
    """How well a BKM prepared its application: whose money is agreed, and with some, every paper in hand."""
    mix, state = PAKET_MIXES[int(rng.choice(len(PAKET_MIXES), p=(0.4, 0.4, 0.2)))], str(row["state"])
    row["funding"] = split(int(str(row["cost"])), mix)
    if rng.random() < (0.5 if state in LOOKED_AT else 0.9 if state in GRANTED else 0.1):
        row["readiness"] = {**dict.fromkeys(PAPERS, True), "land": "certificate", "cofunding": "letter"}
    elif state in LOOKED_AT:
        row["readiness"] = {**row["readiness"], "survey": False, "cofunding": "none"}  # type: ignore[dict-item]


def _row(n: int, wish: _Wish, kind: dict[str, object], scene: Scene, rng: np.random.Generator) -> Feature:
    """The proposal as it stands in the file."""
    rt = scene.ground.rt_of(wish.shape)
    kel, rw_code = rt[:13], rt.rsplit("-", 1)[0]
    rw, rt_number, name = int(rt[16:19]), int(rt[-3:]), scene.regions.by_code[kel].name
    volume, typed = _volume(wish, str(kind["unit"]), rng)
    cost, cost_typed = cost_of(volume, int(str(kind["unit_cost"])), rng)
    words = {
        "road": wish.road,
        "rt": f"RT {rt_number:02d}/RW {rw:02d}",
        "rw": f"RW {rw:02d}",
        "n": int(volume),
        "kel": name,
    }
    path = walk(wish.state, wish.paket, name, rw, rt_number, rng)
    title = str(rng.choice(TITLES[wish.work])).format(**words)
    problem = str(rng.choice(PROBLEMS[wish.work]))
    funding, ready = funding_of(cost, wish.paket, rng), _readiness(wish.state, rng)
    row: dict[str, object] = {
        "id": name_id("proposal", n), "title": title, "description": problem,
        "work_type": wish.work, "kelurahan": kel, "rw": rw_code,
        "volume": volume, "volume_typed": typed, "unit": kind["unit"], "cost": cost, "cost_typed": cost_typed,
        "funding": funding, "readiness": {**ready, "cofunding": _evidence(wish.state, funding)},
        "is_paket": wish.paket,
        "state": wish.state, "created_at": path.created_at, "reviews": path.reviews, "comments": path.comments,
    }  # fmt: skip
    return Feature(wish.shape, row)
