"""The OpenAPI document and a page for people that lists its operations.

It knows nothing about the routes: it reads the document the library makes of them.
The page is plain HTML of our own, so it loads nothing from outside and works without scripts.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template_string

from webgis.api.documents import GEOJSON

blueprint = Blueprint("openapi", __name__, url_prefix="/openapi")
METHODS = ("get", "post", "put", "delete")
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ info.title }} API {{ info.version }}</title></head>
<body><main><h1>{{ info.title }} API {{ info.version }}</h1><p>{{ info.description }}</p>
<p><a href="openapi.json">OpenAPI 3.1 document</a> · <a href="/">{{ info.title }}</a></p>
{% for tag, rows in groups %}<h2>{{ tag }}</h2><dl>
{% for row in rows %}<dt><code>{{ row.method }} {{ row.path }}</code></dt>
<dd>{{ row.summary }}{% if row.parameters %}<br>Parameters: {% for name in row.parameters %}<code>{{ name }}</code>
{% endfor %}{% endif %}<br>Answers: {{ row.answers | join(", ") }}</dd>
{% endfor %}</dl>{% endfor %}</main></body></html>
"""


@blueprint.get("/openapi.json")
def document() -> Response:
    """The OpenAPI 3.1 document."""
    return jsonify(_document())


@blueprint.get("/")
def page() -> str:
    """All operations, for people."""
    spec = _document()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, item in spec["paths"].items():
        for method in METHODS:
            if operation := item.get(method):
                row = {
                    "method": method.upper(),
                    "path": path,
                    "summary": operation.get("summary", ""),
                    "parameters": [p["name"] for p in operation.get("parameters", [])],
                    "answers": sorted(operation["responses"]),
                }
                groups.setdefault(operation.get("tags", ["other"])[0], []).append(row)
    return render_template_string(PAGE, info=spec["info"], groups=sorted(groups.items()))


def _document() -> dict[str, Any]:
    """The library's document, with lists of features under their own media type, which it cannot say."""
    document: dict[str, Any] = current_app.api_doc  # type: ignore[attr-defined]
    for item in document["paths"].values():
        for method in METHODS:
            for answer in item.get(method, {}).get("responses", {}).values():
                content = answer.get("content", {})
                schema = content.get("application/json", {}).get("schema", {})
                if str(schema.get("$ref", "")).endswith("Collection"):
                    content[GEOJSON] = content.pop("application/json")
    return document
