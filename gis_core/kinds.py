"""A criterion over proposals of several kinds, where some kinds are read by reference points of their own (method M4,
E1).

It knows nothing about what the kinds are. A proposal's value depends on its own raw value and kind only, so a score
still does not depend on the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.value import ValueFunction

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Column:
    """The value function of n proposals: the general one but for the rows of kinds that have their own.

    own: row numbers with the function they are read by, no row twice. Raw values have shape (..., n).
    """

    general: ValueFunction
    own: tuple[tuple[NDArray[np.intp], ValueFunction], ...] = ()

    @classmethod
    def of(
        cls, general: ValueFunction, own: Mapping[str, ValueFunction], kinds: Sequence[str] | None
    ) -> Column:
        """The value function of proposals of these kinds; own: kind -> its function; kinds None: none has any."""
        if not own or kinds is None:
            return cls(general)
        named = np.asarray(kinds)
        rows = {kind: np.flatnonzero(named == kind) for kind in own}
        return cls(general, tuple((rows[kind], value) for kind, value in own.items() if len(rows[kind])))

    def __call__(self, x: ArrayLike) -> Floats:
        """Values in 0..1, same shape as x; NaN stays NaN."""
        return self._by_rows(np.asarray(x, dtype=np.float64), ValueFunction.__call__)

    def beyond(self, x: ArrayLike) -> NDArray[np.bool_]:
        """Where x lies outside the breakpoints it is read by; NaN is not beyond."""
        return self._by_rows(np.asarray(x, dtype=np.float64), ValueFunction.beyond)

    def alike(self, x: ArrayLike) -> Floats:
        """Raw values on the scale of the general function: what is worth the same there, none beyond its
        breakpoints."""
        raw = np.asarray(x, dtype=np.float64)
        found = np.clip(raw, self.general.points[0][0], self.general.points[-1][0])
        for rows, value in self.own:
            found[..., rows] = self.general.inverse(value(raw[..., rows]))
        return found

    def own_rows(self) -> NDArray[np.intp]:
        """The rows that are read by reference points of their kind, rising."""
        return np.sort(np.concatenate([rows for rows, _ in self.own])) if self.own else np.empty(0, np.intp)

    def _by_rows(self, raw: Floats, read: Callable[[ValueFunction, Floats], NDArray[Any]]) -> NDArray[Any]:
        """What `read` says of each row by the function that it goes by."""
        if not self.own:
            return read(self.general, raw)
        others = np.ones(raw.shape[-1], dtype=np.bool_)
        for rows, _ in self.own:
            others[rows] = False
        parts = (*self.own, (np.flatnonzero(others), self.general))
        found = [(rows, read(value, raw[..., rows])) for rows, value in parts]
        whole = np.empty(raw.shape, dtype=found[0][1].dtype)
        for rows, values in found:
            whole[..., rows] = values
        return whole
