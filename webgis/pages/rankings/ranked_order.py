"""What the ranking may be narrowed to and ordered by. A place is that among all proposals, whatever is shown.

It knows nothing about scores. Rows without what they are ordered by come last, and equal ones stay as they rank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, Final

from webgis.planning.proposals.proposals import ProposalView

if TYPE_CHECKING:
    from webgis.pages.rankings.ranked import Ranked

FILTERS: Final = ("rw", "pillar", "state", "work_type", "fund")
NO_FUND: Final = "none"
"""Asks for proposals whose cost no fund bears yet, or not all of it."""

_KEYS: Final[Mapping[str, Callable[[Ranked], float]]] = {
    "rank": lambda row: 0,
    "households": lambda row: inf if row.served is None else -row.served,
    "per_household": lambda row: inf if row.per_household is None else row.per_household,
    "cheapest": lambda row: row.proposal.cost,
    "dearest": lambda row: -row.proposal.cost,
    "firmest": lambda row: -row.held.share if row.held else inf,
}
SORTS: Final = tuple(_KEYS)


def fits(proposal: ProposalView, asked: Mapping[str, str]) -> bool:
    """Whether a proposal has all that is asked for; "" asks for nothing."""
    return all(not wanted or _has(proposal, name, wanted) for name, wanted in asked.items())


def in_order(rows: Sequence[Ranked], sort: str) -> list[Ranked]:
    """The rows, given as they rank, in one of SORTS; as they rank for any other word."""
    return sorted(rows, key=_KEYS.get(sort, _KEYS["rank"]))


def _has(proposal: ProposalView, name: str, wanted: str) -> bool:
    if name != "fund":
        return bool(getattr(proposal, name) == wanted)
    if wanted == NO_FUND:
        return sum(proposal.funding.values()) < proposal.cost
    return proposal.funding.get(wanted, 0) > 0
