"""One order for the works of a whole city, out of the rankings of its kelurahan.

It knows nothing about how a score is made or who runs the rankings. No work is judged again: reference points are fixed
and a score does not depend on the other works (method 0.3), so scores of different kelurahan may stand in one list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gis_core.ranking import list_order, places
from webgis.planning.errors import NotFound
from webgis.planning.regions import city_of
from webgis.store import regions
from webgis.store.database import Database

KEPT = ("id", "title", "state", "work_type", "score", "low", "high", "completeness", "passes", "gates_failed",
        "contributions", "cost")  # fmt: skip


def kelurahan_of_city(db: Database, code: str) -> tuple[str, ...]:
    """Codes of all kelurahan of the city in which a region lies, in order. Raises NotFound."""
    city = city_of(code)
    with db.transaction() as session:
        found = tuple(
            row["code"] for row in regions.list_regions(session, "kelurahan") if city_of(row["code"]) == city
        )
    if not found:
        raise NotFound("no_region", region=code)
    return found


def merge(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Runs of `ranking.rank_kelurahan`, one for each kelurahan and all by the same weights, as one order.

    rank: the place in the city (1, 2, 2, 4; None for works that fail a condition), rank_in_kelurahan: that of its run.
    Equal scores list the one that serves more poor, then the cheaper, first, as in a kelurahan (method 3.5).
    kelurahan: code, id and data versions of each run, so that each can be looked at and repeated.
    """
    rows = [(run["kelurahan"], row) for run in runs for row in run["ranking"]]
    score = np.array([row["score"] for _, row in rows], dtype=np.float64)
    passes = np.array([row["passes"] for _, row in rows], dtype=np.bool_)
    ranks = places(score, passes)
    ties = [(-(row["served"] or 0.0), row["values"].get("cost_per_poor") or np.inf) for _, row in rows]
    order = list_order(score, passes, [row["id"] for _, row in rows], np.reshape(ties, (len(rows), 2)))
    return {
        "city": city_of(runs[0]["kelurahan"]),
        "weights": runs[0]["weights"],
        "criteria_version": runs[0]["criteria_version"],
        "catalogue_change": runs[0]["catalogue_change"],
        "kelurahan": [{"kelurahan": run["kelurahan"], "id": run["id"], "data_versions": run["data_versions"]}
                      for run in runs],
        "ranking": [
            {"rank": ranks[i], "kelurahan": rows[i][0], "rank_in_kelurahan": rows[i][1]["rank"]}
            | {name: rows[i][1][name] for name in KEPT}
            for i in order
        ],
    }  # fmt: skip
