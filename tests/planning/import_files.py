"""Files for the tests of imports: made, brought in, refused; and what a store then holds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import text

from webgis.planning.imports.importing import Wish, import_file
from webgis.store.database import Database


def bring(db: Database, file: Path, layer: str, **more: Any) -> dict[str, Any]:
    """The report of an import, in English."""
    return import_file(db, None, Wish(file, layer, **more)).document("en")


def codes(report: dict[str, Any]) -> Counter[str]:
    """How often each code of a problem stands in a report."""
    return Counter(problem["code"] for problem in report["problems"])


def counts(db: Database) -> dict[str, int]:
    tables = ("region", "road", "waterway", "asset", "proposal", "slum_area", "slum_assessment", "revision")
    with db.transaction() as session:
        return {t: session.execute(text(f"select count(*) from {t}")).scalar_one() for t in tables}


def refused(db: Database, file: Path, layer: str = "assets", **more: Any) -> Counter[str]:
    """The reasons why nothing of a file was taken, after a look that the store is as it was."""
    before = counts(db)
    report = bring(db, file, layer, **more)
    assert report["accepted"] == 0
    assert counts(db) == before
    for problem in report["problems"]:
        assert len(problem["message"]) > 15
    return codes(report)


def write(file: Path, shape: dict[str, Any], properties: dict[str, Any]) -> None:
    feature = {"type": "Feature", "geometry": shape, "properties": properties}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))


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


def inside(db: Database, code: str) -> list[float]:
    """A place in an RT of a kelurahan."""
    with db.transaction() as session:
        query = """select ST_X(p), ST_Y(p) from (select ST_PointOnSurface(geom) p from region where kind = 'rt'
                   and geom is not null and starts_with(code, :code) order by code limit 1) t"""
        return [float(value) for value in session.execute(text(query), {"code": code}).one()]
