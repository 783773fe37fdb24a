"""Behind a one-time link: name and password of an account, set by the person it belongs to.

It knows nothing about how links are made. The address is a secret until it is used, so no other site hears of it.
"""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webgis.auth import current_language, links
from webgis.auth.links import Link
from webgis.context import context
from webgis.pages.accounts.account import EMAIL
from webgis.pages.accounts.administration import faults
from webgis.pages.site import database, pages
from webgis.planning.errors import BadDocument, NotFound
from webgis.wording import words


@pages.get("/welcome/<token>")
def welcome(token: str) -> ResponseReturnValue:
    """The form, or why the link opens nothing."""
    try:
        link = links.open_link(database(), token, synthetic=not context().settings.production)
    except NotFound as error:
        return _closed(error)
    return _form(link, link.name, {})


@pages.post("/welcome/<token>")
def welcomed(token: str) -> ResponseReturnValue:
    """Set name and password; then the person signs in with them."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    synthetic = not context().settings.production
    try:
        link = links.open_link(database(), token, synthetic=synthetic)
        if password != request.form.get("again", ""):
            text = words("passwords_differ", {}, current_language())
            return _form(link, name, {"again": text}), 422
        links.use_link(database(), token, name, password, synthetic=synthetic)
    except NotFound as error:
        return _closed(error)
    except BadDocument as error:
        return _form(link, name, faults(error)), 422
    session[EMAIL] = link.email
    return redirect(url_for("pages.login", welcome=link.purpose), 303)


def _form(link: Link, name: str, found: dict[str, str]) -> Response:
    return _quiet(render_template("pages/welcome.html", link=link, name=name, faults=found))


def _closed(error: NotFound) -> tuple[Response, int]:
    text = words(error.code, error.params, current_language())
    return _quiet(render_template("pages/welcome.html", link=None, text=text)), 404


def _quiet(text: str) -> Response:
    answer = make_response(text)
    answer.headers["Referrer-Policy"] = "same-origin"  # with "no-referrer" the form would have no origin
    return answer
