"""The proposals of a kelurahan as the problem that gis_core plans: who is served, what it is worth, who may pay.

It knows nothing about accounts or how a plan is shown. Worth follows the weights of the ranking, each value
function taken as a straight line from 0 to its last reference point, so that benefits add up (method 5.1).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gis_core import masterplan
from gis_core.errors import escape
from gis_core.masterplan import Candidate, Homes, Rules, Worth
from gis_core.portfolio.model import Problem as Portfolio
from gis_core.portfolio.model import find_cycle
from gis_core.ranking import Criterion
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.vocabulary import FUNDS
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.judging import pjm, plan_homes, related, works
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import CITY, PAKET, Gate, city_share, table
from webgis.planning.judging.plan_homes import worth_of
from webgis.planning.judging.scoring import Judged
from webgis.planning.judging.verdicts import EXCLUSIVE, Link, Verdict
from webgis.planning.plans.plan_wish import PlanWish

_NOTHING: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Task:
    """A problem with what is needed to put its answer into words: works, candidates and who is served already.

    homes, worth, rules: what the problem was made of, so that it can be made again with other weights or money.
    spent_before (n,): rupiah of the works under way, each in equal parts on the homes it serves.
    links: the relations it keeps to beside those of the wish. exactly: whether its homes are those on record.
    """

    works: tuple[Judged, ...]
    candidates: tuple[Candidate, ...]
    homes: Homes
    worth: Worth
    rules: Rules
    problem: Portfolio
    served_before: NDArray[np.bool_]
    spent_before: NDArray[np.float64]
    links: tuple[Link, ...] = ()
    exactly: bool = True


def build(
    facts: Facts,
    open_works: Sequence[Judged],
    decided: Sequence[Judged],
    wish: PlanWish,
    chosen: Sequence[Criterion],
    gates: Mapping[str, Sequence[Gate]],
    verdicts: Sequence[Verdict] = (),
    *,
    exactly: bool = True,
) -> Task:
    """The problem of a wish. decided: works under way; gates: of every work by id; verdicts: what people said of
    relations. exactly: by the households on record; else all works are told in fives, and others stand in for them.

    Raises BadDocument for pins and rules that name no open work.
    """
    number = {item.work.id: k for k, item in enumerate(open_works)}
    rws = {code.rpartition("-")[0] for code in facts.zones.codes}
    check_named(wish, {item.work.id: item.title for item in open_works}, rws, verdicts)
    people = (
        plan_homes.counted(facts, open_works, decided, chosen)
        if exactly
        else plan_homes.standing_in(open_works, decided, chosen)
    )
    funds, budget = _funds(wish, open_works)
    candidates = tuple(
        _candidate(item, wish, funds, people.serves[item.work.id], gates[item.work.id]) for item in open_works
    )
    rules = _rules(wish, facts, number, funds, budget)
    found = [link for link in related.among(facts, open_works, verdicts) if link.holds]
    confirmed = [link for link in found if link.outcome == "confirmed"]
    by_rule = [link for link in found if link.outcome == "open"] if wish.related else []
    rules, links = _with_relations(rules, [*confirmed, *by_rule], number)
    worth = worth_of(chosen)
    problem = masterplan.problem(candidates, people.homes, worth, rules)
    return Task(
        tuple(open_works),
        candidates,
        people.homes,
        worth,
        rules,
        problem,
        people.before,
        people.spent,
        links,
        exactly,
    )


def _with_relations(
    rules: Rules, links: Sequence[Link], number: dict[str, int]
) -> tuple[Rules, tuple[Link, ...]]:
    """The rules with what hangs together, and which relations those are; what people confirmed comes first.

    Twins and conflicts exclude each other, outfalls come first. What only a rule found is a suggestion, so a dependency
    that would close a circle with the others is left out; those that people said have no circle (`check_named`).
    """
    precedence, exclusive, synergy = list(rules.precedence), list(rules.exclusive), list(rules.synergy)
    used = []
    for link in links:
        pair = number[link.first], number[link.then]
        if link.kind == "dependency":
            if find_cycle(len(number), [*precedence, pair]):
                continue
            precedence.append(pair)
        elif link.kind in EXCLUSIVE:
            exclusive.append(pair)
        else:
            if {*pair} in [{a, b} for a, b, _ in rules.synergy]:
                continue  # the meeting says so, too
            synergy.append((*pair, bonus()))
        used.append(link)
    changed = replace(rules, precedence=tuple(precedence), exclusive=tuple(exclusive), synergy=tuple(synergy))
    return changed, tuple(used)


def bonus() -> float:
    """Share of what the lesser of two works is worth alone that both together are worth more (method 2.8)."""
    return float(table()["synergy"]["most"])


def check_named(
    wish: PlanWish, titles: Mapping[str, str], rws: Collection[str], verdicts: Sequence[Verdict] = ()
) -> None:
    """Raise BadDocument for ids that are no open proposal of the kelurahan (titles: id -> title), for RW that are not
    there, and for an order that goes round in a circle, alone or with what people confirmed.
    """
    named = [
        *((f"/must/{k}", given) for k, given in enumerate(wish.must)),
        *((f"/not_now/{k}", given) for k, given in enumerate(wish.not_now)),
        *((f"/earliest/{escape(given)}", given) for given in wish.earliest),
        *((f"/latest/{escape(given)}", given) for given in wish.latest),
        *((f"/delivery/{escape(given)}", given) for given in wish.delivery),
        *(
            (f"/precedence/{k}/{j}", given)
            for k, pair in enumerate(wish.precedence)
            for j, given in enumerate(pair)
        ),
        *(
            (f"/exclusive/{k}/{j}", given)
            for k, group in enumerate(wish.exclusive)
            for j, given in enumerate(group)
        ),
        *(
            (f"/synergy/{k}/{j}", given)
            for k, group in enumerate(wish.synergy)
            for j, given in enumerate(group[:2])
        ),
    ]
    problems = [
        Problem(pointer, "not_in_plan", {"given": given}) for pointer, given in named if given not in titles
    ]
    problems += [
        Problem(f"/rw_share/{escape(code)}", "no_region", {"region": code})
        for code in sorted(set(wish.rw_share) - {"*", *rws})
    ]
    problems += [
        Problem(f"/rw_money/{escape(code)}", "no_region", {"region": code})
        for code in sorted(set(wish.rw_money) - {"*", *rws})
    ]
    if not problems:
        said = [
            (one.first, one.then)
            for one in verdicts
            if one.kind == "dependency"
            and one.outcome == "confirmed"
            and {one.first, one.then} <= set(titles)
        ]
        if circle := circle_of([*map(tuple, wish.precedence), *said], titles):
            problems = [Problem("/precedence", "precedence_circle", {"circle": circle})]
    if problems:
        raise BadDocument(problems)


def circle_of(pairs: Sequence[tuple[str, ...]], titles: Mapping[str, str]) -> str:
    """An order (before, after) by id that goes round in a circle, told by the titles of its works; "" if none does."""
    ids = sorted({given for pair in pairs for given in pair})
    number = {given: k for k, given in enumerate(ids)}
    found = find_cycle(len(ids), [(number[a], number[b]) for a, b in pairs])
    return " → ".join(titles[ids[k]] for k in found)


def _candidate(
    item: Judged, wish: PlanWish, funds: Sequence[str], serves: tuple[NDArray[np.intp], NDArray[np.float64]],
    gates: Sequence[Gate],
) -> Candidate:  # fmt: skip
    homes, parts = serves  # they weigh 1 each
    most = works.capacity(item.work)
    caps, pledges = _caps(item, funds)
    land = str(item.work.readiness.get("land", "none"))
    return Candidate(
        id=item.work.id, cost=item.work.cost, service=item.work.type.service, serves=homes, parts=parts,
        capacity=None if np.isinf(most) else float(np.floor(most + _NOTHING)),
        reduction=float(item.effect.values.get("slum_reduction") or 0.0), share_cap=caps, most=pledges,
        pillar=item.work.type.pillar,
        latest=0 if item.work.id in wish.not_now else wish.latest.get(item.work.id),
        earliest=max(plan_rules().earliest_by_land.get(land, 1), wish.earliest.get(item.work.id, 1)),
        required=item.work.id in wish.must, place=item.rw, delivery=wish.delivery.get(item.work.id, 1.0),
        # What a meeting agrees on is what the plan is made for.
        failed_gates=tuple(gate.name for gate in gates if gate.passed is False and gate.name != pjm.NAME),
    )  # fmt: skip


def _funds(
    wish: PlanWish, open_works: Sequence[Judged]
) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """Funds in the catalogue's order with their budgets; pledged funds have what was pledged unless told otherwise."""
    budget = {fund: tuple(row) for fund, row in wish.budget.items()}
    for fund in plan_rules().pledged:
        pledged = sum(item.work.funding.get(fund, 0) for item in open_works)
        if fund not in budget and pledged:
            budget[fund] = (pledged,) * wish.years
    # What is pledged pays first: it is there for its own work only.
    pledged_first = (*plan_rules().pledged, *(fund for fund in FUNDS if fund not in plan_rules().pledged))
    funds = tuple(fund for fund in pledged_first if fund in budget)
    return funds, tuple(budget[fund] for fund in funds)


def _caps(item: Judged, funds: Sequence[str]) -> tuple[dict[int, Fraction], dict[int, int]]:
    """Fund number -> the largest share of the cost that it may pay, and -> the rupiah pledged, whatever it costs."""
    caps: dict[int, Fraction] = {}
    pledges: dict[int, int] = {}
    for f, fund in enumerate(funds):
        rule = plan_rules().funds.get(fund)
        share = Fraction(1)
        if rule is not None:
            if rule.only_paket and not item.work.is_paket:
                continue
            if rule.pledged:
                pledges[f] = item.work.funding.get(fund, 0)
                if not pledges[f]:
                    continue
            share = 1 / (1 + rule.least_co_funding)
        caps[f] = share
    return _with_city(item, funds, caps, pledges), pledges


def _with_city(
    item: Judged, funds: Sequence[str], caps: dict[int, Fraction], pledges: dict[int, int]
) -> dict[int, Fraction]:
    """The shares of a work whose fund asks for a share of the city's own budget (decision 51).

    Whatever the plan pays then keeps the rule: besides pledges only that fund and the city pay, and the fund no more
    than its part of what the pledges leave.
    """
    share, paket = city_share(PAKET), next((f for f in caps if funds[f] == PAKET), None)
    if paket is None or not share:
        return caps
    left = max(Fraction(0), 1 - Fraction(sum(pledges.values()), item.work.cost))
    mine = {f: cap for f, cap in caps.items() if f in pledges or funds[f] in (PAKET, CITY)}
    return mine | {paket: min(caps[paket], (1 - share) * left)}


def _rules(
    wish: PlanWish,
    facts: Facts,
    number: dict[str, int],
    funds: tuple[str, ...],
    budget: tuple[tuple[int, ...], ...],
) -> Rules:
    rws = sorted({code.rpartition("-")[0] for code in facts.zones.codes})
    everywhere = wish.rw_share.get("*", 0.0)
    shares = {rw: wish.rw_share.get(rw, everywhere) for rw in rws}
    money = {rw: wish.rw_money.get(rw, wish.rw_money.get("*", 0)) for rw in rws}
    return Rules(
        years=wish.years, funds=funds, budget=budget,
        precedence=tuple((number[a], number[b]) for a, b in wish.precedence),
        exclusive=tuple(tuple(number[i] for i in group) for group in wish.exclusive),
        synergy=tuple((number[a], number[b], bonus()) for a, b, _ in wish.synergy),
        zone_share=shares, money_floor=money, pillar_share=dict(wish.pillar_share), price_rise=plan_rules().price_rise,
        carry=frozenset(funds.index(fund) for fund in wish.carry or ()), benefit_years=wish.benefit_years,
    )  # fmt: skip
