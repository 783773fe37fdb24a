"""How far homes are from facilities on foot: along the roads, or straight with a detour where no drawn way leads.

It knows nothing about services or capacities. Maps of a kampung have gaps: where home and facility are on parts of the
network that do not join, or a road is not near, the straight line times a detour stands for the way (method 2.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.households import Points, nearby
from gis_core.walking import Network, OnNetwork

Floats = NDArray[np.float64]

ENTRY_M: Final = 10.0
"""Metres between the places at which an area or a line can be entered."""


@dataclass(frozen=True)
class Rule:
    """near_m: metres to a road within which somebody can be on it; detour >= 1: the way over the straight line."""

    near_m: float
    detour: float


@dataclass(frozen=True, eq=False)
class Walks:
    """Metres (n,) of homes to the nearest facility, infinite beyond the limit; along_roads (n,): whether measured
    along roads, not straight with the detour."""

    metres: Floats
    along_roads: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Walkers:
    """Homes beside a network of roads, all in the same metres; their places on it are found once."""

    network: Network
    homes: Points
    rule: Rule

    @cached_property
    def placed(self) -> OnNetwork:
        """The homes on the network."""
        return self.network.place(self.homes.places, self.rule.near_m)

    @cached_property
    def feet(self) -> shapely.STRtree:
        """The places on the network as points, one for each row of `placed`."""
        return shapely.STRtree(shapely.points(self.network.spots(self.placed.at)))

    def walk(self, facilities: Sequence[BaseGeometry] | NDArray[np.object_], limit: float) -> Walks:
        """To the nearest of some facilities; one that is no point is entered anywhere along its outline.

        limit: metres. Never below the straight line (property 25).
        """
        shapes = np.asarray(facilities, dtype=object)
        shapes = shapes[~shapely.is_empty(shapes)]
        entries, owner = shapely.get_coordinates(shapely.segmentize(shapes, ENTRY_M), return_index=True)
        there = self.network.place(shapely.points(entries), self.rule.near_m)
        along = self.network.to_nearest(self.placed, there, limit)
        straight = np.full(len(self.homes), np.inf)
        for k, shape in enumerate(shapes):
            near, metres = nearby(shape, self.homes, limit / self.rule.detour)
            parts = there.part[owner == k]
            apart = ~np.isin(self.placed.part[near], parts[parts >= 0])
            near, metres = near[apart], metres[apart]
            straight[near] = np.minimum(straight[near], self.rule.detour * metres)
        return Walks(np.minimum(along, straight), along <= straight)
