"""How many tiles and files one client may take: counted by a clock of the test, never by the time a test takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.databases import DATA_DIR
from tests.web import HOME, public, signed_in
from webgis.app import create_app
from webgis.auth.pace import EXTENSION, MOST_CLIENTS, Buckets
from webgis.context import KEY
from webgis.settings import BadSetting, Settings, database_url, read

TILE, FILE = "/tiles/kelurahan/11/1636/1056.mvt", f"/api/v1/export/kelurahan.geojson?kelurahan={HOME}"


class Clock:
    """Stands still until it is told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(sample_database_url: str, clock: Clock) -> Any:
    given = Settings(database_url(sample_database_url), "x" * 40, "test", DATA_DIR, 0)
    made = create_app(replace(given, tiles_per_minute=6, files_per_minute=2))
    made.extensions[EXTENSION] = Buckets(clock)
    return made


def statuses(client: Any, path: str, times: int) -> list[int]:
    return [client.get(path).status_code for _ in range(times)]


def test_a_minute_of_tiles_then_one_at_a_time(app: Any, clock: Clock) -> None:
    client = public(app).client
    assert statuses(client, TILE, 7) == [200] * 6 + [429]
    refused = client.get(TILE, headers={"Accept": "application/json"})
    assert refused.headers["Retry-After"] == "10"
    clock.now += 10
    assert statuses(client, TILE, 2) == [200, 429]
    clock.now += 600
    assert statuses(client, TILE, 7) == [200] * 6 + [429], "a bucket holds no more than a minute"


def test_every_sort_of_file_comes_out_of_the_same_bucket_and_tiles_do_not(app: Any) -> None:
    city = signed_in(app, "city").client
    files = (FILE, f"/map/{HOME}.html", "/plan/kelurahan.xlsx", "/review/paket.xlsx", "/review/paket.pdf")
    assert [city.get(path).status_code for path in files] == [200, 200, 429, 429, 429]
    assert city.get(TILE).status_code == 200


def test_accounts_behind_one_address_have_a_bucket_each(app: Any) -> None:
    assert statuses(public(app).client, FILE, 3) == [200, 200, 429]
    assert statuses(public(app).client, FILE, 1) == [429], "another browser of the same address"
    assert statuses(signed_in(app, "city").client, FILE, 3) == [200, 200, 429]
    assert statuses(signed_in(app, "planner").client, FILE, 1) == [200]


def test_the_refusal_says_when_in_the_readers_language(app: Any) -> None:
    client = public(app).client
    statuses(client, FILE, 2)
    answer = client.get(f"{FILE}&lang=en")
    assert answer.content_type.startswith("application/problem+json")
    assert "Try again in 1 minutes" in answer.json["detail"]


def test_buckets_do_not_pile_up(clock: Clock) -> None:
    buckets = Buckets(clock)
    for number in range(MOST_CLIENTS + 50):
        buckets.take("tile", str(number), 60)
    assert len(buckets._left) == MOST_CLIENTS


def test_limits_are_settings() -> None:
    env = {"DATABASE_URL": "postgresql://x/y"}
    assert (read(env).tiles_per_minute, read(env).files_per_minute) == (12_000, 60)
    assert read(env | {"WEBGIS_TILES_PER_MINUTE": "0"}).tiles_per_minute == 0
    with pytest.raises(BadSetting, match="WEBGIS_FILES_PER_MINUTE"):
        read(env | {"WEBGIS_FILES_PER_MINUTE": "viele"})


def test_applications_without_limits_count_nothing(sample_database_url: str) -> None:
    made = create_app(Settings(database_url(sample_database_url), "x" * 40, "test", DATA_DIR, 0))
    assert statuses(public(made).client, TILE, 5) == [200] * 5
    assert EXTENSION not in made.extensions
    assert made.extensions[KEY].settings.files_per_minute == 0
