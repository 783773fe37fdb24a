"""How gunicorn serves the application, alike for `./dev run` and in the container: `--config python:webgis.serving`.

It knows nothing about the application but where it is made. Names are gunicorn's settings.
"""

from __future__ import annotations

from typing import Any, Final

wsgi_app: Final = "webgis.app:create_app()"
worker_class: Final = "gthread"
workers: Final = 2
threads: Final = 4
graceful_timeout: Final = 8
keepalive: Final = 75
"""Seconds an idle connection stays open: longer than those of the usual proxies (60), which would otherwise send a
request into one that is just being closed, and than a person looks at the map between two steps on a poor line."""
control_socket_disable: Final = True
accesslog: Final = "-"
access_log_format: Final = '%(h)s %(t)s "%(m)s %({webgis.route}e)s" %(s)s %(B)s %(M)s'
"""Routes, never addresses: those of households hold ids and boxes around homes (webgis.metrics.ROUTE)."""


def post_worker_init(worker: Any) -> None:
    """Before the first request: what all of them need."""
    from webgis.warming import warm  # here, where the application is made

    warm(worker.wsgi)
