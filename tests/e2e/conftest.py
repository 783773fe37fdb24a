"""A browser and a running web server for the tests that walk a user's errand.

It knows nothing about pages or maps. The server runs on a free port against its own copy of the sample city.
Chromium comes from the operating system, never from `playwright install`; where it is missing CI fails and others skip.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text

from tests.e2e.steps import DESKTOP, PHONE
from tests.live import serving
from tools.setup import find_browser
from webgis.settings import database_url
from webgis.store.database import Database

if TYPE_CHECKING:
    from tests.databases import TestDatabases

expect.set_options(timeout=15_000)
"""A loaded machine may take its time; what never comes still fails."""
HERE = Path(__file__).parent
MADE = ("masterplan", "plan_run", "city_programme", "slum_area", "asset", "proposal")
"""Tables of what journeys make; what hangs on a row goes with it."""
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey that fails is walked once more, and the summary says so: see decision 35."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch arguments of pytest-playwright: the system's Chromium, quiet on the network."""
    path = find_browser()
    if path is None:
        message = "no Chromium found; install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return {**browser_type_launch_args, "executable_path": path, "args": list(QUIET)}


@pytest.fixture(scope="session")
def live_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of our own web server."""
    return tmp_path_factory.mktemp("live")


@pytest.fixture(scope="session")
def live(test_databases: TestDatabases, live_folder: Path) -> Iterator[tuple[str, str]]:
    """Base URL of a web server and worker of our own, and the URL of their database, a copy of the sample city."""
    database: list[str] = []
    with serving(test_databases, live_folder, database.append) as base:
        yield base, database[0]


@pytest.fixture(scope="session")
def live_server(live: tuple[str, str]) -> str:
    """Base URL of our own web server."""
    return live[0]


@pytest.fixture
def put_away(live: tuple[str, str]) -> Iterator[None]:
    """What a journey made goes with it, also when it failed, so that the next one finds the city as it was."""
    database = Database(database_url(live[1]), owner=True, pool_size=1)
    with database.transaction() as session:
        began = session.execute(text("select clock_timestamp()")).scalar_one()
    yield
    with database.transaction() as session:
        for table in MADE:
            made = f"from {table} where created_at >= :began"
            # To delete nothing would raise the version of its layer, too, and let the server read all of it anew.
            if session.execute(text(f"select exists (select {made})"), {"began": began}).scalar_one():
                session.execute(text(f"delete {made}"), {"began": began})
    database.dispose()


@pytest.fixture(scope="session")
def base_url(live_server: str) -> str:
    """pytest-playwright opens relative addresses against it: page.goto("/login")."""
    return live_server


@pytest.fixture
def open_page(browser: Browser, live_server: str, put_away: None) -> Iterator[Callable[..., Page]]:
    """open_page(size, lang): a page that fails the test on any script error; tour: as on the very first visit."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(size: dict[str, int] = DESKTOP, lang: str = "id", tour: bool = False, **more: Any) -> Page:
        touch = size is PHONE
        # Each context would fetch the whole build anew; the journey without a network says "allow".
        more.setdefault("service_workers", "block")
        context = browser.new_context(
            base_url=live_server, viewport=size, locale=lang, has_touch=touch, is_mobile=touch, **more
        )
        contexts.append(context)
        if not tour:
            # A blank page has no storage and no tour either.
            context.add_init_script("try { localStorage.setItem('tour', 'done') } catch {}")
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults
