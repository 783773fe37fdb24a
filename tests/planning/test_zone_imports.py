"""Files that bring zones of a spatial plan in: names of published plans, doubts told, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyproj import Transformer
from sqlalchemy import text

from tests.planning.test_gates import gate, told
from tests.planning.test_spatial_plan import spot
from webgis.planning.catalogues.zoning import tidy
from webgis.planning.imports.importing import Wish, import_file
from webgis.planning.imports.layers import LAYERS, match_columns
from webgis.planning.judging.desk import Desk
from webgis.settings import database_url
from webgis.store.database import Database


def features(*rows: tuple[Sequence[float], dict[str, Any]], epsg: int | None = None) -> dict[str, Any]:
    """Squares around places as a collection, in another system if one is named."""
    move = Transformer.from_crs(4326, epsg or 4326, always_xy=True)
    found = []
    for (x, y), properties in rows:
        ring = [(x + dx * 2e-4, y + dy * 2e-4) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))]
        shape = {"type": "Polygon", "coordinates": [[list(move.transform(*point)) for point in ring]]}
        found.append({"type": "Feature", "geometry": shape, "properties": properties})
    document: dict[str, Any] = {"type": "FeatureCollection", "features": found}
    return document | ({"crs": {"type": "name", "properties": {"name": f"EPSG:{epsg}"}}} if epsg else {})


def test_a_published_plan_comes_in_with_its_doubts_told(
    new_database: Any, desk: Desk, tmp_path: Path
) -> None:
    db = Database(database_url(new_database("sample")), owner=True, pool_size=1)
    bank, home = spot(db, "PS"), spot(db, "R-2")
    (x, y), (u, v) = bank["coordinates"], home["coordinates"]
    table = features(
        (
            (x, y),
            {
                "OBJECTID": 1,
                "KODZON": "R",
                "NAMZON": "Zona Perumahan",
                "KODSZN": "R-2",
                "NAMSZN": "Perumahan KT",
            },
        ),
        ((u, v), {"OBJECTID": 2, "KODZON": "PS", "NAMZON": "Zona Perlindungan Setempat", "KODSZN": None}),
        ((x + 0.002, y), {"OBJECTID": 3, "KODZON": "ZX", "NAMZON": "Zona Ajaib", "KODSZN": "ZX-1"}),
        ((x + 0.003, y), {"OBJECTID": 4, "KODZON": "Q", "NAMZON": "Zona Perkantoran"}),
        ((x + 0.004, y), {"OBJECTID": 5}),
        ((x + 9.0, y), {"OBJECTID": 6, "KODZON": "R"}),
        epsg=32748,
    )
    file = tmp_path / "rdtr_2026.geojson"
    file.write_text(json.dumps(table))
    wish = Wish(file, "spatial-plan", values={"regulation": "Perwali 9/2026", "year": "2026"})
    report = import_file(db, None, wish).document("en")
    problems = {(problem["row"], problem["code"]) for problem in report["problems"]}
    assert problems == {
        (None, "plan_assumed"), (3, "zone_unknown"), (4, "zone_by_name"), (5, "value_missing"),
        (6, "outside_known_area"),
    }  # fmt: skip
    assert (report["rows"], report["accepted"], report["doubtful"], report["refused"]) == (6, 4, 2, 2)
    assert report["crs"]["used"] == "EPSG:32748"
    with db.transaction() as session:
        kept = session.execute(
            text(
                "select code, plan, regulation, year from spatial_zone where source = :s order by external_id"
            ),
            {"s": file.name},
        ).all()
    assert [tuple(row) for row in kept] == [
        (c, "rdtr", "Perwali 9/2026", 2026) for c in ("R-2", "PS", "ZX-1", "KT")
    ]
    again = import_file(db, None, wish).document("en")
    assert (again["inserted"], again["updated"], again["unchanged"]) == (0, 0, 4)
    assert gate(told(db, desk, work_type="house_repair", geometry=bank), "spatial_plan") is True
    assert gate(told(db, desk, work_type="house_repair", geometry=home), "spatial_plan") is False
    db.dispose()


def test_a_general_plan_has_names_only(new_database: Any, tmp_path: Path) -> None:
    db = Database(database_url(new_database("sample")), owner=True, pool_size=1)
    x, y = spot(db, "R-2")["coordinates"]
    file = tmp_path / "rtrw.geojson"
    rows = [
        ((x, y), {"NAMOBJ": "Kawasan Permukiman Perkotaan"}),
        ((x + 0.001, y), {"NAMOBJ": "Kawasan Ajaib"}),
    ]
    file.write_text(json.dumps(features(*rows)))
    report = import_file(db, None, Wish(file, "spatial-plan", dry_run=True)).document("id")
    told_of = [(problem["row"], problem["code"]) for problem in report["problems"]]
    assert told_of == [(None, "plan_assumed"), (None, "plan_unnamed"), (2, "zone_unknown")]
    assert "dibaca sebagai RTRW" in report["problems"][0]["message"]
    assert report["accepted"] == 2
    wrong = import_file(db, None, Wish(file, "spatial-plan", values={"plan": "peta"})).document("id")
    assert wrong["refused"] == 2
    db.dispose()


def test_columns_of_published_plans_are_found() -> None:
    found = match_columns(
        LAYERS["spatial-plan"], ["NAMOBJ", "NAMZON", "KODZON", "NAMSZN", "KODSZN", "FID"], {}
    )
    assert found == {
        "code": "KODSZN", "zone": "KODZON", "name": "NAMSZN", "zone_name": "NAMZON", "external_id": "FID",
    }  # fmt: skip
    assert tidy(" k 1 ") == "K-1"
