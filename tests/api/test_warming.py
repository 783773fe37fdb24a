"""What a process does before its first request: it finds all that is there, and a store that is away stops nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from webgis.app import create_app
from webgis.context import KEY
from webgis.planning.judging import desk
from webgis.settings import database_url
from webgis.store.database import Database
from webgis.warming import warm


@pytest.fixture(autouse=True)
def garbage_is_looked_for_again() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_a_kelurahan_is_laid_out_and_forgotten(
    app: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    used: list[desk.Desk] = []
    open_scene = desk.open_scene

    def watched(session: Any, mine: desk.Desk, *asked: Any, exactly: bool) -> desk.Scene:
        used.append(mine)
        return open_scene(session, mine, *asked, exactly=exactly)

    monkeypatch.setattr(desk, "open_scene", watched)
    warm(app)
    assert len(used) == 1
    assert used[0] is not app.extensions[KEY].desk
    assert not caplog.records


def test_a_process_starts_without_a_store(app: Any, caplog: pytest.LogCaptureFixture) -> None:
    away = Database(database_url("postgresql://nobody@127.0.0.1:1/nothing"))
    other = create_app(app.extensions[KEY].settings)
    other.extensions[KEY] = replace(other.extensions[KEY], db=away)
    warm(other)
    assert [record.message for record in caplog.records] == [
        "nothing could be loaded before the first request, which will take longer"
    ]
