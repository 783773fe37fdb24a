"""Points sorted by square cells, so that a box is answered from the cells it touches instead of from all points.

It knows nothing about what the points are or what is done with those found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

CELL_M: Final = 50.0
"""Side of a cell in metres: as wide as the smaller service radii, and some ten homes in a dense kampung."""


class PointIndex:
    """Index of points (n, 2) in metres. low: (2,) their least x and y, infinite without points."""

    def __init__(self, xy: NDArray[np.float64]) -> None:
        self.low = xy.min(axis=0, initial=np.inf)
        cells = np.floor((xy - self.low) / CELL_M).astype(np.int64)
        self._last: list[int] = cells.max(axis=0, initial=-1).tolist()
        keys = cells[:, 1] * self._stride + cells[:, 0]
        self.order = np.argsort(keys, kind="stable")
        """Numbers of the points cell by cell, so that neighbours stand together."""
        self._keys = keys[self.order]

    def near(self, bounds: Sequence[float]) -> NDArray[np.intp]:
        """Numbers of all points inside a box (x0, y0, x1, y1), and of some around it."""
        if not len(self.order):
            return self.order
        # A few numbers: plain floats are quicker than arrays.
        x, y = self.low.tolist()
        (right, top), (x0, y0, x1, y1) = self._last, bounds
        first = _cell(x0 - x, 0, right + 1), _cell(y0 - y, 0, top + 1)
        last = _cell(x1 - x, -1, right), _cell(y1 - y, -1, top)
        if first[0] > last[0] or first[1] > last[1]:
            return self.order[:0]
        rows = range(first[1] * self._stride, (last[1] + 1) * self._stride, self._stride)
        ends = [row + column for row in rows for column in (first[0], last[0] + 1)]
        found = self._keys.searchsorted(ends).tolist()
        return np.concatenate(
            [self.order[start:stop] for start, stop in zip(found[::2], found[1::2], strict=True)]
        )

    @property
    def _stride(self) -> int:
        return self._last[0] + 2


def _cell(metres: float, least: int, most: int) -> int:
    """The cell at so many metres from the corner, within limits."""
    return math.floor(min(max(metres / CELL_M, least), most))
