"""A file that is taken in parts: told and stored as if it had come in one, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from webgis.planning.imports import importing
from webgis.planning.imports.importing import Wish, import_file
from webgis.store.database import Database

HEAD = "id,nama,lon,lat\n"
INSIDE = "107.6995,-5.5950"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PART", 3)


def points(tmp_path: Path, lines: list[str]) -> Wish:
    file = tmp_path / "titik.csv"
    file.write_text(HEAD + "\n".join(lines) + "\n")
    return Wish(file, "assets", crs="EPSG:4326", values={"kind": "public_tap"})


def stored(db: Database) -> int:
    with db.transaction() as session:
        query = text("select count(*) from asset where external_id like 'titik:%'")
        return int(session.execute(query).scalar_one())


def test_rows_keep_their_numbers_over_the_parts(db: Database, tmp_path: Path) -> None:
    lines = [f"{n},Keran {n},{INSIDE}" for n in range(10)]
    lines[4] = "1,Sama,107.6996,-5.5951"
    lines[8] = "8,Jauh,0.5,0.5"
    told: list[tuple[int, str | None]] = []
    report = import_file(
        db, None, points(tmp_path, lines), lambda percent, words: told.append((percent, words))
    )
    said = report.document()
    assert (said["rows"], said["accepted"], said["inserted"], said["refused"]) == (10, 8, 8, 2)
    found = [(problem["row"], problem["code"]) for problem in said["problems"]]
    assert found == [(5, "duplicate_id"), (9, "outside_known_area")]
    assert "2" in said["problems"][0]["message"], "the first row of that id is named by its place in the file"
    assert stored(db) == 8
    assert [percent for percent, _ in told] == sorted(percent for percent, _ in told)
    assert len(told) > 4, "every part is told"
    again = import_file(db, None, points(tmp_path, lines)).document()
    assert (again["unchanged"], again["inserted"]) == (8, 0)


def test_what_a_later_part_refuses_takes_the_earlier_ones_back(db: Database, tmp_path: Path) -> None:
    lines = [f"{n},Keran {n},{INSIDE}" for n in range(6)] + [f"7,3273010101010001,{INSIDE}"]
    report = import_file(db, None, points(tmp_path, lines)).document()
    assert [problem["code"] for problem in report["problems"]] == ["nik_column"]
    assert (report["accepted"], report["refused"], stored(db)) == (0, 7, 0)


def test_a_trial_of_several_parts_keeps_none(db: Database, tmp_path: Path) -> None:
    wish = points(tmp_path, [f"{n},Keran {n},{INSIDE}" for n in range(7)])
    report = import_file(db, None, Wish(wish.file, wish.layer, wish.crs, values=wish.values, dry_run=True))
    assert (report.accepted, stored(db)) == (7, 0)
