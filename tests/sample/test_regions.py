"""Regions of the sample city tile it, lie over open sea, and their counts add up."""

from __future__ import annotations

import pytest
import shapely

from tests.sample.conftest import SampleCity, metric


def test_the_city_lies_over_open_sea(city: SampleCity) -> None:
    x0, y0, x1, y1 = city.regions("kota")["99.01"]["geom"].bounds
    assert 107.6 < x0 < x1 < 107.8
    assert -5.7 < y0 < y1 < -5.5


def test_the_city_has_the_promised_number_of_regions(city: SampleCity) -> None:
    assert len(city.regions("kelurahan")) == 6
    assert 50 <= len(city.regions("rw")) <= 75
    assert 180 <= len(city.regions("rt")) <= 240


def test_rt_tile_the_city_without_gap_or_overlap(city: SampleCity) -> None:
    shapes = [row["geom"] for row in city.regions("rt").values()]
    assert shapely.coverage_is_valid(shapes)
    whole = metric(city.regions("kota")["99.01"]["geom"]).area
    assert sum(metric(s).area for s in shapes) == pytest.approx(whole, rel=1e-6)


@pytest.mark.parametrize(("child", "parent"), [("rt", "rw"), ("rw", "kelurahan"), ("kelurahan", "kecamatan")])
def test_every_level_is_the_union_of_the_level_below(city: SampleCity, child: str, parent: str) -> None:
    parents = city.regions(parent)
    parts: dict[str, list[shapely.Geometry]] = {code: [] for code in parents}
    for row in city.regions(child).values():
        parts[row["parent"]].append(row["geom"])
    for code, shapes in parts.items():
        outer = parents[code]["geom"]
        assert shapes
        assert shapely.union_all(shapes).symmetric_difference(outer).area < 1e-9 * outer.area + 1e-13


def test_counts_of_a_region_are_the_sum_of_its_parts(city: SampleCity) -> None:
    for key in ("population", "households"):
        kota = city.regions("kota")["99.01"][key]
        for kind in ("kecamatan", "kelurahan", "rw", "rt"):
            assert sum(row[key] for row in city.regions(kind).values()) == kota


def test_no_rt_is_empty_of_people(city: SampleCity) -> None:
    assert min(row["households"] for row in city.regions("rt").values()) >= 15
