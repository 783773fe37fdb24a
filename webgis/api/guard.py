"""What is refused before a document is read: keys that only read, and parameters that an address does not know.

It knows nothing about what parameters mean. Silence about a misspelt filter would answer another question than the
one that was asked (OGC API Features does the same).
"""

from __future__ import annotations

from functools import cache
from inspect import unwrap
from typing import Any, Final, get_type_hints

from flask import current_app, request

from webgis.auth import current_actor
from webgis.planning.errors import BadDocument, NotAllowed, Problem

ALWAYS = frozenset({"lang"})
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
ASKING: Final = frozenset({
    "api_rankings.rank", "api_proposals.try_out", "api_weight_sets.compute", "api_reports.report",
    "api_notices.read_notices", "api_session.enter", "api_session.join", "api_session.leave",
})  # fmt: skip
"""Unsafe calls that ask, or that need no right: open to keys that only read."""


def check_key() -> None:
    """Raise NotAllowed where a key that only reads writes below /api, whatever it sends."""
    if request.endpoint is None or not request.path.startswith("/api/") or request.method in SAFE:
        return
    token = current_actor().token
    if token is not None and token.scope == "read" and request.endpoint not in ASKING:
        raise NotAllowed("key_only_reads")


def check_parameters() -> None:
    """Raise BadDocument for unknown and repeated parameters below /api."""
    if request.endpoint is None or not request.path.startswith("/api/"):
        return
    known = _known(current_app.view_functions[request.endpoint])
    problems = [
        Problem(f"/query/{name}", "parameter_unknown", {"name": name, "known": ", ".join(sorted(known))})
        for name in request.args
        if name not in known
    ]
    problems += [
        Problem(f"/query/{name}", "parameter_twice", {"name": name})
        for name, values in request.args.lists()
        if len(values) > 1
    ]
    if problems:
        raise BadDocument(problems)


@cache
def _known(view: Any) -> frozenset[str]:
    model = get_type_hints(unwrap(view)).get("query")
    return ALWAYS if model is None else frozenset(model.model_fields) | ALWAYS
