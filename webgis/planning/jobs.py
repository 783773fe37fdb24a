"""Background jobs as the person who started one sees it.

It knows nothing about what a job does, only how far it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webgis.planning.access import Actor, Role
from webgis.planning.errors import NotFound, SignInNeeded
from webgis.store import jobs as table
from webgis.store.database import Database
from webgis.store.models import Job

Tell = Callable[[int, str], None]
"""Say how far a job is: percent done, and a message."""
Stopped = Callable[[], bool]
"""Whether who started a job asked it to end with what it has. Raises CalledOff where nothing of it is wanted."""


Done = Callable[[Session, Mapping[str, Any]], None]
"""Write the result of a job in the transaction that keeps what it made: a worker that is killed leaves both or neither,
and a job that is given back to the queue is not done twice."""
ENDED = ("done", "failed", "stopped")


class CalledOff(Exception):
    """Who started a job wants nothing of it any more."""


@dataclass(frozen=True)
class JobView:
    """A job as the one who started it sees it: state waiting, running, done, failed or stopped (nothing was kept);
    progress 0 to 100; stopping: asked to end, and will when it next looks up; arguments: what was asked for.
    """

    id: str
    kind: str
    state: str
    progress: int
    message: str
    result: Mapping[str, Any] | None
    stopping: bool
    arguments: Mapping[str, Any]
    created_at: dt.datetime
    updated_at: dt.datetime

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED


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


def carry_out(
    db: Database, job_id: str, work: Callable[[Actor, Mapping[str, Any], Tell, Stopped, Done], None]
) -> None:
    """Do a waiting job with the rights of who asked; what goes wrong is written into the job as well as raised.

    A job that has ended is left as it is (called off while it waited, or done by a worker that was killed before the
    queue knew), one called off later ends as stopped.

    work: gets the actor, the arguments, a way to say how far it is, one to ask whether it shall end, and one to end it.
    """
    with db.transaction() as session:
        job = table.find(session, job_id)
        if job is None:
            raise NotFound("no_job")
        if job.state in ENDED:
            return
        asked, account = dict(job.arguments), str(job.account_id) if job.account_id else None
    actor = Actor(account, roles=tuple(Role(*role) for role in asked["roles"]))

    def tell(percent: int, message: str) -> None:
        with db.transaction() as session:
            table.update(session, job_id, state="running", progress=percent, message=message)

    def stopped() -> bool:
        with db.transaction() as session:
            stop, cancel = table.asked(session, job_id)
        if cancel:
            raise CalledOff
        return stop

    try:
        work(actor, asked, tell, stopped, ended(job_id))
    except CalledOff:
        with db.transaction() as session:
            table.update(session, job_id, state="stopped", message="")
        return
    except Exception as error:
        with db.transaction() as session:
            code = str(getattr(error, "code", type(error).__name__))
            table.update(session, job_id, state="failed", message=code)
        raise


def ended(job_id: str) -> Done:
    """How a job is ended well."""
    return lambda session, result: table.update(
        session, job_id, state="done", progress=100, message="", result=result
    )


def job_view(job: Job) -> JobView:
    """The view of a row."""
    return JobView(
        str(job.id),
        job.kind,
        job.state,
        job.progress,
        job.message,
        job.result,
        (job.stop_asked or job.cancel_asked) and job.state in ("waiting", "running"),
        job.arguments,
        job.created_at,
        job.updated_at,
    )
