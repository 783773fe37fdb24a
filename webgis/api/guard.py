"""Parameters that an address of the API does not know, or that are given twice, are refused by name.

It knows nothing about what parameters mean. Silence about a misspelt filter would answer another question than the
one that was asked (OGC API Features does the same).
"""

from __future__ import annotations

from functools import cache
from inspect import unwrap
from typing import Any, get_type_hints

from flask import current_app, request

from webgis.planning.errors import BadDocument, Problem

ALWAYS = frozenset({"lang"})


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
