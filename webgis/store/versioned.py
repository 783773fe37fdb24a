"""Single rows of any table of facts: written by version, and read back as the revisions that triggers keep.

It knows nothing about rights or rules. Names of tables and columns come from the code, never from a person; values
are always bound. A `geom` goes in as WKB (WGS 84), a dict or list as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

_KEYS: Final = {"region": "code"}
_KEPT_ANEW: Final = ("updated_at",)
_KEPT_SHAPE: Final = "ST_SetSRID(ST_GeomFromGeoJSON(said.old -> 'geom'), 4326)"
_WKB: Final = "ST_SetSRID(ST_GeomFromWKB(:geom), 4326)"


def insert(session: Session, table: str, values: Mapping[str, Any]) -> str | None:
    """A new row; its key, or None if another row has what must be unique."""
    places = ", ".join(_placed(name) for name in values)
    query = f"""
        insert into {table} ({", ".join(values)}) values ({places})
        on conflict do nothing returning {_key(table)}::text
    """
    return session.execute(text(query), _bound(values)).scalar_one_or_none()


def replace(session: Session, table: str, key: str, version: int, values: Mapping[str, Any]) -> bool:
    """Write columns of a row if it still has this version; whether it had."""
    pairs = ", ".join(f"{name} = {_placed(name)}" for name in values)
    query = f"""
        update {table} set {pairs} where {_key(table)} = :row_key and version = :row_version returning version
    """
    bound = _bound(values) | {"row_key": key, "row_version": version}
    return session.execute(text(query), bound).first() is not None


def delete(session: Session, table: str, key: str, version: int) -> bool:
    """Delete a row if it still has this version; whether it had. Its revisions stay."""
    query = f"delete from {table} where {_key(table)} = :key and version = :version returning version"
    return session.execute(text(query), {"key": key, "version": version}).first() is not None


def restore(session: Session, table: str, key: str) -> bool:
    """Put a deleted row back from its last revision, one version on; whether it was a deleted one."""
    kept = [name for name in _stored_columns(session, table) if name not in _KEPT_ANEW]
    values = [
        "o.version + 1" if name == "version" else _KEPT_SHAPE if name == "geom" else f"o.{name}"
        for name in kept
    ]
    query = f"""
        insert into {table} ({", ".join(kept)}) select {", ".join(values)}
        from revision v cross join lateral opened(v) said
             cross join lateral jsonb_populate_record(null::{table}, said.old - 'geom') o
        where v.action = 'delete' and said.old is not null
          and v.id = (select max(id) from revision where table_name = :table and row_id = :key)
        on conflict do nothing returning version
    """
    return session.execute(text(query), {"table": table, "key": key}).first() is not None


def history(session: Session, table: str, key: str) -> list[RowMapping]:
    """Revisions of a row, oldest first, with the account and the name of who made each."""
    query = text("""
        select v.version, v.action, said.old, said.new, v.reason, v.at, v.account_id::text as account, v.kelurahan,
               coalesce(a.name, '') as author
        from revision v cross join lateral opened(v) said left join account a on a.id = v.account_id
        where v.table_name = :table and v.row_id = :key order by v.id
    """)
    return list(session.execute(query, {"table": table, "key": key}).mappings())


def _stored_columns(session: Session, table: str) -> list[str]:
    """The columns of a table that are written, not those the database computes."""
    query = text("""
        select attname from pg_attribute
        where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped and attgenerated = ''
        order by attnum
    """)
    return list(session.execute(query, {"table": table}).scalars())


def _key(table: str) -> str:
    return _KEYS.get(table, "id")


def _placed(name: str) -> str:
    return _WKB if name == "geom" else f":{name}"


def _bound(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in values.items()
    }
