"""Poor households within the radius of 10,000 proposals: how many there are, and their weight."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
import shapely

from gis_core.households import Points, served
from tests.bench.contests.race import Way, race, show

PROPOSALS, HOUSEHOLDS, SIDE = 10_000, 200_000, 20_000.0
RNG = np.random.default_rng(2)
TREE, CORE = "shapely STRtree dwithin", "gis_core, one by one"

Sums = tuple[int, float]


def run() -> None:
    """All ways with the pairs and the weight that each finds, and one proposal again."""
    works, radius, homes = city()
    few, three = range(100), range(3)
    ways = {
        "one vectorised distance a proposal": (by_distance, few),
        "loop over all pairs": (by_loop, three),
    }
    results = race([
        Way(TREE, lambda: lambda: by_tree(works, radius, homes)),
        Way(CORE, lambda: lambda: by_core(works, radius, homes, range(PROPOSALS)),
            target="<= 0.5x STRtree, >= 500x the loop, <= 100 MB"),
        Way("geopandas sjoin dwithin", lambda: by_geopandas(works, radius, homes)),
        *(Way(name, partial(partial, call, works, radius, homes, some), PROPOSALS / len(some),
              f"{len(some)} proposals, extrapolated") for name, (call, some) in ways.items()),
    ], 3)  # fmt: skip
    wanted = dict.fromkeys(results, results[TREE].answer)
    wanted |= {name: by_core(works, radius, homes, some) for name, (_, some) in ways.items()}
    sums = {name: _compare(found.answer, wanted[name]) for name, found in results.items() if found.answer}
    title = f"Households served: {PROPOSALS:,} proposals x {HOUSEHOLDS:,} households"
    show(title, results, TREE, **{"pairs and weight": sums})
    again = race([Way("again", lambda: lambda: by_core(works, radius, homes, [5]))], 200)["again"].seconds
    print(
        f"\nOne proposal again: {again * 1000:.2f} ms; target {results[TREE].seconds:.2f} ms (STRtree / 1,000)."
    )


def city() -> tuple[list[Any], Any, Points]:
    """Points, lines and polygons near households that lie in clusters, as kampung do."""
    middles = RNG.uniform(0, SIDE, (400, 2)) + 300_000
    xy = middles[RNG.integers(0, 400, HOUSEHOLDS)] + RNG.normal(0, 280, (HOUSEHOLDS, 2))
    homes = Points(xy, RNG.choice([1.0, 1.25, 1.5], HOUSEHOLDS), RNG.integers(0, 1597, HOUSEHOLDS))
    places = middles[RNG.integers(0, 400, PROPOSALS)] + RNG.normal(0, 280, (PROPOSALS, 2))
    kinds = RNG.choice(3, PROPOSALS, p=[0.6, 0.25, 0.15])
    return [_work(*both) for both in zip(kinds, places, strict=True)], RNG.uniform(50, 300, PROPOSALS), homes


def _work(kind: int, place: Any) -> Any:
    if kind == 0:
        return shapely.Point(place)
    if kind == 1:
        return shapely.LineString(place + np.cumsum(RNG.normal(0, 40, (5, 2)), axis=0))
    return shapely.box(*place, *(place + RNG.uniform(20, 80, 2)))


def by_core(works: list[Any], radius: Any, homes: Points, some: Iterable[int]) -> Sums:
    found = [served(works[k], homes, float(radius[k])) for k in some]
    return sum(len(one.indices) for one in found), math.fsum(one.total for one in found)


def by_tree(works: list[Any], radius: Any, homes: Points) -> Sums:
    tree = shapely.STRtree(shapely.points(homes.xy))
    _, found = tree.query(np.array(works), "dwithin", radius)
    return len(found), float(homes.weight[found].sum())


def by_geopandas(works: list[Any], radius: Any, homes: Points) -> Callable[[], Sums]:
    import geopandas as gpd

    places = gpd.GeoDataFrame({"weight": homes.weight}, geometry=gpd.points_from_xy(*homes.xy.T))
    shapes = gpd.GeoDataFrame(geometry=works)

    def join() -> Sums:
        pairs = shapes.sjoin(places, predicate="dwithin", distance=radius)
        return len(pairs), float(pairs["weight"].sum())

    return join


def by_distance(works: list[Any], radius: Any, homes: Points, some: Iterable[int]) -> Sums:
    places = shapely.points(homes.xy)
    near = [shapely.distance(works[k], places) <= radius[k] for k in some]
    return sum(int(one.sum()) for one in near), math.fsum(float(homes.weight[one].sum()) for one in near)


def by_loop(works: list[Any], radius: Any, homes: Points, some: Iterable[int]) -> Sums:
    pairs, weight = 0, 0.0
    places = [shapely.Point(xy) for xy in homes.xy]
    for k in some:
        for place, each in zip(places, homes.weight.tolist(), strict=True):
            if works[k].distance(place) <= radius[k]:
                pairs, weight = pairs + 1, weight + each
    return pairs, weight


def _compare(found: Sums, wanted: Sums) -> str:
    same = found[0] == wanted[0] and math.isclose(found[1], wanted[1], rel_tol=1e-9)
    return f"{found[0]:,}: {'equal' if same else f'DIFFERENT from {wanted}'}"
