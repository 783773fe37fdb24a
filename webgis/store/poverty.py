"""Counts poor households per RW and writes what may be published of them.

It knows nothing about rounding or suppression; `webgis.planning.poverty` decides what leaves the house.
Only the owner's connection can write the table `poverty` (migration 0006).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Count:
    """The true numbers of one RW; never shown to anybody."""

    code: str
    households: int
    persons: int
    area_ha: float


@dataclass(frozen=True)
class Published:
    """What is written for one RW."""

    code: str
    households: int | None
    band: str
    density_class: int | None


def counts(session: Session) -> list[Count]:
    """Poor households and their members in each RW that has an outline. Needs household_scope("*")."""
    rows = session.execute(
        text("""
            select rw.code, count(home.id), coalesce(sum(home.members), 0),
                   ST_Area(rw.geom::geography) / 10000 as area_ha
            from region rw
            left join household home on split_part(home.rt, '-', 1) || '-' || split_part(home.rt, '-', 2) = rw.code
            where rw.kind = 'rw' and rw.geom is not null
            group by rw.code order by rw.code
        """)
    )
    return [Count(*row) for row in rows]


def replace_release(session: Session, cells: Iterable[Published], released_on: dt.date) -> None:
    """Put a release in the place of the last one."""
    session.execute(text("delete from poverty"))
    rows = [{**cell.__dict__, "released_on": released_on} for cell in cells]
    if rows:
        session.execute(
            text("""
                insert into poverty (code, kelurahan, households, band, class, geom, released_on)
                select code, split_part(code, '-', 1), cast(:households as integer), :band, :density_class,
                       geom, :released_on
                from region where code = :code
            """),
            rows,
        )
