"""Walking distance along a network of roads and gangs: noding, snapping, shortest paths.

It knows nothing about services, radii or classes of roads. d = |home to its road| + along the roads + |road to
facility|, infinite where there is no way, and never below the straight line (method 2.4, property 25).

Lines are noded where they cross: in a kampung nearly every crossing is at grade, while surveyed lines seldom share
a vertex there; a bridge over a road counts as a crossing (our choice). Ends that miss the next line by less than
GAP_M, as traced by hand, are joined by a piece of that length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry  # type: ignore[import-untyped, unused-ignore]

from gis_core.errors import BadInput

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

GAP_M: Final = 1.0
"""Metres an end may miss the next line by and still meet it."""
_GRID_M: Final = 0.01
"""Nodes closer than this are one; layers are drawn no finer."""


@dataclass(frozen=True, eq=False)
class OnNetwork:
    """Points on a network: edge (n,) nearest to each, -1 beyond the limit; along (n,) metres from the edge's start;
    off (n,) metres from the point to the edge."""

    edge: Places
    along: Floats
    off: Floats


@dataclass(frozen=True, eq=False)
class Network:
    """Edges (m,) LineStrings that meet only at nodes; ends (m, 2) node numbers; length (m,) metres; count of nodes.

    origin (2,): added to the edges' coordinates to get those of the lines given.
    """

    edges: NDArray[np.object_]
    ends: Places
    length: Floats
    nodes: int
    origin: Floats
    tree: shapely.STRtree

    def place(self, xy: ArrayLike, limit: float = np.inf) -> OnNetwork:
        """The nearest edge of points (n, 2) in metres; points farther from it than `limit` are on none."""
        points = shapely.points(_pairs(xy) - self.origin)
        edge = np.full(len(points), -1, dtype=np.intp)
        along, off = np.zeros(len(points)), np.full(len(points), np.inf)
        if len(points) and len(self.edges):
            within = None if np.isinf(limit) else np.nextafter(limit, np.inf)
            (found, nearest), distance = self.tree.query_nearest(
                points, max_distance=within, return_distance=True, all_matches=False
            )
            edge[found], off[found] = nearest, distance
            along[found] = shapely.line_locate_point(self.edges[nearest], points[found])
        return OnNetwork(edge, along, off)

    def to_nearest(self, homes: OnNetwork, facilities: OnNetwork, limit: float = np.inf) -> Floats:
        """Metres (n,) from homes to the nearest facility; infinite where there is none within the limit."""
        sources = np.flatnonzero(facilities.edge >= 0)
        edge, along = facilities.edge[sources], facilities.along[sources]
        off = facilities.off[sources]
        at_nodes = self._from_nodes(
            self.ends[edge].ravel(),
            np.stack([off + along, off + self.length[edge] - along], axis=1).ravel(),
            limit,
        )
        result = self._from_ends(homes, at_nodes)
        for e, s, far in zip(
            edge, along, off, strict=True
        ):  # a home and a facility on one edge: straight along it
            same = np.flatnonzero(homes.edge == e)
            direct = homes.off[same] + np.abs(homes.along[same] - s) + far
            result[same] = np.minimum(result[same], direct)
        return np.where(result <= limit * (1 + 1e-9), result, np.inf)

    def to_edges(self, homes: OnNetwork, goal: NDArray[np.bool_]) -> Floats:
        """Metres (n,) from homes to the nearest edge of those marked in goal (m,); infinite where there is no way."""
        nodes = np.unique(self.ends[goal])
        result = self._from_ends(homes, self._from_nodes(nodes, np.zeros(len(nodes)), np.inf))
        there = (
            (homes.edge >= 0) & goal[homes.edge] if len(goal) else np.zeros(len(homes.edge), dtype=np.bool_)
        )
        return np.where(there, homes.off, result)

    def along(self, lines: Sequence[BaseGeometry] | NDArray[np.object_]) -> NDArray[np.bool_]:
        """Which edges (m,) run on one of these lines."""
        if not len(self.edges) or not len(lines):
            return np.zeros(len(self.edges), dtype=np.bool_)
        middle = shapely.line_interpolate_point(self.edges, 0.5, normalized=True)
        goal = shapely.STRtree(_moved(np.asarray(lines, dtype=object), self.origin))
        result = np.zeros(len(self.edges), dtype=np.bool_)
        result[goal.query_nearest(middle, max_distance=2 * _GRID_M)[0]] = True
        return result

    def _from_nodes(self, nodes: Places, start: Floats, limit: float) -> Floats:
        """Metres (k,) from the nearest of these nodes, each with a start of its own, by one run of Dijkstra."""
        # One more node stands for all starts. Of several edges between two nodes the shortest counts.
        one, two = (
            np.append(self.ends[:, 0], np.full(len(nodes), self.nodes)),
            np.append(self.ends[:, 1], nodes),
        )
        metres = np.append(self.length, start)
        shortest = np.lexsort((metres, two, one))
        one, two, metres = one[shortest], two[shortest], metres[shortest]
        first = np.append(True, (one[1:] != one[:-1]) | (two[1:] != two[:-1]))[: len(one)]
        size = self.nodes + 1
        graph = csr_array((metres[first], (one[first], two[first])), shape=(size, size))
        reached: Floats = dijkstra(graph, directed=False, indices=np.array([self.nodes]), limit=limit)
        return reached[0, : self.nodes]

    def _from_ends(self, homes: OnNetwork, at_nodes: Floats) -> Floats:
        """Metres (n,) of homes over the better end of their edge."""
        result = np.full(len(homes.edge), np.inf)
        on = np.flatnonzero(homes.edge >= 0)
        edge, along = homes.edge[on], homes.along[on]
        ways = at_nodes[self.ends[edge]] + np.stack([along, self.length[edge] - along], axis=1)
        result[on] = homes.off[on] + ways.min(axis=1)
        return result


def build(lines: Sequence[BaseGeometry] | NDArray[np.object_], gap: float = GAP_M) -> Network:
    """The network of lines (LineString, MultiLineString) in metres, noded at crossings, ends and small gaps.

    gap: metres an end may miss the next line by. Empty lines are left out, other kinds raise BadInput.
    """
    parts = shapely.get_parts(np.asarray(lines, dtype=object).ravel())
    parts = parts[~shapely.is_empty(parts)]
    if not np.isin(shapely.get_type_id(parts), (1,)).all():
        raise BadInput("a network is made of lines", "/lines")
    origin = np.array(shapely.total_bounds(parts)[:2]) if len(parts) else np.zeros(2)
    parts = _moved(parts, origin)
    noded = shapely.get_parts(shapely.union_all([*parts, *_bridges(parts, gap)], grid_size=_GRID_M))
    edges = noded[shapely.length(noded) > 0]
    starts = shapely.get_coordinates(shapely.get_point(edges, 0))
    stops = shapely.get_coordinates(shapely.get_point(edges, -1))
    places = np.round(np.concatenate([starts, stops]) / _GRID_M).astype(np.int64)
    nodes, number = np.unique(places.reshape(-1, 2), axis=0, return_inverse=True)
    ends = number.ravel().reshape(2, -1).T.astype(np.intp)
    return Network(edges, ends, shapely.length(edges), len(nodes), origin, shapely.STRtree(edges))


def access_gain(
    lines: Sequence[BaseGeometry],
    motor: ArrayLike,
    road: BaseGeometry,
    xy: ArrayLike,
    weight: ArrayLike | None = None,
    road_is_motor: bool = False,
    limit: float = 1000.0,
) -> float | None:
    """Access gain of a road: mean over homes of (d before - d after) to the nearest motor road, by two runs (2.7).

    lines: roads of today; motor (l,): which of them a car can use; road: the new one, a car's or a path; xy
    (n, 2) poor homes in metres, weight (n,) >= 0, 1 each if None. Distances beyond the limit, and no way at all,
    count as the limit. None without homes. Raises BadInput for wrong shapes.
    """
    points, cars = _pairs(xy), np.asarray(motor, dtype=np.bool_)
    amount = np.ones(len(points)) if weight is None else np.asarray(weight, dtype=np.float64)
    if cars.shape != (len(lines),):
        raise BadInput(f"motor must have shape ({len(lines)},)", "/motor")
    if amount.shape != (len(points),):
        raise BadInput(f"weight must have shape ({len(points)},)", "/weight")
    if not amount.sum() > 0:
        return None
    goals = [line for line, car in zip(lines, cars, strict=True) if car]
    before = _to_motor(lines, goals, points, limit)
    after = _to_motor([*lines, road], [*goals, road] if road_is_motor else goals, points, limit)
    return float(np.average(before - after, weights=amount))


def _to_motor(
    lines: Sequence[BaseGeometry], goals: Sequence[BaseGeometry], xy: Floats, limit: float
) -> Floats:
    network = build(lines)
    return np.minimum(network.to_edges(network.place(xy), network.along(goals)), limit)


def _bridges(lines: NDArray[np.object_], gap: float) -> NDArray[np.object_]:
    """Short pieces from ends to the nearest other line that they miss by less than the gap."""
    if not (gap > 0 and len(lines) > 1):
        return np.empty(0, dtype=object)
    ends = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    owner = np.tile(np.arange(len(lines)), 2)
    end, other = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=gap)
    end, other = end[owner[end] != other], other[owner[end] != other]
    pieces = shapely.shortest_line(ends[end], lines[other])
    return np.asarray(pieces[shapely.length(pieces) > 0], dtype=object)


def _moved(lines: NDArray[np.object_], origin: Floats) -> NDArray[np.object_]:
    """Lines about their own corner: rounding must not depend on where on earth they lie."""
    return np.asarray(shapely.transform(lines, lambda xy: xy - origin), dtype=object)


def _pairs(xy: ArrayLike) -> Floats:
    points = np.asarray(xy, dtype=np.float64)
    points = points.reshape(0, 2) if points.size == 0 else points
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise BadInput("xy must be finite with shape (n, 2)", "/xy")
    return points
