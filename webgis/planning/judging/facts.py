"""The facts of a kelurahan in the hands of the science: read once, kept while nothing of them changes.

It knows nothing about proposals. The versions of the layers name the facts, so a cached copy can never be stale:
every write bumps its layer's version in the same transaction.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from gis_core import frontage, households, raster, slum, walking
from gis_core import terrain as ground
from gis_core.geodesy import Projector, utm_epsg
from gis_core.motor_access import Today
from gis_core.on_foot import Walkers
from gis_core.raster import Grid
from gis_core.terrain import Terrain
from webgis.planning.catalogues import zoning
from webgis.planning.catalogues.catalogue import WorkType, catalogue
from webgis.planning.catalogues.vocabulary import STREETS, WATERWAYS
from webgis.planning.errors import NotFound
from webgis.planning.judging import fact_dates
from webgis.planning.judging.fact_dates import Dated
from webgis.store import facts as tables
from webgis.store import forums, regions

FACT_LAYERS: Final = (
    "assets", "buildings", "forums", "hazards", "households", "regions", "roads", "slum-areas", "spatial-plan",
    "waterways",
)  # fmt: skip
NOT_WORKING: Final = ("heavy_damage", "broken")
MARGIN_M: Final = 500.0
NEAR_M: Final = 100.0
"""How far beyond the border streets, water and rasters are read: ends join, and banks are kept clear, across it."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Flood:
    """The flood raster and the depth in metres above which a place counts as flooded."""

    depth: Grid
    threshold: float


@dataclass(frozen=True, eq=False)
class Facts:
    """A kelurahan in metres: outline, RT with their slum forms, poor households, assets, water, spatial plan, streets,
    rasters.

    homes: poor households, 1 each, with their vulnerable people (n,). everybody: all households of the RT shared
    over their houses. assessed (z,) tells which RT have a form; approval: share of a forum's voters for a proposal by
    its id; versions are those of FACT_LAYERS; dated: set of data -> where it comes from and of when it is.
    """

    kelurahan: str
    projector: Projector
    outline: BaseGeometry
    zones: tables.Zones
    homes: households.Points
    vulnerable: Floats
    everybody: households.Points
    assets: tables.Assets
    water: tables.Waterways
    plan: tables.SpatialPlan
    streets: tables.Streets
    assessed: NDArray[np.bool_]
    shares: Floats
    form: slum.Assessment
    flood: Flood | None
    terrain: Terrain | None
    approval: Mapping[str, float]
    versions: Mapping[str, int]
    dated: Mapping[str, Dated]
    _need: dict[str, Floats] = field(default_factory=dict)
    _network: dict[tuple[str, ...], shapely.STRtree] = field(default_factory=dict)

    @cached_property
    def roads(self) -> walking.Network:
        """The streets and gangs as people walk them."""
        return walking.build(self.streets.geometry)

    @cached_property
    def poor_on_foot(self) -> Walkers:
        """The poor households beside the roads."""
        return Walkers(self.roads, self.homes, catalogue().way)

    @cached_property
    def to_motor_roads(self) -> Today:
        """The poor households and the roads that cars use now."""
        motor = np.isin(self.streets.kind, catalogue().motor)
        return Today.of(self.poor_on_foot, self.streets.geometry, motor)

    @cached_property
    def everybody_on_foot(self) -> Walkers:
        """All households beside the roads."""
        return Walkers(self.roads, self.everybody, catalogue().way)

    def need(self, work_type: WorkType) -> Floats:
        """What each poor household lacks of a service, 1 to 0: none where a working asset is near (method 2.4)."""
        if (known := self._need.get(work_type.key)) is None:
            radius = max(work_type.reach, 0.5)
            working = self.working(work_type)
            if work_type.on_foot:
                way = self.poor_on_foot.walk(working, radius).metres
                known = 1.0 - households.decayed(way, radius, work_type.decay)
            else:
                metres = households.to_nearest(self.homes, working, radius)
                if work_type.nearest_way:
                    people, is_way = self.poor_on_foot, STREETS in work_type.network
                    metres = frontage.brought_near(metres, people, working, is_way, radius)
                known = 1.0 - households.decayed(metres, radius, work_type.decay)
            self._need[work_type.key] = known
        return known

    def working(self, work_type: WorkType) -> NDArray[np.object_]:
        """Existing assets that give the service of a work type now."""
        return self.assets.geometry[self.serving(work_type)]

    def serving(self, work_type: WorkType) -> NDArray[np.bool_]:
        """Which of the assets give the service of a work type now."""
        serves = np.isin(self.assets.kind, work_type.served_by)
        if work_type.served_when == "good":
            serves &= self.assets.condition == "good"
        else:
            serves &= ~np.isin(self.assets.condition, NOT_WORKING)
        return np.asarray(serves)

    def network_near(
        self, work_type: WorkType, place: BaseGeometry, within_m: float
    ) -> NDArray[np.object_] | None:
        """What the ends of a work of this type could join near a place: working assets, streets, water.

        None where the kelurahan has no such network at all.
        """
        if (tree := self._network.get(work_type.network)) is None:
            works = np.isin(self.assets.kind, work_type.network) & ~np.isin(
                self.assets.condition, NOT_WORKING
            )
            found = [self.assets.geometry[works]]
            found += [self.streets.geometry] if STREETS in work_type.network else []
            found += [self.water.geometry] if WATERWAYS in work_type.network else []
            tree = self._network[work_type.network] = shapely.STRtree(np.concatenate(found))
        if not len(tree):
            return None
        return np.asarray(tree.geometries[np.sort(tree.query(place, "dwithin", within_m))])

    @cached_property
    def outlets(self) -> shapely.STRtree:
        """What a drain may flow into: the drains and waters there are."""
        drains = self.assets.geometry[self.assets.kind == "drain"]
        return shapely.STRtree(np.concatenate([drains, self.water.geometry]))

    def plan_near(self, place: BaseGeometry, within_m: float) -> tables.SpatialPlan:
        """The pieces of zones within a distance of a place."""
        near = np.sort(self._plan_tree.query(place, "dwithin", within_m))
        plan = self.plan
        return tables.SpatialPlan(
            plan.code[near], plan.label[near], plan.precedence[near], plan.geometry[near]
        )

    @cached_property
    def _plan_tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.plan.geometry)

    @property
    def poor_share(self) -> float | None:
        """Poor households of the kelurahan over all its households, 0..1; None where either is not on record."""
        everybody = float(self.zones.households.sum())
        return min(len(self.homes) / everybody, 1.0) if everybody > 0 and len(self.homes) else None


class FactsCache:
    """The facts of the kelurahan last asked for, at most `size` of them; safe for the threads of one process."""

    def __init__(self, data_dir: Path, size: int = 24) -> None:
        self._data_dir, self._size = data_dir, size
        self._kept: OrderedDict[tuple[object, ...], Facts] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, session: Session, kelurahan: str, versions: Mapping[str, int]) -> Facts:
        """The facts at these versions; reads them if they are not at hand. Raises NotFound."""
        mine = {layer: versions.get(layer, 0) for layer in FACT_LAYERS}
        bind = session.get_bind()
        key = (str(getattr(bind, "url", "")), kelurahan, *mine.values())
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
        read = _read(session, kelurahan, mine, self._data_dir)
        with self._lock:
            self._kept[key] = read
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return read


def _read(session: Session, kelurahan: str, versions: Mapping[str, int], data_dir: Path) -> Facts:
    row = regions.find(session, kelurahan)
    if row is None or row["kind"] != "kelurahan" or row["geojson"] is None:
        raise NotFound("no_kelurahan", kelurahan=kelurahan)
    outline = shapely.from_geojson(row["geojson"])
    middle = outline.centroid
    projector = Projector(utm_epsg(middle.x, middle.y))
    zones = tables.zones(session, kelurahan, projector.epsg)
    poor = tables.homes(session, kelurahan, projector.epsg, zones.codes)
    shares = slum.shares(zones.volumes, zones.bases)
    metres = projector.to_metres(outline)
    flood, terrain, rasters = _rasters(session, data_dir, metres, projector.epsg)
    return Facts(
        kelurahan=kelurahan,
        projector=projector,
        outline=metres,
        zones=zones,
        homes=households.Points(poor.xy, np.ones(len(poor.xy)), poor.zone),
        assets=tables.assets(session, kelurahan, projector.epsg, MARGIN_M),
        vulnerable=poor.vulnerable,
        everybody=_everybody(zones, tables.dwellings(session, kelurahan), projector),
        water=tables.waterways(session, kelurahan, projector.epsg, NEAR_M),
        plan=tables.spatial_plan(session, kelurahan, projector.epsg, NEAR_M, zoning.PLANS),
        streets=tables.streets(session, kelurahan, projector.epsg, NEAR_M),
        assessed=np.asarray(np.isfinite(shares).any(axis=1), dtype=np.bool_),
        shares=shares,
        form=slum.assess(shares),
        flood=flood,
        terrain=terrain,
        approval={row["id"]: float(row["share"]) for row in forums.approvals(session, kelurahan)},
        versions=versions,
        dated=fact_dates.read(session, kelurahan, versions, rasters),
    )


def _everybody(zones: tables.Zones, houses: tables.Dwellings, projector: Projector) -> households.Points:
    """All households of the RT, each RT's shared over its houses by their footprint (dasymetric, method 2.5)."""
    if not len(houses.footprint) or not len(zones.codes):
        return households.Points(np.zeros((0, 2)), np.zeros(0), np.zeros(0, dtype=np.int64))
    xy = shapely.get_coordinates(projector.to_metres(shapely.multipoints(houses.lonlat)))
    house, zone = shapely.STRtree(shapely.points(xy)).query(zones.outlines, predicate="intersects")[::-1]
    house, first = np.unique(house, return_index=True)
    zone = zone[first]
    whole = np.bincount(zone, weights=houses.footprint[house], minlength=len(zones.codes))
    return households.Points(xy[house], zones.households[zone] * houses.footprint[house] / whole[zone], zone)


def _rasters(
    session: Session, data_dir: Path, around: BaseGeometry, epsg: int
) -> tuple[Flood | None, Terrain | None, dict[str, RowMapping]]:
    """The first registered raster of each kind that is there and reaches the kelurahan, cut to it, and its row."""
    found: dict[str, Grid] = {}
    rows: dict[str, RowMapping] = {}
    threshold = 0.3
    for row in tables.hazards(session):
        path = data_dir / row["path"]
        if row["kind"] in found or not path.is_file():
            continue
        if (cut := raster.clipped(path, around, epsg, NEAR_M)) is not None:
            found[row["kind"]], rows[row["kind"]] = cut, row
            if row["kind"] == "flood" and row["threshold"] is not None:
                threshold = float(row["threshold"])
    depth, height = found.get("flood"), found.get("dem")
    return (
        None if depth is None else Flood(depth, threshold),
        None if height is None else ground.terrain(height),
        rows,
    )
