"""/jobs: look at a job of one's own, watch it, and ask it to end with what it has.

It knows nothing about what a job does. Progress comes as server-sent events; polling the job does as well.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from typing import Any

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import Query, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.jobs import JobView
from webgis.planning.plans.plan_jobs import stop_job
from webgis.planning.plans.plans import watched

blueprint = api_blueprint("jobs", "jobs")
LOOK_S, PATIENCE_S = 0.5, 600.0


class JobPath(BaseModel):
    """Which job."""

    job_id: str = Field(max_length=40)


class StopQuery(Query):
    """How a job shall end."""

    discard: bool = Field(False, description="Keep nothing; a study is always called off so.")


class JobDocument(BaseModel):
    """A job; result: what it made (an import's report, a plan) once it has ended."""

    id: str
    kind: str
    state: str = Field(description="waiting, running, done, failed, or stopped: called off, nothing was kept")
    stopping: bool = Field(description="Asked to end; it will between two steps.")
    progress: int
    message: str = Field(
        description="What it is doing; of a plan: the proven gap so far, 0..1; of a study: plans made of all, 3/13."
    )
    result: dict[str, Any] | None
    created_at: dt.datetime
    updated_at: dt.datetime


@blueprint.get("/jobs/<job_id>", responses={200: JobDocument})
def show(path: JobPath, query: Query) -> Response:
    """A job of one's own."""
    return reply(job_document(watched(database(), current_actor(), path.job_id)))


@blueprint.delete("/jobs/<job_id>", responses={202: JobDocument})
def stop(path: JobPath, query: StopQuery) -> Response:
    """Ask a plan to end with the best it has, which it still answers with, or call a plan or a study off."""
    return reply(job_document(stop_job(database(), current_actor(), path.job_id, query.discard)), 202)


@blueprint.get("/jobs/<job_id>/events", responses={200: {"content": {"text/event-stream": {}}}})
def watch(path: JobPath, query: Query) -> Response:
    """The job as server-sent events, one whenever something changed, until it has ended."""
    db, actor = database(), current_actor()
    first = watched(db, actor, path.job_id)

    def events() -> Iterator[str]:
        job, until = first, time.monotonic() + PATIENCE_S
        yield _event(job)
        while not job.ended and time.monotonic() < until:
            time.sleep(LOOK_S)
            now = watched(db, actor, path.job_id)
            if now != job:
                yield _event(now)
            job = now

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(events(), headers=headers, content_type="text/event-stream")


def _event(job: JobView) -> str:
    document = job_document(job).model_dump(mode="json")
    return f"event: {job.state}\ndata: {json.dumps(document, ensure_ascii=False)}\n\n"


def job_document(job: JobView) -> JobDocument:
    """A job as the API shows it."""
    return JobDocument.model_validate(job, from_attributes=True)
