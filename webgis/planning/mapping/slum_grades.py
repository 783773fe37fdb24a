"""The grade of every slum area by its last form, as it may be told: kept in memory by the version of the layer.

It knows nothing about maps or who asks: whoever calls says in which kelurahan the reader may see everything.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from webgis.planning.mapping import slum_privacy, slums
from webgis.planning.mapping.slums import Grade
from webgis.store import regions
from webgis.store import slums as table
from webgis.store.database import Database


@dataclass(frozen=True)
class _Known:
    """Code -> outcome, whole and for everybody; and the kelurahan of the areas where the two differ."""

    whole: Mapping[str, Grade]
    told: Mapping[str, Grade]
    home: Mapping[str, str | None]


class _Grades:
    """What is known by version of the layer; safe for the threads of one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], _Known] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, session: Session) -> _Known:
        key = (str(getattr(session.get_bind(), "url", "")), regions.versions(session).get("slum-areas", 0))
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                return kept
        known = _read(session)
        with self._lock:
            self._kept[key] = known
            while len(self._kept) > 4:
                self._kept.popitem(last=False)
        return known


_GRADES = _Grades()


def grades(db: Database, kelurahan: str | None = None, seen: Collection[str] = ()) -> dict[str, Grade]:
    """Code -> outcome of each slum area, of one kelurahan or of all; seen: kelurahan that are told whole."""
    with db.transaction() as session:
        known = _GRADES.get(session)
    found = dict(known.told)
    found |= {code: known.whole[code] for code, home in known.home.items() if home in seen}
    if kelurahan is None:
        return found
    return {code: grade for code, grade in found.items() if code.startswith(kelurahan + "-")}


def kept_back_in(session: Session) -> frozenset[str]:
    """The kelurahan of which the public is not told every outcome."""
    return frozenset(home for home in _GRADES.get(session).home.values() if home is not None)


def _read(session: Session) -> _Known:
    rows = table.forms(session)
    homes = {str(row["form_id"]): (str(row["code"]), row["kelurahan"]) for row in rows}
    whole = {code: found.outcome for code, found in slums.standings(session).items()}
    told, home = dict(whole), {}
    for form, back in slum_privacy.withheld(session, rows).items():
        code, home[code] = homes[form]
        told[code] = slum_privacy.outcome(whole[code], back)
    return _Known(whole, told, home)
