"""Background jobs as the person who started one sees it.

It knows nothing about what a job does, only how far it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.errors import NotFound, SignInNeeded
from webgis.store import jobs as table
from webgis.store.database import Database
from webgis.store.models import Job


@dataclass(frozen=True)
class JobView:
    """A job as the one who started it sees it: state waiting, running, done or failed; progress 0 to 100."""

    id: str
    kind: str
    state: str
    progress: int
    message: str
    result: Mapping[str, Any] | None
    created_at: dt.datetime
    updated_at: dt.datetime

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


def get_job(db: Database, actor: Actor, job_id: str) -> JobView:
    """A job of the actor's own. Raises SignInNeeded, NotFound (also for jobs of others)."""
    with db.transaction() as session:
        return job_view(own_job(session, actor, job_id))


def own_job(session: Session, actor: Actor, job_id: str) -> Job:
    """The row of a job of the actor's own. Raises SignInNeeded, NotFound."""
    if not actor.signed_in:
        raise SignInNeeded()
    job = table.find(session, job_id)
    if job is None or str(job.account_id) != actor.account_id:
        raise NotFound("no_job")
    return job


def job_view(job: Job) -> JobView:
    """The view of a row."""
    return JobView(
        str(job.id),
        job.kind,
        job.state,
        job.progress,
        job.message,
        job.result,
        job.created_at,
        job.updated_at,
    )
