"""Stored runs of rankings.

It knows nothing about how they were computed. A run is written once and never changed. `result` is what everybody
may read who ranks; what was made of whole counts of households lies in `counted` behind row-level security, and comes
in its place to whoever reads inside `household_scope` of the kelurahan.
"""

from __future__ import annotations

import json
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
    """A new run; its id. exact: the result by whole counts, which needs household_scope; None if there is none."""
    query = text("""
        insert into ranking_run (kelurahan, inputs, data_versions, result, account_id)
        values (:kelurahan, cast(:inputs as jsonb), cast(:versions as jsonb), cast(:result as jsonb),
                cast(:account as uuid))
        returning id
    """)
    values = {
        "kelurahan": inputs["kelurahan"], "inputs": json.dumps(inputs), "versions": json.dumps(versions),
        "result": json.dumps(result), "account": account,
    }  # fmt: skip
    run = str(session.execute(query, values).scalar_one())
    counted.insert(session, run, inputs["kelurahan"], exact)
    return run


def find(session: Session, run_id: str) -> RowMapping | None:
    """One run, None if there is none of this id."""
    query = text("""
        select r.kelurahan, r.inputs, r.data_versions, coalesce(c.result, r.result) as result, r.created_at
        from ranking_run r left join counted c on c.id = r.id where r.id = cast(:id as uuid)
    """)
    return session.execute(query, {"id": run_id}).mappings().one_or_none()


def select(session: Session, kelurahan: str, limit: int) -> list[RowMapping]:
    """The last runs of a kelurahan, newest first."""
    query = text("""
        select id::text, kelurahan, created_at, inputs -> 'weights' as weights,
               jsonb_array_length(result -> 'ranking') as works,
               coalesce((inputs -> 'agreed')::boolean, false) as agreed
        from ranking_run where kelurahan = :kelurahan order by created_at desc, id limit :limit
    """)
    return list(session.execute(query, {"kelurahan": kelurahan, "limit": limit}).mappings())


def last_agreed(session: Session, kelurahan: str) -> RowMapping | None:
    """The newest run that a meeting agreed on: id, ranking, and set_id, name, met_on, place of its weight set."""
    query = text("""
        select r.id::text, coalesce(c.result, r.result) -> 'ranking' as ranking, w.id::text as set_id, w.name, w.met_on,
               w.place
        from ranking_run r left join counted c on c.id = r.id
             join weight_set w on w.id = (r.inputs ->> 'weight_set')::uuid
        where r.kelurahan = :kelurahan and (r.inputs -> 'agreed')::boolean
        order by r.created_at desc, r.id limit 1
    """)
    return session.execute(query, {"kelurahan": kelurahan}).mappings().one_or_none()
