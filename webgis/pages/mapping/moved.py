"""Which proposals' scores a change of the facts moves, and by how much.

It knows nothing about what was changed: scores before are compared with scores now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

LEAST: Final = 0.05
"""Points that a reader sees: scores are shown with one decimal."""


@dataclass(frozen=True)
class Moved:
    """A proposal with its score before and now."""

    id: str
    title: str
    before: float
    after: float


def moved(before: Mapping[str, float], now: Sequence[Mapping[str, Any]]) -> tuple[Moved, ...]:
    """The proposals whose score changed so that it shows, largest change first.

    before: id -> score; now: rows of a ranking. A proposal known only now or only before did not move by the facts.
    """
    found = [
        Moved(row["id"], row["title"], before[row["id"]], float(row["score"]))
        for row in now
        if row["id"] in before and abs(float(row["score"]) - before[row["id"]]) >= LEAST
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.after - one.before), one.id)))
