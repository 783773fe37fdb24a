"""Questions about the tree of regions: which there are, where they lie, what lies in them.

It knows nothing about rights. Codes are the official ones; RW and RT hang below their kelurahan.
Shares of a geometry in a region are of its length, area or number of points, whatever it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_COLUMNS = "code, kind, name, parent, population, households, source, surveyed_on, synthetic, version"


def list_regions(session: Session, kind: str | None = None, parent: str | None = None) -> list[RowMapping]:
    """Regions in order of code; of one kind, or directly below one parent."""
    found = session.execute(
        text(f"""
            select {_COLUMNS} from region
            where (cast(:kind as text) is null or kind = :kind) and (cast(:parent as text) is null or parent = :parent)
            order by code
        """),
        {"kind": kind, "parent": parent},
    )
    return list(found.mappings())


def find(session: Session, code: str) -> RowMapping | None:
    """One region with its outline as GeoJSON text and its bounds (west, south, east, north)."""
    return (
        session.execute(
            text(f"""
                select {_COLUMNS}, ST_AsGeoJSON(geom, 7) as geojson, ST_XMin(geom) as west, ST_YMin(geom) as south,
                       ST_XMax(geom) as east, ST_YMax(geom) as north
                from region where code = :code
            """),
            {"code": code},
        )
        .mappings()
        .one_or_none()
    )


def counts(session: Session) -> list[RowMapping]:
    """Every region by code with its parent and its counts of people and homes; of an RT also what its slum forms say.

    forms: the last form's persons, households and buildings by name, null without one; few: one form has fewer than 5.
    """
    query = text("""
        with form as (
            select distinct on (s.code) s.code, jsonb_build_object(
                       'persons', a.persons, 'households', a.households, 'buildings', a.buildings) as said,
                   bool_or(least(a.persons, a.households, a.buildings) < 5) over (partition by s.code) as few
            from slum_area s join slum_assessment a on a.slum_area_id = s.id where s.level = 'rt'
            order by s.code, a.year desc
        )
        select r.code, r.parent, r.population, r.households, r.buildings, r.persons, form.said as forms,
               coalesce(form.few, false) as few
        from region r left join form on form.code = r.code order by r.code
    """)
    return list(session.execute(query).mappings())


def touching(session: Session, code: str) -> list[str]:
    """Codes of the RW and RT of the same kelurahan whose outline touches that of a region, without itself."""
    query = text("""
        select o.code from region o, region r
        where r.code = :code and o.code <> r.code and o.kind in ('rw', 'rt')
          and split_part(o.code, '-', 1) = split_part(r.code, '-', 1) and ST_Intersects(o.geom, r.geom) order by o.code
    """)
    return list(session.execute(query, {"code": code}).scalars())


def bounds(session: Session, prefix: str = "") -> tuple[float, float, float, float] | None:
    """West, south, east, north of the kelurahan whose code starts so; None if there are none with an outline."""
    row = session.execute(
        text("""
            select ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e)
            from (select ST_Extent(geom) as e from region
                  where kind = 'kelurahan' and starts_with(code, :prefix)) together
        """),
        {"prefix": prefix},
    ).one()
    return None if row[0] is None else (row[0], row[1], row[2], row[3])


def search(
    session: Session, words: Sequence[str], ending: str, home: str, limit: int = 8
) -> list[RowMapping]:
    """Kelurahan, RW and RT whose name or code holds every word and whose code ends so, larger ones first.

    ending: regular expression, "" for any code; home: code of the kelurahan whose regions come before all others.
    """
    found = session.execute(
        text("""
            select r.code, r.kind, r.name, r.parent, k.name as kelurahan_name,
                   ST_XMin(r.geom) as west, ST_YMin(r.geom) as south, ST_XMax(r.geom) as east, ST_YMax(r.geom) as north,
                   ST_AsGeoJSON(ST_SimplifyPreserveTopology(r.geom, 0.00002), 5) as shape
            from region r left join region k on k.code = split_part(r.code, '-', 1) and r.kind in ('rw', 'rt')
            where r.geom is not null and r.kind in ('kecamatan', 'kelurahan', 'rw', 'rt') and r.code ~* :ending
              and r.name || ' ' || coalesce(k.name, '') || ' ' || r.code ilike all (cast(:like as text[]))
            order by not (:home <> '' and starts_with(r.code, :home)), length(r.code), r.code limit :limit
        """),
        {
            "like": [f"%{escape_like(word)}%" for word in words],
            "ending": ending,
            "home": home,
            "limit": limit,
        },
    )
    return list(found.mappings())


def shares_by_region(session: Session, wkb: bytes, kind: str) -> list[RowMapping]:
    """Regions of a kind that a geometry (WKB, WGS 84) lies in, with the share of it in each, largest first."""
    found = session.execute(
        text("""
            with work as (select ST_SetSRID(ST_GeomFromWKB(:wkb), 4326) as geom),
            piece as (
                select r.code, r.name, ST_Intersection(r.geom, w.geom) as inside, w.geom
                from region r, work w where r.kind = :kind and ST_Intersects(r.geom, w.geom)
            )
            select code, name, case ST_Dimension(geom)
                when 0 then ST_NumGeometries(inside)::float / ST_NumGeometries(geom)
                when 1 then ST_Length(ST_CollectionExtract(inside, 2)::geography)
                            / nullif(ST_Length(geom::geography), 0)
                else ST_Area(ST_CollectionExtract(inside, 3)::geography)
                     / nullif(ST_Area(geom::geography), 0) end as share
            from piece order by share desc nulls last, code
        """),
        {"wkb": wkb, "kind": kind},
    )
    return list(found.mappings())


def left_outside(session: Session, code: str, wkb: bytes, sliver_m: float, sliver_share: float) -> int:
    """How many proposals of a region (of all below it) would lie outside if this were its outline (WKB, WGS 84).

    Slivers up to so many metres of a line or this share of an area may. Of an RW those count that it would not touch
    any more, since a proposal may lie in several.
    """
    query = text("""
        with border as (select ST_SetSRID(ST_GeomFromWKB(:wkb), 4326) as geom),
        mine as (
            select p.geom, p.rw = :code as of_rw, ST_Difference(p.geom, b.geom) as rest, b.geom as border
            from proposal p, border b
            where (p.kelurahan = :code or starts_with(p.kelurahan, :code || '.') or p.rw = :code)
              and not ST_Covers(b.geom, p.geom)
        )
        select count(*) from mine where case
            when of_rw then not ST_Intersects(geom, border)
            when ST_Dimension(geom) = 0 then true
            when ST_Dimension(geom) = 1 then ST_Length(rest::geography) > :sliver_m
            else ST_Area(rest::geography) > :sliver_share * ST_Area(geom::geography) end
    """)
    values = {"code": code, "wkb": wkb, "sliver_m": sliver_m, "sliver_share": sliver_share}
    return int(session.execute(query, values).scalar_one())


def holds(session: Session, code: str, lon: float, lat: float) -> bool:
    """Whether a place in degrees lies in a region."""
    query = text("""
        select exists (select from region where code = :code
                       and ST_Covers(geom, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326)))
    """)
    return bool(session.execute(query, {"code": code, "lon": lon, "lat": lat}).scalar_one())


def versions(session: Session) -> dict[str, int]:
    """Version of every layer, bumped by each statement that writes it."""
    rows = session.execute(text("select layer, version from layer_version order by layer"))
    return {layer: int(version) for layer, version in rows}


def escape_like(words: str) -> str:
    """Words as they stand for themselves in a pattern of LIKE."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
