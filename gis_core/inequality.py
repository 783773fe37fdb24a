"""How unevenly something is spread over people or zones: Gini, Theil, Atkinson.

It knows nothing about what is spread; population formulas, not corrected for samples. Cowell 2011
(Measuring Inequality), Atkinson 1970; conventions are those of the reference vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Floats = NDArray[np.float64]

AVERSIONS: Final = (0.5, 1.0)
"""The aversions to inequality that are reported for Atkinson's index."""


class Split(NamedTuple):
    """Theil's T between and within groups; they sum to T. Both None where T is."""

    between: float | None
    within: float | None


def gini(x: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """sum_ij w_i w_j |x_i - x_j| / (2 W^2 mu), from 0 (all equal) to below 1.

    x: (n,) amounts >= 0; weights: (n,) people per unit, >= 0, 1 each if None. None where nothing is
    spread (no units, all amounts 0). Raises BadInput at /x, /x/i, /weights or /weights/i, as the other
    functions here do.
    """
    values, w = _read(x, weights)
    mean = float(w @ values)
    if not mean > 0:
        return None
    order = np.argsort(values, kind="stable")
    values, w = values[order], w[order]
    # Each unit against all smaller ones: the share and the amount below it.
    below, held = np.cumsum(w) - w, np.cumsum(w * values) - w * values
    return _not_negative(float((w * (values * below - held)).sum()) / mean)


def theil(x: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Theil's T, the mean of (x / mu) ln(x / mu) with 0 ln 0 = 0; None and errors as `gini`."""
    values, w = _read(x, weights)
    mean = float(w @ values)
    if not mean > 0:
        return None
    share = values / mean
    return _not_negative(float(w @ (share * np.log(np.where(share > 0, share, 1.0)))))


def atkinson(x: ArrayLike, aversion: float, weights: ArrayLike | None = None) -> float | None:
    """Atkinson's index: 1 - the equal amount that would be worth as much / the mean (Atkinson 1970).

    aversion: above 0; from 1 on a single unit with nothing makes it 1. None and errors as `gini`, and
    BadInput at /aversion.
    """
    if not (np.isfinite(aversion) and aversion > 0):
        raise BadInput("the aversion to inequality is a number above 0", "/aversion")
    values, w = _read(x, weights)
    mean = float(w @ values)
    if not mean > 0:
        return None
    values, w = values[w > 0], w[w > 0]
    if aversion >= 1 and not values.all():
        return 1.0
    share = values / mean
    if aversion == 1:
        return _not_negative(1 - float(np.exp(w @ np.log(share))))
    power = 1 - aversion
    return _not_negative(1 - float(w @ share**power) ** (1 / power))


def theil_split(groups: Sequence[ArrayLike], weights: Sequence[ArrayLike | None] | None = None) -> Split:
    """Theil's T of all units taken apart by groups: T = between + within, exactly.

    groups: amounts (n_g,) of each group; weights likewise. A group with nothing adds nothing within,
    one without people nothing at all. Raises BadInput at /groups/g for an empty group, and at
    /groups/g/i or /weights/g/i for a bad number.
    """
    sizes = [None] * len(groups) if weights is None else list(weights)
    if len(sizes) != len(groups):
        raise BadInput(f"has weights of {len(sizes)} groups for {len(groups)}", "/weights")
    people, amount, inside = (np.zeros(len(groups)) for _ in range(3))
    for g, (group, size) in enumerate(zip(groups, sizes, strict=True)):
        x = np.asarray(group, dtype=np.float64)
        w = np.ones(x.shape) if size is None else np.asarray(size, dtype=np.float64)
        if not x.size:
            raise BadInput("a group needs at least one unit", f"/groups/{g}")
        if not w.any():
            continue
        try:
            within = theil(x, w)
        except BadInput as error:
            where = error.pointer.replace("/x", f"/groups/{g}", 1).replace("/weights", f"/weights/{g}", 1)
            raise BadInput(error.message, where) from error
        people[g], amount[g], inside[g] = w.sum(), w @ x, within or 0.0
    total = float(amount.sum())
    if not total > 0:
        return Split(None, None)
    some = people > 0
    between = theil(amount[some] / people[some], people[some])
    return Split(between, float(amount / total @ inside))


def _read(x: ArrayLike, weights: ArrayLike | None) -> tuple[Floats, Floats]:
    """Amounts scaled to at most 1 and shares of people, both (n,); no measure here depends on scale."""
    values = np.asarray(x, dtype=np.float64)
    if values.ndim != 1:
        raise BadInput(f"must be a list of amounts, not of shape {values.shape}", "/x")
    for i in np.flatnonzero(~(np.isfinite(values) & (values >= 0))):
        raise BadInput(f"an amount must be a number >= 0, not {values[i]}", f"/x/{i}")
    w = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=np.float64)
    if w.shape != values.shape:
        raise BadInput(f"has shape {w.shape} for {len(values)} amounts", "/weights")
    for i in np.flatnonzero(~(np.isfinite(w) & (w >= 0))):
        raise BadInput(f"a weight must be a number >= 0, not {w[i]}", f"/weights/{i}")
    if len(w) and not w.any():
        raise BadInput("at least one weight must be above 0", "/weights")
    values = values / (values.max(initial=0.0) or 1.0)
    w = w / w.max(initial=1.0 if not len(w) else 0.0)  # first, or a sum of large numbers would overflow
    return values, w / (w.sum() or 1.0)


def _not_negative(value: float) -> float:
    """Without the rounding below 0 that equal amounts leave."""
    return value if value > 1e-15 else 0.0
