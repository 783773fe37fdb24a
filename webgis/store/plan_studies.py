"""What was asked of stored plans afterwards.

It knows nothing about what a study means. A study is written once and never changed.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def insert(
    session: Session,
    plan_id: str,
    kind: str,
    versions: dict[str, int],
    result: dict[str, Any],
    account: str | None,
) -> None:
    """Keep a study of a plan."""
    query = text("""
        insert into plan_study (plan_id, kind, data_versions, result, account_id)
        values (cast(:plan as uuid), :kind, cast(:versions as jsonb), cast(:result as jsonb), cast(:account as uuid))
    """)
    values = {
        "plan": plan_id, "kind": kind, "versions": json.dumps(versions), "result": json.dumps(result),
        "account": account,
    }  # fmt: skip
    session.execute(query, values)


def latest(session: Session, plan_id: str) -> list[RowMapping]:
    """The last study of each kind of a plan."""
    query = text("""
        select distinct on (kind) kind, data_versions, result, created_at from plan_study
        where plan_id = cast(:plan as uuid) order by kind, created_at desc, id
    """)
    return list(session.execute(query, {"plan": plan_id}).mappings())
