"""The one place where a refusal becomes an answer: RFC 9457 documents for programs, error pages for people.

It knows nothing about rules; classes of errors have a status, codes have words. Programs are those who ask below
/api, /tiles, /ogc and the health addresses; everybody else gets the site's own page.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any, Final

from flask import Flask, Response, make_response, request
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from gis_core.errors import BadInput, escape
from webgis import events
from webgis.api.locked import as_feature
from webgis.api.parameters import BadHeader
from webgis.auth import current_actor, current_language
from webgis.context import context, database
from webgis.pages.errors import error_page
from webgis.planning import errors, regions
from webgis.scanning import ScannerAway
from webgis.store.faults import AWAY, FULL, fault_of
from webgis.strict_json import BadJson, NotJson
from webgis.wording import title, words

LOG: Final = logging.getLogger("webgis")
FOR_PROGRAMS: Final = (
    "/api/",
    "/tiles/",
    "/ogc/",
    "/openapi/",
    "/export/",
    "/healthz",
    "/readyz",
    "/metrics",
)
STATUS: Final[tuple[tuple[type[errors.PlanningError], int], ...]] = (
    (errors.SignInNeeded, 401),
    (errors.NotAllowed, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.StaleVersion, 412),
    (errors.VersionNeeded, 428),
    (errors.TooOften, 429),
    (ScannerAway, 503),
    (NotJson, 415),
    (BadJson, 400),
    (BadHeader, 400),
    (errors.PlanningError, 422),
)
OF_THE_STORE: Final = {FULL: 507, AWAY: 503}
REFUSALS: Final = (401, 403, 429)
"""Answers that are noted one by one: somebody stood before a closed door."""
HTTP_CODES: Final = {
    404: "no_such_address", 405: "method_not_allowed", 413: "too_large", 415: "unsupported_media_type",
    500: "server_error",
}  # fmt: skip
PYDANTIC_CODES: Final = {
    "datetime_parsing": "time", "datetime_from_date_parsing": "time", "datetime_type": "time",
    "int_type": "whole_number", "int_parsing": "whole_number", "int_from_float": "whole_number",
    "float_type": "number", "float_parsing": "number", "finite_number": "number", "bool_parsing": "bool_type",
    "literal_error": "choice", "enum": "choice", "union_tag_invalid": "geometry", "union_tag_not_found": "geometry",
    "model_attributes_type": "object_wanted", "model_type": "object_wanted", "dict_type": "object_wanted",
    "list_type": "list_wanted",
}  # fmt: skip


def register(app: Flask) -> None:
    """Answer every error of an application from here."""
    app.register_error_handler(errors.PlanningError, answer)
    app.register_error_handler(BadInput, answer)
    app.register_error_handler(ValidationError, answer)
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """The answer to an error, in the language and form of the request."""
    if isinstance(error, HTTPException) and (error.response is not None or (error.code or 500) < 400):
        return make_response(error.get_response())
    status = status_of(error)
    if status >= 500:
        LOG.error(
            "%s %s failed: %s",
            request.method,
            events.route(),
            type(error).__name__,
            exc_info=_without_values(error),
        )
    if status in REFUSALS:
        events.note("refused", _asking(), status=status, code=getattr(error, "code", None))
    if isinstance(error, errors.NotAllowed):
        regions.name_region(database(), error)
    response = problem(error, status) if for_programs() else _page(error, status)
    if isinstance(error, errors.TooOften):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, errors.StaleVersion) and (version := getattr(error.current, "version", None)):
        response.headers["ETag"] = f'"{version}"'
    if status == 401 and for_programs():
        response.headers["WWW-Authenticate"] = "Bearer"
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    response.headers["Cache-Control"] = "no-store"
    return response


def _asking() -> str | None:
    """The account behind a refused request, None for nobody and for a token that is not valid."""
    try:
        return current_actor().account_id
    except errors.SignInNeeded:
        return None


def for_programs() -> bool:
    """Whether who asks is a program, which wants a document."""
    return request.path.startswith(FOR_PROGRAMS)


def status_of(error: Exception) -> int:
    """The HTTP status of an error."""
    if isinstance(error, HTTPException):
        return error.code or 500
    if isinstance(error, BadInput | ValidationError):
        return 422
    if fault := fault_of(error):
        return OF_THE_STORE[fault]
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def problem(error: Exception, status: int) -> Response:
    """An RFC 9457 document."""
    lang = current_language()
    code, params, faults = _told(error, status, lang)
    summed = isinstance(error, errors.BadDocument) and error.summed
    document: dict[str, Any] = {
        "type": "/problems/" + code.replace("_", "-"),
        "title": title(status, lang),
        "status": status,
        "detail": faults[0]["message"] if faults and not summed else words(code, params, lang),
        "errors": faults,
    }
    if isinstance(error, errors.StaleVersion):
        document["current_version"] = error.current.version
        if (current := as_feature(error.current)) is not None:
            document["current"] = current.model_dump(mode="json")
        document["changed"] = {
            "by": error.params["who"],
            "at": error.params["when"].isoformat(),
            "own": error.params.get("variant") == "own",
        }
    response = make_response(json.dumps(document, ensure_ascii=False, allow_nan=False), status)
    response.content_type = "application/problem+json"
    response.headers["Content-Language"] = lang
    return response


def _told(error: Exception, status: int, lang: str) -> tuple[str, dict[str, Any], list[dict[str, str]]]:
    """Code, params and faults of an error."""
    if isinstance(error, errors.BadDocument):
        faults = [_fault(p.pointer, words(p.code, p.params, lang)) for p in error.problems]
        return error.code, error.params, faults
    if isinstance(error, errors.PlanningError):
        detail = words(error.code, error.params, lang)
        return (
            error.code,
            error.params,
            [_fault(error.pointer, detail)] if error.pointer or status == 422 else [],
        )
    if isinstance(error, BadInput):
        return "bad_input", {}, [_fault(error.pointer, error.message)]
    if isinstance(error, ValidationError):
        faults = list(_model_faults(error, lang))
        return "invalid_value", {}, faults
    if isinstance(error, SecurityError):
        return "other_host", {"site": context().settings.site}, []
    code = fault_of(error) or HTTP_CODES.get(status, "bad_request" if status < 500 else "server_error")
    return code, {"allowed": ", ".join(sorted(getattr(error, "valid_methods", None) or ()))}, []


def _model_faults(error: ValidationError, lang: str) -> Iterable[dict[str, str]]:
    """Faults found by the models; of a geometry only the first, since the parts of a union all complain."""
    seen: set[str] = set()
    inside = "/query" if request.method in ("GET", "HEAD", "DELETE") else ""
    for item in error.errors(include_url=False, include_input=False):
        place = [part for part in item["loc"] if not (isinstance(part, str) and part.startswith("function-"))]
        code = PYDANTIC_CODES.get(item["type"], item["type"])
        if "geometry" in place:
            place, code = (
                ["geometry"],
                "missing" if place[-1] == "geometry" and code == "missing" else "geometry",
            )
        pointer = inside + "".join(f"/{escape(part)}" for part in place)
        if pointer in seen:
            continue
        seen.add(pointer)
        context = item.get("ctx", {})
        code = str(context.get("code", code)) if item["type"] == "webgis" else code
        yield _fault(pointer, _model_words(code, context, lang))


def _model_words(code: str, context: dict[str, Any], lang: str) -> str:
    if code == "choice":  # pydantic writes 'none' or 'max_min'
        named = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        context = {**context, "expected": named}
    try:
        said = words(code, context, lang)
    except (KeyError, IndexError):
        return words("invalid_value", {}, lang)
    return words("invalid_value", {}, lang) if said in ("", code) else said


def _fault(pointer: str, message: str) -> dict[str, str]:
    return {"pointer": pointer, "message": message}


def _page(error: Exception, status: int) -> Response:
    """The site's own page, or plain words if it fails."""
    try:
        return make_response(error_page(status, error))
    except Exception:
        LOG.exception("the error page for status %s failed", status)
    response = make_response(title(status, current_language()) + "\n", status)
    response.mimetype = "text/plain"
    return response


def _without_values(error: Exception) -> Any:
    """The error for the log; one of the database loses values and its cause, since either may tell a person."""
    if not isinstance(error, DBAPIError):
        return error
    cause = error.orig
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    told = f"{type(cause).__name__} {getattr(cause, 'pgcode', None) or ''} {constraint} in: {error.statement}"
    return RuntimeError(told).with_traceback(error.__traceback__)
