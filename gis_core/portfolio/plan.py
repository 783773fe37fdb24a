"""What a planning run says on its way and at its end.

It knows nothing about how plans are found. A plan never goes without its bound and gap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from gis_core.portfolio.benefit import Schedule
from gis_core.portfolio.prices import Prices

Stage = Literal["greedy", "bound", "equity", "search", "ties", "explain", "done"]
Reason = Literal[
    "gate", "no_fund", "year_window", "order_does_not_fit_years", "no_money", "fund_share", "predecessor", "exclusive",
    "serves_nobody", "worth_less_beside", "already_served", "equity_or_floor", "price",
]  # fmt: skip


@dataclass(frozen=True)
class Options:
    """How to plan.

    gap: relative gap to stop at; None: proven optimum for small problems, 0.1 % for large ones. nodes:
    limit of the search tree for large problems. seconds: emergency brake for each solver run, which makes
    the plan depend on the machine. equity "max_min": the worst-served zone first. admission: only this
    fund and year (0-based) are asked for more money. stop: asked between steps; True ends with the best so far.
    """

    gap: float | None = None
    nodes: int = 20_000
    seconds: float | None = None
    equity: Literal["none", "max_min"] = "none"
    explain: bool = True
    admission: tuple[int, int] | None = None
    stop: Callable[[], bool] | None = None

    def stopped(self) -> bool:
        """Whether the caller wants the best plan so far."""
        return self.stop is not None and self.stop()


@dataclass(frozen=True, eq=False)
class Admission:
    """The smallest extra rupiah in one fund and year (0-based) that admits a work at no loss of benefit.

    proven: False if the rest of the plan was kept as it is, so that less might do.
    """

    fund: int
    year: int
    extra: int
    proven: bool


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Why a work is not in the plan.

    because: names of the gates, of the funds whose share is too small, of works that come before, exclude or serve its
    households, or beside which it is worth less. value_if_forced_in: best U with it, None if impossible; forced_bound:
    no plan with it is worth more. leaves: works that would go. added: U it adds to the plan as it is, whatever the
    money; None if it cannot be built. elsewhere: U that its money brings elsewhere, as a guide, None where that is not
    known; both in the year in which they compare best. lost: U that goes with it where it is worth less beside works
    of the plan, else None.
    """

    work: int
    reason: Reason
    because: tuple[str, ...]
    value_if_forced_in: float | None
    forced_bound: float | None
    leaves: tuple[int, ...]
    admission: Admission | None
    added: float | None = None
    elsewhere: float | None = None
    lost: float | None = None

    @property
    def reduced(self) -> float | None:
        """The reduced value: added - elsewhere (method 5.5 e)."""
        return None if self.added is None or self.elsewhere is None else self.added - self.elsewhere


@dataclass(frozen=True, eq=False)
class Kept:
    """Best U without a work that is in the plan, and a bound of it.

    left_out_bound None: no plan can do without the work. value_if_left_out None: so, or none was found.
    """

    work: int
    value_if_left_out: float | None
    left_out_bound: float | None


@dataclass(frozen=True, eq=False)
class Conflict:
    """Why floors cannot be reached: a smallest set of zones whose floors exclude each other.

    factor, 0..1: all floors lowered alike, as little as possible. reachable: zone -> covered weight of the best plan
    that reaches those.
    """

    zones: tuple[str, ...]
    factor: float
    reachable: dict[str, float]


@dataclass(frozen=True, eq=False)
class Plan:
    """The plan: schedule, payments (work -> fund -> rupiah), U with its proven bound and gap.

    feasible is False if floors cannot be reached; the plan is then the one without them and `conflict`
    says why. greedy_objective: U of the plan without a solver, None if it
    misses a floor. lp_bound: U of the relaxation. finished:
    False if the node limit or the brake ended the search. serving: work -> demand -> part of it served, for demands
    that works of limited capacity reach. prices: with `extra` more in a fund and year no plan is worth more than
    lp_bound + price * extra; None where that is not proven: floors cannot be reached, or the worst-served come first.
    elsewhere: (work, year) -> U that the money of a work brings elsewhere at these prices if it is built in a year
    (0-based), for all years it can be; None where prices are. spent: floor in money -> rupiah of year 1 that its works
    cost; missed: what the missed ones lack.
    """

    feasible: bool
    schedule: Schedule
    funding: dict[int, dict[int, Fraction]]
    objective: float
    bound: float
    gap: float
    covered: float
    by_zone: dict[str, float]
    least_share: float | None
    greedy_objective: float | None
    lp_bound: float
    finished: bool
    floors: dict[str, float]
    serving: dict[int, dict[int, float]] = field(default_factory=dict)
    conflict: Conflict | None = None
    left_out: tuple[LeftOut, ...] = ()
    kept: tuple[Kept, ...] = ()
    notes: tuple[str, ...] = field(default=())
    prices: Prices | None = None
    elsewhere: dict[tuple[int, int], float] | None = None
    spent: dict[str, int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Progress:
    """One report: the stage, the best U so far, its bound and gap, steps done of all, the plan at the end.

    objective is None while no plan that obeys the floors is known, bound and gap while none is proven.
    """

    stage: Stage
    objective: float | None
    bound: float | None
    gap: float | None
    done: int = 0
    of: int = 0
    plan: Plan | None = None
