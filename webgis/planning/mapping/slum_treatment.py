"""In which order and how a slum area is treated: considerations and land legality beside its grade.

It knows nothing about the 16 criteria or the store. The rules are gis_core's (`priority`, `leaving`); what nobody said
stays unknown here, and so does all that hangs on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from gis_core import leaving, priority
from gis_core.errors import BadInput
from webgis.planning.catalogues.catalogue import read_table
from webgis.planning.errors import Problem

ITEMS: Final = tuple(priority.CONSIDERATIONS.points)
POINTS: Final = priority.CONSIDERATIONS.points
MOST: Final = sum(max(allowed) for allowed in POINTS.values())
BANDS: Final = priority.CONSIDERATIONS.bands


@dataclass(frozen=True)
class SlumSettings:
    """What the city decided: the exit rule, and its class for the points of density."""

    exit_rule: str
    city_class: str


@dataclass(frozen=True)
class Treatment:
    """What follows from a grade with considerations and legality; None: not known, or not slum.

    points 3..15 and level low, medium, high; legal: clear tenure in a housing zone; order 1..9; classification A1..C6;
    pattern renewal, upgrading or resettlement. missing: what nobody said yet.
    """

    points: int | None
    level: str | None
    legal: bool | None
    order: int | None
    classification: str | None
    pattern: str | None
    missing: tuple[str, ...]


@lru_cache(maxsize=1)
def settings() -> SlumSettings:
    """The settings of this installation. Raises ValueError for a rule or a class that nobody knows."""
    table = read_table("slum")
    if table["exit_rule"] not in leaving.EXIT_RULES:
        raise ValueError(f"slum.toml: exit_rule must be one of {', '.join(leaving.EXIT_RULES)}")
    try:
        priority.density_points(0, table["city_class"])
    except BadInput as error:
        raise ValueError(f"slum.toml: city_class {error.message}") from None
    return SlumSettings(str(table["exit_rule"]), str(table["city_class"]))


def treatment(
    grade: str, considerations: Mapping[str, int], tenure_clear: bool | None, zoning_conform: bool | None
) -> Treatment:
    """What follows from what is known. One sign against it makes an area not legal, whatever the other is."""
    signs = (tenure_clear, zoning_conform)
    legal = False if False in signs else None if None in signs else True
    missing = tuple(item for item in ITEMS if item not in considerations)
    considered = None if missing else priority.consider(considerations)
    level = considered.level if considered else None
    return Treatment(
        points=considered.points if considered else None,
        level=level,
        legal=legal,
        order=None if level is None else priority.priority(grade, level),
        classification=None
        if level is None or legal is None
        else priority.classification(grade, level, legal),
        pattern=None if legal is None else priority.treatment(grade, legal),
        missing=(
            *missing,
            *(
                name
                for name, sign in zip(priority.Legality._fields, signs, strict=True)
                if sign is None and legal is None
            ),
        ),
    )


def density_points(persons: float | None, hectares: float | None) -> int | None:
    """The points of population density by the base quantities of a form; None where they are not known."""
    if persons is None or hectares is None or hectares <= 0 or persons < 0:
        return None
    return priority.density_points(persons / hectares, settings().city_class)


def check_considerations(given: Mapping[str, int]) -> list[Problem]:
    """Every item must be known, with points it may have; items may be missing."""
    problems = []
    for item, points in given.items():
        pointer = f"/considerations/{item}"
        if item not in POINTS:
            params: dict[str, Any] = {"given": item, "known": ", ".join(ITEMS)}
            problems.append(Problem(pointer, "unknown_consideration", params))
        elif points not in POINTS[item]:
            allowed = ", ".join(map(str, POINTS[item]))
            problems.append(Problem(pointer, "consideration_points", {"given": points, "allowed": allowed}))
    return problems
