"""Whose nearest way a work runs along: homes behind the first row that have no other gang than this (method 2.1).

It knows nothing about types of works or the reach of their service. A way is a street or gang of the network, or the
work itself where it is one; a home has one only within `near_m` of the rule, as on foot.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.households import to_nearest
from gis_core.on_foot import Walkers
from gis_core.relations import LINE_WIDTH_M


def fronting(
    people: Walkers, works: Sequence[BaseGeometry] | NDArray[np.object_], is_way: bool
) -> NDArray[np.bool_]:
    """Homes (n,) whose nearest way is one of the works (in the metres of the homes).

    So it is where the nearest place on the network lies within 5 m of a work, as lines of one gang are drawn; and
    where a work that is a way itself (is_way) is nearer than any of the network. Cutting a work in pieces changes
    nothing; a work more never takes a home away.
    """
    shapes = np.asarray(works, dtype=object)
    shapes = shapes[~shapely.is_empty(shapes)]
    result = np.zeros(len(people.homes), dtype=np.bool_)
    if not len(shapes):
        return result
    result[people.placed.rows[people.feet.query(shapes, "dwithin", LINE_WIDTH_M)[1]]] = True
    if is_way:
        off = np.full(len(result), np.inf)
        off[people.placed.rows] = people.placed.off
        limit = people.rule.near_m
        mine = to_nearest(people.homes, shapes, limit)
        result |= (mine < off) & (mine <= limit)
    return result


def brought_near(
    metres: NDArray[np.float64],
    people: Walkers,
    works: Sequence[BaseGeometry] | NDArray[np.object_],
    is_way: bool,
    reach: float,
) -> NDArray[np.float64]:
    """Metres (n,) of homes to works, those whose nearest way a work is standing at the border of the reach at most."""
    return np.where(fronting(people, works, is_way), np.minimum(metres, reach), metres)
