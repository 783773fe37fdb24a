"""Times several ways to do the same thing in interleaved rounds of shuffled order, so that all share the load.

It knows nothing about what they do. A way whose library is not installed is named as missing.
"""

from __future__ import annotations

import math
import random
import re
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.figures import table


@dataclass(frozen=True)
class Way:
    """A name, and `prepare`, which imports and builds what is not timed and returns what is.

    times: what a sample is multiplied with to stand for the whole; sample: what was really done.
    """

    name: str
    prepare: Callable[[], Callable[[], Any]]
    times: float = 1.0
    sample: str = "all"
    target: str = ""


@dataclass
class Measured:
    """Seconds by the clock and of the processor (scaled by `times`), megabytes over those before, the answer."""

    way: Way
    missing: str = ""
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    megabytes: float = float("nan")
    answer: Any = None

    @property
    def seconds(self) -> float:
        """Median seconds of the processor; NaN if missing."""
        return median(self.processor) if self.processor else float("nan")


def race(ways: Sequence[Way], rounds: int = 5) -> dict[str, Measured]:
    """Run each way once for its memory and its answer, then all in `rounds` rounds.

    One round is the first run itself, for what takes minutes.
    """
    results, calls = {}, {}
    for way in ways:
        results[way.name] = Measured(way)
        try:
            calls[way.name] = way.prepare()
        except ImportError as problem:
            results[way.name].missing = str(problem)
            continue
        _time(results[way.name], partial(_observe, results[way.name], calls[way.name]))
    if rounds == 1:
        return results
    order = random.Random(1)
    for found in results.values():
        found.wall, found.processor = [], []
    for _ in range(rounds):
        names = list(calls)
        order.shuffle(names)
        for name in names:
            _time(results[name], calls[name])
    return results


def show(title: str, results: Mapping[str, Measured], base: str, **columns: Mapping[str, str]) -> None:
    """Print a table. columns: heading -> name of the way -> what to say there.

    Ratios are of processor time to `base`: where others compute too, a long run is interrupted and a short one
    is not, so the clock would favour what was measured on a sample.
    """
    rows = []
    for name, found in results.items():
        more = [column.get(name, "") for column in columns.values()]
        if found.missing:
            rows.append((name, f"missing: {found.missing}", "", "", "", "", *more, found.way.target))
            continue
        ratio = found.seconds / results[base].seconds
        rows.append((
            name, _short(median(found.wall)), _short(found.seconds), f"{_short(ratio)}x",
            f"{found.megabytes:.0f}", found.way.sample, *more, found.way.target,
        ))  # fmt: skip
    rounds = max((len(found.wall) for found in results.values()), default=0)
    head = ("way", "s", "CPU s", "ratio", "peak MB", "measured on", *columns, "target")
    table(f"{title} ({'one run' if rounds == 1 else f'median of {rounds} rounds'})", head, rows)


def _time(found: Measured, call: Callable[[], Any]) -> None:
    wall, processor = time.perf_counter(), _processor()
    call()
    found.wall.append((time.perf_counter() - wall) * found.way.times)
    found.processor.append((_processor() - processor) * found.way.times)


def _processor() -> float:
    """Processor time of this process and of the solvers it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _observe(found: Measured, call: Callable[[], Any]) -> None:
    """The answer, and megabytes that the process grows by at most (Linux only; NaN elsewhere)."""
    reset, status = Path("/proc/self/clear_refs"), Path("/proc/self/status")
    if not reset.exists():
        found.answer = call()
        return
    reset.write_text("5")  # the peak starts again from what is resident now
    before = _kilobytes(status, "VmRSS")
    found.answer = call()
    found.megabytes = (_kilobytes(status, "VmHWM") - before) / 1024


def _kilobytes(status: Path, name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+)", status.read_text())
    return int(found[1]) if found else 0


def _short(number: float) -> str:
    if math.isnan(number):
        return "?"
    return f"{number:.2g}" if number < 100 else f"{number:,.0f}"
