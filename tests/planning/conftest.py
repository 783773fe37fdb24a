"""People, a desk and a store with the sample city for the tests of the use cases.

It knows nothing about HTTP. Each test gets a database of its own, so it may write what it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from tests.databases import DATA_DIR, TestDatabases
from webgis.planning.access import Actor, Role
from webgis.planning.judging.desk import Desk, open_desk
from webgis.settings import database_url
from webgis.store.database import Database

KELURAHAN = "99.01.01.1001"
NEXT_DOOR = "99.01.02.1001"


@pytest.fixture
def db(new_database: Callable[..., str]) -> Iterator[Database]:
    """The sample city, as the web role sees it."""
    found = Database(database_url(new_database("sample")), pool_size=1)
    yield found
    found.dispose()


@pytest.fixture(scope="module")
def owner_db(test_databases: TestDatabases) -> Iterator[Database]:
    """The sample city as its owner sees it, shared by the tests of a module."""
    found = Database(database_url(test_databases.new("sample")), owner=True, pool_size=1)
    yield found
    found.dispose()


@pytest.fixture(scope="session")
def shared_db(sample_database_url: str) -> Iterator[Database]:
    """The sample city for tests that only read."""
    found = Database(database_url(sample_database_url), pool_size=1)
    yield found
    found.dispose()


@pytest.fixture(scope="session")
def desk(sample_database_url: str) -> Desk:
    """A desk with the rasters of the sample city."""
    return open_desk(DATA_DIR)


@dataclass(frozen=True)
class Planned:
    """A sample city of one's own with three plans of a planner: with the usual money, with little, with plenty."""

    db: Database
    usual: dict[str, Any]
    little: dict[str, Any]
    plenty: dict[str, Any]


@pytest.fixture(scope="session")
def three_plans(test_databases: TestDatabases, desk: Desk) -> tuple[str, list[dict[str, Any]]]:
    """What `planned` copies: plans take seconds, and many tests begin with the same."""
    from tests.planning.test_plans import LITTLE, MONEY, PLENTY, make

    url = test_databases.new("sample")
    db = Database(database_url(url), pool_size=1)
    made = [make(db, desk, budget=money) for money in (MONEY, LITTLE, PLENTY)]
    db.dispose()
    return url, made


@pytest.fixture
def planned(
    three_plans: tuple[str, list[dict[str, Any]]], test_databases: TestDatabases
) -> Iterator[Planned]:
    """Three plans in a database that the test may write into."""
    prepared, plans = three_plans
    url = test_databases.copy(prepared)
    db = Database(database_url(url), pool_size=1)
    yield Planned(db, *deepcopy(plans))
    db.dispose()
    test_databases.drop(url)


def actor(db: Database, role: str, region: str = KELURAHAN) -> Actor:
    """A sample account with one role in one region."""
    with db.transaction() as session:
        query = text("select id::text, name, email from account where email = :email")
        row = session.execute(query, {"email": f"{role}@contoh.test"}).one()
    return Actor(row[0], row[1], row[2], (Role(role, region),))
