"""Importing files that are no sound files: each is refused with its reason, and the store is as it was."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from tests.planning.import_files import bring, collection, refused
from webgis.planning.imports.child import TOO_MUCH
from webgis.settings import ROOT
from webgis.store.database import Database

VRT = """<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{}</SrcDataSource>
<GeometryType>wkbNone</GeometryType></OGRVRTLayer></OGRVRTDataSource>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.geojson", ""),
        ("cut.geojson", '{"type": "FeatureCollection", "features": [{"type": "Fea'),
        ("page.geojson", "<!doctype html><title>Masuk</title>"),
        ("none.geojson", '{"type": "FeatureCollection", "features": []}'),
        ("deep.geojson", "[" * 100_000),
        ("vrt.csv", VRT.format("/etc/passwd")),
        ("vrt.geojson", VRT.format("/vsicurl/http://127.0.0.1:9/x")),
        ("header.csv", "kind,lon,lat\n"),
        ("metres.csv", "kind,lon,lat\ndrain,788429,9235409\n"),
        ("nik.csv", "kind,lon,lat,catatan\nmck,107.7,-5.6,3273011234560001\n"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says(owner_db: Database, tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    assert refused(owner_db, file)


def test_a_file_without_a_coordinate_system(owner_db: Database, tmp_path: Path) -> None:
    source = tmp_path / "a.geojson"
    source.write_text(collection([[788429, 9235409]]))
    meta, _, shapes, columns = pyogrio.raw.read(source)
    target = tmp_path / "a.gpkg"
    with pytest.warns(UserWarning, match="crs"):
        pyogrio.raw.write(target, shapes, columns, fields=meta["fields"], geometry_type="Point")
    with sqlite3.connect(target) as base:
        base.execute("update gpkg_geometry_columns set srs_id = -1")
        base.execute("update gpkg_contents set srs_id = -1")
    assert "crs_missing" in refused(owner_db, target, values={"kind": "mck"})


@pytest.mark.parametrize(
    ("member", "code", "said"),
    [
        (
            {"type": "link", "properties": {"href": "http://127.0.0.1:9/x", "type": "proj4"}},
            "crs_linked",
            "127.0.0.1",
        ),
        ({"type": "name", "properties": {}}, "crs_unnamed", "EPSG:32748"),
        ("EPSG:32748", "crs_unnamed", "EPSG:32748"),
        ({"type": "name", "properties": {"name": "Bandung 1913"}}, "crs_unknown", "Bandung 1913"),
    ],
)
def test_a_coordinate_system_that_cannot_be_read_is_told_in_words(
    owner_db: Database, tmp_path: Path, member: Any, code: str, said: str
) -> None:
    file = tmp_path / "x.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "crs": member, "features": []}))
    [problem] = bring(owner_db, file, "assets")["problems"]
    assert problem["code"] == code
    assert said in problem["message"] and "{" not in problem["message"] and "'" not in problem["message"]


def test_a_file_of_another_city(owner_db: Database, tmp_path: Path) -> None:
    file = tmp_path / "far.geojson"
    file.write_text(collection([[109.67, -6.88], [109.68, -6.89]]))
    assert refused(owner_db, file, values={"kind": "mck"}) == {"outside_known_area": 2}


def test_latitude_before_longitude_is_named(owner_db: Database, tmp_path: Path) -> None:
    file = tmp_path / "swapped.geojson"
    file.write_text(collection([[-5.6, 107.7]]))
    assert "latlon_swapped" in refused(owner_db, file, values={"kind": "mck"})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nul.csv", b"kind,lon,lat\n" + b"mck,107.7,-5.6\n" * 400 + b"m\0k,107.7,-5.6\n", "nul_byte"),
        ("quote.csv", b'kind,lon,lat,name\nmck,107.7,-5.6,"a\nmck,107.7,-5.6,b\n', "quotes_broken"),
        (
            "digits.geojson",
            b'{"type": "Point", "coordinates": [1' + b"0" * 5000 + b", 2]}",
            "json_number",
        ),
        ("curve.csv", b'kind,wkt\nmck,"CIRCULARSTRING (107 -5,108 -5,107 -6)"\n', "geometry_broken"),
        ("blank.csv", b"\n \n\n", "file_empty"),
    ],
)
def test_bytes_that_are_no_sound_file(
    owner_db: Database, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert code in refused(owner_db, tmp_path / name, crs="EPSG:4326")


@pytest.mark.parametrize("value", ["1e308", "1e999", "NaN", "-Infinity", "1" + "0" * 400])
def test_coordinates_that_are_no_place(owner_db: Database, tmp_path: Path, value: str) -> None:
    file = tmp_path / "far.geojson"
    file.write_text(collection([[107.7, -5.6]]).replace("107.7", value))
    assert refused(owner_db, file, values={"kind": "mck"}) == {"coordinates_not_finite": 1}


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "LineString", "coordinates": [[107.7, -5.6], [107.7, -5.6]]},
        {"type": "MultiLineString", "coordinates": [[[107.7, -5.6], [107.7, -5.6]]]},
        {
            "type": "Polygon",
            "coordinates": [[[107.7, -5.6], [107.7, -5.6], [107.7, -5.6], [107.7, -5.6]]],
        },
        {
            "type": "Polygon",
            "coordinates": [[[107.7, -5.6], [107.71, -5.6], [107.72, -5.6], [107.7, -5.6]]],
        },
    ],
)
def test_what_has_no_extent_is_refused_and_not_repaired(
    owner_db: Database, tmp_path: Path, shape: dict[str, Any]
) -> None:
    feature = {"type": "Feature", "geometry": shape, "properties": {"id": "1", "kind": "drain"}}
    file = tmp_path / "nothing.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert refused(owner_db, file) == {"geometry_collapsed": 1}


@pytest.mark.parametrize("inner", ["b.zip", "b.geojson"])
def test_archives_in_archives_and_bombs(owner_db: Database, tmp_path: Path, inner: str) -> None:
    small, nested, bomb = (tmp_path / name for name in ("s.zip", "nested.zip", "bomb.zip"))
    with zipfile.ZipFile(small, "w") as archive:
        archive.writestr("a.csv", "kind,lon,lat\n")
    with zipfile.ZipFile(nested, "w") as archive:
        archive.write(small, inner)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 20_000_000)
    assert refused(owner_db, nested) == {"zip_nested": 1}
    assert refused(owner_db, bomb) == {"zip_bomb": 1}


def test_reading_writes_no_more_than_the_parent_can_hold(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text("kind,lon,lat\n" + "mck,107.7,-5.6\n" * 20_000)
    child = tmp_path / "small.py"
    child.write_text("import sys\nfrom webgis.planning.imports import child\nchild.OUTPUT = 100_000\n"
                     "sys.exit(child.main(*sys.argv[1:]))\n")  # fmt: skip
    done = subprocess.run(
        [sys.executable, child, file, tmp_path / "rows.jsonl"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == TOO_MUCH
    assert (tmp_path / "rows.jsonl").stat().st_size <= 100_000


def test_a_path_that_climbs_out_of_an_archive(owner_db: Database, tmp_path: Path) -> None:
    file = tmp_path / "climb.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../evil.shp", "x")
    assert "zip_path" in refused(owner_db, file)
    assert not (tmp_path.parent.parent / "evil.shp").exists()
