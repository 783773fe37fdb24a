"""Random draws of weights and of uncertain values, for the analysis of robustness.

It knows nothing about scores or ranks; every function takes a seed, and the same seed gives the same draws.
Weights follow the method's section 4.2: uniform, by order, between bounds, or around the people asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput
from gis_core.not_asked import Share, covered, stand_in

Floats = NDArray[np.float64]
Value = Callable[[Floats], Floats]
Draws = Callable[[int, int], Floats]

CONCENTRATION_PER_CRITERION: Final = 50.0
"""Default concentration of the Dirichlet around a person, times the number of criteria."""

_SWEEPS: Final = 12


@dataclass(frozen=True)
class Noise:
    """Uncertainty of one criterion: raw value x becomes x + e, or x (1 + e) if relative.

    e lies between low and high: evenly ("interval") or with its peak at 0 ("triangular"). shared: one e
    for all proposals of a draw (a price level), else one each. Raises BadInput for low > high, for
    numbers that are not finite and for a triangle that does not contain 0.
    """

    low: float
    high: float
    kind: Literal["interval", "triangular"] = "interval"
    relative: bool = False
    shared: bool = False

    def __post_init__(self) -> None:
        if self.kind not in ("interval", "triangular"):
            raise BadInput("must be interval or triangular", "/kind")
        if not (np.isfinite([self.low, self.high]).all() and self.low <= self.high):
            raise BadInput("low must be a number not above high", "/low")
        if self.kind == "triangular" and not self.low <= 0 <= self.high:
            raise BadInput("a triangle has its peak at 0: low <= 0 <= high", "/low")

    def errors(self, u: Floats) -> Floats:
        """Errors e of the shape of u, which is uniform on 0..1."""
        width = self.high - self.low
        if self.kind == "interval" or width == 0:
            return self.low + u * width
        left = -self.low / width
        rising = self.low + np.sqrt(u * width * -self.low)
        falling = self.high - np.sqrt((1 - u) * width * self.high)
        return np.where(u < left, rising, falling)


def uniform_weights(samples: int, m: int, seed: int) -> Floats:
    """(N, m) weights, every set equally likely. Raises BadInput for counts below 1 or a bad seed."""
    drawn = _generator(samples, m, seed).standard_exponential((samples, m))
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=np.float64)


def ordinal_weights(samples: int, ranks: ArrayLike, seed: int) -> Floats:
    """(N, m) weights that respect an order, evenly among those that do.

    ranks: (m,), 1 = most important; equal ranks leave the order among themselves open. Raises BadInput
    at /ranks for numbers that are not finite.
    """
    places = np.asarray(ranks, dtype=np.float64)
    if places.ndim != 1 or not len(places) or not np.isfinite(places).all():
        raise BadInput("needs one number per criterion", "/ranks")
    m = len(places)
    falling = -np.sort(-uniform_weights(samples, m, seed), axis=1)
    _, group = np.unique(places, return_inverse=True)
    lot = np.random.default_rng([seed, 1]).random((samples, m))
    order = np.argsort(group + lot, axis=1, kind="stable")
    result = np.empty((samples, m))
    np.put_along_axis(result, order, falling, axis=1)
    return result


def interval_weights(samples: int, lower: ArrayLike, upper: ArrayLike, seed: int) -> tuple[Floats, float]:
    """(N, m) weights evenly between bounds, and the share of all weights that lie between them.

    lower, upper: (m,) within 0..1. Each draw is its own hit-and-run chain along pairs of criteria from
    the middle of the region. Raises BadInput at /lower/j, /upper/j, or /lower if no set fits.
    """
    low, high = np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
    if low.ndim != 1 or low.shape != high.shape or not len(low):
        raise BadInput("needs a lower and an upper bound for each criterion", "/lower")
    for name, bounds in (("lower", low), ("upper", high)):
        for j in np.flatnonzero(~((bounds >= 0) & (bounds <= 1))):
            raise BadInput("a bound lies between 0 and 1", f"/{name}/{j}")
    for j in np.flatnonzero(low > high):
        raise BadInput("the upper bound is below the lower", f"/upper/{j}")
    if low.sum() > 1 + 1e-9 or high.sum() < 1 - 1e-9:
        raise BadInput("no weights between these bounds sum to 1", "/lower")
    m, room = len(low), float((high - low).sum())
    middle = low + (high - low) * np.clip((1 - low.sum()) / room if room > 0 else 0.0, 0.0, 1.0)
    random = np.random.default_rng([seed, 2])
    free = uniform_weights(samples, m, seed)
    inside = ((free >= low) & (free <= high)).all(axis=1)
    w = np.ascontiguousarray(np.repeat(middle[:, None], samples, axis=1))
    pairs = np.array([(i, j) for i in range(m) for j in range(i)], dtype=np.int64).reshape(-1, 2)
    for _ in range(_SWEEPS):
        for i, j in random.permutation(pairs):
            both = w[i] + w[j]
            least = np.maximum(low[i], both - high[j])
            most = np.maximum(np.minimum(high[i], both - low[j]), least)
            w[i] = least + (most - least) * random.random(samples)
            w[j] = both - w[i]
    return np.ascontiguousarray(np.clip(w.T, low, high)), float(inside.mean())


def participant_weights(
    samples: int, people: ArrayLike, seed: int, concentration: float | None = None
) -> Floats:
    """(N, m) weights: a person by lot, then a Dirichlet draw around that person's weights.

    people: (p, m), rows >= 0 summing to 1; a weight of 0 stays 0. concentration >= 1: how closely the
    draws keep to the person, default 50 m. Raises BadInput at /people, /people/k or /concentration.
    """
    sets = np.asarray(people, dtype=np.float64)
    if sets.ndim != 2 or not sets.size:
        raise BadInput("needs the weights of at least one person", "/people")
    for k, row in enumerate(sets):
        if not (np.isfinite(row) & (row >= 0)).all() or abs(row.sum() - 1) > 1e-6:
            raise BadInput("weights of a person are numbers >= 0 that sum to 1", f"/people/{k}")
    m = sets.shape[1]
    alpha = CONCENTRATION_PER_CRITERION * m if concentration is None else concentration
    if not 1 <= alpha <= 1e9:
        raise BadInput("must lie between 1 and a billion", "/concentration")
    random = _generator(samples, m, seed)
    asked = sets[random.integers(0, len(sets), samples)]
    drawn = random.standard_gamma(alpha * asked)
    total = drawn.sum(axis=1, keepdims=True)
    # With many criteria and little concentration every part may underflow; the person is meant then.
    return np.where(total > 0, drawn / np.where(total > 0, total, 1.0), asked)


def value_draws(
    raw: Floats,
    values: Sequence[Value],
    noise: Sequence[Noise | None],
    seed: int,
    shares: Sequence[Share] = (),
) -> Floats | Draws:
    """Values (n, m) of raw data if nothing of it is uncertain, else a function of start and stop that draws them.

    raw: (n, m), NaN where missing; a missing value is even on 0..1, for nothing more is known of it (method
    4.2). values, noise: value function and uncertainty of each of the m criteria. shares: who stands in for what is
    not asked, see `not_asked`.
    """
    n, m = raw.shape
    missing = np.isnan(raw) & ~covered(shares, n, m)
    base = np.stack([v(raw[:, j]) for j, v in enumerate(values)], axis=1) if m else np.empty((n, 0))
    uncertain = [j for j in range(m) if noise[j] is not None or missing[:, j].any()]
    base = stand_in(base, shares)
    if not uncertain:
        return base
    anew = [s for s in shares if not {s.criterion, *s.among}.isdisjoint(uncertain)]

    def draw(start: int, stop: int) -> Floats:
        u = noise_draws(n * len(uncertain), start, stop, seed).reshape(stop - start, len(uncertain), n)
        table = np.repeat(base[None], stop - start, axis=0)
        for place, j in enumerate(uncertain):
            moved, error = base[None, :, j], noise[j]
            if error is not None:
                e = error.errors(u[:, place, :1] if error.shared else u[:, place])
                moved = values[j](raw[:, j] * (1 + e) if error.relative else raw[:, j] + e)
            table[:, :, j] = np.where(missing[:, j], u[:, place], moved)
        return stand_in(table, anew)

    return draw


def levels(noise: Noise, samples: int, seed: int) -> Floats:
    """(N,) factors 1 + e, one for each draw, such as the price level of all costs in it."""
    return np.asarray(1.0 + noise.errors(noise_draws(1, 0, samples, seed)[:, 0]))


def noise_draws(count: int, start: int, stop: int, seed: int) -> Floats:
    """Draws start..stop of `count` uniform numbers each, (stop - start, count), whatever the chunks."""
    bits = np.random.PCG64(np.random.SeedSequence([seed, 3])).advance(start * count)
    return np.random.Generator(bits).random((stop - start, count))


def _generator(samples: int, m: int, seed: int) -> np.random.Generator:
    """A generator of its own for these draws, after a look at the counts."""
    if samples < 1:
        raise BadInput("needs at least one draw", "/samples")
    if m < 1:
        raise BadInput("needs at least one criterion", "/criteria")
    if seed < 0:
        raise BadInput("a seed is a whole number from 0", "/seed")
    return np.random.default_rng([seed, 0])
