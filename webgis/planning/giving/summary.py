"""Three plain figures for the public: slum land, works and money in view.

It knows nothing about households, so nothing here can tell of one; works on
family plots count as the public is told of them, or sums would give them away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from webgis.planning.access import PUBLIC
from webgis.planning.mapping.slum_grades import grades
from webgis.planning.proposals.family_plots import kept_back
from webgis.store import proposals as table
from webgis.store import slums as slum_table
from webgis.store.database import Database

BUILT: Final = ("completed",)
NOT_COMING: Final = ("rejected", "withdrawn")
SLUM: Final = ("light", "medium", "heavy")


@dataclass(frozen=True)
class Summary:
    """Hectares graded light, medium or heavy; works by state; rupiah of coming and of completed works."""

    slum_ha: float
    works: Mapping[str, int]
    planned_works: int
    done_works: int
    planned_rp: int
    spent_rp: int


def public_summary(db: Database, bbox: tuple[float, float, float, float] | None = None) -> Summary:
    """The figures of what lies in a box (west, south, east, north), or of everything."""
    slum_codes = [code for code, found in grades(db).items() if found.grade in SLUM]
    with db.transaction() as session:
        hectares = slum_table.hectares_in(session, bbox, slum_codes)
        chosen = table.filters(bbox=bbox, kept=kept_back(PUBLIC, None))
        rows = table.summary(session, chosen)
    by_state = {row["state"]: (int(row["works"]), int(row["cost"])) for row in rows}
    coming = [pair for state, pair in by_state.items() if state not in (*BUILT, *NOT_COMING)]
    done = [pair for state, pair in by_state.items() if state in BUILT]
    return Summary(
        slum_ha=round(hectares, 1),
        works={state: pair[0] for state, pair in by_state.items()},
        planned_works=sum(pair[0] for pair in coming),
        done_works=sum(pair[0] for pair in done),
        planned_rp=sum(pair[1] for pair in coming),
        spent_rp=sum(pair[1] for pair in done),
    )
