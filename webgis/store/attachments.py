"""Photos and papers that belong to a proposal, an asset or a report: rows, not files.

It knows nothing about rights or pictures. A deleted row stays for a while, so that deleting can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    id::text, subject, subject_id::text, kind, media_type, sha256, thumbnail, bytes, width, height, caption,
    ST_X(place) as lon, ST_Y(place) as lat, account_id::text, author, at, deleted_at is not null as deleted
"""


def insert(session: Session, values: Mapping[str, Any]) -> RowMapping:
    """A new row, or the one that is there already with the same content for the same subject and kind."""
    query = text(f"""
        insert into attachment (subject, subject_id, kind, media_type, sha256, thumbnail, bytes, width, height, caption,
                                place, account_id, author)
        values (:subject, cast(:subject_id as uuid), :kind, :media_type, :sha256, :thumbnail, :bytes, :width, :height,
                :caption, ST_SetSRID(ST_MakePoint(cast(:lon as float), cast(:lat as float)), 4326),
                cast(:account_id as uuid), :author)
        on conflict (subject, subject_id, kind, sha256) where deleted_at is null
        do update set caption = attachment.caption returning {_COLUMNS}
    """)
    return session.execute(query, dict(values)).mappings().one()


def find(session: Session, attachment_id: str) -> RowMapping | None:
    """One row, a deleted one too; None if there is none of this id."""
    query = text(f"select {_COLUMNS} from attachment where id = cast(:id as uuid)")
    return session.execute(query, {"id": attachment_id}).mappings().one_or_none()


def select(session: Session, subject: str, subject_id: str) -> list[RowMapping]:
    """What belongs to a subject, oldest first."""
    query = text(f"""
        select {_COLUMNS} from attachment
        where subject = :subject and subject_id = cast(:id as uuid) and deleted_at is null order by at, id
    """)
    return list(session.execute(query, {"subject": subject, "id": subject_id}).mappings())


def names(session: Session) -> list[str]:
    """The hashes of all files that rows name, of deleted ones and of small pictures too."""
    query = text(
        "select sha256 from attachment union select thumbnail from attachment where thumbnail is not null"
    )
    return list(session.execute(query).scalars())


def count(session: Session, subject: str, subject_id: str) -> int:
    """How many files belong to a subject."""
    query = text("""
        select count(*) from attachment
        where subject = :subject and subject_id = cast(:id as uuid) and deleted_at is null
    """)
    return int(session.execute(query, {"subject": subject, "id": subject_id}).scalar_one())


def delete(session: Session, attachment_id: str, account: str | None) -> None:
    """Mark a row as deleted."""
    query = text("""
        update attachment set deleted_at = now(), deleted_by = cast(:account as uuid) where id = cast(:id as uuid)
    """)
    session.execute(query, {"id": attachment_id, "account": account})


def restore(session: Session, attachment_id: str) -> bool:
    """Take the mark away; whether that was possible (the same file may have been sent again meanwhile)."""
    query = text("""
        update attachment a set deleted_at = null, deleted_by = null where id = cast(:id as uuid) and not exists (
            select from attachment b where b.subject = a.subject and b.subject_id = a.subject_id
            and b.kind = a.kind and b.sha256 = a.sha256 and b.deleted_at is null)
        returning id
    """)
    return session.execute(query, {"id": attachment_id}).first() is not None


def purge(session: Session, days: int) -> Sequence[str]:
    """Forget rows that were deleted that long ago; hashes of files that no row names any more."""
    gone = text("""
        with gone as (
            delete from attachment where deleted_at < now() - make_interval(days => :days)
            returning id, sha256, thumbnail),
        names as (select sha256 as name from gone union select thumbnail from gone where thumbnail is not null)
        select name from names where not exists (
            select from attachment a where (a.sha256 = name or a.thumbnail = name)
            and a.id not in (select id from gone))
    """)
    return list(session.execute(gone, {"days": days}).scalars())
