"""Whether a work keeps to a spatial plan: which share of its ground lies in zones that allow it, or forbid it.

It knows nothing about codes of zones or kinds of works; whoever asks says what each zone allows. It fails a work for
certain only: ground of which nobody can say, or of which two zones of one plan say different things, decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.gates import SLIVER_M, SLIVER_SHARE
from gis_core.geodesy import check_drawable

MOST_SLIVER: Final = 0.5
"""A metre around a small area is much of it; what lies for the most part on forbidden ground is no sliver."""
REACH_M: Final = 2 * SLIVER_M
"""Zones farther from a work than this change nothing for it."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """passed: True, False or None (nobody can say). forbidden, allowed: shares of the work, 0..1, slivers taken off.

    shares (n,): share of the work that each zone rules, where no later plan and no neighbour contradicts it.
    """

    passed: bool | None
    forbidden: float
    allowed: float
    shares: NDArray[np.float64]


def judge(
    work: BaseGeometry,
    zones: Sequence[BaseGeometry],
    allows: Sequence[bool | None],
    precedence: Sequence[int] | None = None,
) -> Verdict:
    """Judge a work by zones, all in the same metres (method 2.7).

    zones: polygons, of those within REACH_M of the work at least; it does not matter how one is cut in pieces.
    allows: what each says of the work, None if that is not known. precedence: on ground of several plans the zones
    of the highest number rule, on equal ones they have to agree.

    Borders of two layers differ by about a metre. An area may stand on forbidden ground with the strip that such a
    metre makes around it (1 m x perimeter) or 2 % of itself, whichever is more, and never with more than half; a line
    or a point is on forbidden ground from one metre inside it on, a line with 2 % of its length.
    Raises BadInput for a work that cannot be scored, ValueError for lists of different lengths.
    """
    check_drawable(work)
    if len(zones) != len(allows) or (precedence is not None and len(precedence) != len(zones)):
        raise ValueError("one verdict and one precedence for each zone")
    work = shapely.union_all([work])  # a line that runs back over itself is on its ground once
    pieces = _ruling(np.array(zones, dtype=object), precedence)
    grounds = {told: _joined(pieces, [said is told for said in allows]) for told in (True, False, None)}
    allowed = grounds[True].difference(shapely.union(grounds[False], grounds[None]))
    forbidden = grounds[False].difference(shapely.union(grounds[True], grounds[None]))
    metre = 0.0 if int(shapely.get_dimensions(work)) == 2 else SLIVER_M
    bad = _share(work, forbidden.buffer(-metre) if metre else forbidden, strictly=True)
    good = _share(work, allowed.buffer(metre) if metre else allowed)
    most = _sliver(work)
    passed = False if bad > most + 1e-9 else True if good >= 1 - most - 1e-9 else None
    return Verdict(passed, bad, good, np.array([_share(work, piece) for piece in pieces], dtype=np.float64))


def _sliver(work: BaseGeometry) -> float:
    """The share of a work that may lie wrong because layers differ."""
    dimension = int(shapely.get_dimensions(work))
    if dimension == 2:
        return min(max(SLIVER_M * float(work.length) / float(work.area), SLIVER_SHARE), MOST_SLIVER)
    return SLIVER_SHARE if dimension == 1 else 0.0


def _share(work: BaseGeometry, ground: BaseGeometry, strictly: bool = False) -> float:
    """Share of a work on some ground, by area, length or number of points; strictly: not on its border."""
    dimension = int(shapely.get_dimensions(work))
    if dimension == 0:
        points = shapely.points(shapely.get_coordinates(work))
        on = shapely.contains_properly(ground, points) if strictly else shapely.intersects(ground, points)
        return float(np.mean(on))
    part = shapely.intersection(work, ground)
    return float(part.area) / float(work.area) if dimension == 2 else float(part.length) / float(work.length)


def _ruling(zones: NDArray[Any], precedence: Sequence[int] | None) -> list[BaseGeometry]:
    """Each zone without the ground of zones that come before it."""
    if precedence is None or len(set(precedence)) < 2:
        return list(zones)
    order = np.array(precedence)
    before = {level: shapely.union_all(zones[order > level]) for level in set(precedence)}
    return [shapely.difference(zone, before[level]) for zone, level in zip(zones, precedence, strict=True)]


def _joined(pieces: Sequence[BaseGeometry], chosen: Sequence[bool]) -> BaseGeometry:
    return shapely.union_all([piece for piece, mine in zip(pieces, chosen, strict=True) if mine])
