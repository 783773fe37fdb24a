"""What a work does at its place: who is served, which deficits it meets, what it does to the slum form.

It knows nothing about accounts, states or the screen; it joins a work to the facts and asks gis_core.
Criteria and their rules for missing data are the method's section 2; what an RT without form means stands below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis_core import households, raster, site, slum
from webgis.planning.catalogue import LAND, MAINTENANCE, TECHNICAL, WorkType
from webgis.planning.facts import Facts

Floats = NDArray[np.float64]

KNOWN_SHARE: Final = 0.5
"""Below this share of the served homes (or of the place) in RT with a form, severity and deficit are unknown."""
_SMALLEST_REACH: Final = 0.5
_NETWORKS: Final = (("2a", "2b"), ("4b", "4c"))
"""Criteria of one network: a metre of work mends one or the other, never both."""


@dataclass(frozen=True, eq=False)
class Work:
    """A work to be judged: geometry in the metres of its kelurahan, volume in the unit of its type, rupiah."""

    id: str
    type: WorkType
    geometry: BaseGeometry
    volume: float
    cost: int
    funding: Mapping[str, int]
    readiness: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class SlumChange:
    """The predicted form of the RT a work touches: zone rows (k,), totals and grades before and after, kontribusi."""

    zones: NDArray[np.intp]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    grade_before: tuple[str, ...]
    grade_after: tuple[str, ...]
    contribution: float


@dataclass(frozen=True, eq=False)
class Effect:
    """Everything a work does: values by criterion (None unknown), homes served and reached, shares by RT.

    deficits: (criterion, zone row, share) of what the type mends where it stands. split: share of the work by RT.
    """

    values: Mapping[str, float | None]
    served: float
    reached: float
    deficits: tuple[tuple[str, int, float], ...]
    change: SlumChange
    flood_share: float | None
    split: Floats


def effect(facts: Facts, work: Work) -> Effect:
    """Judge a work by the facts of its kelurahan. Raises BadInput for a geometry that cannot be scored."""
    reach = max(work.type.reach, _SMALLEST_REACH)
    reached = households.reach(work.geometry, facts.homes, reach) * facts.homes.weight
    served = newly_served(facts, work)
    area = work.geometry.buffer(reach, quad_segs=16)
    by_zone = _areas(area, facts)
    parts = site.split_by_zone(work.geometry, list(facts.zones.outlines))
    split = parts.parts / parts.whole
    change = _change(facts, work, area, by_zone, parts.parts)
    flood = _flood_share(facts, work)
    values: dict[str, float | None] = {
        "slum_severity": _severity(facts, reached, by_zone),
        "service_deficit": _deficit(facts, work, reached, by_zone),
        "slum_reduction": change.contribution if facts.assessed.any() else None,
        "poor_served": served.total if len(facts.homes) else None,
        "cost_per_poor": site.cost_per_household(work.cost, served.total),
        "swadaya": min(work.funding.get("swadaya", 0) / work.cost, 1.0),
        "land": float(LAND.get(str(work.readiness.get("land", "none")), 0)),
        "technical": _checked(work.readiness, TECHNICAL),
        "maintenance": _checked(work.readiness, MAINTENANCE),
        # Water works go where the water is: flood is their need, not their risk (method, end of section 2).
        "flood": 0.0 if "4a" in work.type.improves else flood,
    }
    return Effect(values, served.total, float(reached.sum()), _met(facts, work, split), change, flood, split)


def newly_served(facts: Facts, work: Work) -> households.Served:
    """The poor households a work serves that lack its service today, within its capacity."""
    capacity = None if work.type.capacity is None else work.type.capacity * _units(work)
    reach = max(work.type.reach, _SMALLEST_REACH)
    return households.served(work.geometry, facts.homes, reach, facts.need(work.type), capacity)


def mended(facts: Facts, work: Work) -> Floats:
    """Deficit volumes a work takes away per RT and criterion (z, 16), its efficiency counted; see `_delivered`."""
    parts = site.split_by_zone(work.geometry, list(facts.zones.outlines))
    area = work.geometry.buffer(max(work.type.reach, _SMALLEST_REACH), quad_segs=16)
    efficiency = np.array([work.type.improves.get(code, 1.0) for code in slum.CRITERIA])
    return np.asarray(_delivered(facts, work, _areas(area, facts), parts.parts) * efficiency)


def _units(work: Work) -> float:
    """How many units the capacity of the catalogue counts for; a line is one."""
    return 1.0 if work.type.unit == "m" else max(work.volume, 1.0)


def _areas(area: BaseGeometry, facts: Facts) -> Floats:
    """Square metres of a service area in each RT."""
    result = np.zeros(len(facts.zones.codes))
    if len(result):
        near = shapely.intersects(facts.zones.outlines, area)
        result[near] = shapely.area(shapely.intersection(facts.zones.outlines[near], area))
    return result


def _known(facts: Facts, weight: Floats, by_zone: Floats) -> bool:
    """Whether enough of the homes reached (of the land, where there are none) lies in RT with a form."""
    inside = facts.homes.zone >= 0
    carried = np.bincount(facts.homes.zone[inside], weights=weight[inside], minlength=len(by_zone))
    weight_of = np.asarray(carried if carried.sum() > 0 else by_zone, dtype=np.float64)
    total = weight_of.sum()
    return bool(total > 0 and weight_of[facts.assessed].sum() / total >= KNOWN_SHARE)


def _severity(facts: Facts, reached: Floats, by_zone: Floats) -> float | None:
    """Slum total at the site. An RT without a form is not slum where its neighbours have been assessed."""
    if not facts.assessed.any():
        return None
    totals = np.where(facts.assessed, facts.form.total, 0).astype(np.float64)
    return site.severity(totals, reached, facts.homes.zone, by_zone)


def _deficit(facts: Facts, work: Work, reached: Floats, by_zone: Floats) -> float | None:
    """Deficit of the service at the site; by existing assets for services without an indicator."""
    if not work.type.improves:
        return site.unserved_share(reached, facts.need(work.type))
    if not _known(facts, reached, by_zone):
        return None
    return site.deficit(facts.shares, list(work.type.improves), reached, facts.homes.zone, by_zone)


def _met(facts: Facts, work: Work, split: Floats) -> tuple[tuple[str, int, float], ...]:
    """The deficits of the RT under a work that its type mends, where there are any."""
    found = []
    for zone in np.flatnonzero(split > 0):
        for code in work.type.improves:
            share = facts.shares[zone, slum.CRITERIA.index(code)]
            if np.isfinite(share) and share > 0:
                found.append((code, int(zone), float(share)))
    return tuple(found)


def _change(facts: Facts, work: Work, area: BaseGeometry, by_zone: Floats, parts: Floats) -> SlumChange:
    """The predicted slum form of the kelurahan with the work built."""
    delivered = _delivered(facts, work, by_zone, parts)
    efficiency = np.array([work.type.improves.get(code, 1.0) for code in slum.CRITERIA])
    predicted = slum.predict_change(facts.zones.volumes, facts.zones.bases, delivered, efficiency)
    touched = np.flatnonzero(facts.assessed & (delivered > 0).any(axis=1))
    weight = np.where(facts.assessed, facts.zones.households, 0.0)
    return SlumChange(
        zones=touched,
        before=predicted.before.total[touched],
        after=predicted.after.total[touched],
        grade_before=tuple(predicted.before.grade[touched].tolist()),
        grade_after=tuple(predicted.after.grade[touched].tolist()),
        contribution=site.predicted_delta(predicted.before.mean, predicted.after.mean, weight),
    )


def _delivered(facts: Facts, work: Work, by_zone: Floats, parts: Floats) -> Floats:
    """Volume per RT and criterion (z, 16) in the criterion's own unit (handbook 1.9).

    Metres: length of a line in the RT, shared between a network's missing and its bad metres as the RT has them.
    Hectares: service area in the RT. Households and buildings: those of the RT in proportion to the service area,
    together not more than the capacity; for works counted in houses or KK, their number.
    """
    zones = facts.zones
    outline = shapely.area(zones.outlines) if len(zones.codes) else np.zeros(0)
    covered = np.divide(by_zone, outline, out=np.zeros(len(outline)), where=outline > 0)
    line = int(shapely.get_dimensions(work.geometry)) == 1
    result = np.zeros((len(zones.codes), len(slum.CRITERIA)))
    for code in work.type.improves:
        j = slum.CRITERIA.index(code)
        base = slum.BASES[code]
        if base in ("road_ideal_m", "drain_ideal_m"):
            result[:, j] = parts * _network_share(facts, work, code) if line else 0.0
        elif base == "area_verified_ha":
            result[:, j] = by_zone / 10_000
        else:
            result[:, j] = _people(work, covered, parts, np.nan_to_num(zones.bases[base]))
    return result


def _people(work: Work, covered: Floats, parts: Floats, base: Floats) -> Floats:
    """Households or buildings a work delivers in each RT."""
    if work.type.unit in ("house", "KK"):
        return np.asarray(work.volume * parts / max(parts.sum(), 1e-9))
    count = covered * base
    if work.type.capacity is not None and count.sum() > 0:
        count = count * min(1.0, work.type.capacity * _units(work) / count.sum())
    return np.asarray(count)


def _network_share(facts: Facts, work: Work, code: str) -> Floats:
    """Which part of the metres in each RT goes to one criterion of a network (z,)."""
    for pair in _NETWORKS:
        if code in pair and all(k in work.type.improves for k in pair):
            both = np.nan_to_num(facts.zones.volumes[:, [slum.CRITERIA.index(k) for k in pair]])
            both = np.maximum(both, 0.0)
            total = both.sum(axis=1)
            mine = both[:, pair.index(code)]
            return np.asarray(np.divide(mine, total, out=np.zeros(len(total)), where=total > 0))
    return np.ones(len(facts.zones.codes))


def _flood_share(facts: Facts, work: Work) -> float | None:
    """Share of the work in the flooded part of the raster; None without raster or data there."""
    if facts.flood is None:
        return None
    return raster.exposure(work.geometry, facts.projector.epsg, facts.flood.path, facts.flood.threshold)


def _checked(readiness: Mapping[str, Any], items: tuple[str, ...]) -> float:
    """Share of a checklist that is ticked."""
    return sum(bool(readiness.get(item)) for item in items) / len(items)
