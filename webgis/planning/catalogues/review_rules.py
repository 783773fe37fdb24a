"""Rules of the PAKET review that a city decides: what is far from the catalogue, what waits too long, usual reasons.

It knows nothing about proposals; the figures and sentences stand in webgis/catalogue/review.toml.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from webgis.planning.catalogues.catalogue import read_table


@dataclass(frozen=True)
class Reason:
    """A usual reason in both languages, and the steps it is offered for."""

    steps: tuple[str, ...]
    words: tuple[str, str]

    def text(self, lang: str) -> str:
        """The reason in a language."""
        return self.words[1] if lang == "en" else self.words[0]


@dataclass(frozen=True)
class ReviewRules:
    """Share of the catalogue's unit cost that is far from it, days that are too long, reasons.

    office, signs: whose name stands on printed sheets and who signs them, in Indonesian and English.
    """

    deviation_doubtful: float
    overdue_days: int
    reasons: tuple[Reason, ...]
    office: tuple[str, str]
    signs: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def review_rules() -> ReviewRules:
    """The rules of this installation."""
    table = read_table("review")
    return ReviewRules(
        float(table["deviation_doubtful"]),
        int(table["overdue_days"]),
        tuple(Reason(tuple(item["steps"]), (item["id"], item["en"])) for item in table["reasons"]),
        (table["office"]["id"], table["office"]["en"]),
        tuple((item["id"], item["en"]) for item in table["signs"]),
    )
