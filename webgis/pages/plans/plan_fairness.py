"""How evenly a plan reaches the RW and spends on them, in words, and the measures behind them.

It knows nothing about how they are computed (`gis_core.evenness`). Plans made before they were have none.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext

from webgis.pages.wording import formats
from webgis.pages.wording.labels import N_
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.written import NOTHING, number

_NAMES: Final = {
    "reached": N_("Share of the poor households reached"),
    "rupiah": N_("Rupiah per poor household"),
}
_WORDS: Final = (N_("even"), N_("fairly even"), N_("uneven"), N_("very uneven"))
_FIGURES: Final = {
    "gini": N_("Gini between RW"),
    "theil": N_("Theil's T"),
    "between": N_("of it between RW"),
    "within": N_("of it within RW, between RT"),
}


@dataclass(frozen=True)
class Row:
    """A name with what is today and with the plan."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Fairness:
    """What is spread, in words; where the unevenness lies that the plan leaves; the figures of each measure."""

    words: tuple[Row, ...]
    said: str
    figures: tuple[tuple[str, tuple[Row, ...]], ...]


def fairness(plan: Mapping[str, Any], lang: str) -> Fairness | None:
    """How evenly a plan is spread over the RW; None where nobody said."""
    told = plan["households"].get("evenness")
    if told is None:
        return None
    measures = {key: told[key] for key in _NAMES if told[key] is not None}
    return Fairness(
        tuple(
            Row(gettext(_NAMES[key]), _word(found["before"]["gini"]), _word(found["after"]["gini"]))
            for key, found in measures.items()
        ),
        _where(measures["reached"]["after"], lang),
        tuple((str(gettext(_NAMES[key])), tuple(_figures(found, lang))) for key, found in measures.items()),
    )


def reached_word(plan: Mapping[str, Any]) -> str:
    """How evenly a plan reaches the RW, in one word."""
    return _word(plan["households"].get("gini"))


def _word(gini: float | None) -> str:
    if gini is None:
        return NOTHING
    return str(gettext(_WORDS[bisect(plan_rules().evenness, gini)]))


def _where(after: Mapping[str, float | None], lang: str) -> str:
    """Whether what is left uneven lies between the RW or within them."""
    if after["within"] is None or not after["theil"]:
        return ""
    share = formats.percent((after["between"] or 0.0) / after["theil"], lang)
    return str(
        gettext(
            "Of the differences in who is reached %(share)s lie between the RW, the rest between the RT of one RW.",
            share=share,
        )
    )


def _figures(found: Mapping[str, Mapping[str, float | None]], lang: str) -> Iterator[Row]:
    for key, name in _FIGURES.items():
        values = found["before"][key], found["after"][key]
        if values != (None, None):
            yield Row(str(gettext(name)), *(number(value, lang, 2) for value in values))
