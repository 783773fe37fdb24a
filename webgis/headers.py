"""What every answer carries: security headers, and gzip where text is long.

It knows nothing about content. The policy allows our own scripts and styles only, and pictures of the base map;
its source is the OWASP secure-headers list and the measure taken in `docs/security.md`.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Final

from flask import Flask, Response, request

POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob: https://tile.openstreetmap.org",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TEXT: Final = (
    "application/json",
    "application/geo+json",
    "application/problem+json",
    "image/svg+xml",
    "text/",
)
TEXT_SCRIPT: Final = ("application/javascript", "text/javascript")
WORKER: Final = "/static/offline.js"
"""Opens a workspace without a network (decision 46): it answers for the workspaces, though it lies with the files."""
SHORTEST: Final = 1024
ONE_YEAR_S: Final = 365 * 24 * 3600


def register(app: Flask) -> None:
    """Let every answer of an application pass through here."""
    app.after_request(add_headers)
    app.after_request(compress)


def add_headers(response: Response) -> Response:
    """Security headers; who signs in or sees personal things is never kept by a cache."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR_S if '-' in request.path else 0}"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if request.path == WORKER:
        response.headers["Service-Worker-Allowed"] = "/plan/"
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR_S}; includeSubDomains")
    return response


def compress(response: Response) -> Response:
    """gzip a text of more than a kilobyte if the client takes it; streams go out as they are."""
    if (
        not (response.mimetype or "").startswith((*TEXT, *TEXT_SCRIPT))
        or "Content-Encoding" in response.headers
    ):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 and response.mimetype != "application/problem+json":
        return response
    if not request.accept_encodings["gzip"] or (response.is_streamed and request.endpoint != "static"):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < SHORTEST:
        return response
    response.set_data(_packed_file(request.path, body) if request.endpoint == "static" else _packed(body))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.get_data()))
    return response


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 5, mtime=0)


@lru_cache(maxsize=64)
def _packed_file(_path: str, body: bytes) -> bytes:
    """Static files are packed once per process."""
    return gzip.compress(body, 9, mtime=0)
