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
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput
from gis_core.geodesy import check_drawable
from gis_core.portfolio.model import find_cycle

Kind = Literal["duplicate", "conflict", "dependency", "synergy"]

SAME_AREA: Final = 0.8
SAME_LINE: Final = 0.7
LINE_WIDTH_M: Final = 5.0
SAME_POINT_M: Final = 10.0
TOUCH_M2: Final = 2.0


@dataclass(frozen=True, eq=False)
class Proposal:
    """A proposal on the map: type, footprint in metres (UTM), numbers of the homes it serves if known.

    outlet: where its water must go on, for a drain whose lower end reaches nothing that exists; None otherwise.
    """

    id: str
    type: str
    footprint: BaseGeometry
    serves: frozenset[int] = frozenset()
    outlet: BaseGeometry | None = None


@dataclass(frozen=True)
class Near:
    """A rule for an ordered pair of types: `share` of the second's footprint within_m of the first's.

    at_outlet: it is the outlet of the second that must lie within_m of the first (outfall before drain).
    """

    first: str
    then: str
    within_m: float
    share: float = 0.0
    at_outlet: bool = False


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


def find(proposals: Sequence[Proposal], rules: Rules, about: str | None = None) -> tuple[Relation, ...]:
    """All relations that the rules suggest, in the order of the proposals; about: only those of this id.

    duplicate: same type and the same place (`same_place`), or 80 % of the homes of the smaller in common.
    conflict: footprints of incompatible types share more than 2 m2. A duplicate is not reported as anything
    else. Raises BadInput for a footprint that cannot be scored, pointing at it, and for an id used twice.
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
    for a, b in _candidates(proposals, rules, about):
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


def _candidates(
    proposals: Sequence[Proposal], rules: Rules, about: str | None
) -> Iterator[tuple[Proposal, Proposal]]:
    """Pairs near enough for any rule, or of the same type with homes in common; each once, in order.

    about: only those with this id, sought around it alone, since a preview asks for one among a thousand.
    """
    distance = max([LINE_WIDTH_M, SAME_POINT_M, *(rule.within_m for rule in (*rules.before, *rules.synergy))])
    asked = [k for k, proposal in enumerate(proposals) if about in (None, proposal.id)]
    pairs = set()
    if asked:
        shapes = np.array([p.footprint for p in proposals], dtype=object)
        boxes = shapely.box(*(shapely.bounds(shapes[asked]) + np.array([-1, -1, 1, 1]) * distance).T)
        first, second = shapely.STRtree(shapes).query(boxes)
        pairs = {(asked[i], int(k)) for i, k in zip(first, second, strict=True)}
    by_type: dict[str, list[int]] = {}
    for k, proposal in enumerate(proposals):
        by_type.setdefault(proposal.type, []).append(k)
    for i in asked:
        group = [k for k in by_type[proposals[i].type] if k > i or about is not None]
        pairs |= {(i, k) for k in group if not proposals[i].serves.isdisjoint(proposals[k].serves)}
    for i, k in sorted({(min(pair), max(pair)) for pair in pairs}):
        if i != k:
            yield proposals[i], proposals[k]


def twin_among(shape: BaseGeometry, others: NDArray[np.object_]) -> int | None:
    """Row of the first of others (n,) that is the same thing drawn twice (`same_place`); None if none is. Metres."""
    near = shapely.dwithin(others, shape, max(LINE_WIDTH_M, SAME_POINT_M) + 1e-6)
    return next((row for row in np.flatnonzero(near).tolist() if same_place(shape, others[row])), None)


def same_place(a: BaseGeometry, b: BaseGeometry) -> float:
    """How much two works of one kind are the same thing drawn twice, 0 below the bounds of the rule (2.8).

    Lines: share of the shorter within 5 m of the other, from 70 %. Areas: common ground over the smaller, from
    80 %. Points: share of the fewer within 10 m of the others, from 80 %. Different shapes are never the same.
    """
    dimension = int(shapely.get_dimensions(a))
    if dimension != int(shapely.get_dimensions(b)):
        return 0.0
    measure = (shapely.get_num_geometries, shapely.length, shapely.area)[dimension]
    small, large = (a, b) if measure(a) <= measure(b) else (b, a)
    if dimension == 2:
        share = float(shapely.area(shapely.intersection(a, b)) / shapely.area(small))
    else:
        share = _share_within(small, large, LINE_WIDTH_M if dimension else SAME_POINT_M)
    return share if share >= (SAME_LINE if dimension == 1 else SAME_AREA) - 1e-9 else 0.0


def _likeness(a: Proposal, b: Proposal) -> float:
    """How much two proposals of one type are the same by place or by homes, 0 below the bounds of the rules."""
    if place := same_place(a.footprint, b.footprint):
        return place
    if not (a.serves and b.serves):
        return 0.0
    common = len(a.serves & b.serves) / min(len(a.serves), len(b.serves))
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
            share = _measure(first, then, rule)
            if share > 0 and share >= rule.share - 1e-9:
                found.append(Relation(kind, first.id, then.id, share))
                break
    return found


def _measure(first: Proposal, then: Proposal, rule: Near) -> float:
    """How far a rule holds for a pair, 0..1."""
    if not rule.at_outlet:
        return _share_within(then.footprint, first.footprint, rule.within_m)
    return 0.0 if then.outlet is None else _share_within(then.outlet, first.footprint, rule.within_m)


def _share_within(shape: BaseGeometry, other: BaseGeometry, distance: float) -> float:
    """Share of a footprint (area, length or number of points) within a distance of another, inclusive."""
    dimension = int(shapely.get_dimensions(shape))
    if dimension == 0:
        near = shapely.distance(shapely.get_parts(shape), other) <= distance * (1 + 1e-9)
        return float(near.mean())
    size = shapely.length if dimension == 1 else shapely.area
    inside = shapely.intersection(shape, shapely.buffer(other, distance))
    return float(min(1.0, size(inside) / size(shape)))
