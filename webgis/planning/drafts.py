"""A proposal as somebody sent it, checked against the rules of the programme: every fault is named at once.

It knows nothing about who sends it or where it is stored. Money is whole rupiah, geometry GeoJSON in WGS 84.
What may be drawn, how much it costs and which papers count come from the catalogue.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_core import geodesy
from webgis.planning.catalogue import FUNDS, LAND, MAINTENANCE, TECHNICAL, WorkType, catalogue
from webgis.planning.errors import BadDocument, Problem

KINDS: Final = ("point", "line", "polygon")
LARGEST_COST: Final = 10**12
LARGEST_VOLUME: Final = 1e6
MOST_VERTICES: Final = 5_000
DECIMALS: Final = 7
"""Decimals of a degree that are kept: about a centimetre."""


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


@dataclass(frozen=True, eq=False)
class CheckedDraft:
    """A draft that broke no rule: geometry in degrees, length and area on the ellipsoid, volume and cost filled in."""

    draft: ProposalDraft
    type: WorkType
    geometry: BaseGeometry
    length_m: float
    area_m2: float
    volume: float
    cost: int


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
    volume = draft.volume or _measured(kind, length, area, geometry)
    cost = draft.cost or max(round(volume * kind.unit_cost), 1)
    if (total := sum(draft.funding.values())) > cost:
        raise BadDocument(
            [Problem("/properties/funding", "funding_above_cost", {"total": total, "cost": cost})]
        )
    return CheckedDraft(draft, kind, geometry, length if dimension == 1 else 0.0, area, volume, cost)


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
    for name, text, longest in (("title", draft.title, 200), ("description", draft.description, 4000)):
        if len(text) > longest:
            problems.append(
                Problem(f"/properties/{name}", "text_too_long", {"longest": longest, "length": len(text)})
            )
        if "\x00" in text:
            problems.append(Problem(f"/properties/{name}", "text_unprintable"))
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
                Problem(f"/properties/funding/{fund}", "cost_out_of_range", {"largest": LARGEST_COST})
            )
    return problems


def _papers(readiness: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for name, value in readiness.items():
        pointer = f"/properties/readiness/{name}"
        if name == "land":
            if value not in LAND:
                problems.append(Problem(pointer, "unknown_land", {"given": value, "known": ", ".join(LAND)}))
        elif name not in (*TECHNICAL, *MAINTENANCE):
            known = ", ".join(("land", *TECHNICAL, *MAINTENANCE))
            problems.append(Problem(pointer, "unknown_paper", {"given": name, "known": known}))
        elif not isinstance(value, bool):
            problems.append(Problem(pointer, "paper_not_boolean", {"given": name}))
    return problems


def _geometry(
    given: Mapping[str, Any], kind: WorkType | None, problems: list[Problem]
) -> BaseGeometry | None:
    """The geometry, or None with the reason added to the problems."""
    found = _read_geometry(given)
    if isinstance(found, Problem):
        problems.append(found)
        return None
    shape = KINDS[int(shapely.get_dimensions(found))]
    if kind is not None and shape not in kind.geometry:
        params = {"work_type": kind.key, "given": shape, "wanted": ", ".join(kind.geometry)}
        problems.append(Problem("/geometry/type", "geometry_kind", params))
        return None
    return found


def _read_geometry(given: Mapping[str, Any]) -> BaseGeometry | Problem:
    """A geometry of one kind, flat, rounded, drawable; or what is wrong with it."""
    try:
        geometry = shapely.from_geojson(json.dumps(given))
    except (shapely.errors.GEOSException, TypeError, ValueError):
        return Problem("/geometry", "geometry_unreadable")
    if geometry is None or geometry.is_empty or geometry.geom_type == "GeometryCollection":
        return Problem("/geometry", "geometry_empty")
    if shapely.get_num_coordinates(geometry) > MOST_VERTICES:
        return Problem("/geometry", "geometry_too_large", {"most": MOST_VERTICES})
    lonlat = shapely.get_coordinates(geometry)
    if not np.all(np.isfinite(lonlat) & (np.abs(lonlat) <= (180, 90))):
        return Problem("/geometry/coordinates", "coordinates_out_of_bounds")
    geometry = shapely.transform(shapely.force_2d(geometry), lambda xy: np.round(xy, DECIMALS))
    dimension = int(shapely.get_dimensions(geometry))
    if dimension == 1 and geodesy.length_m(geometry) < 0.1:
        return Problem("/geometry", "line_without_length")
    if dimension == 2 and not geometry.is_valid:
        where = _crossing(geometry)
        return (
            Problem("/geometry", "polygon_crosses_itself", where)
            if where
            else Problem("/geometry", "polygon_invalid")
        )
    if dimension == 2 and geodesy.area_m2(geometry) < 0.1:
        return Problem("/geometry", "polygon_without_area")
    return geometry


def _crossing(polygon: BaseGeometry) -> dict[str, float]:
    """Where a polygon crosses itself, as GEOS tells it ("Self-intersection[107.1 -6.9]")."""
    reason = str(shapely.is_valid_reason(polygon))
    if "intersection" not in reason.lower() or "[" not in reason:
        return {}
    lon, lat = reason[reason.index("[") + 1 : reason.index("]")].split()[:2]
    return {"lon": round(float(lon), 6), "lat": round(float(lat), 6)}
