"""Straight pieces of lines: how far points lie from them, and which of many is nearest to each of many points.

It knows nothing about roads or households; all in the same metres. A numpy of its own beside GEOS, which is asked point
by point and takes several times as long; the answers are the same but for rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]

CELLS_M: Final = (12.0, 40.0)
"""Sides of square cells in metres, the small ones asked first: of the many homes beside a road each is compared with a
few pieces. Half a block of a street grid is what a road is nearer than nearly everywhere."""
_TINY: Final = float(np.finfo(np.float64).tiny)
_AT_ONCE: Final = 4_000
"""Points asked for together: what is known of their pieces then fits into the caches of a processor."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces (s,) from x, y over the steps dx, dy."""

    x: Floats
    y: Floats
    dx: Floats
    dy: Floats

    @classmethod
    def between(cls, start: Floats, end: Floats) -> Pieces:
        """The pieces from starts to ends (s, 2)."""
        return cls(*start.T.copy(), *(end - start).T.copy())

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, chosen: Any) -> Pieces:
        return Pieces(self.x[chosen], self.y[chosen], self.dx[chosen], self.dy[chosen])

    def feet(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Of points, piece by piece or broadcast: their place on the piece (0..1), and metres to it, squared."""
        east, north = x - self.x, y - self.y
        # A piece without length is its start.
        length = np.maximum(self.dx * self.dx + self.dy * self.dy, _TINY)
        along = np.minimum(np.maximum((east * self.dx + north * self.dy) / length, 0.0), 1.0)
        east, north = east - along * self.dx, north - along * self.dy
        return along, east * east + north * north

    def metres(self, x: Floats, y: Floats) -> Floats:
        """Metres (n,) from points to the nearest of the pieces."""
        return np.asarray(np.sqrt(self[:, None].feet(x, y)[1].min(axis=0)))


class PieceIndex:
    """Pieces by the square cells they lie in, so that a point is compared with those around it only."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self._grids = [_Grid(pieces, side) for side in CELLS_M]

    def nearest(self, xy: Floats) -> Numbers:
        """The nearest piece (n,) to points (n, 2), of equally near ones the first; -1 where none is within the side of
        the largest cell."""
        result = np.full(len(xy), -1, dtype=np.intp)
        for grid in self._grids:
            left = np.flatnonzero(result < 0)
            result[left] = grid.nearest(xy[left])
        return result


class _Grid:
    """Pieces by cells of one size."""

    def __init__(self, pieces: Pieces, side: float) -> None:
        self.pieces, self._side = pieces, side
        # Parts no longer than a cell touch four at most.
        parts = np.ceil(np.hypot(pieces.dx, pieces.dy) / side).astype(np.intp).clip(1)
        piece = np.repeat(np.arange(len(pieces)), parts)
        nth = np.arange(len(piece)) - np.repeat(np.cumsum(parts) - parts, parts)
        ends = [(nth + k) / parts[piece] for k in (0, 1)]
        xy = np.stack(
            [[pieces.x[piece] + t * pieces.dx[piece], pieces.y[piece] + t * pieces.dy[piece]] for t in ends]
        )
        self._low = xy.min(axis=(0, 2), initial=np.inf)
        cells = np.sort(np.floor((xy - self._low[:, None]) / side).astype(np.int64), axis=0)
        self._wide = int(cells[:, 0].max(initial=-1)) + 1
        keys = np.concatenate([self._key(cells[k, 0], cells[m, 1]) for k in (0, 1) for m in (0, 1)])
        known = np.unique(keys * len(pieces) + np.tile(piece, 4))
        self._keys, self._piece = np.divmod(known, max(len(pieces), 1))

    def nearest(self, xy: Floats) -> Numbers:
        """The nearest piece (n,) to points (n, 2), of equally near ones the first; -1 where none is within a side."""
        result = np.full(len(xy), -1, dtype=np.intp)
        if len(self.pieces) and len(xy):
            cells = np.floor((xy - self._low) / self._side).clip(-2, (self._wide + 1, 2**31)).astype(np.int64)
            key = self._key(cells[:, 0], cells[:, 1])
            order = np.argsort(key)
            for start in range(0, len(xy), _AT_ONCE):
                some = order[start : start + _AT_ONCE]
                result[some] = self._among_neighbours(xy[some], key[some])
        return result

    def _among_neighbours(self, xy: Floats, key: NDArray[np.int64]) -> Numbers:
        """`nearest` of points in cells with rising keys: their own and the eight around it stand in three runs."""
        rows = key + self._stride * np.arange(-1, 2)[:, None]
        first, stop = (np.searchsorted(self._keys, rows + k).T.ravel() for k in (-1, 2))
        count = stop - first
        run = np.repeat(np.arange(len(count)), count)
        piece = self._piece[np.arange(len(run)) + (first - np.cumsum(count) + count)[run]]
        point = run // 3
        _, square = self.pieces[piece].feet(xy[point, 0], xy[point, 1])
        some = np.flatnonzero(np.diff(point, prepend=-1))
        result = np.full(len(xy), -1, dtype=np.intp)
        if len(some):
            least = np.minimum.reduceat(square, some)
            each = np.repeat(least, np.diff(some, append=len(point)))
            best = np.minimum.reduceat(np.where(square == each, piece, len(self.pieces)), some)
            result[point[some]] = np.where(least <= self._side * self._side, best, -1)
        return result

    @property
    def _stride(self) -> int:
        """Cells from one row to the next, so many that no run of three reaches into another row."""
        return self._wide + 5

    def _key(self, column: NDArray[np.int64], row: NDArray[np.int64]) -> NDArray[np.int64]:
        return row * self._stride + column
