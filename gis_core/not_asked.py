"""Criteria that are not asked of some proposals: who in the same group takes over their weight.

It knows nothing about why something is not asked. The weight is spread evenly (method 3.4), which is the same as
letting the mean value of those that take it over stand in; so a score stays a sum of weight times value, and all that
the method says of weights (sections 4.2 to 4.4) holds as written. Decision 28.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Share(NamedTuple):
    """For some proposals (row numbers) the criteria, by number, that share the weight of one that is not asked."""

    rows: NDArray[np.intp]
    criterion: int
    among: tuple[int, ...]


def spread(asked: ArrayLike, weights: ArrayLike, groups: Sequence[str]) -> tuple[Share, ...]:
    """Who takes over what: those of the same group that are asked and weigh something.

    asked: (n, m) bool; weights: (m,) in use; groups: (m,) names. Where the group has none left, all others that are
    asked and weigh take it over. Where nothing that weighs is asked there is no share: the criterion is a gap there.
    Raises BadInput at /asked for another shape.
    """
    table, weighs = np.asarray(asked, dtype=np.bool_), np.asarray(weights) > 0
    if table.ndim != 2 or table.shape[1] != len(weighs):
        raise BadInput(
            f"must have one column for each of {len(weighs)} criteria, not {table.shape}", "/asked"
        )
    if table.all():
        return ()
    patterns, pattern = np.unique(table, axis=0, return_inverse=True)
    kin = np.array(groups)[:, None] == np.array(groups)[None, :]
    found = []
    for p, row in enumerate(patterns):
        rows = np.flatnonzero(pattern == p)
        for k in np.flatnonzero(~row):
            near, far = row & weighs & kin[k], row & weighs
            among = np.flatnonzero(near if near.any() else far)
            if len(among):
                found.append(Share(rows, int(k), tuple(among.tolist())))
    return tuple(found)


def covered(shares: Sequence[Share], n: int, m: int) -> Mask:
    """(n, m) where a criterion is not asked and others have taken over its weight: no gap, and no part of its own."""
    found = np.zeros((n, m), dtype=np.bool_)
    for share in shares:
        found[share.rows, share.criterion] = True
    return found


def stand_in(values: Floats, shares: Sequence[Share]) -> Floats:
    """Values (n, m) or draws of them (c, n, m), with the mean of those that take over where nothing is asked."""
    if not shares:
        return values
    filled = values.copy()
    for rows, criterion, among in shares:
        # One column after the other, so that the last digit does not depend on how many draws come at once.
        total = np.zeros(values[..., rows, 0].shape)
        for j in among:
            total += values[..., rows, j]
        filled[..., rows, criterion] = total / len(among)
    return filled


def effective(weights: Floats, shares: Sequence[Share], n: int) -> Floats:
    """(n, m) weights as they act on each of n proposals; rows sum to what weights (m,) sum to."""
    found = np.tile(weights, (n, 1))
    for rows, criterion, among in shares:
        found[rows, criterion] = 0.0
        for j in among:
            found[rows, j] += weights[criterion] / len(among)
    return found
