"""A kelurahan of many proposals: the page comes without waiting for their ranking, which follows and is right."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest

from tests import web
from tests.databases import TestDatabases
from tests.pages.test_pages import read
from tests.web import HOME, Person
from webgis.planning.ranking import ranking

PLAN = f"/plan/{HOME}"
COLUMNS = """title, description, work_type, kelurahan, rw, volume, volume_typed, unit, cost, cost_typed, funding,
    readiness, is_paket, state, proposer, source, surveyed_on, synthetic"""


@pytest.fixture(scope="module")
def planner(test_databases: TestDatabases) -> Person:
    """A planner whose kelurahan has 600 proposals, copies of those of the sample, each moved by some metres."""
    url = test_databases.new("sample")
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            f"""insert into proposal ({COLUMNS}, geom)
                select {COLUMNS}, st_translate(geom, n * 0.00002, n * -0.00001) from (
                    select p.*, n from proposal p, generate_series(1, 50) n
                    where kelurahan = %s and state in ('draft', 'submitted', 'verified') order by n, id
                    limit 600 - (select count(*) from proposal where kelurahan = %s)) copies""",
            (HOME, HOME),
        )
    connection.close()
    return web.signed_in(web.make_app(url), "planner")


def test_the_list_comes_first_and_the_ranks_follow(planner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def waited(*_: Any, **__: Any) -> None:
        raise AssertionError("the page waits for the ranking")

    with monkeypatch.context() as patched:
        patched.setattr(ranking, "open_scene", waited)
        page = read(planner, PLAN)
        table = read(planner, f"{PLAN}/panel/table")
    rows = {str(row["data-proposal"]) for row in page.all("li") if "data-proposal" in row}
    assert len(rows) == 500 and "600 usulan" in " ".join(page.texts)
    assert "500 yang terakhir diubah" in " ".join(page.texts)
    assert len(page.all("span", data_late="rank")) > 400
    assert len(table.all("td", data_late="rank")) == 500
    told = planner.client.get(f"{PLAN}/panel/ranks?lang=id").json
    assert rows <= set(told) | {row["id"] for row in _closed(planner)}
    run = planner.send("POST", "/api/v1/rankings", json={"kelurahan": HOME}).json["ranking"]
    assert {name: found["rank"][0] for name, found in told.items() if "rank" in found} == {
        row["id"]: row["rank"] for row in run if row["rank"] is not None
    }
    first = told[run[0]["id"]]
    assert first["rank"] == [1, "1", "peringkat 1"] and first["served"][2].endswith("KK miskin")


def test_the_ranking_panel_of_so_many_tries_as_many_weights_as_it_may(planner: Person) -> None:
    page = read(planner, f"{PLAN}/panel/ranking")
    assert any("8.333 kemungkinan bobot" in text for text in page.texts), [
        t for t in page.texts if "bobot" in t
    ][:5]


def test_a_short_list_has_its_ranks_at_once(people: dict[str, Person]) -> None:
    page = read(people["planner"], f"{PLAN}/panel/proposals")
    assert not page.all("span", data_late="rank")
    assert any(text.startswith("peringkat ") for text in page.texts)


def test_who_may_not_enter_gets_no_ranks(people: dict[str, Person]) -> None:
    assert people["public"].client.get(f"{PLAN}/panel/ranks").status_code == 401
    assert people["partner"].client.get(f"{PLAN}/panel/ranks").status_code == 403


def _closed(person: Person) -> list[dict[str, Any]]:
    found = person.client.get(f"/api/v1/proposals?kelurahan={HOME}&limit=1000").json["features"]
    gone = ("funded", "under_construction", "completed", "rejected", "withdrawn")
    return [one for one in found if one["properties"]["state"] in gone]
