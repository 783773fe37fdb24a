"""What a work does to the slum form of the RT it touches: deficits met, volumes delivered, the form afterwards.

It knows nothing about scores; the rules of the form are gis_core's. Volumes follow the handbook 1.9 and method 2.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis_core import site, slum
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.work import Work, capacity_units, service_area

Floats = NDArray[np.float64]

_NETWORKS: Final = (("2a", "2b"), ("4b", "4c"))
"""Criteria of one network: a metre of work mends one or the other, never both."""


@dataclass(frozen=True, eq=False)
class SlumChange:
    """The predicted form of the RT a work touches: zone rows (k,), totals and grades before and after, kontribusi.

    fallen: (k, 16) points each criterion of the RT loses; by_aspect: (7,) parts of the kontribusi, which sum to it.
    """

    zones: NDArray[np.intp]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    grade_before: tuple[str, ...]
    grade_after: tuple[str, ...]
    contribution: float
    fallen: NDArray[np.int64]
    by_aspect: Floats


def met(facts: Facts, work: Work, split: Floats) -> tuple[tuple[str, int, float], ...]:
    """The deficits of the RT under a work that its type mends, where there are any."""
    found = []
    for zone in np.flatnonzero(split > 0):
        for code in work.type.improves:
            share = facts.shares[zone, slum.CRITERIA.index(code)]
            if np.isfinite(share) and share > 0:
                found.append((code, int(zone), float(share)))
    return tuple(found)


def deficits(facts: Facts, work: Work, found: Sequence[tuple[str, int, float]]) -> list[dict[str, Any]]:
    """What `met` found as it is told: share of the RT that lacks, how much it lacks, and how much of that goes.

    lacking, filled: in the criterion's own unit (m, ha, KK or buildings).
    """
    gone = mended(facts, work) if found else np.zeros((0, 0))
    told = []
    for code, zone, share in found:
        column = slum.CRITERIA.index(code)
        lacking = float(facts.zones.volumes[zone, column])
        told.append(
            {
                "criterion": code,
                "zone": facts.zones.codes[zone],
                "share": share,
                "lacking": lacking,
                "filled": min(float(gone[zone, column]), lacking),
            }
        )
    return told


@dataclass(frozen=True)
class Aspect:
    """What a work does to one of the seven aspects: points an RT loses by it, and its part of the kontribusi."""

    aspect: str
    points: int
    contribution: float


def by_aspect(change: SlumChange, row: int | None) -> tuple[Aspect, ...]:
    """The aspects that change, in their order; points are those of one touched RT (row of `change.zones`), if any.

    A purchase can move waste and fire protection by many points where nothing is built, so it is told (method 2.3).
    """
    found = []
    for k, (aspect, codes) in enumerate(slum.ASPECTS.items()):
        columns = [slum.CRITERIA.index(code) for code in codes]
        points = 0 if row is None else int(change.fallen[row, columns].sum())
        if points or change.by_aspect[k] > 0:
            found.append(Aspect(aspect, points, float(change.by_aspect[k])))
    return tuple(found)


def mended(facts: Facts, work: Work) -> Floats:
    """Deficit volumes a work takes away per RT and criterion (z, 16), its efficiency counted; see `_delivered`."""
    parts = site.split_by_zone(work.geometry, list(facts.zones.outlines))
    delivered = _delivered(facts, work, areas(facts, service_area(work)), parts.parts)
    return np.asarray(delivered * _efficiency(work))


def areas(facts: Facts, area: BaseGeometry) -> Floats:
    """Square metres of a service area in each RT."""
    result = np.zeros(len(facts.zones.codes))
    if len(result):
        near = shapely.intersects(facts.zones.outlines, area)
        result[near] = shapely.area(shapely.intersection(facts.zones.outlines[near], area))
    return result


def _efficiency(work: Work) -> Floats:
    """What part of a volume delivered really goes, by criterion (16,)."""
    return np.array([work.type.improves.get(code, 1.0) for code in slum.CRITERIA])


def predict(facts: Facts, work: Work, by_zone: Floats, parts: Floats) -> SlumChange:
    """The predicted slum form of the kelurahan with the work built."""
    delivered = _delivered(facts, work, by_zone, parts)
    # The other RT stay as they are, and a kelurahan has some sixty: only those touched are filled in anew.
    touched = np.flatnonzero(facts.assessed & (delivered > 0).any(axis=1))
    bases = {name: base[touched] for name, base in facts.zones.bases.items()}
    predicted = slum.predict_change(
        facts.zones.volumes[touched], bases, delivered[touched], _efficiency(work)
    )
    aspects = facts.form.aspects.copy()
    aspects[touched] = predicted.after.aspects
    weight = np.where(facts.assessed, facts.zones.households, 0.0)
    return SlumChange(
        zones=touched,
        before=predicted.before.total,
        after=predicted.after.total,
        grade_before=tuple(predicted.before.grade.tolist()),
        grade_after=tuple(predicted.after.grade.tolist()),
        contribution=site.predicted_delta(facts.form.mean, aspects.mean(axis=1), weight),
        fallen=predicted.before.scores - predicted.after.scores,
        by_aspect=site.delta_by_aspect(facts.form.aspects, aspects, weight),
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
        count = count * min(1.0, work.type.capacity * capacity_units(work) / count.sum())
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
