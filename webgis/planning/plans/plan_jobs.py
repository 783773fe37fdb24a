"""Plans and studies under way: who watches them, and how they are told to end.

It knows nothing about how a plan is found. A plan may end with the best so far or be thrown away; a study, which has no
best so far, is thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from webgis.planning.access import Actor, require
from webgis.planning.errors import NotFound
from webgis.planning.jobs import JobView, job_view, own_job
from webgis.store import jobs as table
from webgis.store.database import Database

PLAN: Final = "plan"
STUDY: Final = "study"


def stop_job(db: Database, actor: Actor, job_id: str, discard: bool = False) -> JobView:
    """Ask a plan or study of one's own to end; discard: keep nothing. What has ended stays as it is.

    A job that waits is called off at once, others between two steps. Raises SignInNeeded, NotAllowed, NotFound.
    """
    with db.transaction(actor.account_id) as session:
        job = own_job(session, actor, job_id)
        if job.kind not in (PLAN, STUDY):
            raise NotFound("no_job")
        require(actor, "plan", _kelurahan(job.arguments))
        if discard or job.kind == STUDY:
            table.ask_to_cancel(session, job_id)
        else:
            table.ask_to_stop(session, job_id)
        return job_view(own_job(session, actor, job_id))


def under_way(db: Database, actor: Actor, kelurahan: str) -> list[JobView]:
    """Plans and studies of the actor's own in a kelurahan that have not ended, oldest first."""
    if not actor.account_id:
        return []
    with db.transaction() as session:
        rows = table.under_way(session, actor.account_id, [PLAN, STUDY])
        return [job_view(job) for job in rows if _kelurahan(job.arguments) == kelurahan]


def _kelurahan(arguments: Mapping[str, Any]) -> str:
    """The kelurahan that a plan or study is about."""
    asked: Mapping[str, Any] = arguments.get("wish") or arguments
    return str(asked.get("kelurahan", ""))
