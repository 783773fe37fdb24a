"""Whether a work joins the network that is there: pipes, drains, streets.

It knows nothing about kinds of assets or which of them work; the caller hands over the working ones.
The share of line ends within 5 m of the same network is criterion R3, the method's section 2.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.geodesy import check_drawable

JOINED_M: Final = 5.0


def connection(
    work: BaseGeometry, existing: Sequence[BaseGeometry], within_m: float = JOINED_M
) -> float | None:
    """Share 0..1 of the ends of a work that lie within a distance of an existing network (R3).

    work, existing: geometries in the same metres; ends are the loose ends of a line, each point, and the whole
    outline of an area. What runs along under a line is not counted: a path that is paved does not join itself, it
    joins what goes on. None if there is no network at all. Raises BadInput for a work that cannot be scored.
    """
    check_drawable(work)
    if not len(existing):
        return None
    near = np.array(existing, dtype=object)
    rest = _going_on(work, near[shapely.dwithin(near, work, 2 * within_m)], within_m)
    joined = [
        len(rest) > 0 and shapely.distance(end, rest).min() <= within_m * (1 + 1e-6)
        for end in loose_ends(work)
    ]
    return float(np.mean(joined))


def loose_way(
    work: BaseGeometry, existing: Sequence[BaseGeometry], within_m: float = JOINED_M
) -> BaseGeometry | None:
    """The straight way (same metres) from the nearest end of a line to a network that it does not come near.

    None where it joins or crosses it, where nothing of it goes on beside the line, and for what has no two ends.
    """
    rest = _going_on(work, np.array(existing, dtype=object), within_m)
    ends = [end for end in loose_ends(work) if int(shapely.get_dimensions(end)) == 0]
    if int(shapely.get_dimensions(work)) != 1 or not ends or not len(rest):
        return None
    if shapely.distance(work, rest).min() <= within_m * (1 + 1e-6):
        return None
    far = shapely.distance(np.array(ends, dtype=object)[:, None], rest[None, :])
    end, nearest = np.unravel_index(int(np.argmin(far)), far.shape)
    return shapely.shortest_line(ends[int(end)], rest[int(nearest)])


def _going_on(work: BaseGeometry, near: NDArray[np.object_], within_m: float) -> NDArray[np.object_]:
    """What is near a work without what runs along under it, where it is a line."""
    lines = shapely.get_dimensions(near) == 1
    if int(shapely.get_dimensions(work)) == 1 and lines.any():
        near = near.copy()
        near[lines] = shapely.difference(near[lines], shapely.buffer(work, within_m))
    return np.asarray(near[~shapely.is_empty(near)])


def loose_ends(work: BaseGeometry) -> NDArray[np.object_]:
    """Where a work could join something: ends of lines (parts that touch are one line), points, else the whole.

    A ring has no ends, so it counts as a whole.
    """
    dimension = int(shapely.get_dimensions(work))
    if dimension == 0:
        return np.asarray(shapely.get_parts(work))
    if dimension == 2:
        return np.array([work], dtype=object)
    merged = shapely.line_merge(work) if work.geom_type == "MultiLineString" else work
    found: list[BaseGeometry] = []
    for part in shapely.get_parts(merged):
        ring = bool(shapely.is_closed(part))
        found += [part] if ring else [shapely.get_point(part, 0), shapely.get_point(part, -1)]
    return np.array(found, dtype=object)
