"""Poor households, one or a page of them.

It knows nothing about rights: outside of `household_scope` the web role finds none, whatever is asked.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = """
    h.id::text, h.rt, split_part(h.rt, '-', 1) as kelurahan, h.members, h.elderly, h.under_five, h.disabled,
    h.female_headed, h.decile, h.register, h.register_date, h.source, h.surveyed_on, h.synthetic, h.version,
    h.created_at, h.updated_at
"""
_SELECT = f"select {_COLUMNS}, ST_AsGeoJSON(h.geom, 7) as geojson"
_FILTER = """
    from household h where split_part(h.rt, '-', 1) = any(:kelurahan)
      and (cast(:rt as text) is null or h.rt = :rt)
      and (cast(:west as float) is null
           or ST_Intersects(h.geom, ST_MakeEnvelope(:west, :south, :east, :north, 4326)))
"""


def select(session: Session, chosen: dict[str, Any], limit: int, offset: int) -> tuple[list[RowMapping], int]:
    """Households that fit all filters, in order of RT and id, and how many there are in all."""
    rows = session.execute(
        text(f"{_SELECT} {_FILTER} order by h.rt, h.id limit :limit offset :offset"),
        chosen | {"limit": limit, "offset": offset},
    )
    total = session.execute(text(f"select count(*) {_FILTER}"), chosen).scalar_one()
    return list(rows.mappings()), int(total)


def find(session: Session, household_id: str) -> RowMapping | None:
    """One household, None if there is none of this id in the scope."""
    query = text(f"{_SELECT} from household h where h.id = :id")
    return session.execute(query, {"id": household_id}).mappings().one_or_none()


def as_made(session: Session, household_id: str) -> RowMapping | None:
    """A household as its first revision has it, also if it was changed or deleted since."""
    query = text(f"""
        select {_COLUMNS}, ST_AsGeoJSON(ST_GeomFromGeoJSON(said.new -> 'geom'), 7) as geojson
        from revision v cross join lateral opened(v) said,
             jsonb_populate_record(null::household, said.new - 'geom') h
        where v.table_name = 'household' and v.row_id = :id and v.action = 'insert'
          and said.new is not null
        order by v.id limit 1
    """)
    return session.execute(query, {"id": household_id}).mappings().one_or_none()
