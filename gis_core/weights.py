"""Weights of criteria from what people say: points, swings, an order, or judgements in pairs.

It knows nothing about what the criteria measure, nor about scores; one person's answer gives one set.
ROC: Edwards & Barron 1994 (SMARTER); AHP: Saaty 1977, 1980; conventions are the method's section 4.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Floats = NDArray[np.float64]

RANDOM_INDEX: Final[tuple[float, ...]] = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean consistency index of random matrices by their size n = 0..10 (Saaty 1980)."""

CONSISTENT_UP_TO: Final = 0.10
"""Consistency ratio above which the judgements should be looked at again."""

_RECIPROCAL: Final = 5e-3  # people type 0.333 for a third
_LARGEST: Final = 1e6
_MOST: Final = 10_000


class Judgement(NamedTuple):
    """A judgement worth another look: row and column of the matrix, said value, value that would fit.

    factor = said * w_column / w_row, above 1 where the row was favoured too much.
    """

    row: int
    column: int
    said: float
    fitting: float
    factor: float


@dataclass(frozen=True, eq=False)
class Ahp:
    """AHP of m criteria: weights (m,) summing to 1, largest eigenvalue, index, ratio (None for m = 1).

    again: up to three judgements that disagree most with the weights, worst first.
    """

    weights: Floats
    lambda_max: float
    consistency_index: float
    consistency_ratio: float | None
    again: tuple[Judgement, ...]


def from_points(points: ArrayLike) -> Floats:
    """Direct weights (m,) = points / their sum.

    points: (m,) >= 0 in any unit; a zero stays zero. Raises BadInput at /points for nothing given, a
    negative or infinite number, and for nothing but zeros (never equal weights silently, method 4.1).
    """
    given = np.asarray(points, dtype=np.float64)
    if given.ndim != 1 or not len(given):
        raise BadInput("needs points for at least one criterion", "/points")
    for j in np.flatnonzero(~(np.isfinite(given) & (given >= 0))):
        raise BadInput(f"points must be a number >= 0, not {given[j]}", f"/points/{j}")
    if not given.any():
        raise BadInput("at least one criterion needs points above 0", "/points")
    shares = given / given.max()  # first, or a sum of very large numbers would overflow
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def from_swings(swings: ArrayLike) -> Floats:
    """Swing weights (m,): the most wanted improvement from worst to best is 100, the others relative.

    swings: (m,) >= 0; the worst is the reference worst of the cycle, not of the proposals at hand.
    Raises BadInput as `from_points` does.
    """
    return from_points(swings)


def equal(n: int) -> Floats:
    """n equal weights. Raises BadInput at /n unless 1 <= n <= 10,000."""
    return np.full(_size(n), 1.0 / n)


def rank_order_centroid(ranks: ArrayLike) -> Floats:
    """ROC weights (m,): of place i in m, (1/m) sum over k = i..m of 1/k (Edwards & Barron 1994).

    ranks: (m,), 1 = most important; ties share the mean of the weights of the places they occupy. They may be
    counted on as 1, 2, 2, 4 (competition), as 1, 2, 2, 3 (dense) or as 1, 2.5, 2.5, 4 (mean places, Kendall
    1970), all alike. Raises BadInput at /ranks, or at /ranks/j for a rank that follows none of these ways, as in
    1, 1, 5: something was left out or mistyped, and weights made of the order alone would hide it.
    """
    places = check_ranks(ranks)
    return _shared(places, np.cumsum(1.0 / np.arange(len(places), 0, -1))[::-1] / len(places))


def rank_sum(ranks: ArrayLike) -> Floats:
    """Rank sum weights (m,): place i of m earns m + 1 - i. Ties and errors as `rank_order_centroid`."""
    places = check_ranks(ranks)
    return _shared(places, np.arange(len(places), 0, -1, dtype=np.float64))


def rank_reciprocal(ranks: ArrayLike) -> Floats:
    """Reciprocal weights (m,): place i earns 1 / i. Ties and errors as `rank_order_centroid`."""
    places = check_ranks(ranks)
    return _shared(places, 1.0 / np.arange(1, len(places) + 1))


def in_order(n: int) -> NDArray[np.int64]:
    """The ranks 1..n of n criteria named in falling importance. Raises BadInput as `equal` does."""
    return np.arange(1, _size(n) + 1)


def ahp(matrix: ArrayLike) -> Ahp:
    """Weights from judgements in pairs: the principal right eigenvector, scaled to sum 1 (Saaty 1977).

    matrix: (m, m), entry [i, j] how many times i matters more than j, [j, i] its reciprocal (within
    0.5 %, for typed decimals), 1 on the diagonal, m <= 10. Index (lambda_max - m) / (m - 1), ratio by
    RANDOM_INDEX: None for m = 1, 0 for m = 2. Raises BadInput at /matrix, /matrix/i or /matrix/i/j.
    """
    judged = _checked(matrix)
    m = len(judged)
    values, vectors = np.linalg.eig(judged)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    weights /= weights.sum()
    if m <= 2:
        return Ahp(weights, float(m), 0.0, 0.0 if m == 2 else None, ())
    lambda_max = float(values[first].real)
    index = max((lambda_max - m) / (m - 1), 0.0)
    return Ahp(weights, lambda_max, index, index / RANDOM_INDEX[m], _again(judged, weights))


def group_matrix(matrices: Sequence[ArrayLike]) -> Floats:
    """Judgements (m, m) of a group: geometric means of its members', which keeps them reciprocal.

    matrices: at least one, all (m, m) as `ahp` takes. Raises BadInput at /k/… for member k.
    """
    if not len(matrices):
        raise BadInput("a group needs at least one member")
    logs = []
    for k, matrix in enumerate(matrices):
        try:
            logs.append(np.log(_checked(matrix)))
        except BadInput as error:
            raise BadInput(error.message, error.pointer.replace("/matrix", f"/{k}", 1)) from error
        if logs[k].shape != logs[0].shape:
            raise BadInput(f"has {len(logs[k])} criteria, the first {len(logs[0])}", f"/{k}")
    return np.asarray(np.exp(np.mean(logs, axis=0)), dtype=np.float64)


def group_weights(sets: ArrayLike) -> Floats:
    """Weights (m,) of a group: the median of each criterion, scaled to sum 1.

    sets: (p, m), one row per person, each >= 0 and not all 0; rows are scaled to sum 1 first. Raises
    BadInput at /k for person k, and if every median is 0 (nobody agrees on anything).
    """
    table = np.asarray(sets, dtype=np.float64)
    if table.ndim != 2 or not len(table):
        raise BadInput("needs the weights of at least one person, all of the same criteria")
    rows = []
    for k, row in enumerate(table):
        try:
            rows.append(from_points(row))
        except BadInput as error:
            raise BadInput(error.message, error.pointer.replace("/points", f"/{k}", 1)) from error
    middle = np.median(rows, axis=0)
    if not middle.any():
        raise BadInput("no criterion has weight for half of the people: there is no median set")
    return np.asarray(middle / middle.sum(), dtype=np.float64)


def _size(n: int) -> int:
    """n if it is a possible number of criteria."""
    if not 1 <= n <= _MOST:
        raise BadInput(f"must be a whole number of criteria from 1 to {_MOST}", "/n")
    return n


def check_ranks(ranks: ArrayLike) -> Floats:
    """Ranks (m,) as finite numbers of at least 1 that count on; Raises BadInput as `rank_order_centroid` does."""
    given = np.asarray(ranks, dtype=np.float64)
    if given.ndim != 1 or not 0 < len(given) <= _MOST:
        raise BadInput(f"needs the ranks of 1 to {_MOST} criteria", "/ranks")
    for j in np.flatnonzero(~(np.isfinite(given) & (given >= 1))):
        raise BadInput("a rank is a number from 1 (most important)", f"/ranks/{j}")
    _check_ties(given)
    return given


def _check_ties(ranks: Floats) -> None:
    """Raise BadInput for the first rank, by importance, that does not follow those before it."""
    used, size = np.unique(ranks, return_counts=True)
    before = np.cumsum(size) - size
    competition, dense, mean = before + 1, np.arange(1, len(used) + 1), before + (size + 1) / 2
    follows = [np.isclose(used, way, rtol=0, atol=1e-9) for way in (competition, dense, mean)]
    if any(way.all() for way in follows):
        return
    k = max(int(np.argmin(way)) for way in follows)
    j = int(np.flatnonzero(ranks == used[k])[0])
    raise BadInput(
        f"rank {used[k]:g} does not follow the {before[k]} before it: expected {competition[k]}",
        f"/ranks/{j}",
    )


def _shared(ranks: Floats, by_place: Floats) -> Floats:
    """Weight of each place (m,) given to the criteria by rank, ties taking their mean; sum 1."""
    _, group, size = np.unique(ranks, return_inverse=True, return_counts=True)
    start = np.cumsum(size) - size
    mean = np.add.reduceat(by_place, start) / size
    shares = mean[group]
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def _checked(matrix: ArrayLike) -> Floats:
    """A reciprocal matrix (m, m) of positive numbers, or BadInput."""
    try:
        judged = np.asarray(matrix, dtype=np.float64)
    except ValueError as error:
        raise BadInput("every row needs as many judgements as there are rows", "/matrix") from error
    if judged.ndim != 2 or judged.shape[0] != judged.shape[1] or not len(judged):
        raise BadInput(f"must be a square of judgements, not {judged.shape}", "/matrix")
    if len(judged) >= len(RANDOM_INDEX):
        raise BadInput("more than 10 criteria in one comparison: group them first", "/matrix")
    for i, j in np.argwhere(~((judged >= 1 / _LARGEST) & (judged <= _LARGEST))):
        raise BadInput(f"a judgement must be a positive number, not {judged[i, j]}", f"/matrix/{i}/{j}")
    for i, j in np.argwhere(np.abs(judged * judged.T - 1) > _RECIPROCAL):
        if i == j:
            raise BadInput("a criterion matters as much as itself: 1", f"/matrix/{i}/{i}")
        raise BadInput(f"must be 1 over its mirror image {judged[i, j]:g}", f"/matrix/{j}/{i}")
    return judged


def _again(judged: Floats, weights: Floats) -> tuple[Judgement, ...]:
    """The three judgements furthest above what the weights say; none if all fit."""
    factors = judged * weights[None, :] / weights[:, None]
    order = np.argsort(-factors, axis=None, kind="stable")[:3]
    found = []
    for flat in order:
        i, j = (int(x) for x in np.unravel_index(flat, factors.shape))
        if factors[i, j] > 1 + 1e-6:
            fitting, factor = float(weights[i] / weights[j]), float(factors[i, j])
            found.append(Judgement(i, j, float(judged[i, j]), fitting, factor))
    return tuple(found)
