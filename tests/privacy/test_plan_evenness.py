"""How evenly a plan is spread is told to officials from rounded counts alone, so it tells no more than those do."""

from __future__ import annotations

import random
from typing import Any

import pytest

from webgis.planning.judging.household_counts import plan_in_fives, rounded


def plan_of(poor: list[int], before: list[int], reached: list[int], spent: list[float]) -> dict[str, Any]:
    """A plan with exact measures of its counts; what lies within RW is made up, and differs with every count."""
    measure = {
        "gini": sum(reached) / 1e6,
        "theil": sum(poor) / 1e6,
        "between": sum(before) / 1e6,
        "within": 0.5,
    }
    return {
        "schedule": [{"id": "w", "served": 10, "cost": 90_000_000}],
        "left_out": [], "kept": [], "gap": 0.0, "money": {}, "conflict": None,
        "households": {
            "total": sum(poor), "reached_before": sum(before), "reached": sum(reached), "in_part": 0,
            "gini_before": 0.1 + sum(before) / 1e6, "gini": 0.2 + sum(reached) / 1e6,
            "rupiah_per_reached": round(9e7 / max(1, sum(reached) - sum(before))),
            "evenness": {"reached": {"before": measure, "after": measure}, "rupiah": {"before": measure}},
            "by_rw": [
                {"code": str(k), "total": a, "reached_before": b, "reached": c, "rupiah_before": d, "rupiah": d}
                for k, (a, b, c, d) in enumerate(zip(poor, before, reached, spent, strict=True))
            ],
        },
    }  # fmt: skip


def alike(draw: random.Random, count: int) -> int:
    """A count that is published as this one is."""
    return draw.choice(
        [other for other in range(max(0, count - 5), count + 6) if rounded(other) == rounded(count)]
    )


@pytest.mark.parametrize("seed", range(20))
def test_counts_that_are_rounded_alike_give_the_same_answer(seed: int) -> None:
    draw = random.Random(seed)
    poor = [draw.randint(0, 40) for _ in range(4)]
    reached = [draw.randint(0, count) for count in poor]
    before = [draw.randint(0, count) for count in reached]
    columns = [[alike(draw, count) for count in column] for column in (poor, before, reached)]
    one = plan_in_fives(plan_of(poor, before, reached, [draw.random() for _ in poor]), 0.0)
    other = plan_in_fives(plan_of(*columns, [draw.random() for _ in poor]), 0.0)
    assert one == other


def test_officials_still_read_how_evenly_rw_are_reached() -> None:
    told = plan_in_fives(plan_of([20, 20], [0, 0], [20, 0], [4.5, 0.0]), 0.0)["households"]
    assert told["gini"] == told["evenness"]["reached"]["after"]["gini"] == 0.5
    assert told["evenness"]["reached"]["after"]["within"] is None
    assert told["evenness"]["rupiah"] is None
    assert told["rupiah_per_reached"] == 4_500_000
    assert {rw["rupiah"] for rw in told["by_rw"]} == {None}
