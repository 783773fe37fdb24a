"""What a reviewer looks at in one PAKET work: money, price, papers, people, and what lies in the same place.

It knows nothing about who decides or in which order. Counts of poor households are told exactly only to those who may
see households; others get bands, here already, so that no page can tell more by mistake (contracts, Privacy).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.review_rules import review_rules
from webgis.planning.judging.gates import CITY, city_share
from webgis.planning.proposals.proposals import ProposalView

GRANT: Final = "paket"
_BANDS: Final = ((5, 0), (10, 5), (20, 10), (50, 20))


@dataclass(frozen=True)
class Shares:
    """Who pays, in rupiah: the grant, the other funds together and one by one, what nobody pays yet, the total.

    needed: what the others must pay at least for this grant (catalogue/plan.toml), and city_needed the city's own
    budget (catalogue/gates.toml).
    """

    grant: int
    others: int
    by_fund: Mapping[str, int]
    missing: int
    total: int
    needed: int
    city_needed: int

    @property
    def enough(self) -> bool:
        """Whether the grant is asked for and the others pay as much as it demands."""
        enough = self.others >= self.needed and self.by_fund.get(CITY, 0) >= self.city_needed
        return self.grant > 0 and enough and not self.missing


@dataclass(frozen=True)
class Ground:
    """The place of a work: share of it (0…1) in water deeper than the flood map's threshold, steepness in percent.

    None where no map of the city tells.
    """

    flood_share: float | None
    slope: float | None


def shares(cost: int, funding: Mapping[str, int]) -> Shares:
    """The shares of a work of this cost."""
    grant = funding.get(GRANT, 0)
    others = {fund: amount for fund, amount in funding.items() if fund != GRANT and amount}
    rule = plan_rules().funds.get(GRANT)
    needed = 0 if rule is None else int(-(-grant * rule.least_co_funding // 1))
    share = city_share(GRANT)
    of_city = 0 if share == 1 else int(-(-grant * share / (1 - share) // 1))
    paid = grant + sum(others.values())
    return Shares(grant, sum(others.values()), others, max(cost - paid, 0), cost, needed, of_city)


@dataclass(frozen=True)
class Price:
    """Rupiah per unit of the work and of the catalogue; deviation: how far the first lies above the second (-1…)."""

    unit_cost: float
    catalogue: int
    deviation: float

    @property
    def doubtful(self) -> bool:
        """Whether it lies so far from the catalogue that somebody should say why."""
        return abs(self.deviation) > review_rules().deviation_doubtful


def price(proposal: ProposalView) -> Price:
    """The unit cost of a work beside that of its type."""
    unit_cost = proposal.cost / proposal.volume
    return Price(unit_cost, proposal.type.unit_cost, unit_cost / proposal.type.unit_cost - 1)


@dataclass(frozen=True)
class People:
    """Poor households newly served: from `least` to `most` (None: no upper end); both the same where told exactly."""

    least: int
    most: int | None

    @property
    def exact(self) -> bool:
        """Whether this is a count and no band."""
        return self.least == self.most


def people(served: float, exactly: bool) -> People:
    """What may be told of a count of households."""
    count = round(served)
    if exactly:
        return People(count, count)
    for below, least in _BANDS:
        if count < below:
            return People(least, below - 1)
    return People(50, None)


def cost_per_household(cost: int, served: People) -> tuple[int, int | None] | None:
    """Rupiah per household from lowest to highest (None: no upper end); None where nobody may be served.

    From the band, not from the count, which the quotient would tell.
    """
    if served.least == 0:
        return None
    highest = round(cost / served.least)
    return (0 if served.most is None else round(cost / served.most), highest)


def kept_papers(readiness: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, bool]:
    """Which of some papers are in hand."""
    return {name: readiness.get(name) is True for name in names}
