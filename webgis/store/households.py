"""Poor households, one or a page of them.

It knows nothing about rights: outside of `household_scope` the web role finds none, whatever is asked.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store.listing import in_box, part

_COLUMNS = """
    h.id::text, h.rt, split_part(h.rt, '-', 1) as kelurahan, h.members, h.elderly, h.under_five, h.disabled,
    h.female_headed, h.decile, h.register, h.register_date, h.source, h.surveyed_on, h.synthetic, h.version,
    h.created_at, h.updated_at
"""
_SHOWN = f"{_COLUMNS}, ST_AsGeoJSON(h.geom, 7) as geojson"
_FILTER = f"""
    from household h where split_part(h.rt, '-', 1) = any(:kelurahan)
      and (cast(:rt as text) is null or h.rt = :rt)
      and {in_box("h.geom")}
"""


def select(session: Session, chosen: dict[str, Any], limit: int, offset: int) -> tuple[list[RowMapping], int]:
    """Households that fit all filters, in order of RT and id, and how many there are in all."""
    return part(session, _SHOWN, _FILTER, "h.rt, h.id", chosen, limit, offset)


def find(session: Session, household_id: str) -> RowMapping | None:
    """One household, None if there is none of this id in the scope."""
    query = text(f"select {_SHOWN} from household h where h.id = :id")
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
