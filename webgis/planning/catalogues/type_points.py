"""Reference points of a work type's own, as criteria.toml has them (method M4 and E1, decision 39): read and checked.

It knows nothing about scores. What is wrong is said with the place in the file and what it should be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from gis_core.errors import BadInput
from gis_core.value import ValueFunction

COUNTED: Final = "poor_served"
"""Criterion that a plan counts household by household, so that types giving one service must agree what one is
worth."""
CRITERIA: Final = (COUNTED, "cost_per_poor")
"""Criteria that may have them: those that count households, of which a work of one type can serve more than of
another."""


def read(
    criterion: str,
    table: Mapping[str, Any],
    of_all: ValueFunction,
    services: Mapping[str, str],
    bases: Collection[str],
) -> dict[str, ValueFunction]:
    """Work type -> its value function, on the scale of that of all types.

    table: work type -> {points, basis}; services: every work type -> the service it gives; bases: keys of where points
    may come from. Raises ValueError.
    """
    if table and criterion not in CRITERIA:
        raise ValueError(f"criteria.toml: only {' and '.join(CRITERIA)} may have of_type, not {criterion}")
    if strange := set(table) - set(services):
        raise ValueError(
            f"criteria.toml: {criterion}.of_type names unknown work types: {', '.join(sorted(strange))}"
        )
    found = {kind: _value(f"{criterion}.of_type.{kind}", told, of_all, bases) for kind, told in table.items()}
    if criterion == COUNTED:
        _check_services(found, of_all, services)
    return found


def _value(
    place: str, told: Mapping[str, Any], of_all: ValueFunction, bases: Collection[str]
) -> ValueFunction:
    if set(told) != {"points", "basis"}:
        given = ", ".join(sorted(told)) or "nothing"
        raise ValueError(
            f"criteria.toml: {place} must have points and basis, and nothing else; it has {given}"
        )
    if told["basis"] not in bases:
        raise ValueError(
            f"criteria.toml: {place} has the unknown basis {told['basis']}; known: {', '.join(sorted(bases))}"
        )
    try:
        value = ValueFunction([tuple(point) for point in told["points"]], of_all.scale)
    except (BadInput, TypeError, ValueError) as error:
        raise ValueError(f"criteria.toml: {place}.points: {error}") from error
    if value.rising != of_all.rising:
        way = "rise" if of_all.rising else "fall"
        raise ValueError(
            f"criteria.toml: {place}.points: values must {way} with the quantity, as those of all types do"
        )
    if of_all.rising and value.points[0] != of_all.points[0]:
        raise ValueError(
            f"criteria.toml: {place}.points must begin at {of_all.points[0][0]:g} with value 0, as those of all do"
        )
    return value


def _check_services(
    found: Mapping[str, ValueFunction], of_all: ValueFunction, services: Mapping[str, str]
) -> None:
    """Raise ValueError where types that give one service end at different numbers of households."""
    ends: dict[str, tuple[str, float]] = {}
    for kind, service in services.items():
        end = found.get(kind, of_all).points[-1][0]
        first, known = ends.setdefault(service, (kind, end))
        if end != known:
            raise ValueError(
                f"criteria.toml: {COUNTED}.of_type: {first} and {kind} give the same service, of which a plan counts "
                f"each household once, so their last points must be the same, not {known:g} and {end:g}"
            )
