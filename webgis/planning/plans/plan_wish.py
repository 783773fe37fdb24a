"""What somebody wants of a plan: money, pins and rules, checked before anything is computed.

It knows nothing about the method or the store; a wish that passes here can be kept and repeated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final, Literal

from gis_core.errors import escape
from gis_core.portfolio.model import MOST_FUNDS, can_carry
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.vocabulary import FUNDS, OPEN_STATES, PILLARS, STATES
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.fields import check_text
from webgis.planning.judging.ceilings import Bound

LARGEST_BUDGET: Final = 10**13
LONGEST: Final = 10
"""Years a plan may have; the programme's plan has three."""
LONGEST_WHY: Final = 2_000
Equity = Literal["none", "max_min"]


@dataclass(frozen=True)
class PlanWish:
    """A plan asked for: budget {fund: rupiah by year}; must, not_now; earliest, latest {id: year from 1}; rules.

    rw_share: least share of what its proposals could do for each RW, 0..1, for all ("*") or by RW code. rw_money:
    rupiah that the works of each RW should cost together, kept as far as can be, named in the same ways. pillar_share:
    pillar -> least share of the money. delivery: id -> chance in (0, 1] that a work in the plan is delivered, which
    multiplies its benefit. precedence: (before, after) by id; exclusive: one at most. synergy: (work, work, why) that
    do more together. related: keep to the order and the twins that are found by rule and that nobody dismissed, too;
    what people confirmed holds always. benefit_years: delta in (0, 1]: what is built earlier counts for more years,
    each delta times the one before; None: a plan is worth what its set is worth, whenever it is built. carry: funds
    whose unspent money may be spent in later years (None: those of the catalogue). based_on: id of the plan this one
    was changed from.
    """

    kelurahan: str
    budget: Mapping[str, Sequence[int]]
    name: str = ""
    first_year: int | None = None
    must: Sequence[str] = ()
    not_now: Sequence[str] = ()
    earliest: Mapping[str, int] = field(default_factory=dict)
    latest: Mapping[str, int] = field(default_factory=dict)
    rw_share: Mapping[str, float] = field(default_factory=dict)
    pillar_share: Mapping[str, float] = field(default_factory=dict)
    equity: Equity = "none"
    precedence: Sequence[tuple[str, str]] = ()
    exclusive: Sequence[Sequence[str]] = ()
    synergy: Sequence[tuple[str, str, str]] = ()
    rw_money: Mapping[str, int] = field(default_factory=dict)
    delivery: Mapping[str, float] = field(default_factory=dict)
    related: bool = True
    benefit_years: float | None = None
    carry: Sequence[str] | None = None
    based_on: str | None = None
    weights: Mapping[str, float] | None = None
    states: Sequence[str] = OPEN_STATES

    @property
    def years(self) -> int:
        """How many years the budgets have."""
        return max((len(row) for row in self.budget.values()), default=plan_rules().years)

    def document(self) -> dict[str, Any]:
        """Everything as JSON would write it."""
        return asdict(self)


def read_wish(document: Mapping[str, Any]) -> PlanWish:
    """A wish that was kept as `document` gave it, alone or among the inputs of a plan."""
    known = {item.name for item in fields(PlanWish)}
    return PlanWish(**{name: value for name, value in document.items() if name in known})


def checked(wish: PlanWish, today: dt.date, bounds: Mapping[str, Sequence[Bound]] | None = None) -> PlanWish:
    """The wish with first year (the next one) and carry-over filled in. Raises BadDocument, all faults at once.

    bounds: fund -> what all its years together stay within, as `ceilings.of_plan` tells it.
    """
    carry = plan_rules().carry if wish.carry is None else wish.carry
    wish = replace(
        wish, first_year=wish.first_year or today.year + 1, name=wish.name.strip(),
        carry=tuple(fund for fund in FUNDS if fund in wish.budget and fund in carry) if wish.carry is None else carry,
    )  # fmt: skip
    problems = [
        *_money(wish, bounds or {}), *_carry(wish), *_pins(wish), *_groups(wish), *_helping(wish), *_shares(wish),
        *_rw_money(wish), *_delivery(wish), *_benefit_years(wish), *_names(wish),
    ]  # fmt: skip
    if problems:
        raise BadDocument(problems)
    return wish


def _money(wish: PlanWish, bounds: Mapping[str, Sequence[Bound]]) -> list[Problem]:
    if not wish.budget:
        return [Problem("/budget", "budget_missing")]
    problems = []
    for fund, row in wish.budget.items():
        pointer = f"/budget/{escape(fund)}"
        if fund not in FUNDS:
            problems.append(Problem(pointer, "unknown_fund", {"given": fund, "known": ", ".join(FUNDS)}))
        elif len(row) != wish.years:
            problems.append(Problem(pointer, "budget_years", {"given": len(row), "wanted": wish.years}))
        problems += [
            Problem(f"{pointer}/{t}", "budget_out_of_range", {"largest": LARGEST_BUDGET})
            for t, rupiah in enumerate(row)
            if not 0 <= rupiah <= LARGEST_BUDGET
        ]
        problems += [
            Problem(
                pointer,
                bound.code,
                {"fund": fund, "most": bound.most, "given": bound.given, "room": bound.room},
            )
            for bound in bounds.get(fund, ())
            if sum(row) > bound.room
        ]
    if not 1 <= wish.years <= LONGEST:
        problems.append(Problem("/budget", "plan_years", {"most": LONGEST}))
    if len(wish.budget) > MOST_FUNDS - 1:
        problems.append(Problem("/budget", "too_many_funds", {"most": MOST_FUNDS - 1}))
    return problems


def _carry(wish: PlanWish) -> list[Problem]:
    """Funds that keep their unspent money: known ones with a budget, and not too many beside the others."""
    named = wish.carry or ()
    problems = [
        Problem(f"/carry/{k}", "unknown_fund", {"given": fund, "known": ", ".join(FUNDS)})
        if fund not in FUNDS
        else Problem(f"/carry/{k}", "carry_without_budget", {"fund": fund})
        for k, fund in enumerate(named)
        if fund not in wish.budget
    ]
    keeping = len(set(named))
    others = len({*wish.budget, *plan_rules().pledged} - set(named))
    if not problems and 1 <= wish.years <= LONGEST and keeping and not can_carry(wish.years, keeping, others):
        problems.append(Problem("/carry", "carry_too_much", {"funds": keeping + others, "years": wish.years}))
    return problems


def _pins(wish: PlanWish) -> list[Problem]:
    both = sorted(set(wish.must) & set(wish.not_now))
    problems = [Problem("/must", "pinned_twice", {"given": given}) for given in both]
    for name, years in (("earliest", wish.earliest), ("latest", wish.latest)):
        problems += [
            Problem(f"/{name}/{escape(given)}", "plan_year", {"last": wish.years})
            for given, year in years.items()
            if not 1 <= year <= wish.years
        ]
    problems += [
        Problem(f"/latest/{escape(given)}", "plan_years_crossed")
        for given, year in wish.latest.items()
        if year < wish.earliest.get(given, 1) and year >= 1
    ]
    return problems


def _groups(wish: PlanWish) -> list[Problem]:
    """Works of which one at most is built: two different ones at least."""
    return [
        Problem(f"/exclusive/{k}", "group_of_one")
        for k, group in enumerate(wish.exclusive)
        if len(set(group)) < 2
    ]


def _helping(wish: PlanWish) -> list[Problem]:
    """Works that do more together: two different ones, and why (method 2.8)."""
    problems = []
    for k, (first, second, why) in enumerate(wish.synergy):
        if first == second:
            problems.append(Problem(f"/synergy/{k}", "group_of_one"))
        if not why.strip():
            problems.append(Problem(f"/synergy/{k}/2", "synergy_why"))
        problems += check_text(f"/synergy/{k}/2", why, LONGEST_WHY)
    return problems


def _shares(wish: PlanWish) -> list[Problem]:
    problems = [
        Problem(f"/{name}/{escape(key)}", "share_out_of_range")
        for name, shares in (("rw_share", wish.rw_share), ("pillar_share", wish.pillar_share))
        for key, share in shares.items()
        if not 0 <= share <= 1
    ]
    for key in wish.pillar_share:
        if key not in PILLARS:
            params = {"given": key, "known": ", ".join(PILLARS)}
            problems.append(Problem(f"/pillar_share/{escape(key)}", "unknown_pillar", params))
    if sum(share for share in wish.pillar_share.values() if 0 <= share <= 1) > 1 + 1e-9:
        problems.append(Problem("/pillar_share", "pillar_shares_above_one"))
    return problems


def _rw_money(wish: PlanWish) -> list[Problem]:
    return [
        Problem(f"/rw_money/{escape(code)}", "budget_out_of_range", {"largest": LARGEST_BUDGET})
        for code, rupiah in wish.rw_money.items()
        if not 0 <= rupiah <= LARGEST_BUDGET
    ]


def _delivery(wish: PlanWish) -> list[Problem]:
    return [
        Problem(f"/delivery/{escape(given)}", "chance_out_of_range")
        for given, chance in wish.delivery.items()
        if not 0 < chance <= 1
    ]


def _benefit_years(wish: PlanWish) -> list[Problem]:
    is_fault = wish.benefit_years is not None and not 0 < wish.benefit_years <= 1
    return [Problem("/benefit_years", "benefit_years_out_of_range")] if is_fault else []


def _names(wish: PlanWish) -> list[Problem]:
    problems = []
    if len(wish.name.strip()) > 200:
        problems.append(Problem("/name", "text_too_long", {"longest": 200, "length": len(wish.name.strip())}))
    if "\x00" in wish.name:
        problems.append(Problem("/name", "text_unprintable"))
    if not wish.states:
        problems.append(Problem("/states", "states_missing"))
    for given in wish.states:
        if given not in STATES:
            params = {"given": given, "known": ", ".join(STATES)}
            problems.append(Problem("/states", "unknown_state", params))
    return problems
