"""What a work does at its place: the raw value of each criterion, who is served, what of the slum form it mends.

It knows nothing about accounts, states or the screen; it joins a work to the facts and asks gis_core.
Criteria and their rules for missing data are the method's section 2; what an RT without form means stands below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis_core import households, network, raster, site
from gis_core import terrain as ground
from gis_core.on_foot import Walks
from gis_core.upkeep import present_value
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import COFUNDERS, COFUNDING, LAND, MAINTENANCE, TECHNICAL
from webgis.planning.judging import gates, mending
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.mending import SlumChange
from webgis.planning.judging.ways import Way, factor, told, ways
from webgis.planning.judging.work import Work, capacity_units, reach, service_area

Floats = NDArray[np.float64]

KNOWN_SHARE: Final = 0.5
"""Below this share of the served homes (or of the place) in RT with a form, severity and deficit are unknown."""


@dataclass(frozen=True, eq=False)
class Effect:
    """Everything a work does: values by criterion (None unknown), homes served and reached, shares by RT.

    kind: key of its type. of_everybody: severity and deficit over all homes in reach, whoever lives there. waived:
    criteria that are not asked of this type; their weight goes to others (decision 28). homes: rows of the poor homes
    newly served. way: how their ways were measured. beneficiaries: all households served. upkeep: rupiah of today.
    deficits: (criterion, zone row, share) of what the type mends where it stands. split: share of the work by RT.
    gates: those of the work alone.
    """

    kind: str
    values: Mapping[str, float | None]
    of_everybody: Mapping[str, float | None]
    waived: frozenset[str]
    served: float
    reached: float
    homes: frozenset[int]
    way: Way
    beneficiaries: float
    upkeep: float
    deficits: tuple[tuple[str, int, float], ...]
    change: SlumChange
    flood_share: float | None
    split: Floats
    gates: tuple[Gate, ...]


def effect(facts: Facts, work: Work) -> Effect:
    """Judge a work by the facts of its kelurahan. Raises BadInput for a geometry that cannot be scored."""
    way = ways(facts, work)
    reached = factor(work, way) * facts.homes.weight
    served = _served(facts, work, way, capacity(work))
    area = service_area(work)
    by_zone = mending.areas(facts, area)
    parts = site.split_by_zone(work.geometry, list(facts.zones.outlines))
    split = parts.parts / parts.whole
    change = mending.predict(facts, work, by_zone, parts.parts)
    flood = _flood_share(facts, work)
    near = factor(work, ways(facts, work, everybody=True)) * facts.everybody.weight
    everybody = min(_beneficiaries(facts, near, area), capacity(work))
    upkeep = present_value(work.type.upkeep * work.cost, work.type.life, catalogue().discount_rate)
    values: dict[str, float | None] = {
        "slum_severity": _severity(facts, facts.homes, reached, by_zone),
        "service_deficit": _deficit(facts, work, facts.homes, reached, by_zone),
        "slum_reduction": change.contribution if facts.assessed.any() else None,
        "poor_served": served.total if len(facts.homes) else None,
        "poor_share": _poor_share(facts, served.total, everybody),
        "vulnerable_served": float(facts.vulnerable[served.indices].sum()) if len(facts.homes) else None,
        "cost_per_poor": site.cost_per_household(work.cost + round(upkeep), served.total),
        "swadaya": min(work.funding.get("swadaya", 0) / work.cost, 1.0),
        "cofunding": _cofunding(work),
        "land": float(LAND.get(str(work.readiness.get("land", "none")), 0)),
        "technical": _checked(work.readiness, TECHNICAL),
        "maintenance": _checked(work.readiness, MAINTENANCE),
        "rembuk_priority": facts.approval.get(work.id or ""),
        "flood": flood,
        "slope": _slope(facts, work),
        "connection": _connection(facts, work),
    }
    of_everybody = {
        "slum_severity": _severity(facts, facts.everybody, near, by_zone),
        "service_deficit": _deficit(facts, work, facts.everybody, near, by_zone)
        if work.type.improves
        else None,
    }
    waived = _waived(work)
    for criterion in waived:
        values[criterion] = None
    return Effect(
        kind=work.type.key, values=values, of_everybody=of_everybody, waived=waived, served=served.total,
        reached=float(reached.sum()),
        homes=frozenset(served.indices.tolist()), way=told(facts, work, way),
        beneficiaries=everybody, upkeep=upkeep,
        deficits=mending.met(facts, work, split), change=change, flood_share=flood, split=split,
        gates=gates.of_work(facts, work, values["poor_share"]),
    )  # fmt: skip


def _waived(work: Work) -> frozenset[str]:
    """Criteria that are not asked of a type: where water is no risk, slope no matter, or there is no network."""
    asked = {
        "flood": work.type.exposed,
        "slope": work.type.steepest is not None,
        "connection": bool(work.type.network),
    }
    return frozenset(criterion for criterion, is_asked in asked.items() if not is_asked)


def capacity(work: Work) -> float:
    """Households a work can serve, infinite without a limit."""
    return np.inf if work.type.capacity is None else work.type.capacity * capacity_units(work)


def _connection(facts: Facts, work: Work) -> float | None:
    """Share of the ends that join the network (R3); None where there is none."""
    near = facts.network_near(work.type, work.geometry, 2 * network.JOINED_M)
    if near is None:
        return None
    return network.connection(work.geometry, list(near)) or 0.0


def newly_served(facts: Facts, work: Work) -> households.Served:
    """The poor households a work alone serves that lack its service today: nearest first, within its capacity."""
    return _served(facts, work, ways(facts, work), capacity(work))


def in_reach(facts: Facts, work: Work) -> households.Served:
    """All poor households in reach of a work that lack its service today, whatever its capacity."""
    return _served(facts, work, ways(facts, work), None)


def _served(facts: Facts, work: Work, way: Walks, most: float | None) -> households.Served:
    need = facts.need(work.type)
    return households.served_at(way.metres, facts.homes, reach(work), need, most, work.type.decay)


def _beneficiaries(facts: Facts, near: Floats, area: BaseGeometry) -> float:
    """All households within reach, by the houses of their RT (near: of each); by area where an RT has none mapped."""
    housed = float(near.sum())
    bare = np.bincount(facts.everybody.zone, minlength=len(facts.zones.codes)) == 0
    return housed + site.beneficiaries(area, list(facts.zones.outlines[bare]), facts.zones.households[bare])


def _poor_share(facts: Facts, served: float, everybody: float) -> float | None:
    """Poor share of all who benefit (M5); None where households are not on record."""
    usual = facts.poor_share
    return None if usual is None else site.poor_share(served, everybody, usual)


def _cofunding(work: Work) -> float:
    """Share of the cost that others commit (S2), by what stands behind it."""
    given = sum(work.funding.get(fund, 0) for fund in COFUNDERS)
    return min(COFUNDING.get(str(work.readiness.get("cofunding", "none")), 0.0) * given / work.cost, 1.0)


def _known(facts: Facts, homes: households.Points, weight: Floats, by_zone: Floats) -> bool:
    """Whether enough of the homes reached (of the land, where there are none) lies in RT with a form."""
    inside = homes.zone >= 0
    carried = np.bincount(homes.zone[inside], weights=weight[inside], minlength=len(by_zone))
    weight_of = np.asarray(carried if carried.sum() > 0 else by_zone, dtype=np.float64)
    total = weight_of.sum()
    return bool(total > 0 and weight_of[facts.assessed].sum() / total >= KNOWN_SHARE)


def _severity(facts: Facts, homes: households.Points, reached: Floats, by_zone: Floats) -> float | None:
    """Slum total at the site. An RT without a form is not slum where its neighbours have been assessed."""
    if not facts.assessed.any():
        return None
    totals = np.where(facts.assessed, facts.form.total, 0).astype(np.float64)
    return site.severity(totals, reached, homes.zone, by_zone)


def _deficit(
    facts: Facts, work: Work, homes: households.Points, reached: Floats, by_zone: Floats
) -> float | None:
    """Deficit of the service at the site; by existing assets for services without an indicator."""
    if not work.type.improves:
        return site.unserved_share(reached, facts.need(work.type))
    if not _known(facts, homes, reached, by_zone):
        return None
    return site.deficit(facts.shares, list(work.type.improves), reached, homes.zone, by_zone)


def _flood_share(facts: Facts, work: Work) -> float | None:
    """Share of the work in the flooded part of the raster; None without raster or data there."""
    if facts.flood is None:
        return None
    return raster.exposure(work.geometry, facts.projector.epsg, facts.flood.depth, facts.flood.threshold)


def _slope(facts: Facts, work: Work) -> float | None:
    """Steepness of the place over what the type bears (R2): 1 is the limit; None without heights there."""
    if work.type.steepest is None:
        return None
    found = steepness(facts, work)
    return None if found is None else found / work.type.steepest


def steepness(facts: Facts, work: Work) -> float | None:
    """How steep a work lies, in percent, whatever its type bears; None without heights there."""
    if facts.terrain is None:
        return None
    return ground.steepness(work.geometry, facts.projector.epsg, facts.terrain)


def _checked(readiness: Mapping[str, Any], items: tuple[str, ...]) -> float:
    """Share of a checklist that is ticked."""
    return sum(bool(readiness.get(item)) for item in items) / len(items)
