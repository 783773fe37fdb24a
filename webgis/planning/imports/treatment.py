"""Considerations and land legality of a slum form as a table tells them: points and signs.

It knows nothing about grades. What is not told is unknown; what cannot be is left out with a doubt.
"""

from __future__ import annotations

from typing import Any, Final

from gis_core.priority import Legality
from webgis.planning.imports.staging import Load, dumped
from webgis.planning.mapping.slum_treatment import ITEMS, POINTS

COLUMNS: Final = ("considerations", *Legality._fields)
_YES: Final = ("1", "true", "t", "ya", "y", "yes", "+", "(+)", "ada", "jelas", "sesuai", "legal")
_NO: Final = (
    "0",
    "false",
    "f",
    "tidak",
    "t.a.",
    "n",
    "no",
    "-",
    "(-)",
    "tidak ada",
    "tidak jelas",
    "tidak sesuai",
    "tidak legal",
)


def told(load: Load) -> bool:
    """Whether a table has any of it; one that has none leaves what is stored as it is."""
    return any(name in load.columns or name in load.values for name in (*ITEMS, *Legality._fields))


def values(load: Load, i: int) -> list[Any]:
    """The values of COLUMNS in a row."""
    points = {item: found for item in ITEMS if (found := _points(load, i, item)) is not None}
    return [dumped(points), *(_sign(load, i, name) for name in Legality._fields)]


def _points(load: Load, i: int, item: str) -> int | None:
    number = load.number(i, item)
    if number is None or number in POINTS[item]:
        return None if number is None else int(number)
    allowed = ", ".join(map(str, POINTS[item]))
    load.report.doubt(i + 1, "points_not_on_form", item, given=f"{number:g}", allowed=allowed)
    return None


def _sign(load: Load, i: int, name: str) -> bool | None:
    given = load.text(i, name)
    word = (given or "").lower()
    if not word or word in _YES or word in _NO:
        return None if not word else word in _YES
    load.report.doubt(i + 1, "value_not_sign", name, given=(given or "")[:40])
    return None
