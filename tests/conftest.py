"""Databases for every room's tests: fresh copies of templates, made only when a test asks for one.

It knows nothing about the application beyond how to migrate and load; tests in core and dev never start a database.
The caller's DATABASE_URL is taken away first: a test run must not be able to touch anybody's data.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tools.checkout import LOCAL

if TYPE_CHECKING:
    from tests.databases import Kind, TestDatabases
    from tests.web import Person

HERE = Path(__file__).parent

for _name in ("DATABASE_URL", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA"):
    os.environ.pop(_name, None)
os.environ |= {"WEBGIS_ENV": "test", "WEBGIS_DATA_DIR": str(LOCAL / "test-data")}

# A deadline and the health check "too slow" measure how busy the machine is, not what a test is about.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: they are the longest, and at the end of a run on several cores none should wait for the last."""
    journeys = HERE / "e2e"
    items.sort(key=lambda item: not item.path.is_relative_to(journeys))


@pytest.fixture(scope="session")
def test_databases() -> Iterator[TestDatabases]:
    """The session's own corner of the test cluster (one per pytest-xdist worker, too)."""
    from tests import databases

    with databases.opened() as found:
        yield found


@pytest.fixture(scope="session")
def database_url(test_databases: TestDatabases) -> str:
    """A migrated, empty database shared by the session."""
    return test_databases.new("migrated")


@pytest.fixture(scope="session")
def sample_database_url(test_databases: TestDatabases) -> str:
    """A database with the sample city, shared by the session: read it, or undo what you write."""
    return test_databases.new("sample")


@pytest.fixture
def new_database(test_databases: TestDatabases) -> Iterator[Callable[..., str]]:
    """new_database("bare" | "migrated" | "sample"): URL of a database nobody else uses (about half a second)."""
    made: list[str] = []

    def new(kind: Kind = "migrated") -> str:
        made.append(test_databases.new(kind))
        return made[-1]

    yield new
    for url in made:
        test_databases.drop(url)


@pytest.fixture(scope="module")
def app(test_databases: TestDatabases) -> Any:
    """The application on a sample city that the tests of one module share, since they only add."""
    from tests import web

    return web.make_app(test_databases.new("sample"))


@pytest.fixture(scope="module")
def planner(app: Any) -> Person:
    """A signed-in planner of the application."""
    from tests import web

    return web.signed_in(app, "planner")


@pytest.fixture
def visitor(app: Any) -> Person:
    """Somebody without an account."""
    from tests import web

    return web.public(app)
