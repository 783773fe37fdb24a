"""What the facts behind a criterion are and of when: source, version and newest date of each set of data (method 4.5).

It knows nothing about scores. Dates are those of a whole kelurahan and tell nothing of fewer than five households.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning.catalogues.catalogue import WorkType, catalogue
from webgis.planning.catalogues.vocabulary import STREETS, WATERWAYS
from webgis.planning.written import ZONE
from webgis.store import fact_dates as table

PROPOSALS: Final = "proposals"
"""The set of data that a proposal itself is, its papers and its money: of the day of its own version."""
MOST_SOURCES: Final = 3


@dataclass(frozen=True)
class Dated:
    """A set of data: its layer with the version and its day, who it comes from (most rows first), and its newest date.

    date: a day, or a year where no day is known; None: not known, or not to be told. how: what that date is: surveyed
    (also: registered, met), year (of the slum form, of the raster) or recorded (when it was written down here).
    """

    layer: str
    version: int
    changed_on: dt.date | None
    sources: tuple[str, ...] = ()
    date: str | None = None
    how: str | None = None

    def document(self) -> dict[str, Any]:
        """As a run keeps it."""
        day = self.changed_on
        return {**asdict(self), "changed_on": day and day.isoformat(), "sources": list(self.sources)}


def read(
    session: Session, kelurahan: str, versions: Mapping[str, int], rasters: Mapping[str, RowMapping]
) -> dict[str, Dated]:
    """Set of data -> what it is, for a kelurahan at these versions; rasters: flood, dem -> the one that is used."""
    days, zone = table.changed_on(session, ZONE.key), ZONE.key
    found: dict[str, list[RowMapping]] = {}
    for row in table.of_layers(session, kelurahan, zone):
        found.setdefault(row["layer"], []).append(row)

    def dated(layer: str, sources: Iterable[str | None], date: str | None, how: str | None) -> Dated:
        named = tuple(source for source in sources if source)[:MOST_SOURCES]
        return Dated(layer, versions.get(layer, 0), days.get(layer), named, date, how if date else None)

    told = {
        layer: dated(layer, [row["source"] for row in rows], *_newest(rows)) for layer, rows in found.items()
    }
    homes = table.of_households(session, kelurahan, zone)
    told["households"] = dated("households", homes["sources"], *_newest([{**homes, "year": None}]))
    for kind, row in rasters.items():
        year = row["year"]
        told[kind] = dated("hazards", [row["source"]], None if year is None else str(year), "year")
    return dict(sorted(told.items()))


def _newest(rows: Iterable[RowMapping | Mapping[str, Any]]) -> tuple[str | None, str | None]:
    """The newest date of some rows and what it is: a day surveyed, else a year, else the day it was written down."""
    taken = list(rows)
    for name, how in (("surveyed_on", "surveyed"), ("year", "year"), ("recorded_on", "recorded")):
        if known := [row[name] for row in taken if row[name] is not None]:
            newest = max(known)
            return newest.isoformat() if isinstance(newest, dt.date) else str(newest), how
    return None, None


def documents(dated: Mapping[str, Dated], kinds: Iterable[WorkType]) -> dict[str, Any]:
    """What a run or a preview says of its facts: `facts` by set of data, and by work type and criterion which are
    `used`.

    A set that is not on record for the kelurahan is named in `used` all the same, and missing from `facts`.
    """
    types = {kind.key: kind for kind in kinds}
    return {
        "facts": {name: one.document() for name, one in dated.items()},
        "used": {key: {name: list(sets) for name, sets in used(types[key]).items()} for key in sorted(types)},
        "units": {item.id: item.unit for item in catalogue().criteria},
    }


def used(kind: WorkType) -> dict[str, tuple[str, ...]]:
    """Criterion -> the sets of data that its raw value is made of, for works of a type."""
    near = ("assets",) if kind.served_by else ()
    served = ("households", *near, *(("roads",) if kind.on_foot else ()))
    papers = (PROPOSALS,)
    joined = (
        *(("assets",) if set(kind.network) - {STREETS, WATERWAYS} else ()),
        *(("roads",) if STREETS in kind.network else ()),
        *(("waterways",) if WATERWAYS in kind.network else ()),
    )
    found = {
        "slum_severity": ("slum-areas", "households"),
        "service_deficit": ("slum-areas", "households") if kind.improves else served,
        "slum_reduction": ("slum-areas",),
        "poor_served": served,
        "poor_share": (*served, "regions", "buildings"),
        "vulnerable_served": served,
        "cost_per_poor": (*papers, *served),
        **dict.fromkeys(("swadaya", "cofunding", "land", "technical", "maintenance"), papers),
        "rembuk_priority": ("forums",),
        "flood": ("flood",) if kind.exposed else (),
        "slope": ("dem",) if kind.steepest is not None else (),
        "connection": joined,
    }
    return {criterion: sets for criterion, sets in found.items() if sets}
