"""All contests, one after the other, or those named."""

from __future__ import annotations

import importlib
import sys
import time

from tests.bench.contests import CONTESTS

for name in sys.argv[1:] or CONTESTS:
    start = time.perf_counter()
    importlib.import_module(f"tests.bench.contests.{name}").run()
    print(f"\n({name} took {time.perf_counter() - start:.0f} s)", flush=True)
