"""How many tiles and how many files one client may take in a minute, so that nobody wears out the house by asking.

It knows nothing about what is taken. A client is an account, or the address where nobody is signed in. Each has a
bucket of a minute's worth that fills up evenly (token bucket); it is kept by the process, since counting tiles in the
database would cost more than most of them (ASVS 5.0, 2.4.1).
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Literal

from flask import current_app, request

from webgis.auth.requests import current_actor
from webgis.context import context
from webgis.planning.errors import TooOften

Kind = Literal["tile", "file"]
EXTENSION: Final = "webgis.pace"
MOST_CLIENTS: Final = 10_000
"""Buckets kept; the one that was used longest ago goes first, and would be full again soon."""


class Buckets:
    """What is left for each client; safe for the threads of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, kind: str, client: str, per_minute: int) -> float:
        """Take one out of a bucket; 0 if there was one, else how many seconds until there is."""
        now, pace = self._clock(), per_minute / 60
        with self._lock:
            left, then = self._left.pop((kind, client), (float(per_minute), now))
            left = min(float(per_minute), left + (now - then) * pace)
            wait = 0.0 if left >= 1 else (1 - left) / pace
            self._left[kind, client] = (left if wait else left - 1, now)
            while len(self._left) > MOST_CLIENTS:
                self._left.popitem(last=False)
        return wait


def count(kind: Kind) -> None:
    """Count this request. Raises TooOften."""
    settings = context().settings
    per_minute = settings.tiles_per_minute if kind == "tile" else settings.files_per_minute
    if not per_minute:
        return
    buckets: Buckets = current_app.extensions.setdefault(EXTENSION, Buckets())
    client = current_actor().account_id or request.remote_addr or "unknown"
    if wait := buckets.take(kind, client, per_minute):
        raise TooOften("too_often", math.ceil(wait))
