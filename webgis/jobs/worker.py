"""The process that does background jobs until it is told to stop.

It knows nothing about the jobs. It says every ten seconds that it lives, which `/readyz` reads.
SIGINT and SIGTERM let running jobs finish; a second one does not wait.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from webgis.jobs.app import make_app, store_of
from webgis.planning.judging.desk import open_desk
from webgis.settings import Settings
from webgis.store import jobs as store
from webgis.store.database import Database

BEAT_S = 10.0
log = logging.getLogger("webgis.worker")


def run(settings: Settings, concurrency: int = 2) -> None:
    """Work until a signal comes."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    asyncio.run(_work(settings, concurrency))


async def _work(settings: Settings, concurrency: int) -> None:
    db = store_of(settings)
    app = make_app(settings)
    try:
        await asyncio.to_thread(_beat, db)
        async with app.open_async():
            beating = asyncio.create_task(_keep_beating(db))
            log.info("worker ready, %d jobs at a time", concurrency)
            try:
                await app.run_worker_async(
                    concurrency=concurrency,
                    name="webgis",
                    additional_context={
                        "database": db,
                        "desk": open_desk(settings.data_dir),
                        "settings": settings,
                    },
                    shutdown_graceful_timeout=20,
                    delete_jobs="successful",
                )
            finally:
                beating.cancel()
                with suppress(asyncio.CancelledError):
                    await beating
    finally:
        db.dispose()
    log.info("worker stopped")


def _beat(db: Database) -> None:
    with db.transaction() as session:
        store.beat(session)


async def _keep_beating(db: Database) -> None:
    while True:
        await asyncio.sleep(BEAT_S)
        try:
            await asyncio.to_thread(_beat, db)
        except SQLAlchemyError as error:
            log.warning("no heartbeat: %s", str(error).splitlines()[0])
