"""Signs of life in the database: the migration it is at, when a worker was last seen, how jobs and sign-ins go.

It knows nothing about what is healthy enough.
Both are read through the web role, so the check fails where the web would fail.
"""

from __future__ import annotations

from sqlalchemy import RowMapping, text
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


def figures(session: Session) -> RowMapping:
    """Jobs waiting, running, failed (in a week); sign-ins refused (in a day), the addresses they came from; sessions.

    size: bytes of the database.
    """
    query = text("""
        select (select count(*) from job where state = 'waiting') as waiting,
               (select count(*) from job where state = 'running') as running,
               (select count(*) from job where state = 'failed' and updated_at > now() - interval '7 days') as failed,
               count(*) as refused, count(distinct address) as addresses,
               (select count(*) from login_session where expires_at > now() and not code_due) as sessions,
               pg_database_size(current_database()) as size
        from failed_login where at > now() - interval '1 day'
    """)
    return session.execute(query).mappings().one()


def failed_jobs(session: Session, limit: int) -> list[RowMapping]:
    """The last jobs of a week that failed, newest first: kind, message (a code), updated_at."""
    query = text("""
        select kind, message, updated_at from job
        where state = 'failed' and updated_at > now() - interval '7 days' order by updated_at desc limit :limit
    """)
    return list(session.execute(query, {"limit": limit}).mappings())
