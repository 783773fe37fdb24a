"""One work as the portfolio knows it, and a ceiling over works; each checks itself.

It knows nothing about years in common, relations and the other works; that is `model`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

from gis_core.errors import BadInput, escape

Cover = int | tuple[int, float]


@dataclass(frozen=True, eq=False)
class Work:
    """One proposal: cost in rupiah of year 1, value without the demands, the demands it covers.

    covers: numbers of demands, or pairs (number, share in (0, 1]) of those covered in part; of several
    entries for a demand the largest counts. capacity: the size of the demands it can serve in all, None for
    no limit. share_cap: fund number -> the largest share of the cost that fund may pay (absent: none);
    most: fund number -> the most rupiah it may pay, whatever the cost of the year (absent: no such limit).
    earliest, latest: years counted from 1. failed_gates: names; such a work is never built. free: a cost of
    0 is meant.
    """

    id: str
    cost: int
    value: float = 0.0
    covers: Sequence[Cover] = ()
    share_cap: dict[int, Fraction] = field(default_factory=dict)
    earliest: int = 1
    latest: int | None = None
    failed_gates: tuple[str, ...] = ()
    free: bool = False
    capacity: float | None = None
    most: dict[int, int] = field(default_factory=dict)

    def check(self, pointer: str, funds: Sequence[str], demands: int) -> None:
        """Raise BadInput, at a place under `pointer`, for a number out of range."""
        if self.cost < 0:
            raise BadInput("a cost must not be negative", f"{pointer}/cost")
        if self.cost == 0 and not self.free:
            raise BadInput('a cost of 0 needs "no_cost": true beside it', f"{pointer}/cost")
        if not (math.isfinite(self.value) and self.value >= 0):
            raise BadInput("a value must be finite and not negative", f"{pointer}/value")
        if self.earliest < 1:
            raise BadInput("years are counted from 1", f"{pointer}/earliest")
        if self.capacity is not None and not (math.isfinite(self.capacity) and self.capacity >= 0):
            raise BadInput("a capacity must be finite and not negative", f"{pointer}/capacity")
        for fund, part in self.share_cap.items():
            if not 0 <= part <= 1:
                raise BadInput("a share must lie in 0..1", f"{pointer}/share_cap/{escape(funds[fund])}")
        for fund, rupiah in self.most.items():
            if rupiah < 0:
                raise BadInput("an amount must not be negative", f"{pointer}/most/{escape(funds[fund])}")
        for k, cover in enumerate(self.covers):
            demand, share = cover if isinstance(cover, tuple) else (cover, 1.0)
            if not 0 <= demand < demands:
                raise BadInput(f"there is no demand {demand}", f"{pointer}/covers/{k}")
            if not 0 < share <= 1:
                raise BadInput("a covered share must lie in 0..1 and not be 0", f"{pointer}/covers/{k}/1")

    def room(self, fund: int, cost: int, scale: int) -> int:
        """What a fund may pay if the work costs so much, in 1/scale rupiah, rounded down."""
        share = self.share_cap.get(fund, Fraction(0))
        room = share.numerator * scale * cost // share.denominator
        return min(room, self.most[fund] * scale) if fund in self.most else room

    def is_payable(self, cost: int) -> bool:
        """Whether the funds that may pay it may pay all of a cost between them."""
        if self._has_payer:
            return True
        scale = lcm(*(share.denominator for share in self.share_cap.values()))
        return sum(self.room(fund, cost, scale) for fund in self.share_cap) >= scale * cost

    @cached_property
    def _has_payer(self) -> bool:
        """Whether a fund may pay all of it, whatever it costs."""
        return any(share == 1 and fund not in self.most for fund, share in self.share_cap.items())

    def shares(self) -> dict[int, float]:
        """Demand -> share of it that this work covers."""
        found: dict[int, float] = {}
        for cover in self.covers:
            demand, share = cover if isinstance(cover, tuple) else (cover, 1.0)
            found[int(demand)] = max(found.get(int(demand), 0.0), float(share))
        return found


@dataclass(frozen=True, eq=False)
class MoneyFloor:
    """A soft floor in money: works that should cost at least so many rupiah together, at prices of year 1 (method 5.2,
    rule 10). name: the RW, or the kelurahan of a city, as a plan names it where it is missed.
    """

    name: str
    works: frozenset[int]
    rupiah: int


@dataclass(frozen=True, eq=False)
class Limit:
    """One more ceiling over the whole plan: sum of use over the chosen works <= capacity (use may be < 0)."""

    name: str
    use: tuple[Fraction, ...]
    capacity: Fraction


def expected(covers: Sequence[Cover], chance: float) -> tuple[Cover, ...]:
    """What a work covers if it is delivered, times the chance that it is (method 5.1)."""
    if chance == 1:
        return tuple(covers)
    pairs = (cover if isinstance(cover, tuple) else (cover, 1.0) for cover in covers)
    return tuple((demand, chance * share) for demand, share in pairs)
