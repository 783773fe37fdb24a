"""One ranking of 10,000 proposals by 12 criteria: the official score, and TOPSIS as the cross-check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gis_core import crosscheck, ranking
from gis_core.value import ValueFunction
from tests.bench.contests.race import Measured, Way, race, show

N, M, TOP = 10_000, 12, 100
RNG = np.random.default_rng(1)
X = RNG.lognormal(3, 1, (N, M))
WEIGHTS = RNG.dirichlet(np.ones(M))
SIGN = np.where(np.arange(M) % 3 == 2, -1, 1)
LOW, HIGH = X.min(axis=0), X.max(axis=0)


def run() -> None:
    """Both questions; the agreement is with plain numpy."""
    values = race([
        Way("numpy, weighted sum only", lambda: weighted_sum),
        Way("numpy, all that a ranking says", lambda: everything),
        Way("gis_core ranking", official, target="<= 1.5x numpy, <= 0.05x scikit-criteria"),
        Way("scikit-criteria", scikit_sum),
        Way("pymcdm", pymcdm_sum),
    ], 15)  # fmt: skip
    show(
        "Ranking 10,000 x 12 by weighted value", values, "numpy, all that a ranking says",
        agreement=agreement(values),
    )  # fmt: skip
    topsis = race([
        Way("numpy", lambda: plain_topsis),
        Way("gis_core", lambda: own_topsis, target="<= 1.5x numpy, <= 0.05x scikit-criteria"),
        Way("scikit-criteria", scikit_topsis),
        Way("pymcdm", pymcdm_topsis),
    ], 15)  # fmt: skip
    show("TOPSIS 10,000 x 12", topsis, "numpy", agreement=agreement(topsis))


def agreement(results: dict[str, Measured]) -> dict[str, str]:
    """Largest difference of scores to the first way, and how many of its first hundred are the same."""
    first = next(iter(results.values())).answer
    return {
        name: f"{np.abs(found.answer - first).max():.0e}, {len(set(_top(found.answer)) & set(_top(first)))} of {TOP}"
        for name, found in results.items()
        if not found.missing
    }


def weighted_sum() -> Any:
    scaled = (X - LOW) / (HIGH - LOW)
    return np.where(SIGN > 0, scaled, 1 - scaled) @ WEIGHTS


def everything() -> Any:
    """Values by reference points, parts, interval, completeness, places and the order of the list."""
    missing = ~np.isfinite(X)
    values = np.stack([
        np.interp(X[:, j], (LOW[j], HIGH[j]), (0, 1) if SIGN[j] > 0 else (1, 0)) for j in range(M)
    ], axis=1)  # fmt: skip
    parts = np.where(missing, 0, values) * WEIGHTS
    score, high = parts.sum(axis=1), (np.where(missing, 1, values) * WEIGHTS).sum(axis=1)
    known = (~missing * WEIGHTS).sum(axis=1)
    rank = N - np.searchsorted(np.sort(score), score, side="right") + 1
    order = np.lexsort((np.arange(N), -score))
    assert len(rank) == len(order) == len(high) == len(known)
    return score


def official() -> Callable[[], Any]:
    criteria = [
        ranking.Criterion(
            str(j),
            float(WEIGHTS[j]),
            ValueFunction(
                ((LOW[j], 0.0), (HIGH[j], 1.0)) if SIGN[j] > 0 else ((LOW[j], 1.0), (HIGH[j], 0.0))
            ),
        )
        for j in range(M)
    ]
    ids = [str(i) for i in range(N)]
    return lambda: ranking.rank(criteria, ids, X).score / 100


def scikit_sum() -> Callable[[], Any]:
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import MinMaxInverter
    from skcriteria.preprocessing.scalers import MinMaxScaler

    matrix = mkdm(X, SIGN.tolist(), weights=WEIGHTS)
    pipe = mkpipe(MinMaxInverter(), MinMaxScaler("matrix"), WeightedSumModel())
    return lambda: pipe.evaluate(matrix).e_.score


def pymcdm_sum() -> Callable[[], Any]:
    from pymcdm.methods import WSM
    from pymcdm.normalizations import minmax_normalization

    method = WSM(minmax_normalization)
    return lambda: method(X, WEIGHTS, SIGN)


def plain_topsis() -> Any:
    points = X / np.sqrt((X**2).sum(axis=0)) * WEIGHTS * SIGN
    best = np.sqrt(((points - points.max(axis=0)) ** 2).sum(axis=1))
    worst = np.sqrt(((points - points.min(axis=0)) ** 2).sum(axis=1))
    return worst / (best + worst)


def own_topsis() -> Any:
    return crosscheck.topsis(X, WEIGHTS, ["max" if s > 0 else "min" for s in SIGN])


def scikit_topsis() -> Callable[[], Any]:
    from skcriteria import mkdm
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import NegateMinimize
    from skcriteria.preprocessing.scalers import VectorScaler

    matrix = mkdm(X, SIGN.tolist(), weights=WEIGHTS)
    pipe = mkpipe(NegateMinimize(), VectorScaler("matrix"), TOPSIS())
    return lambda: pipe.evaluate(matrix).e_.similarity


def pymcdm_topsis() -> Callable[[], Any]:
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    method = TOPSIS(vector_normalization)
    return lambda: method(X, WEIGHTS, SIGN)


def _top(score: Any) -> list[int]:
    found: list[int] = np.argsort(-score)[:TOP].tolist()
    return found
