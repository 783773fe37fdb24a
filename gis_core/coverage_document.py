"""The `coverage` command: works and demands in, the choice that serves the most out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program"); the method is in `coverage`.
"""

from __future__ import annotations

from typing import Any, Final

from gis_core import coverage, ranking
from gis_core.documents import a_finite, a_flag, a_list, a_string, an_amount, an_object, member, only
from gis_core.errors import BadInput

Json = dict[str, Any]

MEMBERS: Final = ("works", "demand", "count", "budget", "gap")
WORK: Final = ("id", "cost", "covers", "no_cost")
DEMAND: Final = ("weight",)


def run(document: Any) -> Json:
    """Answer a `coverage` document: chosen ids, covered weight, bound, gap and the greedy choice.

    Raises BadInput, pointing at the place, for whatever breaks the rules of the document.
    """
    body = an_object(document, "")
    only(body, MEMBERS, "")
    works = [an_object(w, f"/works/{i}") for i, w in enumerate(a_list(member(body, "works", ""), "/works"))]
    for i, work in enumerate(works):
        only(work, WORK, f"/works/{i}")
    ids = [a_string(member(w, "id", f"/works/{i}"), f"/works/{i}/id") for i, w in enumerate(works)]
    ranking.check_unique(ids, "/works")
    demand = a_list(member(body, "demand", ""), "/demand")
    weight = [_read_weight(d, k) for k, d in enumerate(demand)]
    coverage.check_weights(weight)
    covers = [_read_covers(member(w, "covers", f"/works/{i}"), i, len(weight)) for i, w in enumerate(works)]
    result = coverage.maximum_coverage(covers, weight, **_limit(body, works), gap=_gap(body))
    return {
        "chosen": [ids[i] for i in result.chosen],
        "covered": result.covered,
        "bound": result.bound,
        "gap": result.gap,
        "greedy": result.greedy_covered,
        "greedy_chosen": [ids[i] for i in result.greedy],
        "greedy_guarantee": result.guarantee,
        "lp_bound": coverage.proven(result.covered, result.lp_bound, whole=False),
    }


def _read_covers(value: Any, i: int, demands: int) -> list[int]:
    """The demand numbers of work i, or BadInput at the guilty one."""
    pointer = f"/works/{i}/covers"
    return [read_demand(number, f"{pointer}/{k}", demands) for k, number in enumerate(a_list(value, pointer))]


def read_demand(value: Any, pointer: str, demands: int) -> int:
    """The number of a demand, counted from 0, or BadInput."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput("must be the number of a demand, counted from 0", pointer)
    if not 0 <= value < demands:
        raise BadInput(f"there is no demand {value}; there are {demands}", pointer)
    return value


def _read_weight(demand: Any, k: int) -> float:
    """A demand is its weight, or an object with one."""
    if not isinstance(demand, dict):
        return an_amount(demand, f"/demand/{k}")
    only(demand, DEMAND, f"/demand/{k}")
    return an_amount(member(demand, "weight", f"/demand/{k}"), f"/demand/{k}/weight")


def _limit(body: Json, works: list[Json]) -> Json:
    """The count, or the budget with the costs."""
    if ("count" in body) == ("budget" in body):
        raise BadInput("give either count or budget")
    if "count" in body:
        count = an_amount(body["count"], "/count")
        if count < 0 or not count.is_integer():
            raise BadInput("must be a whole number that is not negative", "/count")
        return {"count": int(count)}
    costs = []
    for i, work in enumerate(works):
        pointer = f"/works/{i}/cost"
        an_amount(member(work, "cost", f"/works/{i}"), pointer)
        if work["cost"] < 0:
            raise BadInput("a cost must not be negative", pointer)
        if work["cost"] == 0 and not a_flag(work.get("no_cost", False), f"/works/{i}/no_cost"):
            raise BadInput('a cost of 0 needs "no_cost": true beside it', pointer)
        costs.append(work["cost"])
    an_amount(body["budget"], "/budget")
    if body["budget"] < 0:
        raise BadInput("must not be negative", "/budget")
    return {"cost": costs, "budget": body["budget"]}


def _gap(body: Json) -> float:
    """The relative gap asked for, 0 if none."""
    gap = a_finite(body.get("gap", 0.0), "/gap")
    if not 0 <= gap < 1:
        raise BadInput("must lie in 0..1", "/gap")
    return gap
