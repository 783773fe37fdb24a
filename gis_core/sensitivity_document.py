"""The `sensitivity` command: weights and the differences of two proposals in, thresholds of a swap out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program").
"""

from __future__ import annotations

from typing import Any, Final

from gis_core import sensitivity
from gis_core.documents import a_finite, a_list, an_object, member, only
from gis_core.errors import BadInput

Json = dict[str, Any]

MEMBERS: Final = ("weights", "difference", "values", "top")
ANSWER: Final = ("lead", "single_weight_at_swap", "smallest_moved_weight", "stable", "first")
"""May stand in the document unread: a case of the reference carries its right answer."""

TOP: Final = 3
"""How many first places are watched if the document does not say."""


def run(document: Any) -> Json:
    """Answer a `sensitivity` document: {weights, difference}, {weights, values, top}, or both in one.

    difference: what would make two proposals change places. values: a row of values in 0..1 for each proposal;
    `stable` answers for each criterion the weights [low, high], around its own, for which the first `top` (3 if it
    is left out) stay the same set, the other weights keeping their proportions, and `first` for each proposal the
    weights [low, high] of each criterion for which it would be first, null if there are none.
    Raises BadInput, pointing at the place, for whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    only(body, (*MEMBERS, *ANSWER), "")
    weights = _row(member(body, "weights", ""), "/weights")
    answer: Json = {}
    if "values" in body:
        answer |= _of_table(body, weights)
        if "difference" not in body:
            return answer
    difference = _row(member(body, "difference", ""), "/difference")
    return answer | {
        "lead": sensitivity.lead(weights, difference),
        "single_weight_at_swap": sensitivity.single_weight_at_swap(weights, difference),
        "smallest_moved_weight": sensitivity.smallest_moved_weight(weights, difference),
    }


def _of_table(body: Json, weights: list[float]) -> Json:
    """What keeps the first together and what would put each first."""
    rows = a_list(body["values"], "/values")
    values = [_row(row, f"/values/{i}") for i, row in enumerate(rows)]
    for i, row in enumerate(values):
        if len(row) != len(weights):
            raise BadInput(f"has {len(row)} values for {len(weights)} weights", f"/values/{i}")
        for j, value in enumerate(row):
            if not 0 <= value <= 1:
                raise BadInput("a value lies between 0 and 1", f"/values/{i}/{j}")
    top = a_finite(body.get("top", TOP), "/top")
    if top != int(top) or top < 0:
        raise BadInput("must be a whole number from 0", "/top")
    criteria = range(len(weights))
    stable = [sensitivity.stable_range(values, weights, k, int(top)) for k in criteria]
    first = [sensitivity.first_ranges(values, weights, k) for k in criteria]
    return {
        "stable": [list(ends) for ends in stable],
        "first": [[None if f[i] is None else list(f[i] or ()) for f in first] for i in range(len(values))],
    }


def _row(given: Any, pointer: str) -> list[float]:
    """A list of finite numbers."""
    return [a_finite(x, f"{pointer}/{j}") for j, x in enumerate(a_list(given, pointer))]
