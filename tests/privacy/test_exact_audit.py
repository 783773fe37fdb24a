"""Everything published about poor households together, as an adversary with a solver sees it.

A published number is a set of linear bounds on true counts (the counts that would be published alike). No group (an RW,
those reached in it, those not, those who came or went between two releases) may be held by all bounds together inside
1 to 4: the least and the greatest value it can have are found exactly by linear programming. Slum forms have an
adversary of their own (`test_kawasan.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from webgis.planning.judging.household_counts import fives, plan_in_fives, rounded
from webgis.planning.mapping.poverty import publish

MOST = 40
Terms = dict[str, int]


@dataclass
class Adversary:
    """Bounds on sums of unknown counts, each count a variable from 0 to MOST."""

    names: list[str] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def knows(self, terms: Terms, least: float, most: float) -> None:
        self.names += [name for name in terms if name not in self.names]
        self.rows.append((terms, least, most))

    def told(self, terms: Terms, published: Any, rule: Callable[[int], Any]) -> None:
        """A published value and the public rule it was made by: all counts that give the same."""
        fitting = [count for count in range(MOST * 4 + 1) if rule(count) == published]
        assert fitting, (terms, published)
        self.knows(terms, min(fitting), max(fitting))

    def range_of(self, group: Terms) -> tuple[int, int]:
        """Least and greatest value of a group."""
        table = np.array([[terms.get(name, 0) for name in self.names] for terms, _, _ in self.rows])
        upper = np.array([most for _, _, most in self.rows])
        lower = np.array([least for _, least, _ in self.rows])
        aim = np.array([group.get(name, 0) for name in self.names])
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * aim, np.vstack([table, -table]), np.concatenate([upper, -lower]), bounds=(0, MOST * 4)
            )
            assert found.status == 0, found.message
            ends.append(sign * float(found.fun or 0.0))
        return int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6))


def finds(adversary: Adversary, groups: Iterator[Terms] | list[Terms]) -> list[tuple[Terms, tuple[int, int]]]:
    """Groups of which it is certain that they are 1 to 4 (or that so many came or went)."""
    found = []
    for group in groups:
        least, most = adversary.range_of(group)
        if (least >= 1 and most <= 4) or (least >= -4 and most <= -1):
            found.append((group, (least, most)))
    return found


def city(seed: int) -> tuple[list[int], list[int], list[int], list[int]]:
    """Poor households of some RW, those who are reached, the persons, and the households half a year later."""
    draw = random.Random(seed)
    poor = [draw.choice((0, 1, 2, 3, 4, 5, 6, 7, draw.randint(8, MOST))) for _ in range(draw.randint(1, 4))]
    return (
        poor,
        [draw.randint(0, count) for count in poor],
        [count * draw.randint(1, 5) for count in poor],
        [max(0, min(MOST, count + draw.randint(-4, 4))) for count in poor],
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_poverty_map_over_two_releases_tells_of_no_small_group(seed: int) -> None:
    poor, _, _, later = city(seed)
    adversary = Adversary()
    groups: list[Terms] = []
    for i, counts in enumerate(zip(poor, later, strict=True)):
        for when, count in zip("ab", counts, strict=True):
            adversary.told(
                {f"{when}{i}": 1}, publish("x", count, count * 3, 5.0), lambda n: publish("x", n, n * 3, 5.0)
            )
        groups += [{f"a{i}": 1}, {f"b{i}": 1}, {f"b{i}": 1, f"a{i}": -1}]
    everybody = [{f"{when}{i}": 1 for i in range(len(poor))} for when in "ab"]
    assert finds(adversary, [*groups, *everybody]) == []


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_shown_beside_the_map_tells_of_no_small_group(seed: int) -> None:
    """For officials; the public gets no counts in plans. Whom one work serves they may know (decision 17)."""
    poor, reached, persons, _ = city(seed)
    plan = {
        "schedule": [{"id": "w", "served": sum(reached), "cost": 90_000_000}],
        "left_out": [], "kept": [], "gap": 0.0, "money": {}, "conflict": None,
        "households": {
            "total": sum(poor), "reached_before": 0, "reached": sum(reached), "in_part": 0, "gini": 0.0,
            "gini_before": None,
            "by_rw": [
                {"rw": str(i), "total": total, "reached_before": 0, "reached": got}
                for i, (total, got) in enumerate(zip(poor, reached, strict=True))
            ],
        },
    }  # fmt: skip
    told = plan_in_fives(plan, 0.0)
    adversary = Adversary()
    groups: list[Terms] = []
    for i, rw in enumerate(told["households"]["by_rw"]):
        home, got = f"p{i}", f"r{i}"
        adversary.told({home: 1}, rw["total"], rounded)
        adversary.told({got: 1}, rw["reached"], rounded)
        adversary.knows({home: 1, got: -1}, 0, MOST)
        published = publish("x", poor[i], persons[i], 5.0)
        if published.households is not None:
            adversary.told({home: 1}, published, lambda n: publish("x", n, n * 5, 5.0))
        groups += [{home: 1}, {got: 1}, {home: 1, got: -1}]
    for name, key in (("total", "p"), ("reached", "r")):
        figure, shown = told["households"][name], [rw[name] for rw in told["households"]["by_rw"]]
        assert figure == (sum(n or 0 for n in shown) or None), "a sum of what is told tells nothing new"
        everybody = {f"{key}{i}": 1 for i in range(len(poor))}
        groups.append(everybody)
    assert finds(adversary, groups) == []


def test_the_adversary_finds_what_is_there_to_find() -> None:
    """Exact totals beside a hidden cell, rounded ones beside exact cells, and a newcomer between live counts."""
    exact = Adversary()
    exact.knows({"p0": 1, "p1": 1}, 12, 12)
    exact.knows({"p0": 1}, 9, 9)
    assert finds(exact, [{"p1": 1}]) == [({"p1": 1}, (3, 3))]
    live = Adversary()
    live.knows({"a": 1}, 20, 20)
    live.knows({"b": 1}, 21, 21)
    assert finds(live, [{"b": 1, "a": -1}]) == [({"b": 1, "a": -1}, (1, 1))]
    rounded_total = Adversary()
    rounded_total.told({"p0": 1}, 10, rounded)
    rounded_total.told({"p1": 1}, None, rounded)
    rounded_total.told({"p0": 1, "p1": 1}, 15, rounded)
    assert finds(rounded_total, [{"p1": 1}]) == [({"p1": 1}, (1, 4))]


@pytest.mark.parametrize("seed", range(30))
def test_a_slum_form_and_works_on_family_plots_together_tell_of_no_small_group(seed: int) -> None:
    """Homes with a deficit, and the repairs of some of them at two times."""
    draw = random.Random(seed)
    homes = draw.randint(5, MOST)
    before = draw.randint(0, homes)
    after = min(homes, max(0, before + draw.randint(-4, 4)))
    adversary = Adversary()
    adversary.knows({"homes": 1}, homes, homes)
    for when, volume in (("a", before), ("b", after)):
        adversary.knows({when: 1, "homes": -1}, -MOST, 0)
        adversary.told({when: 1}, fives(volume) or None, lambda n: fives(n) or None)
    assert finds(adversary, [{"a": 1}, {"b": 1}, {"b": 1, "a": -1}]) == []
