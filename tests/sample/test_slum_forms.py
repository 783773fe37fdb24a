"""Slum forms of the sample city: within their bases, near real ones, better over the years.

The statistics it is held against were measured on real Indonesian tables and stand in `sample_layers/README.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gis_core import slum
from tests.sample.conftest import SampleCity

CRITERIA = (
    "1a", "1b", "1c", "2a", "2b", "3a", "3b", "4a", "4b", "4c", "5a", "5b", "6a", "6b", "7a", "7b",
)  # fmt: skip
BASES = {
    "1a": "buildings", "1b": "area_verified_ha", "1c": "buildings", "2a": "road_ideal_m", "2b": "road_ideal_m",
    "3a": "households", "3b": "households", "4a": "area_verified_ha", "4b": "drain_ideal_m", "4c": "drain_ideal_m",
    "5a": "households", "5b": "households", "6a": "households", "6b": "households", "7a": "buildings",
    "7b": "buildings",
}  # fmt: skip


def test_every_slum_rt_has_three_years(city: SampleCity) -> None:
    years: dict[str, set[int]] = {row["code"]: set() for row in city["slum_areas"] if row["level"] == "rt"}
    for row in city["slum_assessments"]:
        years[row["code"]].add(row["year"])
    assert len(years) >= 50
    assert all(found == {2024, 2025, 2026} for found in years.values())


def test_no_volume_leaves_its_base(city: SampleCity) -> None:
    for row in city["slum_assessments"]:
        for criterion in CRITERIA:
            assert 0 <= row[f"v{criterion}"] <= row[BASES[criterion]]
        assert row["v2a"] + row["v2b"] <= row["road_ideal_m"]
        assert row["v4b"] + row["v4c"] <= row["drain_ideal_m"]
        assert row["v1b"] in (0, row["area_verified_ha"])


def test_slum_statistics_are_near_the_real_ones(city: SampleCity) -> None:
    rows = [row for row in city["slum_assessments"] if row["year"] == 2024]

    def middle(key: Callable[[dict[str, Any]], float]) -> float:
        return float(np.median([key(row) for row in rows]))

    assert middle(lambda r: r["area_verified_ha"]) == pytest.approx(0.70, rel=0.25)
    assert middle(lambda r: r["persons"] / r["households"]) == pytest.approx(3.4, abs=0.25)
    assert middle(lambda r: r["households"] / r["buildings"]) == pytest.approx(1.27, abs=0.12)
    assert middle(lambda r: r["buildings"] / r["area_verified_ha"]) == pytest.approx(52, rel=0.35)
    assert middle(lambda r: r["persons"] / r["area_verified_ha"]) == pytest.approx(230, rel=0.25)


def test_totals_are_near_the_real_mean_and_every_grade_occurs(city: SampleCity) -> None:
    totals = [total(row) for row in city["slum_assessments"] if row["year"] == 2024]
    assert np.mean(totals) == pytest.approx(22.9, abs=4)
    bands = np.digitize(totals, [16, 38, 60])
    assert set(bands.tolist()) == {0, 1, 2, 3}


def test_considerations_follow_the_form_and_every_class_of_legality_occurs(city: SampleCity) -> None:
    rows = [row for row in city["slum_assessments"] if row["year"] == 2026]
    for row in rows:
        density = row["persons"] / row["area_verified_ha"]
        by_density = 5 if density > 200 else 3 if density > 150 else 1
        assert row["considerations"]["population_density"] == by_density
        assert row["considerations"]["strategic_location"] in (1, 5)
        assert row["considerations"]["socio_economic_culture"] in (1, 5)
    sums = {sum(row["considerations"].values()) for row in rows}
    assert min(sums) < 6 and max(sums) >= 11, "from low to high"
    legal = np.mean([row["tenure_clear"] and row["zoning_conform"] for row in rows])
    assert 0.25 <= legal <= 0.6, "slums lie by the river, yet not all of them on its banks"
    assert all(row["considerations"] == {} for row in city["slum_assessments"] if row["year"] == 2024)


def test_slum_becomes_less_over_the_years(city: SampleCity) -> None:
    mean = [
        np.mean([total(r) for r in city["slum_assessments"] if r["year"] == y]) for y in (2024, 2025, 2026)
    ]
    assert mean[0] > mean[1] > mean[2]


def total(row: dict[str, Any]) -> int:
    """Scores by Permen 14/2018, written out here so that the data is not checked by the code it feeds."""
    points = 0
    for criterion in CRITERIA:
        percent = round(100 * row[f"v{criterion}"] / row[BASES[criterion]], 2)
        points += 5 if percent >= 76 else 3 if percent >= 51 else 1 if percent >= 25 else 0
    return points


def test_bases_agree_with_the_assessment_rules_of_gis_core() -> None:
    assert len(slum.CRITERIA) == len(CRITERIA)
