"""The rules of the plan: years, rise of costs, which fund pays what, and when a Gini is called even.

It knows nothing about works or wishes; it reads `webgis/catalogue/plan.toml` once per process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from webgis.planning.catalogues.catalogue import read_table
from webgis.planning.catalogues.vocabulary import FUNDS


@dataclass(frozen=True)
class FundRule:
    """What binds a fund: PAKET works only, the least others pay per rupiah of it, only what is pledged.

    carry: its unspent money may be spent in later years, unless a plan says otherwise.
    """

    only_paket: bool
    least_co_funding: Fraction
    pledged: bool
    carry: bool


@dataclass(frozen=True)
class PlanRules:
    """Rules of the plan: years, yearly growth of costs, first year by land paper, funds with a rule of their own.

    benefit_years: what a year counts of the one before, in plans that count what is built earlier for longer. evenness:
    Gini up to which something spread over RW is called even, fairly even, uneven.
    """

    years: int
    price_rise: Fraction
    earliest_by_land: Mapping[str, int]
    funds: Mapping[str, FundRule]
    evenness: tuple[float, ...]
    benefit_years: float

    @property
    def pledged(self) -> tuple[str, ...]:
        """Funds that pay what people promised and need no budget."""
        return tuple(fund for fund, rule in self.funds.items() if rule.pledged)

    @property
    def carry(self) -> tuple[str, ...]:
        """Funds that keep unspent money for later years."""
        return tuple(fund for fund, rule in self.funds.items() if rule.carry)


@lru_cache(maxsize=1)
def plan_rules() -> PlanRules:
    """The rules of the plan of this installation. Raises ValueError for a fund that does not exist."""
    table = read_table("plan")
    if strange := set(table["funds"]) - set(FUNDS):
        raise ValueError(f"plan.toml: unknown funds {', '.join(sorted(strange))}")
    return PlanRules(
        years=int(table["years"]),
        price_rise=Fraction(repr(table["price_rise"])),
        earliest_by_land={key: int(year) for key, year in table["earliest_by_land"].items()},
        funds={
            fund: FundRule(
                rule.get("only_paket", False),
                Fraction(repr(rule.get("least_co_funding", 0.0))),
                rule.get("pledged", False),
                rule.get("carry", False),
            )
            for fund, rule in table["funds"].items()
        },
        evenness=tuple(table["evenness"]["bands"]),
        benefit_years=float(table["benefit_years"]),
    )
