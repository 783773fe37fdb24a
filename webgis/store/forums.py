"""Meetings in which residents voted on proposals, and their votes.

It knows nothing about rights or scores. A forum is written once; a correction deletes it and writes another, and its
revisions tell both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    f.id::text, f.kelurahan, f.met_on, f.place, f.men, f.women, f.note, f.author, f.created_at,
    (select coalesce(jsonb_object_agg(v.proposal_id, jsonb_build_object('men', v.men, 'women', v.women)), '{}')
     from forum_vote v where v.forum_id = f.id) as votes
"""


def insert(session: Session, values: Mapping[str, Any], votes: Mapping[str, tuple[int, int]]) -> str:
    """A new forum with its votes by proposal (men, women); its id."""
    query = text("""
        insert into forum (kelurahan, met_on, place, men, women, note, account_id, author)
        values (:kelurahan, :met_on, :place, :men, :women, :note, cast(:account_id as uuid), :author)
        returning id::text
    """)
    made = str(session.execute(query, dict(values)).scalar_one())
    rows = [{"f": made, "p": key, "men": men, "women": women} for key, (men, women) in votes.items()]
    session.execute(
        text("""
            insert into forum_vote (forum_id, proposal_id, men, women)
            values (cast(:f as uuid), cast(:p as uuid), :men, :women)
        """),
        rows,
    )
    return made


def find(session: Session, forum_id: str) -> RowMapping | None:
    """One forum, None if there is none of this id."""
    query = text(f"select {_COLUMNS} from forum f where id = cast(:id as uuid)")
    return session.execute(query, {"id": forum_id}).mappings().one_or_none()


def select(session: Session, kelurahan: str, limit: int) -> list[RowMapping]:
    """The forums of a kelurahan, the latest first."""
    query = text(f"""
        select {_COLUMNS} from forum f where kelurahan = :kelurahan order by met_on desc, created_at desc limit :limit
    """)
    return list(session.execute(query, {"kelurahan": kelurahan, "limit": limit}).mappings())


def delete(session: Session, forum_id: str) -> None:
    """Take a forum away with its votes."""
    session.execute(text("delete from forum where id = cast(:id as uuid)"), {"id": forum_id})


def approvals(session: Session, kelurahan: str) -> list[RowMapping]:
    """Of each proposal somebody could vote on: mean share of the voters for it, of the women among them, forums.

    Every forum weighs the same (method K1); women is None where no woman was there.
    """
    query = text("""
        select v.proposal_id::text as id, avg((v.men + v.women)::float / (f.men + f.women)) as share,
               avg(v.women::float / nullif(f.women, 0)) as women, count(*) as forums
        from forum_vote v join forum f on f.id = v.forum_id where f.kelurahan = :kelurahan group by v.proposal_id
    """)
    return list(session.execute(query, {"kelurahan": kelurahan}).mappings())
