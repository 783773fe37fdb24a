"""The public poverty map: how many poor households an RW has, so that no family can be told from it.

It knows nothing about SQL or maps. One partition (RW) and no totals are published, numbers are rounded to 5 and
groups under 5 households or persons are left out, so that nothing can be found by subtracting two answers
(contracts, Privacy; domain handbook 3.6).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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


def release_poverty(owner_db: Database, released_on: dt.date | None = None) -> Release:
    """Count, round, suppress and publish; the last release is replaced whole.

    owner_db: opened with owner=True, since the web role may not write the table.
    """
    on = released_on or dt.date.today()
    with owner_db.transaction(reason="poverty release") as session:
        with household_scope(session, "*"):
            cells = [publish(c.code, c.households, c.persons, c.area_ha) for c in store.counts(session)]
        store.replace_release(session, cells, on)
    return Release(len(cells), sum(cell.households is None for cell in cells), on)
