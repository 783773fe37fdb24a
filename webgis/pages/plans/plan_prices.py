"""Where more money would lift a plan: funds and years with what ten million more bring at most, the most first.

It knows nothing about how it is proven (`gis_core.portfolio.prices`). Plans made before it was have nothing to tell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from webgis.planning.catalogues.vocabulary import fund_name

TEN: Final = 10
"""Million rupiah: one alone adds hardly anything to a plan of hundreds."""


@dataclass(frozen=True)
class Price:
    """A fund and years; share: of the plan's benefit that ten million rupiah more add at most in one of them."""

    fund: str
    years: tuple[int, ...]
    share: float


def prices(plan: Mapping[str, Any], lang: str) -> tuple[Price, ...]:
    """The prices of a plan, those that lift nothing left out; empty too where nothing is proven or nothing is done."""
    if not plan["objective"]:
        return ()
    years: dict[tuple[str, float], list[int]] = {}
    for fund, money in plan["money"].items():
        for t, points in enumerate(money.get("per_million") or ()):
            share = _up(TEN * points / plan["objective"])
            if share:
                years.setdefault((fund, share), []).append(int(plan["first_year"]) + t)
    found = [Price(fund_name(fund, lang), tuple(when), share) for (fund, share), when in years.items()]
    return tuple(sorted(found, key=lambda price: -price.share))


def _up(share: float) -> float:
    """In hundredths of a percent, rounded up so that it stays a limit; what a solver leaves of nothing is nothing."""
    return math.ceil(share * 1e4 - 1e-4) / 1e4
