"""How little the weights must change before two proposals, or the first k, change places.

It knows nothing about raw values or documents: values in 0..1 and weights in, thresholds out.
Triantaphyllou & Sanchez 1997; conventions are the method's sections 4.3 to 4.5.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Floats = NDArray[np.float64]

_EQUAL = 1e-11
"""Leads below this are ties: scores of 0..100 are compared to 1e-9 (method 3.5)."""


class Part(NamedTuple):
    """What one criterion, by its place in the table, adds to the lead of p over q, in points of 0..100."""

    criterion: int
    points: float


def lead(weights: ArrayLike, difference: ArrayLike) -> float:
    """w . d: how far p is ahead of q, on 0..1; exactly 0 for scores that count as tied.

    weights: (m,) >= 0 summing to 1 within 1e-6. difference: (m,) v_p - v_q, each in -1..1. Raises
    BadInput at /weights, /weights/j, /difference or /difference/j, as the other functions here do.
    """
    return _lead(*_read(weights, difference))


def single_weight_at_swap(weights: ArrayLike, difference: ArrayLike) -> list[float | None]:
    """For each criterion the weight t* in 0..1 at which p and q are level, None if there is none.

    One weight moves to t, the others keep their proportions: t* = R / (R - d_k) with
    R = (lead - w_k d_k) / (1 - w_k). Without a lead nothing need move: t* = w_k. A weight of 1 has no
    others whose proportions could be kept: None.
    """
    w, d = _read(weights, difference)
    ahead = _lead(w, d)
    found: list[float | None] = []
    for k in range(len(w)):
        if ahead == 0:
            found.append(float(w[k]))
            continue
        rest = float(np.delete(w, k).sum())
        # R is the lead by the others alone; w_k near 1 leaves nothing to scale up.
        others = float(np.delete(w * d, k).sum()) / rest if rest > 1e-9 else np.nan
        at = others / (others - d[k]) if abs(others - d[k]) > _EQUAL else np.nan
        found.append(_end(float(at)) if 0 <= at <= 1 else None)
    return found


def smallest_moved_weight(weights: ArrayLike, difference: ArrayLike) -> float | None:
    """The least weight that must move between criteria for p and q to be level; None if none suffices.

    The linear program min 1/2 sum |w' - w| with w' on the simplex and w' . d = 0, solved in closed form:
    all that moves goes to the criterion worst for the leader and comes first from the one best for it.
    """
    w, d = _read(weights, difference)
    ahead = _lead(w, d)
    if ahead == 0:
        return 0.0
    d = d if ahead > 0 else -d
    worst, left, moved = float(d.min(initial=np.inf)), abs(ahead), 0.0
    if worst > 0:
        return None
    for k in np.argsort(-d, kind="stable"):
        gain = float(d[k]) - worst
        if left <= _EQUAL * 0.1 or gain <= 0:
            break
        step = min(float(w[k]), left / gain)
        moved, left = moved + step, left - gain * step
    return moved


def smallest_turn(weights: ArrayLike, difference: ArrayLike) -> float | None:
    """The least weight that must move until p and q change places: beyond it, by a hair, the one behind is ahead.

    That is `smallest_moved_weight`; but None where the one behind is better on no criterion, for then weights may make
    them level and never turn them round.
    """
    w, d = _read(weights, difference)
    ahead = _lead(w, d)
    if ahead and not (-np.sign(ahead) * d > _EQUAL).any():
        return None
    return smallest_moved_weight(w, d)


def stable_range(values: ArrayLike, weights: ArrayLike, k: int, top: int) -> tuple[float, float]:
    """The weights of criterion k, around its own, for which the first `top` proposals stay the same set.

    values: (n, m) in 0..1. The others keep their proportions. Everything (0, 1) if the set is empty or
    everybody; only the weight itself where a tie is cut. Raises BadInput at /values, /weights or /k.
    """
    table, w, rest = _read_table(values, weights, k)
    at = float(w[k])
    if rest <= 1e-9:
        return at, at
    score = table @ w
    order = np.argsort(-np.rint(score / _EQUAL), kind="stable")
    first, others = order[: max(top, 0)], order[max(top, 0) :]
    # Against every pair, the lead D and its slope in t around the present weight.
    ahead = (score[first][:, None] - score[others][None, :]).ravel()
    base = (score - at * table[:, k]) / rest
    steep = table[:, k] - base
    slope = (steep[first][:, None] - steep[others][None, :]).ravel()
    ahead = np.where(np.abs(ahead) <= _EQUAL, 0.0, ahead)
    falling, rising = slope < -_EQUAL, slope > _EQUAL
    high = at + float((ahead[falling] / -slope[falling]).min(initial=np.inf))
    low = at - float((ahead[rising] / slope[rising]).min(initial=np.inf))
    return (0.0 if low <= _EQUAL else low), _end(high)


def first_ranges(values: ArrayLike, weights: ArrayLike, k: int) -> list[tuple[float, float] | None]:
    """For each proposal the weights of criterion k for which it is first, alone or level; None if there are none.

    values: (n, m) in 0..1. The others keep their proportions, so every score is a straight line in the weight of k
    and the first ones are the upper envelope, walked from 0 to 1. To be level at a single point is not to be first.
    A weight of 1 has no others: None for all. Raises BadInput as `stable_range` does.
    """
    table, w, rest = _read_table(values, weights, k)
    found: list[tuple[float, float] | None] = [None] * len(table)
    if rest <= 1e-9 or not len(table):
        return found
    base = (table @ w - float(w[k]) * table[:, k]) / rest
    slope = table[:, k] - base
    at = 0.0
    while at < 1:
        score = base + at * slope
        level = score >= score.max() - _EQUAL
        steep = slope[level].max()
        gaining = slope > steep + _EQUAL
        crossing = (score.max() - score[gaining]) / (slope[gaining] - steep)
        end = _end(at + float(crossing.min(initial=np.inf)))
        for i in np.flatnonzero(level & (slope >= steep - _EQUAL)):
            found[i] = (found[i] or (at, end))[0], end
        at = end
    return found


def dominance(values: ArrayLike) -> NDArray[np.bool_]:
    """(n, n): row i is at least as good as column k on every criterion and better on one (method 4.4).

    values: (n, m). Raises BadInput at /values if they are not finite.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise BadInput("values must be finite with shape (n, m)", "/values")
    found = np.empty((len(table), len(table)), dtype=np.bool_)
    for i, row in enumerate(table):
        found[i] = (row >= table).all(axis=1) & (row > table).any(axis=1)
    return found


def least_lead(difference: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> float:
    """The smallest lead of p over q for any weights between bounds; p dominates robustly if it is >= 0.

    lower, upper: (m,) within 0..1. Closed form of the linear program: what the lower bounds leave over
    goes to the criteria worst for p. Raises BadInput at /difference, or at /lower if no weights fit.
    """
    d = _differences(difference)
    low, high = np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
    if low.shape != d.shape or high.shape != d.shape or not ((low >= 0) & (low <= high) & (high <= 1)).all():
        raise BadInput("bounds must be 0 <= lower <= upper <= 1, one pair per criterion", "/lower")
    if low.sum() > 1 + 1e-9 or high.sum() < 1 - 1e-9:
        raise BadInput("no weights between these bounds sum to 1", "/lower")
    used, left = low.copy(), 1.0 - float(low.sum())
    for k in np.argsort(d, kind="stable"):
        more = min(float(high[k] - low[k]), max(left, 0.0))
        used[k] += more
        left -= more
    return float(used @ d)


def compare(weights: ArrayLike, difference: ArrayLike) -> list[Part]:
    """Where the lead of p over q comes from: 100 w_j d_j, the largest in size first (method 4.5)."""
    w, d = _read(weights, difference)
    parts = 100.0 * w * d
    return [Part(int(j), float(parts[j])) for j in np.argsort(-np.abs(parts), kind="stable")]


def swaps(
    values: ArrayLike, weights: ArrayLike, pairs: Collection[tuple[int, int]]
) -> dict[tuple[int, int], float | None]:
    """`smallest_moved_weight` of each pair of rows (p, q), for the neighbours around a budget line."""
    table = np.asarray(values, dtype=np.float64)
    return {(p, q): smallest_moved_weight(weights, table[p] - table[q]) for p, q in pairs}


def _read(weights: ArrayLike, difference: ArrayLike) -> tuple[Floats, Floats]:
    """Weights and differences of the same criteria."""
    w, d = _weights(weights), _differences(difference)
    if len(w) != len(d):
        raise BadInput(f"has {len(d)} differences for {len(w)} weights", "/difference")
    return w, d


def _weights(given: ArrayLike) -> Floats:
    """Weights (m,) that sum to 1; within 1e-6 they are scaled, as everywhere in the method."""
    w = np.asarray(given, dtype=np.float64)
    if w.ndim != 1 or not len(w):
        raise BadInput("needs one weight per criterion", "/weights")
    for j in np.flatnonzero(~(np.isfinite(w) & (w >= 0))):
        raise BadInput(f"a weight must be a number >= 0, not {w[j]}", f"/weights/{j}")
    total = float(w.sum())
    if not abs(total - 1) <= 1e-6:
        raise BadInput(f"the weights sum to {total:.9g}, not to 1", "/weights")
    return w if abs(total - 1) <= 1e-9 else w / total


def _read_table(values: ArrayLike, weights: ArrayLike, k: int) -> tuple[Floats, Floats, float]:
    """Values (n, m), weights (m,) and the weight of all but criterion k."""
    table, w = np.asarray(values, dtype=np.float64), _weights(weights)
    table = table.reshape(0, len(w)) if table.size == 0 else table
    if table.ndim != 2 or table.shape[1] != len(w) or not np.isfinite(table).all():
        raise BadInput("values must be finite with one column per weight", "/values")
    if not 0 <= k < len(w):
        raise BadInput(f"must be a criterion from 0 to {len(w) - 1}", "/k")
    return table, w, float(np.delete(w, k).sum())


def _differences(given: ArrayLike) -> Floats:
    """Differences (m,) of values in 0..1."""
    d = np.asarray(given, dtype=np.float64)
    if d.ndim != 1 or not len(d):
        raise BadInput("needs one difference per criterion", "/difference")
    for j in np.flatnonzero(~(np.abs(d) <= 1 + 1e-9)):
        raise BadInput(f"a difference of values lies between -1 and 1, not {d[j]}", f"/difference/{j}")
    return d


def _end(t: float) -> float:
    """A weight within 0..1; what rounding left just short of 1 is 1."""
    return 1.0 if t >= 1 - _EQUAL else max(t, 0.0)


def _lead(w: Floats, d: Floats) -> float:
    """w . d, 0 within the tolerance of ties."""
    ahead = float((w * d).sum())
    return 0.0 if abs(ahead) <= _EQUAL else ahead
