"""How far homes are from a work, and how that was measured: straight, along the roads, or partly so (method 2.4).

It knows nothing about need or capacity. The rule for each type stands in the catalogue (`on_foot`).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gis_core import frontage, households
from gis_core.geodesy import check_drawable
from gis_core.on_foot import Walks
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import STREETS
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.work import Work, reach

Way = Literal["straight", "nearest", "roads", "partly", "detour"]
"""straight: the type is not walked to; nearest: nor this one, but it serves also those whose nearest way it runs along;
roads: all homes in reach come along roads; partly: some have no drawn way, so the straight line with its detour counts;
detour: no road is near the work, so all do."""


def ways(facts: Facts, work: Work, everybody: bool = False) -> Walks:
    """The ways of the poor homes, or of all, to a work within its reach.

    Raises BadInput for a geometry that cannot be scored.
    """
    people = facts.everybody_on_foot if everybody else facts.poor_on_foot
    if work.type.on_foot:
        check_drawable(work.geometry)
        return people.walk([work.geometry], reach(work))
    homes = facts.everybody if everybody else facts.homes
    metres = households.distances(work.geometry, homes, reach(work))
    if work.type.nearest_way:
        is_way = STREETS in work.type.network
        metres = frontage.brought_near(metres, people, [work.geometry], is_way, reach(work))
    return Walks(metres, np.zeros(len(metres), dtype=np.bool_))


def factor(work: Work, walks: Walks) -> NDArray[np.float64]:
    """Service factor (n,) in 0..1 of homes at the end of these ways."""
    return households.decayed(walks.metres, reach(work), work.type.decay)


def told(facts: Facts, work: Work, walks: Walks) -> Way:
    """How the ways to a work were measured."""
    if not work.type.on_foot:
        return "nearest" if work.type.nearest_way else "straight"
    if not facts.roads.place([work.geometry], catalogue().way.near_m).part.max() >= 0:
        return "detour"
    return "roads" if walks.along_roads[np.isfinite(walks.metres)].all() else "partly"
