"""The facts of a kelurahan in the hands of the science: read once, kept while nothing of them changes.

It knows nothing about proposals. The versions of the layers name the facts, so a cached copy can never be stale:
every write bumps its layer's version in the same transaction.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gis_core import households, slum
from gis_core.geodesy import Projector, utm_epsg
from webgis.planning.catalogue import WorkType
from webgis.planning.errors import NotFound
from webgis.store import facts as tables
from webgis.store import regions

FACT_LAYERS: Final = ("assets", "hazards", "households", "regions", "slum-areas", "waterways")
NOT_WORKING: Final = ("heavy_damage", "broken")
MARGIN_M: Final = 500.0
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Flood:
    """The flood raster: file and the depth in metres above which a place counts as flooded."""

    path: Path
    threshold: float


@dataclass(frozen=True, eq=False)
class Facts:
    """A kelurahan in metres: outline, RT with their slum forms, poor households, assets, water, flood raster.

    poor_homes weigh 1 each; assessed (z,) tells which RT have a form; versions are those of FACT_LAYERS.
    """

    kelurahan: str
    projector: Projector
    outline: BaseGeometry
    zones: tables.Zones
    homes: households.Points
    assets: tables.Assets
    water: NDArray[np.object_]
    assessed: NDArray[np.bool_]
    shares: Floats
    form: slum.Assessment
    flood: Flood | None
    versions: Mapping[str, int]
    _need: dict[str, Floats] = field(default_factory=dict)

    def need(self, work_type: WorkType) -> Floats:
        """What each poor household lacks of a service, 1 or 0: none where a working asset is near (method 2.4)."""
        if (known := self._need.get(work_type.key)) is None:
            known = households.need(self.homes, list(self.working(work_type)), max(work_type.reach, 0.5))
            self._need[work_type.key] = known
        return known

    def working(self, work_type: WorkType) -> NDArray[np.object_]:
        """Existing assets that give the service of a work type now."""
        serves = np.isin(self.assets.kind, work_type.served_by)
        if work_type.served_when == "good":
            serves &= self.assets.condition == "good"
        else:
            serves &= ~np.isin(self.assets.condition, NOT_WORKING)
        return self.assets.geometry[serves]


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
    return Facts(
        kelurahan=kelurahan,
        projector=projector,
        outline=projector.to_metres(outline),
        zones=zones,
        homes=households.Points(poor.xy, np.ones(len(poor.xy)), poor.zone),
        assets=tables.assets(session, kelurahan, projector.epsg, MARGIN_M),
        water=tables.waterways(session, kelurahan, projector.epsg),
        assessed=np.asarray(np.isfinite(shares).any(axis=1), dtype=np.bool_),
        shares=shares,
        form=slum.assess(shares),
        flood=_flood(session, data_dir),
        versions=versions,
    )


def _flood(session: Session, data_dir: Path) -> Flood | None:
    """The first registered flood raster whose file is there."""
    for row in tables.hazards(session):
        path = data_dir / row["path"]
        if row["kind"] == "flood" and path.is_file():
            return Flood(path, 0.3 if row["threshold"] is None else float(row["threshold"]))
    return None
