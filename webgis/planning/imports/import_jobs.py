"""Imports that run in the background: hand in a file, watch the job, read the report.

It knows nothing about queues or HTTP. The file waits in a folder that web and worker share and is deleted afterwards.
A job carries the rights of who handed it in, as they were then, so the worker stores nothing that person could not.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import IO, Any

from webgis.planning.access import Actor, Role
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.imports.importing import Wish, import_file
from webgis.planning.imports.layers import LAYERS
from webgis.planning.imports.rights import require_import
from webgis.planning.jobs import ENDED, JobView, job_view
from webgis.store import jobs as table
from webgis.store.database import Database

KIND = "import_file"
TASK = "webgis:import_file"
UPLOADS = "uploads"
"""The folder below that of the data in which files wait."""


def start_import(
    db: Database,
    uploads: Path,
    actor: Actor,
    stream: IO[bytes],
    name: str,
    layer: str,
    *,
    crs: str | None = None,
    dry_run: bool = False,
    lang: str = "id",
) -> JobView:
    """Keep a file and put its import into the queue, both or neither. uploads: folder shared with the worker.

    Raises SignInNeeded, NotAllowed, and BadDocument for a layer that there is not.
    """
    if actor.signed_in and layer not in LAYERS:
        raise BadDocument([Problem("/layer", "unknown_layer", {"given": layer, "known": ", ".join(LAYERS)})])
    require_import(actor, layer)
    uploads.mkdir(parents=True, exist_ok=True)
    kept = uploads / f"{uuid.uuid4()}{Path(name).suffix.lower()[:8]}"
    try:
        with kept.open("wb") as target:
            while chunk := stream.read(1 << 20):
                target.write(chunk)
        arguments = {
            "file": str(kept), "name": Path(name).name, "layer": layer, "crs": crs, "dry_run": dry_run, "lang": lang,
            "roles": [list(role) for role in actor.roles],
        }  # fmt: skip
        with db.transaction(actor.account_id) as session:
            return job_view(table.enqueue(session, KIND, TASK, arguments, actor.account_id))
    except BaseException:
        kept.unlink(missing_ok=True)
        raise


def run_import(db: Database, job_id: str) -> None:
    """Do a waiting import; what goes wrong is written into the job as well as raised.

    One that a killed worker began is done again from the start: every row is known by its code or external id.
    """
    with db.transaction() as session:
        job = table.find(session, job_id)
        if job is None:
            raise NotFound("no_job")
        asked, account = dict(job.arguments), str(job.account_id) if job.account_id else None
        ended = job.state in ENDED
    actor = Actor(account, roles=tuple(Role(*role) for role in asked["roles"]))
    file = Path(asked["file"])
    if ended:  # by a worker that was killed before the queue knew
        file.unlink(missing_ok=True)
        return

    def tell(percent: int, message: str) -> None:
        _note(db, job_id, state="running", progress=min(percent, 99), message=message)

    wish = Wish(file, asked["layer"], asked["crs"], dry_run=asked["dry_run"], name=asked["name"])
    try:
        tell(1, "")
        report = import_file(db, actor, wish, tell)
        state = "done" if report.accepted else "failed"
        _note(db, job_id, state=state, progress=100, message="", result=report.document(asked["lang"]))
    except Exception as error:
        _note(db, job_id, state="failed", message=type(error).__name__)
        raise
    finally:
        file.unlink(missing_ok=True)


def _note(db: Database, job_id: str, **values: Any) -> None:
    with db.transaction() as session:
        table.update(session, job_id, **values)
