"""The committed files of the sample city: small, complete, the same bytes every time, sound shapes.

It knows nothing about the database; it reads `sample_layers/data`.
"""

from __future__ import annotations

import pytest

from tests.sample.conftest import DATA, LAYERS, SampleCity


def test_all_files_together_stay_under_six_megabytes() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) <= 6_000_000


def test_nothing_else_lies_in_the_data_folder() -> None:
    expected = {f"{name}.geojson.gz" for name in (*LAYERS, "forums")} | {"dem.tif", "flood.tif"}
    assert {path.name for path in DATA.iterdir()} == expected


def test_gzip_files_carry_no_time_stamp() -> None:
    for name in LAYERS:
        assert (DATA / f"{name}.geojson.gz").read_bytes()[4:8] == b"\0\0\0\0"


@pytest.mark.parametrize("layer", [name for name in LAYERS if name != "slum_assessments"])
def test_geometries_are_valid_flat_and_not_empty(city: SampleCity, layer: str) -> None:
    shapes = [row["geom"] for row in city[layer]]
    assert all(s is not None and s.is_valid and not s.is_empty and not s.has_z for s in shapes)


@pytest.mark.parametrize("layer", [n for n in LAYERS if n not in ("regions", "slum_assessments")])
def test_ids_are_unique(city: SampleCity, layer: str) -> None:
    ids = [row["id"] for row in city[layer]]
    assert len(set(ids)) == len(ids)
