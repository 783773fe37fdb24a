"""A disk that is full and a database that is away: said as such, nothing half stored, and it heals by itself."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests import files
from tests.api.test_attachments import send
from tests.web import HOME, Person, make_app, public, signed_in
from webgis.app import create_app
from webgis.settings import Settings, database_url
from webgis.store.database import Database


@contextmanager
def full(app: Any) -> Iterator[None]:
    """A table that PostgreSQL has no room to write into."""
    owner = Database(app.extensions["webgis"].settings.database_url, owner=True, pool_size=1)
    with owner.transaction() as session:
        session.execute(
            text("""
                create function no_room() returns trigger language plpgsql as $$
                begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$
            """)
        )
        session.execute(text("create trigger no_room before insert on comment execute function no_room()"))
    try:
        yield
    finally:
        with owner.transaction() as session:
            session.execute(text("drop function no_room() cascade"))
        owner.dispose()


@pytest.fixture
def place(planner: Person) -> str:
    found = planner.client.get(f"/api/v1/proposals?kelurahan={HOME}&limit=1").json["features"][0]["id"]
    return f"/api/v1/proposals/{found}"


def test_a_full_database_is_said_reads_go_on_and_it_heals(app: Any, planner: Person, place: str) -> None:
    said = {"body": "Mohon didahulukan"}
    before = planner.client.get(f"{place}/comments").json
    with full(app):
        answer = planner.send("POST", f"{place}/comments?lang=en", json=said)
        assert (answer.status_code, answer.json["type"]) == (507, "/problems/storage-full")
        assert "no room left" in answer.json["detail"]
        page = planner.send(
            "POST", place.replace("/api/v1/proposals", "/usulan") + "/komentar?lang=id", data=said
        )
        assert page.status_code == 507 and "penuh" in page.text
        assert planner.client.get(f"{place}/comments").json == before
    assert planner.send("POST", f"{place}/comments", json=said).status_code == 201


def test_a_full_folder_is_said_and_keeps_nothing(
    new_database: Callable[..., str], place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    planner = signed_in(make_app(new_database("sample"), data_dir=tmp_path), "planner")
    before = planner.client.get(f"{place}/attachments").json
    monkeypatch.setattr("os.fsync", no_room)
    assert send(planner, place, files.photo()).status_code == 507
    monkeypatch.undo()
    assert planner.client.get(f"{place}/attachments").json == before
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]
    assert send(planner, place, files.photo()).status_code == 201


def test_a_database_that_is_away_is_said_to_programs_and_people(tmp_path: Path) -> None:
    url = database_url("postgresql://nobody@127.0.0.1:9/nothing")
    nobody = public(create_app(Settings(url, "x" * 40, "test", tmp_path, 0)))
    answer = nobody.client.get("/api/v1/proposals?lang=en")
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/store-away")
    assert nobody.client.get("/").status_code == 503
