"""The score of proposals by weighted additive value, its interval, its parts and the order.

It knows nothing about where the numbers come from or what a gate means; nothing is scaled by the set.
Additive value is Keeney & Raiffa 1976 and Belton & Stewart 2002; conventions are the method's section 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core import not_asked
from gis_core.errors import BadInput, escape
from gis_core.kinds import Column
from gis_core.value import ValueFunction

Floats = NDArray[np.float64]
Gates = Mapping[str, bool | None]

PROVISIONAL_BELOW: Final = 0.7
"""Completeness under which a score is only provisional ("sementara", method 3.4)."""


@dataclass(frozen=True)
class Criterion:
    """One criterion: id, weight (share of 1), value function and what a gap is worth.

    missing: "zero", or the frozen baseline value in 0..1. direction ("max" or "min") is what the
    cross-checks use; the value function carries its own, and they must say the same. group: what it belongs with, see
    `not_asked`. own: kind of proposal -> value function it is read by instead (method M4, E1). Raises BadInput for a
    baseline outside 0..1, and for a direction, or a kind's own function, against the value function.
    """

    id: str
    weight: float
    value: ValueFunction
    missing: Literal["zero"] | float = "zero"
    direction: Literal["max", "min"] | None = None
    group: str = ""
    own: Mapping[str, ValueFunction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.direction is not None and (self.direction == "max") != self.value.rising:
            runs, fits = ("rises", "max") if self.value.rising else ("falls", "min")
            raise BadInput(
                f"{self.direction} contradicts the value function, which {runs} with the quantity: say {fits}, or "
                "turn the values of the points round",
                "/direction",
            )
        if self.missing != "zero" and not 0.0 <= self.missing <= 1.0:
            raise BadInput(f"criterion {self.id}: the baseline must lie between 0 and 1", "/missing/baseline")
        for kind, value in self.own.items():
            if value.rising != self.value.rising:
                raise BadInput(
                    f"criterion {self.id}: the reference points of {kind} run against those of all",
                    f"/of_type/{escape(kind)}/points",
                )

    def as_of(self, kind: str) -> Criterion:
        """The criterion as a kind of proposal is read by it."""
        return replace(self, value=self.own.get(kind, self.value), own={})

    def over(self, kinds: Sequence[str] | None) -> Column:
        """The value function of proposals of these kinds; None: all are read by the general one."""
        return Column.of(self.value, self.own, kinds)

    @property
    def missing_value(self) -> float:
        """The value a gap is given in the point score."""
        return 0.0 if self.missing == "zero" else float(self.missing)


@dataclass(frozen=True, eq=False)
class Ranking:
    """The scores of n proposals over m criteria, rows in the order they came.

    weights (m,) in use; effective (n, m): as they act on each, the weight of what is not asked given to others;
    values (n, m) in 0..1, gaps filled, and the mean of those others where nothing is asked, so that score =
    100 values . weights; contributions (n, m) = 100 effective values, row sums = score (n,) 0..100; low, high (n,):
    score if every gap were worth 0 or 1; completeness (n,): weight of what is known; passes (n,); rank: places
    from 1, ties share the better one, None if a gate fails; order (n,): row numbers as listed; missing, asked,
    beyond (n, m); failed, unchecked: names of gates by row; notes: remarks for the reader.
    """

    ids: tuple[str, ...]
    criteria: tuple[str, ...]
    weights: Floats
    effective: Floats
    values: Floats
    contributions: Floats
    score: Floats
    low: Floats
    high: Floats
    completeness: Floats
    passes: NDArray[np.bool_]
    rank: tuple[int | None, ...]
    order: NDArray[np.intp]
    missing: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    beyond: NDArray[np.bool_]
    failed: tuple[tuple[str, ...], ...]
    unchecked: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    @property
    def provisional(self) -> NDArray[np.bool_]:
        """(n,) where too little is known for more than a provisional score."""
        return self.completeness < PROVISIONAL_BELOW - 1e-9


def check_weights(ids: Sequence[str], weights: Sequence[float]) -> tuple[Floats, tuple[str, ...]]:
    """Weights that sum to 1, and a note if they had to be normalised.

    A single weight of 0 is allowed (method 4.1). Raises BadInput naming the criterion for a negative,
    infinite or NaN weight, and naming all of them if the sum is off by more than 1e-6 (all zero too).
    Within 1e-9 the weights are used untouched, within 1e-6 they are normalised.
    """
    for j, (name, weight) in enumerate(zip(ids, weights, strict=True)):
        if not (math.isfinite(weight) and weight >= 0):
            raise BadInput(
                f"the weight of {name} must be a number >= 0, not {weight}", f"/criteria/{j}/weight"
            )
    total = math.fsum(weights)
    if abs(total - 1) > 1e-6:
        listed = ", ".join(f"{name} {weight:g}" for name, weight in zip(ids, weights, strict=True))
        raise BadInput(f"the weights sum to {total:.9g}, not to 1 ({listed or 'no criteria'})", "/criteria")
    used = np.array(weights, dtype=np.float64)
    if abs(total - 1) <= 1e-9:
        return used, ()
    return used / total, (f"weights normalised: they summed to {total!r}",)


def rank(
    criteria: Sequence[Criterion],
    ids: Sequence[str],
    X: ArrayLike,
    gates: Sequence[Gates] | None = None,
    tie_break: ArrayLike | None = None,
    asked: ArrayLike | None = None,
    kinds: Sequence[str] | None = None,
) -> Ranking:
    """Score and rank n proposals over m criteria (method 3.1 to 3.5).

    X: (n, m) raw values, NaN or infinite = missing. gates: n mappings name -> passed, failed or None
    for not checked (passes, and is reported). tie_break: (n,) or (n, k), smaller first, orders the list
    among equal scores before the id does (method 3.5: -P, then cost per household); it never changes a
    rank. asked: (n, m) bool, False where a criterion is not applicable; None: everything is asked. kinds: (n,), for
    criteria with reference points of a kind's own. The score of a proposal depends on its own row only. Raises
    BadInput for weights (see `check_weights`), repeated ids and wrong shapes.
    """
    weights, notes = check_weights([c.id for c in criteria], [c.weight for c in criteria])
    check_unique([c.id for c in criteria], "/criteria")
    check_unique(ids, "/alternatives")
    if kinds is not None and len(kinds) != len(ids):
        raise BadInput(f"{len(kinds)} kinds for {len(ids)} proposals", "/kinds")
    read = _read(criteria, X, weights, len(ids), asked, kinds)
    effective, missing, values = read.effective, read.missing, read.values
    gaps = np.flatnonzero(missing.any(axis=1))
    filled = np.where(missing, [c.missing_value for c in criteria], values) if len(gaps) else values
    scale = 100.0 * effective
    parts = scale * filled
    score = _row_sums(parts, 100.0)
    low, high = (
        _bound(score, gaps, scale[gaps] * np.where(missing[gaps], end, values[gaps])) for end in (0.0, 1.0)
    )
    failed, unchecked = read_gates(gates, len(ids))
    passes = np.fromiter((not names for names in failed), dtype=np.bool_, count=len(failed))
    return Ranking(
        ids=tuple(ids), criteria=tuple(c.id for c in criteria), weights=weights, effective=effective,
        values=not_asked.stand_in(filled, read.shares), contributions=parts, score=score, low=low, high=high,
        completeness=_completeness(weights, effective, missing, gaps), passes=passes,
        rank=places(score, passes), order=list_order(score, passes, ids, tie_break), missing=missing,
        asked=~read.taken, beyond=read.beyond, failed=failed, unchecked=unchecked, notes=notes,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Read:
    """Raw values as they count, all (n, m): where one is missing, where others have its weight instead (shares: who),
    weights as they act, values in 0..1 (NaN where missing, 0 where taken over), beyond the reference points.
    """

    missing: NDArray[np.bool_]
    taken: NDArray[np.bool_]
    shares: Sequence[not_asked.Share]
    effective: Floats
    values: Floats
    beyond: NDArray[np.bool_]


def _read(
    criteria: Sequence[Criterion], X: ArrayLike, weights: Floats, n: int,
    asked: ArrayLike | None, kinds: Sequence[str] | None,
) -> _Read:  # fmt: skip
    """The values of n proposals by the reference points of their kinds, and what of them counts."""
    raw, missing = _read_values(X, n, len(criteria))
    shares = () if asked is None else not_asked.spread(asked, weights, [c.group for c in criteria])
    effective, taken = _taken_over(weights, shares, raw.shape)
    if shares:
        raw, missing = np.where(taken, np.nan, raw), missing & ~taken
    columns = [c.over(kinds) for c in criteria]
    values = _by_column(raw, columns)
    beyond = _by_column(raw, [c.beyond for c in columns]).astype(np.bool_)
    return _Read(
        missing, taken, shares, effective, np.where(taken, 0.0, values) if shares else values, beyond
    )


def read_gates(
    gates: Sequence[Gates] | None, n: int
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """Names of failed and of unchecked gates for each of n proposals; BadInput for a wrong count."""
    if gates is None:
        return ((),) * n, ((),) * n
    rows = list(gates)
    if len(rows) != n:
        raise BadInput(f"{len(rows)} gate records for {n} proposals", "/gates")
    failed = tuple(tuple(name for name, state in row.items() if state is False) for row in rows)
    unchecked = tuple(tuple(name for name, state in row.items() if state is None) for row in rows)
    return failed, unchecked


def places(score: ArrayLike, passes: ArrayLike) -> tuple[int | None, ...]:
    """Competition ranks (1, 2, 2, 4) of scores (n,), larger first, among those that pass; else None.

    Scores are compared after rounding to 1e-9, so that the order of a summation never breaks a tie.
    """
    rounded = np.round(np.asarray(score, dtype=np.float64), 9)
    through = np.flatnonzero(np.asarray(passes, dtype=np.bool_))
    ranked = rounded[through]
    order = np.argsort(-ranked, kind="stable")
    falling = ranked[order]
    # Everybody of a tie takes the place where it begins.
    begins = np.maximum.accumulate(
        np.where(np.diff(falling, prepend=np.inf) != 0, np.arange(len(falling)), 0)
    )
    place = np.empty(len(ranked), dtype=np.int64)
    place[order] = begins + 1
    if len(through) == len(rounded):
        return tuple(place.tolist())
    found: list[int | None] = [None] * len(rounded)
    for i, one in zip(through.tolist(), place.tolist(), strict=True):
        found[i] = one
    return tuple(found)


def list_order(
    score: ArrayLike, passes: ArrayLike, ids: Sequence[str], tie_break: ArrayLike | None = None
) -> NDArray[np.intp]:
    """Row numbers (n,) as a list shows them: those that pass by score, then those that fail by score.

    Equal scores (to 1e-9) follow tie_break (n,) or (n, k), smaller first, NaN last, then the id.
    """
    rounded = np.round(np.asarray(score, dtype=np.float64), 9)
    n = len(rounded)
    keys = np.empty((n, 0)) if tie_break is None else np.asarray(tie_break, dtype=np.float64)
    keys = keys[:, None] if keys.ndim == 1 else keys
    fails = ~np.asarray(passes, dtype=np.bool_)
    # np.lexsort takes its last key first.
    order = np.lexsort((-rounded, fails))
    if n and not ((np.diff(rounded[order]) == 0) & (np.diff(fails[order].astype(np.int8)) == 0)).any():
        return order
    by_id = np.empty(n, dtype=np.intp)
    by_id[sorted(range(n), key=ids.__getitem__)] = np.arange(n)
    return np.lexsort((by_id, *keys.T[::-1], -rounded, fails))


def shown_score(score: float) -> float:
    """The score as shown: one decimal, rounded half up."""
    return math.floor(score * 10 + 0.5 + 1e-9) / 10


def display_parts(contributions: ArrayLike, score: float) -> list[float]:
    """Contributions (m,) of one proposal to one decimal, summing to `shown_score(score)`.

    Largest remainder (method 3.3): round all down, give the missing tenths to the largest remainders,
    the first among equals. A contribution of 0 is shown as 0.
    """
    tenths = np.asarray(contributions, dtype=np.float64) * 10
    down = np.floor(tenths + 1e-9)
    wanted = round(shown_score(score) * 10) - int(down.sum())
    largest = np.argsort(-(tenths - down), kind="stable")[: max(wanted, 0)]
    down[largest] += 1
    return [float(d) / 10 for d in down]


def _read_values(X: ArrayLike, n: int, m: int) -> tuple[Floats, NDArray[np.bool_]]:
    """X as (n, m) floats with NaN wherever a value is missing, and where that is."""
    raw = np.asarray(X, dtype=np.float64)
    if n == 0:
        raw = raw.reshape(0, m)
    if raw.shape != (n, m):
        raise BadInput(f"values must have shape ({n}, {m}), not {raw.shape}", "/values")
    missing = ~np.isfinite(raw)
    return np.where(missing, np.nan, raw), missing


def _taken_over(
    weights: Floats, shares: Sequence[not_asked.Share], shape: tuple[int, int]
) -> tuple[Floats, NDArray[np.bool_]]:
    """(n, m) weights as they act on each proposal, and where others have taken a weight over."""
    if not shares:
        return np.broadcast_to(weights, shape), np.zeros(shape, dtype=np.bool_)
    return not_asked.effective(weights, shares, shape[0]), not_asked.covered(shares, *shape)


def _row_sums(table: Floats, ceiling: float) -> Floats:
    """Sums of rows, as good as exact and independent of the order of columns, at most `ceiling`.

    Two-sum of Knuth 1969 down the sorted columns, all rows at once. Weights that sum to 1 within rounding may
    overshoot the ceiling in the last digit.
    """
    total, lost = np.zeros(len(table)), np.zeros(len(table))
    for column in np.sort(table, axis=1).T:
        before, total = total, total + column
        added = total - before
        lost += (before - (total - added)) + (column - added)
    return np.minimum(total + lost, ceiling)


def _bound(score: Floats, gaps: NDArray[np.intp], parts: Floats) -> Floats:
    """Scores (n,) with those of the rows that have gaps summed anew from parts (len(gaps), m)."""
    ends = score.copy()
    ends[gaps] = _row_sums(parts, 100.0)
    return ends


def _completeness(
    weights: Floats, effective: Floats, missing: NDArray[np.bool_], gaps: NDArray[np.intp]
) -> Floats:
    """(n,) weight of what is known; gaps: rows where something is missing."""
    whole = np.full(len(effective), _row_sums(weights[None, :], 1.0)[0] if len(weights) else 0.0)
    whole[gaps] = _row_sums(effective[gaps] * ~missing[gaps], 1.0)
    return whole


def _by_column(raw: Floats, functions: Sequence[Callable[[Floats], NDArray[Any]]]) -> Floats:
    """(n, m) with function j applied to column j."""
    result = np.empty(raw.shape, order="F")
    for j, function in enumerate(functions):
        result[:, j] = function(raw[:, j])
    return result


def check_unique(ids: Sequence[str], pointer: str) -> None:
    """Raise BadInput, at `pointer`/k/id, for the second use of an id."""
    if len(set(ids)) == len(ids):
        return
    seen: set[str] = set()
    for k, name in enumerate(ids):
        if name in seen:
            raise BadInput(f"the id {name} is used twice", f"{pointer}/{k}/id")
        seen.add(name)
