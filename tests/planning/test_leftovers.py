"""What a killed process leaves lying is swept away; what is in use, and what is young, stays."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

from tests.planning.conftest import actor
from webgis.planning.imports import import_jobs
from webgis.planning.keeping.leftovers import DAY_S, sweep
from webgis.store.database import Database


def aged(path: Path) -> Path:
    """The same, as if it had lain there for more than a day."""
    then = time.time() - DAY_S - 60
    os.utime(path, (then, then))
    return path


def test_old_uploads_that_no_job_waits_for_go_with_folders_of_killed_readers(
    db: Database, tmp_path: Path
) -> None:
    uploads, scratch = tmp_path / "uploads", tmp_path / "tmp"
    job = import_jobs.start_import(
        db, uploads, actor(db, "admin", "99.01"), io.BytesIO(b"{}"), "kran.geojson", "assets"
    )
    waiting = aged(next(uploads.iterdir()))
    orphan, young = uploads / "a.geojson", uploads / "b.geojson"
    for one in (orphan, young):
        one.write_text("keluarga")
    aged(orphan)
    for name in ("webgis-import-x", "webgis-export-y", "webgis-import-now", "orang-lain"):
        (scratch / name).mkdir(parents=True)
        (scratch / name / "rows").write_text("keluarga")
    for name in ("webgis-import-x", "webgis-export-y", "orang-lain"):
        aged(scratch / name)
    assert sweep(db, uploads, scratch) == 3
    assert sorted(uploads.iterdir()) == sorted([waiting, young])
    assert sorted(one.name for one in scratch.iterdir()) == ["orang-lain", "webgis-import-now"]
    import_jobs.run_import(db, job.id)
    assert sweep(db, uploads, scratch) == 0
    assert list(uploads.iterdir()) == [young]


def test_there_is_nothing_to_sweep_before_the_first_import(db: Database, tmp_path: Path) -> None:
    assert sweep(db, tmp_path / "uploads", tmp_path) == 0
