"""Tables that know their RT by number only, of two cities in one store: nothing is mixed, the remedy is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gis_core.slum import CRITERIA
from tests.planning.import_files import bring, codes, write
from webgis.settings import database_url
from webgis.store.database import Database


@pytest.fixture
def cities(test_databases: Any, tmp_path: Path) -> Iterator[tuple[Database, Path]]:
    db = Database(database_url(test_databases.new("migrated")), owner=True, pool_size=1)
    folder = tmp_path
    for number, west in ((1, 107.0), (2, 109.0)):
        shape = {"type": "Polygon", "coordinates": [
            [[west, -6], [west + 0.1, -6], [west + 0.1, -5.9], [west, -5.9], [west, -6]]]}  # fmt: skip
        code = f"9{number}.01.01.1001"
        write(folder / f"k{number}.geojson", shape, {"kode": code, "nama": f"Desa {number}"})
        assert bring(db, folder / f"k{number}.geojson", "kelurahan")["accepted"] == 1
        (folder / f"rt{number}.csv").write_text(f"id,kelurahan,rtrw\n7,{code},RT 01 RW 02\n")
        write(folder / f"slum{number}.geojson", shape, {"id_rtrw": 7, "kelurahan": code})
    assert bring(db, folder / "rt1.csv", "rt")["accepted"] == 1
    yield db, folder
    db.dispose()


def test_the_remedy_is_named_and_works(cities: tuple[Database, Path]) -> None:
    db, folder = cities
    for file, layer in (("rt2.csv", "rt"), ("slum2.geojson", "slum-areas")):
        report = bring(db, folder / file, layer)
        assert (report["accepted"], codes(report)["number_of_other_city"]) == (0, 1), file
        assert "--set dataset=NAME" in report["problems"][0]["message"]
        assert bring(db, folder / file, layer, values={"dataset": "dua"})["accepted"] == 1, file
    table = folder / "forms.csv"
    table.write_text("rt,tahun," + ",".join(f"{k}v" for k in CRITERIA) + "\n7,2021" + ",0" * 16 + "\n")
    report = bring(db, table, "slum-areas")
    assert codes(report)["dataset_needed"] == 1
    assert bring(db, table, "slum-areas", values={"dataset": ""})["accepted"] == 1
