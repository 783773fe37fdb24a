"""How far each weight may move before the first places change, and what would put a proposal first.

It knows nothing about rights or storage; the thresholds are those of `gis_core.sensitivity` (method 4.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from gis_core import sensitivity
from gis_core.ranking import Ranking
from webgis.planning.errors import BadDocument, Problem

MOST: Final = 1_000
"""First places that may be watched."""


def usual_top(ranked: int) -> int:
    """How many first places people talk about in a list of so many: 10 of twenty or more, 3, or the first alone."""
    return 10 if ranked >= 20 else 3 if ranked > 3 else 1


def check(top: int | None) -> None:
    """Raise BadDocument at /top for a number of places that cannot be watched."""
    if top is not None and not 1 <= top <= MOST:
        raise BadDocument([Problem("/top", "top_out_of_range", {"most": MOST})])


def analyse(
    made: Ranking, through: Sequence[int], top: int | None
) -> tuple[dict[str, Any], list[dict[str, Any] | None]]:
    """For the whole: top, the range of each weight in which the first ones stay, and what turns the line after them
    round; for each ranked row: what it lacks.

    through: rows that are ranked. ranges: {criterion: {low, high}}, shares of 1, the other weights keeping their
    proportions. A row that is not first lacks points and, with its criterion, low and high of the nearest single
    weight that would put it first; these are None where there is none. What is not asked of it comes last as a reason
    to be first: its weight acts on it by others (decision 28).
    """
    values, weights = made.values[through], made.weights
    first = top or usual_top(len(through))
    criteria = range(len(made.criteria))
    ranges = {
        made.criteria[k]: dict(
            zip(("low", "high"), sensitivity.stable_range(values, weights, k, first), strict=True)
        )
        for k in criteria
    }
    ends = [sensitivity.first_ranges(values, weights, k) for k in criteria]
    best = float(made.score[through].max(initial=0.0))
    rows: list[dict[str, Any] | None] = []
    for row, i in enumerate(through):
        if made.rank[i] == 1:
            rows.append(None)
            continue
        spans = [
            (not made.asked[i, k], _distance(float(weights[k]), span), k, span)
            for k in criteria
            if (span := ends[k][row]) is not None
        ]
        found: dict[str, Any] = {"criterion": None, "low": None, "high": None}
        if spans:
            *_, k, (low, high) = min(spans)
            found = {"criterion": made.criteria[k], "low": low, "high": high}
        rows.append({"points": round(best - float(made.score[i]), 9), **found})
    return {"top": first, "ranges": ranges, "line": _line(made, first)}, rows


def _line(made: Ranking, first: int) -> dict[str, Any] | None:
    """The last of the first ones, who comes next, and the least weight that must move between criteria until they
    change places (method 4.3), 0 if they are level; moved None: no weights do. None where nobody comes next."""
    ranked = [i for i in made.order.tolist() if made.rank[i] is not None]
    if first >= len(ranked):
        return None
    last, then = ranked[first - 1], ranked[first]
    moved = sensitivity.smallest_turn(made.weights, made.values[last] - made.values[then])
    return {"last": made.ids[last], "next": made.ids[then], "moved": moved}


def _distance(now: float, span: tuple[float, float]) -> float:
    """How far a weight must move to come into a range."""
    return max(span[0] - now, now - span[1], 0.0)
