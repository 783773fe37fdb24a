"""Demands that works cover in part, as layers that works cover wholly or not at all.

It knows nothing about money. The best server decides (method 5.2, rule 8): of the works built, the one with
the largest share m counts. With the shares of a demand sorted, m1 > m2 > ..., that is the sum over k of
(m_k - m_k+1) [some work with a share of at least m_k is built]: a stack of demands, each covered or not. The
linear relaxation is that of rule 8, too, and all that holds for maximum coverage holds for partial coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Layers:
    """l layers: weight (l,), demand (l,) they are part of, and for each work the layers it covers, rising."""

    weight: NDArray[np.float64]
    demand: NDArray[np.int64]
    reach: tuple[NDArray[np.int64], ...]


def layers(weight: NDArray[np.float64], shares: Sequence[dict[int, float]]) -> Layers:
    """The layers of demands with these weights (d,); shares: for each work, demand -> share in (0, 1].

    Without partial shares the layers are the demands themselves.
    """
    levels: list[set[float]] = [{1.0} for _ in weight]
    for covers in shares:
        for d, share in covers.items():
            levels[d].add(share)
    steps = [sorted(found) for found in levels]
    start = np.concatenate([[0], np.cumsum([len(s) for s in steps])]).astype(np.int64)
    thickness = [high - low for s in steps for low, high in zip([0.0, *s[:-1]], s, strict=True)]
    demand = np.repeat(np.arange(len(weight)), np.diff(start))
    return Layers(
        weight[demand] * np.array(thickness, dtype=np.float64),
        demand,
        tuple(
            np.array(
                [int(start[d]) + k for d in sorted(c) for k in range(steps[d].index(c[d]) + 1)],
                dtype=np.int64,
            )
            for c in shares
        ),
    )
