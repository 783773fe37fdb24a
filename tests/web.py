"""The application on a sample city of its own, and people who are signed in to it.

It knows nothing about what a test asks. Settings are those of a test process; nothing listens on a port.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webgis.app import create_app
from webgis.auth.accounts import SAMPLE_PASSWORD
from webgis.settings import Settings, database_url

HOME = "99.01.01.1001"


@dataclass
class Person:
    """A browser of somebody: the client and the token that unsafe calls carry."""

    client: Any
    token: str = ""

    def send(self, method: str, url: str, **given: Any) -> Any:
        """A request with the security token, answered."""
        headers = {"X-CSRF-Token": self.token, **given.pop("headers", {})}
        return self.client.open(url, method=method, headers=headers, **given)


def make_app(url: str, environment: str = "test", data_dir: Path | None = None) -> Any:
    """The application on a database, with a data folder of its own or that of all tests."""
    from tests.databases import DATA_DIR, web_url

    login = database_url(web_url(url))
    folder = data_dir or DATA_DIR
    return create_app(Settings(database_url(url), "x" * 40, environment, folder, 0, web_database_url=login))


def signed_in(app: Any, role: str) -> Person:
    """Somebody with a sample account."""
    client = app.test_client()
    answer = client.post(
        "/api/v1/session", json={"email": f"{role}@contoh.test", "password": SAMPLE_PASSWORD}
    )
    assert answer.status_code == 200, answer.text
    return Person(client, answer.json["csrf_token"])


def public(app: Any) -> Person:
    """Somebody without an account."""
    return Person(app.test_client())


def found(pattern: str, page: str) -> str:
    """What a pattern finds in a page: its first group, else all of it."""
    match = re.search(pattern, page)
    assert match, pattern
    return match.group(1) if match.groups() else match.group()


def work(person: Person, kelurahan: str = HOME) -> dict[str, Any]:
    """A new proposal as a client sends it, drawn where a stored one lies."""
    found = person.client.get(f"/api/v1/proposals?kelurahan={kelurahan}&limit=200").json["features"]
    line = next(f for f in found if f["geometry"]["type"] == "LineString")
    return {
        "type": "Feature",
        "geometry": line["geometry"],
        "properties": {"title": "Saluran baru", "work_type": line["properties"]["work_type"]},
    }
