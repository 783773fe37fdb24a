"""What the search box waits for in a large city: names that are rare, that are common, that are nowhere, and kinds.

It knows nothing about the code behind. The limit is an empty route of the same server in the same run (`/healthz`).
Target: a list within 100 ms, so that it follows the typing.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tests import databases
from tests.bench import large
from tests.bench.client import Client
from tests.bench.figures import percentile, table, timed
from tests.live import serving

ASKED: Final = (
    ("a rare name", "Balai Warga RW 05"),
    ("a common name", "Gang Melati"),
    ("a kind of which there are thousands", "drainase"),
    ("two letters", "dr"),
    ("a kind in a place", "saluran rw 05"),
    ("nothing", "xyzzy"),
)


def run() -> None:
    """Measure and print."""
    with (
        databases.opened() as made,
        tempfile.TemporaryDirectory() as folder,
        serving(made, Path(folder), large.fill) as base,
    ):
        planner = Client(base)
        planner.sign_in("planner@contoh.test", "contoh-saja")
        floor = [timed(planner.ask, "GET", "/healthz") for _ in range(200)]
        rows = [("empty route", len(floor), percentile(floor, 0.5), percentile(floor, 0.95), "-")]
        for what, words in ASKED:
            url = f"/panel/search?kelurahan=99.01.01.1001&q={quote(words)}"
            times = [timed(planner.ask, "GET", url) for _ in range(20)]
            rows.append((f"{what}: {words}", 20, percentile(times, 0.5), percentile(times, 0.95), "100"))
    table("Names among 100,000 assets", ("what", "n", "p50 ms", "p95 ms", "target p95 ms"), rows)
