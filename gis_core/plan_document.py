"""The `plan` command: works, funds, demands and rules in, the plan with its proof and reasons out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program"); the method is in `portfolio`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

from gis_core import ranking
from gis_core.coverage import exact
from gis_core.coverage_document import read_demand
from gis_core.documents import a_finite, a_list, a_string, an_object, member, one_of
from gis_core.errors import BadInput, escape
from gis_core.portfolio import LeftOut, Options, Plan, Problem, Work, make_plan
from gis_core.portfolio.work import Cover

Json = dict[str, Any]


def run(document: Any) -> Json:
    """Answer a `plan` document.

    Beyond the contract it may hold `carry`: fund -> whether money not spent in a year may be spent later;
    in `covers`, [demand, share in (0, 1]] for a demand covered in part; `gap`, `price_rise` and
    `admission` (fund and year that may give more); of a work `latest`, `gates` and `no_cost`.
    Raises BadInput, pointing at the place, for whatever breaks the rules of the document. Floors that
    cannot be reached are an answer: feasible is false, the plan is the one without them, and `conflict`
    names the zones and how far all floors can be reached together.
    """
    body = an_object(document, "")
    problem = read_problem(body)
    explain = body.get("explain", True)
    if not isinstance(explain, bool):
        raise BadInput("must be true or false", "/explain")
    equity = one_of(body.get("equity", "none"), ("none", "max_min"), "/equity")
    gap = None if body.get("gap") is None else a_finite(body["gap"], "/gap")
    if gap is not None and not 0 <= gap < 1:
        raise BadInput("must lie in 0..1", "/gap")
    options = Options(
        gap=gap, equity=cast("Any", equity), explain=explain, admission=_read_place(body, problem)
    )
    return answer(problem, make_plan(problem, options))


def read_problem(body: Json) -> Problem:
    """The problem of a `plan` document, or BadInput at the guilty place."""
    years = _whole(member(body, "years", ""), "/years")
    funds = [a_string(f, f"/funds/{k}") for k, f in enumerate(a_list(member(body, "funds", ""), "/funds"))]
    demand = a_list(body.get("demand", []), "/demand")
    works = a_list(member(body, "works", ""), "/works")
    read = [_read_work(w, f"/works/{i}", i, funds, len(demand)) for i, w in enumerate(works)]
    ranking.check_unique([w.id for w in read], "/works")
    number = {w.id: i for i, w in enumerate(read)}
    return Problem(
        years=years,
        funds=tuple(funds),
        budget=_read_budget(body, funds),
        works=tuple(read),
        weight=cast("Any", [_read_weight(d, k) for k, d in enumerate(demand)]),
        zone=tuple(_read_zone(d, k) for k, d in enumerate(demand)),
        precedence=tuple(cast("Any", _read_groups(body, "precedence", number, 2))),
        exclusive=tuple(_read_groups(body, "exclusive", number, None)),
        synergy=_read_synergy(body, number),
        zone_floor=_read_floors(body),
        carry=_read_carry(body, funds),
        price_rise=exact(a_finite(body.get("price_rise", 0), "/price_rise")),
    )


def answer(problem: Problem, plan: Plan) -> Json:
    """The document of a plan."""
    names, funds = [w.id for w in problem.works], problem.funds
    schedule = [
        {
            "id": names[i],
            "year": year + 1,
            "funding": {funds[f]: _amount(a) for f, a in sorted(plan.funding.get(i, {}).items())},
        }
        for i, year in enumerate(plan.schedule)
        if year is not None
    ]
    found: Json = {
        "feasible": plan.feasible,
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "covered": plan.covered,
        "min_zone_share": plan.least_share,
        "schedule": schedule,
        "left_out": [_left_out(problem, entry) for entry in plan.left_out],
        "kept": [{"id": names[k.work], "value_if_left_out": k.value_if_left_out} for k in plan.kept],
        "covered_by_zone": plan.by_zone,
        "greedy": plan.greedy_objective,
        "lp_bound": plan.lp_bound,
        "notes": list(plan.notes),
    }
    if plan.conflict is not None:
        found["conflict"] = {
            "zones": list(plan.conflict.zones),
            "largest_floor_factor": plan.conflict.factor,
            "reachable": plan.conflict.reachable,
        }
    return found


def _left_out(problem: Problem, entry: LeftOut) -> Json:
    """One explanation."""
    extra = entry.admission
    place = None
    if extra is not None:
        place = {
            "fund": problem.funds[extra.fund],
            "year": extra.year + 1,
            "extra": extra.extra,
            "proven": extra.proven,
        }
    return {
        "id": problem.works[entry.work].id,
        "reason": entry.reason,
        "because": list(entry.because),
        "value_if_forced_in": entry.value_if_forced_in,
        "forced_in_bound": entry.forced_bound,
        "leaves": [problem.works[i].id for i in entry.leaves],
        "admission": place,
    }


def _amount(amount: Fraction) -> int | float:
    """Whole rupiah as a whole number."""
    return int(amount) if amount.denominator == 1 else float(amount)


def _whole(value: Any, pointer: str) -> int:
    """A whole number (rupiah, years), or BadInput."""
    number = a_finite(value, pointer)
    if not number.is_integer():
        raise BadInput("must be a whole number", pointer)
    return int(value)


def _read_work(value: Any, pointer: str, i: int, funds: list[str], demands: int) -> Work:
    """One entry of `works`."""
    body = an_object(value, pointer)
    caps = body.get("share_cap")
    shares = dict.fromkeys(range(len(funds)), Fraction(1)) if caps is None else {}
    for name, share in {} if caps is None else an_object(caps, f"{pointer}/share_cap").items():
        place = f"{pointer}/share_cap/{escape(name)}"
        if name not in funds:
            raise BadInput(f"there is no fund {name}", place)
        shares[funds.index(name)] = exact(a_finite(share, place))
    gates = {} if body.get("gates") is None else an_object(body["gates"], f"{pointer}/gates")
    latest = body.get("latest")
    return Work(
        id=a_string(member(body, "id", pointer), f"{pointer}/id"),
        cost=_whole(member(body, "cost", pointer), f"{pointer}/cost"),
        value=a_finite(body.get("value", 0.0), f"{pointer}/value"),
        covers=_read_covers(body.get("covers", []), i, demands),
        share_cap={f: s for f, s in shares.items() if s},
        earliest=_whole(body.get("earliest", 1), f"{pointer}/earliest"),
        latest=None if latest is None else _whole(latest, f"{pointer}/latest"),
        failed_gates=tuple(sorted(name for name, passed in gates.items() if passed is False)),
        free=body.get("no_cost") is True,
    )


def _read_covers(value: Any, i: int, demands: int) -> tuple[Cover, ...]:
    """Numbers of demands, or pairs [number, share] of those covered in part."""
    pointer = f"/works/{i}/covers"
    found: list[Cover] = []
    for k, entry in enumerate(a_list(value, pointer)):
        if isinstance(entry, list) and len(entry) != 2:
            raise BadInput("must be the number of a demand or [number, share]", f"{pointer}/{k}")
        number = read_demand(entry[0] if isinstance(entry, list) else entry, f"{pointer}/{k}", demands)
        found.append((number, a_finite(entry[1], f"{pointer}/{k}/1")) if isinstance(entry, list) else number)
    return tuple(found)


def _read_budget(body: Json, funds: list[str]) -> tuple[tuple[int, ...], ...]:
    """Yearly rupiah of every fund, in the order of the funds."""
    budget = an_object(member(body, "budget", ""), "/budget")
    for name in budget:
        if name not in funds:
            raise BadInput(f"there is no fund {name}", f"/budget/{escape(name)}")
    rows = []
    for name in funds:
        pointer = f"/budget/{escape(name)}"
        row = a_list(member(budget, name, "/budget"), pointer)
        rows.append(tuple(_whole(rupiah, f"{pointer}/{t}") for t, rupiah in enumerate(row)))
    return tuple(rows)


def _read_carry(body: Json, funds: list[str]) -> frozenset[int]:
    """The funds that keep unspent money."""
    keeping = {} if body.get("carry") is None else an_object(body["carry"], "/carry")
    for name, keeps in keeping.items():
        pointer = f"/carry/{escape(name)}"
        if name not in funds:
            raise BadInput(f"there is no fund {name}", pointer)
        if not isinstance(keeps, bool):
            raise BadInput("must be true or false", pointer)
    return frozenset(f for f, name in enumerate(funds) if keeping.get(name))


def _read_weight(value: Any, k: int) -> float:
    """The weight of one demand."""
    return a_finite(member(an_object(value, f"/demand/{k}"), "weight", f"/demand/{k}"), f"/demand/{k}/weight")


def _read_zone(value: Any, k: int) -> str | None:
    """The zone of one demand: a name, a number taken as a name, or none."""
    zone = value.get("zone")
    if zone is None or isinstance(zone, str):
        return zone
    if isinstance(zone, bool) or not isinstance(zone, int):
        raise BadInput("must be the name of a zone", f"/demand/{k}/zone")
    return str(zone)


def _read_groups(body: Json, name: str, number: Mapping[str, int], size: int | None) -> list[tuple[int, ...]]:
    """Groups of works by id."""
    groups = []
    for k, value in enumerate(_optional_list(body, name)):
        group = a_list(value, f"/{name}/{k}")
        if size is not None and len(group) != size:
            raise BadInput(f"must name {size} works", f"/{name}/{k}")
        groups.append(tuple(_number(w, f"/{name}/{k}/{j}", number) for j, w in enumerate(group)))
    return groups


def _read_synergy(body: Json, number: Mapping[str, int]) -> tuple[tuple[int, int, float], ...]:
    """Pairs of works with what both together are worth more."""
    found = []
    for k, value in enumerate(_optional_list(body, "synergy")):
        entry = a_list(value, f"/synergy/{k}")
        if len(entry) != 3:
            raise BadInput("must be [work, work, value]", f"/synergy/{k}")
        a, b = (_number(entry[j], f"/synergy/{k}/{j}", number) for j in (0, 1))
        found.append((a, b, a_finite(entry[2], f"/synergy/{k}/2")))
    return tuple(found)


def _read_floors(body: Json) -> dict[str, float]:
    """Zone -> least covered weight."""
    floors = body.get("zone_floor")
    if floors is None:
        return {}
    entries = an_object(floors, "/zone_floor").items()
    return {zone: a_finite(floor, f"/zone_floor/{escape(zone)}") for zone, floor in entries}


def _read_place(body: Json, problem: Problem) -> tuple[int, int] | None:
    """The only fund and year to ask for admission money, if one is given."""
    if body.get("admission") is None:
        return None
    place = an_object(body["admission"], "/admission")
    fund = one_of(member(place, "fund", "/admission"), problem.funds, "/admission/fund")
    year = _whole(member(place, "year", "/admission"), "/admission/year")
    if not 1 <= year <= problem.years:
        raise BadInput(f"must lie in 1..{problem.years}", "/admission/year")
    return problem.funds.index(fund), year - 1


def _optional_list(body: Json, name: str) -> list[Any]:
    """An array that may be absent or null."""
    return [] if body.get(name) is None else a_list(body[name], f"/{name}")


def _number(value: Any, pointer: str, number: Mapping[str, int]) -> int:
    """The number of a work by id."""
    name = a_string(value, pointer)
    if name not in number:
        raise BadInput(f"there is no work {name}", pointer)
    return number[name]
