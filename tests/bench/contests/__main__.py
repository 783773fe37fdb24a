"""All contests, one after the other, or those named."""

from __future__ import annotations

import importlib
import sys

CONTESTS = (
    "ranking",
    "acceptability",
    "portfolio",
    "knapsack",
    "households",
    "zones",
    "coverage",
    "catchment",
    "walking",
)

for name in sys.argv[1:] or CONTESTS:
    importlib.import_module(f"tests.bench.contests.{name}").run()
