"""Adopted plans: which plan is the masterplan of a kelurahan, and which meeting said so.

It knows nothing about what a plan holds. A row is written once and never changed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def insert(session: Session, values: dict[str, Any]) -> None:
    """Keep the decision of a meeting."""
    query = text("""
        insert into masterplan (kelurahan, plan_id, met_on, place, men, women, note, account_id, author)
        values (:kelurahan, cast(:plan_id as uuid), :met_on, :place, :men, :women, :note,
                cast(:account_id as uuid), :author)
    """)
    session.execute(query, values)


def current(session: Session, kelurahan: str) -> RowMapping | None:
    """The masterplan of a kelurahan with its meeting and its plan; None if no meeting adopted one."""
    query = text("""
        select m.plan_id::text, m.met_on, m.place, m.men, m.women, m.note, m.created_at, p.name, p.inputs, p.result
        from masterplan m join plan_run p on p.id = m.plan_id
        where m.kelurahan = :kelurahan order by m.created_at desc, m.id limit 1
    """)
    return session.execute(query, {"kelurahan": kelurahan}).mappings().one_or_none()


def agreed(session: Session, kelurahan: str) -> RowMapping | None:
    """Of the masterplan of a kelurahan the id, the day of the meeting, the last calendar year and the ids of the works
    it builds; None if no meeting adopted one."""
    query = text("""
        select m.plan_id::text, m.met_on,
               cast(p.inputs ->> 'first_year' as integer) - 1
               + (select max(jsonb_array_length(f.value)) from jsonb_each(p.inputs -> 'budget') f) as last_year,
               array(select w ->> 'id' from jsonb_array_elements(p.result -> 'schedule') w) as works
        from masterplan m join plan_run p on p.id = m.plan_id
        where m.kelurahan = :kelurahan order by m.created_at desc, m.id limit 1
    """)
    return session.execute(query, {"kelurahan": kelurahan}).mappings().one_or_none()
