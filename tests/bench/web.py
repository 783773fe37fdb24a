"""What a planner waits for: the preview while drawing, the ranking, a tile; over HTTP on one connection.

It knows nothing about the code behind. The limit is an empty route of the same server in the same run (`/healthz`).
Targets: preview p95 below 150 ms, ranking of a kelurahan below 300 ms end to end.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

from tests import databases
from tests.bench.client import Client
from tests.bench.figures import percentile, table, timed
from tests.live import serving

KELURAHAN = "99.01.01.1001"


def run() -> None:
    """Measure and print."""
    with (
        databases.opened() as made,
        tempfile.TemporaryDirectory() as folder,
        serving(made, Path(folder)) as base,
    ):
        planner, admin = Client(base), Client(base)
        planner.sign_in("planner@contoh.test", "contoh-saja")
        admin.sign_in("admin@contoh.test", "contoh-saja")
        floor = [timed(planner.ask, "GET", "/healthz") for _ in range(200)]
        rows = [
            _row("empty route", floor, floor, "-"),
            *_rankings(admin, floor),
            _row("ranking with robustness (10,000 draws)", _robust(planner), floor, "-"),
            _row("preview of a drawn drain", _previews(planner, "drain_new"), floor, "150"),
            _row("preview of a drawn road", _previews(planner, "road_asphalt"), floor, "150"),
            _row("tile slum-areas z15, same again (304 or cache)", _tiles(planner, 1), floor, "-"),
            _row("tile buildings z15, all different", _tiles(planner, 40), floor, "-"),
        ]
    head = ("what", "n", "p50 ms", "p95 ms", "x empty route (p50)", "target p95 ms")
    table("Web: one planner, one connection", head, rows)


def _rankings(admin: Client, floor: list[float]) -> list[tuple[object, ...]]:
    """The first ranking of each kelurahan (nothing at hand) and ten later ones."""
    found = admin.ask("GET", "/api/v1/regions?kind=kelurahan")
    codes = [item["id"] for item in found["features"]]

    def rank(code: str) -> Any:
        return admin.ask("POST", "/api/v1/rankings", {"kelurahan": code})

    first = [timed(rank, code) for code in codes]
    later = [timed(rank, code) for code in codes for _ in range(10)]
    return [
        _row("ranking of a kelurahan, first", first, floor, "300"),
        _row("ranking of a kelurahan, later", later, floor, "300"),
    ]


def _robust(planner: Client) -> list[float]:
    """The ranking of the planner's kelurahan with the words of its firmness."""
    body = {"kelurahan": KELURAHAN, "robustness": {}}
    return [timed(planner.ask, "POST", "/api/v1/rankings", body) for _ in range(20)]


def _previews(planner: Client, work_type: str) -> list[float]:
    """Lines of three points near the proposals of the kelurahan, each a little different."""
    rng = random.Random(1)
    works = planner.ask("GET", f"/api/v1/proposals?kelurahan={KELURAHAN}&limit=100")["features"]
    lines = [item["geometry"]["coordinates"] for item in works if item["geometry"]["type"] == "LineString"]
    times = []
    for _ in range(300):
        x, y = rng.choice(lines)[0]
        far = [[x + rng.uniform(-3e-4, 3e-4), y + rng.uniform(-3e-4, 3e-4)] for _ in range(2)]
        body = {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[x, y], *far]},
            "properties": {"work_type": work_type},
        }
        try:
            times.append(timed(planner.ask, "POST", "/api/v1/proposals/preview", body))
        except RuntimeError as error:
            if " 422 " not in str(error):
                raise  # a line that leaves the kelurahan is refused, which is right
    return times


def _tiles(planner: Client, different: int) -> list[float]:
    """Tiles over the city at z15."""
    layer = "slum-areas" if different == 1 else "buildings"
    west, north = 26184, 16895
    places = [(west + i % 8, north + i // 8) for i in range(different)]
    if different == 1:
        places *= 100
    return [timed(planner.ask, "GET", f"/tiles/{layer}/15/{x}/{y}.mvt") for x, y in places]


def _row(what: str, times: list[float], floor: list[float], target: str) -> tuple[object, ...]:
    ratio = percentile(times, 0.5) / percentile(floor, 0.5)
    return what, len(times), percentile(times, 0.5), percentile(times, 0.95), ratio, target
