"""Value functions: from a raw quantity to a value between 0 and 1 by fixed reference points.

It knows nothing about criteria, weights or the other proposals, which is what keeps scores comparable.
Piecewise linear marginal values are standard multi-attribute value theory (Keeney & Raiffa 1976, ch. 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput

Scale = Literal["linear", "log10"]


@dataclass(frozen=True)
class ValueFunction:
    """v(x): straight lines between breakpoints, flat outside them.

    points: (x, v) pairs, x strictly rising in the unit of the criterion, v monotone in 0..1 with at
    least one 0 and one 1. scale "log10" interpolates on log10 x (all breakpoints > 0; x <= 0 gets the
    value of the lowest breakpoint). Raises BadInput pointing at /points, /points/k or /scale.
    """

    points: Sequence[tuple[float, float]]
    scale: Scale = "linear"

    def __post_init__(self) -> None:
        if self.scale not in ("linear", "log10"):
            raise BadInput(f'scale must be "linear" or "log10", not {self.scale!r}', "/scale")
        pairs = tuple((float(x), float(v)) for x, v in self.points)
        object.__setattr__(self, "points", pairs)
        if len(pairs) < 2:
            raise BadInput("a value function needs at least two breakpoints", "/points")
        for k, (x, v) in enumerate(pairs):
            self._check_point(k, x, v)
        values = [v for _, v in pairs]
        if values != sorted(values) and values != sorted(values, reverse=True):
            raise BadInput("values must only rise or only fall", "/points")
        if 0.0 not in values or 1.0 not in values:
            raise BadInput("values must reach 0 and 1", "/points")

    def _check_point(self, k: int, x: float, v: float) -> None:
        """Raise BadInput if breakpoint k alone, or after its predecessor, breaks a rule."""
        pointer = f"/points/{k}"
        if not np.isfinite(x):
            raise BadInput("a breakpoint must be a finite number", pointer)
        if not 0.0 <= v <= 1.0:
            raise BadInput("a value must lie between 0 and 1", pointer)
        if self.scale == "log10" and x <= 0:
            raise BadInput("breakpoints of a log10 scale must be positive", pointer)
        if k and x <= self.points[k - 1][0]:
            raise BadInput("breakpoints must strictly rise", pointer)

    @property
    def rising(self) -> bool:
        """Whether more of the quantity is better."""
        return self.points[-1][1] > self.points[0][1]

    def __call__(self, x: ArrayLike) -> NDArray[np.float64]:
        """Values in 0..1, same shape as x; NaN stays NaN."""
        places = np.array([p for p, _ in self.points])
        values = np.array([v for _, v in self.points])
        raw = np.asarray(x, dtype=np.float64)
        if self.scale == "log10":
            # The floor keeps the logarithm finite; np.interp then clips to the lowest breakpoint.
            raw = np.log10(np.maximum(raw, places[0]))
            places = np.log10(places)
        # Rounding inside the interpolation may leave 0..1 by one unit in the last place.
        return np.asarray(np.clip(np.interp(raw, places, values), 0.0, 1.0), dtype=np.float64)

    def inverse(self, v: ArrayLike) -> NDArray[np.float64]:
        """Raw quantities between the breakpoints with v(x) = v, for v in 0..1; where v is flat, one of them.

        NaN stays NaN.
        """
        values = [value for _, value in self.points]
        places = np.array([place for place, _ in self.points])
        places = np.log10(places) if self.scale == "log10" else places
        order = slice(None) if self.rising else slice(None, None, -1)
        x = np.interp(np.asarray(v, dtype=np.float64), values[order], places[order])
        # A power of ten may leave the breakpoints by one unit in the last place.
        found = np.clip(10.0**x, self.points[0][0], self.points[-1][0]) if self.scale == "log10" else x
        return np.asarray(found, dtype=np.float64)

    def beyond(self, x: ArrayLike) -> NDArray[np.bool_]:
        """Where x lies outside the breakpoints, so that its value was clipped; NaN is not beyond."""
        raw = np.asarray(x, dtype=np.float64)
        return (raw < self.points[0][0]) | (raw > self.points[-1][0])
