"""Files that are sent, with a scanner beside: a small program that speaks ClamAV's protocol and knows one virus."""

from __future__ import annotations

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import files
from tests.web import Person, signed_in
from webgis.app import create_app
from webgis.settings import BadSetting, Settings, database_url, read

VIRUS = b"X5O!KANARI-VIRUS"


class Clamd(socketserver.StreamRequestHandler):
    """INSTREAM as the daemon answers it."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        sent = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            sent += self.rfile.read(size)
        said = b"stream: Kanari FOUND\0" if VIRUS in sent else b"stream: OK\0"
        self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0" if b"TERLALU-BESAR" in sent else said)


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[str]:
    address = str(tmp_path / "clamd.ctl")
    with socketserver.ThreadingUnixStreamServer(address, Clamd) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield address
        server.shutdown()


def somebody(url: str, clamd: str, folder: Path) -> Person:
    given = Settings(database_url(url), "x" * 40, "test", folder, 0)
    return signed_in(create_app(replace(given, clamd=clamd)), "planner")


def send(person: Person, content: bytes, name: str = "a.jpg") -> Any:
    key = person.client.get("/api/v1/proposals?limit=1&kelurahan=99.01.01.1001&state=draft").json["features"][
        0
    ]["id"]
    return person.send(
        "POST", f"/api/v1/proposals/{key}/attachments", data={"file": (io.BytesIO(content), name), "kind": "photo"},
        content_type="multipart/form-data",
    )  # fmt: skip


def test_what_is_clean_is_taken_and_what_is_infected_is_not(
    new_database: Any, clamd: str, tmp_path: Path
) -> None:
    person = somebody(new_database("sample"), clamd, tmp_path)
    assert send(person, files.photo()).status_code == 201
    refused = send(person, files.photo() + VIRUS)
    assert (refused.status_code, refused.json["type"]) == (422, "/problems/infected")
    assert "a.jpg" in refused.json["detail"]


def test_nothing_is_taken_that_nobody_could_scan(
    sample_database_url: str, clamd: str, tmp_path: Path
) -> None:
    person = somebody(sample_database_url, clamd, tmp_path)
    assert send(person, files.photo() + b"TERLALU-BESAR").status_code == 503
    away = send(somebody(sample_database_url, str(tmp_path / "nobody.ctl"), tmp_path), files.photo())
    assert (away.status_code, away.json["type"]) == (503, "/problems/scanner-away")


def test_the_address_is_checked_at_start() -> None:
    env = {"DATABASE_URL": "postgresql://x/y"}
    assert read(env | {"WEBGIS_CLAMD": "scanner:3310"}).clamd == "scanner:3310"
    with pytest.raises(BadSetting, match="WEBGIS_CLAMD"):
        read(env | {"WEBGIS_CLAMD": "scanner"})
