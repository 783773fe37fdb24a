"""Slum areas and their forms: volumes and bases by year, never scores.

It knows nothing about grades, which gis_core computes from what is read here.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from gis_core.slum import BASE_QUANTITIES, CRITERIA

_FORM = ", ".join([*(f"a.v{code}" for code in CRITERIA), *(f"a.{name}" for name in BASE_QUANTITIES)])
_AREA = """
    s.id::text, s.code, s.name, s.level, s.kelurahan, s.synthetic, s.version, a.id::text as form_id, a.year, a.doubts,
    a.considerations, a.tenure_clear, a.zoning_conform,
    a.source as form_source, a.surveyed_on as form_surveyed_on, a.version as form_version
"""


def forms(session: Session, kelurahan: str | None = None, year: int | None = None) -> list[RowMapping]:
    """The form of each slum area of a year, or its last one; of one kelurahan or of all."""
    query = text(f"""
        select distinct on (s.code) {_AREA}, {_FORM}
        from slum_area s join slum_assessment a on a.slum_area_id = s.id
        where (cast(:kelurahan as text) is null or s.kelurahan = :kelurahan)
          and (cast(:year as int) is null or a.year = :year)
        order by s.code, a.year desc
    """)
    return list(session.execute(query, {"kelurahan": kelurahan, "year": year}).mappings())


def rt_forms_near(session: Session, codes: Sequence[str], year: int) -> list[RowMapping]:
    """The form of each of some RT for a year: the last one till then, else the first one after it."""
    query = text(f"""
        select distinct on (s.code) {_AREA}, {_FORM}
        from slum_area s join slum_assessment a on a.slum_area_id = s.id where s.code = any(:codes)
        order by s.code, a.year > :year, abs(a.year - :year)
    """)
    return list(session.execute(query, {"codes": list(codes), "year": year}).mappings())


def has_rt_forms(session: Session, kelurahan: str | None) -> bool:
    """Whether an RT has a form, in a kelurahan or (None) anywhere."""
    query = text("""
        select exists (select from slum_area s join slum_assessment a on a.slum_area_id = s.id
        where s.level = 'rt' and (cast(:kelurahan as text) is null or s.kelurahan = :kelurahan))
    """)
    return bool(session.execute(query, {"kelurahan": kelurahan}).scalar_one())


def rt_inside(session: Session, codes: Sequence[str]) -> list[RowMapping]:
    """Of each named kawasan whether it has an outline, and the codes of the slum RT in it, of whatever kelurahan."""
    query = text("""
        select k.code as kawasan, k.geom is not null as outlined,
               coalesce(array_agg(r.code order by r.code) filter (where r.code is not null), '{}') as rt
        from slum_area k left join slum_area r
          on r.level = 'rt' and r.geom && k.geom and ST_Intersects(k.geom, ST_PointOnSurface(r.geom))
        where k.code = any(:codes) group by k.id order by k.code
    """)
    return list(session.execute(query, {"codes": list(codes)}).mappings())


def first_full_year(session: Session, kelurahan: str) -> int | None:
    """The first year that every RT of a kelurahan with any form has a form of."""
    query = text("""
        with form as (select a.slum_area_id, a.year from slum_area s join slum_assessment a on a.slum_area_id = s.id
                      where s.kelurahan = :kelurahan and s.level = 'rt')
        select min(year) from (select year, count(*) as filled from form group by year) years
        where filled = (select count(distinct slum_area_id) from form)
    """)
    year: int | None = session.execute(query, {"kelurahan": kelurahan}).scalar_one()
    return year


def formless(session: Session, kelurahan: str | None = None) -> list[RowMapping]:
    """Slum areas nobody has filled in a form for, by code; of one kelurahan or of all."""
    query = text("""
        select id::text, code, name, level, kelurahan, synthetic from slum_area s
        where (cast(:kelurahan as text) is null or kelurahan = :kelurahan)
          and not exists (select from slum_assessment a where a.slum_area_id = s.id) order by code
    """)
    return list(session.execute(query, {"kelurahan": kelurahan}).mappings())


def area_forms(session: Session, code: str) -> list[RowMapping]:
    """All forms of one slum area, oldest first; code or id."""
    query = text(f"""
        select {_AREA}, {_FORM} from slum_area s join slum_assessment a on a.slum_area_id = s.id
        where s.code = :code or s.id::text = :code order by a.year
    """)
    return list(session.execute(query, {"code": code}).mappings())


def area(session: Session, code: str) -> RowMapping | None:
    """One slum area with its outline as GeoJSON text; code or id."""
    query = text("""
        select id::text, code, name, level, kelurahan, source, surveyed_on, synthetic, version,
               ST_AsGeoJSON(geom, 7) as geojson
        from slum_area where code = :code or id::text = :code
    """)
    return session.execute(query, {"code": code}).mappings().one_or_none()


def hectares_in(session: Session, bbox: tuple[float, float, float, float] | None, codes: list[str]) -> float:
    """Hectares of the named slum areas inside a box (all of them without a box)."""
    west, south, east, north = bbox or (-180, -90, 180, 90)
    query = text("""
        select coalesce(sum(ST_Area(case when ST_Within(geom, box) then geom
                                         else ST_Intersection(geom, box) end::geography)), 0)
        from slum_area, ST_MakeEnvelope(:west, :south, :east, :north, 4326) as box
        where code = any(:codes) and geom && box
    """)
    values = {"west": west, "south": south, "east": east, "north": north, "codes": codes}
    return float(session.execute(query, values).scalar_one()) / 10_000


def forms_gone_with(session: Session, area_id: str, reason: str | None) -> list[str]:
    """Ids of the forms that went with a deleted area: those of their own deletion have another reason."""
    query = text("""
        select row_id from (
            select distinct on (row_id) row_id, action, old, reason from revision
            where table_name = 'slum_assessment' and coalesce(new, old) ->> 'slum_area_id' = :area
            order by row_id, id desc
        ) last where action = 'delete' and reason is not distinct from :reason
    """)
    return list(session.execute(query, {"area": area_id, "reason": reason}).scalars())


def open_proposals(session: Session, area_id: str) -> int:
    """How many proposals still to be decided or built touch a slum area."""
    query = text("""
        select count(*) from proposal p join slum_area s on ST_Intersects(p.geom, s.geom)
        where s.id = cast(:area as uuid) and p.state not in ('completed', 'rejected', 'withdrawn')
    """)
    return int(session.execute(query, {"area": area_id}).scalar_one())


def kawasan(session: Session, kelurahan: str) -> list[RowMapping]:
    """Kawasan of a kelurahan by code, each with the codes of the slum RT that lie in it (their inner point does)."""
    query = text("""
        select k.code, k.name, coalesce(array_agg(r.code order by r.code) filter (where r.code is not null), '{}') as rt
        from slum_area k left join slum_area r
          on r.level = 'rt' and r.kelurahan = k.kelurahan and ST_Within(ST_PointOnSurface(r.geom), k.geom)
        where k.level = 'kawasan' and k.kelurahan = :kelurahan group by k.id order by k.code
    """)
    return list(session.execute(query, {"kelurahan": kelurahan}).mappings())


def union(session: Session, kelurahan: str, codes: list[str]) -> str | None:
    """One outline of the named slum RT of a kelurahan as GeoJSON text (MultiPolygon), None if they have none."""
    query = text("""
        select ST_AsGeoJSON(ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Union(geom)), 3)), 7) from slum_area
        where level = 'rt' and kelurahan = :kelurahan and code = any(:codes) and geom is not null
    """)
    found: str | None = session.execute(query, {"kelurahan": kelurahan, "codes": codes}).scalar_one()
    return found
