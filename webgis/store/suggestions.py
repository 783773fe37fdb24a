"""Shapes that reviewers suggest for proposals: rows, not rights. At most one of a proposal is open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    id::text, ST_AsGeoJSON(geom, 7)::json as geometry, base_version, note, author, created_at, outcome, reason,
    decided_at, decided_by
"""


def select(session: Session, proposal_id: str) -> list[RowMapping]:
    """The suggestions for a proposal, oldest first."""
    query = text(f"""
        select {_COLUMNS} from shape_suggestion where proposal_id = cast(:id as uuid) order by created_at, id
    """)
    return list(session.execute(query, {"id": proposal_id}).mappings())


def put(session: Session, values: dict[str, Any]) -> None:
    """A new open suggestion, in the place of the one that was open."""
    query = text("""
        insert into shape_suggestion (proposal_id, geom, base_version, note, account_id, author)
        values (cast(:proposal_id as uuid), ST_SetSRID(ST_GeomFromWKB(:geom), 4326), :base_version, :note,
                cast(:account_id as uuid), :author)
        on conflict (proposal_id) where outcome is null do update set geom = excluded.geom, note = excluded.note,
            base_version = excluded.base_version, account_id = excluded.account_id, author = excluded.author,
            created_at = now()
    """)
    session.execute(query, values)


def decide(session: Session, suggestion_id: str, values: dict[str, Any]) -> bool:
    """Write what became of an open suggestion; whether it was open."""
    query = text("""
        update shape_suggestion set outcome = :outcome, reason = :reason, decided_at = now(), decided_by = :author,
            decided_account_id = cast(:account_id as uuid)
        where id = cast(:id as uuid) and outcome is null returning id
    """)
    return session.execute(query, {**values, "id": suggestion_id}).first() is not None
