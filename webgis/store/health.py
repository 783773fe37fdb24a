"""Signs of life in the database: the migration it is at, and when a worker was last seen.

It knows nothing about what is healthy enough.
Both are read through the web role, so the check fails where the web would fail.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def revision(session: Session) -> str | None:
    """The migration the database is at."""
    found = session.execute(text("select version_num from alembic_version")).scalar()
    return None if found is None else str(found)


def worker_age_s(session: Session) -> int | None:
    """Seconds since a worker gave a sign of life; None if there never was one."""
    found = session.execute(
        text("select extract(epoch from clock_timestamp() - at)::int from worker_beat")
    ).scalar()
    return None if found is None else int(found)
