"""The log of who saw poor households: written beside the look itself, read by those who watch over it.

It knows nothing about rights. A row stands for an account, a way, a kelurahan and a minute, so that a map full of tiles
costs a handful of rows (migration 0018).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def add(
    session: Session, account: str, name: str, way: str, seen: Mapping[str, int], reason: str = ""
) -> None:
    """Somebody saw households. seen: how many in each kelurahan; reason: what for, where it was asked."""
    query = text("""
        insert into household_view as v (account, name, way, kelurahan, households, reason)
        select :account, :name, :way, kelurahan, households, :reason
        from unnest(cast(:codes as text[]), cast(:numbers as integer[])) as seen(kelurahan, households)
        order by kelurahan
        on conflict (account, way, kelurahan, minute, reason) do update
        set households = v.households + excluded.households, requests = v.requests + 1
    """)
    values = {
        "account": account,
        "name": name,
        "way": way,
        "codes": list(seen),
        "numbers": list(seen.values()),
        "reason": reason,
    }
    session.execute(query, values)


def add_counts(session: Session, account: str, name: str, kelurahan: str) -> None:
    """Somebody was told exact counts; once a minute, and a later one of that minute writes nothing."""
    query = text("""
        insert into household_view (account, name, way, kelurahan) values (:account, :name, 'counts', :kelurahan)
        on conflict do nothing
    """)
    session.execute(query, {"account": account, "name": name, "kelurahan": kelurahan})


def in_tile(session: Session, z: int, x: int, y: int, kelurahan: list[str]) -> dict[str, int]:
    """How many households of each kelurahan lie in a tile. Needs the scope of the household layer."""
    query = text("""
        select split_part(rt, '-', 1) as kelurahan, count(*) from household
        where geom_3857 && ST_TileEnvelope(:z, :x, :y) and split_part(rt, '-', 1) = any(:codes) group by 1
    """)
    return {row[0]: row[1] for row in session.execute(query, {"z": z, "x": x, "y": y, "codes": kelurahan})}


def select(
    session: Session, regions: list[str], since: dt.datetime | None, limit: int, offset: int
) -> tuple[list[RowMapping], int]:
    """Rows of some regions with all below them, newest first, and how many there are in all."""
    chosen = """
        from household_view where (cast(:since as timestamptz) is null or minute >= :since)
        and exists (select from unnest(cast(:regions as text[])) r
                    where kelurahan = r or starts_with(kelurahan, r || '.') or r = '*')
    """
    values = {"regions": regions, "since": since, "limit": limit, "offset": offset}
    rows = session.execute(
        text(f"""
            select minute, account, name, way, kelurahan, households, requests, reason {chosen}
            order by minute desc, id desc limit :limit offset :offset
        """),
        values,
    )
    total = session.execute(text(f"select count(*) {chosen}"), values).scalar_one()
    return list(rows.mappings()), int(total)


def forget(session: Session, days: int) -> int:
    """Delete rows older than some days; how many. The table itself refuses those of the last year."""
    query = text(
        "delete from household_view where minute < now() - make_interval(days => :days) returning id"
    )
    return len(session.execute(query, {"days": days}).all())
