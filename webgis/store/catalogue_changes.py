"""Stored changes of the catalogue, and what a price means for the proposals there are.

It knows nothing about files or rights. A change is written once; number counts them from 1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    c.number, c.work_types, c.weights, c.back_to, c.reason, c.source, c.source_on, c.at, coalesce(a.name, '') as author
"""
_FROM = "catalogue_change c left join account a on a.id = c.account_id"


def newest(session: Session) -> RowMapping | None:
    """The change in force: number, work_types, weights; None while the files stand as they are."""
    query = text("select number, work_types, weights from catalogue_change order by number desc limit 1")
    return session.execute(query).mappings().one_or_none()


def find(session: Session, number: int) -> RowMapping | None:
    """One change."""
    query = text(f"select {_COLUMNS} from {_FROM} where c.number = :number")
    return session.execute(query, {"number": number}).mappings().one_or_none()


def select(session: Session, limit: int) -> list[RowMapping]:
    """The last changes, newest first."""
    query = text(f"select {_COLUMNS} from {_FROM} order by c.number desc limit :limit")
    return list(session.execute(query, {"limit": limit}).mappings())


def insert(session: Session, seen: int, values: Mapping[str, Any]) -> int | None:
    """Keep a change as the next after `seen`; its number, None if another came first."""
    query = text("""
        insert into catalogue_change (number, work_types, weights, back_to, reason, source, source_on, account_id)
        select :seen + 1, cast(:work_types as jsonb), cast(:weights as jsonb), :back_to, :reason, :source, :source_on,
               cast(:account_id as uuid)
        where (select coalesce(max(number), 0) from catalogue_change) = :seen
        on conflict (number) do nothing returning number
    """)
    weights = values["weights"]
    bound = {
        **values, "seen": seen, "work_types": json.dumps(values["work_types"]),
        "weights": None if weights is None else json.dumps(weights),
    }  # fmt: skip
    return session.execute(query, bound).scalar_one_or_none()


def price_effect(
    session: Session, work_type: str, states: Sequence[str], before: int, after: int, doubtful: float
) -> RowMapping:
    """Open proposals of a type: how many, how many with an estimated cost, and what their new estimates would add.

    doubtful: share of the unit cost; far_before, far_after: PAKET works in review that lie farther from it.
    """
    far = (
        "count(*) filter (where is_paket and state in ('verified', 'under_review')"
        " and abs(cost / volume / {price} - 1) > :doubtful)"
    )
    query = text(f"""
        select count(*) as open, count(*) filter (where not cost_typed) as estimated,
               coalesce(sum(round(volume * :after) - cost) filter (where not cost_typed), 0)::bigint as difference,
               {far.format(price="cast(:before as numeric)")} as far_before,
               {far.format(price="cast(:after as numeric)")} as far_after
        from proposal where work_type = :work_type and state = any(:states) and volume > 0
    """)
    bound = {"work_type": work_type, "states": list(states), "before": before, "after": after}
    return session.execute(query, {**bound, "doubtful": doubtful}).mappings().one()


def open_of(session: Session, work_type: str, states: Sequence[str]) -> int:
    """How many proposals of a type are in these states."""
    query = text("select count(*) from proposal where work_type = :work_type and state = any(:states)")
    return int(session.execute(query, {"work_type": work_type, "states": list(states)}).scalar_one())


def plans_by(session: Session, weights: Mapping[str, float]) -> int:
    """How many stored plans were made with these weights."""
    query = text("select count(*) from plan_run where inputs -> 'weights' = cast(:weights as jsonb)")
    return int(session.execute(query, {"weights": json.dumps(dict(weights))}).scalar_one())
