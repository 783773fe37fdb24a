"""A proposal as somebody sent it, checked against the rules of the programme: every fault is named at once.

It knows nothing about who sends it or where it is stored. Money is whole rupiah, geometry GeoJSON in WGS 84.
What may be drawn, how much it costs and which papers count come from the catalogue.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from gis_core import geodesy
from webgis.planning.catalogues.catalogue import WorkType, catalogue
from webgis.planning.catalogues.vocabulary import (
    COFUNDING,
    FUNDS,
    INVERT_LEVELS,
    LAND,
    MAINTENANCE,
    OFFICE,
    TECHNICAL,
)
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.fields import check_number, check_text
from webgis.planning.shapes import kind_of, read_shape

LARGEST_COST: Final = 10**12
LARGEST_VOLUME: Final = 1e6
LOWEST_HIGHEST: Final = (-500.0, 9000.0)
"""Metres between which the ground lies anywhere."""
LEVELS: Final[Mapping[str, Mapping[str, float]]] = {"land": LAND, "cofunding": COFUNDING}
"""Papers that are not in hand or missing but stand at a level."""


@dataclass(frozen=True)
class ProposalDraft:
    """What a client may say of a proposal; volume and cost follow from geometry and unit cost if None."""

    title: str
    work_type: str
    geometry: Mapping[str, Any]
    description: str = ""
    volume: float | None = None
    cost: int | None = None
    funding: Mapping[str, int] = field(default_factory=dict)
    readiness: Mapping[str, Any] = field(default_factory=dict)
    is_paket: bool = False
    cost_reason: str = ""
    """Why the cost is not the computed one."""


@dataclass(frozen=True, eq=False)
class CheckedDraft:
    """A draft that broke no rule: geometry in degrees, length and area on the ellipsoid, volume and cost filled in.

    measured: the volume that the geometry shows; computed: the cost of the volume at the unit cost.
    """

    draft: ProposalDraft
    type: WorkType
    geometry: BaseGeometry
    length_m: float
    area_m2: float
    volume: float
    cost: int
    measured: float
    computed: int


def check(draft: ProposalDraft, *, titled: bool = True) -> CheckedDraft:
    """The draft with what follows from it. titled: a preview may do without a title. Raises BadDocument."""
    problems = _texts(draft, titled)
    kind = catalogue().work_types.get(draft.work_type)
    if kind is None:
        params = unknown_work_type(draft.work_type)
        problems.append(Problem("/properties/work_type", "unknown_work_type", params))
    geometry = _geometry(draft.geometry, kind, problems)
    problems += [*_money(draft), *_papers(draft.readiness)]
    if problems or kind is None or geometry is None:
        raise BadDocument(problems)
    length, area = geodesy.length_m(geometry), geodesy.area_m2(geometry)
    dimension = int(shapely.get_dimensions(geometry))
    measured = _measured(kind, length, area, geometry)
    volume = draft.volume or measured
    computed = computed_cost(kind, volume)
    cost = draft.cost or computed
    if (total := sum(draft.funding.values())) > cost:
        raise BadDocument(
            [Problem("/properties/funding", "funding_above_cost", {"total": total, "cost": cost})]
        )
    length = length if dimension == 1 else 0.0
    return CheckedDraft(draft, kind, geometry, length, area, volume, cost, measured, computed)


def computed_cost(kind: WorkType, volume: float) -> int:
    """Rupiah of a volume at the unit cost of the catalogue."""
    return max(round(volume * kind.unit_cost), 1)


def check_offered(kind: WorkType, before: str = "") -> None:
    """A type that the city took out of use may stay where it is and not be proposed anew; before: the type so far.

    Raises BadDocument.
    """
    if not kind.offered and kind.key != before:
        raise BadDocument([Problem("/properties/work_type", "work_type_not_offered")])


def unknown_work_type(given: str) -> dict[str, str]:
    """Params of the refusal of a work type: the ones that are spelt nearly so, if there are any."""
    near = get_close_matches(given, catalogue().work_types, n=3)
    return {"given": given} | ({"variant": "near", "known": ", ".join(near)} if near else {})


def _measured(kind: WorkType, length: float, area: float, geometry: BaseGeometry) -> float:
    """The volume that the geometry shows, in the unit of the work type; to 0.1 of a metre."""
    if kind.unit == "m":
        return max(round(length, 1), 0.1)
    if kind.unit == "m2":
        return max(round(area, 1), 0.1)
    return float(shapely.get_num_geometries(geometry)) if int(shapely.get_dimensions(geometry)) == 0 else 1.0


def _texts(draft: ProposalDraft, titled: bool) -> list[Problem]:
    problems = []
    if titled and not draft.title.strip():
        problems.append(Problem("/properties/title", "title_missing"))
    problems += check_text("/properties/title", draft.title, 200)
    problems += check_text("/properties/description", draft.description, 4000)
    problems += check_text("/properties/cost_reason", draft.cost_reason, 500)
    return problems


def _money(draft: ProposalDraft) -> list[Problem]:
    problems = []
    if draft.volume is not None and not (math.isfinite(draft.volume) and 0 < draft.volume <= LARGEST_VOLUME):
        problems.append(
            Problem("/properties/volume", "volume_out_of_range", {"largest": int(LARGEST_VOLUME)})
        )
    if draft.cost is not None and not 0 < draft.cost <= LARGEST_COST:
        problems.append(Problem("/properties/cost", "cost_out_of_range", {"largest": LARGEST_COST}))
    for fund, amount in draft.funding.items():
        if fund not in FUNDS:
            problems.append(
                Problem(
                    f"/properties/funding/{fund}", "unknown_fund", {"given": fund, "known": ", ".join(FUNDS)}
                )
            )
        elif not 0 <= amount <= LARGEST_COST:
            problems.append(
                Problem(f"/properties/funding/{fund}", "funding_out_of_range", {"largest": LARGEST_COST})
            )
    return problems


def _papers(readiness: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for name, value in readiness.items():
        pointer = f"/properties/readiness/{name}"
        if (levels := LEVELS.get(name)) is not None:
            if value not in levels:
                problems.append(
                    Problem(pointer, f"unknown_{name}", {"given": value, "known": ", ".join(levels)})
                )
        elif name == OFFICE:
            problems += (
                check_text(pointer, value, 200)
                if isinstance(value, str)
                else [Problem(pointer, "office_not_text")]
            )
        elif name in INVERT_LEVELS:
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            problems += (
                check_number(pointer, value, *LOWEST_HIGHEST)
                if is_number
                else [Problem(pointer, "level_not_number", {"given": str(value)[:40]})]
            )
        elif name not in (*TECHNICAL, *MAINTENANCE):
            known = ", ".join((*LEVELS, OFFICE, *INVERT_LEVELS, *TECHNICAL, *MAINTENANCE))
            problems.append(Problem(pointer, "unknown_paper", {"given": name, "known": known}))
        elif not isinstance(value, bool):
            problems.append(Problem(pointer, "paper_not_boolean", {"given": name}))
    return problems


def _geometry(
    given: Mapping[str, Any], kind: WorkType | None, problems: list[Problem]
) -> BaseGeometry | None:
    """The geometry, or None with the reason added to the problems."""
    found = read_shape(given)
    if isinstance(found, Problem):
        problems.append(found)
        return None
    if kind is not None and kind_of(found) not in kind.geometry:
        params = {"work_type": kind.key, "given": kind_of(found), "wanted": ", ".join(kind.geometry)}
        problems.append(Problem("/geometry/type", "geometry_kind", params))
        return None
    return found
