"""How firmly a proposal holds its place when weights and data are uncertain (SMAA).

It knows nothing about how values or weights were drawn, nor about gates; whoever passes is in the table.
Lahdelma & Salminen 2001 (SMAA-2), Tervonen & Lahdelma 2007; conventions are the method's section 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.draws import Draws
from gis_core.errors import BadInput

Floats = NDArray[np.float64]
Verdict = Literal["robust", "fairly_robust", "weight_sensitive"]

ROBUST_FROM: Final = 0.9
FAIRLY_ROBUST_FROM: Final = 0.6
LINES: Final = (3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
"""Where lists are cut to tell how firm a place is."""
CHUNK: Final = 500
"""Draws worked on at a time; fits the processor's cache and changes no result."""

_CONFIDENCE_SCORES: Final = 20_000_000
_SCORES_AT_ONCE: Final = 320_000
_MULTIPLIED_AT_ONCE: Final = 200_000
"""Products of a number by a number that BLAS still does on one core: waking another for so little costs more."""
_PROMISING: Final = 5
"""Times as many proposals as places, taken by their mean score, tell how high the line to the places is at least."""
_PARTS: Final = 1e11
"""Scores are compared in these parts of 1, which are 1e-9 points of 100."""


@dataclass(frozen=True, eq=False)
class Robustness:
    """What N draws say about n proposals over m criteria.

    acceptability (n, n): share of draws in which row i takes place r + 1; rows and columns sum to 1.
    central (n, m): mean weights of the draws in which i is first, NaN if there are none. confidence (n,):
    share of the data draws in which i is first under its central weights, NaN likewise. pairwise (n, n):
    share in which i beats k, ties half, 0 on the diagonal. expected_rank (n,): 1 is best.
    """

    samples: int
    acceptability: Floats
    central: Floats
    confidence: Floats
    pairwise: Floats
    expected_rank: Floats

    def top(self, k: int) -> Floats:
        """(n,) share of draws in which a proposal is among the first k places."""
        return np.asarray(np.minimum(self.acceptability[:, :k].sum(axis=1), 1.0), dtype=np.float64)

    @property
    def standard_error(self) -> Floats:
        """(n, n) sampling error of the acceptabilities, at most 0.5 / sqrt(N)."""
        b = np.clip(self.acceptability, 0.0, 1.0)
        return np.sqrt(b * (1 - b) / self.samples)


def verdict(share: float) -> Verdict:
    """The word for a share of draws in the top: robust from 0.9, fairly robust from 0.6 (method 4.2)."""
    if share >= ROBUST_FROM - 1e-12:
        return "robust"
    return "fairly_robust" if share >= FAIRLY_ROBUST_FROM - 1e-12 else "weight_sensitive"


class Standing(NamedTuple):
    """How firmly a place holds: in a share of the draws among the first `top`, or outside of them."""

    top: int
    inside: bool
    share: float
    verdict: Verdict


def standing(rank: int, acceptability: ArrayLike) -> Standing:
    """A place judged by the nearest line of LINES below it, or by the last line that it stays behind.

    rank: from 1. acceptability: (n,) shares of the draws by place, a row of `Robustness.acceptability`. For
    up to three proposals the only line is the one below the first. A line below the middle of the list would hold
    for nearly every row, so lines beyond it are not drawn.
    """
    shares = np.asarray(acceptability, dtype=np.float64)
    n = len(shares)
    lines = [top for top in LINES if 2 * top <= n] or ([LINES[0]] if n > LINES[0] else [1])
    top = next((line for line in lines if line >= rank), lines[-1])
    inside = rank <= top
    within = min(float(shares[:top].sum()), 1.0)
    share = within if inside else 1.0 - within
    return Standing(top, inside, share, verdict(share))


def smaa(values: ArrayLike | Draws, weights: ArrayLike, chunk: int = CHUNK) -> Robustness:
    """Stochastic multicriteria acceptability analysis over given draws.

    values: (n, m) if the data are certain, (N, n, m), or a function of start and stop that gives draws
    start..stop of them (called more than once, with the same answer). weights: (N, m) draws, or (m,) if
    they are certain (then central weights and confidence do not exist: NaN). Scores are compared on
    0..100 rounded to 1e-9; ties share the places they occupy. chunk changes memory, never the result.
    The confidence uses every draw up to 20 million scores, else the first of them. Raises BadInput.
    """
    data, drawn, certain = _draws(values, weights)
    samples = len(drawn)
    place, tied = _all_places(data, drawn, chunk)
    n = place.shape[1]
    acceptability = _acceptability(place, tied)
    central = np.full((n, drawn.shape[1]), np.nan)
    if not certain:
        firsts = np.where(place == 0, 1.0 / tied, 0.0)
        held = firsts.sum(axis=0)
        central[held > 0] = (firsts.T @ drawn)[held > 0] / held[held > 0, None]
    return Robustness(
        samples=samples,
        acceptability=acceptability,
        central=central,
        confidence=_confidence(data, central, samples, chunk),
        pairwise=_pairwise(place),
        expected_rank=acceptability @ np.arange(1.0, n + 1),
    )


def rank_acceptability(values: ArrayLike | Draws, weights: ArrayLike) -> Floats:
    """The acceptability (n, n) of `smaa` alone; values, weights and errors as there."""
    data, drawn, _ = _draws(values, weights)
    return _acceptability(*_all_places(data, drawn, CHUNK))


def in_top(values: ArrayLike | Draws, weights: ArrayLike, top: int) -> Floats:
    """Share of draws (n,) in which each proposal is among the first `top`; what `smaa(...).top(top)` says.

    For tables whose n x n shares nobody reads (10,000 proposals): it holds some thousand scores at a time and
    nothing else. values, weights: as for `smaa`; ties over the last place share it. Raises BadInput, at /top for
    top < 1.
    """
    data, drawn, _ = _draws(values, weights)
    if top < 1:
        raise BadInput("must be at least 1", "/top")
    middle = data(0, 1)[0] @ drawn.mean(axis=0)
    n = len(middle)
    if top >= n:
        return np.ones(n)
    few = np.argsort(-middle)[: _PROMISING * top]
    held, rows = np.zeros(n), min(max(_SCORES_AT_ONCE // n, 1), len(drawn))
    room = np.empty((rows, n))
    for start in range(0, len(drawn), rows):
        stop = min(start + rows, len(drawn))
        score = _quick_scores(data(start, stop), drawn[start:stop], room[: stop - start])
        # What the last place among a few needs, the last place among all needs too: nearly all fall at this line.
        line = np.partition(score[:, few], -top, axis=1)[:, -top] - 1 / _PARTS
        row, column = np.divmod(np.flatnonzero(score >= line[:, None]), n)
        shares = _shares(row, np.rint(score[row, column] * _PARTS), top)
        held += np.bincount(column, shares, minlength=n)
    return held / len(drawn)


def _shares(row: NDArray[np.intp], score: Floats, top: int) -> Floats:
    """How much of a place among the first `top` of its row each score has: 1, 0, or a part where the last is tied.

    row (k,), rising from 0, each with `top` scores or more; score (k,).
    """
    count = np.bincount(row)
    first = np.cumsum(count) - count
    table = np.full((len(count), count.max()), -np.inf)
    table[row, np.arange(len(row)) - first[row]] = score
    last = np.partition(table, -top, axis=1)[:, -top][row]
    above, level = score > last, score == last
    left = (top - np.bincount(row[above], minlength=len(count))) / np.bincount(row[level])
    return np.where(level, left[row], above)


def _quick_scores(values: Floats, weights: Floats, room: Floats) -> Floats:
    """`_scores` (c, n) by matrix product, not rounded: ten times as fast, the last digit may fall the other way.

    room (c, n): where they are put; fresh memory each time would cost more than the sums.
    """
    if len(values) > 1:
        return np.matmul(values, weights[:, :, None], out=room[:, :, None])[:, :, 0]
    wide = max(_MULTIPLIED_AT_ONCE // weights.size, 1)
    for start in range(0, values.shape[1], wide):
        np.matmul(weights, values[0, start : start + wide].T, out=room[:, start : start + wide])
    return room


def _draws(values: ArrayLike | Draws, weights: ArrayLike) -> tuple[Draws, Floats, bool]:
    """Values by start and stop, weights (N, m), and whether the weights are certain."""
    drawn = np.asarray(weights, dtype=np.float64)
    certain = drawn.ndim == 1
    drawn = drawn[None, :] if certain else drawn
    if drawn.ndim != 2 or not len(drawn) or not np.isfinite(drawn).all():
        raise BadInput(f"weights must be finite with shape (N, m) or (m,), not {drawn.shape}", "/weights")
    if callable(values):
        if certain:
            raise BadInput("draws of values by function need one set of weights per draw", "/weights")
        return values, drawn, False
    table = np.asarray(values, dtype=np.float64)
    if table.ndim not in (2, 3) or table.shape[-1] != drawn.shape[1]:
        raise BadInput(f"values {table.shape} and weights {drawn.shape} do not fit", "/values")
    if not np.isfinite(table).all():
        raise BadInput("values must be finite: draw those that are missing", "/values")
    if table.ndim == 2:
        return (lambda _start, _stop: table[None]), drawn, certain
    if certain:
        drawn = np.repeat(drawn, len(table), axis=0)
    if len(table) != len(drawn):
        raise BadInput(f"{len(table)} draws of values and {len(drawn)} of weights", "/values")
    return (lambda start, stop: table[start:stop]), drawn, certain


def _scores(values: Floats, weights: Floats) -> Floats:
    """Scores (c, n) as whole multiples of 1e-9 points.

    One criterion after the other and no matrix product: its rounding would depend on the chunk.
    """
    score = np.zeros((len(weights), values.shape[1]))
    for j in range(weights.shape[1]):
        score += values[:, :, j] * weights[:, j, None]
    return np.asarray(np.rint(score * _PARTS), dtype=np.float64)


def _all_places(data: Draws, drawn: Floats, chunk: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """`_places` of every draw, so many at a time."""
    if chunk < 1:
        raise BadInput("a chunk needs at least one draw", "/chunk")
    places, ties = [], []
    for start in range(0, len(drawn), chunk):
        stop = min(start + chunk, len(drawn))
        place, tied = _places(_scores(data(start, stop), drawn[start:stop]))
        places.append(place)
        ties.append(tied)
    return np.concatenate(places), np.concatenate(ties)


def _places(score: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The better place (c, n) from 0 and how many share it (c, n), larger scores first."""
    c, n = score.shape
    order = np.argsort(-score, axis=1)
    ranked = np.take_along_axis(score, order, axis=1)
    place = np.empty((c, n), dtype=np.int32)
    np.put_along_axis(place, order, np.arange(n, dtype=np.int32)[None, :], axis=1)
    tied = np.ones((c, n), dtype=np.int32)
    for row in np.flatnonzero((ranked[:, 1:] == ranked[:, :-1]).any(axis=1)):
        _, group, size = np.unique(-score[row], return_inverse=True, return_counts=True)
        place[row], tied[row] = (np.cumsum(size) - size)[group], size[group]
    return place, tied


def _acceptability(place: NDArray[np.int32], tied: NDArray[np.int32]) -> Floats:
    """(n, n) shares of draws by place, tied proposals spread evenly over the places they occupy."""
    samples, n = place.shape
    shares = np.zeros((n, n + 1))
    for i in range(n):
        pairs, count = np.unique(place[:, i] * np.int64(n + 1) + tied[:, i], return_counts=True)
        start, size = pairs // (n + 1), pairs % (n + 1)
        # Up at the first place of a tie, down after its last: the running sum spreads it.
        np.add.at(shares[i], start, count / size)
        np.add.at(shares[i], start + size, -(count / size))
    spread = np.cumsum(shares, axis=1)[:, :n] / samples
    return np.where(np.abs(spread) < 1e-13, 0.0, spread)


def _pairwise(place: NDArray[np.int32]) -> Floats:
    """(n, n) shares of draws in which the row beats the column, ties half."""
    samples, n = place.shape
    columns = np.ascontiguousarray(place.T.astype(np.int16 if n < 32_000 else np.int32))
    wins = np.zeros((n, n))
    for i in range(n):
        wins[i] = np.count_nonzero(columns[i] < columns, axis=1)
    shares: Floats = (wins + (samples - wins - wins.T) / 2) / samples
    np.fill_diagonal(shares, 0.0)
    return shares


def _confidence(data: Draws, central: Floats, samples: int, chunk: int) -> Floats:
    """(n,) share of data draws in which a proposal is first under its central weights; NaN without any."""
    n = len(central)
    known = np.flatnonzero(~np.isnan(central).any(axis=1))
    shares = np.full(n, np.nan)
    if not len(known):
        return shares
    certain = len(data(0, min(2, samples))) == 1 and samples > 1
    used = 1 if certain else min(samples, max(_CONFIDENCE_SCORES // (n * len(known)), 1))
    won = np.zeros(len(known))
    for start in range(0, used, chunk):
        values = data(start, min(start + chunk, used))
        for k, i in enumerate(known):
            score = _scores(values, np.broadcast_to(central[i], (len(values), central.shape[1])))
            best = score == score.max(axis=1, keepdims=True)
            firsts, size = best[:, i], best.sum(axis=1)
            for ways in np.unique(size[firsts]):
                won[k] += np.count_nonzero(size[firsts] == ways) / ways
    shares[known] = won / used
    return shares
