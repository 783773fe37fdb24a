"""City programmes in the store and from files: the second wall, what is refused, and what a review finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_review import CITY, verified
from webgis.planning.access import PUBLIC, Actor
from webgis.planning.errors import NotAllowed
from webgis.planning.fields import today
from webgis.planning.imports.importing import Wish, import_file
from webgis.planning.judging.desk import Desk
from webgis.planning.mapping import programmes
from webgis.planning.mapping.programmes import Programme, ProgrammeDraft, create_programme
from webgis.planning.review import review_queue
from webgis.settings import database_url
from webgis.store.database import Database, programme_scope

YEAR = today().year


def a_programme(db: Database, shape: Any, **said: Any) -> Programme:
    """A programme of this year, recorded by Dinas PU."""
    given = {
        "title": "Drainase kota", "kind": "drain", "year": YEAR, "source": "RKPD", "source_on": today(),
        "geometry": shape,
    } | said  # fmt: skip
    return create_programme(db, actor(db, "reviewer", CITY), ProgrammeDraft(**given))


def moved(shape: Any, metres: float) -> Any:
    """The same shape so far to the north."""
    return json.loads(
        shapely.to_geojson(
            shapely.affinity.translate(shapely.from_geojson(json.dumps(shape)), yoff=metres / 110_574)
        )
    )


def in_way(db: Database, desk: Desk, reader: Actor, work_id: str) -> dict[str, tuple[bool, float]]:
    judged = review_queue.find(db, desk, reader, work_id).judged
    assert judged is not None
    return {one.title: (one.same, one.metres) for one in judged.programmes}


def test_a_review_finds_what_lies_in_the_way_nearest_first(db: Database, desk: Desk) -> None:
    work = verified(db, work_type="drain_new")
    a_programme(db, moved(work.geometry, 400), title="Jauh")
    a_programme(db, work.geometry, title="Sama")
    a_programme(db, moved(work.geometry, 15), title="Taman kota", kind="green_space", public=False)
    a_programme(db, work.geometry, title="Tahun lalu-lalu", year=YEAR - 2)
    found = in_way(db, desk, actor(db, "reviewer", CITY), work.id)
    assert [title for title in found if title in ("Jauh", "Sama", "Taman kota", "Tahun lalu-lalu")] == [
        "Sama", "Taman kota",
    ]  # fmt: skip
    assert found["Sama"] == (True, 0.0)
    assert not found["Taman kota"][0] and 0 < found["Taman kota"][1] <= 15.5


def test_only_who_records_programmes_there_writes_them(db: Database) -> None:
    shape = verified(db).geometry
    for role in ("planner", "facilitator", "partner"):
        draft = ProgrammeDraft("Drainase", "drain", YEAR, "RKPD", today(), shape)
        with pytest.raises(NotAllowed):
            create_programme(db, actor(db, role, CITY), draft)
    elsewhere = actor(db, "reviewer", "99.01.02")
    with pytest.raises(NotAllowed):
        create_programme(db, elsewhere, ProgrammeDraft("Drainase", "drain", YEAR, "RKPD", today(), shape))


def test_the_web_role_sees_what_is_not_public_only_in_scope(db: Database) -> None:
    made = a_programme(db, verified(db).geometry, title="Belum diumumkan", public=False)
    rows = text("select count(*) from city_programme where id = :id")
    kept = text("select count(*) from revision where table_name = 'city_programme' and row_id = :id")
    for scope, seen in (("", 0), ("99.02", 0), (KELURAHAN[:-1], 0), (KELURAHAN, 1), (CITY, 1)):
        with db.transaction() as session, programme_scope(session, scope):
            assert session.execute(rows, {"id": made.id}).scalar_one() == seen
            assert session.execute(kept, {"id": made.id}).scalar_one() == seen
    with db.transaction() as session:
        assert session.execute(rows, {"id": made.id}).scalar_one() == 0, "the scope ended with its block"
    with pytest.raises(ProgrammingError, match="row-level security"), db.transaction() as session:
        session.execute(
            text("""
                insert into city_programme (title, kind, year, kelurahan, public, source, source_on, geom)
                select 'x', 'drain', 2026, kelurahan, false, 'x', '2026-01-01', geom from proposal limit 1
            """)
        )
    assert made.id not in {one.id for one in programmes.list_programmes(db, PUBLIC).items}


def test_a_file_of_a_city_comes_in_with_its_own_column_names(new_database: Any, tmp_path: Path) -> None:
    db = Database(database_url(new_database("sample")), owner=True, pool_size=1)
    with db.transaction() as session:
        shape = json.loads(
            session.execute(
                text(
                    "select ST_AsGeoJSON(geom) from asset where kelurahan = :k and kind = 'drain' order by id limit 1"
                ),
                {"k": KELURAHAN},
            ).scalar_one()
        )
    rows = [
        {"Nama Paket": "Drainase Jl. Melati", "Jenis": "saluran", "Tahun Anggaran": 2027, "Pagu": 450_000_000,
         "OPD": "Dinas PU", "Kode RUP": "A1", "Tanggal": "2026-02-01", "Publik": "tidak"},
        {"Nama Paket": "Tanpa tahun", "Jenis": "jalan", "Kode RUP": "A2", "Tanggal": "2026-02-01"},
        {"Nama Paket": "Istana", "Jenis": "istana raja", "Tahun Anggaran": 2027, "Kode RUP": "A3",
         "Tanggal": "2026-02-01"},
        {"Nama Paket": "Besok", "Jenis": "jalan", "Tahun Anggaran": 2027, "Kode RUP": "A4", "Tanggal": "2999-02-01"},
    ]  # fmt: skip
    features = [{"type": "Feature", "geometry": shape, "properties": row} for row in rows]
    file = tmp_path / "rkpd.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    report = import_file(db, None, Wish(file, "city-programmes", values={"source": "RKPD 2027"})).document(
        "en"
    )
    assert {(one["row"], one["code"]) for one in report["problems"]} == {
        (2, "value_missing"), (3, "value_unknown"), (4, "day_wrong"),
    }  # fmt: skip
    assert (report["accepted"], report["refused"]) == (1, 3)
    listed = programmes.list_programmes(db, actor(db, "city", CITY), kelurahan=KELURAHAN).items
    [made] = [one for one in listed if not one.synthetic]
    assert (made.title, made.kind, made.year, made.budget, made.office) == (
        "Drainase Jl. Melati", "drain", 2027, 450_000_000, "Dinas PU",
    )  # fmt: skip
    assert (made.source, made.source_on.isoformat(), made.public) == ("RKPD 2027", "2026-02-01", False)
    again = import_file(db, None, Wish(file, "city-programmes", values={"source": "RKPD 2027"})).document(
        "en"
    )
    assert (again["accepted"], again["inserted"], again["updated"]) == (1, 0, 0)
    db.dispose()
