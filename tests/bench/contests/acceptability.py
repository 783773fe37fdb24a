"""How often each of 10,000 proposals is among the first 100, over 10,000 sets of weights.

And the full analysis of 200 proposals, as a kelurahan has them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from gis_core.draws import uniform_weights
from gis_core.robustness import in_top, smaa
from tests.bench.contests.race import Way, race, show

DRAWS, N, FEW, M, TOP = 10_000, 10_000, 200, 12, 100
VALUES = np.random.default_rng(1).random((N, M))
WEIGHTS = uniform_weights(DRAWS, M, seed=1)
LOOP, CORE = "numpy, a loop over the draws", "gis_core in_top"
SAMPLE = {LOOP: 200, "scikit-criteria, a loop": 10, "pymcdm, a loop": 20}


def run() -> None:
    """Both questions. Sampled loops answer for their own draws, and gis_core must say the same of these."""
    one = {LOOP: numpy_one, "scikit-criteria, a loop": scikit_one, "pymcdm, a loop": pymcdm_one}
    results = race([
        *(Way(name, partial(looped, prepare, SAMPLE[name]), DRAWS / SAMPLE[name],
              f"{SAMPLE[name]} draws, extrapolated") for name, prepare in one.items()),
        Way(CORE, lambda: lambda: in_top(VALUES, WEIGHTS, TOP),
            target=">= 90x faster than scikit-criteria, >= 6x than numpy, <= 150 MB"),
        Way("limit: matrix product and argpartition", lambda: limit),
    ], 5)  # fmt: skip
    same = {}
    for name, found in results.items():
        if not found.missing:
            wanted = in_top(VALUES, WEIGHTS[: SAMPLE.get(name, DRAWS)], TOP)
            same[name] = f"{np.abs(found.answer - wanted).max():.0e}"
    show("In the first 100: 10,000 draws x 10,000 proposals", results, LOOP, **{"largest difference": same})
    few = VALUES[:FEW]
    results = race([
        Way("numpy, full order only", lambda: lambda: np.argsort(-(WEIGHTS @ few.T), axis=1)),
        Way("gis_core smaa", lambda: lambda: smaa(few, WEIGHTS)),
    ], 5)  # fmt: skip
    show(
        "All places, pairs, central weights: 10,000 draws x 200 proposals", results, "numpy, full order only"
    )


def limit() -> Any:
    """Nothing but the arithmetic: no rounding, no ties."""
    held = np.zeros(N)
    for start in range(0, DRAWS, 250):
        score = WEIGHTS[start : start + 250] @ VALUES.T
        held += np.bincount(np.argpartition(score, N - TOP, axis=1)[:, N - TOP :].ravel(), minlength=N)
    return held / DRAWS


def looped(prepare: Callable[[], Callable[[Any], Any]], draws: int) -> Callable[[], Any]:
    """Shares in the top of some draws, one after the other."""
    score = prepare()

    def run_all() -> Any:
        held = np.zeros(N)
        for weights in WEIGHTS[:draws]:
            held[np.argpartition(score(weights), N - TOP)[N - TOP :]] += 1
        return held / draws

    return run_all


def numpy_one() -> Callable[[Any], Any]:
    return lambda weights: VALUES @ weights


def scikit_one() -> Callable[[Any], Any]:
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    model, directions = WeightedSumModel(), [1] * M
    return lambda weights: model.evaluate(mkdm(VALUES, directions, weights=weights)).e_.score


def pymcdm_one() -> Callable[[Any], Any]:
    from pymcdm.methods import WSM

    # The values are on a common scale already; pymcdm divides by sums if not told otherwise.
    method, kinds = WSM(lambda x, cost: x), np.ones(M)
    return lambda weights: method(VALUES, weights, kinds)
