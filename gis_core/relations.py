"""Relations between proposals found by rule: duplicates, conflicts, dependencies, candidates for synergy.

It knows nothing about money, scores or which rules a city uses: types and distances are arguments. What is
found is a suggestion that a person confirms; the rules are those of the method, section 2.8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput
from gis_core.geodesy import check_drawable
from gis_core.portfolio.model import find_cycle

Kind = Literal["duplicate", "conflict", "dependency", "synergy"]

SAME_AREA: Final = 0.8
SAME_LINE: Final = 0.7
LINE_WIDTH_M: Final = 5.0
TOUCH_M2: Final = 2.0


@dataclass(frozen=True, eq=False)
class Proposal:
    """A proposal on the map: type, footprint in metres (UTM), numbers of the homes it serves if known."""

    id: str
    type: str
    footprint: BaseGeometry
    serves: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Near:
    """A rule for an ordered pair of types: `share` of the second's footprint within_m of the first's."""

    first: str
    then: str
    within_m: float
    share: float = 0.0


@dataclass(frozen=True)
class Rules:
    """What a city holds to be related: types that cannot share ground, what comes before what, what helps."""

    incompatible: frozenset[frozenset[str]] = frozenset()
    before: tuple[Near, ...] = ()
    synergy: tuple[Near, ...] = ()


@dataclass(frozen=True)
class Relation:
    """Two proposals by id and how strongly the rule holds (a share 0..1; m2 of a conflict).

    duplicate, conflict: exclusive, ids in order. dependency: first before or with then. synergy: worth a
    look; a bonus needs a written reason.
    """

    kind: Kind
    first: str
    then: str
    measure: float


def find(proposals: Sequence[Proposal], rules: Rules) -> tuple[Relation, ...]:
    """All relations that the rules suggest, in the order of the proposals.

    duplicate: same type and 80 % of the homes of the smaller (of the area, if homes are not known) in
    common, or 70 % of the shorter line within 5 m of the other. conflict: footprints of incompatible types
    share more than 2 m2. A duplicate is not reported as anything else. Raises BadInput for a footprint
    that cannot be scored, pointing at it, and for an id used twice.
    """
    seen: set[str] = set()
    for k, proposal in enumerate(proposals):
        if proposal.id in seen:
            raise BadInput(f"the id {proposal.id} is used twice", f"/proposals/{k}/id")
        seen.add(proposal.id)
        try:
            check_drawable(proposal.footprint)
        except BadInput as error:
            raise error.under(f"/proposals/{k}/footprint") from error
    found: list[Relation] = []
    for a, b in _candidates(proposals, rules):
        twin = _likeness(a, b) if a.type == b.type else 0.0
        if twin:
            found.append(Relation("duplicate", a.id, b.id, twin))
            continue
        shared = _shared_ground(a, b) if frozenset((a.type, b.type)) in rules.incompatible else 0.0
        if shared > TOUCH_M2 + 1e-6:
            found.append(Relation("conflict", a.id, b.id, shared))
        found += _near(a, b, rules.before, "dependency")
        found += _near(a, b, rules.synergy, "synergy")
    return tuple(found)


def cycle(relations: Sequence[Relation]) -> tuple[str, ...]:
    """A circle of dependencies by ids (a, b, ..., a), () if there is none: it must be broken by a person."""
    pairs = [(r.first, r.then) for r in relations if r.kind == "dependency"]
    names = sorted({name for pair in pairs for name in pair})
    number = {name: k for k, name in enumerate(names)}
    return tuple(names[k] for k in find_cycle(len(names), [(number[a], number[b]) for a, b in pairs]))


def _candidates(proposals: Sequence[Proposal], rules: Rules) -> Iterator[tuple[Proposal, Proposal]]:
    """Pairs near enough for any rule, or of the same type with homes in common; each once, in order."""
    distance = max([LINE_WIDTH_M, *(rule.within_m for rule in (*rules.before, *rules.synergy))])
    shapes = [p.footprint for p in proposals]
    pairs = set()
    if shapes:
        boxes = shapely.box(*(shapely.bounds(shapes) + np.array([-1, -1, 1, 1]) * distance).T)
        first, second = shapely.STRtree(shapes).query(boxes)
        pairs = {(int(min(i, k)), int(max(i, k))) for i, k in zip(first, second, strict=True) if i != k}
    homes: dict[tuple[str, int], list[int]] = {}
    for k, proposal in enumerate(proposals):
        for home in proposal.serves:
            homes.setdefault((proposal.type, home), []).append(k)
    pairs |= {(i, k) for group in homes.values() for n, k in enumerate(group) for i in group[:n]}
    for i, k in sorted(pairs):
        yield proposals[i], proposals[k]


def _likeness(a: Proposal, b: Proposal) -> float:
    """How much two proposals of one type are the same, 0 below the bounds of the rule."""
    lines = [shapely.length(p.footprint) if shapely.get_dimensions(p.footprint) == 1 else 0 for p in (a, b)]
    if all(lines):
        short, long = (a, b) if lines[0] <= lines[1] else (b, a)
        share = _share_within(short.footprint, long.footprint, LINE_WIDTH_M)
        if share >= SAME_LINE - 1e-9:
            return share
    if a.serves and b.serves:
        common = len(a.serves & b.serves) / min(len(a.serves), len(b.serves))
    else:
        areas = [shapely.area(p.footprint) for p in (a, b)]
        common = _shared_ground(a, b) / min(areas) if all(areas) else 0.0
    return common if common >= SAME_AREA - 1e-9 else 0.0


def _shared_ground(a: Proposal, b: Proposal) -> float:
    """Area in common, m2."""
    return float(shapely.area(shapely.intersection(a.footprint, b.footprint)))


def _near(a: Proposal, b: Proposal, rules: Sequence[Near], kind: Kind) -> list[Relation]:
    """Relations of a pair by the first rule that fits each way round."""
    found = []
    for first, then in ((a, b), (b, a)):
        for rule in rules:
            if (rule.first, rule.then) != (first.type, then.type):
                continue
            share = _share_within(then.footprint, first.footprint, rule.within_m)
            if share > 0 and share >= rule.share - 1e-9:
                found.append(Relation(kind, first.id, then.id, share))
                break
    return found


def _share_within(shape: BaseGeometry, other: BaseGeometry, distance: float) -> float:
    """Share of a footprint (area, length or number of points) within a distance of another, inclusive."""
    dimension = int(shapely.get_dimensions(shape))
    if dimension == 0:
        near = shapely.distance(shapely.get_parts(shape), other) <= distance * (1 + 1e-9)
        return float(near.mean())
    size = shapely.length if dimension == 1 else shapely.area
    inside = shapely.intersection(shape, shapely.buffer(other, distance))
    return float(min(1.0, size(inside) / size(shape)))
