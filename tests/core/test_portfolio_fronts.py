"""Plans of a whole kelurahan, budget sweeps and the core index.

It knows nothing about small reference plans. The kelurahan is made up, as large as the target of the method.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from gis_core import portfolio
from gis_core.errors import BadInput
from gis_core.portfolio import Options, Problem, Work
from gis_core.portfolio.fronts import budget_sweep, core_index

make_plan: Any = portfolio.make_plan
QUIET = Options(explain=False)
ALL = Fraction(1)
THREE = Problem(
    1,
    ("F",),
    ((10,),),
    tuple(Work(n, c, v, share_cap={0: ALL}) for n, c, v in (("a", 4, 9), ("b", 6, 5), ("c", 6, 4))),
)


def kelurahan(seed, n=120, homes=4000, services=7):
    """A kelurahan as large as the target: 120 proposals, 4,000 poor households, 7 services, 4 funds."""
    rng = np.random.default_rng(seed)
    home, place, kind = rng.random((homes, 2)), rng.random((n, 2)), rng.integers(0, services, n)
    lacks, reach = rng.random((homes, services)) < 0.57, rng.choice([0.06, 0.1, 0.15], services)
    cost = rng.integers(20, 400, n) * 1_000_000
    caps = np.column_stack(
        [rng.random(n) < 0.7, 0.5 * (rng.random(n) < 0.5), np.ones(n), np.full(n, 0.3)]
    )  # fmt: skip
    money = np.outer([0.4, 0.15, 0.35, 0.1], np.full(3, cost.sum() * 0.3 / 3)).astype(int)
    works = []
    for i in range(n):
        near = np.hypot(*(home - place[i]).T) <= reach[kind[i]]
        covers = np.flatnonzero(near & lacks[:, kind[i]]) + kind[i] * homes
        shares = {f: Fraction(repr(float(x))) for f, x in enumerate(caps[i]) if x}
        works.append(Work(f"{i:03}", int(cost[i]), 0.3 * rng.random(), covers.tolist(), shares))
    weight = np.full(homes * services, 0.25 / 60)
    zone = tuple(str(h % 8) for h in range(homes * services))
    return Problem(3, ("BLM", "PAKET", "APBD", "SWADAYA"), tuple(map(tuple, money.tolist())), tuple(works), weight,
                   zone, ((0, 1), (5, 6)), ((2, 3),), ((4, 5, 0.1),))  # fmt: skip


def test_a_whole_kelurahan_is_planned_to_a_tenth_of_a_percent_and_explained():
    plan = make_plan(kelurahan(3))
    assert plan.feasible and plan.gap <= 1e-3 and len(plan.left_out) + len(plan.kept) == 120
    assert plan.greedy_objective <= plan.objective <= plan.bound <= plan.lp_bound + 1e-9
    for entry in plan.left_out:
        assert entry.value_if_forced_in is None or entry.value_if_forced_in <= plan.objective
    for entry in plan.kept:
        assert entry.value_if_left_out <= plan.objective
    assert {type(a.numerator) for paid in plan.funding.values() for a in paid.values()} == {int}
    assert all(a.denominator == 1 for paid in plan.funding.values() for a in paid.values())


def test_the_same_problem_gives_the_same_plan():
    one, two = (make_plan(kelurahan(4, n=60), QUIET) for _ in range(2))
    assert (one.schedule, one.funding, one.bound) == (two.schedule, two.funding, two.bound)


def test_the_worst_served_zone_of_a_whole_kelurahan_gets_more():
    plain, fair = (make_plan(kelurahan(3), Options(explain=False, equity=e)) for e in ("none", "max_min"))
    assert fair.feasible and fair.gap <= 1e-3 and fair.least_share >= plain.least_share


def test_fifteen_proposals_are_explained_to_the_end():
    plan = make_plan(kelurahan(5, n=15))
    assert plan.gap == 0
    for entry in plan.left_out:
        assert entry.admission is None or entry.admission.proven
        assert entry.value_if_forced_in is None or entry.value_if_forced_in <= plan.objective + 1e-9


def test_more_money_never_buys_less_and_the_relaxation_is_concave():
    points = list(budget_sweep(kelurahan(5, n=20), [Fraction(k, 2) for k in range(5)], QUIET))
    values, ceiling = [p.objective for p in points], [p.lp_bound for p in points]
    assert points[0].objective == 0 and points[0].built == () and values == sorted(values)
    assert all(v <= c + 1e-9 for v, c in zip(values, ceiling, strict=True))
    assert (np.diff(ceiling, 2) <= 1e-6).all()
    with pytest.raises(BadInput):
        list(budget_sweep(THREE, [ALL, Fraction(1, 2)]))


@pytest.mark.parametrize("exact", [True, False])
def test_core_works_are_in_every_draw_and_others_in_some(exact):
    draws = [[9, 5, 4], [9, 4, 5], [9, 5, 0], [9, 5, 1]]
    assert core_index(THREE, draws, exact=exact).tolist() == [1, 0.75, 0.25]
    for values, factors in (([[1, 2]], None), ([], None), (draws, [1.0])):
        with pytest.raises(BadInput):
            core_index(THREE, values, factors)
