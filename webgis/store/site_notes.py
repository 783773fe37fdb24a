"""Notes of site visits: rows, not rights.

It knows nothing about who may read or answer. Distances are metres on the ellipsoid, to the nearest part of the shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_SELECT = """
    select n.id::text, n.proposal_id::text, n.body, ST_X(n.place) as lon, ST_Y(n.place) as lat, n.accuracy_m,
        n.seen_at, n.photos::text[] as photos, n.account_id::text, n.author, n.answer, n.answered_at, n.answered_by,
        ST_Distance(n.place::geography, p.geom::geography) as distance_m
    from site_note n join proposal p on p.id = n.proposal_id
"""


def select(session: Session, proposal_id: str) -> list[RowMapping]:
    """The notes of a proposal in the order of the visit."""
    query = text(f"{_SELECT} where n.proposal_id = cast(:id as uuid) order by n.seen_at, n.id")
    return list(session.execute(query, {"id": proposal_id}).mappings())


def find(session: Session, note_id: str) -> RowMapping | None:
    """One note, None if there is none of this id."""
    query = text(f"{_SELECT} where n.id = cast(:id as uuid)")
    return session.execute(query, {"id": note_id}).mappings().one_or_none()


def insert(session: Session, values: Mapping[str, Any]) -> None:
    """A new note; one that is there already under its id stays as it is."""
    query = text("""
        insert into site_note (id, proposal_id, body, place, accuracy_m, seen_at, photos, account_id, author)
        values (cast(:id as uuid), cast(:proposal_id as uuid), :body,
                ST_SetSRID(ST_MakePoint(cast(:lon as float), cast(:lat as float)), 4326), :accuracy_m, :seen_at,
                cast(:photos as uuid[]), cast(:account_id as uuid), :author)
        on conflict (id) do nothing
    """)
    session.execute(query, dict(values))


def answer(session: Session, note_id: str, said: str, account: str | None, author: str) -> None:
    """Tick a note off, with or without words."""
    query = text("""
        update site_note set answer = :said, answered_at = now(), answered_by = :author,
            answered_account_id = cast(:account as uuid)
        where id = cast(:id as uuid)
    """)
    session.execute(query, {"id": note_id, "said": said, "account": account, "author": author})


def open_count(session: Session, proposal_id: str) -> int:
    """How many notes of a proposal nobody has answered."""
    query = text(
        "select count(*) from site_note where proposal_id = cast(:id as uuid) and answered_at is null"
    )
    return int(session.execute(query, {"id": proposal_id}).scalar_one())
