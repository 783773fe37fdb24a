"""The application with the sample city, and people signed in to it, for the tests of the pages.

It knows nothing about single pages. Tests here only read, so one application serves a whole module.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests import web

ROLES = ("planner", "facilitator", "reviewer", "city", "partner", "admin")


@pytest.fixture(scope="package")
def app(sample_database_url: str) -> Any:
    return web.make_app(sample_database_url)


@pytest.fixture(scope="package")
def people(app: Any) -> dict[str, web.Person]:
    return {"public": web.public(app), **{role: web.signed_in(app, role) for role in ROLES}}
