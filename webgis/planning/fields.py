"""Checks of single fields that several nouns share: texts, numbers, and where a fact comes from.

It knows nothing about the nouns. Every function gives the faults it finds, with their place in the document.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, Final

from webgis.planning.errors import Problem
from webgis.planning.written import ZONE

SOURCE: Final = "Pemetaan swadaya"
EARLIEST: Final = dt.date(1900, 1, 1)


def today() -> dt.date:
    """The day it is in western Indonesia."""
    return dt.datetime.now(ZONE).date()


def check_text(pointer: str, text: str | None, longest: int) -> list[Problem]:
    """A text must not be too long and must be storable."""
    problems = []
    if text is not None and len(text) > longest:
        problems.append(Problem(pointer, "text_too_long", {"longest": longest, "length": len(text)}))
    if text is not None and "\x00" in text:
        problems.append(Problem(pointer, "text_unprintable"))
    return problems


def check_number(
    pointer: str, value: float | None, least: float, most: float, *, above: bool = False
) -> list[Problem]:
    """A number from least to most; above: least itself is too little."""
    if value is None or (
        math.isfinite(value) and (least < value if above else least <= value) and value <= most
    ):
        return []
    code = "number_not_above" if above else "number_out_of_range"
    return [Problem(pointer, code, {"least": f"{least:.15g}", "most": f"{most:.15g}"})]


def check_day(pointer: str, day: dt.date | None) -> list[Problem]:
    """A day in the past or today."""
    if day is None or EARLIEST <= day <= today():
        return []
    return [
        Problem(pointer, "day_out_of_range", {"least": EARLIEST.isoformat(), "most": today().isoformat()})
    ]


def check_origin(
    source: str | None, surveyed_on: dt.date | None, inside: str = "/properties"
) -> list[Problem]:
    """Where a fact comes from, and the day it was seen."""
    return check_text(f"{inside}/source", source, 200) + check_day(f"{inside}/surveyed_on", surveyed_on)


def origin(source: str | None, surveyed_on: dt.date | None, stored: Any = None) -> dict[str, Any]:
    """Source and survey date of a fact; what is not said stays as stored, a new fact was mapped today."""
    return {
        "source": (source or "").strip() or (stored.source if stored else SOURCE),
        "surveyed_on": surveyed_on or (stored.surveyed_on if stored else today()),
    }


def trimmed(text: str | None) -> str | None:
    """A text without blanks around it, None if nothing is left."""
    return (text or "").strip() or None
