"""What scores of sums tell of the RT hidden in them, and which further RT are hidden so that they tell nothing.

It knows nothing about forms, readers or the store: a criterion of some RT, and the areas whose score counts them
together. A score is a band of a share, so a sum is known within bounds; less the RT that are shown it bounds those that
are not (complementary suppression, Cox 1980; decision 44).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from gis_core import slum

SMALLEST: Final = 5
"""Of homes that may be told as a group."""
SMALLEST_BASE: Final = 20
"""Homes of which the narrowest band of shares, a quarter, is five."""
SCORES: Final = (0, 1, 3, 5)
ROUNDS: Final = 50
"""Of tightening; far more than a kelurahan with a few kawasan takes."""
Bounds = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A criterion of an RT: homes with the deficit and all homes, None where unknown; the score it was given."""

    volume: float | None
    base: float | None
    score: int

    @property
    def is_small(self) -> bool:
        """Whether it could tell of a group of one to four, or of all but one to four."""
        few = self.volume is not None and self.volume < SMALLEST
        left = None if self.base is None or self.volume is None else self.base - self.volume
        return few or (left is not None and left < SMALLEST) or (self.base is not None and self.narrow)

    @property
    def narrow(self) -> bool:
        """Whether it has so few homes that a band of shares is less than five."""
        return self.base is not None and self.base < SMALLEST_BASE


@dataclass(frozen=True)
class Sum:
    """An area that counts some RT (rows) together: its score and all its homes."""

    members: tuple[int, ...]
    score: int
    base: float


def band(score: int, base: float) -> Bounds:
    """Least and greatest whole volume of a base that has a score; a share is rounded to hundredths of a percent."""
    edges = (0.0, *slum.SHARE_BANDS, math.inf)
    low, high = edges[SCORES.index(score)], edges[SCORES.index(score) + 1]
    least = math.ceil((low - 0.005) / 100 * base - 1e-9) if low else 0
    return max(least, 0), base if math.isinf(high) else math.ceil((high - 0.005) / 100 * base - 1e-9) - 1


def further(lines: Sequence[Line], sums: Sequence[Sum]) -> frozenset[int]:
    """Rows that are to be hidden beside those that are small, so that the sums together tell of no small group.

    Of the RT shown in a sum that holds the one that is told, the one goes whose band is widest, until nothing is told
    or all of them are hidden.
    """
    small = {i for i, line in enumerate(lines) if line.is_small}
    sums = [found for found in sums if all(lines[i].volume is not None for i in found.members)]
    more: set[int] = set()
    while True:
        told = _told(lines, small, more, sums)
        free = {
            i
            for found in sums
            if not told.isdisjoint(found.members)
            for i in found.members
            if i not in small | more
        }
        if not free:
            return frozenset(more)
        more.add(max(free, key=lambda i: (_width(lines[i]), lines[i].volume or 0.0, -i)))


def _told(lines: Sequence[Line], small: set[int], more: set[int], sums: Sequence[Sum]) -> set[int]:
    """Hidden rows of which the scores of the sums hold something inside one to four: one RT, or all hidden in a sum."""
    bounds = {i: _bounds(lines[i], i in more) for i in small | more}
    rests = [_rest(lines, found, bounds) for found in sums]
    _tighten(bounds, rests)
    told = {
        i
        for i, (start, end) in bounds.items()
        if _small(start, end)
        or (not lines[i].narrow and _small((lines[i].base or 0) - end, (lines[i].base or 0) - start))
    }
    for mine, low, high in rests:
        start = max(low, sum(bounds[i][0] for i in mine))
        if mine and _small(start, min(high, sum(bounds[i][1] for i in mine))):
            told.update(mine)
    return told


def _rest(lines: Sequence[Line], found: Sum, hidden: Collection[int]) -> tuple[tuple[int, ...], float, float]:
    """What is hidden in a sum, and the bounds of it that its score leaves."""
    shown = sum(lines[i].volume or 0.0 for i in found.members if i not in hidden)
    low, high = band(found.score, found.base)
    return tuple(i for i in found.members if i in hidden), low - shown, high - shown


def _tighten(bounds: dict[int, Bounds], rests: Sequence[tuple[tuple[int, ...], float, float]]) -> None:
    """Bounds of each hidden row by all sums together: each leaves to one what the others at their ends do not take."""
    for _ in range(ROUNDS):
        before = dict(bounds)
        for mine, low, high in rests:
            least, most = (sum(bounds[i][end] for i in mine) for end in (0, 1))
            for i in mine:
                start, end = bounds[i]
                bounds[i] = max(start, low - (most - end)), min(end, high - (least - start))
        if bounds == before:
            return


def _small(least: float, most: float) -> bool:
    return least >= 1 and most < SMALLEST


def _bounds(line: Line, further_one: bool) -> Bounds:
    """What is known of a hidden volume without any sum: its band; of a small one, that it is small, too."""
    base = line.base or 0.0
    if line.narrow:
        return 0.0, float(SMALLEST_BASE - 1)
    low, high = band(line.score, base)
    if further_one or line.volume is None:
        return low, high
    if line.volume < SMALLEST:
        return 0.0, float(SMALLEST - 1)
    return base - SMALLEST + 1, base


def _width(line: Line) -> float:
    low, high = band(line.score, line.base or 0.0)
    return high - low
