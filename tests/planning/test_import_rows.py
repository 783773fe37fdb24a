"""Importing rows that are mended, doubted, filled in or refused one by one, and said aloud."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import text

from gis_core.slum import CRITERIA
from tests.planning.conftest import KELURAHAN
from tests.planning.import_files import bring, codes, collection, counts, inside, write
from webgis.planning.imports.importing import Wish, import_file
from webgis.planning.mapping.slums import profile
from webgis.store.database import Database


def test_considerations_and_legality_come_with_the_form_and_stay_when_a_table_lacks_them(
    owner_db: Database, tmp_path: Path
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
        report = bring(owner_db, file, "slum-areas")
        assert report["accepted"] == 1, report
        return codes(report), profile(owner_db, "kawasan-7").forms[-1]

    found, form = told(plain | beside)
    assert found["points_not_on_form"] == 1 and found["value_not_sign"] == 1
    assert form.considerations == {"strategic_location": 5, "socio_economic_culture": 1}
    assert (form.tenure_clear, form.zoning_conform) == (True, None)
    _, form = told(plain)
    assert form.considerations == {"strategic_location": 5, "socio_economic_culture": 1}


def test_what_was_mended_is_said_in_the_language(owner_db: Database, tmp_path: Path) -> None:
    ring = [[107.7, -5.6], [107.701, -5.599], [107.701, -5.6], [107.7, -5.599], [107.7, -5.6]]
    file = tmp_path / "bow.geojson"
    write(file, {"type": "Polygon", "coordinates": [ring]}, {"id": "bow", "kind": "tps3r"})
    report = import_file(owner_db, None, Wish(file, "assets", dry_run=True))
    assert report.document()["repaired"] == 1
    words = {lang: report.document(lang)["problems"][0]["message"] for lang in ("id", "en")}
    assert words == {"id": "Geometri diperbaiki: garis tepi memotong dirinya.",
                     "en": "The geometry was repaired: the outline crosses itself."}  # fmt: skip


def test_a_date_that_is_none_is_a_doubt(owner_db: Database, tmp_path: Path) -> None:
    lon, lat = inside(owner_db, KELURAHAN)
    file = tmp_path / "homes.csv"
    file.write_text(
        f"id,lon,lat,anggota,tanggal_data\nd1,{lon},{lat},4,2026-13-99\nd2,{lon},{lat},4,2026-02-03\n"
    )
    report = bring(owner_db, file, "households")
    assert (report["accepted"], report["doubtful"], codes(report)) == (
        2,
        1,
        Counter({"value_not_date": 1}),
    )


def test_unknown_work_types_are_refused_and_missing_costs_are_filled_in_aloud(
    owner_db: Database, tmp_path: Path
) -> None:
    with owner_db.transaction() as session:
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
    report = bring(owner_db, file, "proposals")
    assert (report["accepted"], report["refused"]) == (1, 1)
    words = {p["code"]: p["message"] for p in report["problems"]}
    assert "cost_from_catalogue" in words
    assert (
        "drain_new" in words["unknown_work_type"]
        if "unknown_work_type" in words
        else "drain_nev" in str(words)
    )


def test_a_dry_run_tells_all_and_stores_nothing(owner_db: Database, tmp_path: Path) -> None:
    file = tmp_path / "taps.geojson"
    file.write_text(collection([[107.7, -5.6]]))
    before = counts(owner_db)
    report = bring(owner_db, file, "assets", values={"kind": "public_tap"}, dry_run=True)
    assert (report["accepted"], report["dry_run"]) == (1, True)
    assert counts(owner_db) == before


def test_depth_and_embankment_of_a_river_come_with_it_and_strange_ones_are_doubted(
    owner_db: Database, tmp_path: Path
) -> None:
    lon, lat = inside(owner_db, KELURAHAN)
    told = [
        ("a", "2,5", "ya"),
        ("b", 12, "tidak ada"),
        ("c", None, None),
        ("d", -1, "mungkin"),
        ("e", 4, False),
    ]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[lon, lat], [lon + 0.001 * k, lat + 0.001]]},
            "properties": {"id": f"sungai-{name}", "jenis": "sungai", "kedalaman": depth, "tanggul": bank},
        }
        for k, (name, depth, bank) in enumerate(told)
    ]
    file = tmp_path / "sungai.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    report = bring(owner_db, file, "waterways")
    assert report["accepted"] == 5
    assert codes(report) == {"value_out_of_range": 1, "value_unknown": 1}
    with owner_db.transaction() as session:
        query = (
            "select depth_m, embankment from waterway where external_id like '%sungai-_' order by external_id"
        )
        stored = [tuple(row) for row in session.execute(text(query))]
    assert stored == [(2.5, True), (12, False), (None, None), (None, None), (4, False)]
