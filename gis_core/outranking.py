"""ELECTRE I as a list of vetoes: pairs of which one is much worse than the other on some criterion.

It knows nothing about the official score, and gives no order: it only says where a sum of points hides a great
weakness (method 3.7). Concordance and discordance are those of Roy 1968, each column scaled by its sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.crosscheck import Direction, checked, quotient
from gis_core.errors import BadInput

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outranking:
    """For every pair a, b (n, n): concordance, the weight on which a is at least as good; discordance, how much
    worse it is where it is worst, as a share of the widest range; worst, the number of that criterion. The
    diagonals are 1, 0 and 0.
    """

    concordance: Floats
    discordance: Floats
    worst: NDArray[np.intp]


@dataclass(frozen=True)
class Veto:
    """a is worse than b on a criterion (numbers) by more than the limit, whatever else it is good for."""

    a: int
    b: int
    criterion: int
    discordance: float
    concordance: float


def electre(
    X: ArrayLike, weights: ArrayLike, directions: Sequence[Direction], rows: Sequence[int] | None = None
) -> Outranking:
    """Concordance and discordance of all pairs. X: (n, m) raw values; weights (m,) summing to 1.

    rows: only pairs whose first is one of these r, so that the answers are (r, n). A column of zeros stays zero; where
    no column has a range nobody is worse. Raises BadInput as the cross-checks do.
    """
    raw, w, sign = checked(X, weights, directions)
    n, m = raw.shape
    if not n or not m:
        r = n if rows is None else len(rows)
        return Outranking(np.ones((r, n)), np.zeros((r, n)), np.zeros((r, n), dtype=np.intp))
    scaled = quotient(raw, np.abs(raw).sum(axis=0)) * sign
    behind = scaled[None, :, :] - (scaled if rows is None else scaled[list(rows)])[:, None, :]
    concordance = ((behind <= 0) * w).sum(axis=2)
    discordance = quotient(np.maximum(behind.max(axis=2), 0.0), np.ptp(scaled, axis=0).max())
    return Outranking(concordance, discordance, behind.argmax(axis=2))


def vetoes(found: Outranking, limit: float) -> list[Veto]:
    """The pairs with a discordance above the limit (0..1), the greatest first. Raises BadInput for the limit."""
    if not 0 <= limit <= 1:
        raise BadInput("must lie between 0 and 1", "/options/veto")
    pairs = [
        Veto(a, b, int(found.worst[a, b]), float(found.discordance[a, b]), float(found.concordance[a, b]))
        for a, b in np.argwhere(found.discordance > limit).tolist()
    ]
    return sorted(pairs, key=lambda v: (-v.discordance, v.a, v.b))
