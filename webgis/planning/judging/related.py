"""How proposals hang together: twins, conflicts on the ground, what has to be built first (method 2.8).

It knows nothing about points. The rules are gis_core.relations with the pairs of catalogue/gates.toml; what is found
is a suggestion that a person confirms or dismisses (`verdicts`, decision 41).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from gis_core import network, relations
from gis_core.relations import Near, Proposal, Rules
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import Gate, table
from webgis.planning.judging.scoring import Judged
from webgis.planning.judging.verdicts import Link, Verdict, links
from webgis.planning.judging.work import Work

DECIDED: Final = ("funded", "under_construction")
"""States in which people have decided for a work: a twin of it that is still open is a duplicate for certain."""
DRAWN: Final = ""
"""The id of a work that is still drawn and has none yet."""
DRAINS: Final = ("drain_new", "drain_repair")
LOOSE_M: Final = 200.0
"""Farther (metres) from its network a line is no part of it that was drawn too short."""


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The pairs of this installation."""
    told = table()
    before = tuple(
        Near(first, then, rule["within_m"], rule.get("share", 0.0), rule.get("at_outlet", False))
        for rule in told["before"]
        for first in rule["first"]
        for then in rule["then"]
    )
    pairs = {frozenset(pair) for pair in combinations(told["ground"]["takes"], 2)}
    return Rules(frozenset(pairs - {frozenset(pair) for pair in told["ground"]["shares"]}), before)


def gates(facts: Facts, works: Sequence[Judged], verdicts: Sequence[Verdict]) -> dict[str, tuple[Gate, ...]]:
    """All gates of each work by id: its own, and whether it is a duplicate."""
    decided = {item.work.id for item in works if item.state in DECIDED}
    twins: dict[str, set[str]] = {}
    for link in _links(facts, works, Rules(), verdicts):
        if link.kind == "duplicate" and link.holds:
            twins.setdefault(link.first, set()).add(link.then)
            twins.setdefault(link.then, set()).add(link.first)
    return {
        item.work.id: (*item.effect.gates, _duplicate(item, twins.get(item.work.id, set()), decided))
        for item in works
    }


def among(facts: Facts, works: Sequence[Judged], verdicts: Sequence[Verdict]) -> tuple[Link, ...]:
    """All relations of works to each other, in their order, with what people said of them."""
    return _links(facts, works, rules(), verdicts)


def of_work(
    facts: Facts, mine: Judged, others: Sequence[Judged], verdicts: Sequence[Verdict]
) -> tuple[Link, ...]:
    """The relations of one work to the others, with what people said of them."""
    name = mine.work.id
    own = [one for one in verdicts if name in (one.first, one.then)]
    return _links(facts, (mine, *others), rules(), own, about=name)


def _links(
    facts: Facts, works: Sequence[Judged], by: Rules, verdicts: Sequence[Verdict], about: str | None = None
) -> tuple[Link, ...]:
    found = relations.find([_proposal(facts, item) for item in works], by, about)
    return links(found, verdicts, {item.work.id for item in works})


def gates_of(mine: Judged, related: Sequence[Link], others: Sequence[Judged]) -> tuple[Gate, ...]:
    """All gates of one work, given its relations to the others."""
    twins = {link.other(mine.work.id) for link in related if link.kind == "duplicate" and link.holds}
    decided = {item.work.id for item in others if item.state in DECIDED}
    return (*mine.effect.gates, _duplicate(mine, twins, decided))


@dataclass(frozen=True)
class Gap:
    """Where a line ends in nothing: metres to what it should join, and the straight way there from its end."""

    metres: float
    way: BaseGeometry


def downstream_gap(facts: Facts, work: Work) -> Gap | None:
    """What the lower (last) end of a drain lacks to the nearest drain or water; None if connected or no drain."""
    if work.type.key not in DRAINS or not len(facts.outlets):
        return None
    end = _lower_end(work)
    rows, metres = facts.outlets.query_nearest(end, return_distance=True)
    if metres[0] <= network.JOINED_M:
        return None
    return Gap(float(metres[0]), shapely.shortest_line(end, facts.outlets.geometries[rows.min()]))


def loose_gap(facts: Facts, work: Work, others: Sequence[Judged]) -> Gap | None:
    """What a road, pipe or culvert lacks to its network; None where an end joins that, or another proposal of it.

    None for drains, too, whose lower end must go on (`downstream_gap`), and where the network is far away.
    """
    if work.type.key in DRAINS or not work.type.network:
        return None
    near = facts.network_near(work.type, work.geometry, LOOSE_M)
    way = None if near is None else network.loose_way(work.geometry, list(near))
    if way is None:
        return None
    beside = [one.work.geometry for one in others if one.work.type.network == work.type.network]
    if beside and network.connection(work.geometry, beside):
        return None
    return Gap(float(shapely.length(way)), way)


def _duplicate(item: Judged, twins: Collection[str], decided: Collection[str]) -> Gate:
    """Failed for an open work with a decided twin, not checked beside an open one; a decided work is decided."""
    if item.state in DECIDED or not twins:
        return Gate("duplicate", True)
    if any(twin in decided for twin in twins):
        return Gate("duplicate", False, "gate_duplicate")
    return Gate("duplicate", None, "gate_twin")


def _proposal(facts: Facts, item: Judged) -> Proposal:
    """A work as gis_core relates it. A drain that reaches nothing that exists needs something proposed below it."""
    outlet = None if downstream_gap(facts, item.work) is None else _lower_end(item.work)
    return Proposal(item.work.id, item.work.type.key, item.work.geometry, item.effect.homes, outlet)


def _lower_end(work: Work) -> BaseGeometry:
    """A drain is drawn with the water, so its last point is its lower end."""
    return shapely.points(shapely.get_coordinates(work.geometry)[-1])
