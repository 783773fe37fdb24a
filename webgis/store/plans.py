"""Stored plans.

It knows nothing about how they were found. A plan is written once and never changed; which of its two results is read
is as for rankings (`store.rankings`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store import counted


def insert(
    session: Session,
    inputs: dict[str, Any],
    versions: dict[str, int],
    result: dict[str, Any],
    exact: dict[str, Any] | None,
    account: str | None,
) -> str:
    """A new plan; its id. exact: the result by whole counts, which needs household_scope; None if there is none."""
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
    plan = str(session.execute(query, values).scalar_one())
    counted.insert(session, plan, inputs["kelurahan"], exact)
    return plan


def find(session: Session, plan_id: str) -> RowMapping | None:
    """One plan, None if there is none of this id."""
    query = text("""
        select p.id::text, p.kelurahan, p.name, p.inputs, p.data_versions,
               coalesce(c.result, p.result) as result, p.created_at, a.name as author
        from plan_run p left join counted c on c.id = p.id left join account a on a.id = p.account_id
        where p.id = cast(:id as uuid)
    """)
    return session.execute(query, {"id": plan_id}).mappings().one_or_none()


def select(session: Session, kelurahan: str, limit: int, also: Sequence[str] = ()) -> list[RowMapping]:
    """The last plans of a kelurahan and those of some ids, newest first; number: from 1, oldest first."""
    query = text("""
        select * from (select p.id::text, p.kelurahan, p.name, p.created_at, a.name as author,
               row_number() over (order by p.created_at, p.id) as number,
               row_number() over (order by p.created_at desc, p.id) as place,
               (coalesce(c.result, p.result) -> 'objective')::double precision as objective,
               (coalesce(c.result, p.result) -> 'gap')::double precision as gap,
               jsonb_array_length(p.result -> 'schedule') as works
        from plan_run p left join counted c on c.id = p.id left join account a on a.id = p.account_id
        where p.kelurahan = :kelurahan) numbered
        where place <= :limit or id = any(cast(:also as text[])) order by place
    """)
    values = {"kelurahan": kelurahan, "limit": limit, "also": list(also)}
    return list(session.execute(query, values).mappings())
