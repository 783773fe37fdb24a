"""Counts of poor households in answers: whole for those who may see the households, rounded or left out for others.

It knows nothing about where an answer is shown. Reviewers and the city plan with scores, years and bands. Exact counts
for a shape that anybody may draw would tell where single families live (contracts, Privacy), so a preview tells those
without the right neither counts nor a score, which follows from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gis_core.evenness import evenness
from webgis.planning.access import Actor, may

OF_HOUSEHOLDS: Final = frozenset({"poor_served", "poor_share", "vulnerable_served", "cost_per_poor"})
"""Criteria whose raw value tells how many poor households are meant."""
OF_THEIR_PLACES: Final = frozenset({"service_deficit", "slum_severity"})
"""Criteria averaged over the households in reach, so that a shape drawn anew and anew would tell where one is."""
SMALLEST: Final = 5
_OF_PREVIEW: Final = (
    "poor_served",
    "poor_total",
    "poor_reached",
    "score",
    "low",
    "high",
    "completeness",
    "rank",
    "of",
)


def knows(actor: Actor, kelurahan: str) -> bool:
    """Whether somebody may read exact counts of a kelurahan."""
    return may(actor, "see_households", kelurahan)


def rounded(count: float | None) -> int | None:
    """A count in steps of five, None below five."""
    return None if count is None or count < SMALLEST else SMALLEST * round(count / SMALLEST)


def per_reached(rupiah: int, newly: int) -> int | None:
    """Rupiah for each poor household that a plan is the first to reach, None where it reaches none."""
    return round(rupiah / newly) if newly > 0 else None


def in_ranking(actor: Actor, run: Mapping[str, Any]) -> dict[str, Any]:
    """A ranking as somebody may read it: without the right no counts beside the points."""
    if knows(actor, run["kelurahan"]):
        return dict(run)

    def told(row: Mapping[str, Any]) -> dict[str, Any]:
        beyond = [name for name in row.get("beyond", ()) if name not in OF_HOUSEHOLDS]
        return {**row, "served": None, "values": _without(row["values"]), "beyond": beyond}

    own = {name: points for name, points in run.get("own_points", {}).items() if name not in OF_HOUSEHOLDS}
    return {**run, "own_points": own, "ranking": [told(row) for row in run["ranking"]]}


def in_preview(actor: Actor, found: Mapping[str, Any]) -> dict[str, Any]:
    """A preview as somebody may read it: without the right neither counts nor what follows from them."""
    if knows(actor, found["kelurahan"]):
        return dict(found)
    hidden = dict.fromkeys(_OF_PREVIEW)
    values = {name: value for name, value in _without(found["values"]).items() if name not in OF_THEIR_PLACES}
    warnings = [warning for warning in found["warnings"] if warning["code"] != "warn_nobody"]
    return {
        **found, **hidden, "values": values, "contributions": {}, "provisional": False,
        "warnings": warnings,
    }  # fmt: skip


def in_plan(actor: Actor, plan: Mapping[str, Any]) -> dict[str, Any]:
    """A plan as somebody may read it: without the right counts in steps of five, none below five, and their sums."""
    if knows(actor, plan["kelurahan"]):
        return dict(plan)
    people = plan["households"]
    counts = ("total", "reached_before", "reached")
    hidden = {"rupiah_before": None, "rupiah": None}  # by the homes each work serves
    by_rw = [{**rw, **hidden, **{name: rounded(rw[name]) for name in counts}} for rw in people["by_rw"]]
    # A total rounded by itself, less the RW that are told, would tell of the one RW that is not (decision 24).
    sums = {name: sum(rw[name] or 0 for rw in by_rw) or None for name in counts}
    even = {
        when: _even_by_rw(by_rw, key) for when, key in (("before", "reached_before"), ("after", "reached"))
    }
    return {
        **plan,
        "schedule": [{**work, "served": rounded(work["served"])} for work in plan["schedule"]],
        "households": {
            **people,
            **sums,
            "in_part": rounded(people["in_part"]),
            "rupiah_per_reached": per_reached(
                sum(work["cost"] for work in plan["schedule"]),
                (sums["reached"] or 0) - (sums["reached_before"] or 0),
            ),
            # So are measures of how evenly: made of what is told, they tell nothing new (decision 40).
            "gini_before": even["before"]["gini"],
            "gini": even["after"]["gini"],
            "evenness": {"reached": even, "rupiah": None},
            "by_rw": by_rw,
        },
    }


def _even_by_rw(by_rw: Sequence[Mapping[str, Any]], reached: str) -> dict[str, float | None]:
    """How evenly RW are reached by the rounded counts of those that are told; within them nothing is."""
    told = [(min(rw[reached] or 0, rw["total"]), rw["total"]) for rw in by_rw if rw["total"]]
    found = evenness([got for got, _ in told], [total for _, total in told], range(len(told)))
    return {"gini": found.gini, "theil": None, "between": found.between, "within": None}


def _tens(count: float | None) -> int | None:
    return None if count is None else 10 * round(count / 10)


def in_study(actor: Actor, kelurahan: str, result: Mapping[str, Any]) -> dict[str, Any]:
    """A study of a plan as somebody may read it: without the right counts in tens.

    In steps of five they would be rounded totals beside the RW of the plan, and so tell of the one that is hidden.
    """
    if knows(actor, kelurahan):
        return dict(result)

    def told(row: Mapping[str, Any]) -> dict[str, Any]:
        return {k: _tens(v) if k in ("reached", "covered") else v for k, v in row.items()}

    found = dict(result)
    if "points" in found:
        found["points"] = [told(row) for row in found["points"]]
    if "plan" in found:
        found["plan"] = told(found["plan"])
    return found


def _without(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in OF_HOUSEHOLDS}
