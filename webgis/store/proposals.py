"""Reading, writing and listing proposals.

It knows nothing about rights or rules. Writes ask for the version they change and touch nothing if it moved on.
Geometry goes in as WKB and comes out as GeoJSON text with 7 decimals (1 cm), as the database writes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store import shown
from webgis.store.listing import BBox, corners, in_box
from webgis.store.shown import NOTHING, Kept

_PLACE = shown.place("p")
_TITLE = shown.title("p")

_COLUMNS = f"""
    p.id::text, {_TITLE} as title, {shown.description("p")} as description,
    {shown.cost_reason("p")} as cost_reason,
    p.work_type, p.kelurahan, p.rw, {shown.volume("p")} as volume, p.volume_typed, p.unit, {shown.cost("p")} as cost,
    p.cost_typed, {shown.funding("p")} as funding, p.readiness, p.is_paket, p.state, p.proposer::text, p.synthetic,
    p.version, p.created_at, p.updated_at, r.name as kelurahan_name, w.name as rw_name,
    ST_AsGeoJSON({_PLACE}, 7) as geojson, ST_Dimension(p.geom) as dimension
"""
_FROM = """
    from proposal p join region r on r.code = p.kelurahan left join region w on w.code = p.rw
"""
_FILTER = f"""
    where {shown.told("p")}
      and (cast(:kelurahan as text) is null or p.kelurahan = :kelurahan or starts_with(p.kelurahan, :kelurahan || '.'))
      and (cast(:rw as text) is null or p.rw = :rw)
      and (cast(:states as text[]) is null or p.state = any(:states))
      and (cast(:work_type as text) is null or p.work_type = :work_type)
      and (cast(:paket as boolean) is null or p.is_paket = :paket)
      and (cast(:words as text) is null or {_TITLE} ilike :words)
      and {in_box(_PLACE)}
"""


def filters(
    *,
    kelurahan: str | None = None,
    rw: str | None = None,
    states: Sequence[str] | None = None,
    work_type: str | None = None,
    paket: bool | None = None,
    words: str | None = None,
    bbox: BBox | None = None,
    kept: Kept = NOTHING,
) -> dict[str, Any]:
    """Bound parameters of a selection of proposals; kept: what is kept back of them."""
    like = (
        None
        if words is None
        else "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    )
    return {
        "kelurahan": kelurahan, "rw": rw, "states": None if states is None else list(states), "work_type": work_type,
        "paket": paket, "words": like, **corners(bbox), **kept.values(),
    }  # fmt: skip


def find(session: Session, proposal_id: str, kept: Kept = NOTHING) -> RowMapping | None:
    """One proposal, None if there is none of this id or it may not be told."""
    query = text(f"select {_COLUMNS} {_FROM} where p.id = cast(:id as uuid) and {shown.told('p')}")
    return session.execute(query, {"id": proposal_id, **kept.values()}).mappings().one_or_none()


def select(session: Session, chosen: dict[str, Any], limit: int, offset: int) -> list[RowMapping]:
    """Proposals of a selection, last changed first."""
    query = text(
        f"select {_COLUMNS} {_FROM} {_FILTER} order by p.updated_at desc, p.id limit :limit offset :offset"
    )
    return list(session.execute(query, chosen | {"limit": limit, "offset": offset}).mappings())


def count(session: Session, chosen: dict[str, Any]) -> int:
    """How many proposals a selection has."""
    return int(session.execute(text(f"select count(*) {_FROM} {_FILTER}"), chosen).scalar_one())


def money_by_fund(session: Session, region: str, states: Sequence[str]) -> dict[str, int]:
    """Fund -> rupiah that it pays for the works of a region in some states."""
    query = text("""
        select f.key, sum(cast(f.value as bigint)) from proposal p, jsonb_each_text(p.funding) f
        where p.state = any(:states) and (p.kelurahan = :region or starts_with(p.kelurahan, :region || '.'))
        group by f.key
    """)
    return {
        fund: int(rupiah)
        for fund, rupiah in session.execute(query, {"region": region, "states": list(states)})
    }


def summary(session: Session, chosen: dict[str, Any]) -> list[RowMapping]:
    """Number and cost of the proposals of a selection by state."""
    query = text(
        f"select p.state, count(*) as works, sum({shown.cost('p')})::bigint as cost {_FROM} {_FILTER} group by p.state"
    )
    return list(session.execute(query, chosen).mappings())


def discussed(session: Session, proposal_id: str) -> bool:
    """Whether anybody has decided or said something about a proposal."""
    query = text("""
        select exists (select from review where proposal_id = cast(:id as uuid))
            or exists (select from comment where proposal_id = cast(:id as uuid))
    """)
    return bool(session.execute(query, {"id": proposal_id}).scalar_one())


def restore(session: Session, proposal_id: str) -> bool:
    """Put a deleted proposal back from its last revision, one version on; whether it was a deleted one."""
    done = session.execute(
        text("""
            insert into proposal (id, title, description, work_type, kelurahan, rw, volume, volume_typed, unit, cost,
                cost_typed, cost_reason, funding, readiness, is_paket, state, proposer, geom, source, surveyed_on,
                synthetic, version, created_at)
            select o.id, o.title, o.description, o.work_type, o.kelurahan, o.rw, o.volume, o.volume_typed, o.unit,
                o.cost, o.cost_typed, coalesce(o.cost_reason, ''), o.funding, o.readiness, o.is_paket, o.state, a.id,
                ST_SetSRID(ST_GeomFromGeoJSON(v.old -> 'geom'), 4326), o.source, o.surveyed_on, o.synthetic,
                o.version + 1, o.created_at
            from (select * from revision where table_name = 'proposal' and row_id = :id order by id desc limit 1) v,
                 jsonb_populate_record(null::proposal, v.old - 'geom') o
                 left join account a on a.id = o.proposer
            where v.action = 'delete' on conflict do nothing returning id
        """),
        {"id": proposal_id},
    )
    return done.first() is not None


def move(session: Session, proposal_id: str, version: int, state: str) -> bool:
    """Put a proposal into a state if it still has this version; whether it had."""
    done = session.execute(
        text("""
            update proposal set state = :state where id = cast(:id as uuid) and version = :version returning id
        """),
        {"id": proposal_id, "version": version, "state": state},
    )
    return done.first() is not None


def add_review(session: Session, values: dict[str, Any]) -> None:
    """Record one step of a proposal's life."""
    session.execute(
        text("""
            insert into review (proposal_id, action, from_state, to_state, note, account_id, author)
            values (cast(:proposal_id as uuid), :action, :from_state, :to_state, :note, cast(:account as uuid), :author)
        """),
        values,
    )


def reviews(session: Session, proposal_id: str) -> list[RowMapping]:
    """The steps of a proposal's life, oldest first."""
    query = text("""
        select action, from_state, to_state, note, author, at from review
        where proposal_id = cast(:id as uuid) order by at, id
    """)
    return list(session.execute(query, {"id": proposal_id}).mappings())


def steps_of(session: Session, proposal_ids: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
    """The steps of several proposals by id, oldest first."""
    query = text("""
        select proposal_id::text as id, action, from_state, to_state, note, author, at, account_id::text as account
        from review
        where proposal_id = any(cast(:ids as uuid[])) order by at, review.id
    """)
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in session.execute(query, {"ids": list(proposal_ids)}).mappings():
        found.setdefault(row["id"], []).append(dict(row))
    return found
