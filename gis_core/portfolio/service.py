"""Works of limited capacity that share demands: who serves whom, so that most is covered.

It knows nothing about money and years. Rules 8 and 9 of method 5.2: u_hi is the part of demand h that work i
serves; sum_i u_hi <= 1, sum_h size_h u_hi <= capacity_i, and sum_i m_hi u_hi of the weight of h is covered. For a
set of works that is a transport problem, whose value is monotone and submodular in the set. Demands that no work
of limited capacity reaches are none of its business: the best server covers them (`layers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gis_core.program import Program, solve

Floats = NDArray[np.float64]
Serving = dict[tuple[int, int], float]
"""(node, work) -> part of the node served."""
ByZone = Mapping[int, tuple[float, float]]
"""Zone number -> weight that is wanted there, and what others cover of it already."""


@dataclass(frozen=True, eq=False)
class Shared:
    """Demands that works of limited capacity reach, alike ones as one: k nodes.

    reach[k]: work -> covered share of what it serves; weight, size (k,); zone (k,) number, -1 for none; demands[k]:
    the demands of the node; capacity: work -> size it can serve; near: work -> works that share a node with it;
    known: answers already found.
    """

    reach: tuple[dict[int, float], ...]
    weight: Floats
    size: Floats
    zone: NDArray[np.int64]
    demands: tuple[tuple[int, ...], ...]
    capacity: Mapping[int, float]
    near: Mapping[int, set[int]]
    known: dict[tuple[int, ...], Serving] = field(default_factory=dict)


def shared(
    shares: Sequence[Mapping[int, float]],
    weight: Floats,
    size: Floats,
    zone: NDArray[np.int64],
    capacity: Mapping[int, float],
) -> Shared:
    """The nodes of a problem. shares: for each work, demand -> share; weight, size, zone (d,)."""
    limited = {d for i in capacity for d in shares[i]}
    reach: dict[int, dict[int, float]] = {d: {} for d in sorted(limited) if weight[d] > 0}
    for i, covers in enumerate(shares):
        for d in covers.keys() & reach.keys():
            reach[d][i] = covers[d]
    alike: dict[tuple[object, ...], list[int]] = {}
    for d, works in reach.items():
        # Only demands of the same weight for the same size can stand as one.
        alike.setdefault((tuple(works.items()), int(zone[d]), size[d] / weight[d]), []).append(d)
    groups = list(alike.values())
    reaches = tuple(reach[group[0]] for group in groups)
    near: dict[int, set[int]] = {}
    for works in reaches:
        for i in works:
            near.setdefault(i, set()).update(works)
    return Shared(
        reaches,
        np.array([weight[group].sum() for group in groups], dtype=np.float64),
        np.array([size[group].sum() for group in groups], dtype=np.float64),
        np.array([zone[group[0]] for group in groups], dtype=np.int64),
        tuple(map(tuple, groups)),
        dict(capacity),
        near,
    )


def add_columns(
    program: Program, nodes: Shared, built: Mapping[int, Sequence[tuple[int, float]] | None]
) -> dict[tuple[int, int], int]:
    """Columns u and rows of rules 8 and 9 in a program, gain = weight covered; (node, work) -> column.

    built: work -> terms of X_i, None if it is built anyway; other works are not there.
    """
    column: dict[tuple[int, int], int] = {}
    for k, works in enumerate(nodes.reach):
        mine = [i for i in works if i in built]
        for i in mine:
            column[k, i] = program.column(float(nodes.weight[k]) * works[i], False)
            if (terms := built[i]) is not None:
                program.at_most([(column[k, i], 1.0), *((c, -x) for c, x in terms)], 0.0)
        if len(mine) > 1:
            program.at_most([(column[k, i], 1.0) for i in mine], 1.0)
    for i, most in nodes.capacity.items():
        load = [(c, float(nodes.size[k])) for (k, j), c in column.items() if j == i]
        if load:
            terms = built[i]
            limit = most if terms is None else 0.0
            program.at_most([*load, *((c, -x * most) for c, x in terms or ())], limit)
    return column


def serve(nodes: Shared, works: Iterable[int]) -> Serving:
    """Who serves whom among these works, so that the most weight is covered."""
    answer: Serving = {}
    for group in _groups(nodes, works):
        if group not in nodes.known:
            program = Program()
            column = add_columns(program, nodes, dict.fromkeys(group))
            nodes.known[group] = _read(program, column) or {}
        answer |= nodes.known[group]
    return answer


def serve_zones(
    nodes: Shared, works: Iterable[int], floors: ByZone, margin: ByZone | None = None
) -> Serving | None:
    """The same with enough covered in some zones; None if that cannot be.

    floors: zone number -> (least, covered already by others). margin: instead of the total, the largest factor, up to
    1, by which all of these can be had beside the floors.
    """
    program = Program()
    column = add_columns(program, nodes, dict.fromkeys(sorted(works)))
    if margin is not None:
        program.gain = [0.0] * len(program.gain)
    factor = program.column(0.0 if margin is None else 1.0, False)
    rows = [(zone, *told, 1.0, 0.0) for zone, told in floors.items()]
    rows += [(zone, *told, 0.0, 1.0) for zone, told in (margin or {}).items()]
    for zone, least, already, fixed, raised in rows:
        unit = max(1.0, least)
        terms = [
            (c, float(nodes.weight[k]) * nodes.reach[k][i] / unit)
            for (k, i), c in column.items()
            if nodes.zone[k] == zone
        ]
        program.at_least([*terms, (factor, -raised * least / unit)], (fixed * least - already) / unit)
    return _read(program, column)


def gains(nodes: Shared, serving: Serving) -> Floats:
    """Covered weight of each node (k,)."""
    found = np.zeros(len(nodes.weight))
    for (k, i), part in serving.items():
        found[k] += nodes.weight[k] * nodes.reach[k][i] * part
    return found


def by_demand(nodes: Shared, serving: Serving) -> dict[int, dict[int, float]]:
    """work -> demand -> part of it served."""
    found: dict[int, dict[int, float]] = {}
    for (k, i), part in serving.items():
        found.setdefault(i, {}).update(dict.fromkeys(nodes.demands[k], part))
    return found


def _groups(nodes: Shared, works: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """The works in groups that share no demand with each other."""
    left = set(works) & nodes.near.keys()
    while left:
        group: set[int] = set()
        edge = {min(left)}
        while edge:
            group |= edge
            edge = {j for i in edge for j in nodes.near[i] & left} - group
        left -= group
        yield tuple(sorted(group))


def _read(program: Program, column: Mapping[tuple[int, int], int]) -> Serving | None:
    """The solution of a program without whole-number columns; None if there is none."""
    answer = solve(program)
    if answer is None:
        return None
    parts = {place: float(min(1.0, answer.x[c])) for place, c in column.items()}
    return {place: part for place, part in parts.items() if part > 1e-12}
