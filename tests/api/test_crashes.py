"""The web server is killed (kill -9) and its connections to the database are cut while people save.

Whoever got an answer finds what was answered; whoever got none sends the same again with the same key, and it is there
once. `./dev bench crashes` does the same for longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import crashing
from tests.databases import TestDatabases
from webgis.planning.keeping import audit
from webgis.settings import database_url, read
from webgis.store.database import Database


@pytest.fixture
def url(test_databases: TestDatabases) -> Iterator[str]:
    found = test_databases.new("sample")
    yield found
    test_databases.drop(found)


def test_nothing_answered_is_lost_and_nothing_is_there_twice(url: str, tmp_path: Path) -> None:
    done = crashing.save_under(url, tmp_path / "data", 3, 6, [(8, "one"), (16, "connections"), (24, "all")])
    assert len(done) == 18
    owner = Database(database_url(url), owner=True, pool_size=1)
    try:
        assert crashing.stored(owner) == {entry.id: (entry.key + " baru", 2) for entry in done}
        assert all(entry.title == entry.key + " baru" for entry in done)
        assert audit.faults(owner, replace(read({"DATABASE_URL": url}), data_dir=tmp_path)) == []
    finally:
        owner.dispose()
