"""How far two rankings of the same proposals agree.

It knows nothing about the methods that made them. Kendall 1945 (tau-b), Spearman 1904; conventions are
the method's section 3.7.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """kendall_tau_b and spearman in -1..1, overlap of the first k in 0..1; None where undefined."""

    kendall_tau_b: float | None
    spearman: float | None
    overlap: float | None


def agreement(first: ArrayLike, second: ArrayLike, top: int) -> Agreement:
    """All three measures of two scores (n,) of the same proposals, larger better; see the functions."""
    return Agreement(kendall_tau_b(first, second), spearman(first, second), overlap(first, second, top))


def kendall_tau_b(first: ArrayLike, second: ArrayLike) -> float | None:
    """Pairs in the same order less pairs in the contrary one, corrected for ties (tau-b).

    first, second: (n,) scores, both with larger better or both with smaller; compared after rounding to
    1e-9. None for fewer than two proposals, and where one side ties all of them. Raises BadInput at
    /first, /second or /second/i for what is not n finite numbers, as the other functions here do.
    """
    a, b = _read(first, second)
    n = len(a)
    balance = pairs_a = pairs_b = 0
    for i in range(n - 1):
        # Row by row: all pairs at once would need n^2 numbers.
        sign_a, sign_b = np.sign(a[i + 1 :] - a[i]), np.sign(b[i + 1 :] - b[i])
        balance += int(sign_a @ sign_b)
        pairs_a += int(np.count_nonzero(sign_a))
        pairs_b += int(np.count_nonzero(sign_b))
    if not (pairs_a and pairs_b):
        return None
    return _within_1(balance / math.sqrt(pairs_a * pairs_b))


def spearman(first: ArrayLike, second: ArrayLike) -> float | None:
    """The correlation of mean ranks (Spearman's rho); arguments, None and errors as `kendall_tau_b`."""
    a, b = _read(first, second)
    return of_ranks(mean_ranks(a), mean_ranks(b))


def of_ranks(first: Floats, second: Floats) -> float | None:
    """Spearman's rho of `mean_ranks` (n,), for those who compare one order with many; None as `kendall_tau_b`."""
    if len(first) < 2 or not (np.ptp(first) and np.ptp(second)):
        return None
    a, b = first - first.mean(), second - second.mean()
    return _within_1(float(a @ b) / math.sqrt(float(a @ a) * float(b @ b)))


def mean_ranks(x: Floats) -> Floats:
    """Ranks (n,) from 0 of finite numbers, smallest first, compared after rounding to 1e-9; ties share their mean."""
    _, group, size = np.unique(np.round(x, 9), return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(size) - (size + 1) / 2)[group], dtype=np.float64)


def overlap(first: ArrayLike, second: ArrayLike, top: int) -> float | None:
    """|A and B| / k of the first k by two scores (n,), larger better (k = n if there are fewer).

    Proposals tied across the cut share the places left there, so that no order of rows decides. None for
    fewer than two proposals. Raises BadInput as `kendall_tau_b` does, and at /top for less than 1.
    """
    a, b = _read(first, second)
    if top < 1:
        raise BadInput("needs at least the first place", "/top")
    if len(a) < 2:
        return None
    k = min(top, len(a))
    shared = np.minimum(_membership(a, k), _membership(b, k)).sum()
    return min(float(shared) / k, 1.0)


def _read(first: ArrayLike, second: ArrayLike) -> tuple[Floats, Floats]:
    """Two rounded scores of the same proposals."""
    sides = []
    for given, pointer in ((first, "/first"), (second, "/second")):
        scores = np.asarray(given, dtype=np.float64)
        if scores.ndim != 1:
            raise BadInput(f"must be a list of scores, not of shape {scores.shape}", pointer)
        for i in np.flatnonzero(~np.isfinite(scores)):
            raise BadInput(f"a score must be a finite number, not {scores[i]}", f"{pointer}/{i}")
        sides.append(np.round(scores, 9))
    if len(sides[0]) != len(sides[1]):
        raise BadInput(f"has {len(sides[1])} scores, the first {len(sides[0])}", "/second")
    return sides[0], sides[1]


def _membership(x: Floats, k: int) -> Floats:
    """(n,) 1 for the first k, 0 for the others, a share for those tied across the cut."""
    cut = np.sort(x)[-k]
    above, level = x > cut, x == cut
    return np.asarray(above + level * ((k - above.sum()) / level.sum()), dtype=np.float64)


def _within_1(value: float) -> float:
    """Without the rounding beyond -1..1."""
    return min(max(value, -1.0), 1.0)
