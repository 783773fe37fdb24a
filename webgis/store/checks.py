"""Looks for damage in the store: shapes, rows that no revision tells of, orphans, walls that were taken down.

It knows nothing about how damage came about. Constraints should make all of it impossible; a restore from a bad
copy or a hand in the database may not have asked them.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from webgis.store import contents, poverty
from webgis.store.database import WEB_ROLE

FACTS = (
    "region", "slum_area", "slum_assessment", "asset", "household", "road", "building", "waterway", "place",
    "spatial_zone", "city_programme", "proposal",
)  # fmt: skip
SHAPED = tuple(table for table in FACTS if table != "slum_assessment")
ORPHANS = {
    "region without its parent": """
        select code from region r where kind <> 'kota' and not exists (select from region p where p.code = r.parent)
    """,
    "RT or RW outside the code of its parent": """
        select code from region where kind in ('rw', 'rt') and parent is not null and not starts_with(code, parent)
    """,
    "household without its RT": """
        select id::text from household h where not exists (select from region r where r.code = h.rt)
    """,
    "slum assessment without its area": """
        select id::text from slum_assessment a where not exists (select from slum_area s where s.id = a.slum_area_id)
    """,
}
WALLS = {
    "row-level security is off or not forced": """
        select relname from pg_class
        where oid in ('household'::regclass, 'counted'::regclass, 'city_programme'::regclass, 'revision'::regclass)
        and not (relrowsecurity and (relforcerowsecurity or relname = 'revision'))
    """,
    "the web role may write": f"""
        select name || ' (' || action || ')'
        from unnest(array['revision', 'revision_chain', 'revision_original', 'subject_key', 'poverty',
                          'poverty_release', 'poverty_cell']) name,
             unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) action
        where has_table_privilege('{WEB_ROLE}', name, action)
    """,
    "the web role may pass the walls": f"""
        select rolname from pg_roles where rolname = '{WEB_ROLE}' and (rolsuper or rolbypassrls)
    """,
    "trigger switched off": """
        select tgrelid::regclass || '.' || tgname from pg_trigger where tgenabled = 'D' and not tgisinternal
    """,
    "sealed with another key than WEBGIS_SEALING_KEY, so that its history cannot be read": """
        select subject from subject_key where destroyed_at is null and sealed_with <>
        left(encode(sha256(convert_to('mark ' || current_setting('app.sealing_key'), 'UTF8')), 'hex'), 16)
    """,
}
SHOWN = 3


def faults(session: Session) -> list[str]:
    """What is wrong, one sentence each; none for a sound store. Needs household_scope("*") and the owner's rights."""
    found = []
    for table in SHAPED:
        query = _BAD_SHAPE.format(table=table, key=_key(table))
        found += _named(session, f"{table}: geometry invalid, empty or not in WGS 84", query)
    for table, query in contents.queries():
        try:
            with session.begin_nested():
                found += _named(session, f"{table}: differs from its last revision", query)
        except DataError:
            found.append(f"{table}: a sealed revision cannot be opened, so its rows were not compared")
    for name, query in (ORPHANS | dict(poverty.FAULTS) | WALLS).items():
        found += _named(session, name, query)
    return found


_BAD_SHAPE = """
    select {key} from {table} where geom is not null
    and (not ST_IsValid(geom) or ST_IsEmpty(geom) or ST_SRID(geom) <> 4326 or ST_NDims(geom) <> 2)
"""


def _key(table: str) -> str:
    return "code" if table == "region" else "id::text"


def _named(session: Session, name: str, query: str) -> list[str]:
    """The fault with how many rows have it and the first of them."""
    rows = [str(key) for key in session.execute(text(f"select * from ({query}) found limit 1000")).scalars()]
    if not rows:
        return []
    more = "" if len(rows) <= SHOWN else f" and {len(rows) - SHOWN}{'+' if len(rows) == 1000 else ''} more"
    return [f"{name}: {', '.join(rows[:SHOWN])}{more}"]
