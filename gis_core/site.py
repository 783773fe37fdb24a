"""What the place of a work says about it: severity, deficit, slum share, beneficiaries, split by zone.

It knows nothing about households beyond arrays, nor about which service removes which indicator.
The criteria M1, M2, M3, M5 and E1 and the half-and-half rule of borders are the method's section 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput
from gis_core.geodesy import check_drawable
from gis_core.slum import CRITERIA

Floats = NDArray[np.float64]

BORDER_M = 1e-3
"""A line closer to a zone than this (metres) runs on its border; layers are drawn no finer."""

_SHRINKAGE = 5.0


@dataclass(frozen=True, eq=False)
class SlumOverlap:
    """Slum land under a work: area_m2 (0 for lines and points), share of the work 0..1, per_polygon (k,).

    Shares are of the area of a polygon, the length of a line, the number of points. Where slum polygons
    overlap one another the land counts once in `share` and in each of them in `per_polygon`.
    """

    area_m2: float
    share: float
    per_polygon: Floats


@dataclass(frozen=True, eq=False)
class Split:
    """A work by zone: parts (z,), outside, whole; parts.sum() + outside = whole.

    Unit: m2 of a polygon, m of a line, number of points.
    """

    parts: Floats
    outside: float
    whole: float


def severity(
    totals: ArrayLike, weight: ArrayLike, zone: ArrayLike, area_by_zone: ArrayLike | None = None
) -> float | None:
    """Slum severity at the site, 0..80 (M1): mean slum total, weighted by the households reached.

    totals: (z,) slum total of each zone, NaN unknown. weight: (n,) omega times service factor of the
    homes reached, before need. zone: (n,) row in totals, negative = in none. area_by_zone: (z,) service
    area in each zone, used when no household carries weight. None if nothing is known either way.
    """
    return _zone_mean(_vector(totals, "totals"), weight, zone, area_by_zone)


def deficit(
    shares: ArrayLike,
    criteria: Sequence[str],
    weight: ArrayLike,
    zone: ArrayLike,
    area_by_zone: ArrayLike | None = None,
) -> float | None:
    """Deficit of the service of a work at its site, a share (M2): mean over its slum indicators.

    shares: (z, 16) deficit shares of the zones, NaN unknown, a negative one counts 0. criteria: codes
    the work removes (method 2.2), not empty. weight, zone, area_by_zone as in `severity`. None if no
    indicator is known. Raises BadInput for an unknown code.
    """
    table = np.asarray(shares, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(CRITERIA):
        raise BadInput(f"shares must have shape (z, {len(CRITERIA)}), not {table.shape}", "/shares")
    if not criteria or not set(criteria) <= set(CRITERIA):
        raise BadInput(f"criteria must be codes of the slum form, not {list(criteria)}", "/criteria")
    columns = [np.maximum(table[:, CRITERIA.index(code)], 0.0) for code in criteria]
    means = [_zone_mean(column, weight, zone, area_by_zone) for column in columns]
    known = [mean for mean in means if mean is not None]
    return float(np.mean(known)) if known else None


def unserved_share(weight: ArrayLike, need: ArrayLike) -> float | None:
    """Deficit of services without an indicator (method 2.2): share of the homes reached that lack one.

    weight: (n,) omega times service factor; need: (n,) 0..1. None if no home is reached.
    """
    carried = _vector(weight, "weight")
    total = carried.sum()
    return float((carried * _vector(need, "need")).sum() / total) if total > 0 else None


def predicted_delta(before_mean: ArrayLike, after_mean: ArrayLike, households: ArrayLike) -> float:
    """Predicted delta kumuh of the kelurahan (M3): kontribusi of its household-weighted mean, 0..1.

    before_mean, after_mean: (z,) sectoral means of the zones (`slum.predict_change`); households: (z,).
    The sum over zones comes before the quotient, so a zone with hardly any deficit cannot count for
    much, and effects in different zones add up. 0 if there is no deficit.
    """
    before, after = _vector(before_mean, "before_mean"), _vector(after_mean, "after_mean")
    weight = _vector(households, "households")
    whole = float((weight * before).sum())
    return float((weight * (before - after)).sum()) / whole if whole > 0 else 0.0


def delta_by_aspect(before: ArrayLike, after: ArrayLike, households: ArrayLike) -> Floats:
    """What each aspect adds to `predicted_delta`, (a,); they sum to it, since a sectoral mean is that of its aspects.

    before, after: (z, a) aspect means of the zones; households: (z,). Zeros if there is no deficit.
    """
    weight, had, has = _vector(households, "households"), np.asarray(before), np.asarray(after)
    whole = float((weight[:, None] * had).sum())
    return np.asarray(
        (weight[:, None] * (had - has)).sum(axis=0) / whole if whole > 0 else 0 * had.sum(axis=0)
    )


def poor_share(served: float, beneficiaries: float, kelurahan_share: float) -> float:
    """Poor share of all beneficiaries (M5): (P + 5 q0) / (N + 5), at most 1.

    served: poor households newly served; beneficiaries: all households of the service area;
    kelurahan_share: q0 in 0..1. The five households stop "one of one is poor" from being 100 %.
    """
    return min((served + _SHRINKAGE * kelurahan_share) / (beneficiaries + _SHRINKAGE), 1.0)


def cost_per_household(cost_rp: int, served: float) -> float | None:
    """Rupiah per poor household newly served (E1); None where nobody is."""
    return cost_rp / served if served > 0 else None


def slum_overlap(work: BaseGeometry, slums: Sequence[BaseGeometry]) -> SlumOverlap:
    """How much of a work, or of its service area, lies on slum polygons.

    All in the same metres. Raises BadInput for a work that cannot be scored.
    """
    check_drawable(work)
    dimension = int(shapely.get_dimensions(work))
    # Intersections merge what is drawn twice, so the whole must be merged as well.
    whole = _measure(shapely.union_all(work), dimension)
    if not len(slums):
        return SlumOverlap(0.0, 0.0, np.zeros(0))
    polygons = np.array(slums, dtype=object)
    each = np.array([_measure(piece, dimension) for piece in shapely.intersection(work, polygons)])
    slum = shapely.union_all(polygons[each > 0])
    under = _measure(shapely.intersection(work, slum), dimension)
    return SlumOverlap(
        under if dimension == 2 else 0.0, min(under / whole, 1.0), np.minimum(each / whole, 1.0)
    )


def beneficiaries(service_area: BaseGeometry, zones: Sequence[BaseGeometry], households: ArrayLike) -> float:
    """All households in a service area, each zone sharing its own evenly over its area (N_i, 2.5).

    zones: z polygons in metres (pass zone and settled land intersected, to be dasymetric by land cover);
    households: (z,) KK. A zone without area counts 0. Raises BadInput for wrong shapes.
    """
    count = _vector(households, "households")
    if len(count) != len(zones):
        raise BadInput(f"{len(count)} household counts for {len(zones)} zones", "/households")
    if not len(zones):
        return 0.0
    polygons = np.array(zones, dtype=object)
    whole = shapely.area(polygons)
    inside = shapely.area(shapely.intersection(service_area, polygons))
    share = np.divide(inside, whole, out=np.zeros(len(count)), where=whole > 0)
    return float((count * np.minimum(share, 1.0)).sum())


def split_by_zone(work: BaseGeometry, zones: Sequence[BaseGeometry]) -> Split:
    """Length, area or number of points of a work in each zone (method 2.3).

    work and zones in the same metres. A stretch of line or a point on a border shared by k zones
    (within BORDER_M) counts 1/k in each; land where zones overlap is shared in proportion. So the parts
    and what lies outside add up to the whole. Raises BadInput for a work that cannot be scored.
    """
    check_drawable(work)
    polygons = np.array(zones, dtype=object)
    dimension = int(shapely.get_dimensions(work))
    whole = _measure(work, dimension)
    if not len(zones):
        parts = np.zeros(0)
    elif dimension == 2:
        parts = _split_polygon(work, polygons)
    elif dimension == 1:
        parts = _split_line(work, polygons)
    else:
        parts = sum((_shared_by(p, polygons) for p in shapely.get_parts(work)), np.zeros(len(zones)))
    return Split(parts, max(whole - float(parts.sum()), 0.0), whole)


def _vector(values: ArrayLike, name: str) -> Floats:
    """(n,) floats or BadInput."""
    vector = np.asarray(values, dtype=np.float64)
    if vector.ndim != 1:
        raise BadInput(f"{name} must have one dimension, not {vector.ndim}", f"/{name}")
    return vector


def _zone_mean(
    values: Floats, weight: ArrayLike, zone: ArrayLike, area_by_zone: ArrayLike | None
) -> float | None:
    """Mean of zone values by households, or by area when no household lies in a known zone."""
    carried, place = _vector(weight, "weight"), np.asarray(zone, dtype=np.int64)
    if place.shape != carried.shape or (len(place) and place.max() >= len(values)):
        raise BadInput("zone must name a row of the zones for every weight", "/zone")
    inside = place >= 0
    by_zone = np.bincount(place[inside], weights=carried[inside], minlength=len(values))
    for weights in (by_zone, None if area_by_zone is None else _vector(area_by_zone, "area_by_zone")):
        if weights is not None:
            use = np.isfinite(values) & (weights > 0)
            if use.any():
                return float(np.average(values[use], weights=weights[use]))
    return None


def _measure(geometry: BaseGeometry, dimension: int) -> float:
    """Area (2), length (1) or number of points (0); 0 for what is left of a mere touch."""
    if int(shapely.get_dimensions(geometry)) != dimension or geometry.is_empty:
        return 0.0
    if dimension == 2:
        return float(geometry.area)
    return float(geometry.length) if dimension == 1 else float(shapely.get_num_geometries(geometry))


def _split_polygon(work: BaseGeometry, zones: NDArray[np.object_]) -> Floats:
    """Area per zone; where zones overlap the sum is brought back to the land they cover."""
    parts = np.asarray(shapely.area(shapely.intersection(work, zones)), dtype=np.float64)
    touching = parts > 0
    if touching.sum() > 1:
        covered = shapely.area(shapely.intersection(work, shapely.union_all(zones[touching])))
        parts *= min(float(covered / parts.sum()), 1.0)
    return parts


def _split_line(work: BaseGeometry, zones: NDArray[np.object_]) -> Floats:
    """Length per zone: every straight segment is cut where its zones may change, then shared out."""
    parts = np.zeros(len(zones))
    tree = shapely.STRtree(zones)
    for line in shapely.get_parts(work):
        ends = shapely.get_coordinates(line)
        for a, b in pairwise(ends):
            segment = shapely.linestrings([a, b])
            near = tree.query(segment, predicate="dwithin", distance=BORDER_M)
            if len(near) and segment.length > 0:
                parts[near] += _split_segment(segment, zones[near])
    return parts


def _split_segment(segment: BaseGeometry, zones: NDArray[np.object_]) -> Floats:
    """Length of one straight segment in each zone."""
    # Zones can change where the segment crosses an edge and, when it runs along a border that bends
    # away from it, at a vertex of that border.
    crossings = shapely.get_coordinates(shapely.intersection(segment, zones))
    vertices = shapely.get_coordinates(zones)
    close = shapely.dwithin(segment, shapely.points(vertices), 2 * BORDER_M)
    corners = np.concatenate([crossings, vertices[close]])
    at = shapely.line_locate_point(segment, shapely.points(corners))
    cuts = np.unique(np.concatenate([[0.0, segment.length], at]))
    lengths = np.diff(cuts)
    middles = shapely.line_interpolate_point(segment, (cuts[:-1] + cuts[1:]) / 2)
    parts = np.zeros(len(zones))
    for length, middle in zip(lengths, middles, strict=True):
        parts += length * _shared_by(middle, zones)
    return parts


def _shared_by(point: BaseGeometry, zones: NDArray[np.object_]) -> Floats:
    """1/k for each of the k zones a point lies in or on the border of, 0 elsewhere."""
    member = np.asarray(shapely.dwithin(zones, point, BORDER_M), dtype=np.float64)
    count = member.sum()
    return member / count if count else member
