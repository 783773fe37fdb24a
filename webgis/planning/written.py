"""Numbers, lengths, areas and moments as people here write them: `1.234,5` and `1,234.5`, `10,6 km`, `10.42 WIB`.

It knows nothing about sentences or pages; whoever puts a number into words asks here, so that all look alike.
Number patterns come from CLDR through Babel. A quantity is a number that knows its unit.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

ZONE: Final = ZoneInfo("Asia/Jakarta")
NOTHING: Final = "–"


class Metres(float):
    """A length in metres."""


class SquareMetres(float):
    """An area in square metres."""


class Points(int):
    """So many points of a shape."""


def number(value: float | None, lang: str, decimals: int = 0) -> str:
    """A number with so many decimals: 1.234,5 or 1,234.5; a dash for nothing; a real minus sign."""
    if value is None:
        return NOTHING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = round(float(value), decimals) + 0.0
    return str(format_decimal(rounded, format=pattern, locale=lang)).replace("-", "−")


def plain(value: float | None, lang: str, decimals: int = 2) -> str:
    """A number with at most so many decimals and none that are zero, for form fields and facts."""
    if value is None:
        return ""
    rounded = round(float(value), decimals) + 0.0
    return str(format_decimal(rounded, format="#,##0." + "#" * decimals, locale=lang)).replace("-", "−")


def length(metres: float, lang: str) -> str:
    """A length as one says it: 3,5 m, 38 m, 10,6 km."""
    if metres >= 999.5:
        return f"{number(metres / 1000, lang, 1)} km"
    return f"{number(metres, lang, 1 if metres < 9.95 else 0)} m"


def area(square_metres: float, lang: str) -> str:
    """An area as one says it: 340 m², 1,2 ha."""
    if square_metres >= 9_999.5:
        return f"{number(square_metres / 10_000, lang, 1)} ha"
    return f"{number(square_metres, lang)} m²"


def moment(at: dt.datetime, lang: str) -> str:
    """The clock time in western Indonesia, with the day unless it is today: 10.42 WIB, 5 Maret 2026 10.42 WIB."""
    here = at.astimezone(ZONE)
    clock = here.strftime("%H:%M WIB" if lang == "en" else "%H.%M WIB")
    if here.date() == dt.datetime.now(ZONE).date():
        return clock
    return f"{format_date(here.date(), 'd MMMM y', locale=lang)} {clock}"


def written(value: Any, lang: str) -> Any:
    """A number or moment as text in a language; anything else, also true and false, as it is."""
    if isinstance(value, Metres):
        return length(value, lang)
    if isinstance(value, SquareMetres):
        return area(value, lang)
    if isinstance(value, Points):
        return f"{number(value, lang)} {'titik' if lang == 'id' else 'point' if value == 1 else 'points'}"
    if isinstance(value, dt.datetime):
        return moment(value, lang)
    if isinstance(value, dt.date):
        return format_date(value, "d MMMM y", locale=lang)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain(value, lang, 6)
    return value
