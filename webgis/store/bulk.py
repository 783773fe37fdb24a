"""COPY: many rows into a table in one go.

It knows nothing about what the rows mean. Text format, since it needs no type tables and is within a factor of
two of the binary one (performance paper, section 6).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_CHUNK = 1 << 20
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class _Lines(io.TextIOBase):
    """Rows as a readable file, made while it is being read."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows = iter(rows)
        self._rest = ""

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        """The next part, "" at the end."""
        wanted = _CHUNK if size is None or size < 0 else size
        parts, length = [self._rest], len(self._rest)
        while length < wanted:
            row = next(self._rows, None)
            if row is None:
                break
            line = "\t".join(_field(value) for value in row) + "\n"
            parts.append(line)
            length += len(line)
        whole = "".join(parts)
        self._rest = whole[wanted:]
        return whole[:wanted]


def _field(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).translate(_ESCAPES)


def copy_rows(session: Session, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into a table inside the transaction of the session.

    table and columns are names from the code, never from a person. Geometry goes in as EWKB hex or EWKT.
    """
    connection: Any = session.connection().connection.dbapi_connection
    with connection.cursor() as cursor:
        cursor.copy_expert(f"copy {table} ({', '.join(columns)}) from stdin", _Lines(rows))


@dataclass(frozen=True)
class Upserted:
    """Rows that were new, changed, and the same as before."""

    inserted: int
    updated: int
    unchanged: int


def upsert(
    session: Session,
    table: str,
    key: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    fixed: Sequence[str] = (),
) -> Upserted:
    """Insert rows whose key is new and update those that differ, in two statements.

    key: column (one of columns, or several with commas) that identifies a row. fixed: columns that are written for
    new rows only. Equal rows are not touched, so that they get no new version.
    """
    if not rows:
        return Upserted(0, 0, 0)
    names = ", ".join(columns)
    session.execute(text("drop table if exists incoming"))
    session.execute(
        text(f"create temporary table incoming on commit drop as select {names} from {table} with no data")
    )
    copy_rows(session, "incoming", columns, rows)
    session.execute(text("analyze incoming"))
    keys = [name.strip() for name in key.split(",")]
    same = " and ".join(f"t.{name} = i.{name}" for name in keys)
    changing = [name for name in columns if name not in keys and name not in fixed]
    updated = 0
    if changing:
        pairs = ", ".join(f"{name} = i.{name}" for name in changing)
        mine, theirs = (", ".join(f"{alias}.{name}" for name in changing) for alias in "ti")
        updated = _count(
            session,
            f"update {table} t set {pairs} from incoming i where {same} and ({mine}) is distinct from ({theirs})",
        )
    inserted = _count(
        session,
        f"insert into {table} ({names}) select {names} from incoming i "
        f"where not exists (select from {table} t where {same})",
    )
    return Upserted(inserted, updated, len(rows) - inserted - updated)


def _count(session: Session, statement: str) -> int:
    return int(session.connection().execute(text(statement)).rowcount)
