"""Works of the city or a ministry: some of them, one, and those near given shapes.

It knows nothing about rights. Row-level security shows those that are not public only inside `programme_scope`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store.listing import in_box, part

_COLUMNS = """
    id::text, title, kind, year, budget, office, kelurahan, public, source, source_on, synthetic, version, created_at,
    updated_at, ST_AsGeoJSON(geom, 7) as geojson
"""
_FILTER = f"""
    from city_programme where (cast(:kelurahan as text) is null or kelurahan = :kelurahan
                               or starts_with(kelurahan, :kelurahan || '.'))
      and (cast(:kind as text) is null or kind = :kind) and (cast(:year as int) is null or year = :year)
      and {in_box("geom")}
"""


def select(session: Session, chosen: dict[str, Any], limit: int, offset: int) -> tuple[list[RowMapping], int]:
    """Programmes that fit all filters, latest year first, and how many there are in all."""
    return part(session, _COLUMNS, _FILTER, "year desc, title, id", chosen, limit, offset)


def find(session: Session, programme_id: str) -> RowMapping | None:
    """One programme, None if there is none of this id."""
    query = text(f"select {_COLUMNS} from city_programme where id = cast(:id as uuid)")
    return session.execute(query, {"id": programme_id}).mappings().one_or_none()


def years(session: Session) -> list[int]:
    """The years that have programmes, latest first."""
    return list(
        session.execute(text("select distinct year from city_programme order by year desc")).scalars()
    )


def near(session: Session, shapes: Sequence[bytes], metres: float, since: int) -> list[RowMapping]:
    """Programmes of the year `since` and later within some metres of shapes (WKB, WGS 84), nearest first.

    `at`: which shape, from 0; `metres`: how far apart they are, 0 where they meet.
    """
    if not shapes:
        return []
    query = text("""
        select at - 1 as at, p.id::text, p.title, p.kind, p.year, p.budget, p.office, p.public, p.source, p.source_on,
               ST_AsGeoJSON(p.geom, 7) as geojson, ST_Distance(p.geom::geography, mine.geom::geography) as metres
        from unnest(cast(:shapes as bytea[])) with ordinality given (wkb, at),
             lateral (select ST_GeomFromWKB(given.wkb, 4326) as geom) mine
        join city_programme p on p.geom && ST_Expand(mine.geom, cast(:degrees as float))
        where p.year >= :since and ST_DWithin(p.geom::geography, mine.geom::geography, :metres)
        order by at, metres, p.year, p.id
    """)
    # A degree of longitude is at least 97 km on the latitudes of Indonesia.
    values = {"shapes": list(shapes), "metres": metres, "degrees": metres / 90_000, "since": since}
    return list(session.execute(query, values).mappings())
