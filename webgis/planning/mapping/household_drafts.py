"""A poor household as somebody sent it, checked: every fault is named at once, none with a coordinate.

It knows nothing about who sends it or where it is stored. There is no free text in it, so that no name can get in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from webgis.planning.errors import BadDocument, Problem
from webgis.planning.fields import check_day, check_number, check_origin, check_text
from webgis.planning.shapes import read_kind

REGISTERS: Final = ("DTKS", "DTSEN", "P3KE", "Regsosek", "BKM")
"""Registers of poor families a point may come from; a closed list, so that no name gets in as free text."""
MOST_MEMBERS: Final = 30


@dataclass(frozen=True)
class HouseholdDraft:
    """What a client may say of a household: no free text at all. rt follows from the point if None."""

    geometry: Mapping[str, Any]
    members: int
    rt: str | None = None
    elderly: int = 0
    under_five: int = 0
    disabled: int = 0
    female_headed: bool = False
    decile: int | None = None
    register: str | None = None
    register_date: dt.date | None = None
    surveyed_on: dt.date | None = None


def check(draft: HouseholdDraft) -> BaseGeometry:
    """The point of a draft that breaks no rule. Raises BadDocument with every fault, never with a coordinate."""
    inside = "/properties"
    problems = check_number(f"{inside}/members", draft.members, 1, MOST_MEMBERS)
    problems += _counts(draft)
    problems += check_number(f"{inside}/decile", draft.decile, 1, 10)
    if draft.register is not None and draft.register not in REGISTERS:
        params = {"given": draft.register, "known": ", ".join(REGISTERS)}
        problems.append(Problem(f"{inside}/register", "unknown_register", params))
    problems += check_day(f"{inside}/register_date", draft.register_date)
    problems += check_text(f"{inside}/rt", draft.rt, 40)
    problems += check_origin(None, draft.surveyed_on)
    shape = read_kind(draft.geometry, ("point",), problems)
    if shape is not None and shapely.get_num_geometries(shape) != 1:
        problems.append(Problem("/geometry/type", "shape_kind", {"given": "MultiPoint", "wanted": "point"}))
    if problems or shape is None:
        raise BadDocument(problems)
    return shapely.get_geometry(shape, 0) if shape.geom_type == "MultiPoint" else shape


def _counts(draft: HouseholdDraft) -> list[Problem]:
    """Elderly and small children are different people; the disabled may be either."""
    params = {"members": draft.members}
    problems: list[Problem] = []
    for name in ("elderly", "under_five", "disabled"):
        value = getattr(draft, name)
        faults = check_number(f"/properties/{name}", value, 0, MOST_MEMBERS)
        if not faults and value > draft.members:
            faults = [Problem(f"/properties/{name}", "more_than_members", params)]
        problems += faults
    if not problems and draft.elderly + draft.under_five > draft.members:
        problems.append(Problem("/properties/under_five", "more_than_members", params))
    return problems
