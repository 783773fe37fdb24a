"""Writers who save while the web server is killed under them, for the test of crashes and its benchmark.

It knows nothing about what is to be found afterwards. Harm follows the number of answers, never a clock.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from typing import Any, Literal

import requests
from sqlalchemy import text

from tests.databases import DATA_DIR
from tests.web import HOME
from tools import server
from webgis.auth.accounts import SAMPLE_PASSWORD
from webgis.settings import database_url
from webgis.store.database import Database

PATIENCE_S = 90
Harm = Literal["one", "all", "connections"]
"""kill -9 of one worker of the web server, of all, or the end of all its connections to the database."""
CUT = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'peta-swadaya' and pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Answered:
    """What a writer was told: the key it proposed with, the id that was answered and the title after its change."""

    key: str
    id: str
    title: str


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

    def propose(self, document: dict[str, Any], name: str) -> Answered:
        """Propose and then rename."""
        mine = {**document, "properties": {**document["properties"], "title": name}}
        made = self.ask("POST", "/api/v1/proposals", json=mine, headers={"Idempotency-Key": name})
        assert made.status_code == 201, made.text
        place = f"/api/v1/proposals/{made.json()['id']}"
        mine["properties"]["title"] = name + " baru"
        changed = self.ask("PUT", place, json=mine, headers={"If-Match": '"1"'})
        if changed.status_code == 412:  # the first try was stored, its answer lost
            changed = self.ask("GET", place)
        assert changed.status_code == 200, changed.text
        return Answered(name, made.json()["id"], changed.json()["properties"]["title"])


def save_under(
    url: str, folder: Path, writers: int, each: int, harms: Sequence[tuple[int, Harm]]
) -> list[Answered]:
    """Let some writers propose and rename so many works each; harms: after how many answers which harm is done.

    At the end the first proposal is sent once more, and has to be answered as it was. folder: empty, for its data.
    """
    owner, answers = Database(database_url(url), owner=True, pool_size=1), Answers()
    try:
        with web(url, folder) as (base, master), ThreadPoolExecutor(writers) as pool:
            people = [Writer(base, answers) for _ in range(writers)]
            document = _work(people[0])

            def write(number: int) -> list[Answered]:
                return [people[number].propose(document, f"Uji tahan {number}-{k}") for k in range(each)]

            writing = [pool.submit(write, number) for number in range(writers)]
            for after, harm in harms:
                answers.wait_for(after)
                _do(harm, master, owner)
            done = [
                entry for future in writing for entry in future.result(timeout=writers * each * PATIENCE_S)
            ]
            again = people[0].propose(document, done[0].key)
            assert again == done[0]
    finally:
        owner.dispose()
    return done


def _work(person: Writer) -> dict[str, Any]:
    """A proposal that lies where a stored one does."""
    listed = person.ask("GET", f"/api/v1/proposals?kelurahan={HOME}&limit=200").json()["features"]
    line = next(f for f in listed if f["geometry"]["type"] == "LineString")
    properties = {"work_type": line["properties"]["work_type"]}
    return {"type": "Feature", "geometry": line["geometry"], "properties": properties}


def _do(harm: Harm, master: int, owner: Database) -> None:
    if harm == "connections":
        with owner.transaction() as session:
            session.execute(text(CUT))
        return
    for pid in workers(master)[: 1 if harm == "one" else None]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def stored(db: Database) -> dict[str, tuple[str, int]]:
    """Id -> title and version of all that writers proposed."""
    query = text("select id::text, title, version from proposal where title like 'Uji tahan %'")
    with db.transaction() as session:
        return {row.id: (row.title, row.version) for row in session.execute(query)}
