"""The app of procrastinate: which tasks there are and how the queue is reached.

It knows nothing about settings of its own; the worker hands over the connection and the store.
The queue speaks psycopg 3 while the store stays with psycopg 2 (trials, section 2).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from procrastinate import App, Blueprint, JobContext, PsycopgConnector

from webgis.auth import mail
from webgis.planning.community.digests import write_digests
from webgis.planning.effects.catalogue_changes import in_force
from webgis.planning.imports.import_jobs import UPLOADS, run_import
from webgis.planning.keeping.audit import FILE as HEADS
from webgis.planning.keeping.audit import keep_heads
from webgis.planning.keeping.leftovers import sweep
from webgis.planning.keeping.personal import retain
from webgis.planning.mapping.poverty import release_if_due
from webgis.planning.plans.plan_studies import run_study
from webgis.planning.plans.plans import run_plan
from webgis.settings import Settings
from webgis.store.database import Database
from webgis.store.jobs import QUEUE

STALLED_AFTER_S = 60
tasks = Blueprint()


def make_app(settings: Settings) -> App:
    """The queue of one installation."""
    app = App(connector=PsycopgConnector(conninfo=settings.libpq_dsn, min_size=1, max_size=4))
    app.add_tasks_from(tasks, namespace="webgis")
    return app


@tasks.task(name="import_file", queue=QUEUE, pass_context=True)
async def import_file(context: JobContext, job_id: str) -> None:
    """Import an uploaded file; the job's row says which and how."""
    extra: dict[str, Any] = context.additional_context
    await asyncio.to_thread(_by_catalogue, run_import, extra["database"], job_id)


@tasks.task(name="make_plan", queue=QUEUE, pass_context=True)
async def make_plan(context: JobContext, job_id: str) -> None:
    """Find a plan; the job's row says for which kelurahan and by which rules."""
    extra: dict[str, Any] = context.additional_context
    await asyncio.to_thread(_by_catalogue, run_plan, extra["database"], extra["desk"], job_id)


@tasks.task(name="study_plan", queue=QUEUE, pass_context=True)
async def study_plan(context: JobContext, job_id: str) -> None:
    """Answer a question to a plan; the job's row says which."""
    extra: dict[str, Any] = context.additional_context
    await asyncio.to_thread(_by_catalogue, run_study, extra["database"], extra["desk"], job_id)


@tasks.periodic(cron="* * * * *")
@tasks.task(name="reap", queue=QUEUE, pass_context=True, queueing_lock="reap")
async def reap(context: JobContext, timestamp: int) -> None:
    """Give jobs of killed workers back to the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        await manager.retry_job(job)


@tasks.periodic(cron="17 19 * * *")
@tasks.task(name="keep", queue=QUEUE, pass_context=True, queueing_lock="keep")
async def keep(context: JobContext, timestamp: int) -> None:
    """Once a night (02:17 in Jakarta): write down the heads of the chain, let go of what was kept long enough or left
    lying."""
    extra: dict[str, Any] = context.additional_context
    settings: Settings = extra["settings"]
    await asyncio.to_thread(keep_heads, extra["database"], settings.data_dir / HEADS)
    await asyncio.to_thread(retain, extra["database"], settings.retention)
    await asyncio.to_thread(sweep, extra["database"], settings.data_dir / UPLOADS)


@tasks.periodic(cron="37 19 * * *")
@tasks.task(name="publish", queue=QUEUE, pass_context=True, queueing_lock="publish")
async def publish(context: JobContext, timestamp: int) -> None:
    """Once a night (02:37 in Jakarta): count the poverty map anew where its date has come."""
    extra: dict[str, Any] = context.additional_context
    settings: Settings = extra["settings"]
    await asyncio.to_thread(release_if_due, extra["database"], settings.poverty_months)


@tasks.periodic(cron="0 23 * * *")
@tasks.task(name="digest", queue=QUEUE, pass_context=True, queueing_lock="digest")
async def digest(context: JobContext, timestamp: int) -> None:
    """Once a day (06:00 in Jakarta): tell by mail what people have not read yet."""
    extra: dict[str, Any] = context.additional_context
    settings: Settings = extra["settings"]
    send = partial(mail.send, settings.mail) if settings.mail else None
    await asyncio.to_thread(write_digests, extra["database"], settings.data_dir, send, settings.site)


def _by_catalogue(do: Callable[..., None], db: Database, *more: Any) -> None:
    """Do something with the catalogue as the city has it."""
    with in_force(db):
        do(db, *more)


def store_of(settings: Settings) -> Database:
    """The store of the worker: it loads in bulk, so it keeps the owner's rights and no statement limit."""
    return Database(settings.database_url, owner=True, pool_size=3)
