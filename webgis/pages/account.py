"""Signing in and out by form.

It knows nothing about passwords or sessions; webgis.auth does. Only local addresses are followed afterwards.
The accounts of the sample city are buttons, so that trying it out takes one press (interface paper, section 7).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webgis import auth
from webgis.auth import accounts
from webgis.pages.navigation import landing
from webgis.pages.site import pages
from webgis.wording import words

ROLES: Final = ("planner", "facilitator", "reviewer", "city", "partner", "admin")


@pages.get("/login")
def login() -> str:
    """The form."""
    return _form("")


@pages.post("/login")
def try_login() -> tuple[str, int] | Response:
    """Sign in and go where the person wanted to go."""
    sample = request.form.get("sample")
    email = sample or request.form.get("email", "")
    password = (
        accounts.SAMPLE_PASSWORD if sample and auth.samples_offered() else request.form.get("password", "")
    )
    try:
        actor = auth.sign_in(email, password)
    except (auth.WrongPassword, auth.TooManyTries) as error:
        status = 429 if isinstance(error, auth.TooManyTries) else 401
        return _form(words(error.code, error.params, auth.current_language()), email), status
    return redirect(local_path(request.form.get("next", "")) or landing(actor), 303)


@pages.post("/logout")
def logout() -> Response:
    """Sign out and show the public map."""
    auth.sign_out()
    return redirect(url_for("pages.public_map"), 303)


def local_path(address: str) -> str:
    """The address if it stays on this site, else nothing."""
    parts = urlsplit(address)
    local = (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    )
    return address if local and "\n" not in address and "\r" not in address else ""


def _form(problem: str, email: str = "") -> str:
    offered = [(role, f"{role}@contoh.test") for role in ROLES] if auth.samples_offered() else []
    wanted = local_path(request.values.get("next", ""))
    return render_template(
        "pages/login.html", problem=problem, email=email, samples=offered, next_path=wanted
    )
