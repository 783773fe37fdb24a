"""A worker that is killed in the middle of a job (kill -9): nothing is half stored, and the job is done once.

A process of its own does the job and kills itself at a place that is named, never at a time. Then the job is done
again, as the queue gives it back.
"""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.databases import DATA_DIR
from tests.planning.conftest import KELURAHAN, actor
from tests.planning.import_files import inside
from tests.planning.test_plans import PLENTY, wish
from webgis.planning import jobs
from webgis.planning.imports import import_jobs
from webgis.planning.judging.desk import Desk
from webgis.planning.keeping import audit
from webgis.planning.plans import plans
from webgis.settings import database_url, read
from webgis.store.database import Database

CHILD = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from webgis.planning.imports import import_jobs, importing
from webgis.planning.judging.desk import open_desk
from webgis.planning.plans import plans
from webgis.settings import database_url
from webgis.store import jobs as queue, plans as kept
from webgis.store.database import Database

url, job, place, folder = sys.argv[1:]

def killed_after(module, name):
    do = getattr(module, name)
    def then_killed(*given, **more):
        do(*given, **more)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, then_killed)

db = Database(database_url(url), owner=True, pool_size=2)
if place == "rows written":
    killed_after(importing, "_store")
elif place == "rows committed":
    killed_after(import_jobs, "import_file")
elif place == "plan written":
    killed_after(kept, "insert")
else:
    update = queue.update
    def ends(session, given, **values):
        update(session, given, **values)
        if values.get("state") == "done":
            event.listen(session, "after_commit", lambda _session: os.kill(os.getpid(), signal.SIGKILL))
    queue.update = ends
if place.startswith("plan"):
    plans.run_plan(db, open_desk(Path(folder)), job)
else:
    import_jobs.run_import(db, job)
"""
COUNT = {
    "plan": "select count(*) from plan_run",
    "file": "select count(*) from asset where name = 'Kran uji'",
}


@pytest.fixture
def owner(new_database: Callable[..., str]) -> Iterator[Database]:
    found = Database(database_url(new_database("sample")), owner=True, pool_size=2)
    yield found
    found.dispose()


def killed(db: Database, job: str, place: str) -> None:
    """Let a process do the job until it kills itself at the place."""
    url = db.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, url, job, place, str(DATA_DIR)], capture_output=True, timeout=120
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]


def count(db: Database, what: str) -> int:
    with db.transaction() as session:
        return int(session.execute(text(COUNT[what])).scalar_one())


def sound(db: Database, folder: Path) -> bool:
    settings = read({"DATABASE_URL": db.url.render_as_string(hide_password=False)})
    return audit.faults(db, replace(settings, data_dir=folder)) == []


@pytest.mark.parametrize(("place", "kept"), [("rows written", 0), ("rows committed", 2), ("file noted", 2)])
def test_an_import_is_stored_whole_or_not_at_all_and_once(
    owner: Database, tmp_path: Path, place: str, kept: int
) -> None:
    x, y = inside(owner, KELURAHAN)
    taps: list[dict[str, Any]] = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [x + k * 1e-5, y]},
         "properties": {"kind": "public_tap", "name": "Kran uji"}}
        for k in range(2)
    ]  # fmt: skip
    file = io.BytesIO(json.dumps({"type": "FeatureCollection", "features": taps}).encode())
    admin = actor(owner, "admin", "99.01")
    job = import_jobs.start_import(owner, tmp_path, admin, file, "kran.geojson", "assets").id
    killed(owner, job, place)
    assert count(owner, "file") == kept
    import_jobs.run_import(owner, job)
    ended = jobs.get_job(owner, admin, job)
    assert (ended.state, ended.progress, count(owner, "file")) == ("done", 100, 2)
    assert list(tmp_path.iterdir()) == [], "the upload is gone"
    assert sound(owner, tmp_path)


@pytest.mark.parametrize(("place", "kept"), [("plan written", 0), ("plan noted", 1)])
def test_a_plan_is_kept_once_and_named_by_its_job(
    owner: Database, desk: Desk, tmp_path: Path, place: str, kept: int
) -> None:
    planner = actor(owner, "planner")
    job = plans.start_plan(owner, planner, wish(budget=PLENTY)).id
    killed(owner, job, place)
    assert count(owner, "plan") == kept
    plans.run_plan(owner, desk, job)
    ended = jobs.get_job(owner, planner, job)
    assert (ended.state, count(owner, "plan")) == ("done", 1)
    assert ended.result is not None
    assert plans.get_plan(owner, planner, ended.result["id"])["schedule"]
    assert sound(owner, tmp_path)
