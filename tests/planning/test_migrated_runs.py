"""Rankings, plans and studies that were stored before migration 0035: their readers find them, officials no count.

The store of before is made by going down: what came of whole counts then lies where the web role reads it, and a job
holds the whole plan.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_plans import PLENTY, wish
from webgis.planning.judging.desk import Desk
from webgis.planning.keeping import audit
from webgis.planning.plans import plan_studies, plans
from webgis.planning.ranking import ranking
from webgis.settings import database_url, read
from webgis.store import migrate
from webgis.store.database import Database, household_scope

BEFORE = migrate.revisions()[migrate.revisions().index("0035") - 1]


@pytest.fixture
def url(new_database: Callable[..., str]) -> str:
    return new_database("sample")


@pytest.fixture
def db(url: str) -> Iterator[Database]:
    found = Database(database_url(url), pool_size=1)
    yield found
    found.dispose()


def in_tables(db: Database, scope: str = "") -> dict[str, list[Any]]:
    """What a query of the web role finds in the tables of runs, by table."""
    found = {}
    with db.transaction() as session, household_scope(session, scope):
        for table in ("ranking_run", "plan_run", "plan_study", "job"):
            found[table] = list(
                session.execute(
                    text(f"select result from {table} where result is not null order by id")
                ).scalars()
            )
    return found


def test_runs_of_before_are_read_as_ever_and_tell_officials_nothing(
    url: str, db: Database, desk: Desk, tmp_path: Path
) -> None:
    planner, city = actor(db, "planner"), actor(db, "city", "99.01")
    run = ranking.rank_kelurahan(db, desk, planner, KELURAHAN)
    plan = plans.make_plan(db, desk, planner, wish(name="Rencana lama"))
    study = plan_studies.study_plan(db, desk, planner, plan["id"], "balance")
    kept = ranking.get_ranking(db, planner, run["id"]), plans.get_plan(db, planner, plan["id"])
    db.dispose()

    migrate.downgrade(url, BEFORE)
    owner = Database(database_url(url), owner=True, pool_size=1)
    with owner.transaction() as session:
        whole = session.execute(text("select result from plan_run")).scalar_one()
        assert any(work["served"] for work in whole["schedule"]), (
            "so the store of before was open to the web role"
        )
        values = {"result": json.dumps(whole | {"id": plan["id"]}), "account": planner.account_id}
        query = """
            insert into job (kind, state, progress, result, account_id)
            values ('plan', 'done', 100, cast(:result as jsonb), cast(:account as uuid))
        """
        session.execute(text(query), values)
    owner.dispose()
    migrate.upgrade(url)

    assert (ranking.get_ranking(db, planner, run["id"]), plans.get_plan(db, planner, plan["id"])) == kept
    studied = plan_studies.studies(db, planner, plan["id"])["balance"]
    assert studied is not None and studied["points"] == study["points"]

    seen = in_tables(db)
    assert seen["ranking_run"] == [{"ranking": [], "untold": True}]
    assert seen["plan_study"] == [{}]
    assert seen["job"] == [{"id": plan["id"]}]
    [told] = seen["plan_run"]
    exact, public = plans.get_plan(db, planner, plan["id"]), plans.get_plan(db, city, plan["id"])
    assert [work["id"] for work in public["schedule"]] == [work["id"] for work in exact["schedule"]]
    assert {work["served"] for work in told["schedule"]} == {None}
    assert {work["regret"] for work in told["left_out"]} <= {None}
    assert {work["loss"] for work in told["kept"]} <= {None}
    assert {told[name] for name in ("objective", "bound")} == {0}
    people = told["households"]
    assert {
        people[name] for name in ("total", "reached_before", "reached", "in_part", "gini", "gini_before")
    } == {None}
    assert {rw[name] for rw in people["by_rw"] for name in ("total", "reached", "rupiah")} == {None}
    assert "evenness" not in people and "rupiah_per_reached" not in people
    assert plan_studies.studies(db, city, plan["id"])["balance"] is None
    assert [row["name"] for row in plans.list_plans(db, city, KELURAHAN)] == ["Rencana lama"]

    owner = Database(database_url(url), owner=True, pool_size=1)
    try:
        assert audit.faults(owner, replace(read({"DATABASE_URL": url}), data_dir=tmp_path)) == []
    finally:
        owner.dispose()


def test_pages_show_what_is_left_of_a_plan_of_before(url: str, db: Database, desk: Desk) -> None:
    from tests.web import make_app, signed_in

    planner = actor(db, "planner")
    ranking.rank_kelurahan(db, desk, planner, KELURAHAN)
    plan = plans.make_plan(db, desk, planner, wish(budget=PLENTY))
    db.dispose()
    migrate.downgrade(url, BEFORE)
    migrate.upgrade(url)
    app = make_app(url)
    for role in ("planner", "city"):
        person = signed_in(app, role)
        for place in (
            f"/plan/{KELURAHAN}",
            f"/plan/{KELURAHAN}/panel/plan/{plan['id']}",
            f"/api/v1/plans/{plan['id']}",
        ):
            answer = person.client.get(place)
            assert answer.status_code == 200, (role, place, answer.text[:500])
