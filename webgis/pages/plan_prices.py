"""Where more money would lift a plan: each fund and year with what a million more brings at most, the most first.

It knows nothing about how it is proven (`gis_core.portfolio.prices`). Plans made before it was have nothing to tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webgis.planning.catalogue import fund_name


@dataclass(frozen=True)
class Price:
    """A fund and calendar year; share: of the plan's benefit that a million rupiah more adds at most."""

    fund: str
    calendar: int
    share: float


def prices(plan: Mapping[str, Any], lang: str) -> tuple[Price, ...]:
    """The prices of a plan, those that lift nothing left out; empty too where nothing is proven or nothing is done."""
    if not plan["objective"]:
        return ()
    found = [
        Price(fund_name(fund, lang), int(plan["first_year"]) + t, points / plan["objective"])
        for fund, money in plan["money"].items()
        for t, points in enumerate(money.get("per_million") or ())
    ]
    return tuple(sorted((price for price in found if price.share > 1e-9), key=lambda price: -price.share))
