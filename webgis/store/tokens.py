"""Keys for programs: made, listed, taken back.

It knows nothing about what a scope opens. Only the SHA-256 of a key is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def insert(session: Session, values: Mapping[str, Any]) -> str:
    """A new token (token_hash, account_id, label, scope, region or None, days); its id."""
    query = text("""
        insert into api_token (token_hash, account_id, label, scope, region, expires_at)
        values (:token_hash, cast(:account_id as uuid), :label, :scope, :region, now() + make_interval(days => :days))
        returning id::text
    """)
    return str(session.execute(query, values).scalar_one())


def select(session: Session) -> list[RowMapping]:
    """Every token that has not expired, by account and age."""
    query = text("""
        select t.id::text, t.label, t.scope, t.region, r.name as region_name, t.created_at, t.expires_at, t.used_at,
               a.id::text as account_id, a.name as person, a.email, a.active
        from api_token t join account a on a.id = t.account_id left join region r on r.code = t.region
        where t.expires_at > now() order by a.name, t.created_at
    """)
    return list(session.execute(query).mappings())


def delete(session: Session, token_id: str) -> None:
    """Take a token back; it opens nothing from now on."""
    session.execute(text("delete from api_token where id = cast(:id as uuid)"), {"id": token_id})


def delete_of(session: Session, account_id: str) -> None:
    """Take back every token of an account."""
    session.execute(text("delete from api_token where account_id = cast(:id as uuid)"), {"id": account_id})
