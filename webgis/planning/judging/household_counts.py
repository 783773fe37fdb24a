"""Counts of poor households in answers: whole for those who may see the households, in fives for others who rank.

It knows nothing about where an answer is shown. Whoever may not see households gets what `in_fives` makes of a work;
everything else (points, places, gates, PAKET) is worked out from that: whatever weights they try, nothing finer comes
out than goes in (decision 17). A shape that anybody may draw would tell by its fives, too, so a preview is made without
any household at all, and who places shapes without that right gets no counts (`access.counts_kept_from`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from sqlalchemy.orm import Session

from gis_core import site
from gis_core.evenness import evenness
from webgis.planning.access import Actor, may
from webgis.planning.judging import gates
from webgis.planning.judging.work import Work
from webgis.planning.judging.works import Effect
from webgis.store.database import household_scope

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


@contextmanager
def counts_in_scope(session: Session, actor: Actor, kelurahan: str) -> Iterator[None]:
    """Let the queries inside read what was counted exactly in a kelurahan, if the actor may know it."""
    with household_scope(session, kelurahan if knows(actor, kelurahan) else ""):
        yield


def fives(count: float) -> int:
    """A count of what a work serves, rounded down to fives: one to four are told like none."""
    return SMALLEST * (round(count) // SMALLEST)


def in_fives(work: Work, made: Effect, usual_share: float | None) -> Effect:
    """What a stored work does, as those may know it who may not see households: counts in fives, and all that follows
    from counts worked out anew; severity and deficit are those of everybody in reach, and no home is named.

    usual_share: poor share of the kelurahan. Nothing of the result depends on households but through the fives.
    """
    counted = made.values["poor_served"] is not None
    served = fives(made.served)
    vulnerable = fives(made.values["vulnerable_served"] or 0.0) if served else 0
    share = (
        None if usual_share is None else site.poor_share(served, made.beneficiaries, round(usual_share, 2))
    )
    values = {
        "poor_served": float(served) if counted else None,
        "poor_share": share,
        "vulnerable_served": float(vulnerable) if counted else None,
        "cost_per_poor": site.cost_per_household(work.cost + round(made.upkeep), served),
    }
    return _of_others(work, made, values, float(served))


def without_households(work: Work, made: Effect) -> Effect:
    """What a work does, as if no household were on record."""
    return _of_others(work, made, dict.fromkeys(OF_HOUSEHOLDS), 0.0)


def _of_others(work: Work, made: Effect, values: Mapping[str, float | None], served: float) -> Effect:
    share = values["poor_share"]
    return replace(
        made,
        values={**made.values, **made.of_everybody, **values},
        served=served,
        reached=served,
        homes=frozenset(),
        gates=tuple(gates.funds(work, share) if gate.name == "funds" else gate for gate in made.gates),
    )


def rounded(count: float | None) -> int | None:
    """A count in steps of five, None below five."""
    return None if count is None or count < SMALLEST else SMALLEST * round(count / SMALLEST)


def per_reached(rupiah: int, newly: int) -> int | None:
    """Rupiah for each poor household that a plan is the first to reach, None where it reaches none."""
    return round(rupiah / newly) if newly > 0 else None


def in_ranking(actor: Actor, run: Mapping[str, Any]) -> dict[str, Any]:
    """A ranking as somebody may read it: without the right no counts beside the points, which are made of fives."""
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
    warnings = [_placeless(warning) for warning in found["warnings"] if warning["code"] != "warn_nobody"]
    # Which state of the register it was made of would tell that somebody was entered or left.
    facts = {name: one for name, one in found["facts"].items() if name != "households"}
    return {
        **found, **hidden, "values": values, "contributions": {}, "provisional": False,
        "warnings": warnings, "facts": facts,
    }  # fmt: skip


def _placeless(warning: Mapping[str, Any]) -> dict[str, Any]:
    """A warning without the place of another proposal, which may be a family's plot."""
    about = warning.get("about")
    if not about or about["kind"] != "proposal":
        return dict(warning)
    return {**warning, "about": {**about, "geometry": None}}


def plan_in_fives(result: Mapping[str, Any], benefit: float) -> dict[str, Any]:
    """The answer of a plan for those who may not see households: what works serve in fives, RW in steps of five with
    none below five, and no figure that weighs single homes. benefit: points of the schedule made of its fives.
    """
    people = result["households"]
    counts = ("total", "reached_before", "reached")
    hidden = {"rupiah_before": None, "rupiah": None}  # by the homes each work serves
    by_rw = [{**rw, **hidden, **{name: rounded(rw[name]) for name in counts}} for rw in people["by_rw"]]
    # A total rounded by itself, less the RW that are told, would tell of the one RW that is not (decision 24).
    sums = {name: sum(rw[name] or 0 for rw in by_rw) or None for name in counts}
    even = {
        when: _even_by_rw(by_rw, key) for when, key in (("before", "reached_before"), ("after", "reached"))
    }
    # Rounded up: less would claim a proof that nobody has.
    gap = min(math.ceil(result["gap"] * 100 - 1e-5) / 100, 0.99)
    return {
        **result,
        "objective": benefit, "bound": benefit / (1 - gap), "gap": gap, "greedy": None,
        "relaxed_bound": None,
        "money": {fund: {**row, "per_million": None} for fund, row in result["money"].items()},
        "schedule": [{**work, "served": fives(work["served"]) or None} for work in result["schedule"]],
        "left_out": [{**work, "regret": None, "reduced": None, "lost": None} for work in result["left_out"]],
        "kept": [{**work, "loss": None} for work in result["kept"]],
        "households": {
            **people,
            **sums,
            "in_part": rounded(people["in_part"]),
            "rupiah_per_reached": per_reached(
                sum(work["cost"] for work in result["schedule"]),
                (sums["reached"] or 0) - (sums["reached_before"] or 0),
            ),
            # So are measures of how evenly: made of what is told, they tell nothing new (decision 40).
            "gini_before": even["before"]["gini"],
            "gini": even["after"]["gini"],
            "evenness": {"reached": even, "rupiah": None},
            "by_rw": by_rw,
        },
        "conflict": None if result["conflict"] is None else _conflict(result["conflict"]),
    }  # fmt: skip


def _even_by_rw(by_rw: Sequence[Mapping[str, Any]], reached: str) -> dict[str, float | None]:
    """How evenly RW are reached by the rounded counts of those that are told; within them nothing is."""
    told = [(min(rw[reached] or 0, rw["total"]), rw["total"]) for rw in by_rw if rw["total"]]
    found = evenness([got for got, _ in told], [total for _, total in told], range(len(told)))
    return {"gini": found.gini, "theil": None, "between": found.between, "within": None}


def _conflict(found: Mapping[str, Any]) -> dict[str, Any]:
    """What cannot be kept, shares in tenths: of few homes an exact share would tell how many."""
    relief = found["relief"]
    return {
        **found,
        "reachable_share": _tenth(found["reachable_share"]),
        "reachable": {rw: _tenth(share) for rw, share in found["reachable"].items()},
        "relief": None if relief is None else {**relief, "share": _tenth(relief["share"])},
    }


def _tenth(share: float | None) -> float | None:
    return None if share is None else math.floor(share * 10 + 1e-9) / 10


def _tens(count: float | None) -> int | None:
    return None if count is None else 10 * round(count / 10)


def study_in_fives(
    result: Mapping[str, Any], benefit: Callable[[Mapping[str, Any]], float]
) -> dict[str, Any]:
    """A study of a plan for those who may not see households: counts in tens, shares in tenths; benefit: points of the
    works of one of its plans, made of their fives.

    In steps of five counts would be rounded totals beside the RW of the plan, and so tell of the one that is hidden.
    """

    def told(row: Mapping[str, Any]) -> dict[str, Any]:
        found = {k: _tens(v) if k in ("reached", "covered") else v for k, v in row.items()}
        if "objective" in row:
            found["objective"] = found["bound"] = benefit(row)
        return found

    found = dict(result)
    if "points" in found:
        found["points"] = [told(row) for row in found["points"]]
    if "plan" in found:
        found["plan"] = told(found["plan"])
    if "shares" in found:
        found["shares"] = {work: _share(share) for work, share in found["shares"].items()}
    return found


def _share(share: float) -> float:
    """A share of draws in tenths; 0 is none of them and 1 all, since that is what is said of these (core index)."""
    return min(max(math.floor(share * 10 + 1e-9) / 10, 0.1), 0.9) if 0 < share < 1 else share


def _without(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in OF_HOUSEHOLDS}
