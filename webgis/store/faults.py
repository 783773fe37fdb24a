"""What kept something from being stored or read though nobody did anything wrong: no room left, or no database.

It knows nothing about answers. Codes of errors are those of PostgreSQL (appendix A) and of the system.
"""

from __future__ import annotations

import errno
from typing import Final

from sqlalchemy.exc import DBAPIError

FULL: Final = "storage_full"
AWAY: Final = "store_away"
_FULL: Final = "53100"
_AWAY: Final = ("08", "57P")
"""Connections that failed, and a server that stops, is stopped, or starts."""
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


def fault_of(error: BaseException) -> str | None:
    """FULL where a disk has no room, AWAY where the database does not answer, None for everything else."""
    if isinstance(error, OSError):
        return FULL if error.errno in _NO_ROOM else None
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "pgcode", None)
    if code is None:
        # A connection that could not be made or broke off has no code of the server.
        return (
            AWAY if error.connection_invalidated or type(error.orig).__name__ == "OperationalError" else None
        )
    return FULL if code == _FULL else AWAY if code.startswith(_AWAY) else None
