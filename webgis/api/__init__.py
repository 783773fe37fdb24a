"""The JSON API, version 1: models in, one planning function, models out, and its OpenAPI document.

It knows nothing about rules, rights or SQL. Every module holds the routes of one noun; the contract is
`contracts.md`, HTTP.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.openapi import OpenAPI

from webgis.api.guard import check_key, check_parameters

ROOMS: Final = (
    "session", "catalogue", "regions", "slums", "slum_forms", "assets", "asset_batch", "programmes", "households",
    "proposals", "batch", "steps", "comments", "attachments", "site_notes", "suggestions", "relations", "reports",
    "rankings", "weight_sets", "forums", "plans", "plan_studies", "export", "imports", "jobs", "notices",
)  # fmt: skip


def register(app: OpenAPI) -> None:
    """Put the API and its documents into an application."""
    for name in ROOMS:
        blueprint: APIBlueprint = import_module(f"webgis.api.{name}").blueprint
        app.register_api(blueprint)
    app.before_request(check_key)
    app.before_request(check_parameters)
    app.register_blueprint(import_module("webgis.api.docs").blueprint)
