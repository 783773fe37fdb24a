"""The city's own base map: one file, read in pieces, offered only where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import pmtiles, web
from tests.files import photo

PLACE = "/tiles/basemap.pmtiles"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def visitor(sample_database_url: str, folder: Path) -> web.Person:
    return web.public(web.make_app(sample_database_url, data_dir=folder))


def test_without_a_file_there_is_no_switch(visitor: web.Person) -> None:
    answer = visitor.client.get(PLACE, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert 'data-layer="file"' not in visitor.client.get("/").text


def test_the_file_is_read_in_pieces(visitor: web.Person, folder: Path) -> None:
    made = pmtiles.archive({(0, 0, 0): photo("PNG", (256, 256))}, pmtiles.PNG, (107, -6, 108, -5))
    (folder / "basemap.pmtiles").write_bytes(made)
    assert 'data-layer="file"' in visitor.client.get("/").text
    head = visitor.client.get(PLACE, headers={"Range": "bytes=0-126"})
    assert head.status_code == 206 and head.data == made[:127]
    assert head.headers["Content-Range"] == f"bytes 0-126/{len(made)}"
    assert head.headers["Content-Type"] == "application/vnd.pmtiles"
    assert head.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "default-src 'self'" in head.headers["Content-Security-Policy"]
    beyond = visitor.client.get(PLACE, headers={"Range": f"bytes={len(made)}-"})
    assert beyond.status_code == 416
    again = visitor.client.get(PLACE, headers={"If-None-Match": head.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "number"), [((0, 0, 0), 0), ((1, 0, 1), 2), ((1, 1, 1), 3), ((1, 1, 0), 4), ((2, 0, 1), 8)]
)
def test_our_test_files_count_tiles_as_the_specification(address: pmtiles.Address, number: int) -> None:
    assert pmtiles.tile_id(address) == number
