"""The street network as a drainage tree: every piece of street gets the direction in which water leaves it.

It knows nothing about drains that exist; it says where water would run along the streets to the river or canal.
The idea is the steepest way out: shortest paths to the water in which climbing costs far more than length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from shapely import STRtree
from shapely.geometry import LineString
from shapely.ops import substring

from .frame import Floats
from .roads import Road
from .skeleton import Skeleton
from .terrain import Terrain

CLIMB = 400.0  # metres of detour that one metre of climb is worth
BANK = 13.0  # a street end this near to the water can let its water out
LONGEST = 210.0


@dataclass
class Stretch:
    """A piece of one street, its vertices in flow direction, with the metres of street that drain through it."""

    road: Road
    line: LineString
    upstream_m: float


@dataclass
class _Graph:
    lines: list[LineString]
    start: np.ndarray
    end: np.ndarray
    height: Floats
    at: Floats


def stretches(roads: list[Road], bones: Skeleton, terrain: Terrain) -> list[Stretch]:
    """All pieces of street with their flow direction."""
    streets = [r for r in roads if r.cls != "rail"]
    graph = _node(streets, bones, terrain)
    flow, upstream = _drain(graph, bones)
    owner = STRtree([r.line for r in streets])
    pieces: dict[int, list[tuple[float, float, int, float]]] = {}
    for k, line in enumerate(graph.lines):
        middle = line.interpolate(0.5, normalized=True)
        which = int(owner.nearest(middle))
        street = streets[which].line
        a, b = street.project(shapely.Point(line.coords[0])), street.project(shapely.Point(line.coords[-1]))
        sign = flow[k] * (1 if b > a else -1)
        pieces.setdefault(which, []).append((min(a, b), max(a, b), sign, upstream[k]))
    out: list[Stretch] = []
    for which in sorted(pieces):
        out += _runs(streets[which], sorted(pieces[which]))
    return out


def _node(streets: list[Road], bones: Skeleton, terrain: Terrain) -> _Graph:
    """Streets cut at their crossings and at the water."""
    land = bones.outline.buffer(-2).difference(bones.water.buffer(2.5))
    dry = shapely.intersection(np.array([r.line for r in streets]), land)
    merged = shapely.unary_union(dry, grid_size=0.05)
    lines = [p for p in shapely.get_parts(merged) if p.geom_type == "LineString" and p.length > 1.0]
    ends = np.array([[line.coords[0], line.coords[-1]] for line in lines])
    flat = ends.reshape(-1, 2)
    at, index = np.unique(np.round(flat / 0.05).astype(int), axis=0, return_inverse=True)
    index = index.reshape(-1, 2)
    where = at * 0.05
    return _Graph(lines, index[:, 0], index[:, 1], terrain.elevation(where[:, 0], where[:, 1]), where)


def _drain(graph: _Graph, bones: Skeleton) -> tuple[list[int], list[float]]:
    """Direction (1 along the line, -1 against it) and upstream metres of every edge."""
    n, length = len(graph.at), shapely.length(graph.lines)
    a, b, z = graph.start, graph.end, graph.height
    outlets = _outlets(graph, bones)
    rise = z[b] - z[a]
    # in this graph an arc (v, u) stands for water running from u to v, so a search from the outlets finds the way out
    arcs = csr_array(
        (
            np.concatenate(
                [
                    length + CLIMB * np.maximum(rise, 0),
                    length + CLIMB * np.maximum(-rise, 0),
                    np.full(len(outlets), 0.01),
                ]
            ),
            (np.concatenate([b, a, np.full(len(outlets), n)]), np.concatenate([a, b, outlets])),
        ),
        shape=(n + 1, n + 1),
    )
    cost, onward = dijkstra(arcs, directed=True, indices=np.array(n), return_predecessors=True)
    flow = [1 if drop <= 0 else -1 for drop in rise]
    tree = {(int(p), int(q)): k for k, (p, q) in enumerate(zip(a, b, strict=True))}
    through = np.zeros(n + 1)
    upstream = length.copy()
    for u in np.argsort(-cost, kind="stable").tolist():
        v = int(onward[u])
        k = tree.get((u, v), tree.get((v, u)))
        if k is not None:
            through[v] += through[u] + length[k]
            upstream[k] = through[u] + length[k]
            flow[k] = 1 if int(a[k]) == u else -1
    return flow, upstream.tolist()


def _outlets(graph: _Graph, bones: Skeleton) -> np.ndarray:
    """Nodes on a bank, and the lowest node of every part of the network that reaches no bank."""
    n = len(graph.at)
    near = shapely.distance(shapely.points(graph.at), bones.water) < BANK
    joined = csr_array((np.ones(len(graph.start)), (graph.start, graph.end)), shape=(n, n))
    count, part = connected_components(joined, directed=False)
    chosen = set(np.flatnonzero(near).tolist())
    for k in range(count):
        members = np.flatnonzero(part == k)
        if not near[members].any():
            chosen.add(int(members[np.argmin(graph.height[members])]))
    return np.array(sorted(chosen))


def _runs(road: Road, pieces: list[tuple[float, float, int, float]]) -> list[Stretch]:
    """Join neighbouring pieces of one street that flow the same way, up to a handy length."""
    out: list[Stretch] = []
    a, b, sign, most = pieces[0]
    for start, end, way, metres in [*pieces[1:], (-1e9, -1e9, 0, 0.0)]:
        if way == sign and abs(start - b) < 1.5 and end - a <= LONGEST:
            b, most = end, max(most, metres)
            continue
        line = substring(road.line, a, b) if sign > 0 else substring(road.line, b, a)
        if line.geom_type == "LineString" and line.length > 12:
            out.append(Stretch(road, line, most))
        a, b, sign, most = start, end, way, metres
    return out
