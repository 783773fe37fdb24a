"""PAKET's score as people read it: the bar, a row for each criterion, and the measures below it.

It knows nothing about how a score is computed; points are rounded already so that they add up (`planning.paket_score`).
Colours are those of the criteria of the kelurahan's ranking that measure the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gis_core.ranking import shown_score
from webgis.pages.scores.score import Segment, raw_text
from webgis.planning.review.paket_score import PaketScore, Part, paket_rules

COLOUR_OF: Final = {"poverty": 1, "urgency": 3, "technical": 5, "co_funding": 6, "sustainability": 7}


@dataclass(frozen=True)
class Line:
    """A measure in words: what was found, its points and the most it could give. unknown: not known yet."""

    name: str
    raw: str
    points: float
    most: float
    unknown: bool


@dataclass(frozen=True)
class Row:
    """A criterion in words with its measures; its points are the sum of theirs."""

    id: str
    colour: int
    name: str
    points: float
    most: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PaketView:
    """What templates show. Score, low and high run from 0 to 100; the points of the rows sum to the score."""

    score: float
    low: float
    high: float
    segments: tuple[Segment, ...]
    rows: tuple[Row, ...]

    @property
    def interval(self) -> bool:
        """Whether something is unknown, so that the score could still move."""
        return self.high - self.low > 0.05


def paket_view(score: PaketScore, lang: str) -> PaketView:
    """The view of a score."""
    rows = tuple(_row(part, lang) for part in score.parts)
    return PaketView(shown_score(score.total), score.low, score.high, _segments(rows), rows)


def paket_note(lang: str) -> tuple[str, str]:
    """Version and source of the criteria, to be told beside every list."""
    rules = paket_rules()
    return rules.version, rules.sources[lang == "en"]


def _row(part: Part, lang: str) -> Row:
    told = next(one for one in paket_rules().criteria if one.id == part.id)
    lines = tuple(
        Line(
            known.names[lang == "en"], raw_text(known.unit, one.raw, lang), one.points, one.most, one.missing
        )
        for known, one in zip(told.measures, part.measures, strict=True)
    )
    return Row(part.id, COLOUR_OF.get(part.id, 7), told.names[lang == "en"], part.points, part.most, lines)


def _segments(rows: tuple[Row, ...]) -> tuple[Segment, ...]:
    found, start = [], 0.0
    for row in rows:
        if row.points:
            found.append(Segment(row.colour, round(start, 2), row.points))
        start += row.points
    return tuple(found)
