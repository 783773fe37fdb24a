"""What an import tells afterwards: how many rows went in and what was found, row by row.

It knows nothing about layers. The shape is that of the contract; rows are numbered from 1 as they stand in the
file, and problems of the file as a whole have no row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from webgis.planning.imports.words import message


@dataclass(frozen=True)
class Found:
    """One problem: row (None: the file), field, code of `words` and the values of its sentence."""

    row: int | None
    field: str | None
    code: str
    params: dict[str, Any]


@dataclass
class Report:
    """Counted while an import runs. repaired and doubtful rows are among the accepted ones."""

    file: str
    layer: str
    crs: dict[str, str | None] = field(default_factory=lambda: {"given": None, "used": None, "how": "none"})
    rows: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    dry_run: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    _refused: set[int] = field(default_factory=set)
    _repaired: set[int] = field(default_factory=set)
    _doubtful: set[int] = field(default_factory=set)
    failed: bool = False

    def note(self, code: str, row: int | None = None, name: str | None = None, /, **params: Any) -> None:
        """Something worth telling that changes no count."""
        self.found.append(Found(row, name, code, params))

    def refuse(self, row: int, code: str, name: str | None = None, /, **params: Any) -> None:
        """A row that is not stored."""
        self._refused.add(row)
        self.note(code, row, name, **params)

    def repair(self, row: int, done: str) -> None:
        """A row whose geometry was mended."""
        self._repaired.add(row)
        self.note("geometry_repaired", row, "geometry", done=done)

    def doubt(self, row: int, code: str, name: str | None = None, /, **params: Any) -> None:
        """A row that is stored but should be looked at."""
        self._doubtful.add(row)
        self.note(code, row, name, **params)

    def fail(self, code: str, name: str | None = None, /, **params: Any) -> None:
        """The file as a whole is refused."""
        self.failed = True
        self.note(code, None, name, **params)

    def is_refused(self, row: int) -> bool:
        """Whether a row is out."""
        return row in self._refused

    @property
    def accepted(self) -> int:
        """Rows stored."""
        return 0 if self.failed else self.rows - len(self._refused)

    def part(self, before: int) -> PartReport:
        """The report for some rows of the file, which count from 1 there; before: how many come before them."""
        return PartReport(self, before)

    def document(self, lang: str = "en") -> dict[str, Any]:
        """The report as JSON (contracts, Commands), with sentences in a language."""
        refused = self.rows if self.failed else len(self._refused)
        stored = set() if self.failed else self._refused
        return {
            "file": self.file, "layer": self.layer, "crs": self.crs, "rows": self.rows, "accepted": self.accepted,
            "repaired": 0 if self.failed else len(self._repaired - stored), "refused": refused,
            "doubtful": 0 if self.failed else len(self._doubtful - stored), "inserted": self.inserted,
            "updated": self.updated, "unchanged": self.unchanged, "dry_run": self.dry_run, "fields": self.fields,
            "problems": [
                {"row": f.row, "field": f.field, "code": f.code, "message": message(f.code, f.params, lang)}
                for f in sorted(self.found, key=lambda f: (f.row is not None, f.row or 0))
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class PartReport:
    """The report as the checks of a part of a file see it: rows count from 1 and are told as they stand in the file."""

    whole: Report
    before: int

    def note(self, code: str, row: int | None = None, name: str | None = None, /, **params: Any) -> None:
        """Something worth telling that changes no count."""
        self.whole.note(code, None if row is None else self.before + row, name, **params)

    def refuse(self, row: int, code: str, name: str | None = None, /, **params: Any) -> None:
        """A row that is not stored."""
        self.whole.refuse(self.before + row, code, name, **params)

    def repair(self, row: int, done: str) -> None:
        """A row whose geometry was mended."""
        self.whole.repair(self.before + row, done)

    def doubt(self, row: int, code: str, name: str | None = None, /, **params: Any) -> None:
        """A row that is stored but should be looked at."""
        self.whole.doubt(self.before + row, code, name, **params)

    def is_refused(self, row: int) -> bool:
        """Whether a row is out."""
        return self.whole.is_refused(self.before + row)
