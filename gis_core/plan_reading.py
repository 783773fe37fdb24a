"""The problem of a `plan` document: works, funds, demands and rules, each fault at its place.

It knows nothing about plans and answers; the document is that of `plan_document`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, cast

from gis_core import ranking
from gis_core.coverage import exact
from gis_core.coverage_document import read_demand
from gis_core.documents import (
    a_finite,
    a_flag,
    a_list,
    a_string,
    an_amount,
    an_object,
    member,
    only,
)
from gis_core.errors import BadInput, escape
from gis_core.portfolio import MoneyFloor, Problem, Work
from gis_core.portfolio.work import Cover, expected
from gis_core.rank_reading import read_gates

Json = dict[str, Any]
_PARTS = 1000
"""Largest denominator of a share that is known again in its decimals."""

MEMBERS: Final = (
    "years", "funds", "budget", "works", "demand", "precedence", "exclusive", "synergy", "zone_floor", "equity",
    "explain", "carry", "price_rise", "gap", "admission", "money_floor", "benefit_years",
)  # fmt: skip
WORK: Final = (
    "id", "cost", "value", "covers", "share_cap", "earliest", "latest", "gates", "no_cost", "capacity",
    "zone", "delivery",
)  # fmt: skip
DEMAND: Final = ("weight", "zone", "size")


def read_problem(body: Json) -> Problem:
    """The problem of a `plan` document, or BadInput at the guilty place."""
    only(body, MEMBERS, "")
    years = a_whole(member(body, "years", ""), "/years")
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
        size=cast("Any", [_read_size(d, k) for k, d in enumerate(demand)]),
        zone=tuple(_read_zone(d, k) for k, d in enumerate(demand)),
        precedence=tuple(cast("Any", _read_groups(body, "precedence", number, 2))),
        exclusive=tuple(_read_groups(body, "exclusive", number, None)),
        synergy=_read_synergy(
            body, number, [_read_delivery(w, f"/works/{i}/delivery") for i, w in enumerate(works)]
        ),
        zone_floor=_read_floors(body),
        money_floors=_read_money_floors(body, works),
        carry=_read_carry(body, funds),
        price_rise=exact(a_finite(body.get("price_rise", 0), "/price_rise")),
        benefit_years=None
        if body.get("benefit_years") is None
        else a_finite(body["benefit_years"], "/benefit_years"),
    )


def a_whole(value: Any, pointer: str) -> int:
    """A whole number (rupiah, years), or BadInput."""
    number = an_amount(value, pointer)
    if not number.is_integer():
        raise BadInput("must be a whole number", pointer)
    return int(value)


def _read_work(value: Any, pointer: str, i: int, funds: list[str], demands: int) -> Work:
    """One entry of `works`."""
    body = an_object(value, pointer)
    only(body, WORK, pointer)
    caps = body.get("share_cap")
    shares = dict.fromkeys(range(len(funds)), Fraction(1)) if caps is None else {}
    for name, share in {} if caps is None else an_object(caps, f"{pointer}/share_cap").items():
        place = f"{pointer}/share_cap/{escape(name)}"
        if name not in funds:
            raise BadInput(f"there is no fund {name}", place)
        shares[funds.index(name)] = _simplest(a_finite(share, place))
    gates = read_gates(body.get("gates"), f"{pointer}/gates")
    latest, capacity = body.get("latest"), body.get("capacity")
    delivery = _read_delivery(body, f"{pointer}/delivery")
    return Work(
        id=a_string(member(body, "id", pointer), f"{pointer}/id"),
        cost=a_whole(member(body, "cost", pointer), f"{pointer}/cost"),
        value=delivery * an_amount(body.get("value", 0.0), f"{pointer}/value"),
        covers=expected(_read_covers(body.get("covers", []), i, demands), delivery),
        share_cap={f: s for f, s in shares.items() if s},
        earliest=a_whole(body.get("earliest", 1), f"{pointer}/earliest"),
        latest=None if latest is None else a_whole(latest, f"{pointer}/latest"),
        failed_gates=tuple(sorted(name for name, passed in gates.items() if passed is False)),
        free=a_flag(body.get("no_cost", False), f"{pointer}/no_cost"),
        capacity=None if capacity is None else an_amount(capacity, f"{pointer}/capacity"),
    )


def _read_delivery(body: Json, pointer: str) -> float:
    """The chance of a work to be delivered: certain unless said."""
    chance = a_finite(body.get("delivery", 1.0), pointer)
    if not 0 < chance <= 1:
        raise BadInput("a chance must lie in 0..1 and not be 0", pointer)
    return chance


def _simplest(share: float) -> Fraction:
    """A share as it was meant: 0.3333333333333333 is what a program writes for a third; three of them are a whole."""
    near = Fraction(share).limit_denominator(_PARTS)
    return near if float(near) == float(share) else exact(share)


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
        rows.append(tuple(a_whole(rupiah, f"{pointer}/{t}") for t, rupiah in enumerate(row)))
    return tuple(rows)


def _read_carry(body: Json, funds: list[str]) -> frozenset[int]:
    """The funds that keep unspent money."""
    keeping = {} if body.get("carry") is None else an_object(body["carry"], "/carry")
    for name, keeps in keeping.items():
        pointer = f"/carry/{escape(name)}"
        if name not in funds:
            raise BadInput(f"there is no fund {name}", pointer)
        a_flag(keeps, pointer)
    return frozenset(f for f, name in enumerate(funds) if keeping.get(name))


def _read_weight(value: Any, k: int) -> float:
    """The weight of one demand."""
    body = an_object(value, f"/demand/{k}")
    only(body, DEMAND, f"/demand/{k}")
    return an_amount(member(body, "weight", f"/demand/{k}"), f"/demand/{k}/weight")


def _read_size(value: Any, k: int) -> float:
    """What one demand takes of a capacity: its weight unless said."""
    return an_amount(value.get("size", value["weight"]), f"/demand/{k}/size")


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


def _read_synergy(
    body: Json, number: Mapping[str, int], chance: Sequence[float]
) -> tuple[tuple[int, int, float], ...]:
    """Pairs of works with what both together are worth more (or less), times the chances that both are delivered."""
    found = []
    for k, value in enumerate(_optional_list(body, "synergy")):
        entry = a_list(value, f"/synergy/{k}")
        if len(entry) != 3:
            raise BadInput("must be [work, work, value]", f"/synergy/{k}")
        a, b = (_number(entry[j], f"/synergy/{k}/{j}", number) for j in (0, 1))
        found.append((a, b, chance[a] * chance[b] * an_amount(entry[2], f"/synergy/{k}/2")))
    return tuple(found)


def _read_money_floors(body: Json, works: list[Any]) -> tuple[MoneyFloor, ...]:
    """Zone -> rupiah that the works which name it should cost together."""
    floors = {} if body.get("money_floor") is None else an_object(body["money_floor"], "/money_floor")
    zones = [_zone_of_work(work, i) for i, work in enumerate(works)]
    return tuple(
        MoneyFloor(
            name, frozenset(i for i, zone in enumerate(zones) if zone == name),
            a_whole(rupiah, f"/money_floor/{escape(name)}"),
        )
        for name, rupiah in floors.items()
    )  # fmt: skip


def _zone_of_work(value: Any, i: int) -> str | None:
    """The zone that a work lies in, if it names one."""
    zone = value.get("zone")
    return None if zone is None else a_string(zone, f"/works/{i}/zone")


def _read_floors(body: Json) -> dict[str, float]:
    """Zone -> least covered weight."""
    floors = body.get("zone_floor")
    if floors is None:
        return {}
    entries = an_object(floors, "/zone_floor").items()
    return {zone: an_amount(floor, f"/zone_floor/{escape(zone)}") for zone, floor in entries}


def _optional_list(body: Json, name: str) -> list[Any]:
    """An array that may be absent or null."""
    return [] if body.get(name) is None else a_list(body[name], f"/{name}")


def _number(value: Any, pointer: str, number: Mapping[str, int]) -> int:
    """The number of a work by id."""
    name = a_string(value, pointer)
    if name not in number:
        raise BadInput(f"there is no work {name}", pointer)
    return number[name]
