"""The record of a meeting that decided something: when, where, and how many men and women came.

It knows nothing about what was decided.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from webgis.planning.errors import Problem

LONGEST: Final = 200
MOST_PEOPLE: Final = 100_000


@dataclass(frozen=True)
class Meeting:
    """A meeting as somebody wrote it down; men, women: how many came."""

    met_on: dt.date | None = None
    place: str = ""
    men: int = 0
    women: int = 0


def faults(meeting: Meeting, needed: bool = True) -> list[Problem]:
    """What breaks the rules of a record; needed: date, place and people must be there."""
    found = text_faults("place", meeting.place)
    found += [
        Problem(f"/{name}", "attendance_invalid")
        for name, count in (("men", meeting.men), ("women", meeting.women))
        if not 0 <= count <= MOST_PEOPLE
    ]
    if meeting.met_on is not None and not dt.date(2000, 1, 1) <= meeting.met_on <= _tomorrow():
        found.append(Problem("/met_on", "meeting_date_invalid"))
    if needed:
        missing = (
            ("/met_on", "meeting_date_missing", meeting.met_on is None),
            ("/place", "meeting_place_missing", not meeting.place.strip()),
            ("/men", "attendance_missing", meeting.men + meeting.women <= 0),
        )
        found += [Problem(pointer, code) for pointer, code, is_missing in missing if is_missing]
    return found


def text_faults(name: str, text: str) -> list[Problem]:
    """Why a short text cannot be kept."""
    found = []
    if len(text) > LONGEST:
        found.append(Problem(f"/{name}", "text_too_long", {"length": len(text), "longest": LONGEST}))
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        found.append(Problem(f"/{name}", "text_unprintable"))
    return found


def _tomorrow() -> dt.date:
    """The last date that has begun anywhere in the country, whatever the clock of the server."""
    return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
