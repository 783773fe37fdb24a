"""What a proposal still lacks before its next step: words and money for submitting, papers for verifying.

It knows nothing about who takes the step. A gap is told, not forbidden: a meeting may have its reason, which the
step's note then keeps. Only a line that crosses itself cannot be submitted, since nobody could build it as drawn
(domain handbook 2.10, conditions of the states; interface 4.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


class Gap(NamedTuple):
    """Something that is missing: its code (a key of the messages) and the form's field that mends it."""

    code: str
    field: str


PAPERS: Final = ("survey", "drawing", "cost_estimate")
"""Papers that a verified proposal has, beside the land paper."""


def for_submitting(
    description: str, cost: int, funding: Mapping[str, int], unexplained: bool = False
) -> tuple[Gap, ...]:
    """What a reader of the submitted proposal would miss; unexplained: see `unexplained_cost`."""
    gaps = []
    if not description.strip():
        gaps.append(Gap("gap_description", "description"))
    if unexplained:
        gaps.append(Gap("gap_cost_reason", "cost_reason"))
    if sum(funding.values()) < cost:
        gaps.append(Gap("gap_funding", "funding.blm"))
    return tuple(gaps)


def unexplained_cost(typed: int | None, computed: int, reason: str) -> bool:
    """Whether somebody typed another cost (rupiah) than the computed one without saying why."""
    return typed is not None and typed != computed and not reason.strip()


def for_verifying(readiness: Mapping[str, Any]) -> tuple[Gap, ...]:
    """Papers that are not in hand."""
    gaps = [Gap(f"gap_{paper}", f"readiness.{paper}") for paper in PAPERS if not readiness.get(paper)]
    if readiness.get("land", "none") == "none":
        gaps.append(Gap("gap_land", "readiness.land"))
    return tuple(gaps)


def crossing(geometry: BaseGeometry) -> int | None:
    """The number (from 1) of the vertex after which a line first crosses itself; None if it does not."""
    for line in shapely.get_parts(geometry):
        if shapely.get_type_id(line) != 1 or shapely.is_simple(line):
            continue
        xy = shapely.get_coordinates(line)
        pieces = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1))
        first, second = shapely.STRtree(pieces).query(pieces, predicate="intersects")
        apart = [(int(j), int(i)) for i, j in zip(first, second, strict=True) if j - i > 1]
        # Where a closed line meets its own start it does not cross itself.
        apart = [
            (j, i) for j, i in apart if not (i == 0 and j == len(pieces) - 1 and (xy[0] == xy[-1]).all())
        ]
        return min(apart)[0] + 1 if apart else 1
    return None
