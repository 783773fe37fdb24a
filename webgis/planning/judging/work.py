"""A work to be judged, as the science needs it, wherever it comes from: the store or a drawing.

It knows nothing about who proposes it, its title or its state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from webgis.planning.catalogues.catalogue import WorkType, catalogue

SMALLEST_REACH: Final = 0.5
"""Metres; a work that serves only what lies under it still needs a distance."""


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
    is_paket: bool = False


def capacity_units(work: Work) -> float:
    """How many units the capacity of the catalogue counts for; a line is one."""
    return 1.0 if work.type.unit == "m" else max(work.volume, 1.0)


def reach(work: Work) -> float:
    """Metres within which a household is served."""
    return max(work.type.reach, SMALLEST_REACH)


def service_area(work: Work) -> BaseGeometry:
    """The area within reach of a work; of one that is walked to, what the straight line with its detour reaches."""
    way = catalogue().way.detour if work.type.on_foot else 1.0
    return work.geometry.buffer(reach(work) / way, quad_segs=16)
