"""Importing what Bandung and Pekalongan publish, in the order a city would bring it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from sqlalchemy import text

from tests.planning.import_files import bring, codes, counts
from tests.shared import shared
from webgis.planning.mapping.slums import profile
from webgis.settings import database_url
from webgis.store.database import Database


@pytest.fixture(scope="module")
def city(test_databases: Any) -> Iterator[Database]:
    """An empty store that the tests of this module fill in order."""
    found = Database(database_url(test_databases.new("migrated")), owner=True, pool_size=1)
    yield found
    found.dispose()


def test_bandung_kelurahan_and_their_parents(city: Database) -> None:
    file = shared("data", "bandung", "kelurahan.geojson")
    report = bring(city, file, "kelurahan")
    assert (report["rows"], report["accepted"], report["refused"]) == (151, 151, 0)
    again = bring(city, file, "kelurahan")
    assert (again["inserted"], again["updated"], again["unchanged"]) == (0, 0, 151)
    with city.transaction() as session:
        rows = session.execute(text("select kind, count(*) from region group by kind")).all()
    kinds = {row[0]: row[1] for row in rows}
    assert kinds == {"kota": 1, "kecamatan": 30, "kelurahan": 151}


def test_bandung_roads_rivers_and_schools(city: Database) -> None:
    roads = bring(city, shared("data", "bandung", "jalan_utama_osm.geojson"), "roads")
    assert (roads["rows"], roads["accepted"]) == (3156, 3156)
    rivers = bring(city, shared("data", "bandung", "sungai.geojson"), "waterways")
    assert (rivers["rows"], rivers["accepted"]) == (339, 338)
    schools = bring(city, shared("data", "bandung", "sekolah.geojson"), "assets", values={"kind": "school"})
    assert (schools["rows"], schools["accepted"], schools["refused"]) == (1027, 1025, 2)
    assert codes(schools) == {"outside_known_area": 2}


@pytest.mark.parametrize("form", ["gpkg", "zip"])
def test_the_same_schools_as_geopackage_and_shapefile_change_nothing(
    city: Database, tmp_path: Path, form: str
) -> None:
    meta, _, shapes, columns = pyogrio.raw.read(shared("data", "bandung", "sekolah.geojson"))
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / ("schools.gpkg" if form == "gpkg" else "schools.shp")
    pyogrio.raw.write(target, shapes, columns, fields=meta["fields"], geometry_type="Point", crs="EPSG:4326")
    if form == "zip":
        packed = tmp_path / "schools.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for part in folder.iterdir():
                archive.write(part, part.name)
        target = packed
    before = counts(city)["asset"]
    report = bring(city, target, "assets", values={"kind": "school"})
    assert (report["rows"], report["accepted"], report["inserted"]) == (1027, 1025, 0)
    assert counts(city)["asset"] == before


def test_pekalongan_rt_with_their_base_quantities(city: Database) -> None:
    kelurahan = bring(city, shared("data", "pekalongan", "kelurahan.geojson"), "kelurahan")
    assert kelurahan["accepted"] == 27
    assert codes(kelurahan) == {"code_provisional": 27}, "the file has no official codes, and that is said"
    rt = bring(city, shared("data", "pekalongan", "rtrw.csv"), "rt")
    assert (rt["rows"], rt["accepted"]) == (432, 432)
    outlines = bring(city, shared("data", "pekalongan", "rt_kumuh_poligon.geojson"), "slum-areas")
    assert (outlines["rows"], outlines["accepted"], outlines["refused"]) == (438, 423, 15)


def test_shifted_rows_are_refused_by_name_and_doubts_are_kept(city: Database) -> None:
    report = bring(city, shared("data", "pekalongan", "kumuh_rt_2019_2021.csv"), "slum-areas")
    assert (report["rows"], report["accepted"], report["refused"]) == (1296, 1146, 150)
    found = codes(report)
    assert found["columns_shifted"] == 150
    shifted = next(p for p in report["problems"] if p["code"] == "columns_shifted")
    assert "kawasan 17" in shifted["message"] or "kawasan 25" in shifted["message"]
    assert found["share_negative"] == 6
    assert report["doubtful"] >= 6
    with city.transaction() as session:
        area = session.execute(
            text("""
                select s.code from slum_assessment a join slum_area s on s.id = a.slum_area_id
                where jsonb_array_length(a.doubts) > 0 order by s.code limit 1
            """)
        ).scalar_one()
    assert any(form.doubts for form in profile(city, area).forms), "a doubt stays visible on the profile"


def test_the_indicator_table_alone_goes_in_too(new_database: Callable[..., str]) -> None:
    file = shared("data", "pekalongan", "kumuh_rt_2019_2021.csv")
    db = Database(database_url(new_database("migrated")), owner=True, pool_size=1)
    report = bring(db, file, "slum-areas")
    assert (report["accepted"], codes(report)["columns_shifted"]) == (1146, 150)
    db.dispose()
