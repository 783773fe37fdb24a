"""Importing real files and bad ones: what goes in, what is refused and why, and that nothing is half-stored."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from sqlalchemy import text

from gis_core.slum import CRITERIA
from tests.planning.conftest import KELURAHAN, actor
from webgis.planning.imports.child import TOO_MUCH
from webgis.planning.imports.importing import Wish, import_file
from webgis.planning.imports.layers import LAYERS
from webgis.planning.imports.rights import importable
from webgis.planning.slums import profile
from webgis.settings import ROOT, database_url
from webgis.store.database import Database

VRT = """<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{}</SrcDataSource>
<GeometryType>wkbNone</GeometryType></OGRVRTLayer></OGRVRTDataSource>"""
OTHER = "99.01.02.1001"
DATA = ROOT.parent / "shared" / "data"


def real(*parts: str) -> Path:
    file = DATA.joinpath(*parts)
    if not file.exists():
        pytest.skip(f"real data absent: shared/data/{'/'.join(parts)}")
    return file


@pytest.fixture(scope="module")
def city(test_databases: Any) -> Iterator[Database]:
    """An empty store that the tests of this module fill in order."""
    found = Database(database_url(test_databases.new("migrated")), owner=True, pool_size=1)
    yield found
    found.dispose()


@pytest.fixture(scope="module")
def db(test_databases: Any) -> Iterator[Database]:
    """The sample city, for files that are refused and for small ones."""
    found = Database(database_url(test_databases.new("sample")), owner=True, pool_size=1)
    yield found
    found.dispose()


def bring(db: Database, file: Path, layer: str, **more: Any) -> dict[str, Any]:
    return import_file(db, None, Wish(file, layer, **more)).document("en")


def codes(report: dict[str, Any]) -> Counter[str]:
    return Counter(problem["code"] for problem in report["problems"])


def counts(db: Database) -> dict[str, int]:
    tables = ("region", "road", "waterway", "asset", "proposal", "slum_area", "slum_assessment", "revision")
    with db.transaction() as session:
        return {t: session.execute(text(f"select count(*) from {t}")).scalar_one() for t in tables}


class TestRealCities:
    """Bandung and Pekalongan, in the order a city would bring them."""

    def test_bandung_kelurahan_and_their_parents(self, city: Database) -> None:
        file = real("bandung", "kelurahan.geojson")
        report = bring(city, file, "kelurahan")
        assert (report["rows"], report["accepted"], report["refused"]) == (151, 151, 0)
        again = bring(city, file, "kelurahan")
        assert (again["inserted"], again["updated"], again["unchanged"]) == (0, 0, 151)
        with city.transaction() as session:
            rows = session.execute(text("select kind, count(*) from region group by kind")).all()
        kinds = {row[0]: row[1] for row in rows}
        assert kinds == {"kota": 1, "kecamatan": 30, "kelurahan": 151}

    def test_bandung_roads_rivers_and_schools(self, city: Database) -> None:
        roads = bring(city, real("bandung", "jalan_utama_osm.geojson"), "roads")
        assert (roads["rows"], roads["accepted"]) == (3156, 3156)
        rivers = bring(city, real("bandung", "sungai.geojson"), "waterways")
        assert (rivers["rows"], rivers["accepted"]) == (339, 338)
        schools = bring(city, real("bandung", "sekolah.geojson"), "assets", values={"kind": "school"})
        assert (schools["rows"], schools["accepted"], schools["refused"]) == (1027, 1025, 2)
        assert codes(schools) == {"outside_known_area": 2}

    @pytest.mark.parametrize("form", ["gpkg", "zip"])
    def test_the_same_schools_as_geopackage_and_shapefile_change_nothing(
        self, city: Database, tmp_path: Path, form: str
    ) -> None:
        meta, _, shapes, columns = pyogrio.raw.read(real("bandung", "sekolah.geojson"))
        folder = tmp_path / "out"
        folder.mkdir()
        target = folder / ("schools.gpkg" if form == "gpkg" else "schools.shp")
        pyogrio.raw.write(
            target, shapes, columns, fields=meta["fields"], geometry_type="Point", crs="EPSG:4326"
        )
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

    def test_pekalongan_rt_with_their_base_quantities(self, city: Database) -> None:
        kelurahan = bring(city, real("pekalongan", "kelurahan.geojson"), "kelurahan")
        assert kelurahan["accepted"] == 27
        assert codes(kelurahan) == {"code_provisional": 27}, (
            "the file has no official codes, and that is said"
        )
        rt = bring(city, real("pekalongan", "rtrw.csv"), "rt")
        assert (rt["rows"], rt["accepted"]) == (432, 432)
        outlines = bring(city, real("pekalongan", "rt_kumuh_poligon.geojson"), "slum-areas")
        assert (outlines["rows"], outlines["accepted"], outlines["refused"]) == (438, 423, 15)

    def test_shifted_rows_are_refused_by_name_and_doubts_are_kept(self, city: Database) -> None:
        report = bring(city, real("pekalongan", "kumuh_rt_2019_2021.csv"), "slum-areas")
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

    def test_the_indicator_table_alone_goes_in_too(self, new_database: Callable[..., str]) -> None:
        file = real("pekalongan", "kumuh_rt_2019_2021.csv")
        db = Database(database_url(new_database("migrated")), owner=True, pool_size=1)
        report = bring(db, file, "slum-areas")
        assert (report["accepted"], codes(report)["columns_shifted"]) == (1146, 150)
        db.dispose()


class TestTwoCities:
    """Tables that know their RT by number only, of two cities in one store: nothing is mixed, the remedy is named."""

    @pytest.fixture
    def cities(self, test_databases: Any, tmp_path: Path) -> Iterator[tuple[Database, Path]]:
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

    def test_the_remedy_is_named_and_works(self, cities: tuple[Database, Path]) -> None:
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


def test_considerations_and_legality_come_with_the_form_and_stay_when_a_table_lacks_them(
    db: Database, tmp_path: Path
) -> None:
    bases = {
        "luasVerifikasi": 2,
        "jumlahBangunan": 100,
        "jumlahKK": 90,
        "panjangJalanIdeal": 500,
        "panjangDrainaseIdeal": 400,
    }
    plain = {"id_kawasan": 7, "tahun": 2025, **dict.fromkeys((f"{code}v" for code in CRITERIA), 30), **bases}
    beside = {
        "nilai_strategis": 5,
        "kepadatan_penduduk": 4,
        "sosekbud": 1,
        "tanah_jelas": "(+)",
        "sesuai_rtrw": "entah",
    }

    def told(row: dict[str, Any]) -> tuple[Counter[str], Any]:
        file = tmp_path / "formulir.csv"
        file.write_text(",".join(row) + "\n" + ",".join(map(str, row.values())) + "\n")
        report = bring(db, file, "slum-areas")
        assert report["accepted"] == 1, report
        return codes(report), profile(db, "kawasan-7").forms[-1]

    found, form = told(plain | beside)
    assert found["points_not_on_form"] == 1 and found["value_not_sign"] == 1
    assert form.considerations == {"strategic_location": 5, "socio_economic_culture": 1}
    assert (form.tenure_clear, form.zoning_conform) == (True, None)
    _, form = told(plain)
    assert form.considerations == {"strategic_location": 5, "socio_economic_culture": 1}


def write(file: Path, shape: dict[str, Any], properties: dict[str, Any]) -> None:
    feature = {"type": "Feature", "geometry": shape, "properties": properties}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))


class TestBadFiles:
    """Each is refused with its reason, and the store is as it was."""

    def refused(self, db: Database, file: Path, layer: str = "assets", **more: Any) -> Counter[str]:
        before = counts(db)
        report = bring(db, file, layer, **more)
        assert report["accepted"] == 0
        assert counts(db) == before
        for problem in report["problems"]:
            assert len(problem["message"]) > 15
        return codes(report)

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
    def test_a_file_that_is_not_what_it_says(
        self, db: Database, tmp_path: Path, name: str, content: str
    ) -> None:
        file = tmp_path / name
        file.write_text(content)
        assert self.refused(db, file)

    def test_a_file_without_a_coordinate_system(self, db: Database, tmp_path: Path) -> None:
        source = tmp_path / "a.geojson"
        source.write_text(collection([[788429, 9235409]]))
        meta, _, shapes, columns = pyogrio.raw.read(source)
        target = tmp_path / "a.gpkg"
        with pytest.warns(UserWarning, match="crs"):
            pyogrio.raw.write(target, shapes, columns, fields=meta["fields"], geometry_type="Point")
        with sqlite3.connect(target) as base:
            base.execute("update gpkg_geometry_columns set srs_id = -1")
            base.execute("update gpkg_contents set srs_id = -1")
        assert "crs_missing" in self.refused(db, target, values={"kind": "mck"})

    def test_a_file_of_another_city(self, db: Database, tmp_path: Path) -> None:
        file = tmp_path / "far.geojson"
        file.write_text(collection([[109.67, -6.88], [109.68, -6.89]]))
        assert self.refused(db, file, values={"kind": "mck"}) == {"outside_known_area": 2}

    def test_latitude_before_longitude_is_named(self, db: Database, tmp_path: Path) -> None:
        file = tmp_path / "swapped.geojson"
        file.write_text(collection([[-5.6, 107.7]]))
        assert "latlon_swapped" in self.refused(db, file, values={"kind": "mck"})

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
        self, db: Database, tmp_path: Path, name: str, content: bytes, code: str
    ) -> None:
        (tmp_path / name).write_bytes(content)
        assert code in self.refused(db, tmp_path / name, crs="EPSG:4326")

    @pytest.mark.parametrize("value", ["1e308", "1e999", "NaN", "-Infinity", "1" + "0" * 400])
    def test_coordinates_that_are_no_place(self, db: Database, tmp_path: Path, value: str) -> None:
        file = tmp_path / "far.geojson"
        file.write_text(collection([[107.7, -5.6]]).replace("107.7", value))
        assert self.refused(db, file, values={"kind": "mck"}) == {"coordinates_not_finite": 1}

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
        self, db: Database, tmp_path: Path, shape: dict[str, Any]
    ) -> None:
        feature = {"type": "Feature", "geometry": shape, "properties": {"id": "1", "kind": "drain"}}
        file = tmp_path / "nothing.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
        assert self.refused(db, file) == {"geometry_collapsed": 1}

    def test_what_was_mended_is_said_in_the_language(self, db: Database, tmp_path: Path) -> None:
        ring = [[107.7, -5.6], [107.701, -5.599], [107.701, -5.6], [107.7, -5.599], [107.7, -5.6]]
        file = tmp_path / "bow.geojson"
        write(file, {"type": "Polygon", "coordinates": [ring]}, {"id": "bow", "kind": "tps3r"})
        report = import_file(db, None, Wish(file, "assets", dry_run=True))
        assert report.document()["repaired"] == 1
        words = {lang: report.document(lang)["problems"][0]["message"] for lang in ("id", "en")}
        assert words == {"id": "Geometri diperbaiki: garis tepi memotong dirinya.",
                         "en": "The geometry was repaired: the outline crosses itself."}  # fmt: skip

    @pytest.mark.parametrize("inner", ["b.zip", "b.geojson"])
    def test_archives_in_archives_and_bombs(self, db: Database, tmp_path: Path, inner: str) -> None:
        small, nested, bomb = (tmp_path / name for name in ("s.zip", "nested.zip", "bomb.zip"))
        with zipfile.ZipFile(small, "w") as archive:
            archive.writestr("a.csv", "kind,lon,lat\n")
        with zipfile.ZipFile(nested, "w") as archive:
            archive.write(small, inner)
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", b"0" * 20_000_000)
        assert self.refused(db, nested) == {"zip_nested": 1}
        assert self.refused(db, bomb) == {"zip_bomb": 1}

    def test_reading_writes_no_more_than_the_parent_can_hold(self, tmp_path: Path) -> None:
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

    def test_a_date_that_is_none_is_a_doubt(self, db: Database, tmp_path: Path) -> None:
        lon, lat = inside(db, KELURAHAN)
        file = tmp_path / "homes.csv"
        file.write_text(
            f"id,lon,lat,anggota,tanggal_data\nd1,{lon},{lat},4,2026-13-99\nd2,{lon},{lat},4,2026-02-03\n"
        )
        report = bring(db, file, "households")
        assert (report["accepted"], report["doubtful"], codes(report)) == (
            2,
            1,
            Counter({"value_not_date": 1}),
        )

    def test_a_path_that_climbs_out_of_an_archive(self, db: Database, tmp_path: Path) -> None:
        file = tmp_path / "climb.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("../../evil.shp", "x")
        assert "zip_path" in self.refused(db, file)
        assert not (tmp_path.parent.parent / "evil.shp").exists()

    def test_unknown_work_types_are_refused_and_missing_costs_are_filled_in_aloud(
        self, db: Database, tmp_path: Path
    ) -> None:
        with db.transaction() as session:
            line = session.execute(
                text(
                    "select ST_AsGeoJSON(geom, 7) from proposal where kelurahan = :k and ST_Dimension(geom) = 1 limit 1"
                ),
                {"k": KELURAHAN},
            ).scalar_one()
        features = [
            {
                "type": "Feature",
                "geometry": json.loads(line),
                "properties": {"judul": "A", "work_type": kind, "id": kind},
            }
            for kind in ("drain_new", "drain_nev")
        ]
        file = tmp_path / "works.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        report = bring(db, file, "proposals")
        assert (report["accepted"], report["refused"]) == (1, 1)
        words = {p["code"]: p["message"] for p in report["problems"]}
        assert "cost_from_catalogue" in words
        assert (
            "drain_new" in words["unknown_work_type"]
            if "unknown_work_type" in words
            else "drain_nev" in str(words)
        )

    def test_a_dry_run_tells_all_and_stores_nothing(self, db: Database, tmp_path: Path) -> None:
        file = tmp_path / "taps.geojson"
        file.write_text(collection([[107.7, -5.6]]))
        before = counts(db)
        report = bring(db, file, "assets", values={"kind": "public_tap"}, dry_run=True)
        assert (report["accepted"], report["dry_run"]) == (1, True)
        assert counts(db) == before

    def test_an_account_imports_only_where_it_may(self, db: Database, tmp_path: Path) -> None:
        own, other = (inside(db, code) for code in (KELURAHAN, OTHER))
        file = tmp_path / "taps.geojson"
        file.write_text(collection([own, other]))
        who = actor(db, "planner")
        report = import_file(db, who, Wish(file, "assets", values={"kind": "public_tap"})).document()
        assert (report["accepted"], codes(report)) == (1, Counter({"not_allowed_here": 1}))
        assert report["problems"][0]["row"] == 2
        assert OTHER in report["problems"][0]["message"]

    def test_nobody_takes_a_thing_of_another_kelurahan_by_its_id(self, db: Database, tmp_path: Path) -> None:
        own, other = (inside(db, code) for code in (KELURAHAN, OTHER))
        file = tmp_path / "taken.geojson"
        file.write_text(collection([other]))
        assert bring(db, file, "assets", values={"kind": "public_tap"})["accepted"] == 1
        file.write_text(collection([own]))
        who = actor(db, "planner")
        report = import_file(db, who, Wish(file, "assets", values={"kind": "public_tap"})).document()
        assert (report["accepted"], codes(report)) == (0, Counter({"belongs_elsewhere": 1}))
        with db.transaction() as session:
            query = text("select id::text from proposal where kelurahan <> :own and state = 'draft' limit 1")
            taken = session.execute(query, {"own": KELURAHAN}).scalar_one()
        feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": own},
                   "properties": {"id": taken, "title": "Ambil alih", "work_type": "water_tap"}}  # fmt: skip
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
        report = import_file(db, who, Wish(file, "proposals")).document()
        assert codes(report)["belongs_elsewhere"] == 1
        assert report["accepted"] == 0

    def test_households_and_slum_areas_of_the_own_kelurahan(self, db: Database, tmp_path: Path) -> None:
        own, other = (inside(db, code) for code in (KELURAHAN, OTHER))
        file = tmp_path / "homes.csv"
        file.write_text(f"id,lon,lat,anggota\n1,{own[0]},{own[1]},4\n2,{other[0]},{other[1]},4\n")
        who = actor(db, "planner")
        report = import_file(db, who, Wish(file, "households")).document()
        assert (report["accepted"], codes(report)) == (1, Counter({"not_allowed_here": 1}))
        with db.transaction() as session:
            areas = session.execute(
                text("select code, ST_AsGeoJSON(geom) from region where kind = 'rt' and "
                          "split_part(code, '-', 1) = any(:codes) order by code desc"),
                {"codes": [KELURAHAN, OTHER]},
            ).all()  # fmt: skip
        mine, theirs = (next(a for a in areas if a[0].startswith(code)) for code in (KELURAHAN, OTHER))
        features = [
            {"type": "Feature", "geometry": json.loads(shape), "properties": {"rt": code, "nama": code}}
            for code, shape in (mine, theirs)
        ]
        plans = tmp_path / "slums.geojson"
        plans.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        report = import_file(db, actor(db, "facilitator"), Wish(plans, "slum-areas")).document()
        assert (report["accepted"], codes(report)["not_allowed_here"]) == (1, 1)

    def test_which_layers_an_account_may_import(self, db: Database) -> None:
        assert set(importable(actor(db, "planner"))) == {"proposals", "assets", "slum-areas", "households"}
        assert set(importable(actor(db, "facilitator"))) == {"assets", "slum-areas", "households"}
        assert set(importable(actor(db, "admin"))) == set(LAYERS)
        assert not any(importable(actor(db, role)) for role in ("city", "reviewer", "partner"))


def inside(db: Database, code: str) -> list[float]:
    """A place in an RT of a kelurahan."""
    with db.transaction() as session:
        query = """select ST_X(p), ST_Y(p) from (select ST_PointOnSurface(geom) p from region where kind = 'rt'
                   and geom is not null and starts_with(code, :code) order by code limit 1) t"""
        return [float(value) for value in session.execute(text(query), {"code": code}).one()]


def collection(points: list[list[float]]) -> str:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": p},
            "properties": {"name": "x", "id": str(i)},
        }
        for i, p in enumerate(points)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})
