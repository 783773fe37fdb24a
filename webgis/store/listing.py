"""A part of a long list with how long it is in all, and what lies in a box of the map.

It knows nothing about tables: columns, conditions and order are SQL of the code; values are always bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS 84)."""


def in_box(geom: str) -> str:
    """SQL: whether a geometry touches the box of `corners`; true where no box is asked for."""
    return f"""(cast(:west as float) is null
           or ST_Intersects({geom}, ST_MakeEnvelope(:west, :south, :east, :north, 4326)))"""


def corners(bbox: BBox | None) -> dict[str, float | None]:
    """The values that `in_box` needs."""
    west, south, east, north = bbox or (None, None, None, None)
    return {"west": west, "south": south, "east": east, "north": north}


def part(
    session: Session, columns: str, chosen_from: str, order: str, chosen: Mapping[str, Any], limit: int, offset: int
) -> tuple[list[RowMapping], int]:  # fmt: skip
    """Rows `offset` to `offset + limit` of a selection (`chosen_from`: "from … where …"), and how many it has."""
    query = text(f"select {columns} {chosen_from} order by {order} limit :limit offset :offset")
    rows = session.execute(query, {**chosen, "limit": limit, "offset": offset}).mappings()
    total = session.execute(text(f"select count(*) {chosen_from}"), dict(chosen)).scalar_one()
    return list(rows), int(total)
