"""Many people save the same proposal at once: each time one of them wins, the others are told, and history is whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

from tests.web import Person, signed_in, work
from webgis.context import KEY
from webgis.planning.keeping import audit
from webgis.store.database import Database

PEOPLE, ROUNDS = 6, 5


def test_of_many_who_save_at_once_exactly_one_wins_each_time(
    app: Any, planner: Person, tmp_path: Path
) -> None:
    document = work(planner)
    place = planner.send("POST", "/api/v1/proposals", json=document).headers["Location"]
    people = [signed_in(app, "planner") for _ in range(PEOPLE)]
    together = Barrier(PEOPLE)

    def save(number: int, version: int) -> Any:
        mine = {**document, "properties": {**document["properties"], "title": f"Judul {version}-{number}"}}
        together.wait(timeout=30)
        return people[number].send("PUT", place, json=mine, headers={"If-Match": f'"{version}"'})

    winners = []
    with ThreadPoolExecutor(PEOPLE) as pool:
        for version in range(1, ROUNDS + 1):
            answers = list(pool.map(save, range(PEOPLE), [version] * PEOPLE))
            [won] = [answer for answer in answers if answer.status_code == 200]
            winners.append(won.json["properties"]["title"])
            lost = [answer for answer in answers if answer is not won]
            assert {answer.status_code for answer in lost} == {412}
            assert {answer.json["current_version"] for answer in lost} == {version + 1}

    assert planner.client.get(place).json["properties"]["title"] == winners[-1]
    past = planner.client.get(place + "/history").json["history"]
    assert [change["version"] for change in past] == list(range(1, ROUNDS + 2))
    assert [change["changed"]["title"]["new"] for change in past[1:]] == winners
    settings = app.extensions[KEY].settings
    owner = Database(settings.database_url, owner=True, pool_size=1)
    try:
        assert audit.faults(owner, replace(settings, data_dir=tmp_path)) == []
    finally:
        owner.dispose()
