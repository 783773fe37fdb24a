"""What a city does kelurahan by kelurahan, added up by the database: works by state, plans, families, outlines.

It knows nothing about rights or stages; `webgis.planning.giving.city_overview` decides who reads what of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session


class Sum(NamedTuple):
    """Works of a kelurahan and their rupiah together."""

    works: int
    cost: int


def by_state(session: Session, codes: Sequence[str]) -> dict[str, dict[str, Sum]]:
    """The works of each kelurahan by state."""
    query = text("""
        select kelurahan, state, count(*), sum(cost)::bigint from proposal
        where kelurahan = any(:codes) group by kelurahan, state
    """)
    found: dict[str, dict[str, Sum]] = {}
    for code, state, works, cost in session.execute(query, {"codes": list(codes)}):
        found.setdefault(code, {})[state] = Sum(works, cost)
    return found


def planned(session: Session, codes: Sequence[str], without: Sequence[str]) -> dict[str, Sum]:
    """The works of each kelurahan's masterplan but for those in some states; no entry where none was adopted."""
    query = text("""
        with adopted as (
            select distinct on (m.kelurahan) m.kelurahan, p.result -> 'schedule' as works
            from masterplan m join plan_run p on p.id = m.plan_id
            where m.kelurahan = any(:codes) order by m.kelurahan, m.created_at desc, m.id
        )
        select a.kelurahan, count(p.id), coalesce(sum(p.cost), 0)::bigint
        from adopted a left join jsonb_array_elements(a.works) w on true
             left join proposal p on p.id::text = w ->> 'id' and p.state <> all(:without)
        group by a.kelurahan
    """)
    rows = session.execute(query, {"codes": list(codes), "without": list(without)})
    return {code: Sum(works, cost) for code, works, cost in rows}


def households(session: Session, codes: Sequence[str]) -> dict[str, int]:
    """Poor households of each kelurahan. Needs the household scope of all of them."""
    query = text("""
        select code, count(h.id) from unnest(cast(:codes as text[])) code
        left join household h on split_part(h.rt, '-', 1) = code group by code
    """)
    return {row[0]: row[1] for row in session.execute(query, {"codes": list(codes)})}


def published(session: Session, codes: Sequence[str]) -> dict[str, int]:
    """What the public poverty map says of the RW of each kelurahan, added up; no entry where it says no number."""
    query = text("""
        select kelurahan, sum(households) from poverty
        where kelurahan = any(:codes) and households is not null group by kelurahan
    """)
    return {code: int(count) for code, count in session.execute(query, {"codes": list(codes)})}


def bounds(session: Session, codes: Sequence[str]) -> dict[str, tuple[float, float, float, float]]:
    """West, south, east, north of each region that has an outline."""
    query = text("""
        select code, ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)
        from region where code = any(:codes) and geom is not null
    """)
    return {
        row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(query, {"codes": list(codes)})
    }
