"""What each work would do for its money on its own: the second list beside the order of the scores (method 3.6).

It knows nothing about plans. Benefit is counted as a plan counts it (decision 10), for the work alone: households that
two works serve count for both here, and once in a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from gis_core.ranking import Criterion, places
from webgis.planning.judging import plan_homes
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.scoring import Judged

MILLION: Final = 1_000_000


def benefits(
    facts: Facts, works: Sequence[Judged], chosen: Sequence[Criterion], decided: Sequence[Judged] = ()
) -> list[float]:
    """Points of benefit of each work alone: its poor households newly served, more where their RT is slummier and lacks
    more of the service and where vulnerable people live, and its slum reduction. Where a service falls off with
    distance all homes get the mean part.
    decided: works under way; what they give a home is worth nothing again.
    """
    homes, worth = plan_homes.homes_of(facts, works, chosen), plan_homes.worth_of(chosen)
    taken, found = plan_homes.taken_by(facts, decided), []
    for item in works:
        at = np.array(sorted(item.effect.homes), dtype=np.intp)
        service = item.work.type.service
        deficit = homes.deficit[service][at]
        each = worth.household + worth.severity * homes.severity[at] + worth.deficit * deficit
        each = each * worth.of_service.get(service, 1.0) + worth.vulnerable * homes.vulnerable[at]
        part = item.effect.served / len(at) if len(at) else 0.0
        reduction = max(float(item.effect.values.get("slum_reduction") or 0.0), 0.0)
        given = taken.get(service, np.zeros(len(facts.homes)))[at]
        people = float((np.maximum(part - given, 0.0) * each).sum())
        found.append(people + worth.reduction * reduction)
    return found


def by_fives(works: Sequence[Judged], chosen: Sequence[Criterion]) -> list[float]:
    """The same where no home is known: the households of each work in fives, all with the severity and deficit of
    everybody in its reach, and none served by works under way.
    """
    worth = plan_homes.worth_of(chosen)
    value = {item.id: item.value for item in chosen}
    found = []
    for item in works:
        values = item.effect.values
        each = worth.household
        for name, points in (("slum_severity", worth.severity), ("service_deficit", worth.deficit)):
            each += points * float(value[name](values[name] or 0.0))
        people = item.effect.served * each * worth.of_service.get(item.work.type.service, 1.0)
        people += worth.vulnerable * (values["vulnerable_served"] or 0.0)
        reduction = max(float(values.get("slum_reduction") or 0.0), 0.0)
        found.append(people + worth.reduction * reduction)
    return found


def told(points: Sequence[float], works: Sequence[Judged], ranked: Sequence[int]) -> list[dict[str, Any]]:
    """For each work: benefit, benefit_per_million rupiah and its place by that among the ranked rows, None else."""
    rate = [value * MILLION / item.work.cost for value, item in zip(points, works, strict=True)]
    passes = np.zeros(len(works), dtype=np.bool_)
    passes[list(ranked)] = True
    place = places(rate, passes)
    return [
        {"benefit": points[i], "benefit_per_million": rate[i], "rank_per_rupiah": place[i]}
        for i in range(len(works))
    ]
