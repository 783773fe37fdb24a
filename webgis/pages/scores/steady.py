"""How far weights may move before the first places change, as people read it.

It knows nothing about how the thresholds are found; sentences are those of `gis_core.explain`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gis_core import explain
from gis_core.explain import Span
from webgis.pages.wording import formats
from webgis.planning.catalogues.catalogue import weighed_name
from webgis.planning.written import number

MOST: Final = 2
"""How many of the tightest weights are told as sentences."""


@dataclass(frozen=True)
class Steady:
    """top: how many first places; sentences: the weights with the least room and what turns the line after the first
    ones round; ranges: room of each by criterion."""

    top: int
    sentences: tuple[str, ...]
    ranges: Mapping[str, str]


def steady(run: Mapping[str, Any], lang: str) -> Steady:
    """The stability of a run of the ranking. A criterion that weighs nothing and may weigh all is left out."""
    told, weights = run["stability"], run["weights"]
    spans = [Span(name, weights[name], ends["low"], ends["high"]) for name, ends in told["ranges"].items()]
    bound = sorted((span for span in spans if span.low > 0 or span.high < 1), key=_room)
    names = {span.criterion: weighed_name(span.criterion, lang) for span in spans}
    said = tuple(explain.say_stays(told["top"], span, names, lang) for span in bound[:MOST])
    said = said or (explain.say_stays_always(told["top"], lang),)
    if line := told["line"]:
        titles = {row["id"]: row["title"] for row in run["ranking"]}
        said += (
            explain.say_line(told["top"], titles[line["last"]], titles[line["next"]], line["moved"], lang),
        )
    return Steady(
        told["top"],
        said,
        {span.criterion: _room_text(span, lang) for span in spans},
    )


def to_first(told: Mapping[str, Any] | None, weights: Mapping[str, float], lang: str) -> str:
    """What a proposal lacks for first place, "" for the first and for who has no place."""
    if told is None:
        return ""
    name = told["criterion"]
    span = None if name is None else Span(name, weights[name], told["low"], told["high"])
    names = {} if name is None else {name: weighed_name(name, lang)}
    return explain.say_to_first(told["points"], span, names, lang)


def _room(span: Span) -> float:
    """How little a weight must move, up or down, to change the first places; an end of 0 or 1 is no limit."""
    down = span.now - span.low if span.low > 0 else 1.0
    up = span.high - span.now if span.high < 1 else 1.0
    return min(down, up)


def _room_text(span: Span, lang: str) -> str:
    """A range as 12–31 %, rounded inward; with a decimal where whole percents would be too rough."""
    decimals = 0 if span.high - span.low >= 0.03 else 1
    scale = 100 * 10**decimals
    low, high = math.ceil(span.low * scale - 1e-9) / scale, math.floor(span.high * scale + 1e-9) / scale
    return f"{number(100 * low, lang, decimals)}–{formats.percent(high, lang, decimals)}"
