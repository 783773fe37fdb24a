"""The application with the sample city for the tests of the API, shared by a module since tests add only."""

from __future__ import annotations

from typing import Any

import pytest

from tests import web


@pytest.fixture(scope="module")
def app(test_databases: Any) -> Any:
    return web.make_app(test_databases.new("sample"))


@pytest.fixture(scope="module")
def planner(app: Any) -> web.Person:
    return web.signed_in(app, "planner")


@pytest.fixture
def visitor(app: Any) -> web.Person:
    return web.public(app)
