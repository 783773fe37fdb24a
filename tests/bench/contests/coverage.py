"""Maximum coverage: 15 of 300 places that serve the most of 3,000 households, each counted once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gis_core.coverage import maximum_coverage
from tests.bench.contests.race import Way, race, show

HOUSEHOLDS, PLACES, CHOSEN, RADIUS = 3_000, 300, 15, 400.0
CORE = "gis_core, proven"


def run() -> None:
    """The optimum of both must be the same."""
    rng = np.random.default_rng(5)
    homes, places = rng.uniform(0, 5_000, (HOUSEHOLDS, 2)), rng.uniform(0, 5_000, (PLACES, 2))
    weight = rng.integers(1, 6, HOUSEHOLDS).astype(float)
    distance = np.hypot(*(homes[:, None] - places[None]).transpose(2, 0, 1))
    covers = [np.flatnonzero(distance[:, j] <= RADIUS) for j in range(PLACES)]
    results = race([
        Way("spopt MCLP (PuLP, CBC)", lambda: by_spopt(distance, weight)),
        Way(CORE, lambda: lambda: maximum_coverage(covers, weight, count=CHOSEN).covered),
        Way("gis_core, gap of 0.1 %", lambda: lambda: maximum_coverage(covers, weight, count=CHOSEN, gap=1e-3).covered),
    ], 5)  # fmt: skip
    covered = {name: f"{found.answer:,.0f}" for name, found in results.items() if not found.missing}
    show(
        f"Maximum coverage, {CHOSEN} of {PLACES} places, {HOUSEHOLDS:,} households",
        results,
        "spopt MCLP (PuLP, CBC)",
        **{"weight covered": covered},
    )


def by_spopt(distance: Any, weight: Any) -> Callable[[], float]:
    import pulp
    from spopt.locate import MCLP

    def solve() -> float:
        model = MCLP.from_cost_matrix(distance, weight, RADIUS, CHOSEN)
        return float(model.solve(pulp.PULP_CBC_CMD(msg=False)).problem.objective.value())

    return solve
