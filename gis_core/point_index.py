"""Points sorted by square cells, so that a box is answered from the cells it touches instead of from all points.

It knows nothing about what the points are or what is done with those found.
"""

from __future__ import annotations

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
        self._last = cells.max(axis=0, initial=-1)
        keys = self._key(cells[:, 1], cells[:, 0])
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def near(self, bounds: Sequence[float]) -> NDArray[np.intp]:
        """Numbers of all points inside a box (x0, y0, x1, y1), and of some around it."""
        if not len(self._order):
            return self._order
        corners = np.floor((np.reshape(bounds, (2, 2)) - self.low) / CELL_M)
        first = np.clip(corners[0], 0, self._last + 1).astype(np.int64)
        last = np.clip(corners[1], -1, self._last).astype(np.int64)
        if (first > last).any():
            return self._order[:0]
        rows = np.arange(first[1], last[1] + 1)
        starts = np.searchsorted(self._keys, self._key(rows, first[0]))
        stops = np.searchsorted(self._keys, self._key(rows, last[0] + 1))
        spans = zip(starts.tolist(), stops.tolist(), strict=True)
        return np.concatenate([self._order[start:stop] for start, stop in spans])

    def _key(self, row: NDArray[np.int64], column: NDArray[np.int64] | np.int64) -> NDArray[np.int64]:
        return np.asarray(row * (self._last[0] + 2) + column, dtype=np.int64)
