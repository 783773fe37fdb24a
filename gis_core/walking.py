"""Walking distance along a network of roads and gangs: meetings, snapping, shortest paths.

It knows nothing about services, radii or classes of roads. d = |home to its road| + along the roads + |road to
facility|, infinite where there is no way, and never below the straight line (method 2.4, property 25).

All roads are laid end to end on one long line, so a place on them is a single number and no geometry is ever cut
(linear referencing). Roads meet where they cross: in a kampung nearly every crossing is at grade, while surveyed lines
seldom share a vertex there; a bridge over a road counts as a crossing (our choice). Ends that miss the next line by
less than GAP_M, as traced by hand, are joined by a piece of that length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput
from gis_core.pieces import PieceIndex, Pieces

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]
Shapes = NDArray[np.object_]

GAP_M: Final = 1.0
"""Metres an end may miss the next line by and still meet it."""
_TOUCH_M: Final = 0.01
"""Metres within which ends touch and lines are the same, whatever the gap; layers are drawn no finer."""
_TOLERANCE: Final = 1e-9
_APART_M: Final = 1.0
"""Metres between two roads on the long line: nobody stands there."""


@dataclass(frozen=True, eq=False)
class OnNetwork:
    """Shapes beside roads: rows (k,) of those that have a road near; the rest is about these alone.

    at (k,): metres along the long line of the network; off (k,): metres from the shape to the road; ends (2, k): the
    nodes before and after, the same twice on a node; part (n,): number of the connected part, -1 for none.
    """

    rows: Numbers
    at: Floats
    off: Floats
    ends: Numbers
    part: Numbers

    @cached_property
    def order(self) -> Numbers:
        """The shapes (k,) by their place on the long line."""
        return np.argsort(self.at)


@dataclass(frozen=True, eq=False)
class _Roads:
    """Roads end to end: vertices xy (v, 2) at metres `at` (v,) of the long line, road (v,) number.

    piece (p,): the vertices at which a straight piece begins; tree: the pieces.
    """

    xy: Floats
    at: Floats
    road: Numbers
    piece: Numbers
    tree: shapely.STRtree

    @cached_property
    def index(self) -> PieceIndex:
        """The pieces once more, for many points at once."""
        return PieceIndex(Pieces.between(self.xy[self.piece], self.xy[self.piece + 1]))

    def nearest(self, shapes: Shapes) -> tuple[Numbers, Numbers, Floats]:
        """Shapes (k,) that are not empty, their nearest piece (k,), and where they are nearest to it (k, 2)."""
        xy, piece = np.zeros((len(shapes), 2)), np.full(len(shapes), -1, dtype=np.intp)
        point = (shapely.get_type_id(shapes) == shapely.GeometryType.POINT) & ~shapely.is_empty(shapes)
        xy[point] = shapely.get_coordinates(shapes[point])
        piece[point] = self.index.nearest(xy[point])
        rest = np.flatnonzero(piece < 0)
        if len(rest) and len(self.piece):
            which, found = self.tree.query_nearest(shapes[rest], all_matches=False)
            way = shapely.shortest_line(self.tree.geometries[found], shapes[rest[which]])
            piece[rest[which]], xy[rest[which]] = found, shapely.get_coordinates(way)[1::2]
        rows = np.flatnonzero(piece >= 0)
        return rows, piece[rows], xy[rows]

    def along(self, piece: Numbers, foot: Floats) -> Floats:
        """Places (n,) on the long line of points (n, 2) that lie on these pieces."""
        begin = self.piece[piece]
        return np.minimum(self.at[begin] + _metres(foot - self.xy[begin]), self.at[begin + 1])


@dataclass(frozen=True, eq=False)
class Network:
    """Roads with their nodes (k,), metres on the long line, rising: where a road ends or meets another.

    graph (k, k): metres from node to node, both ways. part (k,): number of the connected part.
    """

    roads: _Roads
    nodes: Floats
    graph: csr_array
    part: Numbers

    def place(self, shapes: Sequence[BaseGeometry] | Shapes, limit: float = np.inf) -> OnNetwork:
        """The nearest place on the roads of shapes (n,), as a rule points; those farther off than `limit` have none."""
        given = np.asarray(shapes, dtype=object)
        rows, near, xy = self.roads.nearest(given)
        along, square = self.roads.index.pieces[near].feet(*xy.T)
        begin, off = self.roads.piece[near], np.sqrt(square)
        at = self.roads.at[begin] + along * (self.roads.at[begin + 1] - self.roads.at[begin])
        # Asked for all and then sorted out: a tree that is given the limit is slower.
        within = off <= limit
        return self._on(rows[within], at[within], off[within], len(given))

    def place_anew(
        self, known: OnNetwork, shapes: Shapes, nearer: Numbers, limit: float = np.inf
    ) -> OnNetwork:
        """`place` of shapes (n,) whose places on a network are known that this one only adds roads to, at its end.

        nearer: the shapes that a new road may be nearer to; the others stay where they are.
        """
        at, off = np.full((2, len(shapes)), np.nan)
        at[known.rows], off[known.rows] = known.at, known.off
        again = self.place(shapes[nearer], limit)
        at[nearer[again.rows]], off[nearer[again.rows]] = again.at, again.off
        rows = np.flatnonzero(~np.isnan(at))
        return self._on(rows, at[rows], off[rows], len(shapes))

    def _on(self, rows: Numbers, at: Floats, off: Floats, count: int) -> OnNetwork:
        """Places on the network with the nodes beside them."""
        after = np.searchsorted(self.nodes, at)
        ends = np.stack([after - (self.nodes[after] > at), after])
        part = np.full(count, -1, dtype=np.intp)
        part[rows] = self.part[ends[0]]
        return OnNetwork(rows, at, off, ends, part)

    def to_nearest(self, homes: OnNetwork, facilities: OnNetwork, limit: float = np.inf) -> Floats:
        """Metres (n,) from homes to the nearest facility; infinite where there is none within the limit."""
        at, off, ends = facilities.at, facilities.off, facilities.ends
        metres = off + np.abs(self.nodes[ends] - at)
        over = self._from_ends(homes, self._from_nodes(ends.ravel(), metres.ravel(), limit))
        # A home and a facility with no node between them: straight along the road.
        line = homes.at[homes.order]
        low = np.searchsorted(line, self.nodes[ends[0]])
        count = np.searchsorted(line, self.nodes[ends[1]], "right") - low
        each = np.repeat(np.arange(len(at)), count)
        home = homes.order[np.arange(len(each)) + (low - np.cumsum(count) + count)[each]]
        np.minimum.at(over, home, homes.off[home] + np.abs(homes.at[home] - at[each]) + off[each])
        result = np.full(len(homes.part), np.inf)
        result[homes.rows] = np.where(over <= limit * (1 + _TOLERANCE), over, np.inf)
        return result

    def to_goals(self, homes: OnNetwork, nodes: NDArray[np.bool_], places: NDArray[np.bool_]) -> Floats:
        """Metres (n,) from homes to the nearest goal: nodes (k,) that are one; places (h,): homes that are there."""
        goals = np.flatnonzero(nodes)
        over = self._from_ends(homes, self._from_nodes(goals, np.zeros(len(goals)), np.inf))
        result = np.full(len(homes.part), np.inf)
        result[homes.rows] = np.where(places, homes.off, over)
        return result

    def road_at(self, at: Floats) -> Numbers:
        """Numbers (n,) of the roads on which places of the long line lie."""
        begins = self.roads.at[np.flatnonzero(np.diff(self.roads.road, prepend=-1))]
        return np.asarray(np.searchsorted(begins, at, "right") - 1, dtype=np.intp)

    def spots(self, at: Floats) -> Floats:
        """Coordinates (n, 2) of places on the long line."""
        if not len(self.roads.at):
            return np.empty((0, 2))
        return np.stack([np.interp(at, self.roads.at, self.roads.xy[:, k]) for k in (0, 1)], axis=1)

    def _from_nodes(self, nodes: Numbers, metres: Floats, limit: float) -> Floats:
        """Metres (k,) from the nearest of these nodes, each with metres of its own, by one run of Dijkstra."""
        start = np.full(len(self.nodes), np.inf)
        np.minimum.at(start, nodes, metres)
        used = np.flatnonzero(np.isfinite(start))
        # One more node stands for all starts.
        graph, size = self.graph, len(start) + 1
        data, indices = np.append(graph.data, start[used]), np.append(graph.indices, used)
        whole = csr_array((data, indices, np.append(graph.indptr, len(data))), shape=(size, size))
        reached: Floats = dijkstra(whole, indices=np.array([size - 1]), limit=limit * (1 + _TOLERANCE))
        return reached[0, :-1]

    def _from_ends(self, homes: OnNetwork, at_nodes: Floats) -> Floats:
        """Metres (k,) of homes over the better of the nodes beside them."""
        ways = at_nodes[homes.ends] + np.abs(self.nodes[homes.ends] - homes.at)
        return np.asarray(homes.off + ways.min(axis=0))


def build(
    lines: Sequence[BaseGeometry] | Shapes, gap: float = GAP_M, begun: Network | None = None
) -> Network:
    """The network of lines (LineString, MultiLineString) in metres, which meet at crossings, ends and small gaps.

    gap: metres an end may miss the next line by. begun: a network of the first of these lines, whose pieces are taken
    over: to make thousands of shapes takes longer than to look at them. Empty lines are left out, other kinds raise
    BadInput.
    """
    parts = shapely.get_parts(np.asarray(lines, dtype=object).ravel())
    parts = parts[~shapely.is_empty(parts)]
    if not (shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING).all():
        raise BadInput("a network is made of lines", "/lines")
    xy, road = shapely.get_coordinates(parts, return_index=True)
    same, step = road[1:] == road[:-1], _metres(np.diff(xy, axis=0))
    at = np.cumsum(np.append(0.0, np.where(same, step, _APART_M)))[: len(xy)]
    piece = np.flatnonzero(same & (step > 0))
    known = np.empty(0, dtype=object) if begun is None else begun.roads.tree.geometries
    more = piece[len(known) :]
    pieces = np.concatenate([known, shapely.linestrings(np.stack([xy[more], xy[more + 1]], axis=1))])
    # Small boxes, since most of what is asked for lies a few metres from a road.
    roads = _Roads(xy, at, road, piece, shapely.STRtree(pieces, node_capacity=3))
    begins, stops = np.flatnonzero(np.diff(road, prepend=-1)), np.flatnonzero(np.diff(road, append=-1))
    ends = np.concatenate([begins, stops])
    one, two, metres = (
        np.concatenate(both)
        for both in zip(_crossings(roads), _gaps(roads, ends, max(gap, _TOUCH_M)), strict=True)
    )
    # Places that differ by rounding are one node; the ends come first, so that nothing lies beyond them.
    places = np.concatenate([at[ends], one, two])
    _, first, number = np.unique(np.round(places, 9), return_index=True, return_inverse=True)
    nodes, links = places[first], number[len(ends) :].reshape(2, -1)
    owner = np.searchsorted(at[begins], nodes, "right")
    along = np.flatnonzero(np.diff(owner, append=-1) == 0)
    graph = _graph(
        np.append(along, links[0]), np.append(along + 1, links[1]),
        np.append(nodes[along + 1] - nodes[along], metres), len(nodes),
    )  # fmt: skip
    part = connected_components(graph, directed=False)[1].astype(np.intp)
    return Network(roads, nodes, graph, part)


def _crossings(roads: _Roads) -> tuple[Floats, Floats, Floats]:
    """Where roads meet or cross themselves: the place on both, and 0 m between."""
    pieces = roads.tree.geometries
    one, two = roads.tree.query(pieces, "intersects")
    follows = (two == one + 1) & (roads.road[roads.piece[one]] == roads.road[roads.piece[two]])
    keep = (one < two) & ~follows
    one, two = one[keep], two[keep]
    spot = shapely.get_coordinates(shapely.shortest_line(pieces[one], pieces[two]))
    return roads.along(one, spot[::2]), roads.along(two, spot[1::2]), np.zeros(len(one))


def _gaps(roads: _Roads, ends: Numbers, gap: float) -> tuple[Floats, Floats, Floats]:
    """Where ends (vertices) come near another road: places of the end and on that road, and the metres between."""
    points = shapely.points(roads.xy[ends])
    end, piece = roads.tree.query(points, "dwithin", distance=gap)
    other = roads.road[ends[end]] != roads.road[roads.piece[piece]]
    end, piece = end[other], piece[other]
    way = shapely.shortest_line(roads.tree.geometries[piece], points[end])
    return roads.at[ends[end]], roads.along(piece, shapely.get_coordinates(way)[::2]), shapely.length(way)


def _graph(one: Numbers, two: Numbers, metres: Floats, size: int) -> csr_array:
    """Edges both ways; of several between the same two nodes the shortest counts."""
    shortest = np.argsort(metres, kind="stable")
    one, two, metres = one[shortest], two[shortest], metres[shortest]
    _, first = np.unique(np.minimum(one, two) * size + np.maximum(one, two), return_index=True)
    one, two, metres = one[first], two[first], metres[first]
    ends = np.append(one, two), np.append(two, one)
    return csr_array((np.append(metres, metres), ends), shape=(size, size))


def _metres(steps: Floats) -> Floats:
    """Lengths (n,) of steps (n, 2)."""
    return np.asarray(np.hypot(steps[:, 0], steps[:, 1]))
