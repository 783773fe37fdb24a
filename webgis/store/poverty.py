"""Counts poor households per RW, writes what may be published of them, and keeps every release as it went out.

It knows nothing about rounding or suppression; `webgis.planning.mapping.poverty` decides what leaves the house.
Only the owner's connection can write these tables (migrations 0006 and 0029).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

_DIGEST = """
    encode(sha256(convert_to(coalesce(string_agg(code || ' ' || band || ' ' || coalesce(households::text, '-'), chr(10)
        order by code collate "C"), ''), 'UTF8')), 'hex')
"""
"""Of the cells of one release; the same text as in migration 0029."""
FAULTS: Mapping[str, str] = {
    "published number that is too small or not rounded": """
        select code from poverty where households < 5 or households % 5 <> 0
    """,
    "published number that is not the one of the last release": """
        select p.code from poverty p left join poverty_cell c
            on c.code = p.code and c.release_id = (select max(id) from poverty_release)
        where c.code is null or (p.households, p.band, p.class) is distinct from (c.households, c.band, c.class)
    """,
    "release of the poverty map whose numbers were changed": f"""
        select released_on::text from poverty_release r
        where digest <> (select {_DIGEST} from poverty_cell c where c.release_id = r.id)
    """,
}
"""What must not be found in a sound store: a name and a query of the rows that are wrong."""


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


def moved_groups(session: Session, smallest: int) -> set[str]:
    """RW that gained or lost a group smaller than that when outlines moved since any earlier release.

    Two numbers of two releases would tell such a group by their difference. Needs household_scope("*").
    """
    rows = session.execute(
        text("""
            with was as (select distinct code, geom from poverty_cell)
            select was.code, now.code
            from was join region now on now.kind = 'rw' and now.code <> was.code and ST_Intersects(now.geom, was.geom)
            join household home
                on split_part(home.rt, '-', 1) || '-' || split_part(home.rt, '-', 2) = now.code
                and ST_Intersects(was.geom, home.geom)
            where not exists (select from region same where same.code = was.code and ST_Equals(same.geom, was.geom))
            group by was.code, was.geom, now.code
            having count(*) < :smallest or sum(home.members) < :smallest
        """),
        {"smallest": smallest},
    )
    return {code for pair in rows for code in pair}


def lock(session: Session) -> None:
    """One release at a time."""
    session.execute(text("select pg_advisory_xact_lock(990129)"))


def last_release(session: Session) -> dt.date | None:
    """When the map that everybody sees was counted, None if there is none."""
    query = text("select released_on from poverty_release order by id desc limit 1")
    return session.execute(query).scalar_one_or_none()


def earlier(session: Session) -> list[dict[str, int | None]]:
    """The published number of each RW (None: hidden), release by release."""
    found: dict[int, dict[str, int | None]] = {}
    query = text("select release_id, code, households from poverty_cell order by release_id, code")
    for release, code, households in session.execute(query):
        found.setdefault(release, {})[code] = households
    return list(found.values())


def add_release(session: Session, cells: Sequence[Published], released_on: dt.date, correction: str) -> None:
    """Keep a release for ever and put it in the place of the last one."""
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
    session.execute(
        text(f"""
            with made as (
                insert into poverty_release (released_on, cells, suppressed, digest, correction)
                select :released_on, count(*), count(*) filter (where households is null), {_DIGEST}, :correction
                from poverty returning id
            )
            insert into poverty_cell
            select made.id, p.code, p.households, p.band, p.class, p.geom from poverty p, made
        """),
        {"released_on": released_on, "correction": correction},
    )
