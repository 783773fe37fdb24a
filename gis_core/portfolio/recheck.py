"""A finished plan checked against the problem as stated, in whole rupiah, by code of its own.

It knows nothing about how the plan was made: it uses neither the rows given to the solver nor the
subsets of funds, so that a fault there cannot hide itself (method 5.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from gis_core.portfolio.model import Problem

Funding = Mapping[int, Mapping[int, Fraction]]
Serving = Mapping[int, Mapping[int, float]]

_HAIR = 1e-7
"""How far sums of served parts may miss a limit: they come from a solver."""


def violations(
    problem: Problem,
    schedule: tuple[int | None, ...],
    funding: Funding,
    floors: Mapping[str, float],
    serving: Serving | None = None,
    worth: float | None = None,
    before: Sequence[Serving] = (),
) -> list[str]:
    """Every broken rule in words, [] for a sound plan.

    schedule: year (0-based) of each work or None; funding: work -> fund -> rupiah; floors: zone -> least
    covered weight asked of this plan; serving: work -> demand -> part of it served, for the demands that works
    of limited capacity reach; before: the same in the earlier years that count, rising; worth: what the plan is said
    to be worth.
    """
    parts = serving or {}
    return [
        *_years(problem, schedule),
        *_payments(problem, schedule, funding),
        *_budgets(problem, schedule, funding),
        *_relations(problem, schedule),
        *_limits(problem, schedule),
        *_money_floors(problem, schedule),
        *_capacities(problem, schedule, parts),
        *_floors(problem, schedule, floors, parts),
        *(() if worth is None else _worth(problem, schedule, [*before, parts], worth)),
    ]


def _years(problem: Problem, schedule: tuple[int | None, ...]) -> list[str]:
    found = []
    for work, year in zip(problem.works, schedule, strict=True):
        if year is None:
            continue
        last = problem.years if work.latest is None else min(work.latest, problem.years)
        if not work.earliest <= year + 1 <= last:
            found.append(f"{work.id} is built in year {year + 1}, outside {work.earliest}..{last}")
        if work.failed_gates:
            found.append(f"{work.id} is built though it failed {', '.join(work.failed_gates)}")
    return found


def _payments(problem: Problem, schedule: tuple[int | None, ...], funding: Funding) -> list[str]:
    found = []
    for i, (work, year) in enumerate(zip(problem.works, schedule, strict=True)):
        paid = funding.get(i, {})
        if year is None and not paid:
            continue
        due = 0 if year is None else _price(problem, work.cost, year)
        if sum(paid.values(), Fraction(0)) != due:
            found.append(f"{work.id} costs {due} and gets {float(sum(paid.values(), Fraction(0)))}")
        for fund, amount in paid.items():
            if amount < 0 or amount > work.share_cap.get(fund, Fraction(0)) * due:
                found.append(f"{problem.funds[fund]} pays {float(amount)} of {work.id}, more than its share")
            if amount > work.most.get(fund, amount):
                found.append(f"{problem.funds[fund]} pays {float(amount)} of {work.id}, more than it may")
    return found


def _price(problem: Problem, cost: int, year: int) -> int:
    if not problem.price_rise:
        return cost
    twice = 2 * cost * (1 + problem.price_rise) ** year + 1
    return int(twice // 2)


def _budgets(problem: Problem, schedule: tuple[int | None, ...], funding: Funding) -> list[str]:
    """Spending of each fund and year within its budget and, for a fund that keeps it, what was left before."""
    found = []
    for f, name in enumerate(problem.funds):
        left = Fraction(0)
        for year, budget in enumerate(problem.budget[f]):
            spent = sum(
                (paid.get(f, Fraction(0)) for i, paid in funding.items() if schedule[i] == year), Fraction(0)
            )
            has = budget + (left if f in problem.carry else 0)
            if spent > has:
                found.append(f"{name} spends {float(spent)} in year {year + 1} of {float(has)}")
            left = has - spent
    return found


def _relations(problem: Problem, schedule: tuple[int | None, ...]) -> list[str]:
    found = []
    for a, b in problem.precedence:
        first, then = schedule[a], schedule[b]
        if then is not None and (first is None or first > then):
            found.append(f"{problem.works[b].id} is built without or before {problem.works[a].id}")
    for group in problem.exclusive:
        inside = sorted({problem.works[i].id for i in group if schedule[i] is not None})
        if len(inside) > 1:
            found.append(f"only one of {', '.join(inside)} may be built")
    return found


def _limits(problem: Problem, schedule: tuple[int | None, ...]) -> list[str]:
    return [
        f"the limit {limit.name} is passed"
        for limit in problem.limits
        if sum((u for u, year in zip(limit.use, schedule, strict=True) if year is not None), Fraction(0))
        > limit.capacity
    ]


def _money_floors(problem: Problem, schedule: tuple[int | None, ...]) -> list[str]:
    if problem.most_missing is None:
        return []
    short = 0
    for floor in problem.money_floors:
        paid = sum(problem.works[i].cost for i in sorted(floor.works) if schedule[i] is not None)
        short += max(0, floor.rupiah - paid)
    most = problem.most_missing
    return [f"floors in money miss {short} where {most} would do"] if short > most else []


def _capacities(problem: Problem, schedule: tuple[int | None, ...], serving: Serving) -> list[str]:
    """Only built works serve, what they reach, within their capacity, and nobody is served twice over."""
    found, sums = [], [0.0] * len(problem.weight)
    for i, parts in serving.items():
        work = problem.works[i]
        reached = {cover[0] if isinstance(cover, tuple) else cover for cover in work.covers}
        if parts and (schedule[i] is None or not parts.keys() <= reached):
            found.append(f"{work.id} serves demands though it is not built or does not reach them")
        load = sum(part * float(problem.size[d]) for d, part in parts.items())
        if work.capacity is not None and load > work.capacity * (1 + _HAIR) + _HAIR:
            found.append(f"{work.id} serves {load} with a capacity of {work.capacity}")
        for d, part in parts.items():
            sums[d] += part
    return found + [f"demand {d} is served {part} times" for d, part in enumerate(sums) if part > 1 + _HAIR]


def _worth(
    problem: Problem, schedule: tuple[int | None, ...], servings: Sequence[Serving], said: float
) -> list[str]:
    """What stands in each year that counts, counted again: the last one alone, or all of them (rule 12)."""
    delta, last = problem.benefit_years, problem.years - 1
    parts = {last: 1.0} if delta is None else {t: delta**t for t in range(problem.years)}
    found, counted = [], 0.0
    for (year, part), serving in zip(parts.items(), servings, strict=True):
        standing = tuple(t if t is not None and t <= year else None for t in schedule)
        if year < last:
            found += _capacities(problem, standing, serving)
        works = [i for i, t in enumerate(standing) if t is not None]
        both = [q for a, b, q in problem.synergy if a in works and b in works]
        covered = [
            share * float(weight)
            for share, weight in zip(_covered(problem, standing, serving), problem.weight, strict=True)
        ]
        counted += part * sum([*(problem.works[i].value for i in works), *both, *covered])
    if abs(counted - said) > _HAIR * max(1.0, abs(said)):
        found.append(f"the plan is said to be worth {said} and is worth {counted}")
    return found


def _covered(problem: Problem, schedule: tuple[int | None, ...], serving: Serving) -> list[float]:
    """The share of each demand that is covered: by the best of the works that stand, or as capacities are shared."""
    best = [0.0] * len(problem.weight)
    shared = [0.0] * len(problem.weight)
    limited: set[int] = set()
    for i, (work, year) in enumerate(zip(problem.works, schedule, strict=True)):
        for cover in work.covers:
            d, share = cover if isinstance(cover, tuple) else (cover, 1.0)
            if work.capacity is not None:
                limited.add(d)
            if year is not None:
                best[d] = max(best[d], share)
        if i in serving:
            shares = work.shares()
            for d, part in serving[i].items():
                shared[d] += part * shares.get(d, 0.0)
    return [shared[d] if d in limited else best[d] for d in range(len(problem.weight))]


def _floors(
    problem: Problem, schedule: tuple[int | None, ...], floors: Mapping[str, float], serving: Serving
) -> list[str]:
    covered = _covered(problem, schedule, serving)
    parts: dict[str | None, list[float]] = {}
    for d, (place, weight) in enumerate(zip(problem.zone, problem.weight.tolist(), strict=True)):
        parts.setdefault(place, []).append(covered[d] * weight)
    found = []
    for place, floor in floors.items():
        weight = sum(parts.get(place, ()))
        if weight < floor - 1e-9 * max(1.0, floor):
            found.append(f"zone {place} gets {weight} of {floor}")
    return found
