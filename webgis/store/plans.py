"""Stored plans.

It knows nothing about how they were found. A plan is written once and never changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def insert(
    session: Session,
    inputs: dict[str, Any],
    versions: dict[str, int],
    result: dict[str, Any],
    account: str | None,
) -> str:
    """A new plan; its id."""
    query = text("""
        insert into plan_run (kelurahan, name, inputs, data_versions, result, account_id)
        values (:kelurahan, :name, cast(:inputs as jsonb), cast(:versions as jsonb), cast(:result as jsonb),
                cast(:account as uuid))
        returning id
    """)
    values = {
        "kelurahan": inputs["kelurahan"], "name": inputs["name"], "inputs": json.dumps(inputs),
        "versions": json.dumps(versions), "result": json.dumps(result), "account": account,
    }  # fmt: skip
    return str(session.execute(query, values).scalar_one())


def find(session: Session, plan_id: str) -> RowMapping | None:
    """One plan, None if there is none of this id."""
    query = text("""
        select p.id::text, p.kelurahan, p.name, p.inputs, p.data_versions, p.result, p.created_at, a.name as author
        from plan_run p left join account a on a.id = p.account_id where p.id = cast(:id as uuid)
    """)
    return session.execute(query, {"id": plan_id}).mappings().one_or_none()


def select(session: Session, kelurahan: str, limit: int, also: Sequence[str] = ()) -> list[RowMapping]:
    """The last plans of a kelurahan and those of some ids, newest first; number: from 1, oldest first."""
    query = text("""
        select * from (select p.id::text, p.kelurahan, p.name, p.created_at, a.name as author,
               row_number() over (order by p.created_at, p.id) as number,
               row_number() over (order by p.created_at desc, p.id) as place,
               (p.result -> 'objective')::double precision as objective, (p.result -> 'gap')::double precision as gap,
               jsonb_array_length(p.result -> 'schedule') as works
        from plan_run p left join account a on a.id = p.account_id
        where p.kelurahan = :kelurahan) numbered
        where place <= :limit or id = any(cast(:also as text[])) order by place
    """)
    values = {"kelurahan": kelurahan, "limit": limit, "also": list(also)}
    return list(session.execute(query, values).mappings())
