"""Walking distance of 200,000 households to the nearest of 3,311 assets: 30,000 crossings, 59,500 pieces of road."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from gis_core.walking import Network, OnNetwork, build
from tests.bench.contests.race import Way, race, show

HOUSEHOLDS, ASSETS, COLUMNS, ROWS, BLOCK = 200_000, 3_311, 173, 173, 80.0


def run() -> None:
    """The network and the households' places on it are made once; then each kind of asset asks for distances."""
    lines, *both = city()
    homes, assets = (shapely.points(xy) for xy in both)
    kept = build(lines)
    snapped, goals = kept.place(homes), kept.place(assets)
    results = race([
        Way("networkx multi-source Dijkstra", lambda: by_networkx(kept, snapped, goals)),
        Way("gis_core to_nearest", lambda: lambda: kept.to_nearest(snapped, goals)),
        Way("gis_core, place and to_nearest", lambda: lambda: kept.to_nearest(kept.place(homes), goals),
            target="<= 0.15 s"),
        Way("gis_core, after one more asset", lambda: lambda: kept.to_nearest(snapped, kept.place(assets[:1])),
            target="<= 0.03 s"),
        Way("gis_core build", lambda: lambda: build(lines)),
    ], 3)  # fmt: skip
    base = next(iter(results))
    away = {}
    if not results[base].missing:
        # The peer does not know that a home and an asset on one piece of road need no crossing.
        apart = ~np.isin(snapped.ends[0], goals.ends[0])
        found = results["gis_core to_nearest"].answer
        away = {"gis_core to_nearest": f"{np.abs(found - results[base].answer)[apart].max():.0e} m"}
    title = f"Walking distance of {HOUSEHOLDS:,} households to the nearest of {ASSETS:,} assets"
    show(title, results, base, **{"largest difference": away})


def city() -> tuple[list[Any], Any, Any]:
    """A crooked grid of streets; homes and assets anywhere in it."""
    rng = np.random.default_rng(9)
    grid = np.stack(np.meshgrid(np.arange(COLUMNS), np.arange(ROWS)), axis=-1) * BLOCK
    grid = grid + rng.uniform(-20, 20, grid.shape)
    lines = [shapely.LineString(row) for row in (*grid, *grid.transpose(1, 0, 2))]
    size = np.array((COLUMNS, ROWS)) * BLOCK
    return lines, rng.uniform(0, size, (HOUSEHOLDS, 2)), rng.uniform(0, size, (ASSETS, 2))


def by_networkx(kept: Network, homes: OnNetwork, assets: OnNetwork) -> Callable[[], Any]:
    import networkx as nx

    graph = nx.Graph()
    edges = kept.graph.tocoo()
    graph.add_weighted_edges_from(
        zip(edges.row.tolist(), edges.col.tolist(), edges.data.tolist(), strict=True)
    )
    ways = np.abs(kept.nodes[assets.ends] - assets.at) + assets.off
    for node, way in zip(assets.ends.ravel().tolist(), ways.ravel().tolist(), strict=True):
        known = graph.get_edge_data("assets", node, {"weight": np.inf})["weight"]
        graph.add_edge("assets", node, weight=min(known, way))

    def distances() -> Any:
        found = nx.single_source_dijkstra_path_length(graph, "assets")
        at_nodes = np.array([found.get(node, np.inf) for node in range(len(kept.nodes))])
        return homes.off + (at_nodes[homes.ends] + np.abs(kept.nodes[homes.ends] - homes.at)).min(axis=0)

    return distances
