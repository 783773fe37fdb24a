"""Exports: every format opens in GDAL, filters narrow, nothing private leaves, no cell is a formula."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.access import PUBLIC, Actor
from webgis.planning.errors import BadDocument, NotAllowed, NotFound, SignInNeeded
from webgis.planning.giving.export_tables import neutral
from webgis.planning.giving.exports import FORMATS, Filters, export
from webgis.planning.mapping import slum_grades
from webgis.planning.proposals import proposals
from webgis.planning.sentences.messages import message
from webgis.settings import ROOT
from webgis.store.database import Database


def save(db: Database, folder: Path, layer: str, fmt: str, who: Actor = PUBLIC, **filters: Any) -> Path:
    made = export(db, who, layer, fmt, Filters(**filters))
    file = folder / made.filename
    file.write_bytes(b"".join(made.chunks))
    return file


@pytest.mark.parametrize("fmt", sorted(FORMATS))
def test_every_format_opens_and_holds_every_proposal(shared_db: Database, tmp_path: Path, fmt: str) -> None:
    file = save(shared_db, tmp_path, "proposals", fmt)
    total = proposals.list_proposals(shared_db, PUBLIC).total
    if fmt == "csv":
        with file.open(newline="", encoding="utf-8") as stream:
            assert len(list(csv.DictReader(stream))) == total
        return
    if fmt == "parquet":
        assert pq.read_metadata(file).num_rows == total
        return
    source = f"/vsizip/{file}" if fmt == "shp.zip" else str(file)
    layers = [str(row[0]) for row in pyogrio.list_layers(source)]
    counts = [pyogrio.read_info(source, layer=name, force_feature_count=True)["features"] for name in layers]
    assert sum(counts) == total


@pytest.mark.parametrize("fmt", ["geojson", "csv", "gpkg"])
def test_slum_areas_leave_with_what_their_last_form_says(
    shared_db: Database, tmp_path: Path, fmt: str
) -> None:
    file = save(shared_db, tmp_path, "slum-areas", fmt, kelurahan=KELURAHAN)
    if fmt == "csv":
        with file.open(newline="", encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
    elif fmt == "geojson":
        rows = [feature["properties"] for feature in json.loads(file.read_text())["features"]]
    else:
        rows = [dict(row) for row in sqlite_rows(file)]
    assert {row["grade"] or None for row in rows if row["level"] == "kawasan"} == {None}, "no form of its own"
    rows = [row for row in rows if row["level"] == "rt"]
    told = {row["code"]: (row["grade"], int(row["total"]), int(row["year"])) for row in rows}
    assert told == {code: tuple(grade) for code, grade in slum_grades.grades(shared_db, KELURAHAN).items()}
    letters = {"heavy": "A", "medium": "B", "light": "C", "none": ""}
    assert all((row["classification"] or "")[:1] == letters[row["grade"]] for row in rows)
    assert len({row["classification"] for row in rows}) > 3, "by considerations and legality, too"


def sqlite_rows(file: Path) -> list[sqlite3.Row]:
    with sqlite3.connect(file) as store:
        store.row_factory = sqlite3.Row
        return store.execute('select * from "slum-areas"').fetchall()


@pytest.mark.parametrize(
    "layer", ["kelurahan", "rw", "rt", "slum-areas", "assets", "poverty", "roads", "buildings", "waterways"]
)
def test_every_public_layer_streams_geojson(shared_db: Database, layer: str) -> None:
    chunks = list(export(shared_db, PUBLIC, layer, "geojson", Filters()).chunks)
    document = json.loads(b"".join(chunks))
    assert document["type"] == "FeatureCollection"
    assert document["features"]
    assert len(chunks) > len(document["features"]), "it comes in pieces"


def test_geoparquet_says_what_it_holds(shared_db: Database, tmp_path: Path) -> None:
    file = save(shared_db, tmp_path, "proposals", "parquet")
    about = json.loads(pq.read_metadata(file).metadata[b"geo"])
    assert (about["version"], about["primary_column"]) == ("1.1.0", "geometry")
    table = pq.read_table(file).to_pydict()
    shapes = shapely.from_wkb(table["geometry"])
    assert {shape.geom_type for shape in shapes} == set(about["columns"]["geometry"]["geometry_types"])
    plain = json.loads(save(shared_db, tmp_path, "proposals", "geojson").read_text())["features"]
    assert [item["properties"]["cost"] for item in plain] == table["cost"]
    assert [item["properties"]["updated_at"] for item in plain] == table["updated_at"]
    assert set(plain[0]["properties"]) | {"geometry"} == set(table)


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "gpkg", "shp.zip", "kml", "parquet", "geojson"])
def test_a_layer_without_rows_is_a_file_with_columns(shared_db: Database, tmp_path: Path, fmt: str) -> None:
    file = save(shared_db, tmp_path, "proposals", fmt, state="under_construction", bbox=(0, 0, 1, 1))
    if fmt == "csv":
        assert file.read_text().startswith("id,title,description,work_type,kelurahan,rw,")
    elif fmt == "parquet":
        assert pq.read_metadata(file).num_rows == 0
    elif fmt == "xlsx":
        with zipfile.ZipFile(file) as book:
            assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == 1
    else:
        found = pyogrio.read_info(
            f"/vsizip/{file}" if fmt == "shp.zip" else str(file), force_feature_count=True
        )
        assert found["features"] == 0


def test_rows_without_geometry_are_in_every_format(db: Database, tmp_path: Path) -> None:
    with db.transaction() as session:
        session.execute(text("update slum_area set geom = null where kelurahan = :code"), {"code": KELURAHAN})
    total = len(json.loads(save(db, tmp_path, "slum-areas", "geojson").read_text())["features"])
    for fmt in ("gpkg", "shp.zip", "xlsx"):
        file = save(db, tmp_path, "slum-areas", fmt)
        source = f"/vsizip/{file}" if fmt == "shp.zip" else str(file)
        layers = [str(row[0]) for row in pyogrio.list_layers(source)]
        counts = [
            pyogrio.read_info(source, layer=one, force_feature_count=True)["features"] for one in layers
        ]
        assert sum(counts) == total, fmt
    assert pq.read_metadata(save(db, tmp_path, "slum-areas", "parquet")).num_rows == total


def test_files_on_their_way_leave_nothing_behind(
    shared_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = export(shared_db, PUBLIC, "roads", "gpkg", Filters())
    assert not list(tmp_path.iterdir()), "the file has no name any more, even if nobody fetches it"
    assert len(b"".join(made.chunks)) == made.size


PROBE = """
import resource, sys, tempfile
from pathlib import Path
import shapely
from webgis.planning.giving import export_maps, export_tables
from webgis.planning.giving.export_rows import Rows
from webgis.store.exports import Column

wkb = shapely.to_wkb(shapely.box(107, -6, 107.001, -5.999))
count = int(sys.argv[2])

def batches(shape):
    for first in range(0, count, 2000):
        yield [(str(i), "x" * 1000, i, wkb) for i in range(first, first + 2000)]

rows = Rows((Column("id", "text"), Column("title", "text"), Column("cost", "integer")), lambda: ["POLYGON"], batches)
with tempfile.TemporaryDirectory() as folder:
    if sys.argv[1] == "csv":
        print(sum(map(len, export_tables.csv_lines(rows))))
    else:
        where = {"shp.zip": export_maps.shapefile, "gpkg": export_maps.geopackage, "kml": export_maps.kml,
                 "parquet": export_maps.parquet, "xlsx": export_tables.xlsx}[sys.argv[1]]
        where(rows, "layer", Path(folder))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.parametrize("fmt", sorted(set(FORMATS) - {"geojson"}))
def test_memory_stays_the_same_for_any_size(fmt: str) -> None:
    def peak_mb(rows: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", PROBE, fmt, str(rows)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return int(done.stdout.split()[-1]) // 1024

    assert peak_mb(40_000) < peak_mb(4_000) + 20, "forty megabytes of text more"


def test_a_sheet_that_is_full_goes_on_in_the_next(
    shared_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webgis.planning.giving.export_tables.XLSX_ROWS", 51)
    file = save(shared_db, tmp_path, "proposals", "xlsx")
    counts = [pyogrio.read_info(file, layer=name)["features"] for name in ("proposals", "proposals 2")]
    assert counts[0] == 50
    assert sum(counts) == proposals.list_proposals(shared_db, PUBLIC).total


def test_filters_narrow(shared_db: Database, tmp_path: Path) -> None:
    all_of = json.loads(save(shared_db, tmp_path, "proposals", "geojson").read_text())["features"]
    here = json.loads(save(shared_db, tmp_path, "proposals", "geojson", kelurahan=KELURAHAN).read_text())[
        "features"
    ]
    drafts = json.loads(save(shared_db, tmp_path, "proposals", "geojson", state="draft").read_text())[
        "features"
    ]
    assert 0 < len(here) < len(all_of)
    assert {item["properties"]["kelurahan"] for item in here} == {KELURAHAN}
    assert {item["properties"]["state"] for item in drafts} == {"draft"}


def test_every_filter_of_the_contract(shared_db: Database, tmp_path: Path) -> None:
    def found(layer: str = "proposals", **filters: Any) -> list[dict[str, Any]]:
        return json.loads(save(shared_db, tmp_path, layer, "geojson", **filters).read_text())["features"]

    whole = found()
    box = shapely.from_geojson(json.dumps(whole[0]["geometry"])).bounds
    assert 0 < len(found(bbox=box)) < len(whole)
    newest = max(dt.datetime.fromisoformat(item["properties"]["updated_at"]) for item in whole)
    assert len(found(updated_since=newest)) >= 1
    assert not found(updated_since=newest + dt.timedelta(seconds=1))
    assert len(found(kelurahan="99.01")) == len(whole), "a city is all its kelurahan"
    assert 0 < len(found("roads", kelurahan=KELURAHAN)) < len(found("roads"))


@pytest.mark.parametrize(
    ("layer", "filters", "code"),
    [
        ("proposals", {"kelurahan": "99.99.99.9999"}, "no_kelurahan"),
        ("proposals", {"kelurahan": "99.01.01.100"}, "no_kelurahan"),
        ("proposals", {"state": "dreamt"}, "unknown_state"),
        ("roads", {"state": "draft"}, "only_proposals_have_states"),
        ("poverty", {"updated_since": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "released_whole"),
    ],
)
def test_filters_that_cannot_be_meant_are_refused(
    shared_db: Database, layer: str, filters: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadDocument) as caught:
        export(shared_db, PUBLIC, layer, "csv", Filters(**filters))
    assert caught.value.code == code
    assert caught.value.pointer.startswith("/query/")


def test_households_leave_only_with_the_right(shared_db: Database, tmp_path: Path) -> None:
    with pytest.raises(SignInNeeded):
        export(shared_db, PUBLIC, "households", "geojson", Filters(kelurahan=KELURAHAN))
    for role in ("partner", "reviewer", "city"):
        with pytest.raises(NotAllowed):
            export(
                shared_db,
                actor(shared_db, role, "99.01"),
                "households",
                "geojson",
                Filters(kelurahan=KELURAHAN),
            )
    planner = actor(shared_db, "planner")
    with pytest.raises(NotAllowed):
        export(shared_db, planner, "households", "geojson", Filters(kelurahan="99.01.01.1002"))
    file = save(shared_db, tmp_path, "households", "geojson", planner, kelurahan=KELURAHAN)
    found = json.loads(file.read_text())["features"]
    assert len(found) > 100
    assert all(item["properties"]["rt"].startswith(KELURAHAN) for item in found)
    for own in ({}, {"kelurahan": "99.01"}):
        mine = json.loads(save(shared_db, tmp_path, "households", "geojson", planner, **own).read_text())
        assert mine["features"] == found, "without a kelurahan it is one's own"
    with pytest.raises(SignInNeeded):
        export(shared_db, PUBLIC, "households", "geojson", Filters())
    wide = actor(shared_db, "facilitator", "99.01")
    for fmt in ("geojson", "csv"):
        file = save(shared_db, tmp_path, "households", fmt, wide)
        assert file.read_text().count("99.01.02.1001-RW") > 0
        assert file.read_text().count(f"{KELURAHAN}-RW") == len(found)


def test_formulas_stay_text_in_tables(db: Database, tmp_path: Path) -> None:
    planner = actor(db, "planner")
    for title in ("=HYPERLINK(1)", "@SUM(A1)", "Jalan;=1+1"):
        proposals.create_proposal(db, planner, a_draft(db, title=title))
    with save(db, tmp_path, "proposals", "csv").open(newline="", encoding="utf-8") as stream:
        titles = {row["title"] for row in csv.DictReader(stream)}
    assert {"'=HYPERLINK(1)", "'@SUM(A1)", "Jalan;'=1+1"} <= titles
    assert '"=HYPERLINK(1)"' in save(db, tmp_path, "proposals", "geojson").read_text(), "data formats keep it"
    with zipfile.ZipFile(save(db, tmp_path, "proposals", "xlsx")) as book:
        sheet, styles = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert re.search(r'<c r="B\d+" s="2" t="inlineStr"><is><t>=HYPERLINK\(1\)</t></is></c>', sheet)
    assert 'quotePrefix="1"' in styles, "editing the cell leaves it a text too"


@pytest.mark.parametrize(
    "bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "\tx"]
)
def test_every_way_a_formula_can_begin(bad: str) -> None:
    assert neutral(bad).startswith("'")


@pytest.mark.parametrize("bad", ["a;=1", "a\t=1", "a\n=1", "a\r\n@x", "a; -1", "a;;+1"])
def test_no_formula_begins_inside_where_another_separator_is_believed(bad: str) -> None:
    for part in re.split(r"[;\t\r\n]", neutral(bad)):
        assert not part.strip().startswith(("=", "+", "-", "@"))


def test_other_values_are_left_alone() -> None:
    for value in (5, -1.5, None, True, "a = b", "RT 04; RW 02", "x-y, -1"):
        assert neutral(value) == value


def test_unknown_layers_and_formats_are_named(shared_db: Database) -> None:
    with pytest.raises(NotFound):
        export(shared_db, PUBLIC, "dreams", "geojson", Filters())
    with pytest.raises(BadDocument) as caught:
        export(shared_db, PUBLIC, "roads", "docx", Filters())
    assert "docx" in message(caught.value.code, caught.value.params, "id")
