"""Rows that people write and that keep their history: found, written at a version, deleted, brought back.

It knows nothing about what a row says, nor where a shape may lie: that is the business of the noun (`assets`,
`households`, `programmes`), which names here its table, the right to write it, and how it is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning import versions
from webgis.planning.access import Actor, may, require
from webgis.planning.errors import NotFound
from webgis.planning.versions import Versioned
from webgis.store import versioned


class Row(Versioned, Protocol):
    """A stored thing that lies in a kelurahan, or in none."""

    @property
    def id(self) -> str:
        """A UUID."""
        ...

    @property
    def kelurahan(self) -> str | None:
        """Its code."""
        ...


T = TypeVar("T")
R = TypeVar("R", bound=Row)
Also = Callable[[Session, T], None]
"""What must be kept in the transaction that makes a thing: the answer for a retry."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some things of a selection, and how many the selection has."""

    items: tuple[T, ...]
    total: int


@dataclass(frozen=True)
class Rows(Generic[R]):
    """The rows of one table; every function works inside a transaction that goes on.

    right: what somebody must be allowed to do in the kelurahan of a row to write it. missing: code of NotFound.
    read: a row by its id, as the store has it, with its geometry as `geojson`. view: what planning makes of it.
    """

    table: str
    right: str
    missing: str
    read: Callable[[Session, str], RowMapping | None]
    view: Callable[..., R]

    def shown(self, row: RowMapping) -> R:
        """A row of the store as planning shows it."""
        values = dict(row)
        return self.view(geometry=json.loads(values.pop("geojson")), **values)

    def page(self, rows: Iterable[RowMapping], total: int) -> Page[R]:
        """A part of a list of `total`."""
        return Page(tuple(self.shown(row) for row in rows), total)

    def find(self, session: Session, key: str) -> R:
        """One row. Raises NotFound."""
        versions.check_id(key, self.missing)
        row = self.read(session, key)
        if row is None:
            raise NotFound(self.missing)
        return self.shown(row)

    def create(self, session: Session, values: Mapping[str, Any], also: Also[R] | None) -> R:
        """A new row, and what must be kept with it."""
        made = self.find(session, str(versioned.insert(session, self.table, values)))
        if also is not None:
            also(session, made)
        return made

    def writable(self, session: Session, actor: Actor, key: str, version: int | None) -> R:
        """The stored row, if the actor may change this version of it.

        Raises NotFound, SignInNeeded, NotAllowed, VersionNeeded, StaleVersion.
        """
        stored = self.find(session, key)
        require(actor, self.right, stored.kelurahan or "")
        versions.check_version(session, actor, self.table, key, stored, version)
        return stored

    def replace(self, session: Session, actor: Actor, stored: R, values: Mapping[str, Any]) -> R:
        """Write a row anew that `writable` gave. Raises StaleVersion if somebody was faster."""
        if not versioned.replace(session, self.table, stored.id, stored.version, values):
            raise versions.stale(session, actor, self.table, stored.id, self.find(session, stored.id))
        return self.find(session, stored.id)

    def delete(self, session: Session, actor: Actor, key: str, version: int | None) -> None:
        """Delete a row; its revisions stay. Raises as `writable` does."""
        stored = self.writable(session, actor, key, version)
        if not versioned.delete(session, self.table, key, stored.version):
            raise versions.stale(session, actor, self.table, key, self.find(session, key))

    def restore(self, session: Session, actor: Actor, key: str) -> R:
        """Bring a deleted row back as it was, one version on. Raises NotFound, SignInNeeded, NotAllowed."""
        versions.check_id(key, self.missing)
        gone = versions.deleted(versioned.history(session, self.table, key))
        if gone is None:
            raise NotFound(self.missing)
        require(actor, self.right, _kelurahan(gone))
        versioned.restore(session, self.table, key)
        return self.find(session, key)

    def history(self, session: Session, actor: Actor, key: str) -> tuple[dict[str, Any], ...]:
        """Every version of a row that is seen here; of a deleted one for those who may write it. Raises NotFound."""
        versions.check_id(key, self.missing)
        rows = versioned.history(session, self.table, key)
        gone = versions.deleted(rows)
        if gone is None:
            self.find(session, key)
        elif not may(actor, self.right, _kelurahan(gone)):
            raise NotFound(self.missing)
        return versions.changes(rows)


def _kelurahan(state: Mapping[str, Any]) -> str:
    """Where a row lay by its last revision: a household says its RT only."""
    return str(state.get("kelurahan") or state.get("rt") or "").partition("-")[0]
