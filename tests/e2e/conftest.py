"""A browser and a running web server for the tests that walk a user's errand.

It knows nothing about pages or maps. The server runs on a free port against its own copy of the sample city.
Chromium comes from the operating system, never from `playwright install`; where it is missing CI fails and others skip.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.live import serving
from tools.setup import find_browser

if TYPE_CHECKING:
    from tests.databases import TestDatabases

QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


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
def live_server(test_databases: TestDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Base URL of a web server and worker of our own, on a copy of the sample city."""
    with serving(test_databases, tmp_path_factory.mktemp("live")) as base:
        yield base


@pytest.fixture(scope="session")
def base_url(live_server: str) -> str:
    """pytest-playwright opens relative addresses against it: page.goto("/login")."""
    return live_server
