"""Where the facts of a kelurahan come from and of when they are: by layer their sources and newest dates.

It knows nothing about criteria. Of households it tells only what five or more of the kelurahan have in common: the
day on which at least five had been surveyed no earlier, and sources that at least five name.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store.database import household_scope

SMALLEST: Final = 5
"""Fewer households than these are never told apart (contracts, Privacy)."""
_NEAR: Final = {
    "assets": "asset f where f.geom && k.geom",
    "buildings": "building f where f.geom && k.geom and f.use = 'house'",
    "roads": "road f where f.geom && k.geom and f.class <> 'rail'",
    "waterways": "waterway f where f.geom && k.geom",
    "regions": "region f where f.kind = 'rt' and split_part(f.code, '-', 1) = k.code",
}
"""Layer -> its rows that the facts of kelurahan k are read from."""


def changed_on(session: Session, zone: str) -> dict[str, dt.date]:
    """Layer -> the day of its version, in a time zone."""
    rows = session.execute(
        text("select layer, (changed_at at time zone :zone)::date as day from layer_version"), {"zone": zone}
    )
    return {row.layer: row.day for row in rows}


def of_layers(session: Session, kelurahan: str, zone: str) -> list[RowMapping]:
    """For each layer and source: layer, source, rows, surveyed_on, year and recorded_on, the newest of each.

    surveyed_on and year are null where nobody wrote them down. Slum forms are the last of each RT; forums have no
    source, since minutes are one.
    """
    near = " union all ".join(
        f"""
        select '{layer}' as layer, f.source, count(*) as rows, max(f.surveyed_on) as surveyed_on, null::integer as year,
               (max(f.updated_at) at time zone :zone)::date as recorded_on
        from k, {rows} group by f.source
        """
        for layer, rows in _NEAR.items()
    )
    query = text(f"""
        with k as (select code, geom from region where code = :kelurahan)
        {near}
        union all
        select 'slum-areas', a.source, count(*), max(a.surveyed_on), max(a.year),
               (max(a.updated_at) at time zone :zone)::date
        from k join slum_area s on split_part(s.code, '-', 1) = k.code and s.level = 'rt', lateral (
            select * from slum_assessment f where f.slum_area_id = s.id order by f.year desc limit 1
        ) a group by a.source
        union all
        select 'forums', null, count(*), max(f.met_on), null, null from k join forum f on f.kelurahan = k.code
        having count(*) > 0
        order by layer, rows desc, source
    """)
    return list(session.execute(query, {"kelurahan": kelurahan, "zone": zone}).mappings())


def of_households(session: Session, kelurahan: str, zone: str) -> RowMapping:
    """The same of the poor households, surveyed or registered: sources (text[]), surveyed_on, recorded_on.

    No sources and null dates where fewer than five have any.
    """
    query = text("""
        with mine as (
            select source, coalesce(surveyed_on, register_date) as surveyed_on,
                   (updated_at at time zone :zone)::date as recorded_on
            from household where split_part(rt, '-', 1) = :kelurahan
        ), common as (select source, count(*) as rows from mine group by source having count(*) >= :smallest)
        select coalesce((select array_agg(source order by rows desc, source) from common), '{}') as sources,
               (array_agg(surveyed_on order by surveyed_on desc) filter (where surveyed_on is not null))[:smallest]
                 as surveyed_on,
               (array_agg(recorded_on order by recorded_on desc))[:smallest] as recorded_on
        from mine
    """)
    values = {"kelurahan": kelurahan, "zone": zone, "smallest": SMALLEST}
    with household_scope(session, kelurahan):
        return session.execute(query, values).mappings().one()
