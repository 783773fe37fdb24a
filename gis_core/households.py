"""Which households a work reaches, which of them still need it, and how many it serves.

It knows nothing about services, radii in use or names; points carry a weight and a zone, no attribute.
Additionality and whole households nearest first are the method's section 2.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput, CrsMismatch
from gis_core.geodesy import check_drawable
from gis_core.pieces import Pieces
from gis_core.point_index import PointIndex

Floats = NDArray[np.float64]
Decay = Literal["binary", "linear", "gauss"]

_TOLERANCE = 1e-9
_GAUSS_FLOOR = np.exp(-0.5)
_PAIRS = 50_000
"""Vertices times homes up to which all are compared at once; beyond, GEOS knows how to leave most out."""


@dataclass(frozen=True, eq=False)
class Points:
    """Homes: xy (n, 2) metres in the UTM zone of the kelurahan, weight (n,) >= 0, zone (n,) number.

    weight: 1 per household, or persons. zone: any whole number, as a rule the place of the RT in its
    table, negative where unknown. Raises BadInput for wrong shapes and for numbers that are not finite.
    """

    xy: Floats
    weight: Floats
    zone: NDArray[np.int64]

    def __post_init__(self) -> None:
        xy = np.asarray(self.xy, dtype=np.float64)
        weight, zone = np.asarray(self.weight, dtype=np.float64), np.asarray(self.zone, dtype=np.int64)
        if xy.ndim != 2 or xy.shape[1] != 2 or not np.isfinite(xy).all():
            raise BadInput("xy must be finite with shape (n, 2)", "/xy")
        if weight.shape != (len(xy),) or not (np.isfinite(weight) & (weight >= 0)).all():
            raise BadInput(f"weight must have shape ({len(xy)},), finite and not negative", "/weight")
        if zone.shape != (len(xy),):
            raise BadInput(f"zone must have shape ({len(xy)},)", "/zone")
        for name, array in (("xy", xy), ("weight", weight), ("zone", zone)):
            object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.xy)

    @cached_property
    def places(self) -> NDArray[np.object_]:
        """The homes as geometries (n,), made once; neighbours lie together in memory, as they are asked for."""
        made = np.empty(len(self.xy), dtype=object)
        made[self.index.order] = shapely.points(self.xy[self.index.order])
        return made

    @cached_property
    def in_metres(self) -> bool:
        """Whether they must be in metres: UTM eastings lie between 100 and 900 km, degrees below 180."""
        return bool(len(self.xy) and self.index.low[0] >= 100_000)

    @cached_property
    def index(self) -> PointIndex:
        """Which homes are where, made when first asked for."""
        return PointIndex(self.xy)


@dataclass(frozen=True, eq=False)
class Served:
    """Homes newly served: indices (k,) rising, weights (k,), zones (k,), and the total of the weights."""

    indices: NDArray[np.intp]
    weights: Floats
    zones: NDArray[np.int64]
    total: float

    @property
    def by_zone(self) -> Mapping[int, float]:
        """Weight by zone."""
        zones, place = np.unique(self.zones, return_inverse=True)
        sums = np.bincount(place, weights=self.weights, minlength=len(zones))
        return dict(zip(zones.tolist(), sums.tolist(), strict=True))


def decayed(distance: ArrayLike, radius: float, decay: Decay = "binary") -> Floats:
    """Service factor f(d), 0..1, of distances in metres: f(0) = 1, 0 beyond the radius, never rising.

    binary: 1 up to the radius; linear: 1 - d/r; gauss: a bell that reaches 0 at the radius (Luo & Qi
    2009 use the same family). The radius is inclusive with 1e-9 relative tolerance. Raises BadInput
    for a radius that is not positive or an unknown decay.
    """
    if not 0 < radius < np.inf:
        raise BadInput(f"the radius must be a positive number of metres, not {radius}", "/radius")
    d = np.asarray(distance, dtype=np.float64)
    within = d <= radius * (1 + _TOLERANCE)
    if decay == "binary":
        return within.astype(np.float64)
    relative = np.minimum(d / radius, 1.0)
    if decay == "linear":
        return np.where(within, 1.0 - relative, 0.0)
    if decay == "gauss":
        bell = (np.exp(-0.5 * relative**2) - _GAUSS_FLOOR) / (1 - _GAUSS_FLOOR)
        return np.where(within, bell, 0.0)
    raise BadInput(f'decay must be "binary", "linear" or "gauss", not {decay!r}', "/decay")


def distances(work: BaseGeometry, homes: Points, radius: float) -> Floats:
    """Euclidean distances (n,) in metres from a work to homes; infinite where beyond the radius.

    work: point, line or polygon in the CRS of the homes (a home inside a polygon is at 0). Raises
    BadInput for a geometry that cannot be scored, CrsMismatch if it is in degrees and the homes are not.
    """
    near, exact = _within(work, homes, radius)
    result = np.full(len(homes), np.inf)
    result[near] = exact
    return result


def _within(work: BaseGeometry, homes: Points, radius: float) -> tuple[NDArray[np.intp], Floats]:
    """`nearby` of a work, indices rising; raises as `distances` does."""
    check_drawable(work)
    _check_same_crs(work, homes)
    near, exact = nearby(work, homes, radius)
    rising = near.argsort()
    return near[rising], exact[rising]


def nearby(shape: BaseGeometry, homes: Points, radius: float) -> tuple[NDArray[np.intp], Floats]:
    """Homes (k,) within so many metres of a shape in the same CRS, in no order, and their distances in metres."""
    margin = radius * (1 + _TOLERANCE)
    x0, y0, x1, y1 = shape.bounds
    near = homes.index.near((x0 - margin, y0 - margin, x1 + margin, y1 + margin))
    x, y = homes.xy.take(near, axis=0).T
    kind = shape.geom_type
    if kind == "Point":
        exact = np.hypot(x - x0, y - y0)
    elif kind in ("LineString", "Polygon") and shapely.get_num_coordinates(shape) * len(near) <= _PAIRS:
        exact = _outline(shape).metres(x, y)
        if kind == "Polygon":
            boxed = np.flatnonzero((x > x0) & (x < x1) & (y > y0) & (y < y1))
            exact[boxed[shapely.contains_xy(shape, x[boxed], y[boxed])]] = 0.0
    else:
        exact = shapely.distance(shape, homes.places[near])
    inside = exact <= margin
    return near[inside], exact[inside]


def _outline(shape: BaseGeometry) -> Pieces:
    """The straight pieces of a line or of the rings of an area."""
    has_holes = shape.geom_type == "Polygon" and shapely.get_num_interior_rings(shape)
    curves = shapely.get_rings(shape) if has_holes else shape
    xy, curve = shapely.get_coordinates(curves, return_index=True)
    follows = curve[1:] == curve[:-1]
    return Pieces.between(xy[:-1][follows], xy[1:][follows])


def reach(work: BaseGeometry, homes: Points, radius: float, decay: Decay = "binary") -> Floats:
    """Service factor (n,) in 0..1 of a work for each home, whatever exists already.

    work: geometry in metres, same CRS as the homes; radius in metres, inclusive. Raises as `decayed`
    and `distances` do.
    """
    return decayed(distances(work, homes, radius), radius, decay)


def need(homes: Points, existing: Sequence[BaseGeometry], radius: float, decay: Decay = "binary") -> Floats:
    """What each home still lacks (n,): 1 - the best factor over existing *working* assets of the type.

    existing: geometries in metres, broken assets left out by the caller. Since f never rises, the best
    factor is that of the nearest asset. Raises BadInput as `decayed` does.
    """
    return 1.0 - decayed(to_nearest(homes, existing, radius), radius, decay)


def to_nearest(homes: Points, shapes: Sequence[BaseGeometry] | NDArray[np.object_], limit: float) -> Floats:
    """Metres (n,) from each home straight to the nearest of some shapes; infinite where beyond the limit."""
    nearest = np.full(len(homes), np.inf)
    tree = shapely.STRtree(shapes)
    if len(tree) and len(homes):
        # A margin wider than the tolerance: whether the border counts is decided by who asks.
        margin = limit * (1 + 1e-6)
        x0, y0, x1, y1 = shapely.total_bounds(tree.geometries).tolist()
        near = homes.index.near((x0 - margin, y0 - margin, x1 + margin, y1 + margin))
        (found, _), distance = tree.query_nearest(
            homes.places[near], max_distance=margin, return_distance=True, all_matches=False
        )
        nearest[near[found]] = distance
    return nearest


def served(
    work: BaseGeometry,
    homes: Points,
    radius: float,
    need: ArrayLike | None = None,
    capacity: float | None = None,
    decay: Decay = "binary",
) -> Served:
    """Poor households newly served by a work, each counted once (P_i, method 2.4).

    A home counts omega * f(d) * need; need (n,) in 0..1, all 1 if None. With a capacity (in the unit of
    the weights) whole homes are taken nearest first, ties by index, until the next would exceed it; a
    home uses its full weight, so the total never passes the capacity. Monotone in the radius. Raises
    BadInput and CrsMismatch as `reach` does, and for a need or capacity out of range.
    """
    near, distance = _within(work, homes, radius)
    return _newly(near, distance, homes, radius, need, capacity, decay)


def served_at(
    distance: ArrayLike,
    homes: Points,
    radius: float,
    need: ArrayLike | None = None,
    capacity: float | None = None,
    decay: Decay = "binary",
) -> Served:
    """The same for distances (n,) in metres measured elsewhere, say along a network; infinite: no way.

    Raises BadInput as `served` does, and for distances that are negative, missing or of a wrong shape.
    """
    far = np.asarray(distance, dtype=np.float64)
    if far.shape != (len(homes),) or not (far >= 0).all():
        raise BadInput(f"distance must have shape ({len(homes)},) and not be negative", "/distance")
    near = np.flatnonzero(far <= radius * (1 + _TOLERANCE))
    return _newly(near, far[near], homes, radius, need, capacity, decay)


def _newly(
    near: NDArray[np.intp],
    distance: Floats,
    homes: Points,
    radius: float,
    need: ArrayLike | None,
    capacity: float | None,
    decay: Decay,
) -> Served:
    """Those of the homes within reach, indices rising, that are newly served."""
    gain = homes.weight[near] * decayed(distance, radius, decay)
    if need is not None:
        lack = np.asarray(need, dtype=np.float64)
        if lack.shape != (len(homes),) or not ((lack >= 0) & (lack <= 1)).all():
            raise BadInput(f"need must have shape ({len(homes)},) and lie in 0..1", "/need")
        gain = gain * lack[near]
    chosen = (gain > 0).nonzero()[0]
    if capacity is not None:
        chosen = chosen[_nearest_first(distance[chosen], homes.weight[near[chosen]], capacity)]
    indices, gain = near[chosen], gain[chosen]
    return Served(indices, gain, homes.zone[indices], float(gain.sum()))


def _nearest_first(distance: Floats, weight: Floats, capacity: float) -> NDArray[np.intp]:
    """Which of some homes fit into the capacity, rising; equally near ones in their order."""
    if not capacity >= 0:
        raise BadInput(f"the capacity must not be negative, not {capacity}", "/capacity")
    # Micrometres: a shift of the origin must not turn a tie into an order.
    line = np.argsort(np.round(distance, 6), kind="stable")
    fits = np.cumsum(weight[line]) <= capacity * (1 + _TOLERANCE)
    return np.sort(line[fits])


def _check_same_crs(work: BaseGeometry, homes: Points) -> None:
    """Raise CrsMismatch for a work in degrees beside homes in UTM metres.

    It would reach nobody without a word.
    """
    if homes.in_metres and max(map(abs, work.bounds)) <= 180:
        raise CrsMismatch("the work is in degrees, the homes are in metres")
