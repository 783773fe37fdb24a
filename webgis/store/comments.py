"""What people said about proposals.

It knows nothing about rights or rules. A hidden comment keeps its row and the reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    c.id::text, c.author, c.body, c.at, c.account_id::text, ST_X(c.place) as lon, ST_Y(c.place) as lat,
    c.hidden_at, c.hidden_reason,
    array(select a.name from account a where a.id = any(c.mentions) order by a.name) as mentions,
    (select min(m.role) from membership m where m.account_id = c.account_id and m.role <> 'partner'
     and (m.region = p.kelurahan or starts_with(p.kelurahan, m.region || '.'))) as role
"""
_FROM = "from comment c join proposal p on p.id = c.proposal_id"


def select(session: Session, proposal_id: str) -> list[RowMapping]:
    """What people said about a proposal, oldest first."""
    query = text(f"select {_COLUMNS} {_FROM} where p.id = cast(:id as uuid) order by c.at, c.id")
    return list(session.execute(query, {"id": proposal_id}).mappings())


def find(session: Session, proposal_id: str, comment_id: str) -> RowMapping | None:
    """One comment of a proposal, None if there is none of this id."""
    query = text(f"""
        select {_COLUMNS} {_FROM} where c.id = cast(:comment as uuid) and p.id = cast(:id as uuid)
    """)
    return session.execute(query, {"id": proposal_id, "comment": comment_id}).mappings().one_or_none()


def said_before(session: Session, proposal_id: str, account: str, body: str) -> str | None:
    """The id of the comment in which the account said the same within a day, None if it did not."""
    query = text("""
        select id::text from comment where proposal_id = cast(:id as uuid) and account_id = cast(:account as uuid)
        and body = :body and at > now() - interval '1 day' limit 1
    """)
    values = {"id": proposal_id, "account": account, "body": body}
    return session.execute(query, values).scalar_one_or_none()


def insert(
    session: Session,
    proposal_id: str,
    account: str,
    author: str,
    body: str,
    place: tuple[float, float] | None,
    mentions: Sequence[str],
) -> str:
    """A new comment; its id."""
    lon, lat = place or (None, None)
    values = {
        "id": proposal_id, "account": account, "author": author, "body": body, "lon": lon, "lat": lat,
        "mentions": list(mentions),
    }  # fmt: skip
    query = text("""
        insert into comment (proposal_id, account_id, author, body, place, mentions)
        values (cast(:id as uuid), cast(:account as uuid), :author, :body,
                ST_SetSRID(ST_MakePoint(cast(:lon as float), cast(:lat as float)), 4326),
                cast(:mentions as uuid[]))
        returning id::text
    """)
    return str(session.execute(query, values).scalar_one())


def hide(session: Session, comment_id: str, account: str | None, reason: str | None) -> None:
    """Hide a comment with a reason, or show it again (None)."""
    query = text("""
        update comment set hidden_reason = :reason,
            hidden_at = case when cast(:reason as text) is null then null else now() end,
            hidden_by = case when cast(:reason as text) is null then null else cast(:account as uuid) end
        where id = cast(:id as uuid)
    """)
    session.execute(query, {"id": comment_id, "account": account, "reason": reason})


def take_back(session: Session, comment_id: str, account: str, marker: str) -> None:
    """Put a marker where the words of a comment stood, and let its name, place and mentions go with them.

    One that a moderator has hidden keeps that, with the reason; another one is hidden by its author from now on.
    """
    query = text("""
        update comment set body = :marker, author = '', place = null, mentions = '{}',
            hidden_at = coalesce(hidden_at, now()), hidden_by = coalesce(hidden_by, cast(:account as uuid)),
            hidden_reason = coalesce(hidden_reason, :marker)
        where id = cast(:id as uuid)
    """)
    session.execute(query, {"id": comment_id, "account": account, "marker": marker})


def people_of(session: Session, kelurahan: str, heard_on: str | None = None) -> list[RowMapping]:
    """Accounts with a role in a kelurahan or above it: id, name and roles, those of the smallest region first.

    heard_on: only those who took a step or said something on this proposal that everybody can read.
    """
    query = text("""
        select a.id::text, a.name, array_agg(distinct m.role order by m.role) as roles
        from account a join membership m on m.account_id = a.id
        where a.active and m.role <> 'partner' and (m.region = :kelurahan or starts_with(:kelurahan, m.region || '.'))
        and (cast(:proposal as uuid) is null or a.id in (
            select account_id from review where proposal_id = cast(:proposal as uuid)
            union select account_id from comment
            where proposal_id = cast(:proposal as uuid) and hidden_at is null
        ))
        group by a.id, a.name order by max(length(m.region)) desc, a.name
    """)
    return list(session.execute(query, {"kelurahan": kelurahan, "proposal": heard_on}).mappings())
