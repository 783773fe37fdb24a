"""The `sensitivity` command: weights and the differences of two proposals in, thresholds of a swap out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program").
"""

from __future__ import annotations

from typing import Any

from gis_core import sensitivity
from gis_core.documents import a_finite, a_list, an_object, member

Json = dict[str, Any]


def run(document: Any) -> Json:
    """Answer a `sensitivity` document: {weights, difference}.

    Raises BadInput, pointing at the place, for whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    weights, difference = (
        [a_finite(x, f"/{name}/{j}") for j, x in enumerate(a_list(member(body, name, ""), f"/{name}"))]
        for name in ("weights", "difference")
    )
    return {
        "lead": sensitivity.lead(weights, difference),
        "single_weight_at_swap": sensitivity.single_weight_at_swap(weights, difference),
        "smallest_moved_weight": sensitivity.smallest_moved_weight(weights, difference),
    }
