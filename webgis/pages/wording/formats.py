"""Money, shares, dates and units as people here write them: `Rp 96,3 juta`, `68 %`, `5 Maret 2026`.

It knows nothing about requests or templates; every function takes the language and gives text.
Bare numbers are `planning.written`; the short money is how officials speak (domain handbook, interface 8).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from babel.dates import format_date

from webgis.planning.written import NOTHING, ZONE, number

SPACE: Final = "\N{NO-BREAK SPACE}"
MONEY_WORDS: Final = (
    (1_000_000_000_000, "triliun", "trillion"),
    (1_000_000_000, "miliar", "billion"),
    (1_000_000, "juta", "million"),
)
UNITS: Final = {
    "m": ("m", "m"),
    "m2": ("m²", "m²"),
    "ha": ("ha", "ha"),
    "unit": ("unit", "units"),
    "KK": ("KK", "households"),
    "households": ("KK", "households"),
    "house": ("rumah", "houses"),
    "buildings": ("bangunan", "buildings"),
    "person": ("orang", "people"),
    "persons": ("jiwa", "persons"),
}
BANDS: Final = ((5, "<5"), (10, "5–9"), (20, "10–19"), (50, "20–49"))


def signed(value: float | None, lang: str, decimals: int = 0) -> str:
    """A change with its sign: +3, −5, 0."""
    text = number(value, lang, decimals)
    return "+" + text if value is not None and round(float(value), decimals) > 0 else text


def percent(share: float | None, lang: str, decimals: int = 0) -> str:
    """A share of one as percent: 68 % in Indonesian, 68% in English."""
    if share is None:
        return NOTHING
    gap = "" if lang == "en" else SPACE
    return f"{number(share * 100, lang, decimals)}{gap}%"


def signed_percent(share: float | None, lang: str) -> str:
    """A deviation as percent with its sign: +12 %, −5%."""
    text = percent(share, lang)
    return "+" + text if share is not None and round(share * 100) > 0 else text


def money(rupiah: int | None, lang: str) -> str:
    """Rupiah in full: Rp 96.300.000."""
    return NOTHING if rupiah is None else f"Rp{SPACE}{number(rupiah, lang)}"


def short_money(rupiah: int | None, lang: str) -> str:
    """Rupiah as spoken: Rp 96,3 juta, Rp 3,2 miliar; below a million in full."""
    if rupiah is None:
        return NOTHING
    for size, indonesian, english in MONEY_WORDS:
        # 999_950_000 would read "1.000,0 juta": the next word up takes over where rounding reaches it
        if abs(rupiah) >= size * 0.99995 and abs(rupiah) >= 1_000_000:
            amount = round(rupiah / size, 1)
            text = number(amount, lang, 0 if amount == int(amount) or abs(amount) >= 100 else 1)
            return f"Rp{SPACE}{text}{SPACE}{english if lang == 'en' else indonesian}"
    return money(rupiah, lang)


def unit(key: str, lang: str, amount: float | None = None) -> str:
    """A unit in words; an unknown one stays as it is. English drops the plural s for one."""
    indonesian, english = UNITS.get(key, (key, key))
    if lang != "en":
        return indonesian
    if amount == 1 and english in ("units", "households", "houses", "buildings", "persons"):
        return english[:-1]
    return "person" if amount == 1 and english == "people" else english


def quantity(value: float | None, key: str, lang: str) -> str:
    """A volume with its unit: 128 m, 1,5 ha, 3 unit."""
    if value is None:
        return NOTHING
    decimals = (
        2 if key == "ha" else 1 if key in ("m", "m2") and abs(value) < 100 and value != int(value) else 0
    )
    return f"{number(value, lang, decimals)}{SPACE}{unit(key, lang, value)}"


def day(value: date | datetime | None, lang: str) -> str:
    """A date in words: 5 Maret 2026, 5 March 2026."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(ZONE).date()
    return str(format_date(value, "d MMMM y", locale=lang))


def band(households: int | None, lang: str) -> str:
    """A count of households as the band that the public may see (contracts, Privacy)."""
    if households is None:
        return NOTHING
    for below, name in BANDS:
        if households < below:
            return band_name(name, lang)
    return band_name("50+", lang)


def band_name(name: str, lang: str) -> str:
    """A band in words: di bawah 5 KK, 10–19 KK, 50 KK atau lebih."""
    words = unit("KK", lang)
    if name == "<5":
        return f"di bawah 5{SPACE}{words}" if lang != "en" else f"fewer than 5{SPACE}{words}"
    if name == "50+":
        return f"50{SPACE}{words} atau lebih" if lang != "en" else f"50{SPACE}{words} or more"
    return f"{name.replace('-', '–')}{SPACE}{words}"
