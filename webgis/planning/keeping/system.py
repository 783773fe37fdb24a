"""How the installation does, for its administrators: jobs, sign-ins, sessions, room on the disk.

It knows nothing about what is healthy enough; no address and no name of anybody is told.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from webgis.planning.access import Actor
from webgis.planning.keeping.backups import last_backup
from webgis.planning.people.people import require_administrator
from webgis.store import health
from webgis.store.database import Database

FAILED_SHOWN: Final = 10


@dataclass(frozen=True)
class FailedJob:
    """A job that failed: its kind, the code of why, when."""

    kind: str
    message: str
    updated_at: dt.datetime


@dataclass(frozen=True)
class System:
    """Jobs now (failed: in a week), sign-ins refused in a day, sessions, bytes of database and disk.

    backup: when the last one was made and its bytes, None if there never was one.
    """

    waiting: int
    running: int
    failed: int
    refused: int
    addresses: int
    sessions: int
    size: int
    disk_free: int
    disk_size: int
    failed_jobs: tuple[FailedJob, ...]
    backup: dict[str, Any] | None


def system(db: Database, actor: Actor, folder: Path) -> System:
    """How it does now; folder: on the disk that counts. Raises SignInNeeded, NotAllowed."""
    require_administrator(actor)
    with db.transaction() as session:
        figures = dict(health.figures(session))
        failed = tuple(FailedJob(**row) for row in health.failed_jobs(session, FAILED_SHOWN))
    there = next(path for path in (folder, *folder.parents) if path.exists())
    disk = shutil.disk_usage(there)
    return System(
        **figures, disk_free=disk.free, disk_size=disk.total, failed_jobs=failed, backup=last_backup(folder)
    )
