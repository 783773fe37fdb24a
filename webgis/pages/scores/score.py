"""A score as people read it: the stacked bar of at most seven pieces and one row for each criterion.

It knows nothing about how a score is computed; it takes the contributions as planning gives them.
A criterion always has the same colour, so that bars of different proposals can be compared by eye.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gis_core.ranking import display_parts, shown_score
from webgis.pages.wording import formats, labels
from webgis.planning.catalogues.catalogue import CriterionDef, catalogue
from webgis.planning.written import number

SEGMENT_OF: Final[Mapping[str, int]] = {
    "poor_served": 1,
    "poor_share": 1,
    "vulnerable_served": 1,
    "slum_reduction": 2,
    "slum_severity": 3,
    "service_deficit": 3,
    "cost_per_poor": 4,
    "land": 5,
    "technical": 5,
    "swadaya": 6,
    "cofunding": 6,
    "maintenance": 7,
    "rembuk_priority": 7,
    "flood": 7,
    "slope": 7,
    "connection": 7,
}
LAND_LEVELS: Final = ("none", "verbal", "signed", "certificate")


@dataclass(frozen=True)
class Segment:
    """A piece of the bar: its colour and where it begins and how wide it is, in percent."""

    colour: int
    start: float
    width: float


@dataclass(frozen=True)
class Row:
    """A criterion: its colour, name, raw value in words, points and the most it could give.

    unknown: not known yet; waived: not asked of this type of work.
    """

    colour: int
    name: str
    raw: str
    points: float
    most: float
    unknown: bool
    waived: bool

    @property
    def counts(self) -> bool:
        """Whether it gives points that show with one decimal."""
        return abs(self.points) >= 0.05


@dataclass(frozen=True)
class ScoreView:
    """What the score macro shows. Score, low and high run from 0 to 100."""

    score: float | None
    low: float
    high: float
    provisional: bool
    segments: tuple[Segment, ...]
    rows: tuple[Row, ...]

    @property
    def interval(self) -> bool:
        """Whether something is unknown, so that the score could still move."""
        return self.high - self.low > 0.05


def score_view(result: Mapping[str, Any], lang: str) -> ScoreView | None:
    """The view of a preview or of a row of a ranking; None where nothing was scored.

    result: score, low, high, provisional, contributions {criterion: points}, values {criterion: raw}, waived
    [criterion] and effective_weights {criterion: weight} (all three optional).
    """
    parts = result.get("contributions") or {}
    if result.get("score") is None and not parts:
        return None
    score = result.get("score")
    low, high = (result.get(end, score) for end in ("low", "high"))
    points = dict(parts)
    if score is not None:
        # Rounded so that the parts one reads add up to the score one reads (method 3.3).
        points = dict(zip(parts, display_parts(list(parts.values()), score), strict=True))
        score = shown_score(score)
    return ScoreView(
        score=score,
        low=float(low or 0),
        high=float(high or 0),
        provisional=bool(result.get("provisional")),
        segments=segments(parts),
        rows=tuple(_row(item, points, result, lang) for item in _by_points(parts)),
    )


def segments(parts: Mapping[str, float]) -> tuple[Segment, ...]:
    """The bar from left to right; pieces of nothing are left out."""
    found, start = [], 0.0
    for colour in sorted(set(SEGMENT_OF.values())):
        width = sum(max(0.0, part or 0.0) for key, part in parts.items() if SEGMENT_OF.get(key, 7) == colour)
        if width >= 0.05:
            found.append(Segment(colour, round(start, 2), round(width, 2)))
        start += width
    return tuple(found)


def raw_text(unit: str, value: Any, lang: str) -> str:
    """A raw value in its unit: 47 KK, 68 %, Rp 2,0 juta, izin tertulis."""
    if value is None:
        return ""
    if unit == "share":
        decimals = 0 if value == 0 or value >= 0.1 else 1 if value >= 0.001 else 2
        return formats.percent(float(value), lang, decimals)
    if unit == "rupiah":
        return formats.short_money(round(float(value)), lang)
    if unit == "households":
        return formats.quantity(float(value), "KK", lang)
    if unit == "persons":
        return formats.quantity(float(value), "persons", lang)
    if unit == "land_level":
        return labels.label(labels.LAND, LAND_LEVELS[min(3, max(0, int(value)))])
    return number(float(value), lang)


def _by_points(parts: Mapping[str, float]) -> list[CriterionDef]:
    known = [item for item in catalogue().criteria if item.id in parts]
    return sorted(known, key=lambda item: (SEGMENT_OF.get(item.id, 7), -(parts[item.id] or 0.0)))


def _row(
    item: CriterionDef,
    parts: Mapping[str, float],
    result: Mapping[str, Any],
    lang: str,
) -> Row:
    values: Mapping[str, Any] = result.get("values") or {}
    weights: Mapping[str, float] = result.get("effective_weights") or {}
    waived = item.id in (result.get("waived") or ())
    nobody = item.id == "cost_per_poor" and values.get("poor_served") == 0
    unknown = item.id in values and values[item.id] is None and not nobody and not waived
    return Row(
        colour=SEGMENT_OF.get(item.id, 7),
        name=item.name(lang),
        raw="–" if nobody else raw_text(item.unit, values.get(item.id), lang),
        points=float(parts[item.id] or 0.0),
        most=100.0 * weights.get(item.id, item.core.weight),
        unknown=unknown,
        waived=waived,
    )
