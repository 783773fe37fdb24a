"""The kelurahan of a city in one table: slum land, poor households, money asked, planned and funded, what is built.

It knows nothing about pages. Poor households are counted for those who may see them, and the look is noted;
others read what the public poverty map says of the RW, added up: the table tells them nothing new (decision 42).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from webgis.planning import regions
from webgis.planning.access import Actor, may, require
from webgis.planning.judging import household_counts
from webgis.planning.mapping import household_views, slum_totals
from webgis.store import city_overview as store
from webgis.store.city_overview import Sum
from webgis.store.database import Database, household_scope

STAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "submitted": ("submitted",),
    "verified": ("verified", "under_review", "approved"),
    "funded": ("funded", "under_construction", "completed"),
    "completed": ("completed",),
}
"""How far a work has come -> the states that count; drafts and returned works are still being written."""
NOT_COMING: Final = ("rejected", "withdrawn")
SLUM: Final = ("light", "medium", "heavy")
NONE: Final = Sum(0, 0)


@dataclass(frozen=True)
class Figures:
    """Of a kelurahan, or of several together.

    hectares: of RT by slum grade, None without any form. poor: None where nothing is known; counted: whether it is the
    true count, not what is published. stages: by key of STAGES. planned: None where no plan was adopted.
    """

    hectares: Mapping[str, float] | None
    poor: int | None
    counted: bool
    stages: Mapping[str, Sum]
    planned: Sum | None

    @property
    def slum_ha(self) -> float | None:
        """Hectares of RT graded light, medium or heavy."""
        return None if self.hectares is None else sum(self.hectares[grade] for grade in SLUM)

    @property
    def progress(self) -> float | None:
        """Which part of the funded money is built, 0..1; None where nothing is funded."""
        funded = self.stages["funded"].cost
        return self.stages["completed"].cost / funded if funded else None


@dataclass(frozen=True)
class Row:
    """A kelurahan: where it lies, its figures, and how many submitted works wait for the reader to verify them."""

    code: str
    name: str
    kecamatan: str
    kecamatan_name: str
    synthetic: bool
    bounds: tuple[float, float, float, float] | None
    figures: Figures
    waiting: int


class Group(NamedTuple):
    """The kelurahan of one kecamatan together."""

    code: str
    name: str
    figures: Figures


SORTS: Final[Mapping[str, Callable[[Row], float | str | None]]] = {
    "name": lambda row: row.name.casefold(),
    "slum": lambda row: row.figures.slum_ha,
    "poor": lambda row: row.figures.poor,
    "submitted": lambda row: row.figures.stages["submitted"].cost,
    "verified": lambda row: row.figures.stages["verified"].cost,
    "planned": lambda row: row.figures.planned and row.figures.planned.cost,
    "funded": lambda row: row.figures.stages["funded"].cost,
    "progress": lambda row: row.figures.progress,
}
"""Key of a column -> what it is sorted by."""


@dataclass(frozen=True)
class Wish:
    """Which kelurahan (in a kecamatan, with words in name or code), sorted by which column, which way up."""

    kecamatan: str = ""
    words: str = ""
    sort: str = "slum"
    rising: bool = False

    def takes(self, row: Row) -> bool:
        """Whether a kelurahan is wanted."""
        words = self.words.strip().casefold()
        return self.kecamatan in ("", row.kecamatan) and (words in row.name.casefold() or words in row.code)


def overview(db: Database, actor: Actor) -> tuple[Row, ...]:
    """Every kelurahan whose workspace somebody may enter, by code. Raises SignInNeeded, NotAllowed."""
    found = [one for one in regions.list_regions(db, "kelurahan") if may(actor, "see_workspace", one.code)]
    if not found:
        require(actor, "see_workspace", "-")
    codes = [one.code for one in found]
    names = {one.code: one.name for one in regions.list_regions(db, "kecamatan")}
    hectares = slum_totals.hectares(db, codes)
    poor = _poor(db, actor, codes)
    with db.transaction() as session:
        works = store.by_state(session, codes)
        plans = store.planned(session, codes, NOT_COMING)
        boxes = store.bounds(session, codes)
    rows = []
    for one in found:
        kecamatan = one.code.rpartition(".")[0]
        stages = {
            key: _add(works.get(one.code, {}).get(s, NONE) for s in states) for key, states in STAGES.items()
        }
        count, counted = poor[one.code]
        rows.append(
            Row(
                one.code, one.name, kecamatan, names.get(kecamatan, kecamatan), one.synthetic, boxes.get(one.code),
                Figures(hectares.get(one.code), count, counted, stages, plans.get(one.code)),
                stages["submitted"].works if may(actor, "verify", one.code) else 0,
            )
        )  # fmt: skip
    return tuple(rows)


def chosen(rows: Sequence[Row], wish: Wish) -> tuple[Row, ...]:
    """The wanted kelurahan in order; what is not known comes last, whichever way up."""
    value = SORTS[wish.sort]
    wanted = sorted((row for row in rows if wish.takes(row)), key=lambda row: row.name.casefold())
    known = [row for row in wanted if value(row) is not None]
    known.sort(key=value, reverse=not wish.rising)  # type: ignore[arg-type]  # no column mixes words and numbers
    return (*known, *(row for row in wanted if value(row) is None))


def together(rows: Iterable[Row]) -> Figures:
    """The figures of several kelurahan added up; what is unknown of some counts nothing."""
    all_of = [row.figures for row in rows]
    assessed = [one.hectares for one in all_of if one.hectares is not None]
    poor = [one.poor for one in all_of if one.poor is not None]
    plans = [one.planned for one in all_of if one.planned is not None]
    return Figures(
        hectares={grade: sum(one[grade] for one in assessed) for grade in SLUM} if assessed else None,
        poor=sum(poor) if poor else None,
        counted=all(one.counted for one in all_of),
        stages={key: _add(one.stages[key] for one in all_of) for key in STAGES},
        planned=_add(plans) if plans else None,
    )


def by_kecamatan(rows: Sequence[Row]) -> tuple[Group, ...]:
    """The same kelurahan added up by kecamatan, in order of code."""
    names = {row.kecamatan: row.kecamatan_name for row in rows}
    return tuple(
        Group(code, names[code], together(row for row in rows if row.kecamatan == code))
        for code in sorted(names)
    )


def _poor(db: Database, actor: Actor, codes: Sequence[str]) -> dict[str, tuple[int | None, bool]]:
    """Poor households of each kelurahan as the reader may know them, and whether they were counted."""
    known = [code for code in codes if household_counts.knows(actor, code)]
    with db.transaction() as session:
        told = store.published(session, codes)
        counts: dict[str, int] = {}
        if known:
            with household_scope(session, ",".join(known)):
                counts = store.households(session, known)
            household_views.note_counts_of(session, actor, known)
    return {code: (counts[code], True) if code in counts else (told.get(code), False) for code in codes}


def _add(sums: Iterable[Sum]) -> Sum:
    found = list(sums)
    return Sum(sum(one.works for one in found), sum(one.cost for one in found))
