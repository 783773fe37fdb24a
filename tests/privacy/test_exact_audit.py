"""Everything published about poor households together, as an adversary with a solver sees it.

A published number is a set of linear bounds on true counts (the counts that would be published alike). No group (an RW,
those reached in it, those not, those who came or went between two releases) may be held by all bounds together inside
1 to 4: the least and the greatest value it can have are found exactly by linear programming.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from gis_core import slum
from webgis.planning.household_counts import fives, plan_in_fives, rounded
from webgis.planning.poverty import publish
from webgis.planning.slum_sums import SMALLEST_BASE, Line, Sum, band, further

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


def forms(seed: int) -> tuple[list[Line], list[Sum]]:
    """RT of a kelurahan by one criterion, a kawasan of some of them, and the scores of both sums."""
    draw = random.Random(seed)
    rts = []
    for _ in range(draw.randint(2, 5)):
        base = draw.choice((draw.randint(8, 24), draw.randint(20, MOST)))
        edge = round(draw.choice((0.0, 0.25, 0.51, 0.76, 1.0)) * base)
        volume = min(max(draw.choice((draw.randint(0, base), edge + draw.randint(-2, 2))), 0), base)
        rts.append((volume, base))
    if draw.random() < 0.7:  # a sum at the edge of a band
        volume, base = rts[-1]
        wanted = math.ceil(draw.choice((0.25, 0.51, 0.76)) * sum(b for _, b in rts)) - sum(
            v for v, _ in rts[:-1]
        )
        rts[-1] = (min(max(wanted - draw.randint(0, 1), 0), base), base)
    some = tuple(sorted(draw.sample(range(len(rts)), draw.randint(2, len(rts)))))
    lines = [Line(float(volume), float(base), score(volume, base)) for volume, base in rts]
    sums = []
    for rows in (some, tuple(range(len(rts)))):
        volume, base = (sum(rts[i][k] for i in rows) for k in (0, 1))
        sums.append(Sum(rows, score(volume, base), float(base)))
    return lines, sums


def score(volume: int, base: int) -> int:
    return int(slum.assess([[volume / base] + [0.0] * 15]).scores[0, 0])


def told_forms(
    adversary: Adversary, lines: list[Line], sums: list[Sum], hidden: set[int], *, sure: bool
) -> list[Terms]:
    """What is told of RT, kawasan and kelurahan; sure: to somebody who even knows which RT are hidden as small ones.

    The groups behind it: those with the deficit of an RT, those without, and all hidden ones of a sum.
    """
    groups: list[Terms] = []
    adversary.knows({"one": 1}, 1, 1)
    for i, line in enumerate(lines):
        volume, base = int(line.volume or 0), int(line.base or 0)
        rt: Terms = {f"v{i}": 1}
        if i not in hidden:
            adversary.knows(rt, volume, volume)
        elif line.narrow:
            adversary.knows(rt, 0, SMALLEST_BASE - 1)
        else:
            adversary.knows(rt, *band(line.score, base))
            if sure and line.is_small:
                adversary.knows(rt, *((0, 4) if volume < 5 else (base - 4, base)))
            groups.append({"one": base, f"v{i}": -1})
        groups.append(rt)
    for found in sums:
        adversary.knows({f"v{i}": 1 for i in found.members}, *band(found.score, found.base))
        groups.append({f"v{i}": 1 for i in found.members if i in hidden})
    return [group for group in groups if group]


def hidden_of(lines: list[Line], sums: list[Sum]) -> set[int]:
    return {i for i, line in enumerate(lines) if line.is_small} | further(lines, sums)


@pytest.mark.parametrize("seed", range(60))
def test_slum_forms_kawasan_and_works_on_family_plots_together_tell_of_no_small_group(seed: int) -> None:
    """RT beside the sums that count them, and the repairs of some of the same homes at two times."""
    lines, sums = forms(seed)
    hidden = hidden_of(lines, sums)
    adversary = Adversary()
    groups = told_forms(adversary, lines, sums, hidden, sure=False)
    draw = random.Random(seed)
    for i, line in enumerate(lines):
        if i in hidden or not line.volume:
            continue
        before = draw.randint(0, int(line.volume))
        after = min(int(line.volume), max(0, before + draw.randint(-4, 4)))
        for when, volume in (("a", before), ("b", after)):
            adversary.knows({f"{when}{i}": 1, f"v{i}": -1}, -MOST, 0)
            adversary.told({f"{when}{i}": 1}, fives(volume) or None, lambda n: fives(n) or None)
            groups.append({f"{when}{i}": 1})
        groups.append({f"b{i}": 1, f"a{i}": -1})
    assert finds(adversary, groups) == []


def test_what_is_hidden_further_is_enough_wherever_anything_is_left_to_hide() -> None:
    """The three cities where the small ones alone would be told, to somebody who knows that they are small."""
    for seed in (89, 154, 249):
        lines, sums = forms(seed)
        small = {i for i, line in enumerate(lines) if line.is_small}
        alone, both = Adversary(), Adversary()
        assert finds(alone, told_forms(alone, lines, sums, small, sure=True))
        assert finds(both, told_forms(both, lines, sums, hidden_of(lines, sums), sure=True)) == []


def test_what_a_sum_still_tells_is_of_areas_all_of_whose_rt_are_hidden() -> None:
    """The rest that decision 49 names: nothing is left to hide but the published score of the kawasan itself."""
    lines = [Line(18.0, 20.0, score(18, 20)), Line(3.0, 20.0, score(3, 20))]
    both = [Sum((0, 1), score(21, 40), 40.0)]
    assert hidden_of(lines, both) == {0, 1}
    adversary = Adversary()
    found = finds(adversary, told_forms(adversary, lines, both, {0, 1}, sure=False))
    assert ({"v1": 1}, (1, 4)) in found
    for seed in range(30):
        lines, sums = forms(seed)
        hidden, adversary = hidden_of(lines, sums), Adversary()
        for group, _ in finds(adversary, told_forms(adversary, lines, sums, hidden, sure=True)):
            rts = {int(name[1:]) for name in group if name != "one"}
            assert any(rts <= set(area.members) <= hidden for area in sums), seed
