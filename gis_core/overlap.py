"""Whether two criteria say the same of these proposals, so that a sum counts it twice.

It knows nothing about what criteria mean. A sum of values needs criteria that can be judged one by one (preferential
independence; Keeney & Raiffa 1976); the check and its limit of .8 are the method's section 3.2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr

from gis_core.agreement import Floats, mean_ranks, of_ranks
from gis_core.errors import BadInput

RUN_TOGETHER_ABOVE: Final = 0.8
"""|rho| above which two criteria are told to run together (method 3.2)."""
LEAST: Final = 5
"""Fewer proposals than these say nothing: any order of three or four comes about by chance too often."""
BY_CHANCE: Final = 0.01
"""How likely so strong a relation may be by chance, told apart by Student's t (Kendall & Stuart 1973, 31.19)."""


class Pair(NamedTuple):
    """Two criteria, by number, Spearman's rho of their values and over how many proposals."""

    first: int
    second: int
    rho: float
    proposals: int


def double_counting(values: ArrayLike, known: ArrayLike, weights: ArrayLike) -> tuple[Pair, ...]:
    """Pairs of criteria with |rho| > .8 that chance alone would hardly give, the strongest first.

    values: (n, m) in 0..1; known: (n, m) bool, False where a value is a gap or not asked: a pair is judged over the
    proposals that have both. Ties share their mean rank; a criterion that is the same for all has no rho. weights (m,):
    what weighs nothing cannot count twice. Raises BadInput at /values for shapes that do not fit.
    """
    table, there, weighs = np.asarray(values, dtype=np.float64), np.asarray(known), np.asarray(weights) > 0
    if table.ndim != 2 or there.shape != table.shape or weighs.shape != table.shape[1:]:
        raise BadInput("values and what is known of them must have one column for each weight", "/values")
    found = []
    used = np.flatnonzero(weighs).tolist()
    kept: dict[tuple[int, bytes], Floats] = {}

    def ranks(column: int, rows: NDArray[np.bool_]) -> Floats:
        """Most pairs share their rows with others, so ranks are made once."""
        key = (column, rows.tobytes())
        if key not in kept:
            kept[key] = mean_ranks(table[rows, column])
        return kept[key]

    for a, j in enumerate(used):
        for k in used[a + 1 :]:
            both = there[:, j] & there[:, k]
            n = int(both.sum())
            rho = of_ranks(ranks(j, both), ranks(k, both)) if n >= LEAST else None
            if rho is not None and abs(rho) > RUN_TOGETHER_ABOVE + 1e-12 and _chance(rho, n) < BY_CHANCE:
                found.append(Pair(j, k, rho, n))
    return tuple(sorted(found, key=lambda pair: -abs(pair.rho)))


def told(
    criteria: Sequence[str], values: ArrayLike, known: ArrayLike, weights: ArrayLike
) -> list[dict[str, Any]]:
    """What `double_counting` finds, as documents tell it: {first, second: ids of criteria, rho, proposals}."""
    return [
        pair._asdict() | {"first": criteria[pair.first], "second": criteria[pair.second]}
        for pair in double_counting(values, known, weights)
    ]


def without(weights: NDArray[np.float64], k: int) -> NDArray[np.float64] | None:
    """Sets of weights (N, m) or one (m,) with criterion k taken away and the others in proportion.

    A set that gives all its weight to k tells nothing about the others: it takes the mean of the sets that do. None if
    no set does.
    """
    left = weights.copy()
    left[..., k] = 0.0
    total = left.sum(axis=-1, keepdims=True)
    some = total > 1e-9
    if not some.any():
        return None
    left = np.where(some, left / np.where(some, total, 1.0), 0.0)
    return left if left.ndim == 1 else np.where(some, left, left[some[:, 0]].mean(axis=0))


def _chance(rho: float, n: int) -> float:
    """How likely unrelated orders of n give |rho| or more: Student's t with n - 2 degrees of freedom, two-sided."""
    if abs(rho) >= 1:
        return 0.0
    return 2 * float(stdtr(n - 2, -abs(rho) * math.sqrt((n - 2) / (1 - rho * rho))))
