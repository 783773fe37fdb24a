"""Where the facts behind a score come from and of when they are, in sentences.

It knows nothing about how that is found, which is `planning.fact_dates`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext

from webgis.pages.wording import formats
from webgis.pages.wording.labels import N_, label
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.judging.fact_dates import PROPOSALS

SETS: Final[Mapping[str, str]] = {
    "assets": N_("infrastructure"),
    "buildings": N_("buildings"),
    "dem": N_("ground heights"),
    "flood": N_("flood map"),
    "forums": N_("minutes of the forums"),
    "households": N_("poor households"),
    PROPOSALS: N_("the proposal's own papers"),
    "regions": N_("households of the RT"),
    "roads": N_("roads"),
    "slum-areas": N_("slum forms of the RT"),
    "waterways": N_("rivers and water"),
}
"""Sets of data in words."""
HOW: Final[Mapping[str, str]] = {
    "surveyed": N_("%(name)s: last surveyed %(date)s"),
    "year": N_("%(name)s: of %(date)s"),
    "recorded": N_("%(name)s: last entered %(date)s"),
}


@dataclass(frozen=True)
class Group:
    """A set of data with its date and sources, and the criteria that are made of it."""

    facts: str
    criteria: str


def groups(
    used: Mapping[str, Sequence[str]],
    facts: Mapping[str, Mapping[str, Any]],
    changed_on: dt.date | None,
    lang: str,
) -> tuple[Group, ...]:
    """The sets of data behind a score: "poor households: last surveyed 12 March 2026 (DTSEN)", with their criteria.

    used: criterion -> sets; facts: set -> what a run says of it; changed_on: the day of the version of the work, None
    for one that is not stored.
    """
    made: dict[str, list[str]] = {}
    for item in catalogue().criteria:
        for one in used.get(item.id, ()):
            made.setdefault(one, []).append(item.name(lang))
    return tuple(
        Group(_set(one, facts.get(one), changed_on, lang), ", ".join(names)) for one, names in made.items()
    )


def _set(key: str, known: Mapping[str, Any] | None, changed_on: dt.date | None, lang: str) -> str:
    name, entered = label(SETS, key), HOW["recorded"]
    if key == PROPOSALS:
        if changed_on is None:
            return name
        return str(gettext(entered, name=name, date=formats.day(changed_on, lang)))
    if known is None:
        return str(gettext("%(name)s: none on record", name=name))
    if known["date"] is None:
        return name
    date = (
        known["date"] if len(known["date"]) == 4 else formats.day(dt.date.fromisoformat(known["date"]), lang)
    )
    words = HOW[known["how"]]
    told = str(gettext(words, name=name, date=date))
    return f"{told} ({', '.join(known['sources'])})" if known["sources"] else told
