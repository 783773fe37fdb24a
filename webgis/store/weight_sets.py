"""Stored weight sets.

It knows nothing about how weights follow from judgements. A set is written once and never changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    id::text, kelurahan, name, method, judgements, weights, criteria_version, consistency_ratio, participant, met_on,
    place, men, women, author, created_at
"""


def insert(session: Session, values: Mapping[str, Any]) -> RowMapping:
    """A new set, values by column; the row as it is stored."""
    query = text(f"""
        insert into weight_set (kelurahan, name, method, judgements, weights, criteria_version, consistency_ratio,
                                participant, met_on, place, men, women, account_id, author)
        values (:kelurahan, :name, :method, cast(:judgements as jsonb), cast(:weights as jsonb), :criteria_version,
                :consistency_ratio, :participant, :met_on, :place, :men, :women, cast(:account_id as uuid), :author)
        returning {_COLUMNS}
    """)
    written = {name: json.dumps(values[name]) for name in ("judgements", "weights")}
    return session.execute(query, {**values, **written}).mappings().one()


def find(session: Session, set_id: str) -> RowMapping | None:
    """One set, None if there is none of this id."""
    query = text(f"select {_COLUMNS} from weight_set where id = cast(:id as uuid)")
    return session.execute(query, {"id": set_id}).mappings().one_or_none()


def select(session: Session, kelurahan: str, limit: int) -> list[RowMapping]:
    """The sets of a kelurahan, newest first."""
    query = text(f"""
        select {_COLUMNS} from weight_set where kelurahan = :kelurahan order by created_at desc, id limit :limit
    """)
    return list(session.execute(query, {"kelurahan": kelurahan, "limit": limit}).mappings())


def latest_of_participants(session: Session, kelurahan: str, criteria_version: str) -> list[RowMapping]:
    """The newest set of every participant for these criteria, in order of their names: id, participant, how they judged
    and the weights that follow."""
    query = text("""
        select distinct on (participant) id::text, participant, method, judgements, weights from weight_set
        where kelurahan = :kelurahan and participant is not null and criteria_version = :criteria
        order by participant, created_at desc, id
    """)
    return list(session.execute(query, {"kelurahan": kelurahan, "criteria": criteria_version}).mappings())
