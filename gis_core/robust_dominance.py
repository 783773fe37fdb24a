"""Which proposals are better whatever the weights of a set: level or ahead for all, ahead for some (method 4.4).

It knows nothing about draws. A lead is linear in the weights, so its least over a set of weights is found by giving
most weight, within the set, to where the lead is smallest; no program has to be solved. Rows i, columns k of each
answer (n, n): i is ahead of k. Values are (n, m) in 0..1; equal within 1e-9 counts as level.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Floats = NDArray[np.float64]
Pairs = NDArray[np.bool_]

_LEVEL: Final = 1e-9
_APART: Final = 4.0  # more than two differences of values can lie apart


def by_order(values: ArrayLike, ranks: ArrayLike) -> Pairs:
    """For all weights that respect an order. ranks: (m,), 1 = most important; ties leave the order among them open.

    The ends of that set give the first k criteria 1/k each (ties taken worst first), so their means decide. Raises
    BadInput at /values or /ranks.
    """
    table, places = _table(values), np.asarray(ranks, dtype=np.float64)
    if places.shape != table.shape[1:] or not np.isfinite(places).all():
        raise BadInput("needs one number per criterion", "/ranks")
    group = np.unique(places, return_inverse=True)[1] * _APART
    count = np.arange(1, len(places) + 1)

    def least(lead: Floats) -> Floats:
        worst_first = np.sort(lead + group, axis=1) - np.sort(group)
        return np.asarray((np.cumsum(worst_first, axis=1) / count).min(axis=1, initial=0.0))

    return _ahead(table, least)


def by_bounds(values: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Pairs:
    """For all weights between bounds (m,) that sum to 1. Raises BadInput at /values, or at /lower if none do."""
    table = _table(values)
    low, high = np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
    fits = low.shape == high.shape == table.shape[1:] and ((low >= 0) & (low <= high) & (high <= 1)).all()
    if not fits or low.sum() > 1 + 1e-9 or high.sum() < 1 - 1e-9:
        raise BadInput("bounds must be 0 <= lower <= upper <= 1, with weights between them", "/lower")
    room, left = high - low, max(1.0 - float(low.sum()), 0.0)

    def least(lead: Floats) -> Floats:
        order = np.argsort(lead, axis=1, kind="stable")
        worst, most = np.take_along_axis(lead, order, axis=1), room[order]
        given = np.clip(left - (np.cumsum(most, axis=1) - most), 0.0, most)
        return np.asarray(lead @ low + (given * worst).sum(axis=1))

    return _ahead(table, least)


def by_sets(values: ArrayLike, sets: ArrayLike) -> Pairs:
    """For every one of some sets of weights (p, m), and so for all means of them. Raises BadInput at /values, /sets."""
    table, people = _table(values), np.asarray(sets, dtype=np.float64)
    if people.ndim != 2 or not len(people) or people.shape[1] != table.shape[1]:
        raise BadInput("needs sets of one weight per criterion", "/sets")
    score = table @ people.T
    found = np.empty((len(table), len(table)), dtype=np.bool_)
    for i, row in enumerate(score):
        lead = row - score
        found[i] = (lead.min(axis=1) >= -_LEVEL) & (lead.max(axis=1) > _LEVEL)
    return found


def _ahead(table: Floats, least: Callable[[Floats], Floats]) -> Pairs:
    """Pairs whose least lead is not below 0, and that differ where weights may lie."""
    found = np.empty((len(table), len(table)), dtype=np.bool_)
    for i, row in enumerate(table):
        lead = row - table
        found[i] = (least(lead) >= -_LEVEL) & (-least(-lead) > _LEVEL)
    return found


def _table(values: ArrayLike) -> Floats:
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise BadInput("values must be finite with shape (n, m)", "/values")
    return table
