"""Words, numbers and shares as written in Indonesian and English.

It knows nothing about what is said. A table of words has a key with the two languages, Indonesian first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

WordTable = Mapping[str, tuple[str, str]]


def say(words: WordTable, key: str, lang: str, **values: object) -> str:
    """A sentence of a table, its blanks filled."""
    return words[key][lang == "en"].format_map(values)


def number(value: float, lang: str, signed: bool = False, decimals: int = 1) -> str:
    """One decimal as written in the language, with a true minus sign."""
    text = f"{value + 0.0:{'+' if signed else ''}.{decimals}f}".replace("-", "−")
    return text if lang == "en" else text.replace(".", ",")


def percent(value: float, lang: str, decimals: int = 0) -> str:
    """A share of 100 with its sign, as written in the language; a decimal of 0 is left out."""
    told = number(value, lang, decimals=decimals).removesuffix(",0").removesuffix(".0")
    return f"{told}%" if lang == "en" else f"{told}\N{NO-BREAK SPACE}%"


def inward(share: float, lang: str, up: bool) -> str:
    """A bound as a percent of one decimal, rounded to the side where the sentence holds."""
    tenths = math.ceil(share * 1000 - 1e-9) if up else math.floor(share * 1000 + 1e-9)
    return percent(tenths / 10, lang, 1)


def and_others(parts: str, lang: str) -> str:
    """A list that goes on."""
    return f"{parts}, and others" if lang == "en" else f"{parts}, dan lainnya"
