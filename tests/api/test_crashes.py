"""The web server is killed (kill -9) and its connections to the database are cut while people save.

Whoever got an answer finds what was answered; whoever got none sends the same again with the same key, and it is there
once. Kills follow the number of answers, never a clock.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Condition
from typing import Any

import pytest
import requests
from sqlalchemy import text

from tests.databases import DATA_DIR, TestDatabases
from tests.web import HOME
from tools import server
from webgis.auth.accounts import SAMPLE_PASSWORD
from webgis.planning import audit
from webgis.settings import database_url, read
from webgis.store.database import Database

WRITERS, EACH, PATIENCE_S = 3, 6, 90
CUT = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'peta-swadaya' and pid <> pg_backend_pid()
"""


class Answers:
    """How many answers there were; somebody waits for a number of them."""

    def __init__(self) -> None:
        self._number, self._changed = 0, Condition()

    def one_more(self) -> None:
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def wait_for(self, number: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._number >= number, timeout=PATIENCE_S)


@pytest.fixture
def url(test_databases: TestDatabases) -> Iterator[str]:
    found = test_databases.new("sample")
    yield found
    test_databases.drop(found)


@contextlib.contextmanager
def web(url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """A web server as `./dev run` starts it: its address and the process id of its master."""
    shutil.copytree(DATA_DIR / "sample", folder / "sample")
    shutil.copy(DATA_DIR / "sealing-key", folder / "sealing-key")
    env = server.settings(url) | {"WEBGIS_ENV": "test", "WEBGIS_DATA_DIR": str(folder)}
    with server.listen("127.0.0.1", 0) as opened, open(folder / "server.log", "ab") as log:
        base = server.address("127.0.0.1", opened)
        child = server.spawn(server.web_command(opened.fileno()), env, log, [opened.fileno()])
        try:
            server.wait_healthy(base, {"web": child}, log=Path(log.name))
            yield base, child.pid
        finally:
            server.stop([child])


def workers(master: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


class Writer:
    """Somebody who asks again, with the same key, until there is an answer."""

    def __init__(self, base: str, answers: Answers) -> None:
        self._base, self._answers, self._session = base, answers, requests.Session()
        self._session.trust_env = False
        signed = {"email": "planner@contoh.test", "password": SAMPLE_PASSWORD}
        token = self.ask("POST", "/api/v1/session", json=signed).json()["csrf_token"]
        self._session.headers["X-CSRF-Token"] = token

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        end = time.monotonic() + PATIENCE_S
        while True:
            with contextlib.suppress(requests.RequestException):
                answer = self._session.request(method, self._base + path, timeout=30, **more)
                if answer.status_code < 500:
                    self._answers.one_more()
                    return answer
            assert time.monotonic() < end, f"{method} {path} was never answered"
            time.sleep(0.05)

    def propose(self, document: dict[str, Any], name: str) -> tuple[str, str]:
        """Propose and then rename; the id and the title that was answered last."""
        mine = {**document, "properties": {**document["properties"], "title": name}}
        made = self.ask("POST", "/api/v1/proposals", json=mine, headers={"Idempotency-Key": name})
        assert made.status_code == 201, made.text
        place = f"/api/v1/proposals/{made.json()['id']}"
        mine["properties"]["title"] = name + " baru"
        changed = self.ask("PUT", place, json=mine, headers={"If-Match": '"1"'})
        if changed.status_code == 412:  # the first try was stored, its answer lost
            changed = self.ask("GET", place)
        assert changed.status_code == 200, changed.text
        return made.json()["id"], changed.json()["properties"]["title"]


def test_nothing_answered_is_lost_and_nothing_is_there_twice(url: str, tmp_path: Path) -> None:
    owner, answers = Database(database_url(url), owner=True, pool_size=1), Answers()
    folder = tmp_path / "data"
    with web(url, folder) as (base, master), ThreadPoolExecutor(WRITERS) as pool:
        people = [Writer(base, answers) for _ in range(WRITERS)]
        listed = people[0].ask("GET", f"/api/v1/proposals?kelurahan={HOME}&limit=200").json()["features"]
        line = next(f for f in listed if f["geometry"]["type"] == "LineString")
        document = {
            "type": "Feature", "geometry": line["geometry"],
            "properties": {"work_type": line["properties"]["work_type"]},
        }  # fmt: skip

        def write(number: int) -> list[tuple[str, str, str]]:
            names = [f"Uji tahan {number}-{k}" for k in range(EACH)]
            return [(name, *people[number].propose(document, name)) for name in names]

        writing = [pool.submit(write, number) for number in range(WRITERS)]
        for after, harm in ((8, "one"), (16, "connections"), (24, "all")):
            answers.wait_for(after)
            if harm == "connections":
                with owner.transaction() as session:
                    session.execute(text(CUT))
                continue
            for pid in workers(master)[: 1 if harm == "one" else None]:
                os.kill(pid, signal.SIGKILL)
        done = [entry for future in writing for entry in future.result(timeout=PATIENCE_S)]
        name, first, _ = done[0]
        repeated = {**document, "properties": {**document["properties"], "title": name}}
        again = people[0].ask("POST", "/api/v1/proposals", json=repeated, headers={"Idempotency-Key": name})
        assert (again.status_code, again.json()["id"]) == (201, first)

    with owner.transaction() as session:
        query = "select id::text, title, version from proposal where title like 'Uji tahan %'"
        stored = {row.id: (row.title, row.version) for row in session.execute(text(query))}
    assert stored == {key: (name + " baru", 2) for name, key, _ in done}
    assert all(told == name + " baru" for name, _, told in done)
    settings = read({"DATABASE_URL": url})
    assert audit.faults(owner, replace(settings, data_dir=tmp_path)) == []
    owner.dispose()
