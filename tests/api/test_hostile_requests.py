"""Two thousand requests that nobody means, made from the OpenAPI document: no 5xx, and no status it does not name.

Every operation gets hostile words in its path and its parameters, wrong documents, and wrong values for the members of
one; an administrator asks, whom no missing right protects (reliability, section 1, goals 3 and 5).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from tests.web import Person, signed_in

WORDS = (
    "", " ", "'", '"><script>', "../../etc/passwd", "%", "%00", "\u0663", "\u202e", "-1", "1.5", "1e308", "NaN",
    "9" * 25, "null", "[]", "x" * 3000, "'; drop table region; --", "2024-02-30", "181,91,182,92",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    10**30,
    "",
    "x" * 20_000,
    [],
    {},
    [[]],
    "2024-02-30",
    {"a": [{}]},
)
BODIES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"{}",
    b'{"type": "Feature"}',
    b'{"a": 1, "a": 2}',
    b"\xff\xfe{}",
    b"[" * 9000,
)
SHAPES: tuple[Any, ...] = (
    {"type": "Point", "coordinates": []}, {"type": "Point", "coordinates": [1e308, 1e308]},
    {"type": "LineString", "coordinates": [[0, 0]]}, {"type": "Polygon", "coordinates": [[]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [0, 0], [0, 0], [0, 0]]]}, {"type": "Klein", "coordinates": [1]},
    {"type": "GeometryCollection", "geometries": []}, {"coordinates": [1, 2]},
    {"type": "MultiPolygon", "coordinates": [[[["a", "b"]]]]},
)  # fmt: skip
CHOSEN, OF = 7, 17
"""So many of all that could be made are sent, which keeps the test short; OF divides no list, so each value is met."""
DOORS = {"/api/v1/session", "/api/v1/accounts"}
"""They count tries, and have tests of their own."""


class Asked(NamedTuple):
    """A request, and where its operation stands in the document."""

    method: str
    rule: str
    url: str
    sent: dict[str, Any]


def requests(document: dict[str, Any]) -> Iterator[Asked]:
    for rule, operations in document["paths"].items():
        for method, operation in operations.items():
            if rule in DOORS:
                continue
            asked = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
            names = [name for name in asked if name != "lang" or rule == "/api/v1/proposals"]
            plain = _filled(rule, operation, "00000000-0000-4000-8000-000000000000")
            if "{" in rule:
                yield from (Asked(method, rule, _filled(rule, operation, word), {}) for word in WORDS if word)
            for name in names:
                yield from (Asked(method, rule, f"{plain}?{name}={quote(word)}", {}) for word in WORDS)
            yield Asked(method, rule, f"{plain}?nobody=1", {})
            if method in ("post", "put"):
                for body in (*BODIES, *_documents(document, operation)):
                    yield Asked(method, rule, plain, {"data": body, "content_type": "application/json"})


def _filled(rule: str, operation: dict[str, Any], word: str) -> str:
    for one in operation.get("parameters", ()):
        if one["in"] == "path":
            rule = rule.replace("{" + one["name"] + "}", quote(word, safe=""))
    return rule


def _documents(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[bytes]:
    """Documents with one member that is wrong."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return
    schema = _resolved(document, content["schema"])
    for name, member in schema.get("properties", {}).items():
        for value in SHAPES if name == "geometry" else VALUES:
            yield json.dumps(
                {"type": "Feature", name: value} if name == "geometry" else {name: value}
            ).encode()
        for inner in _resolved(document, member).get("properties", {}):
            for value in VALUES[:6]:
                yield json.dumps({"type": "Feature", "geometry": SHAPES[2], name: {inner: value}}).encode()


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def test_no_request_is_a_server_error_or_answered_as_nowhere_said(app: Any) -> None:
    admin: Person = signed_in(app, "admin")
    document = admin.client.get("/openapi/openapi.json").json
    count, wrong = 0, {}
    for asked in (one for n, one in enumerate(requests(document)) if n % OF < CHOSEN):
        answer = admin.send(asked.method.upper(), asked.url, **asked.sent)
        count += 1
        named = document["paths"][asked.rule][asked.method]["responses"]
        status = str(answer.status_code)
        told = status in named or (answer.status_code == 404 and "%" in asked.url)
        if answer.status_code >= 500 or not told:
            wrong[f"{asked.method} {asked.url[:120]} {str(asked.sent)[:120]}"] = (status, answer.text[:120])
        elif answer.status_code >= 400:
            assert answer.mimetype == "application/problem+json", (asked, answer.mimetype)
            assert answer.json["detail"], asked
        answer.close()
    assert wrong == {}
    assert count >= 2_000
