"""Each criterion names the sets of data behind it, their source and newest date, and nothing of fewer than five
homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import psycopg
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, actor
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.judging import fact_dates
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.fact_dates import Dated
from webgis.planning.ranking.explanation import explain
from webgis.planning.ranking.ranking import get_ranking, rank_kelurahan
from webgis.planning.written import ZONE
from webgis.settings import database_url
from webgis.store import regions
from webgis.store.database import Database, household_scope
from webgis.store.fact_dates import changed_on

POOR = "split_part(rt, '-', 1) = :kelurahan"


def write(db: Database, statement: str, **values: object) -> None:
    """A change of the households of the kelurahan."""
    with db.transaction() as session, household_scope(session, KELURAHAN):
        session.execute(text(statement), values | {"kelurahan": KELURAHAN})


def survey(db: Database, homes: int, day: dt.date) -> None:
    """So many of them visited by one survey."""
    rows = f"select id from household where {POOR} order by id limit :homes"
    query = f"update household set surveyed_on = :day, source = 'Survei RT 02' where id in ({rows})"
    write(db, query, day=day, homes=homes)


def read(db: Database, desk: Desk) -> dict[str, Dated]:
    with db.transaction() as session:
        return dict(desk.facts.get(session, KELURAHAN, regions.versions(session)).dated)


def test_every_criterion_of_every_type_names_its_data() -> None:
    known = {
        "assets", "buildings", "dem", "flood", "forums", "households", "proposals", "regions", "roads",
        "slum-areas", "waterways",
    }  # fmt: skip
    for work in catalogue().work_types.values():
        used = fact_dates.used(work)
        waived = {
            *(() if work.exposed else ("flood",)),
            *(() if work.steepest is not None else ("slope",)),
            *(() if work.network else ("connection",)),
        }
        assert set(used) == {item.id for item in catalogue().criteria} - waived, work.key
        assert {one for sets in used.values() for one in sets} <= known
    tap, latrine = catalogue().work_types["water_tap"], catalogue().work_types["latrine"]
    assert fact_dates.used(tap)["poor_served"] == ("households", "assets", "roads")
    assert fact_dates.used(latrine)["poor_served"] == ("households",)


def test_of_households_only_what_five_have_in_common_is_told(db: Database, desk: Desk) -> None:
    before = read(db, desk)["households"]
    assert (before.date, before.how) == ("2026-03-31", "surveyed"), "the day of the register they come from"
    assert len(before.sources) == 1
    survey(db, 4, dt.date(2026, 11, 20))
    assert (after := read(db, desk)["households"]).date == "2026-03-31"
    assert (after.sources, after.version) == (before.sources, before.version + 1)
    survey(db, 5, dt.date(2026, 11, 20))
    told = read(db, desk)["households"]
    assert (told.date, told.sources) == ("2026-11-20", (*before.sources, "Survei RT 02"))
    write(db, f"delete from household where {POOR} and source <> 'Survei RT 02'")
    write(db, f"delete from household where id = (select id from household where {POOR} limit 1)")
    few = read(db, desk)["households"]
    assert (few.date, few.how, few.sources) == (None, None, ()), "four are left"


def test_a_stored_run_keeps_what_it_said_of_its_facts(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    run = rank_kelurahan(db, desk, planner, KELURAHAN)
    assert {row["work_type"] for row in run["ranking"]} == set(run["used"])
    assert set(run["units"]) == {item.id for item in catalogue().criteria}
    for row in run["ranking"]:
        assert set(run["used"][row["work_type"]]) == set(row["values"]) - set(row["waived"])
        assert dt.date.fromisoformat(row["changed_on"]) <= dt.datetime.now(ZONE).date()
    for name, one in run["facts"].items():
        assert one["version"] == run["data_versions"][one["layer"]], name
        assert one["date"] and one["how"], name
    survey(db, 9, dt.date(2026, 11, 20))
    again = rank_kelurahan(db, desk, planner, KELURAHAN, keep=False)
    assert again["facts"]["households"]["date"] == "2026-11-20"
    assert get_ranking(db, planner, run["id"])["facts"] == run["facts"]
    assert run["facts"]["households"]["date"] == "2026-03-31"


def test_an_explanation_names_the_same_facts_as_the_run(shared_db: Database, desk: Desk) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, keep=False)
    row = run["ranking"][0]
    found = explain(shared_db, desk, planner, row["id"])
    assert {name: one.document() for name, one in found.dated.items()} == run["facts"]
    assert {name: list(sets) for name, sets in found.used.items()} == run["used"][row["work_type"]]
    assert found.changed_on == dt.date.fromisoformat(row["changed_on"])


def test_the_version_of_a_layer_has_the_day_of_its_last_change(new_database: Callable[..., str]) -> None:
    url = new_database("sample")
    with psycopg.connect(url) as owner:
        owner.execute("update layer_version set changed_at = '2020-02-03 18:00+00'")
    found = Database(database_url(url), pool_size=1)
    try:
        survey(found, 1, dt.date(2026, 11, 20))
        with found.transaction() as session:
            days = changed_on(session, ZONE.key)
    finally:
        found.dispose()
    assert days["roads"] == dt.date(2020, 2, 4), "the day in the zone of the city"
    assert days["households"] > dt.date(2026, 1, 1)
