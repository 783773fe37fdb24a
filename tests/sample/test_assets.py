"""Assets of the sample city: known kinds, drains that mostly fall and partly reach the water."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import shapely

from tests.sample.conftest import SampleCity, catalogue, metric


def test_assets_are_of_known_kinds_with_fitting_geometry(city: SampleCity) -> None:
    kinds = catalogue("asset_kinds")
    for row in city["assets"]:
        assert row["kind"] in kinds
        assert row["condition"] in {"good", "light_damage", "heavy_damage", "broken", None}
    kinds_found = Counter(row["kind"] for row in city["assets"])
    assert len(kinds_found) >= 25
    assert 350 <= sum(kinds_found.values()) <= 500


def test_drains_fall_with_the_ground_in_most_cases(
    city: SampleCity, height: Callable[[float, float], float]
) -> None:
    lines = [metric(row["geom"]) for row in city["assets"] if row["kind"] == "drain"]
    falls = np.array([height(*line.coords[0]) - height(*line.coords[-1]) for line in lines])
    assert len(lines) > 80
    assert np.mean(falls > 0) > 0.85
    assert falls.min() > -0.5


def test_some_drains_reach_the_water_and_some_are_broken(city: SampleCity) -> None:
    water = metric(shapely.union_all([row["geom"] for row in city["waterways"]]))
    drains = [row for row in city["assets"] if row["kind"] == "drain"]
    ends = [shapely.Point(metric(row["geom"]).coords[-1]) for row in drains]
    assert sum(end.distance(water) < 15 for end in ends) >= 5
    assert {row["condition"] for row in drains} == {"good", "light_damage", "heavy_damage", "broken"}
