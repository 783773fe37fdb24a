"""What people said of relations between proposals: rows, not rights.

It knows nothing about rules that find relations. One row for a kind and its two proposals, in the order it means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_SELECT = """
    select r.id::text, r.kind, r.first_id::text as first, r.then_id::text as then, r.outcome, r.reason, r.author,
        r.decided_at as at, r.version
    from proposal_relation r join proposal a on a.id = r.first_id join proposal b on b.id = r.then_id
"""


def select(session: Session, kelurahan: str) -> list[RowMapping]:
    """What was said of the proposals of a kelurahan to each other, oldest first."""
    query = text(f"""
        {_SELECT} where a.kelurahan = :kelurahan and b.kelurahan = :kelurahan order by r.decided_at, r.id
    """)
    return list(session.execute(query, {"kelurahan": kelurahan}).mappings())


def put(session: Session, values: Mapping[str, Any], version: int) -> bool:
    """Write what somebody says of a relation, if its row still has this version (0: there is none); whether it had."""
    query = text("""
        insert into proposal_relation (kind, first_id, then_id, outcome, reason, account_id, author)
        select :kind, cast(:first as uuid), cast(:then as uuid), :outcome, :reason, cast(:account_id as uuid), :author
        where :version = 0 or exists (
            select from proposal_relation where kind = :kind and first_id = cast(:first as uuid)
            and then_id = cast(:then as uuid) and version = :version)
        on conflict (kind, first_id, then_id) do update set outcome = excluded.outcome, reason = excluded.reason,
            account_id = excluded.account_id, author = excluded.author, decided_at = now()
        where proposal_relation.version = :version
        returning version
    """)
    return session.execute(query, {**values, "version": version}).first() is not None
