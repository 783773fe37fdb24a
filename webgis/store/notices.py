"""Notices of accounts: who is told, what is unread, what was mailed.

It knows nothing about rights or words. Whoever wants no notices gets no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    n.id, n.kind, n.kelurahan, n.proposal_id::text, n.report_id::text, n.state, n.noted, n.at,
    n.read_at is not null as read, coalesce(w.name, '') as author, c.hidden_reason as reason
"""
_FROM = "from notice n left join account w on w.id = n.author_id left join comment c on c.id = n.comment_id"


def holders(session: Session, kelurahan: str, roles: Iterable[str]) -> set[str]:
    """Accounts with one of the roles in a kelurahan or above it."""
    query = text("""
        select distinct account_id::text from membership
        where role = any(:roles) and (region = :kelurahan or starts_with(:kelurahan, region || '.'))
    """)
    return set(session.execute(query, {"kelurahan": kelurahan, "roles": list(roles)}).scalars())


def proposer(session: Session, proposal_id: str) -> str | None:
    """The account that made a proposal, None if nobody is known."""
    query = text("select proposer::text from proposal where id = cast(:id as uuid)")
    return session.execute(query, {"id": proposal_id}).scalar_one_or_none()


def add(session: Session, accounts: Iterable[str], values: Mapping[str, Any]) -> None:
    """A notice for each of these accounts that is open and wants to be told."""
    query = text("""
        insert into notice (account_id, kind, kelurahan, proposal_id, report_id, comment_id, state, noted, author_id)
        select id, :kind, :kelurahan, cast(:proposal as uuid), cast(:report as uuid), cast(:comment as uuid), :state,
               :noted, cast(:author as uuid)
        from account where id = any(cast(:accounts as uuid[])) and active and notify <> 'none'
    """)
    session.execute(query, {**values, "accounts": sorted(accounts)})


def select(session: Session, account: str, limit: int, offset: int) -> list[RowMapping]:
    """The notices of an account, newest first."""
    query = text(f"""
        select {_COLUMNS} {_FROM} where n.account_id = cast(:account as uuid) order by n.id desc
        limit :limit offset :offset
    """)
    return list(session.execute(query, {"account": account, "limit": limit, "offset": offset}).mappings())


def counts(session: Session, account: str) -> tuple[int, int]:
    """How many notices an account has, and how many of them are unread."""
    query = text("""
        select count(*), count(*) filter (where read_at is null) from notice where account_id = cast(:account as uuid)
    """)
    total, unread = session.execute(query, {"account": account}).one()
    return int(total), int(unread)


def unread(session: Session, account: str) -> int:
    """How many notices of an account are unread; asked on every page, so by an index of its own."""
    query = text("select count(*) from notice where account_id = cast(:account as uuid) and read_at is null")
    return int(session.execute(query, {"account": account}).scalar_one())


def mark_read(session: Session, account: str, up_to: int | None) -> None:
    """All notices of an account up to an id (None: all) are read now."""
    query = text("""
        update notice set read_at = now() where account_id = cast(:account as uuid) and read_at is null
        and (cast(:up_to as bigint) is null or id <= :up_to)
    """)
    session.execute(query, {"account": account, "up_to": up_to})


def way(session: Session, account: str) -> str:
    """How an account wants to be told: app, mail or none."""
    query = text("select notify from account where id = cast(:account as uuid)")
    return str(session.execute(query, {"account": account}).scalar_one())


def set_way(session: Session, account: str, chosen: str, lang: str) -> None:
    """Choose how an account is told, and in which language it is written to."""
    query = text("update account set notify = :way, notify_in = :lang where id = cast(:account as uuid)")
    session.execute(query, {"account": account, "way": chosen, "lang": lang})


def to_be_mailed(session: Session) -> list[RowMapping]:
    """Open accounts that want a digest and have something in it: id, email, name, lang, roles."""
    query = text("""
        select a.id::text, a.email, a.name, a.notify_in as lang, coalesce((
            select jsonb_agg(jsonb_build_array(m.role, m.region)) from membership m where m.account_id = a.id), '[]'
        ) as roles
        from account a where a.active and a.notify = 'mail' and exists (
            select from notice n where n.account_id = a.id and n.read_at is null and n.mailed_at is null)
        order by a.id
    """)
    return list(session.execute(query).mappings())


def unmailed(session: Session, account: str) -> list[RowMapping]:
    """What the next digest of an account is about, oldest first."""
    query = text(f"""
        select {_COLUMNS} {_FROM}
        where n.account_id = cast(:account as uuid) and n.read_at is null and n.mailed_at is null order by n.id
    """)
    return list(session.execute(query, {"account": account}).mappings())


def mark_mailed(session: Session, ids: Iterable[int]) -> None:
    """These notices were in a digest."""
    session.execute(text("update notice set mailed_at = now() where id = any(:ids)"), {"ids": list(ids)})


def forget(session: Session, days: int) -> int:
    """Delete notices older than some days; how many."""
    query = text("delete from notice where at < now() - make_interval(days => :days) returning 1")
    return len(session.execute(query, {"days": days}).all())
