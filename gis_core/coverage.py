"""Maximum coverage: which works, within a number or a budget, serve the most, each demand counted once.

It knows nothing about years, funds or relations (that is `portfolio`), nor about why a work reaches a home.
Church & ReVelle 1974; greedy guarantees of Nemhauser, Wolsey & Fisher 1978 and Khuller, Moss & Naor 1999.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput
from gis_core.program import Program, Solved, relax, solve

Floats = NDArray[np.float64]
Reach = Sequence[NDArray[np.int64]]

SAME = 1e-9
"""Values closer than this (relative) are the same value."""


@dataclass(frozen=True, eq=False)
class Nodes:
    """Demands with the same set of reaching works (and zone) as one: reach k -> works, weight (k,), zone."""

    reach: tuple[tuple[int, ...], ...]
    weight: Floats
    zone: tuple[Hashable, ...]


@dataclass(frozen=True, eq=False)
class Coverage:
    """A choice of works: numbers rising, covered weight, proven bound, gap = (bound - covered)/bound.

    greedy and greedy_covered: the choice without a solver, whose worst case is `guarantee` of the best.
    lp_bound: value of the relaxation. finished: False if the node limit ended the search.
    """

    chosen: tuple[int, ...]
    covered: float
    bound: float
    gap: float
    greedy: tuple[int, ...]
    greedy_covered: float
    guarantee: float
    lp_bound: float
    finished: bool


def check_reach(covers: Sequence[ArrayLike], demands: int) -> tuple[NDArray[np.int64], ...]:
    """Numbers of the demands each work reaches, rising and once; BadInput for a number out of range."""
    result = []
    for i, given in enumerate(covers):
        try:
            numbers = np.asarray(given)
        except ValueError as error:
            raise BadInput("must be a list of demand numbers", f"/covers/{i}") from error
        whole = numbers.ndim == 1 and (numbers.dtype.kind in "iu" or not numbers.size)
        if not whole:
            raise BadInput("must be a list of demand numbers", f"/covers/{i}")
        for k in np.flatnonzero((numbers < 0) | (numbers >= demands)):
            raise BadInput(f"there is no demand {numbers[k]}; there are {demands}", f"/covers/{i}/{k}")
        result.append(np.unique(numbers.astype(np.int64)))
    return tuple(result)


def check_weights(weight: ArrayLike) -> Floats:
    """Demand weights (d,) >= 0 or BadInput."""
    numbers = np.asarray(weight, dtype=np.float64)
    if numbers.ndim != 1:
        raise BadInput("weights must be a list", "/demand")
    for d in np.flatnonzero(~(np.isfinite(numbers) & (numbers >= 0))):
        raise BadInput("a weight must be finite and not negative", f"/demand/{d}")
    return numbers


def nodes(covers: Reach, weight: ArrayLike, zone: Sequence[Hashable] | None = None) -> Nodes:
    """Demands reached by the same works (in the same zone) put together; unreached ones are left out.

    covers: n arrays of demand numbers; weight (d,); zone: d labels or None. The covered weight of every
    set of works stays what it was; 15,922 demands of a kelurahan become some 300 (method 5.2).
    """
    weights = np.asarray(weight, dtype=np.float64)
    works: list[list[int]] = [[] for _ in weights]
    for i, demands in enumerate(covers):
        for d in demands.tolist():
            works[d].append(i)
    parts: dict[tuple[tuple[int, ...], Hashable], list[float]] = {}
    for d, reach in enumerate(works):
        if reach and weights[d] > 0:
            parts.setdefault((tuple(reach), zone[d] if zone is not None else None), []).append(weights[d])
    reaches = tuple(reach for reach, _ in parts)
    sums = np.array([math.fsum(values) for values in parts.values()], dtype=np.float64)
    return Nodes(reaches, sums, tuple(place for _, place in parts))


def covered_weight(covers: Reach, weight: ArrayLike, chosen: Sequence[int]) -> float:
    """Weight of the demands reached by at least one chosen work, each counted once (exact sum)."""
    weights = np.asarray(weight, dtype=np.float64)
    served = np.zeros(len(weights), dtype=bool)
    for i in chosen:
        served[covers[i]] = True
    return math.fsum(weights[served].tolist())


def greedy_order(
    covers: Reach, weight: ArrayLike, cost: Sequence[Fraction], budget: Fraction
) -> tuple[int, ...]:
    """Works in the order of largest gain per cost while they fit (lazy: gains only shrink; ties by number).

    A work that does not fit is passed over; one that adds nothing ends the list. Costs of 0 come first.
    """
    left = np.array(weight, dtype=np.float64)
    queue = [_promise(left, demands, cost[i], i) for i, demands in enumerate(covers)]
    heapq.heapify(queue)
    order: list[int] = []
    while queue:
        _, i = heapq.heappop(queue)
        if cost[i] > budget:
            continue
        again = _promise(left, covers[i], cost[i], i)
        if queue and again > queue[0]:
            heapq.heappush(queue, again)
            continue
        if again[0] >= 0:
            break
        order.append(i)
        budget -= cost[i]
        left[covers[i]] = 0.0
    return tuple(order)


def _promise(left: Floats, demands: NDArray[np.int64], cost: Fraction, i: int) -> tuple[float, int]:
    """What a work would add per cost, negative so that the best comes first."""
    gain = math.fsum(left[demands].tolist())
    return (-gain / float(cost) if cost > 0 else (-math.inf if gain > 0 else 0.0), i)


def maximum_coverage(
    covers: Sequence[ArrayLike],
    weight: ArrayLike,
    *,
    count: int | None = None,
    cost: Sequence[int | float | Fraction] | None = None,
    budget: int | float | Fraction | None = None,
    gap: float = 0.0,
    node_limit: int | None = None,
) -> Coverage:
    """The works that cover the most weight: at most `count` of them, or at most `budget` in cost.

    covers: n lists of demand numbers; weight (d,) >= 0; cost: n numbers >= 0 in the unit of the budget.
    gap: stop within this relative gap (0: proven optimum). Guarantees of the greedy choice: 1 - 1/e by
    count; half of that by budget, for the better of greedy and the best single work. The solver's answer
    is rounded, counted again from the demands and its cost checked exactly. Raises BadInput.
    """
    weights = check_weights(weight)
    reach = check_reach(covers, len(weights))
    price, limit = _limits(len(reach), count, cost, budget)
    greedy, worst = _without_solver(reach, weights, price, limit, count is not None)
    greedy_covered = covered_weight(reach, weights, greedy)
    usable = [i for i in range(len(reach)) if price[i] <= limit]
    program = _write(usable, reach, weights, price, limit)
    relaxed = relax(program)
    assert relaxed is not None  # the empty choice satisfies every row
    ceiling = max(relaxed.value, greedy_covered)
    found = _search(program, usable, price, limit, gap, node_limit)
    chosen = _picked(found, usable)
    covered = covered_weight(reach, weights, chosen)
    if greedy_covered > covered:
        chosen, covered = greedy, greedy_covered
    bound = proven(covered, min(found.bound, ceiling), bool((weights == np.floor(weights)).all()))
    return Coverage(
        tuple(sorted(chosen)), covered, bound, relative_gap(covered, bound), greedy, greedy_covered, worst,
        ceiling, found.finished,
    )  # fmt: skip


def relative_gap(value: float, bound: float) -> float:
    """(bound - value)/bound; 0 where both are 0."""
    return (bound - value) / abs(bound) if bound > value else 0.0


def proven(value: float, bound: float, whole: bool) -> float:
    """A bound freed of the solver's rounding: at least the value, a whole number if all values are whole."""
    if whole:
        bound = float(math.floor(bound + 1e-6 * max(1.0, abs(bound) * 1e-3)))
    near = bound - value <= SAME * max(1.0, abs(bound))
    return value if near else bound


def _limits(
    n: int,
    count: int | None,
    cost: Sequence[int | float | Fraction] | None,
    budget: int | float | Fraction | None,
) -> tuple[list[Fraction], Fraction]:
    """Price of each work and the limit, as exact fractions (a count is a budget of ones)."""
    if (count is None) == (budget is None):
        raise BadInput("give either a count or a budget")
    if count is not None:
        if count < 0:
            raise BadInput("must not be negative", "/count")
        return [Fraction(1)] * n, Fraction(count)
    if cost is None or len(cost) != n:
        raise BadInput(f"a budget needs the costs of all {n} works", "/cost")
    for i, given in enumerate(cost):
        if not (math.isfinite(given) and given >= 0):
            raise BadInput("a cost must be finite and not negative", f"/cost/{i}")
    if budget is None or not (math.isfinite(budget) and budget >= 0):
        raise BadInput("must be finite and not negative", "/budget")
    return [exact(given) for given in cost], exact(budget)


def exact(number: int | float | Fraction) -> Fraction:
    """A number as the decimal it was written as: 0.3 is three tenths."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def _without_solver(
    reach: Reach, weights: Floats, price: Sequence[Fraction], limit: Fraction, by_count: bool
) -> tuple[tuple[int, ...], float]:
    """The greedy choice and its guarantee; by budget the best single work if that is better."""
    order = greedy_order(reach, weights, price, limit)
    if by_count:
        return order, 1 - 1 / math.e
    alone = [(-covered_weight(reach, weights, [i]), i) for i in range(len(reach)) if price[i] <= limit]
    if alone and -min(alone)[0] > covered_weight(reach, weights, order):
        order = (min(alone)[1],)
    return order, (1 - 1 / math.e) / 2


def _write(
    usable: Sequence[int], reach: Reach, weights: Floats, price: Sequence[Fraction], limit: Fraction
) -> Program:
    """The program: a whole column for each work that can be paid, a covered share for each node."""
    program = Program()
    column = {i: program.column(0.0, True) for i in usable}
    scale = float(limit) / 1e4 if limit > 10_000 else 1.0
    program.at_most(((column[i], float(price[i]) / scale) for i in usable), float(limit) / scale)
    together = nodes([reach[i] for i in usable], weights)
    for works, weight in zip(together.reach, together.weight.tolist(), strict=True):
        if len(works) == 1:
            program.gain[works[0]] += weight
            continue
        share = program.column(weight, False)
        program.at_most([(share, 1.0), *((k, -1.0) for k in works)], 0.0)
    return program


def _search(
    program: Program,
    usable: Sequence[int],
    price: Sequence[Fraction],
    limit: Fraction,
    gap: float,
    node_limit: int | None,
) -> Solved:
    """Solve until the rounded choice costs no more than the limit exactly.

    A choice that passes only by the solver's tolerance is forbidden by name (a cover cut) and it goes on.
    """
    program = program.copy()
    while True:
        found = solve(program, gap, node_limit)
        assert found is not None  # the empty choice satisfies every row
        chosen = _picked(found, usable)
        if sum((price[i] for i in chosen), Fraction(0)) <= limit:
            return found
        program.at_most(((usable.index(i), 1.0) for i in chosen), len(chosen) - 1.0)


def _picked(found: Solved, usable: Sequence[int]) -> tuple[int, ...]:
    """The works of a solver's answer, rounded."""
    return tuple(usable[k] for k in np.flatnonzero(found.x[: len(usable)] > 0.5).tolist())
