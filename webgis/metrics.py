"""Counts and latencies of requests for Prometheus, by route and status.

It knows nothing about who asks or for what: labels are the pattern of the route, never a path or a parameter.
Each process counts for itself, as Prometheus expects of small programs (text format 0.0.4).
"""

from __future__ import annotations

import time
from collections import defaultdict
from threading import Lock
from typing import Final

from flask import Flask, Response, g, request

from webgis.events import route

ROUTE: Final = "webgis.route"
"""Name in the WSGI environment of what the access log says of an address: no id, no box (tools/server.py)."""
Key = tuple[str, str, int]
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Sums of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[Key, int] = defaultdict(int)
        self._seconds: dict[Key, float] = defaultdict(float)

    def register(self, app: Flask) -> None:
        """Watch the requests of an application."""
        app.before_request(self._start)
        app.after_request(self._stop)
        app.add_url_rule("/metrics", "metrics", self.page)

    def page(self) -> Response:
        """GET /metrics."""
        return Response(self.text(), content_type=CONTENT_TYPE)

    def text(self) -> str:
        """All sums in the text format."""
        with self._lock:
            keys = sorted(self._counts)
            rows = [(_labels(key), self._counts[key], self._seconds[key]) for key in keys]
        lines = ["# HELP webgis_requests_total Requests answered.", "# TYPE webgis_requests_total counter"]
        lines += [f"webgis_requests_total{labels} {count}" for labels, count, _ in rows]
        lines += ["# HELP webgis_request_seconds Time to answer.", "# TYPE webgis_request_seconds summary"]
        for labels, count, seconds in rows:
            lines.append(f"webgis_request_seconds_sum{labels} {seconds:.6f}")
            lines.append(f"webgis_request_seconds_count{labels} {count}")
        return "\n".join(lines) + "\n"

    def _start(self) -> None:
        g.started = time.perf_counter()
        request.environ[ROUTE] = route()

    def _stop(self, response: Response) -> Response:
        method = (
            request.method
            if request.method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
            else "OTHER"
        )
        key = (route(), method, response.status_code)
        took = time.perf_counter() - g.get("started", time.perf_counter())
        with self._lock:
            self._counts[key] += 1
            self._seconds[key] += took
        return response


def _labels(key: Key) -> str:
    route, method, status = key
    escaped = route.replace("\\", "\\\\").replace('"', '\\"')
    return f'{{route="{escaped}",method="{method}",status="{status}"}}'
