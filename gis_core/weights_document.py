"""The `weights` command: what people said about importance in, weights that sum to 1 out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from numpy.typing import ArrayLike, NDArray

from gis_core import weights
from gis_core.documents import a_finite, a_list, an_object, member, one_of, only
from gis_core.errors import BadInput

Json = dict[str, Any]

_BY_RANK: Final[Mapping[str, Callable[[ArrayLike], NDArray[Any]]]] = {
    "roc": weights.rank_order_centroid,
    "rank_sum": weights.rank_sum,
    "rank_reciprocal": weights.rank_reciprocal,
}
_BY_POINTS: Final[Mapping[str, Callable[[ArrayLike], NDArray[Any]]]] = {
    "direct": weights.from_points,
    "swing": weights.from_swings,
}
METHODS: Final = ("ahp", *_BY_RANK, "equal", *_BY_POINTS)


def run(document: Any) -> Json:
    """Answer a `weights` document: {method, matrix | n | ranks | points}.

    AHP answers its consistency and the judgements to look at again as well. Raises BadInput, pointing
    at the place, for whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    method = one_of(member(body, "method", ""), METHODS, "/method")
    only(body, ("method", *_needs(method)), "")
    if method == "ahp":
        return _by_pairs(_read_matrix(member(body, "matrix", ""), "/matrix"))
    if method in _BY_POINTS:
        found = _BY_POINTS[method](_read_numbers(member(body, "points", ""), "/points"))
    elif method == "equal":
        found = weights.equal(len(_read_ranks(body)))
    else:
        found = _BY_RANK[method](_read_ranks(body))
    return {"weights": found.tolist()}


def _needs(method: str) -> tuple[str, ...]:
    """The members a method reads: what only another one reads would be lost silently."""
    if method == "ahp":
        return ("matrix",)
    return ("points",) if method in _BY_POINTS else ("n", "ranks")


def _by_pairs(matrix: list[list[float]]) -> Json:
    """AHP with its consistency."""
    found = weights.ahp(matrix)
    ratio = found.consistency_ratio
    return {
        "weights": found.weights.tolist(),
        "lambda_max": found.lambda_max,
        "consistency_index": found.consistency_index,
        "consistency_ratio": ratio,
        "consistent": ratio is None or ratio <= weights.CONSISTENT_UP_TO,
        "look_again": [judgement._asdict() for judgement in found.again],
    }


def _read_ranks(body: Json) -> list[float]:
    """Ranks as given, or 1..n."""
    if body.get("ranks") is not None:
        ranks = _read_numbers(body["ranks"], "/ranks")
        if body.get("n") is not None and a_finite(body["n"], "/n") != len(ranks):
            raise BadInput(f"is not the number of ranks, {len(ranks)}", "/n")
        return ranks
    n = a_finite(member(body, "n", ""), "/n")
    if n != int(n):
        raise BadInput("must be a whole number", "/n")
    return [float(rank) for rank in weights.in_order(int(n))]


def _read_numbers(given: Any, pointer: str) -> list[float]:
    """A list of finite numbers."""
    return [a_finite(x, f"{pointer}/{k}") for k, x in enumerate(a_list(given, pointer))]


def _read_matrix(given: Any, pointer: str) -> list[list[float]]:
    """Rows of finite numbers, as many in each as there are rows."""
    rows = [_read_numbers(row, f"{pointer}/{i}") for i, row in enumerate(a_list(given, pointer))]
    for i, row in enumerate(rows):
        if len(row) != len(rows):
            raise BadInput(f"has {len(row)} judgements for {len(rows)} criteria", f"{pointer}/{i}")
    return rows
