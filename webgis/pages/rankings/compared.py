"""Two proposals side by side as people read them: points by criterion, who leads, and what would turn it round.

It knows nothing about how the lead is computed; sentences are those of `gis_core.explain` and `firmness`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gis_core import explain, firmness
from webgis.pages.rankings.choice import Choice
from webgis.planning.access import Actor
from webgis.planning.catalogues.catalogue import weighed_name
from webgis.planning.judging.desk import Desk
from webgis.planning.ranking.comparing import compare
from webgis.store.database import Database

MOST_SWAPS = 3


@dataclass(frozen=True)
class Row:
    """A criterion with the points of both and the difference."""

    name: str
    first: float
    second: float
    difference: float


@dataclass(frozen=True)
class Compared:
    """What the template shows: titles, totals, rows with the largest difference first, and sentences."""

    titles: tuple[str, str]
    totals: tuple[float, float, float]
    rows: tuple[Row, ...]
    sentences: tuple[str, ...]


def compared(
    db: Database, desk: Desk, actor: Actor, kelurahan: str, pair: tuple[str, str], chosen: Choice, lang: str
) -> Compared:
    """Two open proposals by id. Raises NotFound, NotAllowed."""
    found = compare(db, desk, actor, kelurahan, *pair, chosen.weights)
    names = {name: weighed_name(name, lang) for name, _ in found.lead.parts}
    first, second = (dict(score.parts) for score in found.scores)
    titles = tuple(f"“{title}”" for title in found.titles)
    told = [explain.say_difference(titles[0], titles[1], found.lead, found.leads, names, lang)]
    if found.leads:
        ahead, behind = titles if found.leads > 0 else titles[::-1]
        told += [explain.say_swap(ahead, behind, swap, names, lang) for swap in found.swaps[:MOST_SWAPS]]
        if found.always and not found.dominated:
            told.append(firmness.say_pair_always(ahead, behind, False, lang))
        if found.moved is not None:
            told.append(explain.say_moved(found.moved, lang))
        if not found.swaps:
            told.append(explain.say_no_swap(ahead, behind, lang, found.dominated))
    return Compared(
        titles=found.titles,
        totals=(found.scores[0].total, found.scores[1].total, found.lead.total),
        rows=tuple(
            Row(names[part.criterion], first[part.criterion], second[part.criterion], part.points)
            for part in found.lead.parts
        ),
        sentences=tuple(told),
    )
