"""The public poverty map: how many poor households an RW has, so that no family can be told from it.

It knows nothing about SQL or maps. One partition (RW) and no totals are published, numbers are rounded to 5 and
groups under 5 households or persons are left out, so that nothing can be found by subtracting two answers. Releases
have fixed dates, stay as they were published, and are held against every earlier one before they go out
(contracts, Privacy; domain handbook 3.6; reliability paper, section 2; decision 34).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from webgis.planning.errors import Conflict
from webgis.planning.written import ZONE
from webgis.store import poverty as store
from webgis.store.database import Database, household_scope

SMALLEST = 5
ROUNDING = 5
BANDS = ((50, "50+"), (20, "20-49"), (10, "10-19"), (5, "5-9"))
SUPPRESSED = "<5"
CLASS_BREAKS = (1.0, 3.0, 6.0, 12.0)
"""Poor households per hectare at which the next class of the map begins; classes 0 to 4."""


@dataclass(frozen=True)
class Release:
    """How many RW were published and how many of them as "<5"."""

    cells: int
    suppressed: int
    released_on: dt.date


@dataclass(frozen=True)
class Edition:
    """Of which day the map is that everybody sees, and when the next may come; None: nothing was published yet."""

    released_on: dt.date | None
    next_on: dt.date


def publish(code: str, households: int, persons: int, area_ha: float) -> store.Published:
    """What may be said about one RW.

    Band and class are worked out from the rounded number, so that they tell nothing the number does not.
    No poor household at all is "<5" as well: a zero would tell that every family there is not poor.
    """
    if households < SMALLEST or persons < SMALLEST:
        return store.Published(code, None, SUPPRESSED, None)
    rounded = ROUNDING * ((2 * households + ROUNDING) // (2 * ROUNDING))
    band = next(name for least, name in BANDS if rounded >= least)
    density = rounded / area_ha if area_ha > 0 else 0.0
    return store.Published(code, rounded, band, sum(density >= limit for limit in CLASS_BREAKS))


def edition(db: Database, months: Sequence[int], today: dt.date | None = None) -> Edition:
    """What to say beside the map. months: those on whose first day a release is due, from 1."""
    with db.transaction() as session:
        last = store.last_release(session)
    return Edition(last, following(months, max(last or dt.date.min, today or _today())))


def release_poverty(
    owner_db: Database, months: Sequence[int], today: dt.date | None = None, correction: str = ""
) -> Release:
    """Count, round, suppress, audit and publish; the last release is replaced whole and kept.

    owner_db: opened with owner=True, since the web role may not write the tables. correction: why a release has to be
    replaced before the next is due; it is kept with it. Raises Conflict before the next fixed date, and where the audit
    finds a small group: then nothing changes.
    """
    on = today or _today()
    with owner_db.transaction(reason=correction or "poverty release") as session:
        store.lock(session)
        last = store.last_release(session)
        if last is not None and not correction and on < following(months, last):
            raise Conflict("poverty_not_due", last=last.isoformat(), next=following(months, last).isoformat())
        with household_scope(session, "*"):
            counts = {count.code: count for count in store.counts(session)}
            moved = store.moved_groups(session, SMALLEST)
        cells = [publish(c.code, c.households, c.persons, c.area_ha) for c in counts.values()]
        cells = [_hidden(cell) if cell.code in moved else cell for cell in cells]
        told = {cell.code: cell.households for cell in cells}
        if found := audit(told, {c.code: c.households for c in counts.values()}, store.earlier(session)):
            raise Conflict("poverty_tells", rw=", ".join(found))
        store.add_release(session, cells, on, correction)
    return Release(len(cells), sum(cell.households is None for cell in cells), on)


def release_if_due(owner_db: Database, months: Sequence[int], today: dt.date | None = None) -> Release | None:
    """The release of a fixed date once it has come, else None; the first is made by hand, when the data are whole."""
    on = today or _today()
    with owner_db.transaction() as session:
        last = store.last_release(session)
    return None if last is None or on < following(months, last) else release_poverty(owner_db, months, on)


def audit(
    told: Mapping[str, int | None], counts: Mapping[str, int], earlier: Sequence[Mapping[str, int | None]]
) -> list[str]:
    """RW whose published numbers, alone or less those of an earlier release, hold a group of 1 to 4; none is sound.

    told: published number by RW, None where hidden. counts: the true ones. Cells overlap nowhere and no total is
    published, so the bounds of each cell are all that anybody can know, and looking at each is exact.
    """
    found = []
    for code, number in told.items():
        least, most = _bounds(number)
        spans = [(least, most)]
        for before in (_bounds(release[code]) for release in earlier if code in release):
            spans += [(least - before[1], most - before[0]), (before[0] - most, before[1] - least)]
        small = any(low >= 1 and high < SMALLEST for low, high in spans)
        if small or (number is not None and not least <= counts[code] <= most):
            found.append(code)
    return found


def following(months: Sequence[int], day: dt.date) -> dt.date:
    """The first fixed date after a day."""
    dates = (dt.date(max(day.year, 1) + year, month, 1) for year in (0, 1) for month in sorted(months))
    return next(date for date in dates if date > day)


def _bounds(number: int | None) -> tuple[int, int]:
    """Least and greatest number of households that is published like this."""
    return (
        (0, SMALLEST - 1)
        if number is None
        else (max(number - ROUNDING // 2, SMALLEST), number + ROUNDING // 2)
    )


def _hidden(cell: store.Published) -> store.Published:
    return replace(cell, households=None, band=SUPPRESSED, density_class=None)


def _today() -> dt.date:
    return dt.datetime.now(ZONE).date()
