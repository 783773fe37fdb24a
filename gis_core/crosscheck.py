"""Other ranking methods, run beside the official score as a check and never instead of it.

It knows nothing about value functions or missing data: it takes complete raw values with directions.
TOPSIS: Hwang & Yoon 1981; VIKOR: Opricovic & Tzeng 2004; PROMETHEE II: Brans, Vincke & Mareschal 1986.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Floats = NDArray[np.float64]
Direction = Literal["max", "min"]
Kind = Literal["usual", "u", "v", "level", "linear", "gaussian"]

_PAIRS_AT_ONCE: Final = 4_000_000


@dataclass(frozen=True, eq=False)
class Vikor:
    """Q (n,), S, R (n,), smaller is better; whether the best has an acceptable advantage and stability."""

    q: Floats
    s: Floats
    r: Floats
    acceptable_advantage: bool
    acceptable_stability: bool


@dataclass(frozen=True)
class Preference:
    """One of the six preference functions of PROMETHEE over a difference d in the criterion's unit.

    usual d > 0; u d > q; v min(1, d/p); level 0, 1/2, 1 at q and p; linear (d - q)/(p - q) clipped;
    gaussian 1 - exp(-d^2 / 2 s^2). Raises BadInput for thresholds that are missing or out of order.
    """

    type: Kind = "usual"
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0

    def __post_init__(self) -> None:
        if self.type not in ("usual", "u", "v", "level", "linear", "gaussian"):
            raise BadInput(f"unknown preference function {self.type!r}", "/type")
        if not (np.isfinite([self.q, self.p, self.s]).all() and min(self.q, self.p, self.s) >= 0):
            raise BadInput("thresholds must be finite and not negative")
        if self.type == "v" and self.p == 0:
            raise BadInput("p must be positive", "/p")
        if self.type == "linear" and self.p <= self.q or self.type == "level" and self.p < self.q:
            raise BadInput("p must be larger than q", "/p")
        if self.type == "gaussian" and self.s == 0:
            raise BadInput("s must be positive", "/s")

    def __call__(self, d: Floats) -> Floats:
        """Preference 0..1 for differences d, any shape; 0 for d <= 0."""
        if self.type in ("usual", "u"):
            return (d > (self.q if self.type == "u" else 0.0)).astype(np.float64)
        if self.type == "v":
            return np.clip(d / self.p, 0.0, 1.0)
        if self.type == "level":
            return 0.5 * (d > self.q) + 0.5 * (d > self.p)
        if self.type == "linear":
            return np.clip((d - self.q) / (self.p - self.q), 0.0, 1.0)
        return np.asarray(-np.expm1(-0.5 * (np.maximum(d, 0.0) / self.s) ** 2), dtype=np.float64)


def topsis(
    X: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[Direction],
    normalisation: Literal["vector", "minmax"] = "vector",
) -> Floats:
    """Closeness (n,) in 0..1 to the ideal, larger is better.

    X: (n, m) raw values; weights (m,) summing to 1. normalisation "vector" divides by the root of the
    sum of squares, "minmax" by the range (an all-zero or constant column becomes 0). All equal: 1.
    Raises BadInput for wrong shapes, values that are not finite or an unknown normalisation.
    """
    raw, w, sign = checked(X, weights, directions)
    if normalisation not in ("vector", "minmax"):
        raise BadInput(f'normalisation must be "vector" or "minmax", not {normalisation!r}', "/normalisation")
    if not len(raw):
        return np.empty(0)
    # What is done to a column keeps its order, so the ideal and its opposite are made of its ends alone.
    ends = np.stack([raw.min(axis=0), raw.max(axis=0)])
    # By the largest magnitude first: squares of very large or small numbers would leave the range.
    largest = _or_one(np.abs(ends).max(axis=0))
    points, ends = raw / largest, ends / largest
    if normalisation == "vector":
        size = np.sqrt((points**2).sum(axis=0))
    else:
        low, size = ends[0].copy(), np.ptp(ends, axis=0)
        points -= low
        ends -= low
    for some in (points, ends):
        some /= _or_one(size)
        some *= w * sign
    to_best, to_worst = (_away(points, ideal) for ideal in (ends.max(axis=0), ends.min(axis=0)))
    return quotient(to_worst, to_best + to_worst, 1.0)


def vikor(X: ArrayLike, weights: ArrayLike, directions: Sequence[Direction], v: float = 0.5) -> Vikor:
    """VIKOR: group utility S, individual regret R and their compromise Q, each (n,), smaller is better.

    X: (n, m); weights (m,); v in 0..1 weighs S against R. A quotient whose range is 0 counts 0.
    Advantage: the second best Q is at least 1/(n - 1) behind; stability: the best in Q is best in S or R
    (both True for a single alternative). Raises BadInput as `topsis` does and for v outside 0..1.
    """
    raw, w, sign = checked(X, weights, directions)
    if not 0 <= v <= 1:
        raise BadInput(f"v must lie in 0..1, not {v}", "/vikor_v")
    if not len(raw):
        return Vikor(np.empty(0), np.empty(0), np.empty(0), True, True)
    raw = raw * sign
    regrets = w * quotient(raw.max(axis=0) - raw, np.ptp(raw, axis=0))
    s, r = regrets.sum(axis=1), regrets.max(axis=1)
    q = v * quotient(s - s.min(), np.ptp(s)) + (1 - v) * quotient(r - r.min(), np.ptp(r))
    ranked = np.sort(q)
    advantage = len(q) == 1 or bool(ranked[1] - ranked[0] >= 1 / (len(q) - 1) - 1e-12)
    first = q <= ranked[0] + 1e-9
    stable = bool((first & ((s <= s.min() + 1e-9) | (r <= r.min() + 1e-9))).any())
    return Vikor(q, s, r, advantage, stable)


def promethee(
    X: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[Direction],
    preferences: Sequence[Preference] | None = None,
) -> Floats:
    """Net flows of PROMETHEE II by criterion, (n, m); their row sums are the net flows, -1..1, sum 0.

    X: (n, m); weights (m,); preferences: m functions, all "usual" if None. One alternative has flow 0.
    Raises BadInput as `topsis` does.
    """
    raw, w, sign = checked(X, weights, directions)
    functions = [Preference()] * raw.shape[1] if preferences is None else list(preferences)
    if len(functions) != raw.shape[1]:
        raise BadInput(f"{len(functions)} preference functions for {raw.shape[1]} criteria", "/preferences")
    n, flows = len(raw), np.zeros(raw.shape)
    if n < 2:
        return flows
    rows = max(_PAIRS_AT_ONCE // n, 1)
    for j, preference in enumerate(functions):
        column = raw[:, j] * sign[j]
        for start in range(0, n, rows):
            d = column[start : start + rows, None] - column[None, :]
            flows[start : start + rows, j] = (preference(d) - preference(-d)).sum(axis=1)
    return flows * w / (n - 1)


def _or_one(size: Floats) -> Floats:
    """Sizes of columns to divide by: a column of zeros stays as it is."""
    return np.where(size == 0, 1.0, size)


def _away(points: Floats, ideal: Floats) -> Floats:
    """How far (n,) points (n, m) are from one (m,)."""
    far = points - ideal
    far *= far
    return np.asarray(np.sqrt(far.sum(axis=1)))


def quotient(numerator: Floats, denominator: ArrayLike, otherwise: float = 0.0) -> Floats:
    """numerator / denominator (by column), `otherwise` where the denominator is 0."""
    below = np.broadcast_to(np.asarray(denominator, dtype=np.float64), numerator.shape)
    result = np.full(numerator.shape, otherwise)
    np.divide(numerator, below, out=result, where=below != 0)
    return result


def checked(
    X: ArrayLike, weights: ArrayLike, directions: Sequence[Direction]
) -> tuple[Floats, Floats, Floats]:
    """X (n, m), weights (m,) and signs (m,) as floats, or BadInput."""
    raw, w = np.asarray(X, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if raw.ndim != 2 or w.shape != (raw.shape[1],) or len(directions) != len(w):
        raise BadInput(f"values {raw.shape}, {w.shape} weights and {len(directions)} directions do not fit")
    if not np.isfinite(raw).all():
        i, j = np.argwhere(~np.isfinite(raw))[0]
        raise BadInput("the cross-check methods need every value", f"/values/{i}/{j}")
    sign = np.array([1.0 if d == "max" else -1.0 for d in directions])
    return raw, w, sign
