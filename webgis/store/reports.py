"""Problems with assets that people reported.

It knows nothing about rights. A row keeps its versions like a fact; its photos are attachments.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    r.id::text, r.asset_id::text, r.kelurahan, ST_X(r.place) as lon, ST_Y(r.place) as lat, r.body, r.state, r.public,
    r.answer, r.proposal_id::text, r.author, r.version, r.created_at, r.updated_at, a.kind as asset_kind,
    a.name as asset_name, a.condition as asset_condition
"""
_FROM = "from asset_report r left join asset a on a.id = r.asset_id"


def insert(session: Session, values: Mapping[str, Any]) -> str:
    """A new report; its id."""
    query = text("""
        insert into asset_report (asset_id, kelurahan, place, body, account_id, author)
        values (cast(:asset_id as uuid), :kelurahan, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), :body,
                cast(:account_id as uuid), :author)
        returning id::text
    """)
    return str(session.execute(query, dict(values)).scalar_one())


def find(session: Session, report_id: str) -> RowMapping | None:
    """One report, None if there is none of this id."""
    query = text(f"select {_COLUMNS} {_FROM} where r.id = cast(:id as uuid)")
    return session.execute(query, {"id": report_id}).mappings().one_or_none()


def of_kelurahan(session: Session, kelurahan: str, state: str | None, limit: int) -> list[RowMapping]:
    """Reports of a kelurahan, open ones first, then the newest."""
    query = text(f"""
        select {_COLUMNS} {_FROM} where r.kelurahan = :kelurahan
          and (cast(:state as text) is null or r.state = :state)
        order by array_position(array['new', 'handled', 'closed'], r.state), r.created_at desc limit :limit
    """)
    return list(session.execute(query, {"kelurahan": kelurahan, "state": state, "limit": limit}).mappings())


def published(session: Session, asset_id: str) -> list[RowMapping]:
    """What everybody may read of an asset, the newest first."""
    query = text(f"""
        select {_COLUMNS} {_FROM} where r.asset_id = cast(:id as uuid) and r.public order by r.created_at desc
    """)
    return list(session.execute(query, {"id": asset_id}).mappings())
