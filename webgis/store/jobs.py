"""Rows of background jobs, the queue they wait in and the heartbeat of the worker.

It knows nothing about what a job does. A job's row and its place in the queue are written in one transaction, so
that there is never one without the other (trials, section 2, job queue).
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webgis.store.models import Job

QUEUE = "webgis"


def enqueue(session: Session, kind: str, task: str, arguments: dict[str, Any], account_id: str | None) -> Job:
    """Write the job's row and put its task, which gets the job's id, into the queue."""
    job = Job(kind=kind, arguments=arguments, account_id=uuid.UUID(account_id) if account_id else None)
    session.add(job)
    session.flush()
    session.execute(
        text("""
            select procrastinate_defer_jobs_v1(array[row(
                :queue, :task, 0, null, null, cast(:args as jsonb), null)::procrastinate_job_to_defer_v1])
        """),
        {"queue": QUEUE, "task": task, "args": json.dumps({"job_id": str(job.id)})},
    )
    session.refresh(job)
    return job


def find(session: Session, job_id: str) -> Job | None:
    """The job of an id, None if there is none (or the text is no id)."""
    try:
        return session.get(Job, uuid.UUID(job_id), populate_existing=True)
    except ValueError:
        return None


def update(session: Session, job_id: str, **values: Any) -> None:
    """Set state, progress, message or result of a job."""
    job = session.get(Job, uuid.UUID(job_id))
    if job is not None:
        for name, value in values.items():
            setattr(job, name, value)
        job.updated_at = dt.datetime.now(dt.UTC)


def ask_to_stop(session: Session, job_id: str) -> None:
    """Ask a job to end with what it has; jobs that cannot go on to their end."""
    session.execute(text("update job set stop_asked = true where id = cast(:id as uuid)"), {"id": job_id})


def ask_to_cancel(session: Session, job_id: str) -> None:
    """Call a job off: at once if it waits, when it next looks up if it runs; jobs that ended stay as they are."""
    query = text("""
        update job set cancel_asked = true, updated_at = now(),
                       state = case state when 'waiting' then 'stopped' else state end
        where id = cast(:id as uuid) and state in ('waiting', 'running')
    """)
    session.execute(query, {"id": job_id})


def asked(session: Session, job_id: str) -> tuple[bool, bool]:
    """Whether a job was asked to end with what it has, and whether it was called off."""
    query = text("select stop_asked, cancel_asked from job where id = cast(:id as uuid)")
    row = session.execute(query, {"id": job_id}).one_or_none()
    return (False, False) if row is None else (row.stop_asked, row.cancel_asked)


def under_way(session: Session, account_id: str, kinds: Sequence[str]) -> Sequence[Job]:
    """Jobs of an account that wait or run, oldest first."""
    query = select(Job).where(
        Job.account_id == uuid.UUID(account_id), Job.kind.in_(kinds), Job.state.in_(("waiting", "running"))
    )
    return session.scalars(query.order_by(Job.created_at)).all()


def files_under_way(session: Session) -> set[str]:
    """The files that jobs which wait or run were given."""
    query = text(
        "select arguments ->> 'file' from job where state in ('waiting', 'running') and arguments ? 'file'"
    )
    return set(session.execute(query).scalars())


def forget(session: Session, days: int) -> int:
    """Delete jobs that ended more than some days ago, with what they told; how many."""
    query = text("""
        delete from job where state in ('done', 'failed', 'stopped')
                          and updated_at < now() - make_interval(days => :days) returning 1
    """)
    return len(session.execute(query, {"days": days}).all())


def beat(session: Session) -> None:
    """Note that the worker lives."""
    session.execute(
        text(
            "insert into worker_beat (one, at) values (true, now()) on conflict (one) do update set at = now()"
        )
    )


def last_beat(session: Session) -> dt.datetime | None:
    """When the worker last said that it lives."""
    return session.execute(text("select at from worker_beat")).scalar_one_or_none()
