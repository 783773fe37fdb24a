"""The log of who saw poor households: every way of looking leaves a row, and nobody wipes one off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.web import HOME, Person, signed_in, work
from webgis.context import KEY
from webgis.planning.access import Actor, Role
from webgis.planning.mapping import household_views
from webgis.store.database import Database

LOG = "/api/v1/households/access-log"


@pytest.fixture
def owner(app: Any) -> Iterator[Database]:
    found = Database(app.extensions[KEY].settings.database_url, owner=True, pool_size=1)
    yield found
    found.dispose()


@pytest.fixture(scope="module")
def admin(app: Any) -> Person:
    return signed_in(app, "admin")


def seen(admin: Person) -> dict[str, tuple[int, int]]:
    """Households and requests of the planner in the own kelurahan, by way."""
    answer = admin.client.get(f"{LOG}?kelurahan={HOME}&limit=1000")
    assert answer.status_code == 200, answer.text
    found: dict[str, tuple[int, int]] = {}
    for view in answer.json["views"]:
        if view["name"].startswith("Sri"):
            before = found.get(view["way"], (0, 0))
            found[view["way"]] = (before[0] + (view["households"] or 0), before[1] + view["requests"])
    return found


def gained(admin: Person, before: dict[str, tuple[int, int]], way: str) -> tuple[int, int]:
    now, then = seen(admin).get(way, (0, 0)), before.get(way, (0, 0))
    return now[0] - then[0], now[1] - then[1]


def test_every_way_of_looking_is_noted_with_how_many(planner: Person, admin: Person) -> None:
    before = seen(admin)
    page = planner.client.get("/api/v1/households?limit=7").json
    assert gained(admin, before, "list") == (len(page["features"]), 1) == (7, 1)
    one = page["features"][0]["id"]
    planner.client.get(f"/api/v1/households/{one}")
    planner.client.get(f"/api/v1/households/{one}/history")
    assert gained(admin, before, "one") == gained(admin, before, "history") == (1, 1)
    planner.client.get(f"/export/households.geojson?kelurahan={HOME}")
    planner.client.get(f"/api/v1/export/households.geojson?kelurahan={HOME}")
    assert gained(admin, before, "export")[0] >= page["numberMatched"]


def test_tiles_of_a_minute_share_a_row(planner: Person, admin: Person, owner: Database) -> None:
    with owner.transaction() as session:
        session.execute(text("select set_config('app.household_scope', '*', true)"))
        z, x, y = session.execute(
            text("""
                select 16, floor((ST_X(geom) + 180) / 360 * 65536)::int,
                    floor((1 - ln(tan(radians(ST_Y(geom))) + 1 / cos(radians(ST_Y(geom)))) / pi()) / 2 * 65536)::int
                from household where rt like '99.01.01.1001-%' order by id limit 1
            """)
        ).one()
    before = seen(admin)
    for _ in range(3):
        assert planner.client.get(f"/tiles/households/{z}/{x}/{y}.mvt").status_code == 200
    households, requests = gained(admin, before, "tile")
    assert requests == 3 and households >= 3
    rows = [v for v in admin.client.get(LOG).json["views"] if v["way"] == "tile"]
    assert len(rows) <= 2  # one a minute


def test_exact_counts_are_noted_for_those_who_get_them(app: Any, planner: Person, admin: Person) -> None:
    before = seen(admin)
    for _ in range(2):
        assert planner.send("POST", "/api/v1/proposals/preview", json=work(planner)).status_code == 200
    assert 1 <= gained(admin, before, "counts")[1] + before.get("counts", (0, 0))[1] <= 2
    reviewer = signed_in(app, "reviewer")
    reviewer.send("POST", "/api/v1/proposals/preview", json=work(planner))
    assert not [v for v in admin.client.get(LOG).json["views"] if v["name"].startswith("Retno")]


@pytest.mark.parametrize(
    ("who", "status"),
    [("planner", 403), ("facilitator", 403), ("reviewer", 403), ("city", 403), ("partner", 403), ("", 401)],
)
def test_only_administrators_read_it(app: Any, visitor: Person, who: str, status: int) -> None:
    assert (signed_in(app, who) if who else visitor).client.get(LOG).status_code == status


def test_an_administrator_reads_the_own_region_only(app: Any, planner: Person) -> None:
    planner.client.get("/api/v1/households?limit=1")
    db = app.extensions[KEY].db
    here, elsewhere = (Actor("a", "A", "", (Role("admin", region),)) for region in ("99.01.01", "99.02"))
    assert household_views.list_views(db, here)[1] > 0
    assert household_views.list_views(db, elsewhere)[1] == 0


@pytest.mark.parametrize(
    "sql",
    [
        "delete from household_view", "truncate household_view", "update household_view set name = 'x'",
        "update household_view set households = 0",
    ],
)  # fmt: skip
def test_nobody_wipes_a_row_off(planner: Person, owner: Database, sql: str) -> None:
    planner.client.get("/api/v1/households?limit=1")
    with pytest.raises(DBAPIError, match="only added to"), owner.transaction() as session:
        session.execute(text(sql))
