"""Importing as an account: only where it may, nothing of another kelurahan, and only the layers of its role."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from tests.planning.import_files import bring, codes, collection, inside
from webgis.planning.imports.importing import Wish, import_file
from webgis.planning.imports.layers import LAYERS
from webgis.planning.imports.rights import importable
from webgis.store.database import Database


def test_an_account_imports_only_where_it_may(owner_db: Database, tmp_path: Path) -> None:
    own, other = (inside(owner_db, code) for code in (KELURAHAN, NEXT_DOOR))
    file = tmp_path / "taps.geojson"
    file.write_text(collection([own, other]))
    who = actor(owner_db, "planner")
    report = import_file(owner_db, who, Wish(file, "assets", values={"kind": "public_tap"})).document()
    assert (report["accepted"], codes(report)) == (1, Counter({"not_allowed_here": 1}))
    assert report["problems"][0]["row"] == 2
    assert NEXT_DOOR in report["problems"][0]["message"]


def test_nobody_takes_a_thing_of_another_kelurahan_by_its_id(owner_db: Database, tmp_path: Path) -> None:
    own, other = (inside(owner_db, code) for code in (KELURAHAN, NEXT_DOOR))
    file = tmp_path / "taken.geojson"
    file.write_text(collection([other]))
    assert bring(owner_db, file, "assets", values={"kind": "public_tap"})["accepted"] == 1
    file.write_text(collection([own]))
    who = actor(owner_db, "planner")
    report = import_file(owner_db, who, Wish(file, "assets", values={"kind": "public_tap"})).document()
    assert (report["accepted"], codes(report)) == (0, Counter({"belongs_elsewhere": 1}))
    with owner_db.transaction() as session:
        query = text("select id::text from proposal where kelurahan <> :own and state = 'draft' limit 1")
        taken = session.execute(query, {"own": KELURAHAN}).scalar_one()
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": own},
               "properties": {"id": taken, "title": "Ambil alih", "work_type": "water_tap"}}  # fmt: skip
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    report = import_file(owner_db, who, Wish(file, "proposals")).document()
    assert codes(report)["belongs_elsewhere"] == 1
    assert report["accepted"] == 0


def test_households_and_slum_areas_of_the_own_kelurahan(owner_db: Database, tmp_path: Path) -> None:
    own, other = (inside(owner_db, code) for code in (KELURAHAN, NEXT_DOOR))
    file = tmp_path / "homes.csv"
    file.write_text(f"id,lon,lat,anggota\n1,{own[0]},{own[1]},4\n2,{other[0]},{other[1]},4\n")
    who = actor(owner_db, "planner")
    report = import_file(owner_db, who, Wish(file, "households")).document()
    assert (report["accepted"], codes(report)) == (1, Counter({"not_allowed_here": 1}))
    with owner_db.transaction() as session:
        areas = session.execute(
            text("select code, ST_AsGeoJSON(geom) from region where kind = 'rt' and "
                      "split_part(code, '-', 1) = any(:codes) order by code desc"),
            {"codes": [KELURAHAN, NEXT_DOOR]},
        ).all()  # fmt: skip
    mine, theirs = (next(a for a in areas if a[0].startswith(code)) for code in (KELURAHAN, NEXT_DOOR))
    features = [
        {"type": "Feature", "geometry": json.loads(shape), "properties": {"rt": code, "nama": code}}
        for code, shape in (mine, theirs)
    ]
    plans = tmp_path / "slums.geojson"
    plans.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    report = import_file(owner_db, actor(owner_db, "facilitator"), Wish(plans, "slum-areas")).document()
    assert (report["accepted"], codes(report)["not_allowed_here"]) == (1, 1)


def test_which_layers_an_account_may_import(owner_db: Database) -> None:
    assert set(importable(actor(owner_db, "planner"))) == {"proposals", "assets", "slum-areas", "households"}
    assert set(importable(actor(owner_db, "facilitator"))) == {"assets", "slum-areas", "households"}
    assert set(importable(actor(owner_db, "admin"))) == set(LAYERS)
    for role in ("city", "reviewer"):
        assert importable(actor(owner_db, role)) == ("city-programmes",)
    assert not importable(actor(owner_db, "partner"))
