"""What was asked of stored plans afterwards.

It knows nothing about what a study means. A study is written once and never changed.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store import counted


def insert(
    session: Session,
    plan_id: str,
    kind: str,
    kelurahan: str,
    versions: dict[str, int],
    result: dict[str, Any],
    exact: dict[str, Any] | None,
    account: str | None,
) -> None:
    """Keep a study of a plan. exact: the result by whole counts, which needs household_scope; None if there is none."""
    query = text("""
        insert into plan_study (plan_id, kind, data_versions, result, account_id)
        values (cast(:plan as uuid), :kind, cast(:versions as jsonb), cast(:result as jsonb), cast(:account as uuid))
        returning id
    """)
    values = {
        "plan": plan_id, "kind": kind, "versions": json.dumps(versions), "result": json.dumps(result),
        "account": account,
    }  # fmt: skip
    counted.insert(session, str(session.execute(query, values).scalar_one()), kelurahan, exact)


def latest(session: Session, plan_id: str) -> list[RowMapping]:
    """The last study of each kind of a plan."""
    query = text("""
        select distinct on (s.kind) s.kind, s.data_versions, coalesce(c.result, s.result) as result, s.created_at
        from plan_study s left join counted c on c.id = s.id
        where s.plan_id = cast(:plan as uuid) order by s.kind, s.created_at desc, s.id
    """)
    return list(session.execute(query, {"plan": plan_id}).mappings())
