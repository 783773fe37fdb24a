"""/imports and /jobs: hand in a file, watch it being imported, read the report.

It knows nothing about formats or layers. Progress comes as server-sent events; polling the job does as well.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from typing import Any

from flask import Response, url_for
from flask_openapi3.models.file import FileStorage
from pydantic import BaseModel, ConfigDict, Field

from webgis.api.documents import Query, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.auth import current_actor, current_language
from webgis.context import context, database
from webgis.planning.import_jobs import JobView, get_job, start_import

blueprint = api_blueprint("imports", "imports")
LOOK_S, PATIENCE_S = 0.5, 600.0


class ImportGiven(BaseModel):
    """A file and what it is (multipart/form-data)."""

    model_config = ConfigDict(extra="forbid")

    file: FileStorage
    layer: str = Field(max_length=40)
    crs: str | None = Field(None, max_length=40, description="EPSG:n, where the file names none.")
    dry_run: bool = Field(False, description="Check everything, store nothing.")


class JobPath(BaseModel):
    """Which job."""

    job_id: str = Field(max_length=40)


class JobDocument(BaseModel):
    """A job; result: the report of the import once it has ended."""

    id: str
    kind: str
    state: str = Field(description="waiting, running, done or failed")
    progress: int
    message: str
    result: dict[str, Any] | None
    created_at: dt.datetime
    updated_at: dt.datetime


@blueprint.post("/imports", responses={202: JobDocument})
def hand_in(form: ImportGiven) -> Response:
    """Put a file into the queue; the answer is the job to watch."""
    job = start_import(
        database(),
        context().settings.data_dir / "uploads",
        current_actor(),
        form.file.stream,
        form.file.filename or "file",
        form.layer,
        crs=form.crs or None,
        dry_run=form.dry_run,
        lang=current_language(),
    )
    return reply(_document(job), 202, {"Location": url_for("api_imports.show_job", job_id=job.id)})


@blueprint.get("/jobs/<job_id>", responses={200: JobDocument})
def show_job(path: JobPath, query: Query) -> Response:
    """A job of one's own."""
    return reply(_document(get_job(database(), current_actor(), path.job_id)))


@blueprint.get("/jobs/<job_id>/events", responses={200: {"content": {"text/event-stream": {}}}})
def watch_job(path: JobPath, query: Query) -> Response:
    """The job as server-sent events, one whenever something changed, until it has ended."""
    db, actor = database(), current_actor()
    first = get_job(db, actor, path.job_id)

    def events() -> Iterator[str]:
        job, until = first, time.monotonic() + PATIENCE_S
        yield _event(job)
        while not job.ended and time.monotonic() < until:
            time.sleep(LOOK_S)
            now = get_job(db, actor, path.job_id)
            if now != job:
                yield _event(now)
            job = now

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(events(), headers=headers, content_type="text/event-stream")


def _event(job: JobView) -> str:
    document = _document(job).model_dump(mode="json")
    return f"event: {job.state}\ndata: {json.dumps(document, ensure_ascii=False)}\n\n"


def _document(job: JobView) -> JobDocument:
    return JobDocument.model_validate(job, from_attributes=True)
