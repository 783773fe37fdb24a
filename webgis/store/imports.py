"""What an import needs to know of the store before it writes: regions, slum areas, states of proposals.

It knows nothing about files. Outlines come as WKB, since hundreds of polygons are compared in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_HOMES: Final = {
    "asset": ("asset", "external_id", "kelurahan"),
    "proposal": ("proposal", "id::text", "kelurahan"),
    "household": ("household", "id::text", "rt"),
    "slum_area": ("slum_area", "id::text", "kelurahan"),
    "city_programme": ("city_programme", "external_id", "kelurahan"),
    "slum_assessment": ("slum_area", "id::text", "kelurahan"),
}
"""Table of imported rows -> where they are looked up, by which column, and the column of their region."""


def regions(session: Session) -> list[RowMapping]:
    """All regions with what an import compares; outlines of kelurahan and RT only."""
    return list(
        session.execute(
            text("""
                select code, kind, name, parent, external_id, area_verified_ha, buildings, persons, households,
                       road_ideal_m, drain_ideal_m,
                       case when kind in ('kelurahan', 'rt') then ST_AsBinary(geom) end as wkb
                from region order by code
            """)
        ).mappings()
    )


def slum_areas(session: Session) -> list[RowMapping]:
    """Slum areas by what identifies them."""
    return list(
        session.execute(
            text("select id::text, code, name, kelurahan, external_id from slum_area order by code")
        ).mappings()
    )


def proposal_states(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """States of the proposals that are there, by id."""
    found = session.execute(
        text("select id::text, state from proposal where id = any(cast(:ids as uuid[]))"), {"ids": list(ids)}
    )
    return {row[0]: row[1] for row in found}


def homes(session: Session, table: str, keys: Sequence[str]) -> dict[str, str]:
    """Where the rows that are stored already belong: key (as staged, first column) -> region, "" if in none."""
    if table not in _HOMES or not keys:
        return {}
    source, key, home = _HOMES[table]
    found = session.execute(
        text(f"select {key}, coalesce({home}, '') from {source} where {key} = any(cast(:keys as text[]))"),
        {"keys": list(keys)},
    )
    return {row[0]: row[1] for row in found}


def derive_outlines(session: Session, source: str) -> None:
    """Outlines of kecamatan and kota that imports have made, as the union of what lies below them."""
    for kind in ("kecamatan", "kota"):
        session.execute(
            text("""
                update region r set geom = made.geom from (
                    select c.parent as code, ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Union(c.geom)), 3)) as geom
                    from region c where c.geom is not null group by c.parent
                ) made
                where made.code = r.code and r.kind = :kind and r.source = :source
                  and (r.geom is null or r.geom is distinct from made.geom)
            """),
            {"kind": kind, "source": source},
        )


def lend_outlines(session: Session) -> None:
    """An RT known only from a table takes the outline of the slum area of its code."""
    session.execute(
        text("""
            update region r set geom = s.geom from slum_area s
            where s.code = r.code and r.kind = 'rt' and r.geom is null and s.geom is not null
        """)
    )
