"""COPY: many rows into a table in one go.

It knows nothing about what the rows mean. Text format, since it needs no type tables and is within a factor of
two of the binary one (performance paper, section 6).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

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
    connection = session.connection().connection.dbapi_connection
    assert connection is not None
    with connection.cursor() as cursor:
        cursor.copy_expert(f"copy {table} ({', '.join(columns)}) from stdin", _Lines(rows))
