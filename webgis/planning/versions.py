"""Versions that writes must name, and the history that every fact keeps.

It knows nothing about what a fact says. Who saves second is told what is stored now, by whom and when.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any, Final, Protocol

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.errors import NotFound, StaleVersion, VersionNeeded
from webgis.store import versioned

_HOUSEKEEPING: Final = frozenset({"updated_at", "created_at", "version", "id", "proposer", "synthetic"})


class Versioned(Protocol):
    """Anything stored that has a version."""

    @property
    def version(self) -> int:
        """Counts from 1."""
        ...


def check_id(given: str, missing: str) -> None:
    """Raise NotFound with the code `missing` for an id that nothing can have."""
    try:
        uuid.UUID(given)
    except ValueError:
        raise NotFound(missing) from None


def check_version(
    session: Session, actor: Actor, table: str, key: str, current: Versioned, given: int | None
) -> None:
    """Raise VersionNeeded or StaleVersion unless the version given is the one stored.

    One that there never was (another number, a weak tag of If-Match) was overtaken by nobody, and is told so.
    """
    if given is None:
        raise VersionNeeded("version_needed")
    if given == current.version:
        return
    error = stale(session, actor, table, key, current)
    if not 0 < given < current.version:
        error.params |= {"variant": "never", "version": current.version}
    raise error


def stale(session: Session, actor: Actor, table: str, key: str, current: Versioned) -> StaleVersion:
    """The error of who saved second: what is stored now, who stored it (perhaps the actor elsewhere) and when."""
    last = versioned.history(session, table, key)[-1]
    own = {"variant": "own"} if actor.signed_in and last["account"] == actor.account_id else {}
    return StaleVersion(current, who=last["author"], when=last["at"], **own)


def deleted(rows: Sequence[RowMapping]) -> dict[str, Any] | None:
    """The last state of a row that its revisions say is deleted, else None."""
    return rows[-1]["old"] if rows and rows[-1]["action"] == "delete" else None


def changes(rows: Sequence[RowMapping], kept: Collection[str] = ()) -> tuple[dict[str, Any], ...]:
    """Every version: version, action, at, author, reason, changed fields with old and new value.

    kept: fields kept from the caller; housekeeping fields are always left out.
    """
    return tuple(_change(row, _HOUSEKEEPING | set(kept)) for row in rows)


def _change(row: RowMapping, quiet: Collection[str]) -> dict[str, Any]:
    old, new = row["old"] or {}, row["new"] or {}
    fields = sorted(name for name in old.keys() | new.keys() if name not in quiet)
    changed = {
        name: {"old": old.get(name), "new": new.get(name)}
        for name in fields
        if old.get(name) != new.get(name)
    }
    return {
        "version": row["version"], "action": row["action"], "at": row["at"], "author": row["author"],
        "reason": row["reason"], "changed": changed,
    }  # fmt: skip
