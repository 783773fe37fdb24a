"""The application: settings, store, rooms of the web, and what surrounds every request.

It knows nothing about proposals or maps; each room brings its own blueprint, and a room that is not there is left out.
A factory, so that tests and processes can have their own (Flask's documentation, application factories).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final
from urllib.parse import urlsplit

from flask import request
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from webgis import events, headers, health, problems, settings, tiles
from webgis.api import documents
from webgis.auth import guard_unsafe_requests, openid
from webgis.context import KEY, Context, context
from webgis.metrics import Metrics
from webgis.planning.catalogues.catalogue import put_in_force
from webgis.planning.effects import catalogue_changes
from webgis.planning.errors import NotFound, PlanningError
from webgis.planning.judging.desk import open_desk
from webgis.scanning import scan_uploads
from webgis.settings import Settings
from webgis.store.database import Database
from webgis.strict_json import StrictRequest

LARGEST_REQUEST: Final = 25 * 1024 * 1024
STATIC: Final = settings.ROOT / "static" / "dist"
DESCRIPTION: Final = (
    "Neighbourhood planning for Indonesian kelurahan: proposals, rankings, slum indicators. GeoJSON in WGS 84; errors"
    " are RFC 9457 documents in Indonesian or English (`?lang`, `Accept-Language`)."
)
SECURITY: Final[dict[str, Any]] = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "Called `__Host-session` in production; unsafe calls also carry X-CSRF-Token.",
    },
}


class Application(OpenAPI):
    """Flask with OpenAPI and a request that reads JSON strictly."""

    request_class = StrictRequest


def create_app(given: Settings | None = None) -> OpenAPI:
    """The application on its settings; from the environment if none are given."""
    chosen = given or settings.read()
    app = Application(
        "webgis",
        info=Info(title="Peta Swadaya", version="1.0.0", description=DESCRIPTION),
        security_schemes=SECURITY,
        validation_error_model=documents.ProblemDocument,
        validation_error_callback=_raise,
        doc_ui=False,
        static_folder=str(STATIC),
        static_url_path="/static",
    )
    app.secret_key = chosen.secret_key
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_NAME="flask_session",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=chosen.production,
        JSON_SORT_KEYS=False,
    )
    if chosen.site:
        # An address that a mail or a page builds from another host's name would lead people astray.
        app.config["TRUSTED_HOSTS"] = [str(urlsplit(chosen.site).hostname), "localhost", "127.0.0.1"]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions[KEY] = Context(
        chosen, Database(chosen.web_database_url or chosen.database_url), open_desk(chosen.data_dir)
    )
    events.set_up()
    Metrics().register(app)
    app.before_request(_refuse_unstorable)
    app.before_request(_use_catalogue)
    app.teardown_request(lambda _error: put_in_force(None))
    app.before_request(guard_unsafe_requests)
    app.before_request(scan_uploads)
    headers.register(app)
    problems.register(app)
    if chosen.openid:
        openid.register(app, chosen.openid)
    _register_rooms(app)
    if chosen.trusted_proxies:
        hops = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops)  # type: ignore[method-assign]
    return app


def _register_rooms(app: OpenAPI) -> None:
    app.register_blueprint(health.blueprint)
    app.register_blueprint(tiles.blueprint)
    import_module("webgis.api").register(app)
    import_module("webgis.pages").register(app)


def _refuse_unstorable() -> None:
    """A NUL cannot be stored or searched for: there is nothing at such an address."""
    if "\x00" in request.path:
        raise NotFound("no_such_address")
    if any("\x00" in part for pair in request.args.items(multi=True) for part in pair):
        raise PlanningError("bad_text")


def _use_catalogue() -> None:
    """The catalogue with what the city changed, for this request. Tiles and signs of life need names only."""
    if request.endpoint != "static" and request.blueprint not in (
        health.blueprint.name,
        tiles.blueprint.name,
    ):
        put_in_force(catalogue_changes.read(context().db))


def _raise(error: Exception) -> None:
    raise error
