"""Two-step floating catchment: 2,000 places share 100 facilities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gis_core.catchment import floating_catchment, within
from tests.bench.contests.race import Way, race, show

PLACES, FACILITIES, RADIUS = 2_000, 100, 1_500.0


def run() -> None:
    """Accessibility of every place by both, and how far they differ."""
    rng = np.random.default_rng(6)
    homes, clinics = rng.uniform(0, 10_000, (PLACES, 2)), rng.uniform(0, 10_000, (FACILITIES, 2))
    people, supply = rng.integers(20, 400, PLACES), rng.integers(1, 20, FACILITIES)
    distance = np.hypot(*(homes[:, None] - clinics[None]).transpose(2, 0, 1))
    results = race([
        Way("access", lambda: by_access(people, supply, distance)),
        Way("gis_core", lambda: lambda: floating_catchment(people, supply, distance, within(RADIUS)).access),
    ], 9)  # fmt: skip
    away = {}
    if not results["access"].missing:
        away = {"gis_core": f"{np.abs(results['gis_core'].answer - results['access'].answer).max():.0e}"}
    show(
        "Floating catchment, 2,000 places x 100 facilities", results, "access", **{"largest difference": away}
    )


def by_access(people: Any, supply: Any, distance: Any) -> Callable[[], Any]:
    import pandas as pd
    from access import Access

    origin, destination = np.indices(distance.shape)
    pairs = pd.DataFrame({"o": origin.ravel(), "d": destination.ravel(), "cost": distance.ravel()})
    places = pd.DataFrame({"id": range(PLACES), "people": people})
    clinics = pd.DataFrame({"id": range(FACILITIES), "beds": supply})

    def solve() -> Any:
        model = Access(
            demand_df=places, demand_index="id", demand_value="people",
            supply_df=clinics, supply_index="id", supply_value="beds",
            cost_df=pairs, cost_origin="o", cost_dest="d", cost_name="cost",
        )  # fmt: skip
        found = model.two_stage_fca(name="fca", max_cost=RADIUS)
        return found.iloc[:, 0].reindex(range(PLACES)).fillna(0).to_numpy()

    return solve
